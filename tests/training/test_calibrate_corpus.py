"""Confidence judged by an attribution corpus, in which contents and sources are marked."""

from __future__ import annotations

import json
from pathlib import Path

from flows.training.calibrate import judge_attributions

TEXT = (
    '"The ferry sails in May," Norwegian Foreign Minister Ines Roth said.\n\n"It is late," Peruvian envoy Ana Lee said.'
)


def spans(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def corpus(path: Path, *marks: tuple[str, str]) -> Path:
    attributions = [
        {"source": spans(source), "cue": spans("said"), "content": spans(content)} for source, content in marks
    ]
    path.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": attributions}) + "\n", encoding="utf-8")
    return path


def test_a_row_is_right_where_content_and_source_are_marked(tmp_path: Path) -> None:
    both = [("Ines Roth", '"The ferry sails in May,"'), ("envoy Ana Lee", '"It is late,"')]
    assert [row.right for row in judge_attributions(corpus(tmp_path / "a.jsonl", *both))] == [True, True]
    assert [row.right for row in judge_attributions(corpus(tmp_path / "b.jsonl", *both[:1]))] == [True, False]
    crossed = [("envoy Ana Lee", '"The ferry sails in May,"'), ("Ines Roth", '"It is late,"')]
    assert [row.right for row in judge_attributions(corpus(tmp_path / "c.jsonl", *crossed))] == [False, False]
