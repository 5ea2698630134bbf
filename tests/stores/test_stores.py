"""Builds from stores into stores: the same tables, only what is new on the way, whole whatever happens."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from faulty import FaultyFileSystem
from quick import build, story, table_bytes, write_rules
from typer.testing import CliRunner

from flows import load_statements
from flows.build import ChecksStoppedError, NothingToBuildError, build_between
from flows.cli import app
from flows.settings import Settings
from flows.stores.at_hand import Between
from flows.stores.errors import StoreError
from flows.stores.store import Store
from flows.summary import Summary

pytestmark = pytest.mark.filterwarnings("default")


def put(url: str, files: dict[str, str]) -> None:
    store = Store(url)
    for name, text in files.items():
        store.filesystem.pipe_file(store.path(name), text.encode())


def stored(url: str) -> dict[str, bytes]:
    """All objects by their names below a URL."""
    store = Store(url)
    return {name: store.read(name) for name in store.listing()}


def for_readers(url: str) -> dict[str, bytes]:
    return {name: content for name, content in stored(url).items() if not name.startswith(".store/")}


STORIES = {
    "tass/one.txt": story(2021, "The ferry sails.", "Roth agrees."),
    "tass/two.txt": story(2022, "The bridge opens."),
    "un/three.txt": story(2023, "The road is closed.", "Atlantis objects."),
    "un/metadata.csv": "file,outlet\nthree.txt,UN\n",
    "un/README.md": "Not an article.\n",
}


def test_from_bucket_to_bucket_is_as_from_folder_to_folder(bucket, requests, rules, tmp_path):
    raw, curated = f"s3://{bucket}/raw", f"s3://{bucket}/tables"
    put(raw, STORIES)
    folder = tmp_path / "raw"
    for name, text in STORIES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    build(folder, tmp_path / "curated", rules)

    between = Between(raw, curated, tmp_path / "cache")
    summary = build_between(between, lambda *folders: build(*folders, rules))

    assert summary.published
    assert summary.curated == curated
    found = for_readers(curated)
    assert {path: found[path] for path in table_bytes(tmp_path / "curated")} == table_bytes(tmp_path / "curated")
    assert {path for path in found if path.endswith(".parquet")} == {
        *table_bytes(tmp_path / "curated"),
        ".state/manifest.parquet",
    }
    for name in ("datapackage.json", "croissant.json"):
        assert found[name] == (tmp_path / "curated" / name).read_bytes()
    assert found.keys() == {
        path.relative_to(tmp_path / "curated").as_posix()
        for path in (tmp_path / "curated").rglob("*")
        if path.is_file() and ".versions" not in path.parts and path.name != ".lock"
    }
    asked = [path for method, path in requests.seen if method == "GET"]
    assert not [path for path in asked if path.endswith("README.md")]

    # As somebody reads them who knows nothing of this package.
    rows = pd.read_parquet(f"{curated}/statements")
    assert sorted(rows.text) == sorted(pd.read_parquet(tmp_path / "curated" / "statements").text)


def test_nothing_new_transfers_nothing(bucket, requests, rules, tmp_path):
    between = Between(f"s3://{bucket}/raw", f"s3://{bucket}/tables", tmp_path / "cache")
    put(between.raw, STORIES)
    go(between, rules)
    requests.count()
    summary = go(between, rules)
    assert summary.changes["unchanged"] == 3
    # One look at the snapshot and one listing.
    assert requests.count() == {"HEAD": 1, "GET": 1}

    put(between.raw, {"tass/four.txt": story(2024, "The ice goes.")})
    requests.count()
    summary = go(between, rules)
    assert (summary.changes["new"], summary.changes["unchanged"]) == (1, 3)
    fetched = [path for method, path in requests.seen if method == "GET" and path.endswith(".txt")]
    assert fetched == [f"/{bucket}/raw/tass/four.txt"]
    sent = [path.rpartition("/tables/")[2] for method, path in requests.seen if method == "PUT"]
    assert "statements/2024.parquet" in sent
    assert "statements/2021.parquet" not in sent


def go(between: Between, rules: Path, **changes: Any) -> Summary:
    return build_between(between, lambda *folders: build(*folders, rules, **changes))


def test_a_new_machine_goes_on(bucket, rules, tmp_path):
    between = Between(f"s3://{bucket}/raw", f"s3://{bucket}/tables", tmp_path / "one")
    put(between.raw, STORIES)
    go(between, rules)
    put(between.raw, {"tass/four.txt": story(2024, "The ice goes.")})
    summary = go(replace(between, cache=tmp_path / "two"), rules)
    assert (summary.version, summary.changes["new"], summary.changes["unchanged"]) == (2, 1, 3)
    summary = go(between, rules)
    assert (summary.version, summary.changes["unchanged"]) == (2, 4)


@pytest.mark.usefixtures("no_wait")
def test_from_memory_to_memory(memory, rules, tmp_path):
    between = Between(f"{memory}/raw", f"{memory}/tables", tmp_path)
    put(between.raw, STORIES)
    assert go(between, rules).changes["new"] == 3
    put(between.raw, {"tass/one.txt": story(2025, "The ferry stays.")})
    assert go(between, rules).changes == {"new": 0, "changed": 1, "outdated": 0, "vanished": 0, "unchanged": 2}
    names = for_readers(between.curated)
    assert "statements/2025.parquet" in names
    assert "statements/2021.parquet" not in names


@pytest.mark.usefixtures("no_wait")
def test_a_build_that_the_checks_stop_publishes_nothing(memory, rules, tmp_path):
    between = Between(f"{memory}/raw", f"{memory}/tables", tmp_path)
    put(between.raw, STORIES)
    go(between, rules)
    before = stored(between.curated)
    put(between.raw, {"tass/four.txt": story(2024, "The ice goes.")})
    strict = write_rules(tmp_path / "strict")
    suite = strict / "expectations" / "dataset.json"
    content = json.loads(suite.read_text())
    present = next(each for each in content["expectations"] if each["meta"]["name"] == "articles-present")
    present["kwargs"]["min_value"] = 1_000_000
    suite.write_text(json.dumps(content))
    with pytest.raises(ChecksStoppedError) as caught:
        go(between, strict)
    assert caught.value.summary.curated == between.curated
    assert stored(between.curated) == before


def test_a_url_without_articles_is_named(memory, rules, tmp_path):
    with pytest.raises(NothingToBuildError, match=f"^{memory}/raw: no raw files there"):
        go(Between(f"{memory}/raw", f"{memory}/tables", tmp_path), rules)
    assert stored(f"{memory}/tables") == {}


@pytest.mark.usefixtures("no_wait")
def test_what_could_not_be_published_is_published_by_the_next_build(rules, tmp_path, monkeypatch):
    FaultyFileSystem.set(None)
    FaultyFileSystem.store.clear()
    between = Between("faulty://raw", "faulty://tables", tmp_path)
    put(between.raw, STORIES)
    FaultyFileSystem.set(2)
    with pytest.raises(StoreError, match="the store failed"):
        go(between, rules)
    assert for_readers(between.curated) == {}
    FaultyFileSystem.set(None)
    # Nothing is read again: what was built lies in the working copy.
    assert go(between, rules).changes["unchanged"] == 3
    assert "statements/2021.parquet" in for_readers(between.curated)


def test_commands_read_tables_in_a_bucket(bucket, rules, tmp_path, monkeypatch):
    raw, curated = f"s3://{bucket}/raw", f"s3://{bucket}/tables"
    monkeypatch.setenv("STATEMENTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("STATEMENTS_CURATED", curated)
    monkeypatch.setenv("STATEMENTS_EXPECTATIONS", str(rules))
    assert f"{curated}: no tables there" in str(run("versions").exception)
    put(raw, STORIES)
    between = Between(raw, curated, tmp_path / "builder")
    go(between, rules)
    put(raw, {"tass/four.txt": story(2024, "The ice goes.")})
    go(between, rules)

    found = json.loads(run("versions", "--json").stdout)
    assert (found["published"], [each["number"] for each in found["versions"]]) == (2, [2, 1])
    assert json.loads(run("quarantine", "--json").stdout)["refused"] == 1
    # So far nobody fetched a table but that of refusals.
    assert [path.name for path in (tmp_path / "cache").rglob("*.parquet")] == ["quarantine.parquet"]
    assert json.loads(run("check", "--json").stdout)["holds"]
    rows = load_statements(curated, columns=["text"], cache=tmp_path / "cache")
    said = {"The ferry sails.", "Roth agrees.", "The bridge opens.", "The road is closed.", "The ice goes."}
    assert set(rows.text.str.strip()) == said
    identifier = pd.read_parquet(f"{curated}/articles").article_id[0]
    assert json.loads(run("inspect", identifier, "--json").stdout)["articles"]

    assert "as version 3" in run("restore", "1").stdout
    assert "statements/2024.parquet" not in for_readers(curated)
    # The builder sees the version that was restored elsewhere, and reads again what came since.
    assert go(between, rules).changes["new"] == 1
    assert "statements/2024.parquet" in for_readers(curated)


def run(*words: str) -> Any:
    return CliRunner().invoke(app, words)


def test_commands_say_what_is_wrong_in_one_line(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("STATEMENTS_CACHE", str(tmp_path))
    for words in (
        ["versions", "--curated", f"s3://{bucket}-2/tables"],
        ["check", "--curated", f"s3://{bucket}-2/tables"],
        ["quarantine", "--curated", f"s3://{bucket}-2/tables"],
        ["restore", "1", "--curated", f"s3://{bucket}-2/tables"],
        ["inspect", "0123456789abcdef", "--curated", f"s3://{bucket}-2/tables"],
    ):
        done = run(*words)
        assert done.exit_code == 1, (words, done.output)
        assert done.stderr.startswith(f"statements: s3://{bucket}-2/tables: no such bucket"), words
        assert done.stderr.count("\n") == 1
    done = run("doctor", "--raw", f"s3://{bucket}/raw", "--curated", f"s3://{bucket}-2/tables", "--json")
    findings = {each["name"]: each for each in json.loads(done.stdout)["findings"]}
    assert findings["raw folder"]["says"] == f"s3://{bucket}/raw: 0 objects"
    assert "no such bucket" in findings["curated folder"]["says"]
    assert not findings["curated folder"]["ok"]


def test_served_flows_take_urls():
    from flows.build import build as flow
    from flows.serving import deployments

    settings = Settings(raw="s3://bucket/raw/", curated="s3://bucket/tables")
    served, check = deployments(settings, "0 3 * * *", "0 6 * * 0", "UTC")
    given = flow.validate_parameters(json.loads(json.dumps(served.parameters)))
    assert (given["raw"], given["curated"]) == ("s3://bucket/raw", "s3://bucket/tables")
    assert given["cache"] == settings.cache
    assert check.parameters["curated"] == "s3://bucket/tables"


@pytest.mark.flow
def test_the_flows_take_urls(bucket, samples, tmp_path, prefect_server):
    from flows.build import build_with
    from flows.recheck import check_statements

    raw, curated = f"s3://{bucket}/raw", f"s3://{bucket}/tables"
    for path in samples.rglob("*"):
        if path.is_file():
            put(raw, {path.relative_to(samples).as_posix(): path.read_text()})
    settings = Settings(raw=raw, curated=curated, cache=tmp_path / "cache", retries=1, retry_seconds=0)
    summary = build_with(settings)
    assert summary.published
    assert summary.curated == curated
    assert "hold" in check_statements(curated, settings.expectations, cache=tmp_path / "cache")
    missing = Settings(
        raw=f"s3://{bucket}-2/raw", curated=curated, cache=tmp_path / "cache", retries=1, retry_seconds=0
    )
    with pytest.raises(StoreError, match="no such bucket"):
        build_with(missing)
