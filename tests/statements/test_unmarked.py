"""Words printed without quotation marks: behind a colon, or going on in the first person."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.extract import extract


def found(*paragraphs: str, **changes: object) -> list[tuple[str, str]]:
    story = article(*paragraphs, **changes)
    return [(statement.quotation_type, statement.text_in(story.text)) for statement in extract(story)]


NEWS = "The office in Lima will open in June with a staff of twenty."


def test_all_paragraphs_in_the_first_person_behind_a_colon_are_one_statement() -> None:
    paragraphs = (
        NEWS,
        "Foreign Secretary Ann Harding said:",
        "Peru is a true friend.",
        "Our firms will find a partner in Lima.",
        "Trade Minister Helen Moss said:",
        "Trade has never been as strong.",
        "The office lies in Miraflores.",
    )
    assert found(*paragraphs) == [
        ("direct", "Peru is a true friend. Our firms will find a partner in Lima."),
        ("direct", "Trade has never been as strong."),
    ]


def test_what_is_continued_goes_on_to_the_end() -> None:
    paragraphs = (
        NEWS,
        "The port was sold for a song, said the commentary of the Rodong Sinmun, and continued:",
        "The buyers have never paid.",
        "They should give it back.",
    )
    assert found(*paragraphs) == [
        ("indirect", "The port was sold for a song"),
        ("direct", "The buyers have never paid. They should give it back."),
    ]


def test_a_list_behind_a_colon_is_no_speech() -> None:
    story = ("Foreign Secretary Ann Harding said the office will:", "- open in Lima.", "- hire our people.")
    assert not any(kind == "direct" for kind, _ in found(NEWS, *story))


@pytest.mark.parametrize(
    ("paragraph", "goes_on"),
    [
        ("Ports are a gate. We will go on with our work.", True),
        ("Ports are a gate. The state owns them.", False),
        ("We welcome letters to the editor.", False),
        ("“Ports are a gate. We will go on with our work.”", False),
    ],
)
def test_a_paragraph_in_the_first_person_goes_on(paragraph: str, goes_on: bool) -> None:
    said = "Peruvian Minister Ana Ruiz noted that the ports had been rebuilt. The port of Ilo was opened too."
    _, words = found(NEWS, said, paragraph)[0]
    assert words.startswith("the ports had been rebuilt")
    assert words.endswith("our work.") is goes_on


def test_words_announced_for_a_speech_are_those_of_its_speaker() -> None:
    paragraphs = (
        "The minister said so in Lima.",
        "In Lima, Foreign Secretary Ann Harding will say:",
        "Peru is our friend.",
    )
    assert ("direct", "Peru is our friend.") in found(NEWS, *paragraphs)
