"""The cast of an article."""

from __future__ import annotations

import pytest
from helpers import article

from flows.speakers.mention import parse_mention
from flows.speakers.people import Cast, nameless_subjects, office_before, titled_names


def cast(*paragraphs: str, **changes: object) -> list[tuple[str, str | None, tuple[str, ...]]]:
    people = Cast(article(*paragraphs, **changes)).people
    return [(each.name, each.office.role if each.office else None, each.states) for each in people]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oslo sent Norwegian Foreign Minister Ana Lind home.", ("Ana Lind", "Foreign Minister", ("NOR",))),
        ("Ana Lind, the Norwegian foreign minister, left.", ("Ana Lind", "foreign minister", ("NOR",))),
        ("Norway's foreign minister, Ana Lind, left.", ("Ana Lind", "foreign minister", ("NOR",))),
        ("They met Ambassador to Peru Pieter van der Meer.", ("Pieter van der Meer", "Ambassador to Peru", ())),
        ("They met Finnish Trade and Industry Minister Bo Berg on Friday.",
         ("Bo Berg", "Trade and Industry Minister", ("FIN",))),
        ("They met President of Finland Bo Berg.", ("Bo Berg", "President of Finland", ("FIN",))),
        ("They met IAEA Director General Ana Lind.", ("Ana Lind", "IAEA Director General", ())),
        ("South Sudan's Petroleum Minister Ana Lind left.", ("Ana Lind", "Petroleum Minister", ("SSD",))),
        ("On Friday South Sudan’s Petroleum Minister Ana Lind left.", ("Ana Lind", "Petroleum Minister", ("SSD",))),
        ("North of Sudan's Petroleum Ministry, Minister Ana Lind left.", ("Ana Lind", "Minister", ())),
        ("Sudan's Petroleum Minister Ana Lind left.", ("Ana Lind", "Petroleum Minister", ("SDN",))),
        ("Norwegian Minister for Trade and Industry Ana Lind left.",
         ("Ana Lind", "Minister for Trade and Industry", ("NOR",))),
    ],
)  # fmt: skip
def test_people_are_found_by_their_titles(text: str, wanted: tuple[str, str, tuple[str, ...]]) -> None:
    assert cast(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "The minister left Oslo on Friday.",
        "The foreign minister, Friday's paper wrote, left.",
        "The envoy of Norway went to Lima.",
        "Ministers met in Oslo.",
    ],
)
def test_titles_without_a_name_are_nobody(text: str) -> None:
    assert cast(text) == []


def test_headers_name_people_too() -> None:
    assert cast(
        "Rain fell.", title="Foreign Minister Ana Lind in Lima", header=("Deputy Minister Bo Berg (Peru)",)
    ) == [
        ("Ana Lind", "Foreign Minister", ()),
        ("Bo Berg", "Deputy Minister", ("PER",)),
    ]


def test_the_presiding_officer_of_a_record_has_a_state() -> None:
    (found,) = cast("The floor is open.", header=("President: Mr. Lind . . . (Norway)",))
    assert found == ("Lind", "representative of Norway", ("NOR",))


def test_one_person_under_two_titles_has_both_and_the_fullest_counts() -> None:
    people = Cast(article("Minister Ana Lind left. Norwegian Foreign Minister Ana Lind slept.")).people
    assert [(each.name, len(each.offices)) for each in people] == [("Ana Lind", 2)]
    assert people[0].office is not None
    assert people[0].office.role == "Foreign Minister"


def test_the_longest_form_of_a_name_wins() -> None:
    assert [name for name, _, _ in cast("Minister Lind left.", "Nobody saw Ana Maria Lind again.")] == [
        "Ana Maria Lind"
    ]
    assert [name for name, _, _ in cast("Minister Wang left.", "Nobody saw Wang Haoran again.")] == ["Wang Haoran"]


def test_a_longer_word_is_no_longer_form() -> None:
    assert [name for name, _, _ in cast("Minister Lind left.", "Nobody saw Bo Lindqvist again.")] == ["Lind"]


def test_of_namesakes_the_one_named_last_before_the_place() -> None:
    text = "Minister Ana Lind left. Later Senator Peter Lind came."
    people = Cast(article(text))
    first, last = people.find("Lind", before=24), people.find("Lind", before=len(text))
    assert first is not None
    assert last is not None
    assert (first.name, last.name) == ("Ana Lind", "Peter Lind")


def test_gender_parts_namesakes() -> None:
    people = Cast(article("Minister Ana Lind left. Later Senator Peter Lind came."))
    found = people.find("Lind", gender="f")
    assert found is not None
    assert found.name == "Ana Lind"
    assert people.find("Berg") is None


def test_added_mentions_join_whom_they_name() -> None:
    people = Cast(article("Norwegian Minister Ana Lind left."))
    person = people.add(parse_mention("Lind"), 20)
    assert person.name == "Ana Lind"
    assert len(people.people) == 1
    assert people.add(parse_mention("Bo Berg"), 25).name == "Bo Berg"
    assert len(people.people) == 2


def test_spans_of_titled_names_hold_title_and_name() -> None:
    text = "On Friday Norwegian Minister Ana Lind met Finnish President Bo Berg."
    assert [span.of(text) for span, _ in titled_names(text, None)] == [
        "Norwegian Minister Ana Lind",
        "Finnish President Bo Berg",
    ]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "A spokesman for the Ministry of Health of Peru answered.",
            ["A spokesman for the Ministry of Health of Peru"],
        ),
        ("It rained. The envoy of Norway came.", ["The envoy of Norway"]),
        ("The spokesman’s deputy came.", ["The spokesman’s deputy"]),
        ('"It rains." A Norwegian diplomat sighed.', ["A Norwegian diplomat"]),
        ("The minister left.\n\nA spokeswoman told them so.", ["The minister", "A spokeswoman"]),
        ("Rain fell on the minister.", []),
        ("The harbour, the minister knew, was deep.", []),
        ("The envoys of Norway came.", []),
        ("The storm passed the minister by.", []),
        ("The Norwegian minister Ana Lind came.", ["The Norwegian minister"]),
        ("The ferry of Norway came.", []),
    ],
)
def test_offices_without_a_name_that_open_a_sentence(text: str, subjects: list[str]) -> None:
    found = list(nameless_subjects(text, None))
    assert [mention.as_written for _, mention in found] == subjects
    assert all(text.startswith(mention.as_written, at) for at, mention in found)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("They met the speaker of parliament, who spoke.", "speaker of parliament"),
        ("They met the Norwegian trade minister, who spoke.", "Norwegian trade minister"),
        ("They met an envoy of Peru, who spoke.", "an envoy of Peru"),
        ("They met Trade Minister Ana Lind, who spoke.", None),
        ("They met the envoys, who spoke.", None),
        ("They left the pier, who spoke.", None),
        ("They met the minister: rain, who spoke.", None),
        ("They met the minister. Rain, who spoke.", None),
    ],
)
def test_the_office_right_before_who(text: str, office: str | None) -> None:
    found = office_before(text, text.index("who"), None)
    assert (found.as_written if found else None) == office


def test_an_office_with_an_indefinite_article_points_to_nobody_known() -> None:
    text = "They met an envoy of Peru, who met the envoy of Chile, who spoke."
    first, last = office_before(text, text.index("who"), None), office_before(text, text.rindex("who"), None)
    assert first is not None
    assert last is not None
    assert (first.definite, last.definite) == (False, True)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Minister Ana Lind and Deputy Minister Bo Berg left.",
            [("Ana Lind", "Minister"), ("Bo Berg", "Deputy Minister")],
        ),
        (
            "Ambassador to Peru Ana Lind and Consul Bo Berg left.",
            [("Ana Lind", "Ambassador to Peru"), ("Bo Berg", "Consul")],
        ),
        ("Minister Ana Lind and the envoy Bo Berg left.", [("Ana Lind", "Minister"), ("Bo Berg", "envoy")]),
        ("Trade and Industry Minister Ana Lind left.", [("Ana Lind", "Trade and Industry Minister")]),
        (
            "Minister of Trade and Foreign Affairs Ana Lind left.",
            [("Ana Lind", "Minister of Trade and Foreign Affairs")],
        ),
    ],
)
def test_a_title_behind_and_is_another_persons_unless_it_is_a_portfolio(
    text: str, people: list[tuple[str, str]]
) -> None:
    assert [(name, role) for name, role, _ in cast(text)] == people


class TestCounterparts:
    def test_an_office_of_ones_own_says_more(self) -> None:
        text = "Norwegian Minister Ana Lind met her Finnish counterpart Bo Berg. Minister Bo Berg slept."
        (_, berg) = Cast(article(text)).people
        assert berg.office is not None
        assert (berg.office.role, berg.is_counterpart, berg.states) == ("Minister", False, ("FIN",))

    def test_without_one_somebody_is_a_counterpart_only(self) -> None:
        people = Cast(article("Norwegian Minister Ana Lind met her Finnish counterpart Bo Berg.")).people
        assert [(each.name, each.is_counterpart, each.states) for each in people] == [
            ("Ana Lind", False, ("NOR",)),
            ("Bo Berg", True, ("FIN",)),
        ]

    def test_a_person_without_any_office_is_none(self) -> None:
        people = Cast(article("Rain fell."))
        assert not people.add(parse_mention("Bo Berg"), 0).is_counterpart


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Remarks by President Ana Lind After Arrival", "Ana Lind"),
        ("Remarks by President Ana Lind At Pier Nine", "Ana Lind"),
        ("Remarks by President Ana Lind Aasen", "Ana Lind Aasen"),
    ],
)
def test_a_headline_in_capitals_goes_on_behind_the_name(headline: str, name: str) -> None:
    assert [mention.name for _, mention in titled_names(headline, None)] == [name]


def test_a_name_above_an_office_on_top_of_a_briefing() -> None:
    header = ("Daily Press Briefing", "Grant Holm", "Deputy Spokesperson", "Lima")
    assert cast("MR. HOLM: Good afternoon.", header=header) == [("Grant Holm", "Deputy Spokesperson", ())]
    header = ("Daily Press Briefing", "Grant Holm", "Lima")
    assert cast("MR. HOLM: Good afternoon.", header=header) == []


def test_a_headlines_words_are_neither_name_nor_office() -> None:
    assert cast("They met.", title="Norway Summons Finnish Diplomat Over Interview") == []
    assert cast("They met.", title="Oslo Urges Envoy Ana Lind to Stay") == [("Ana Lind", "Envoy", ())]
    assert cast("They met.", title="Special Envoy Ana Lind Stays")[0][1] == "Special Envoy"


def test_an_office_told_behind_the_name_is_the_persons() -> None:
    told = "Our guest is Ambassador Bo Lind – he, as you know, is the Acting Director for Ports – again."
    cast = Cast(article(told))
    assert cast.people[0].office is not None
    assert cast.people[0].office.as_written == "Acting Director for Ports"


def test_what_somebody_is_said_to_be_besides_is_no_office() -> None:
    cast = Cast(article("Our guest is Ambassador Bo Lind, who is the best of all swimmers."))
    assert [office.as_written for office in cast.people[0].offices] == ["Ambassador"]


def test_a_journey_in_a_headline_is_no_part_of_a_name() -> None:
    headline = "Press Gaggle by Press Secretary Ana Lee and Port Administrator Bo Berg En Route Lima"
    assert [mention.name for _, mention in titled_names(headline, None)] == ["Ana Lee", "Bo Berg"]
