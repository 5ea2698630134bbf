"""Who speaks, within whole small articles."""

from __future__ import annotations

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
    words = "The foreign ministry spoke."
    (found,) = resolved(article(words, outlet="White House", dateline=dateline("Seoul")), "The foreign ministry")
    assert found.speakers[0].countries == ("USA",)
    (found,) = resolved(article(words, country="PER"), "The foreign ministry")
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
