"""Press releases of meetings: sentences that go on without a cue."""

from __future__ import annotations

import pytest
from helpers import article, attribution

from flows.statements.meetings import with_free_sentences
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.shaping import shape


def pieces(text: str, *marked: tuple[str, str, str | None], title: str | None = None) -> list[list[str]]:
    story = article(*text.split("\n\n"), title=title)
    quotations = scan(text, story.paragraphs)
    found = shape(text, quotations, [attribution(text, *words) for words in marked])
    borders = sentences(text, story.paragraphs, quotations)
    return [[piece.of(text) for piece in statement.pieces] for statement in with_free_sentences(story, borders, found)]


@pytest.mark.parametrize(
    "opening",
    ["ANA LIND (Peru)", "ANA VAN DER LIND (Peru)", "ANA LIND, Special Envoy for the Lake,", "JEAN-PAUL N’DIAYE (Togo)"],
)
def test_a_sentence_without_a_cue_goes_on_with_the_speaker_in_capitals(opening: str) -> None:
    text = f"{opening} said the term was short. A longer one would help. It would cost little."
    assert pieces(text, ("the term was short", "said", opening)) == [
        ["the term was short", "A longer one would help", "It would cost little"]
    ]


def test_a_sentence_with_a_cue_of_its_own_is_its_own_statement() -> None:
    text = "ANA LIND (Peru) said the term was short. She urged Oslo to wait. It would cost little."
    found = pieces(text, ("the term was short", "said", "ANA LIND"), ("Oslo to wait", "urged", "She"))
    assert found == [["the term was short"], ["urged Oslo to wait", "It would cost little"]]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lind (Peru) said the term was short. A longer one would help.",
        "PERU said the term was short. A longer one would help.",
        "Peru said the term was short.\n\nA longer one would help.",
        "ANA LIND (Peru) said the term was short.\n\nA longer one would help.",
        "ANA LIND (Peru) said the term was short. The meeting rose at noon.",
        "ANA LIND (Peru) said the term was short. Also speaking were Oslo and Lima.",
    ],
)
def test_narration_and_procedure_go_on_with_nobody(text: str) -> None:
    source = text.split(" said", maxsplit=1)[0]
    assert pieces(text, ("the term was short", "said", source)) == [["the term was short"]]


def test_sentences_before_the_first_statement_have_nobody_to_go_on_with() -> None:
    text = "ANA LIND (Peru) took the floor. She said the term was short."
    assert pieces(text, ("the term was short", "said", "She")) == [["the term was short"]]


TALKS = (
    "Ana Lind said that the two countries are good neighbours. Their ties stand on firm ground. "
    "The bridge was opened in 1971. Peru is ready to share its data."
)


def test_in_a_readout_of_talks_sentences_that_argue_go_on_with_the_speaker() -> None:
    marked = ("the two countries are good neighbours", "said", "Ana Lind")
    (found,) = pieces(TALKS, marked, title="Ana Lind Holds Talks with Ministers of Togo")
    assert found == [
        "the two countries are good neighbours",
        "Their ties stand on firm ground",
        "Peru is ready to share its data",
    ]


def test_in_a_story_they_are_the_reporter_s() -> None:
    marked = ("the two countries are good neighbours", "said", "Ana Lind")
    assert pieces(TALKS, marked, title="Peru shares its data") == [["the two countries are good neighbours"]]


@pytest.mark.parametrize(
    ("who", "verb", "count"),
    [
        ("Peru", "hopes", 1),
        ("The Peruvian side", "appreciates", 1),
        ("Berit Aas", "hopes", 2),
        ("Peru", "hoped", 2),
    ],
)
def test_what_a_state_hopes_goes_on_with_its_speaker(who: str, verb: str, count: int) -> None:
    text = f"Ana Lind said that the ferry was safe. {who} {verb} that all parties wait."
    marked = (("that the ferry was safe", "said", "Ana Lind"), ("that all parties wait", verb, who))
    found = pieces(text, *marked, title="Ana Lind Meets with Berit Aas")
    assert len(found) == count


def test_a_fragment_beside_a_noun_goes_on_with_the_speaker_in_capitals() -> None:
    text = "ANA LIND (Peru) said it was late. Many findings “would not survive”."
    quoted = ("“would not survive”", "findings", None)
    assert pieces(text, ("it was late", "said", "ANA LIND (Peru)"), quoted) == [
        ["it was late", "Many findings “would not survive”"]
    ]
