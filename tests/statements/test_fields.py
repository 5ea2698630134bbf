"""Stories laid out in labelled fields: `Source:`, `Quote:`, `Details:`."""

from __future__ import annotations

import pytest
from helpers import article

from flows.rows import rows_of
from flows.statements.fields import is_field_label, named_source, quote_label
from flows.statements.transcripts import turns

STORY = article(
    "Two piers in Kherson have been closed for repairs.",
    "Source: Oleh Marchuk, Head of Kherson Oblast Military Administration, on Telegram",
    'Quote: "The storm struck the port again. Two men were taken to hospital.',
    'We will repair the pier by Friday."',
    "Details: Marchuk said that the northern pier had been closed.",
    'Quote from Marchuk: "We are not afraid of the sea and will stay."',
    "Background: On 3 May, Danish Foreign Minister Anna Holm said that a second pier was open.",
)


@pytest.mark.parametrize("label", ["Quote", "Details", "Source:", "Previously", "Editor’s note", "More details"])
def test_a_part_of_a_story_is_a_label(label: str) -> None:
    assert is_field_label(label)


@pytest.mark.parametrize("label", ["Mr Kirby", "Quoteman", "Details Minister", "Spokesperson"])
def test_a_speaker_is_none(label: str) -> None:
    assert not is_field_label(label)


def test_a_story_in_fields_is_no_transcript() -> None:
    assert turns(STORY) == []


def test_the_quotation_is_theirs_whom_the_fields_name() -> None:
    assert [(row["quotation_type"], row["speaker"], row["text"][:30]) for row in rows_of(STORY)[1]] == [
        ("direct", "Oleh Marchuk", "The storm struck the port agai"),
        ("indirect", "Oleh Marchuk", "the northern pier had been clo"),
        ("direct", "Oleh Marchuk", "We are not afraid of the sea a"),
        ("indirect", "Anna Holm", "a second pier was open"),
    ]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Source: President Lee’s evening address", "President Lee"),
        ("Source: Ana Ruiz, Mayor of Lima, on Telegram", "Ana Ruiz, Mayor of Lima"),
    ],
)
def test_the_source_line_is_read_without_the_place_of_the_words(line: str, who: str) -> None:
    text = f"{line}\n\nQuote: “We wait.”"
    named = named_source(text, len(text))
    assert named is not None
    assert named.of(text) == who


def test_a_quote_label_stands_at_the_head_of_its_line() -> None:
    text = "He gave this quote: “We wait.”"
    assert quote_label(text, text.index("“")) is None
