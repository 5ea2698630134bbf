"""The cast of an article."""

from __future__ import annotations

import pytest
from helpers import article

from flows.speakers.mention import parse_mention
from flows.speakers.people import Cast, titled_names


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
