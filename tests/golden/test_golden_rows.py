"""The project's own regression measure: rows of our articles against our gold."""

from __future__ import annotations

from pathlib import Path

from flows.evaluation import evaluate

HERE = Path(__file__).parent
FLOORS = {
    "detection_f1": 0.95,
    "exact_text_f1": 0.92,
    "row_f1": 0.86,
    "speaker": 0.97,
    "role": 0.93,
    "country": 0.95,
    "date": 0.96,
    "type": 0.97,
}


def test_no_figure_falls_below_its_floor() -> None:
    score = evaluate(HERE / "articles", HERE / "gold.jsonl")
    below = {name: value for name, value in score.figures().items() if value < FLOORS[name]}
    assert not below, "\n".join(score.misses)
