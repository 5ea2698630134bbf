"""Signatures of bodies."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.signature import LAYOUT, NO_NAME, signature

NOTE = (
    "Estonian Foreign Minister Maarja Tamm said in Tallinn on Monday that 14 ferries would sail again in May. "
    "“The ice doesn’t ask us,” she told the Baltic Harbour Council."
)


def _read(text: str) -> np.void:
    return np.frombuffer(signature(text), dtype=LAYOUT)[0]


def test_stored_signatures_stay_comparable_with_those_of_later_releases() -> None:
    # Who changes what a signature holds must see to it that stored ones are made anew; then this value changes.
    assert sha256(signature(NOTE)).hexdigest()[:16] == "907e217c5bad9584"


def test_case_marks_and_spaces_make_no_difference_to_the_digest() -> None:
    plain = NOTE.replace("“", '"').replace("”", '"').replace("’", "'").replace(". ", ".\n\n").upper()
    assert _read(plain)["digest"] == _read(NOTE)["digest"]
    assert _read(NOTE.replace("14", "15"))["digest"] != _read(NOTE)["digest"]


def test_names_are_capitalised_words_never_written_small_and_figures() -> None:
    names = _read("The May talks in Riga may end on 3 June. In the end, talks in Riga did.")["names"]
    assert set(names) - {NO_NAME} == set(_read("Riga 3 June")["names"]) - {NO_NAME}
    assert sorted(names) == list(names)


def test_the_size_is_fixed_and_the_minhash_estimates_what_is_shared() -> None:
    words = [f"word{number}" for number in range(1_200)]
    one, other = _read(" ".join(words[:1_000])), _read(" ".join(words[200:]))
    exact = 798 / 1_198
    assert abs((one["minhash"] == other["minhash"]).mean() - exact) < 0.15
    assert one["triples"] == 998
    assert one["words"] == 1_000


def test_a_text_longer_than_one_slice_has_the_smallest_hashes_of_all() -> None:
    words = [f"word{number}" for number in range(20_000)]
    whole, half = _read(" ".join(words))["minhash"], _read(" ".join(words[:10_000]))["minhash"]
    assert abs((whole == half).mean() - 0.5) < 0.2


@given(st.text())
def test_any_text_has_a_signature(text: str) -> None:
    assert len(signature(text)) == LAYOUT.itemsize
    assert signature(text) == signature(f"  {text}\n")
