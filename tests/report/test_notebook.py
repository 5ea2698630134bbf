"""The example notebook, executed as a notebook from the first cell to the last on tables of a real build."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from flows.settings import PROJECT

NOTEBOOK = PROJECT / "docs" / "notebook.py"
KEPT = (
    "statements with_duckdb with_polars once sure dropped CONFIDENT by_month COUNTRY direct quotations SPEAKER_ID who "
    "described shown months"
).split()
PLOTS = ("by_country", "over_time")

# The libraries of notebooks warn about their own future.
pytestmark = pytest.mark.filterwarnings("default")

LAST_CELL = """
import pickle, sys
def told(figure):
    (axes,) = figure.axes
    title, x, y = axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()
    return {"title": title, "x": x, "y": y, "bars": len(axes.patches)}
kept = {name: globals()[name] for name in %r} | {name: told(globals()[name]) for name in %r}
kept["python"] = sys.executable
with open(%r, "wb") as file:
    pickle.dump(kept, file)
"""


def execute(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    client = NotebookClient(notebook, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(folder)}})
    return client.execute()


@pytest.fixture(scope="module")
def executed(published: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
    """The executed notebook, and what its names stand for at its end."""
    home = tmp_path_factory.mktemp("notebook")
    notebook = jupytext.read(NOTEBOOK)
    notebook.cells.append(nbformat.v4.new_code_cell(LAST_CELL % (KEPT, PLOTS, str(home / "kept"))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATEMENTS_CURATED", str(published))
        executed = execute(notebook, home)
    return executed, pickle.loads((home / "kept").read_bytes())  # noqa: S301  written by the last cell


@pytest.fixture(scope="module")
def run(executed: tuple[nbformat.NotebookNode, dict[str, Any]]) -> dict[str, Any]:
    return executed[1]


def test_every_cell_ran_in_this_python_and_wrote_no_complaint(executed):
    notebook, run = executed
    nbformat.validate(notebook)
    assert Path(run["python"]).resolve() == Path(sys.executable).resolve()
    cells = [cell for cell in notebook.cells[:-1] if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [output.text for cell in cells for output in cell.outputs if output.output_type == "stream"] == []


def test_tables_and_plots_are_shown(executed):
    notebook, _ = executed
    kinds = [set(output.data) for cell in notebook.cells[:-1] for output in cell.get("outputs", ()) if "data" in output]
    assert sum("image/png" in kind for kind in kinds) == len(PLOTS)
    assert sum("text/html" in kind for kind in kinds) >= 6


def test_the_three_libraries_give_the_same_rows(run):
    ids = [run[name]["statement_id"].to_list() for name in ("statements", "with_duckdb", "with_polars")]
    assert len(ids[0]) >= 150
    assert sorted(ids[0]) == sorted(ids[1]) == sorted(ids[2])


def test_duplicates_and_doubtful_rows_are_gone(run):
    assert 0 < len(run["sure"]) <= len(run["once"]) <= len(run["statements"])
    assert run["once"].duplicate_of.isna().all()
    assert run["sure"].confidence.min() >= run["CONFIDENT"]


def test_speakers_are_counted_by_month_and_country(run):
    table = run["by_month"]
    assert table.columns.to_list() == ["month", "country", "speaker", "role", "statements"]
    assert table.month.str.fullmatch(r"\d{4}-\d{2}").all()
    assert table.country.nunique() >= 10
    assert not table.duplicated(["month", "country", "speaker"]).any()
    rows = run["sure"].dropna(subset=["date"])
    rows = rows[rows.date_precision != "year"]
    named = [each for speakers in rows.speakers for each in speakers if each["speaker"] and each["country"]]
    assert table.statements.sum() == len(named)
    assert run["COUNTRY"] in set(table.country)


def test_one_speaker_is_quoted_with_context_from_the_article(run):
    quotations = run["quotations"]
    assert len(quotations) >= 2
    assert set(quotations.speaker_id) == {run["SPEAKER_ID"]}
    assert set(quotations.quotation_type) == {"direct"}
    assert run["who"].speaker in set(quotations.speaker)
    for row in quotations.itertuples():
        before, marked, after = row.in_article.partition("▸")
        assert (before[0], marked, after[-1]) == ("…", "▸", "…")
        assert " ".join(row.text.split()) == after.partition("◂")[0]
        assert len(row.in_article) > len(row.text) + 60


def test_columns_are_shown_with_their_descriptions(run):
    assert run["described"].column.to_list() == run["statements"].columns.to_list()
    assert run["described"].description.str.len().min() > 10


def test_both_plots_have_titles_units_and_data(run):
    assert run["by_country"] == {
        "title": "Statements by country spoken for, the 12 most frequent",
        "x": "statements (count)",
        "y": "country (ISO 3166-1 alpha-3)",
        "bars": run["shown"].size,
    }
    assert {**run["over_time"], "bars": None} == {
        "title": "Statements by month",
        "x": "month of the statement",
        "y": "statements (count)",
        "bars": None,
    }
    dated = run["sure"].dropna(subset=["date"])
    assert run["months"].sum() == (dated.date_precision != "year").sum()
    assert run["over_time"]["bars"] == len(run["months"]) > 12
    assert run["shown"].to_numpy().sum() > 50


def test_without_tables_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("STATEMENTS_CURATED", str(tmp_path))
    notebook = jupytext.read(NOTEBOOK)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"][:1]
    with pytest.raises(CellExecutionError, match="run `statements build` first"):
        execute(notebook, tmp_path)


def test_it_opens_as_a_notebook_and_comes_back_the_same(tmp_path):
    copy = tmp_path / "notebook.ipynb"
    subprocess.run([sys.executable, "-m", "jupytext", "--quiet", "--to", "ipynb", "-o", copy, NOTEBOOK], check=True)
    opened = json.loads(copy.read_text(encoding="utf-8"))
    assert opened["metadata"]["kernelspec"]["name"] == "python3"
    kinds = [cell["cell_type"] for cell in opened["cells"]]
    assert kinds.count("code") >= 10
    assert kinds.count("markdown") >= 8
    back = jupytext.writes(jupytext.read(copy), fmt="py:percent")
    assert back.partition("# %%")[2] == NOTEBOOK.read_text(encoding="utf-8").partition("# %%")[2]
