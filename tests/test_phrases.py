"""Fixed phrases in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.article import Span
from flows.phrases import Found, PhraseIndex

INDEX = PhraseIndex([("Guinea", "GIN"), ("Papua New Guinea", "PNG"), ("U.S.", "USA"), ("Cote d'Ivoire", "CIV")])
OFFICES = PhraseIndex([("minister", 1), ("prime minister", 2), ("member", 3), ("minister", 4)], ignore_case=True)


def values(index: PhraseIndex[str], text: str) -> list[str]:
    return [found.value for found in index.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Papua New Guinea and Guinea", ["PNG", "GIN"]),
        ("Guineans left New Guinea's shore", ["GIN"]),
        ("Guinea-Bissau", []),
        ("the U.S. envoy and the U.S.-led talks", ["USA"]),
        ("Cote d’Ivoire", ["CIV"]),
        ("guinea pigs", []),
        ("", []),
    ],
)
def test_the_longest_whole_phrase_is_found(text: str, wanted: list[str]) -> None:
    assert values(INDEX, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Prime Minister", [2]),
        ("the ex-minister and the then-Prime Minister", [1, 2]),
        ("the 15-member body", []),
        ("a cabinet member", [3]),
        ("ministers", []),
    ],
)
def test_words_inside_compounds_are_no_words_of_their_own(text: str, wanted: list[int]) -> None:
    assert [found.value for found in OFFICES.find(text)] == wanted


def test_spans_index_the_whole_text_and_the_range_is_kept() -> None:
    text = "Guinea met Guinea in Guinea"
    (found,) = INDEX.find(text, 7, 20)
    assert found.span == (11, 17)
    assert INDEX.find(text, 7, 14) == []


def test_of_equal_phrases_the_first_counts() -> None:
    assert OFFICES.get("Minister") == 1
    assert OFFICES.get("Ministers") is None


@given(st.lists(st.sampled_from(["Guinea", "Papua", "New", "U.S.", "-", "'", " ", "Cote d", "’Ivoire", "ex-"])))
def test_found_spans_are_ordered_and_hold_their_phrase(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for found in INDEX.find(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert INDEX.get(found.span.of(text)) == found.value
        end = found.span.end


def test_a_span_never_reaches_beyond_the_text() -> None:
    index = PhraseIndex([("foreign minister", 1), ("foreign minister of the republic", 2)])
    assert index.find("the foreign minister") == [Found(Span(4, 20), 1)]
