from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.evaluation import GoldError, compare, read_gold

GOLD = {
    "file": "a.txt",
    "text": "the ferry would sail again in spring",
    "type": "indirect",
    "speaker": "Ana Solberg",
    "role": "Norwegian Transport Minister",
    "country": "NOR",
    "date": "2024-03",
    "tags": [],
}
ROW = {
    "source_path": "wire/a.txt",
    "text": "the ferry would sail again in spring",
    "quotation_type": "indirect",
    "speaker": "Ana Solberg",
    "role": "Transport Minister",
    "country": "NOR",
    "date": date(2024, 3, 9),
}


def test_a_right_row_counts_whole() -> None:
    score = compare([GOLD], [ROW])
    assert (score.detected, score.exact, score.whole) == (1, 1, 1)
    assert score.figures()["row_f1"] == 1.0
    assert score.misses == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"speaker": "Bo Solberg-Lund"}, "speaker"),
        ({"speaker": None}, "speaker"),
        ({"role": "Ambassador"}, "role"),
        ({"country": "SWE"}, "country"),
        ({"date": date(2024, 4, 1)}, "date"),
        ({"date": None}, "date"),
    ],
)
def test_a_wrong_field_spoils_the_row_but_not_the_detection(change: dict[str, object], wrong: str) -> None:
    score = compare([GOLD], [{**ROW, **change}])
    assert (score.detected, score.whole) == (1, 0)
    assert score.share(wrong) == 0.0
    assert wrong in score.misses[0]


def test_rows_pair_one_to_one_and_the_rest_is_named() -> None:
    score = compare([GOLD], [ROW, {**ROW, "text": "nothing of the kind was said"}])
    assert (score.gold, score.found, score.detected) == (1, 2, 1)
    assert score.misses == ["a.txt: extra 'nothing of the kind was said'"]
    assert compare([GOLD], []).misses == ["a.txt: missed 'the ferry would sail again in spring'"]


def test_joint_speakers_compare_in_any_order() -> None:
    gold = {**GOLD, "speaker": "Peru; Chile", "role": None, "country": "PER;CHL"}
    row = {**ROW, "speaker": "Chile; Peru", "role": None, "country": "CHL;PER"}
    assert compare([gold], [row]).whole == 1


def test_a_bad_gold_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"file": "a.txt", "text": ["x"], "type": "direct"}\n{"file": "a.txt"}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl, line 2"):
        read_gold(path)
