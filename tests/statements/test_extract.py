"""Whole articles through the one door: borders, types, and what is left out."""

from __future__ import annotations

import pytest
from helpers import article
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.rows import rows_of
from flows.statements.extract import extract

ENVOY = "Norwegian Foreign Minister Ingrid Solhaug"


def found(*paragraphs: str, **changes: object) -> list[tuple[str, str]]:
    story = article(*paragraphs, **changes)
    return [(statement.quotation_type, statement.text_in(story.text)) for statement in extract(story)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (f'"The ferry will sail," {ENVOY} said.', "direct", "The ferry will sail,"),
        (f"{ENVOY} said on Tuesday that the ferry would sail in May.", "indirect", "the ferry would sail in May"),
        (f'{ENVOY} said that the ferry "is not for sale" this year.', "mixed", 'the ferry "is not for sale" this year'),
        (f'{ENVOY} stressed that "we have waited long enough."', "mixed", "we have waited long enough."),
        (f"{ENVOY} condemned the raid on the harbour.", "indirect", "condemned the raid on the harbour"),
        (f"{ENVOY} urged Peru to sign the treaty.", "indirect", "urged Peru to sign the treaty"),
        (f"{ENVOY} denied that a letter existed.", "indirect", "denied that a letter existed"),
        (f'{ENVOY} called the talks "long and useful".', "mixed", 'called the talks "long and useful"'),
        (f"The ferry would sail in May, according to {ENVOY}.", "indirect", "The ferry would sail in May"),
        (
            f'The so-called "peace ferry" will sail nowhere, {ENVOY} said.',
            "indirect",
            'The so-called "peace ferry" will sail nowhere',
        ),
    ],
)
def test_borders_and_types(text: str, kind: str, words: str) -> None:
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        f"{ENVOY} declined to comment.",
        f"{ENVOY} did not say which of the harbours she meant.",
        f"{ENVOY} arrived in Oslo on Tuesday and visited the harbour.",
        'The "corridor", as the harbour is known, was closed.',
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []


def test_a_quotation_broken_by_its_attribution_is_one_statement() -> None:
    assert found(f'"We wait," {ENVOY} said. "We have waited for years."') == [
        ("direct", "We wait, We have waited for years.")
    ]


def test_a_quotation_in_a_new_paragraph_is_a_new_statement_of_the_same_speaker() -> None:
    story = article(f'"We wait for the ice to go," {ENVOY} said.', '"Nobody is in a hurry up there."')
    _, rows = rows_of(story)
    assert [(row["text"], row["speaker"]) for row in rows] == [
        ("We wait for the ice to go,", "Ingrid Solhaug"),
        ("Nobody is in a hurry up there.", "Ingrid Solhaug"),
    ]


def test_a_participle_takes_the_speaker_of_its_sentence() -> None:
    story = article(
        "Peruvian Trade Minister Rosa Quispe said the port was ready.",
        f"Accusing Lima of delay, {ENVOY} said the port was late.",
    )
    _, rows = rows_of(story)
    assert [row["speaker"] for row in rows] == ["Rosa Quispe", "Ingrid Solhaug", "Ingrid Solhaug"]
    assert rows[1]["text"] == "Accusing Lima of delay"


def test_questions_moderators_and_procedure_give_no_rows() -> None:
    turns = found(
        "MODERATOR: Good afternoon.",
        "QUESTION: Will the ferry sail?",
        "FOREIGN MINISTER SOLHAUG: (Via interpreter) It will sail in May.",
        "And it will sail again in June.",
        "QUESTION: Who pays?",
        "FOREIGN MINISTER SOLHAUG: We do.",
        title="Foreign Minister Ingrid Solhaug at a press conference",
    )
    assert turns == [
        ("transcript", "It will sail in May. And it will sail again in June."),
        ("transcript", "We do."),
    ]


def test_a_story_with_one_colon_is_no_transcript() -> None:
    (row,) = found(f"{ENVOY} added: the ferry would sail in May.")
    assert row[0] == "indirect"


def test_a_statement_printed_in_the_first_person_is_one_row() -> None:
    words = "We welcome the agreement on the harbour, and we thank our partners.", "Our teams will start in May."
    assert found(*words, title="Statement by Foreign Minister Ingrid Solhaug on the harbour") == [
        ("direct", " ".join(words))
    ]


def test_further_sentences_of_a_meeting_record_go_on_with_their_speaker() -> None:
    rows = found("INGRID SOLHAUG (Norway) said the mandate was too short. A longer one would help the harbour towns.")
    assert rows == [("indirect", "the mandate was too short A longer one would help the harbour towns")]


FRAGMENTS = [
    '"',
    "“",
    "”",
    " said",
    " Ana Petrovic",
    " the minister",
    ", ",
    ". ",
    "\n\n",
    " that",
    " We",
    " Moscow",
    "(",
    ":",
    "Q  ",
]


@settings(max_examples=60, deadline=None)
@example(['"', "“", " We", "\n\n", "”"])
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40))
def test_no_text_crashes_and_every_piece_lies_in_it(parts: list[str]) -> None:
    paragraphs = [part.strip() for part in "".join(parts).split("\n\n") if part.strip()]
    story = article(*(paragraphs or ["x"]))
    _, rows = rows_of(story)
    for row in rows:
        slices = [story.text[span["start"] : span["end"]] for span in row["spans"]]
        assert all(slices)
        assert row["text"] == " ".join(slices)
        assert [span["start"] for span in row["spans"]] == sorted(span["start"] for span in row["spans"])


def test_behind_the_line_that_ends_a_statement_a_report_is_read() -> None:
    ours = ("We are concerned about our ferry. We call on all of our partners to wait.", "We thank our crews.")
    report = f"Presenting it, {ENVOY} said that the ferry would sail in May."
    assert found(*ours, "* * *", report) == [("direct", " ".join(ours)), ("indirect", "the ferry would sail in May")]
    assert found(*ours) == [("direct", " ".join(ours))]
