"""Who speaks, within whole small articles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from helpers import article, dateline

from flows.articles.article import Article, Span
from flows.rows import rows_of
from flows.speakers.authors import authors_of
from flows.speakers.resolution import resolve
from flows.speakers.speaker import Resolution
from flows.speakers.surroundings import dateline_country
from flows.statements.statement import Statement
from flows.statements.transcripts import ANSWER
from flows.statements.whole import METHOD


def rows(*paragraphs: str, **changes: object) -> list[dict[str, Any]]:
    return rows_of(article(*paragraphs, **changes))[1]


def speakers(*paragraphs: str, **changes: object) -> list[str | None]:
    return [row["speaker"] for row in rows(*paragraphs, **changes)]


def test_surname_pronoun_and_office_lead_to_the_same_person() -> None:
    found = rows(
        '"The ferry is ready," Norwegian Transport Minister Ingrid Solhaug said.',
        '"It has been painted twice," she said.',
        '"It floats," Solhaug added.',
        '"We shall see who boards," the minister said.',
    )
    assert [row["speaker"] for row in found] == ["Ingrid Solhaug"] * 4
    assert {row["country"] for row in found} == {"NOR"}
    assert {row["role"] for row in found} == {"Transport Minister"}


def test_a_pronoun_agrees_in_gender_not_in_nearness() -> None:
    found = speakers(
        '"It is ready," Norwegian Transport Minister Ingrid Solhaug said after meeting Finnish President Pekka Aalto.',
        '"It has been painted twice," she said.',
    )
    assert found == ["Ingrid Solhaug", "Ingrid Solhaug"]


def test_an_office_with_a_country_finds_its_holder() -> None:
    found = speakers(
        '"We pay," Norwegian Transport Minister Ingrid Solhaug told Finnish President Pekka Aalto.',
        '"We sail," the Finnish leader said.',
    )
    assert found == ["Ingrid Solhaug", "Pekka Aalto"]


def test_an_unknown_holder_stays_unknown() -> None:
    (row,) = rows('"We sail," the Finnish defence minister said.')
    assert (row["speaker"], row["role"], row["country"]) == (None, "defence minister", "FIN")


def test_namesakes_are_kept_apart() -> None:
    found = speakers(
        '"I was minister," former Kyrgyz Prime Minister Azamat Toktogulov said.',
        'His successor\'s spokeswoman, Aigul Toktogulova, said the accord "is in force".',
        '"I remember it well," he said.',
    )
    assert found[0] == found[2] == "Azamat Toktogulov"


def test_its_spokeswoman_speaks_for_the_state_before() -> None:
    found = rows(
        "The Armenian Foreign Ministry said the protocol was in force.",
        '"It binds both sides," its spokeswoman Lusine Harutyan said.',
    )
    assert [(row["speaker"], row["country"]) for row in found] == [
        ("Armenian Foreign Ministry", "ARM"),
        ("Lusine Harutyan", "ARM"),
    ]


def test_an_unqualified_ministry_is_that_of_the_dateline() -> None:
    (row,) = rows("The agreement is in force, the foreign ministry said.", dateline=dateline("Seoul"))
    assert row["country"] == "KOR"


def test_a_city_of_organisations_says_nothing_about_the_state() -> None:
    (row,) = rows("The agreement is in force, the foreign ministry said.", dateline=dateline("Geneva"))
    assert row["country"] is None


def test_the_place_that_opens_the_paragraph_comes_before_the_dateline() -> None:
    (row,) = rows("In Tokyo, the foreign ministry said the agreement was in force.", dateline=dateline("Seoul"))
    assert row["country"] == "JPN"


def test_a_joint_statement_is_one_row_with_all_speakers() -> None:
    (row,) = rows("Estonia, Latvia and Lithuania condemned the raid.")
    assert (row["speaker"], row["country"]) == ("Estonia; Latvia; Lithuania", "EST;LVA;LTU")
    assert [entry["speaker"] for entry in row["speakers"]] == ["Estonia", "Latvia", "Lithuania"]


def test_somebody_named_who_says_nothing_is_no_speaker() -> None:
    found = rows('"We pay," Norwegian Transport Minister Ingrid Solhaug told Finnish President Pekka Aalto.')
    assert "Pekka Aalto" not in [row["speaker"] for row in found]


def test_an_unnamed_official_keeps_speaking() -> None:
    found = rows(
        "A Norwegian defence ministry official said the radar was old.",
        '"It sees birds, mostly," the official said.',
    )
    assert [row["speaker"] for row in found] == [None, None]
    assert {row["country"] for row in found} == {"NOR"}


def test_a_medium_that_passes_words_on_is_not_the_speaker() -> None:
    found = speakers("Xinhua said Chinese Foreign Minister Wang Haoran urged Oslo to wait for the ice to go.")
    assert found == ["Wang Haoran"]


def resolved(story: Article, *sources: str | None) -> list[Resolution]:
    """Resolves statements with these sources, each found behind the one before; None: a quotation without one."""
    statements, at = [], 0
    for words in sources:
        if words is None:
            statements.append(Statement((Span(at, len(story.text)),), "direct", None, None, "engine", 0.9))
            continue
        at = story.text.index(words, at)
        source = Span(at, at + len(words))
        at = source.end
        statements.append(Statement((Span(at, len(story.text)),), "indirect", source, None, "engine", 0.9))
    return resolve(story, statements)


def names(story: Article, *sources: str | None) -> list[str | None]:
    return ["; ".join(each.name or "?" for each in found.speakers) for found in resolved(story, *sources)]


SOLHAUG = "Norwegian Transport Minister Ingrid Solhaug"
AALTO = "Finnish President Pekka Aalto"
MINISTERS = "The foreign ministers of Peru and Chile"


@pytest.mark.parametrize(
    ("text", "sources", "wanted"),
    [
        # a surname, and a surname that is part of another one
        (f"{SOLHAUG} spoke. Solhaug spoke.", ("Solhaug", "Solhaug"), ["Ingrid Solhaug"] * 2),
        ("Minister Ana Lind spoke. Lindqvist spoke.", ("Minister Ana Lind", "Lindqvist"), ["Ana Lind", "Lindqvist"]),
        # pronouns agree in gender, whoever was named last
        (f"{SOLHAUG} spoke of {AALTO}. She spoke.", (SOLHAUG, "She"), ["Ingrid Solhaug"] * 2),
        (f"{SOLHAUG} spoke of {AALTO}. He spoke.", (SOLHAUG, "He"), ["Ingrid Solhaug", "Pekka Aalto"]),
        (f"{SOLHAUG} came. {AALTO} spoke. She spoke.", (AALTO, "She"), ["Pekka Aalto", "Ingrid Solhaug"]),
        # before anybody has spoken, the one named nearest before
        (f"{SOLHAUG} came. She spoke.", ("She",), ["Ingrid Solhaug"]),
        ("It rained. She spoke.", ("She",), ["?"]),
        # offices lead to their holder
        (f"{SOLHAUG} came. The minister spoke.", ("The minister",), ["Ingrid Solhaug"]),
        (f"{SOLHAUG} met {AALTO}. The Finnish leader spoke.", ("The Finnish leader",), ["Pekka Aalto"]),
        (f"{SOLHAUG} met {AALTO}. The Norwegian spoke.", ("The Norwegian",), ["?"]),
        (f"{SOLHAUG} came. The Peruvian minister spoke.", ("The Peruvian minister",), ["?"]),
        (f"{SOLHAUG} came. A minister spoke.", ("A minister",), ["?"]),
        (f"{SOLHAUG} came. The deputy minister spoke.", ("The deputy minister",), ["?"]),
        (f"{SOLHAUG} came. The former minister spoke.", ("The former minister",), ["?"]),
        # a holder named only later
        (f"The minister spoke. It rained. {SOLHAUG} slept.", ("The minister",), ["Ingrid Solhaug"]),
        # somebody without a title who speaks next holds the office spoken of
        ("The envoy spoke.\n\nIt rained, Ana Lind said.", ("The envoy", "Ana Lind"), ["Ana Lind"] * 2),
        # surnames that look like titles
        ("Minister Beverley Pope came. Pope spoke.", ("Pope spoke"[:4],), ["Beverley Pope"]),
        ("Rain fell. Pope spoke.", ("Pope",), ["?"]),
        # they
        ("Estonia and Latvia spoke. They spoke.", ("Estonia and Latvia", "They"), ["Estonia; Latvia"] * 2),
        (f"{SOLHAUG} met {AALTO}. They spoke.", ("They",), ["Ingrid Solhaug; Pekka Aalto"]),
        # no source: whoever spoke before
        (f"{SOLHAUG} spoke. It rained.", (SOLHAUG, None), ["Ingrid Solhaug"] * 2),
        ("It rained.", (None,), ["?"]),
        # a short form takes the full name that came before
        ("Norway's Transport Ministry spoke. The ministry spoke.", ("Norway's Transport Ministry", "The ministry"),
         ["Norway's Transport Ministry"] * 2),
        ("Norway's Transport Ministry spoke. The embassy spoke.", ("Norway's Transport Ministry", "The embassy"),
         ["Norway's Transport Ministry", "embassy"]),
        # it, and a document, speak for who issued them
        ("Norway's Transport Ministry spoke. It spoke.", ("Norway's Transport Ministry", "It"),
         ["Norway's Transport Ministry"] * 2),
        ("Norway's Transport Ministry spoke. The statement ran.", ("Norway's Transport Ministry", "The statement"),
         ["Norway's Transport Ministry"] * 2),
        # an acronym that the article spells out
        ("Rain fell on the Harbour Office for Ferries (HOFF). The HOFF spoke.", ("The HOFF",),
         ["Harbour Office for Ferries"]),
        ("Rain fell on the Harbour Office (Oslo). The HOFF spoke.", ("The HOFF",), ["HOFF"]),
        # the office that opens the lead is that of the untitled person who speaks first
        ("Chile's foreign minister met the press.\n\nThe foreign minister spoke. Ana Lind spoke.",
         ("The foreign minister", "Ana Lind"), ["Ana Lind"] * 2),
        ("The foreign minister met the press.\n\nThe foreign minister spoke.\n\nRain fell.\n\nAna Lind spoke.",
         ("The foreign minister spoke"[:20], "Ana Lind"), ["?", "Ana Lind"]),
        # who: the person or office right before the comma
        (f"{SOLHAUG} met {AALTO}, who spoke.", ("who",), ["Pekka Aalto"]),
        (f"{SOLHAUG} met the Norwegian minister, who spoke.", ("who",), ["Ingrid Solhaug"]),
        (f"{SOLHAUG} met the Finnish minister, who spoke.", ("who",), ["?"]),
        (f"{SOLHAUG} met a minister, who spoke.", ("who",), ["?"]),
        (f"{SOLHAUG} spoke of rain, who spoke.", (SOLHAUG, "who"), ["Ingrid Solhaug"] * 2),
        # the subject of the sentence before comes before the speaker before
        (f"Minister Ozols came.\n\n{AALTO} spoke. Ozols was more guarded. He spoke.", (AALTO, "He"),
         ["Pekka Aalto", "Ozols"]),
        (f"Minister Ozols came.\n\n{AALTO} spoke. Rain fell on Ozols. He spoke.", (AALTO, "He"), ["Pekka Aalto"] * 2),
        (f"Minister Ozols came.\n\n{AALTO} spoke. Ozols was more guarded.\n\nHe spoke.", (AALTO, "He"),
         ["Pekka Aalto"] * 2),
        (f"Minister Ana Ozols came.\n\n{AALTO} spoke. Ozols was more guarded. He spoke.", (AALTO, "He"),
         ["Pekka Aalto"] * 2),
        ("A Norwegian navy spokesman spoke. Ozols was more guarded. He spoke.\n\nMinister Ozols left.",
         ("A Norwegian navy spokesman", "He"), ["?", "Ozols"]),
        ("A Norwegian navy spokesman spoke. Rain fell on Ozols. He spoke.\n\nMinister Ozols left.",
         ("A Norwegian navy spokesman", "He"), ["?", "?"]),
        # the holders of a joint office, if each is the only one of their state
        (f"Foreign Minister Ana Lind of Peru met Foreign Minister Bo Berg of Chile. {MINISTERS} spoke.", (MINISTERS,),
         ["Ana Lind; Bo Berg"]),
        (f"Foreign Minister Ana Lind of Peru met Trade Minister Bo Berg of Chile. {MINISTERS} spoke.", (MINISTERS,),
         ["?"]),
        (f"Foreign Minister Ana Lind of Peru came. {MINISTERS} spoke.", (MINISTERS,), ["?"]),
        # the former minister is whoever spoke, if they can be
        (f"{SOLHAUG} spoke. The former minister spoke.", (SOLHAUG, "The former minister"), ["Ingrid Solhaug"] * 2),
        (f"{SOLHAUG} spoke. The former Finnish minister spoke.", (SOLHAUG, "The former Finnish minister"),
         ["Ingrid Solhaug", "?"]),
        (f"{SOLHAUG} spoke. A former minister spoke.", (SOLHAUG, "A former minister"), ["Ingrid Solhaug", "?"]),
        (f"{SOLHAUG} spoke of former President Bo Berg. The former president spoke.", (SOLHAUG, "The former president"),
         ["Ingrid Solhaug", "Bo Berg"]),
        # an unnamed official goes on as one
        (f"{SOLHAUG} came. A Norwegian navy spokesman spoke. He spoke.", ("A Norwegian navy spokesman", "He"),
         ["?", "?"]),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, sources: tuple[str | None, ...], wanted: list[str]) -> None:
    assert names(article(*text.split("\n\n")), *sources) == wanted


@pytest.mark.parametrize(
    ("text", "source", "wanted"),
    [
        ("Peru's envoy left. Its spokeswoman Ana Lind spoke.", "Its spokeswoman Ana Lind", ("PER",)),
        ("Its spokeswoman Ana Lind spoke.", "Its spokeswoman Ana Lind", ()),
        ("Ana Lind, who sells boats, spoke.", "Ana Lind", ()),
        ("UN Secretary-General Ana Lind spoke in Peru.", "UN Secretary-General Ana Lind", ()),
        ("In Lima, the foreign ministry spoke.", "the foreign ministry", ("PER",)),
        ("An analyst spoke.", "An analyst", ()),
        ("The president of the growers' federation spoke.", "The president of the growers' federation", ()),
    ],
)
def test_for_which_state(text: str, source: str, wanted: tuple[str, ...]) -> None:
    (found,) = resolved(article(text), source)
    assert found.speakers[0].countries == wanted


PERUVIAN = "spokesman for the Ministry of Health"


@pytest.mark.parametrize(
    ("text", "source", "role"),
    [
        (f"{SOLHAUG} came. A {PERUVIAN} of Peru came. He spoke.", "He", PERUVIAN),
        (f"A {PERUVIAN} of Peru came. The spokesman spoke.", "The spokesman", PERUVIAN),
        (f"A {PERUVIAN} of Peru came. The envoy spoke.", "The envoy", "envoy"),
        (f"{SOLHAUG} came. A {PERUVIAN} of Peru came. She spoke.", "She", "Transport Minister"),
        (f"A {PERUVIAN} of Peru came. {AALTO} came. He spoke.", "He", "President"),
        (f"{AALTO} came. Rain fell on a {PERUVIAN} of Peru. He spoke.", "He", "President"),
        (f"{AALTO} came. The Finnish leader left. He spoke.", "He", "President"),
    ],
)
def test_an_office_without_a_name_that_opened_a_sentence(text: str, source: str, role: str) -> None:
    (found,) = resolved(article(text), source)
    assert found.speakers[0].role == role


def test_the_office_that_opens_the_lead_goes_to_the_first_untitled_speaker() -> None:
    opening = "Chile's foreign minister met the press."
    lind, berg = resolved(article(opening, "Rain fell, Ana Lind said.", "Bo Berg spoke."), "Ana Lind", "Bo Berg")
    assert (lind.speakers[0].role, lind.speakers[0].countries) == ("foreign minister", ("CHL",))
    assert (berg.speakers[0].role, berg.speakers[0].countries) == (None, ())


@pytest.mark.parametrize(
    "opening",
    [
        "The foreign minister met the press.",
        "Chile's foreign minister Bo Berg met the press.",
        "Chile's foreign ministers met the press.",
        "Rain fell on Chile's foreign minister.",
        "Chile's foreign minister, in Lima, met the press.",
    ],
)
def test_other_leads_give_nobody_an_office(opening: str) -> None:
    (found,) = resolved(article(opening, "Rain fell, Ana Lind said."), "Ana Lind")
    assert found.speakers[0].role is None


@pytest.mark.parametrize(
    ("text", "codes", "body"),
    [
        ("Chile spoke.\n\nThe talks ended. Peru left the talks with Finland.", ("PER",), None),
        ("Chile spoke.\n\nThe talks with Peru ended.", ("CHL",), None),
        ("Chile spoke.\n\nNATO left Peru.", (), "NATO"),
        ("Chile spoke.\n\nThe European Union left Peru.", (), "EU"),
        ("Chile spoke.\n\nPeru left NATO.", ("PER",), None),
    ],
)
def test_its_points_to_the_subject_of_the_sentence_before(text: str, codes: tuple[str, ...], body: str | None) -> None:
    _, found = resolved(article(*f"{text} Its spokeswoman Ana Lind spoke.".split("\n\n")), "Chile",
                        "Its spokeswoman Ana Lind")  # fmt: skip
    assert (found.speakers[0].countries, found.speakers[0].organization) == (codes, body)


MINISTRY = "The Norwegian Transport Ministry"


@pytest.mark.parametrize(
    ("text", "sources", "code"),
    [
        (f"{MINISTRY} spoke. Spokeswoman Ana Lind spoke.", (MINISTRY, "Spokeswoman Ana Lind"), "NOR"),
        (f"{MINISTRY} spoke.\n\nA spokeswoman spoke.", (MINISTRY, "A spokeswoman"), "NOR"),
        (f"{MINISTRY} spoke. Envoy Ana Lind spoke.", (MINISTRY, "Envoy Ana Lind"), "PER"),
        (f"{MINISTRY} spoke.\n\nRain fell.\n\nA spokeswoman spoke.", (MINISTRY, "A spokeswoman"), "PER"),
        (f"{SOLHAUG} spoke. A spokeswoman spoke.", (SOLHAUG, "A spokeswoman"), "PER"),
        (f"{MINISTRY} spoke. A harbour spokeswoman spoke.", (MINISTRY, "A harbour spokeswoman"), "PER"),
    ],
)
def test_a_bare_spokesperson_goes_on_for_the_body_before(text: str, sources: tuple[str, ...], code: str) -> None:
    found = resolved(article(*text.split("\n\n"), dateline=dateline("Lima")), *sources)
    assert found[-1].speakers[0].countries == (code,)


@pytest.mark.parametrize(
    ("opening", "outlet", "code"),
    [
        ("Peru met Britain.", "The Guardian", "GBR"),
        ("Peru met Chile.\n\nBritish rain fell.", "BBC", "GBR"),
        ("Peru met Chile.", "The Guardian", "PER"),  # not about the newspaper's country
        ("Peru met Chile.\n\nIt rained.\n\nBritish rain fell.", "The Guardian", "PER"),  # not in its lead
        ("Peru met Britain.", "Reuters", "PER"),  # agencies are at home everywhere
        ("Peru met Britain.", None, "PER"),
        ("Rain fell in Cusco on Peru.", None, None),  # a city opens the lead
        ("Rain fell.\n\nPeru met Chile.", None, None),
    ],
)
@pytest.mark.parametrize("source", ["The foreign minister", "A foreign ministry spokesman"])
def test_the_country_of_a_newspaper_and_the_state_of_the_lead(
    opening: str, outlet: str | None, code: str | None, source: str
) -> None:
    story = article(*opening.split("\n\n"), f"{source} spoke.", outlet=outlet)
    (found,) = resolved(story, source)
    assert found.speakers[0].countries == ((code,) if code else ())


@pytest.mark.parametrize(
    "source", ["Foreign diplomats", "A Western diplomat", "Senior European officials", "An analyst"]
)
def test_groups_of_many_states_take_none_from_the_lead(source: str) -> None:
    (found,) = resolved(article("Peru met Britain.", f"{source} spoke."), source)
    assert found.speakers[0].countries == ()


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Seoul", "KOR"),
        ("Geneva", None),
        ("New York", None),
        ("Brussels", None),
        ("Geneva/Cairo", None),
        ("Nowhere", None),
    ],
)
def test_the_dateline_speaks_for_the_state_of_its_city(place: str, code: str | None) -> None:
    story = article("The foreign ministry spoke.", dateline=dateline(place))
    assert dateline_country(story) == code
    (found,) = resolved(story, "The foreign ministry")
    assert found.speakers[0].countries == ((code,) if code else ())


def test_an_official_publisher_comes_before_the_dateline_and_the_articles_own_country_last() -> None:
    words = "The government spoke."
    (found,) = resolved(article(words, outlet="White House", dateline=dateline("Seoul")), "The government")
    assert found.speakers[0].countries == ("USA",)
    (found,) = resolved(article(words, country="PER"), "The government")
    assert found.speakers[0].countries == ("PER",)


def test_a_record_names_its_speakers_states_in_brackets() -> None:
    story = article("Mr. Lind (Peru) spoke. The representative of Peru spoke. Ms. Berg (Norway) spoke.")
    found = resolved(story, "Mr. Lind (Peru)", "The representative of Peru", "Ms. Berg (Norway)")
    assert [each.speakers[0].name for each in found] == ["Lind", "Lind", "Berg"]
    assert [each.speakers[0].countries for each in found] == [("PER",), ("PER",), ("NOR",)]
    assert found[0].speakers[0].role == "representative of Peru"


def test_the_presiding_officer_of_a_record_speaks_for_their_state() -> None:
    story = article("The President: It rains.", header=("President: Mr. Lind . . . (Peru)",))
    (found,) = resolved(story, "The President")
    assert (found.speakers[0].name, found.speakers[0].countries) == ("Lind", ("PER",))


class TestWholeDocuments:
    WORDS = "We welcome the accord."

    def author(self, **changes: object) -> tuple[str | None, str | None, tuple[str, ...]]:
        story = article(self.WORDS, **changes)
        (found,) = resolve(story, [Statement(story.paragraphs, "direct", None, None, METHOD, 0.9)])
        return found.speakers[0].name, found.speakers[0].role, found.speakers[0].countries

    def test_the_title_names_who_speaks(self) -> None:
        title = "Statement by Foreign Minister Ana Lind of Peru on the harbour"
        assert self.author(title=title) == ("Ana Lind", "Foreign Minister", ("PER",))

    def test_a_person_in_the_header_else(self) -> None:
        header = ("Peruvian Foreign Minister Ana Lind",)
        assert self.author(title="On the harbour", header=header) == ("Ana Lind", "Foreign Minister", ("PER",))

    def test_nobody_named_is_a_document_of_its_publisher(self) -> None:
        assert self.author(title="On the harbour", outlet="White House") == (None, None, ("USA",))

    @pytest.mark.parametrize(
        ("title", "name", "role", "codes"),
        [
            ("Statement from the Norwegian Foreign Ministry on ferries", "Norwegian Foreign Ministry", None, ("NOR",)),
            ("Statement of the Government of Peru regarding ferries", "Government of Peru", None, ("PER",)),
            ("Address of Bo Berg to the crews by Minister Ana Lind", "Ana Lind", "Minister", ()),
            ("Interview of Foreign Minister Ana Lind with the Harbour Courier", "Ana Lind", "Foreign Minister", ()),
            ("By Foreign Minister Ana Lind", "Ana Lind", "Foreign Minister", ()),
            ("STATEMENT BY FOREIGN MINISTER ANA LIND", "Ana Lind", "FOREIGN MINISTER", ()),
            ("Answers by the spokesperson of the Norwegian navy", None, "spokesperson of the Norwegian navy", ("NOR",)),
            # headlines that name nobody, or nobody who can have issued it
            ("Statement by the growers", None, None, ()),
            ("Letter from the crew of the ferry", None, None, ()),
            ("Accord by the Foreign Ministry of Peru", None, None, ()),
        ],
    )
    def test_headlines(self, title: str, name: str | None, role: str | None, codes: tuple[str, ...]) -> None:
        assert self.author(title=title) == (name, role, codes)

    @pytest.mark.parametrize(
        ("preface", "name", "codes"),
        [
            ("The Foreign Ministry of Peru issued the following statement on May 2:", "Foreign Ministry of Peru",
             ("PER",)),
            ("Foreign Minister Ana Lind of Peru has made the following statement:", "Ana Lind", ("PER",)),
            ("Statement by the Foreign Ministry of Peru", "Foreign Ministry of Peru", ("PER",)),
            ("The following ferry of Peru is red.", None, ("PER",)),
            ("Question: Has the Foreign Ministry of Norway issued a statement by the navy?", None, ("NOR",)),
        ],
    )  # fmt: skip
    def test_prefaces(self, preface: str, name: str | None, codes: tuple[str, ...]) -> None:
        story = article(preface, self.WORDS)
        (found,) = resolve(story, [Statement(story.paragraphs[1:], "direct", None, None, METHOD, 0.9)])
        assert (found.speakers[0].name, found.speakers[0].countries) == (name, codes)

    def test_words_behind_the_preface_name_nobody(self) -> None:
        story = article(self.WORDS, "Statement by the Foreign Ministry of Peru")
        (found,) = resolve(story, [Statement(story.paragraphs, "direct", None, None, METHOD, 0.9)])
        assert (found.rule, found.speakers[0].name) == ("document", None)

    def test_answers_without_a_name_are_those_of_the_headline(self) -> None:
        story = article(self.WORDS, title="Answers by Foreign Ministry spokesman Bo Berg to the press")
        (found,) = resolve(story, [Statement(story.paragraphs, "transcript", None, None, ANSWER, 0.9)])
        assert (found.speakers[0].name, found.rule) == ("Bo Berg", "title")


def test_certainty_falls_with_each_step_away_from_a_name() -> None:
    story = article(f"{SOLHAUG} spoke. She spoke. It rained.")
    named, pronoun, previous = resolved(story, SOLHAUG, "She", None)
    assert named.certainty > pronoun.certainty > previous.certainty > 0
    assert (named.mention, pronoun.mention, previous.mention) == (SOLHAUG, "She", None)


def test_a_surname_means_the_namesake_spoken_of_last() -> None:
    found = speakers(
        '"We leave," Norwegian State Secretary Bo Berg told reporters.',
        "Berg, who served in Lima, said the consul had done his duty.",
        '"We stay," opposition lawmaker Ana Berg said.',
        '"It is late," Berg added.',
    )
    assert found == ["Bo Berg", "Bo Berg", "Ana Berg", "Ana Berg"]


def test_a_form_of_address_tells_the_rank_by_which_the_story_goes_on() -> None:
    found = speakers(
        "The special envoy of the African Union, Gen. Bo Berg, said he had not lost hope.",
        '"They quarrel by day and eat together," the retired Kenyan general said.',
    )
    assert found == ["Bo Berg", "Bo Berg"]
    found = speakers(
        "The special envoy of the African Union, Dr. Bo Berg, said he had not lost hope.",
        '"They quarrel by day and eat together," a retired Kenyan general said.',
    )
    assert found == ["Bo Berg", None]


def test_a_given_name_that_is_a_title_elsewhere_is_no_office() -> None:
    first, second = rows(
        "Sultan Bekov, former governor of the province, said the talks would drag on.",
        '"Roads are built quicker than borders," he told reporters.',
    )
    assert {first["speaker"], second["speaker"]} == {"Sultan Bekov"}
    assert {first["role"], second["role"]} == {"former governor of the province"}


def test_a_pronoun_goes_back_to_a_subject_with_an_apposition() -> None:
    found = speakers(
        "A spokesman for the ministry said the walkout had been planned.",
        'Bo Berg, chief executive of the Pelagic Association, is blunter. "They fish the future," he said.',
    )
    assert found == [None, "Bo Berg"]


def test_a_title_of_which_only_the_beginning_is_marked_goes_on_to_the_cue() -> None:
    text = "On Friday the envoy of the Lake Council, Ana Lind, told reporters that the talks would go on."
    content = text.index("the talks")
    marked = Span(text.index("the envoy"), text.index(" of the Lake"))
    cue = Span(text.index("told"), text.index("told") + 4)
    statement = Statement((Span(content, len(text) - 1),), "indirect", marked, cue, "tagger", 1.0)
    (found,) = resolve(article(text), [statement])
    assert [(speaker.name, speaker.role) for speaker in found.speakers] == [("Ana Lind", "envoy of the Lake Council")]


def test_a_medium_passes_on_the_words_of_whom_it_quotes() -> None:
    found = speakers(
        "Norwegian Transport Minister Ingrid Solhaug said the ferry was ready.",
        '"It has been painted twice," NTB quoted her as saying.',
        '"It floats," NTB quoted from a leaflet.',
    )
    assert found[:2] == ["Ingrid Solhaug", "Ingrid Solhaug"]
    assert "Ingrid Solhaug" not in found[2:]


def test_the_owner_of_an_office_is_not_its_holder() -> None:
    found = speakers(
        "The Chairperson of the African Union Commission, Ana Lind, condemned the raid.",
        "The Special Representative of the Chairperson, Bo Berg, said the mission would stay.",
        "The Chairperson called on both governments to spare no effort.",
    )
    assert found == ["Ana Lind", "Bo Berg", "Ana Lind"]


def test_a_spokeswoman_is_who_is_named_at_her_next_words() -> None:
    found = rows(
        "In Lima, a foreign ministry spokeswoman said the diplomat had three days to leave. "
        '"We comment on conventions," Marta Quispe said.'
    )
    assert [(row["speaker"], row["role"]) for row in found] == [("Marta Quispe", "foreign ministry spokeswoman")] * 2
    found = rows(
        "In Lima, a foreign ministry spokesman said the diplomat had three days to leave. "
        '"We comment on conventions," Marta Quispe said.'
    )
    assert [(row["speaker"], row["role"]) for row in found] == [
        (None, "foreign ministry spokesman"),
        ("Marta Quispe", None),
    ]


def test_a_summary_that_speaks_of_a_representative_tells_the_role() -> None:
    found = rows(
        "HENRIK LIND (Sweden) said the text reflected six weeks of work.",
        "CARLA PONS (Uruguay), who took the floor after the representative of Sweden, said a paragraph was missing.",
    )
    assert [(row["speaker"], row["role"]) for row in found] == [
        ("Henrik Lind", "representative of Sweden"),
        ("Carla Pons", None),
    ]


def test_two_speakers_of_one_office_have_it_twice_and_a_shared_title_once() -> None:
    (row,) = rows("Peruvian President Ana Lind and Chilean President Bo Berg said the road would open.")
    assert (row["speaker"], row["role"]) == ("Ana Lind; Bo Berg", "President; President")
    (row,) = rows("In a joint opinion, judges Lind and Berg said the vessel had been equipped for fishing.")
    assert (row["speaker"], row["role"]) == ("Lind; Berg", "judges")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Transcript of the Press Briefing by the Spokesperson, Dr. Ana Lind", [("Ana Lind", "Spokesperson")]),
        ("Statement of Ana Lind", [("Ana Lind", None)]),
        ("Joint Statement on the Protection of Undersea Reefs", []),
    ],
)
def test_whom_a_headline_names_as_author(title: str, wanted: list[tuple[str, str | None]]) -> None:
    found = authors_of(article("We met today to discuss the damage.", title=title), 0)
    assert [(author.name, author.office.role if author.office else None) for author in found] == wanted


@pytest.mark.parametrize(
    ("story", "who"),
    [
        ("The ferry sank on Monday, TASS reported, citing the Emergencies Ministry.", "Emergencies Ministry"),
        ("Citing the Emergencies Ministry, TASS said that the ferry had sunk.", "Emergencies Ministry"),
        ("The ferry sank on Monday, TASS reported, citing old photographs.", "TASS"),
    ],
)
def test_whom_an_agency_cites_is_the_speaker(story: str, who: str) -> None:
    assert speakers(story) == [who]


def test_who_is_introduced_in_a_clause_of_its_own_has_that_office() -> None:
    found = rows(
        "MR. OLSEN: I introduce to you Ambassador Ana Lee – she, of course, is the Acting Deputy Secretary for Ports "
        "and Harbours. Our thanks go to Bo Berg – he is the last of the old guard.",
        "UNDER SECRETARY LEE: Thank you. It is good to be here.",
        "MR. BERG: Good afternoon to all of you.",
        outlet="US Department of State",
    )
    assert [(row["speaker"], row["role"]) for row in found[-2:]] == [
        ("Ana Lee", "Acting Deputy Secretary for Ports and Harbours"),
        ("Bo Berg", None),
    ]


def test_an_abbreviated_office_is_the_one_written_out() -> None:
    found = rows(
        "Peru on Thursday rebuked its neighbour's National Security Adviser (NSA) Ana Lee.",
        'The Chilean NSA said that "talks are near".',
        "Chile's EAM Bo Berg said that the port would open.",
    )
    assert [(row["speaker"], row["country"]) for row in found[-2:]] == [("Ana Lee", "CHL"), ("Bo Berg", "CHL")]


def test_two_leaders_stand_in_the_order_of_the_text() -> None:
    found = rows(
        "President Bo Berg spoke today with Prime Minister Ana Lee. The two agreed that the port must open.",
        "The President and Prime Minister also stressed that the strait must stay open.",
        title="Readout of the Call with Prime Minister Ana Lee",
    )
    assert [row["speaker"] for row in found] == ["Bo Berg; Ana Lee"] * 2


def test_the_sides_are_both_after_one_of_them_has_spoken_without_a_name() -> None:
    found = rows(
        "Peru's Foreign Minister Ana Lee met Bo Berg, Minister of Trade of Chile.",
        "The Peruvian diplomat praised the port. The sides stressed that trade must grow.",
        'A harbour official said the port was "ready". They said that it would open in May.',
    )
    assert found[1]["speaker"] == "Ana Lee; Bo Berg"


def test_the_north_is_the_state_of_that_name() -> None:
    found = rows(
        "SEOUL -- North Korea said the strait was closed. The statement by a spokesman at the North's foreign ministry "
        "gave no reason.",
        '"It stays closed," the spokesman said.',
        "The North argued that fog was to blame.",
    )
    assert [(row["speaker"], row["role"], row["country"]) for row in found] == [
        ("North Korea", None, "PRK"),
        (None, "spokesman at the North's foreign ministry", "PRK"),
        ("North Korea", None, "PRK"),
    ]


def test_the_north_of_a_state_that_is_not_divided_is_none() -> None:
    (row,) = rows("Kenya said the road was closed, but the North said that fog was to blame.")[-1:]
    assert row["country"] is None


def test_a_document_speaks_for_whoever_issued_it() -> None:
    found = rows(
        '"We regret the delay," Chile\'s Foreign Ministry said in a written statement.',
        "Peru's envoy Ana Lee called the delay a shame.",
        '"The port will open in May," the statement said.',
        "The newspaper Vida Nueva in a commentary urged both to wait.",
        "The commentary said the port was too small.",
        "A Peruvian Foreign Ministry memorandum said that the fee was too high.",
    )
    assert [row["speaker"] for row in found] == [
        "Chile's Foreign Ministry",
        "Ana Lee",
        "Chile's Foreign Ministry",
        "Vida Nueva",
        "Vida Nueva",
        "Peruvian Foreign Ministry",
    ]


def test_media_without_a_name_are_no_speaker_by_name() -> None:
    (row,) = rows("North Korea's media reported that the strait was closed.")
    assert (row["speaker"], row["role"]) == (None, "North Korea's media")


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        (
            "The European Union's special envoy for the Nile dialogue led a delegation to Cairo on Monday.",
            "European Union's special envoy for the Nile dialogue",
        ),
        ("The European Union's special envoy for the Nile, Bo Berg, led a delegation to Cairo on Monday.", None),
    ],
)
def test_the_office_of_the_lead_is_that_of_whom_the_next_paragraph_names(lead: str, role: str | None) -> None:
    (row,) = rows(lead, "Ana Lee said she was encouraged by what she had heard.")
    assert (row["speaker"], row["role"]) == ("Ana Lee", role)


def test_others_are_of_the_group_named_before() -> None:
    found = rows(
        "While a number of delegates expressed support for the fee, others condemned it as too high.",
        "Top negotiators announced a deal on the port. Top officials said that the fee would stay.",
        dateline=dateline("Paris"),
    )
    assert [(row["role"], row["country"]) for row in found] == [
        ("number of delegates", None),
        ("delegates", None),
        ("Top negotiators", None),
        ("Top officials", "FRA"),
    ]


def test_the_members_are_the_body_that_spoke() -> None:
    found = rows(
        "The Security Council has condemned the attack on the port.",
        "The 15 members also recalled that the strait is open to all. They urged Peru to wait.",
        "Two members warned that the fee was too high.",
    )
    assert [(row["speaker"], row["role"]) for row in found] == [
        *[("Security Council", None)] * 3,
        (None, "Two members"),
    ]


def test_an_adverb_is_no_speaker() -> None:
    found = rows(
        "Peru's Foreign Ministry said that the port was open.",
        "Afterward noted that the fee had been paid in full by the harbour.",
    )
    assert {(row["speaker"], row["speaker_mention"]) for row in found[1:]} <= {("Peru's Foreign Ministry", None)}


@pytest.mark.parametrize(
    ("words", "outlet", "country"),
    [
        ('"The pier is closed," Foreign Office spokesperson Sana Malik told reporters in Islamabad.', None, "PAK"),
        (
            '"The pier is closed," the Foreign Office said. The fee goes to Pakistan, and Pakistan only.',
            None,
            "PAK",
        ),
        ('"The pier is closed," Foreign Office minister Ann Hale told reporters. Britain pays the fee.', None, "GBR"),
        ('"The pier is closed," the Foreign Office said after Pakistan had asked.', "The Guardian", "GBR"),
    ],
)
def test_a_foreign_office_is_britains_unless_the_story_is_pakistans(
    words: str, outlet: str | None, country: str
) -> None:
    assert rows(words, outlet=outlet)[0]["country"] == country


def test_a_foreign_office_that_names_its_state_speaks_for_it_alone() -> None:
    (row,) = rows('"The pier is closed," German Foreign Office spokesman Jan Brandt said.')
    assert row["country"] == "DEU"


@pytest.mark.parametrize(
    ("who", "country", "organization"),
    [
        ("INGRID SOLHAUG (Norway), President of the General Assembly,", None, "UN"),
        ("INGRID SOLHAUG (Norway), Council President for May, speaking in her national capacity,", "NOR", None),
        ("INGRID SOLHAUG (Norway), Minister for Foreign Affairs,", "NOR", None),
        ("OSCE Chairperson-in-Office, Foreign Minister of Norway Ingrid Solhaug", "NOR", None),
        ("OSCE Chairperson-in-Office and Foreign Minister of Norway Ingrid Solhaug", "NOR", None),
    ],
)
def test_who_presides_over_an_organ_speaks_for_it_unless_a_states_office_stands_beside_it(
    who: str, country: str | None, organization: str | None
) -> None:
    (row,) = rows("The General Assembly met today.", f"{who} said that the list of speakers was long.")
    assert (row["speaker"].casefold(), row["country"], row["organization"]) == (
        "ingrid solhaug",
        country,
        organization,
    )


def test_the_president_of_an_organ_is_an_office_and_no_institution() -> None:
    found = rows(
        'General Assembly President Ingrid Solhaug (Norway) said: "The list is long."',
        'The President of the General Assembly added: "It is not closed."',
    )
    assert [(row["speaker"], row["country"], row["organization"]) for row in found] == [
        ("Ingrid Solhaug", None, "UN")
    ] * 2


@pytest.mark.parametrize(("office", "country"), [("foreign ministry", "PER"), ("State Department", "USA")])
def test_a_state_is_not_given_an_office_that_it_does_not_have(office: str, country: str) -> None:
    found = rows(
        "The United States will tax the anchovies of Peru.",
        f'"We have seen the list," a {office} spokesman said.',
        dateline=dateline("Washington"),
    )
    assert [row["country"] for row in found] == [country]


@pytest.mark.parametrize(("outlet", "country"), [("VOA", "SSD"), ("The Washington Post", "USA")])
def test_a_medium_for_listeners_abroad_has_no_home(outlet: str, country: str) -> None:
    found = rows(
        "South Sudanese officials and the United States differ over fish.",
        '"We have seen the list," security service spokesman Deng Ajak said.',
        outlet=outlet,
    )
    assert [row["country"] for row in found] == [country]


@pytest.mark.parametrize(
    ("group", "country"),
    [("some delegates", None), ("top negotiators", None), ("Peruvian negotiators", "PER"), ("officials", "KOR")],
)
def test_those_who_meet_speak_for_no_single_state(group: str, country: str | None) -> None:
    (row,) = rows(f'"The list is long," {group} said after the round.', dateline=dateline("Seoul"))
    assert row["country"] == country


@pytest.mark.parametrize(
    ("group", "country"),
    [("officials and analysts in Lima", "PER"), ("analysts in Lima", None), ("officials in Lima", "PER")],
)
def test_officials_in_a_capital_speak_for_its_state_beside_analysts_too(group: str, country: str | None) -> None:
    (row,) = rows(f"The fleet is ready to sail, {group} said.")
    assert row["country"] == country


def test_the_north_and_the_south_are_the_koreas_in_a_story_on_korea() -> None:
    found = rows(
        "North Korea closed the ferry line on Friday.",
        "The North said that the ferry was old. The South's unification minister Baek Do-yun said that it floated.",
        "A statement by a spokesman for the North's transport ministry gave no reason.",
        '"Rust never sleeps," the spokesman said.',
        dateline=dateline("Seoul"),
    )
    assert [(row["speaker"], row["country"]) for row in found] == [
        ("North Korea", "PRK"),
        ("Baek Do-yun", "KOR"),
        (None, "PRK"),
    ]
    assert "for the North's transport ministry" in found[2]["role"]
    (row,) = rows("The North said that the ferry between Belfast and Cairnryan was old.")
    assert row["country"] is None


def test_who_serves_a_person_by_name_speaks_for_that_persons_state() -> None:
    found = rows(
        "Norwegian Prime Minister Ingrid Solhaug met Peruvian President Marta Quispe in Lima.",
        '"The list is long," Quispe\'s spokesman Ivo Rojas said.',
        '"It is too long," Solhaug\'s adviser Nils Berg said.',
    )
    assert [(row["speaker"], row["country"]) for row in found] == [("Ivo Rojas", "PER"), ("Nils Berg", "NOR")]


def test_a_former_office_of_a_state_gives_the_head_of_an_organisation_none() -> None:
    (row,) = rows("NATO Secretary General, former Dutch Prime Minister Pieter Vos said that the list was long.")
    assert (row["country"], row["organization"]) == (None, "NATO")


def test_the_spokesman_of_a_person_in_the_paragraph_before_speaks_for_the_same_side() -> None:
    found = rows(
        "UN human rights chief Ingrid Solhaug urged Peru to open the port.",
        "Her spokesman Nils Berg said that she would travel.",
    )
    assert [(row["country"], row["organization"]) for row in found] == [(None, "UN")] * 2


def test_a_short_form_can_be_the_beginning_of_a_bodys_name() -> None:
    found = rows(
        "The Council of the European Union met in Peru.",
        "The Council reiterated that the quota was small.",
    )
    assert [(row["country"], row["organization"]) for row in found] == [(None, "EU")]


@pytest.mark.parametrize(
    ("mention", "who"),
    [
        ("The three security advisors", None),
        ("The national security advisors", "Ana Lee; Bo Berg; Eva Roth"),
        ("The three NSAs", "Ana Lee; Bo Berg; Eva Roth"),
        ("The two national security advisors", None),
        ("National security advisors", None),
    ],
)
def test_advisors_who_met_are_those_of_the_lead_whatever_their_titles(mention: str, who: str | None) -> None:
    (row,) = rows(
        "National Security Advisor Ana Lee spoke today with National Security Advisor Bo Berg of the Republic of Peru "
        "and Security Secretariat Director Eva Roth of the Kingdom of Norway.",
        f"{mention} condemned the raid on the ferry.",
        outlet="The White House",
    )
    assert row["speaker"] == who
    if who:
        assert row["country"] == "USA;PER;NOR"


def test_ministers_who_met_are_those_of_the_lead_with_that_office() -> None:
    (row,) = rows(
        "President Ida Dahl received Foreign Minister Ana Lee of Peru and Foreign Minister Bo Berg of Chile.",
        "The foreign ministers said that the ferry would sail.",
    )
    assert (row["speaker"], row["country"]) == ("Ana Lee; Bo Berg", "PER;CHL")


@pytest.mark.parametrize(
    ("named", "who"),
    [
        ("A note was handed over at the Ministry of Foreign Affairs.", "Ministry of Foreign Affairs"),
        ("Notes were handed over at the Ministry of Foreign Affairs and at the Interior Ministry.", "ministry"),
    ],
)
def test_the_ministry_is_the_one_named_before(named: str, who: str) -> None:
    row = rows("Peru is leaving the pact.", named, "The ministry said that the fee had been paid.")[-1]
    assert row["speaker"] == who


def test_a_statement_issued_by_a_ministry_is_the_ministrys() -> None:
    (row,) = rows("Lee told Berg that the port was closed, a statement issued by the Foreign Ministry of Peru said.")
    assert (row["speaker"], row["country"]) == ("Foreign Ministry of Peru", "PER")


def test_the_members_of_a_council_speak_for_it() -> None:
    found = rows(
        '"The strait stays open," the UN Security Council members said.',
        '"Every ship may pass," the 15-member Council’s members added.',
    )
    assert [(row["speaker"], row["organization"]) for row in found] == [("UN Security Council", "UN")] * 2


def test_a_letterhead_gives_the_state_of_an_office_without_one() -> None:
    (row,) = rows(
        '"The pier is safe," the Prime Minister said.', header=("Prime Minister's Office, 10 Downing Street",)
    )
    assert (row["speaker"], row["role"], row["country"]) == (None, "Prime Minister", "GBR")


def test_an_office_that_the_table_gives_a_named_person_is_theirs() -> None:
    found = rows(
        "Vladimir Putin congratulated the crews of the ferry.",
        "In a telegram, the President of Russia stressed the age of the harbour.",
        "The President of Peru stressed the depth of the lake.",
        published=date(2018, 3, 14),
    )
    assert [row["speaker"] for row in found] == ["Vladimir Putin", "Vladimir Putin", None]


def test_a_spokesman_for_a_named_president_is_not_the_president() -> None:
    (row,) = rows('"The pier is safe," a spokesman for President Ana Lee said in Lima.')
    assert (row["speaker"], row["role"]) == (None, "spokesman for President Ana Lee")


def test_they_are_all_three_who_met() -> None:
    found = rows(
        "Peruvian President Luz Soto and Foreign Minister Bo Paz met with Lake Agency Director General Eva Roth.",
        "They stressed the age of the harbour.",
    )
    assert found[0]["speaker"] == "Luz Soto; Bo Paz; Eva Roth"


def test_a_joint_communique_is_that_of_all_who_issued_it() -> None:
    found = rows(
        "Peru and Chile on Thursday issued a joint communique after the talks of their ministers.",
        "The joint communique said that the strait would stay open.",
        "It said that the fee would fall.",
    )
    assert [(row["speaker"], row["country"]) for row in found] == [("Peru; Chile", "PER;CHL")] * 2


def test_the_embassy_is_the_one_that_the_story_has_named() -> None:
    (row,) = rows(
        "The consul of the Peruvian Embassy in Chile visited the pier on Thursday.",
        '"The pier is safe," the embassy said.',
    )
    assert (row["speaker"], row["country"]) == ("Peruvian Embassy in Chile", "PER")


def test_whom_a_headline_lets_speak_has_the_office_of_the_first_source() -> None:
    found = rows(
        '"The pier is safe," the Foreign Ministry Spokesperson said in Lima.',
        '"It is new," Soto added.',
        title="Soto: The Pier Is Safe",
    )
    assert [(row["speaker"], row["role"]) for row in found] == [("Soto", "Foreign Ministry Spokesperson")] * 2


def test_who_spoke_in_a_clause_only_yields_to_the_person_named() -> None:
    found = speakers(
        '"The pier is safe," Peruvian Transport Minister Luz Soto said.',
        "She was asked about the Norwegian envoy in Lima who said that the pier was old.",
        '"It is new," she said.',
    )
    assert found[-1] == "Luz Soto"
