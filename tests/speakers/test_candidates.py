"""Mentions that could mean several people, or nobody whom the article names."""

from __future__ import annotations

import pytest

from flows import extract

NAMED = (
    "LIMA, May 3 (Example) - Peruvian Transport Minister Carlos Quispe and Bolivian Transport Minister Evo Mamani "
    "signed a plan for the border road on Tuesday.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "speaker", "candidates"),
    [
        ("The deputy minister said the road would open in June.", None, None),
        ("The Bolivian minister said the road would open in June.", "Evo Mamani", None),
        ("The official said the road would open in June.", None, ["Carlos Quispe", "Evo Mamani"]),
        ("An official said the road would open in June.", None, None),
    ],
)
def test_whoever_could_be_meant_is_kept_where_nobody_is_chosen(
    sentence: str, speaker: str | None, candidates: list[str] | None
) -> None:
    (row,) = (row for row in extract(NAMED + sentence, published="2024-05-03") if "June" in row["text"])
    assert (row["speaker"], row["candidates"]) == (speaker, candidates)
