"""`statements evaluate` reads gold rows and annotated attributions alike."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from flows.cli import app

TEXT = '"The bridge will open in May," Latvian Transport Minister Inga Ozola said.'
GOLDEN = Path(__file__).parent / "golden" / "shapes"


def _marked(part: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)]]


def test_annotated_attributions_are_compared_with_the_tagger(tmp_path: Path) -> None:
    gold = tmp_path / "marked.jsonl"
    attribution = {
        "source": _marked("Latvian Transport Minister Inga Ozola"),
        "cue": _marked("said"),
        "content": _marked("The bridge will open in May,"),
    }
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": [attribution]}), encoding="utf-8")

    done = CliRunner().invoke(app, ["evaluate", "--gold", str(gold), "--json"])

    assert json.loads(done.stdout) == {
        "gold": 1,
        "found": 1,
        "found_f1": 1.0,
        "exact_f1": 1.0,
        "end_to_end_f1": 1.0,
    }


def test_gold_rows_are_compared_with_the_rows_of_their_articles() -> None:
    raw = ["--raw", str(GOLDEN / "articles")]
    done = CliRunner().invoke(app, ["evaluate", "--gold", str(GOLDEN / "gold.jsonl"), *raw, "--json"])

    figures = json.loads(done.stdout)
    assert figures["gold"] == len((GOLDEN / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    assert 0.5 < figures["row_f1"] <= 1
