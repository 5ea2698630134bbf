"""The project's own regression measure: rows of our articles against our gold."""

from __future__ import annotations

from pathlib import Path

from flows.evaluation import evaluate

HERE = Path(__file__).parent
# Some points below what one processor gives: eight-bit arithmetic differs a little between processors.
FLOORS = {
    "detection_f1": 0.94,
    "exact_text_f1": 0.91,
    "row_f1": 0.83,
    "speaker": 0.96,
    "role": 0.91,
    "country": 0.92,
    "date": 0.95,
    "type": 0.97,
}


def test_no_figure_falls_below_its_floor() -> None:
    score = evaluate(HERE / "articles", HERE / "gold.jsonl")
    below = {name: value for name, value in score.figures().items() if value < FLOORS[name]}
    assert not below, "\n".join(score.misses)
