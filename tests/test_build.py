"""The real flow on real files: Prefect, Great Expectations and Parquet, none of them replaced."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from flows.schema import ARTICLES, STATEMENTS
from flows.settings import PROJECT
from flows.tables.partitions import published_files, read_rows

BROKEN = PROJECT / "tests" / "golden" / "broken"

pytestmark = [
    pytest.mark.flow,
    # Prefect's own libraries warn about what they will change; our code must not.
    pytest.mark.filterwarnings("default"),
]


def build(raw: Path, curated: Path, **changes: object):
    from flows.build import build_with
    from flows.settings import Settings

    return build_with(Settings(raw=raw, curated=curated, **changes))


def bytes_of(curated: Path) -> dict[str, bytes]:
    files = [*published_files(STATEMENTS, curated), *published_files(ARTICLES, curated), "quarantine.parquet"]
    return {name: (curated / name).read_bytes() for name in files}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, prefect_server: None) -> Path:
    """The tables of all sample articles."""
    curated = tmp_path_factory.mktemp("built") / "curated"
    summary = build(PROJECT / "raw", curated)
    assert summary.published
    return curated


def test_sample_articles_give_rows_of_many_countries(built: Path) -> None:
    rows = pd.read_parquet(built / "statements")
    articles = pd.read_parquet(built / "articles")
    assert len(articles) >= 25
    assert len(rows) >= 150
    assert rows.country.dropna().str.split(";").explode().nunique() >= 15
    assert set(rows.quotation_type) == {"direct", "indirect", "mixed", "transcript"}


def test_three_readers_see_the_schema_and_nothing_else(built: Path) -> None:
    names = [column.name for column in STATEMENTS.columns]
    frame = pd.read_parquet(built / "statements")
    assert list(frame.columns) == names
    assert frame.speaker.dtype == "str"
    assert isinstance(frame.date.dropna().iloc[0], date)
    query = f"SELECT * FROM '{built}/statements/*.parquet'"  # noqa: S608
    assert [column[0] for column in duckdb.sql(query).description] == names
    assert pl.read_parquet(f"{built}/statements/*.parquet").columns == names


def test_text_is_exactly_the_slices_of_its_article(built: Path) -> None:
    rows = pd.read_parquet(built / "statements")
    texts = pd.read_parquet(built / "articles").set_index("article_id").text
    for row in rows.itertuples():
        slices = [texts[row.article_id][span["start"] : span["end"]] for span in row.spans]
        assert " ".join(slices) == row.text


def test_descriptions_travel_in_the_files(built: Path) -> None:
    schema = read_rows(STATEMENTS, built).schema
    assert all(schema.field(column.name).metadata[b"description"] for column in STATEMENTS.columns)


def test_the_report_is_one_file_that_needs_nothing_else(built: Path) -> None:
    page = (built / "report" / "index.html").read_text(encoding="utf-8")
    assert "The checks hold" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_same_bytes_whatever_the_batches_and_workers(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    build(samples, tmp_path / "one")
    build(samples, tmp_path / "two", workers=2, batch_bytes=1_000)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_bad_files_are_refused_and_the_rest_is_built(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    shutil.copytree(BROKEN, samples / "broken")
    (samples / "broken" / "table.xlsx").write_bytes(b"PK\x03\x04 no text")
    summary = build(samples, tmp_path / "curated")
    assert summary.published
    refused = pd.read_parquet(tmp_path / "curated" / "quarantine.parquet").set_index("source_path")
    assert refused.rule.to_dict() == {
        "broken/empty.txt": "empty-file",
        "broken/no-date.txt": "no-date",
        "broken/photograph.txt": "binary",
        "broken/table.xlsx": "unknown-format",
    }
    assert refused.reason.str.len().min() > 30
    assert summary.refused == {"binary": 1, "empty-file": 1, "no-date": 1, "unknown-format": 1}


def test_nothing_to_build_leaves_the_old_tables(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    from flows.build import NothingToBuildError

    curated = tmp_path / "curated"
    build(samples, curated)
    before = bytes_of(curated)
    with pytest.raises(NothingToBuildError, match=r"none of 3 files could be read.*"):
        build(BROKEN, curated)
    assert bytes_of(curated) == before


def test_a_broken_table_rule_stops_publication(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    from flows.publication import ChecksStoppedError

    curated = tmp_path / "curated"
    build(samples, curated)
    before = bytes_of(curated)
    strict = tmp_path / "expectations"
    shutil.copytree(PROJECT / "expectations", strict, ignore=shutil.ignore_patterns("uncommitted"))
    suite = strict / "expectations" / "dataset.json"
    rules = json.loads(suite.read_text(encoding="utf-8"))
    present = next(rule for rule in rules["expectations"] if rule["meta"]["name"] == "articles-present")
    present["kwargs"]["min_value"] = 1_000_000
    suite.write_text(json.dumps(rules), encoding="utf-8")
    with pytest.raises(ChecksStoppedError, match="articles-present"):
        build(samples, curated, expectations=strict)
    assert bytes_of(curated) == before


def test_a_vanished_article_takes_its_rows_along(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    curated = tmp_path / "curated"
    build(samples, curated)
    gone = sorted((samples / "tass").glob("*.txt"))[0]
    gone.unlink()
    build(samples, curated)
    assert f"tass/{gone.name}" not in set(pd.read_parquet(curated / "articles").source_path)
    assert f"tass/{gone.name}" not in set(pd.read_parquet(curated / "statements").source_path)


def statements(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with no Prefect server configured."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STATEMENTS_"))}
    command = [sys.executable, "-m", "flows", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=PROJECT, env={**clean, **environment}, timeout=400
    )


def test_the_command_builds_checks_and_says_where_things_lie(samples: Path, tmp_path: Path) -> None:
    curated = tmp_path / "curated"
    done = statements(
        "build", STATEMENTS_RAW=str(samples), STATEMENTS_CURATED=str(curated), PREFECT_HOME=str(tmp_path / "prefect")
    )
    assert done.returncode == 0, done.stderr
    for words in ("articles", "files new", "statements", "indirect", "The checks hold", f"{curated}/report/index.html"):
        assert words in done.stdout
    assert f'pd.read_parquet("{curated}/statements")' in done.stdout
    checked = statements("check", "--curated", str(curated), "--json")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["holds"] is True


def test_a_second_run_has_nothing_to_do_and_commands_show_what_is_there(samples: Path, tmp_path: Path) -> None:
    shutil.copytree(BROKEN, samples / "broken")
    curated = tmp_path / "curated"
    here = {"STATEMENTS_CURATED": str(curated), "PREFECT_HOME": str(tmp_path / "prefect")}
    first = statements("build", "--raw", str(samples), "--json", **here)
    assert first.returncode == 0, first.stderr
    inodes = {path: path.stat().st_ino for path in curated.rglob("*.parquet") if ".state" not in path.parts}
    second = statements("build", "--raw", str(samples), "--json", **here)
    assert second.returncode == 0, second.stderr
    summary = json.loads(second.stdout)
    assert summary["verdict"].startswith("Nothing changed since version 1.")
    assert summary["statements"] == json.loads(first.stdout)["statements"]
    assert {path: path.stat().st_ino for path in inodes} == inodes
    refused = json.loads(statements("quarantine", "--json", "--places", "1", **here).stdout)
    assert refused["refused"] == 3
    assert {(rule["stage"], rule["rule"], rule["count"]) for rule in refused["rules"]} == {
        ("read", name, 1) for name in ("empty-file", "no-date", "binary")
    }
    assert refused["rules"][0]["places"][0]["source_path"].startswith("broken/")
    restored = statements("restore", "1", **here)
    assert "published again, as version 2" in restored.stdout
    kept = json.loads(statements("versions", "--json", **here).stdout)
    assert (kept["published"], [version["number"] for version in kept["versions"]]) == (2, [2, 1])
    missing = statements("restore", "9", **here)
    assert missing.returncode == 2
    assert "versions that can be restored: 2, 1" in " ".join(missing.stderr.split())


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("build", "--raw", "nowhere"), "nowhere: no such folder"),
        (("build", "--workers", "0"), "setting workers"),
        (("check", "--curated", "nowhere"), "run `statements build` first"),
        (("quarantine", "--curated", "nowhere"), "run `statements build` first"),
        (("evaluate", "--gold", "nowhere"), "nowhere: no such file"),
        (("weave",), "No such command"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_one_sentence(words: tuple[str, ...], complaint: str) -> None:
    done = statements(*words)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.shared
def test_the_seed_article_gives_its_seven_rows(shared: Path, tmp_path: Path) -> None:
    from flows.articles.reading import USUAL
    from flows.articles.registry import read_file
    from flows.evaluation import compare, read_gold
    from flows.rows import rows_of

    raw = shared / "evaluation" / "dev" / "raw"
    (article,) = read_file(raw / "001.txt", raw, USUAL)
    gold = [row for row in read_gold(shared / "evaluation" / "dev" / "gold.jsonl") if row["file"] == "001.txt"]
    score = compare(gold, rows_of(article)[1])
    assert (score.gold, score.found, score.whole) == (7, 7, 7), score.misses
