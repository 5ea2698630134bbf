"""Spellings of one name, and names that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.speakers.spelling import are_variants, consonants, folded, sounded


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Željka Šimić", "zeljka simic"),
        ("Hyok-nam Ri", "hyok nam ri"),
        ("Rami al-Khateb", "rami khateb"),
        ("Conor O’Dwyer", "conor odwyer"),
        ("P.J. Marlow Jr.", "pj marlow"),
        ("Łukasz Gđański", "lukasz gdanski"),
    ],
)
def test_marks_and_diacritics_are_folded_away(name, plain):
    assert folded(name) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey Vyatkin", "Sergei Vyatkin"),
        ("Yevgeny Belsky", "Evgeniy Belskiy"),
        ("Aleksandr Vyatkin", "Alexander Vyatkin"),
        ("Mohammed Tarhuni", "Muhammad Tarhouni"),
        ("Khaled al-Qasri", "Haled Kasri"),
    ],
)
def test_ways_of_transliteration_are_one_name(one, other):
    assert sounded(one) == sounded(other) or are_variants(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Vyatkin", "Mario Vyatkin"),
        ("Sergei Vyatkin", "Sergei Vyatkina"),
        ("Li Qiang Bo", "Li Qian Bo"),
        ("Bo Lee", "Bo Li"),
        ("Anders Solhaug", "Anna Solhaug"),
        ("Solhaug", "Solhoug"),
        ("Mohammed Tarhuni", "Muhammad Tarhini Saleh"),
        ("Igor Vyatkin", "Oleg Vyatkin"),
    ],
)
def test_other_people_stay_other_people(one, other):
    assert sounded(one) != sounded(other)
    assert not are_variants(one, other)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(name):
    assert folded(folded(name)) == folded(name)
    assert len(consonants(name).split()) == len(sounded(name).split())


@given(st.text(max_size=30), st.text(max_size=30))
def test_being_variants_goes_both_ways(one, other):
    assert are_variants(one, other) == are_variants(other, one)
