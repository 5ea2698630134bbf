"""The project's own regression measure: rows of our articles against our gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.evaluation import evaluate

HERE = Path(__file__).parent
NAMES = ("detection_f1", "exact_text_f1", "row_f1", "speaker", "role", "country", "date", "type")
# Some points below what one processor gives: eight-bit arithmetic differs a little between processors.
FLOORS = {
    "shapes": (0.97, 0.97, 0.94, 0.97, 0.97, 0.96, 0.97, 0.97),
    "wires": (0.96, 0.95, 0.92, 0.97, 0.96, 0.97, 0.97, 0.97),
    "records": (0.96, 0.95, 0.92, 0.96, 0.96, 0.95, 0.97, 0.97),
    "world": (0.97, 0.96, 0.87, 0.95, 0.94, 0.96, 0.95, 0.97),
}


@pytest.mark.parametrize("folder", FLOORS)
def test_no_figure_falls_below_its_floor(folder: str) -> None:
    score = evaluate(HERE / folder / "articles", HERE / folder / "gold.jsonl")
    floors = dict(zip(NAMES, FLOORS[folder], strict=True))
    below = {name: value for name, value in score.figures().items() if value < floors[name]}
    assert not below, "\n".join(score.misses)
