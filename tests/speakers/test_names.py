"""Personal names: their shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.speakers.names import (
    gender_of,
    in_normal_capitals,
    is_name_word,
    name_at_end,
    names_same_person,
    tokens,
    without_honorifics,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana Lind's plan.", ["Ana", "Lind", "plan"]),
        ("J. R. Lind Jr. and St. Olaf", ["J.", "R.", "Lind", "Jr.", "and", "St.", "Olaf"]),
        ("U.S. envoy", ["U.S.", "envoy"]),
        ("Quispe-Flores, O’Hara", ["Quispe-Flores", ",", "O’Hara"]),
        ("", []),
    ],
)
def test_words_keep_their_stops_hyphens_and_apostrophes(text: str, words: list[str]) -> None:
    found = tokens(text)
    assert [token.text for token in found] == words
    assert all(token.span.of(text) == token.text for token in found)


@pytest.mark.parametrize("word", ["Lind", "Quispe-Flores", "al-Harbi", "O’Hara", "J.", "Ćosić"])
def test_words_that_can_be_names(word: str) -> None:
    assert is_name_word(word)


@pytest.mark.parametrize(
    "word", ["lind", "The", "Monday", "Minister", "Norway", "Norwegian", "NATO", "Xinhua", "Says", ""]
)
def test_words_that_cannot(word: str) -> None:
    assert not is_name_word(word)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norwegian Foreign Minister Ana Lind", "Ana Lind"),
        ("the envoy Pieter van der Meer", "Pieter van der Meer"),
        ("Sheikh Mohammed bin Rashid al-Harbi", "Sheikh Mohammed bin Rashid al-Harbi"),
        ("the envoy", ""),
        ("van der", ""),
        ("Ana Lind, the envoy of Norway", ""),
    ],
)
def test_the_name_that_ends_a_phrase(text: str, name: str) -> None:
    words = tokens(text)
    begin = name_at_end(words)
    assert (text[words[begin].span.start :] if begin < len(words) else "") == name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("PIETER VAN AERTSEN", "Pieter van Aertsen"),
        ("ANA QUISPE-FLORES", "Ana Quispe-Flores"),
        ("SEÁN O’HARA", "Seán O’Hara"),
        ("KUROSAWA Michiru", "Kurosawa Michiru"),
        ("Ana Lind", "Ana Lind"),
        ("J. R. Lind", "J. R. Lind"),
        ("Li", "Li"),
        ("FDFA", "FDFA"),
        ("NATO", "NATO"),
        ("SOLHAUG", "Solhaug"),
        ("ANA LIND", "Ana Lind"),
        ("LIND Ana", "Lind Ana"),
    ],
)
def test_capitals(name: str, plain: str) -> None:
    assert in_normal_capitals(name) == plain


@pytest.mark.parametrize(
    ("name", "title", "gender"),
    [
        ("Mr. Lind", "", "m"),
        ("Lind", "Mrs.", "f"),
        ("Lind", "spokeswoman", "f"),
        ("Ana Lind", "", "f"),
        ("Lind", "minister", None),
        ("Ana", "", None),  # alone it may as well be a family name
        ("", "", None),
        ("Solhaug Ana", "", None),  # the last word is a surname, whatever given name it looks like
        ("Solhaug Maria Lind", "", "f"),
    ],
)
def test_gender(name: str, title: str, gender: str | None) -> None:
    assert gender_of(name, title) == gender


@pytest.mark.parametrize(
    ("name", "plain"),
    [("H.E. Mr. Kofi Mensah", "Kofi Mensah"), ("Dr. Lind", "Lind"), ("Mr.", "Mr."), ("Ana Lind", "Ana Lind")],
)
def test_forms_of_address_are_taken_off(name: str, plain: str) -> None:
    assert without_honorifics(name) == plain


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Lind", "Ana Lind", True),
        ("Ana Lind", "Ana Maria Lind", True),
        ("Wang", "Wang Haoran", True),
        ("LIND", "Ana Lind", True),
        ("O'Hara", "Seán O’Hara", True),
        ("Lind", "Ana Lindqvist", False),
        ("Bo Lind", "Ana Lind", False),
        ("Lind Ana", "Ana Lind", False),
        ("Ana Lind", "Lind", False),
    ],
)
def test_short_forms(short: str, full: str, same: bool) -> None:
    assert names_same_person(short, full) is same


@given(st.text("AaÉé .'’-", max_size=20))
def test_spans_of_words_never_overlap(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.span.start < token.span.end
        end = token.span.end
