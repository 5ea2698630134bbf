"""The example notebook runs from the first cell to the last on tables of a real build."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import altair
import pandas as pd
import pytest

from flows.settings import PROJECT

NOTEBOOK = PROJECT / "docs" / "notebook.py"

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def run(published: Path) -> dict[str, Any]:
    """What the notebook's names stand for at its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATEMENTS_CURATED", str(published))
        return runpy.run_path(str(NOTEBOOK))


def test_the_three_libraries_give_the_same_rows(run):
    ids = [run[name]["statement_id"].to_list() for name in ("statements", "with_duckdb", "with_polars")]
    assert len(ids[0]) >= 150
    assert sorted(ids[0]) == sorted(ids[1]) == sorted(ids[2])


def test_duplicates_and_doubtful_rows_are_gone(run):
    assert 0 < len(run["sure"]) <= len(run["once"]) <= len(run["statements"])
    assert run["once"].duplicate_of.isna().all()
    assert run["sure"].confidence.min() >= run["CONFIDENT"]


def test_countries_are_counted_by_month_and_speaker(run):
    table = run["by_month"]
    assert table.columns.to_list() == ["month", "country", "speaker", "statements"]
    assert table.month.str.fullmatch(r"\d{4}-\d{2}").all()
    assert table.country.str.fullmatch(r"[A-Z]{3}").all()
    assert table.country.nunique() >= 10
    rows = run["sure"].dropna(subset=["date", "country", "speaker"])
    rows = rows[rows.date_precision != "year"]
    assert table.statements.sum() == rows.country.str.split(";").str.len().sum()


def test_one_speaker_is_quoted_with_context(run):
    quotations = run["quotations"]
    assert len(quotations) >= 2
    assert set(quotations.speaker_id) == {run["SPEAKER_ID"]}
    assert set(quotations.quotation_type) == {"direct"}
    assert (quotations.context.str.len() > quotations.text.str.len()).all()
    assert run["who"].speaker in set(quotations.speaker)


def test_both_plots_have_titles_and_data(run):
    for name, column in (("by_country", "country"), ("over_time", "month")):
        chart = run[name]
        assert isinstance(chart, altair.Chart)
        drawn = chart.to_dict()
        (rows,) = drawn["datasets"].values()
        assert len({row[column] for row in rows}) >= 5
        assert drawn["title"]
        assert all(drawn["encoding"][axis]["title"] for axis in ("x", "y"))
    counted = sum(row["statements"] for row in next(iter(run["by_country"].to_dict()["datasets"].values())))
    assert counted == run["sure"].dropna(subset=["country"]).country.str.split(";").str.len().sum()


def test_it_opens_as_a_notebook():
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert text.startswith("# ---\n# jupyter:\n")
    assert "format_name: percent" in text
    cells = text.split("\n# %%")[1:]
    assert len(cells) >= 12
    prose = [cell for cell in cells if cell.startswith(" [markdown]\n")]
    assert prose
    assert all(line.startswith("#") for cell in prose for line in cell.splitlines()[1:] if line)
    assert pd.Series(cells).str.strip().str.len().min() > 0
