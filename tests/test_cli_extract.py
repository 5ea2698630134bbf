"""`statements extract`: rows of raw files on standard output."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows import printing
from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import read_file
from flows.cli import app
from flows.printing import print_rows
from flows.rows import rows_of
from flows.schema import STATEMENTS
from flows.settings import Settings

WIRE = "date 2024-03-14 HELSINKI, March 13. /STT/. Finnish Foreign Minister Aino Koski said the ferry would not sail.\n"


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "raw" / "stt" / "ferry.txt"
    path.parent.mkdir(parents=True)
    path.write_text(WIRE, encoding="utf-8")
    return path


def test_rows_are_json_lines_with_all_columns(wire: Path) -> None:
    done = CliRunner().invoke(app, ["extract", str(wire), str(wire)])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [(row["speaker"], row["date"]) for row in rows] == [("Aino Koski", "2024-03-13")] * 2
    assert list(rows[0]) == [column.name for column in STATEMENTS.columns]


def test_a_file_below_the_raw_folder_has_the_identifiers_of_a_build(
    wire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = wire.parent.parent
    (article,) = read_file(wire, raw, USUAL)
    assert isinstance(article, Article)
    done = CliRunner().invoke(app, ["extract", "--raw", str(raw), str(wire)])
    row = json.loads(done.stdout)
    assert row["source_path"] == "stt/ferry.txt"
    assert row["statement_id"] == rows_of(article)[1][0]["statement_id"]
    monkeypatch.chdir(raw.parent)
    relative = CliRunner().invoke(app, ["extract", "--raw", "raw", "raw/stt/ferry.txt"])
    assert json.loads(relative.stdout) == row
    alone = json.loads(CliRunner().invoke(app, ["extract", str(wire), "--raw", "elsewhere"]).stdout)
    assert alone["source_path"] == "ferry.txt"


def test_standard_input_is_plain_text_and_needs_no_day() -> None:
    done = CliRunner().invoke(
        app, ["extract", "-"], input="Finnish Foreign Minister Aino Koski said it would not sail."
    )
    row = json.loads(done.stdout)
    assert (row["speaker"], row["date"], row["source_path"]) == ("Aino Koski", None, "text")


@pytest.mark.parametrize(("given", "reason"), [(b" ", "Nothing is left"), (b"\x00\x01\x02\x00" * 50, "text:")])
def test_input_that_cannot_be_read_is_refused(given: bytes, reason: str) -> None:
    done = CliRunner().invoke(app, ["extract", "-"], input=given)
    assert (done.exit_code, done.stdout) == (1, "")
    assert reason in done.stderr


def test_refusals_go_to_standard_error_and_the_rest_is_read(wire: Path, tmp_path: Path) -> None:
    bad = tmp_path / "undated.txt"
    bad.write_text("The ferry sailed at noon.", encoding="utf-8")
    done = CliRunner().invoke(app, ["extract", str(bad), str(wire)])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["speaker"] == "Aino Koski"
    assert "undated.txt: No day of publication is found" in done.stderr


def test_a_person_sees_a_table(wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(printing, "Console", lambda: Console(file=shown, width=120))
    assert print_rows([wire], Settings(raw=wire.parent), as_table=True) == []
    assert "Aino Koski  Foreign Minister  FIN" in shown.getvalue()
