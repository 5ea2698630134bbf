"""Sentence borders."""

from __future__ import annotations

from itertools import pairwise

import pytest
from helpers import article
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.article import Span
from flows.statements.quotations import scan
from flows.statements.sentences import plain_sentences, sentences


def split(*paragraphs: str) -> list[str]:
    story = article(*paragraphs)
    borders = sentences(story.text, story.paragraphs, scan(story.text, story.paragraphs))
    return [border.of(story.text) for border in borders]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Okafor met Dr. Lind and Gen. Varga on Dec. 3 in St. Louis.",
        "The U.S. Embassy in Oslo and the U.N. Security Council said no.",
        "J. R. Lindqvist and A.B. Moe left.",
        "It cost 3.5 million crowns, i.e. Half of the sum.",
        '"Wait. We will sail. Then we rest," she said.',
        "“Will it sail?” she asked.",
        "“It will sail!” she said.",
        "The boat ... turned round.",
    ],
)
def test_stops_that_end_no_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It sailed. She left.", ["It sailed.", "She left."]),
        ("They flew to the U.S. The envoy stayed.", ["They flew to the U.S.", "The envoy stayed."]),
        ('She said "it sails." He left.', ['She said "it sails."', "He left."]),
        ('"It sails," she said. "It floats."', ['"It sails," she said.', '"It floats."']),
        ("“We wait.” “We do not.”", ["“We wait.”", "“We do not.”"]),
        ("Did it sail? Nobody knows! Good.", ["Did it sail?", "Nobody knows!", "Good."]),
        ("He left (for Oslo.) She stayed.", ["He left (for Oslo.)", "She stayed."]),
        ("no stop at the end", ["no stop at the end"]),
    ],
)
def test_stops_that_do(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


def test_a_paragraph_always_ends_its_sentence() -> None:
    assert split("First half", "second half.") == ["First half", "second half."]


def test_a_mark_left_open_swallows_no_other_paragraph() -> None:
    assert split('"It sails. She left.', "He stayed. They left.") == [
        '"It sails. She left.',
        "He stayed.",
        "They left.",
    ]


def test_plain_sentences_look_through_quotation_marks() -> None:
    text = 'Yes. "It sails. It floats," she said.'
    assert [span.of(text) for span in plain_sentences(text, Span(5, len(text)))] == [
        '"It sails.',
        'It floats," she said.',
    ]


@given(st.lists(st.text("ab Z\"“”.!?'’", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_sentences_cover_every_word_once_in_order(parts: list[str]) -> None:
    story = article(*(part.strip() for part in parts))
    borders = sentences(story.text, story.paragraphs, scan(story.text, story.paragraphs))
    assert all(one.end <= other.start for one, other in pairwise(borders))
    covered = "".join(border.of(story.text) for border in borders)
    assert "".join(covered.split()) == "".join(story.text.split())
