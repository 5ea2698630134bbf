"""The descriptions are accepted and read by the tools that they are for."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import frictionless
import mlcroissant
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless.resources import TableResource
from quick import build, story, write_rules

from flows.report.data_files import content_version, data_files
from flows.schema import STATEMENTS, TABLES, Table
from flows.tables.partitions import read_rows
from flows.tables.restoring import restore
from flows.tables.versions import CROISSANT, DATA_PACKAGE, VERSIONS, read_version
from flows.tables.view import View

# Both tools warn about their own future; our code must not.
pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.usefixtures("no_network")]


def descriptions(curated: Path) -> dict[str, dict[str, Any]]:
    return {name: json.loads((curated / name).read_text(encoding="utf-8")) for name in (DATA_PACKAGE, CROISSANT)}


def described(curated: Path) -> dict[str, tuple[int, str]]:
    """Size and digest of each file; both descriptions have the same digests."""
    package, croissant = descriptions(curated).values()
    objects = [each for each in croissant["distribution"] if each["@type"] == "cr:FileObject"]
    assert {each["path"]: each["hash"] for each in package["resources"]} == {
        each["contentUrl"]: f"sha256:{each['sha256']}" for each in objects
    }
    return {each["contentUrl"]: (int(each["contentSize"].removesuffix(" B")), each["sha256"]) for each in objects}


def there(curated: Path) -> dict[str, tuple[int, str]]:
    files = {path: (curated / path).read_bytes() for path in View.published(curated).files}
    return {path: (len(content), hashlib.sha256(content).hexdigest()) for path, content in files.items()}


def test_both_name_every_file_with_its_size_and_digest(published):
    assert len(there(published)) > 10
    assert described(published) == there(published)


def test_mlcroissant_finds_nothing_but_the_missing_day_of_publication(published):
    issues = mlcroissant.Dataset(published / CROISSANT).metadata.issues
    assert issues.errors == set()
    assert [warning.split('"')[1] for warning in issues.warnings] == ["https://schema.org/datePublished"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_mlcroissant_reads_the_rows_that_are_there(published, table):
    records = list(mlcroissant.Dataset(published / CROISSANT).records(table.name))
    rows = read_rows(table, published).to_pylist()
    assert len(rows) > 0
    key = f"{table.name}/{table.key}"
    found = {record[key].decode(): record for record in records}
    assert len(found) == len(records)
    assert found.keys() == {row[table.key] for row in rows}
    texts = [column.name for column in table.columns if column.type == pa.string()]
    for row in rows:
        record = found[row[table.key]]
        assert {name: row[name] and row[name].encode() for name in texts} == {
            name: record[f"{table.name}/{name}"] for name in texts
        }


def test_mlcroissant_reads_the_parts_of_lists(published):
    records = mlcroissant.Dataset(published / CROISSANT).records("statements")
    spans = {row["statement_id"]: row["spans"] for row in read_rows(STATEMENTS, published).to_pylist()}
    read = {
        record["statements/statement_id"].decode(): [
            {name.rpartition("/")[2]: int(at) for name, at in span.items()} for span in record["statements/spans"]
        ]
        for record in records
    }
    assert read == spans


def test_mlcroissant_refuses_a_file_with_other_bytes(published, tmp_path):
    shutil.copytree(published, tmp_path / "curated")
    speakers = tmp_path / "curated/speakers.parquet"
    pq.write_table(pq.read_table(speakers).slice(1), speakers)
    with pytest.raises(mlcroissant.GenerationError, match=r"Download\(speakers\.parquet\)"):
        next(iter(mlcroissant.Dataset(tmp_path / "curated" / CROISSANT).records("speakers")))


def test_frictionless_accepts_the_package(published):
    package = descriptions(published)[DATA_PACKAGE]
    assert list(frictionless.Package.metadata_validate(package)) == []


def test_frictionless_reads_every_row_of_the_files_and_finds_all_valid(published):
    report = frictionless.validate(published / DATA_PACKAGE)
    assert report.flatten(["name", "type", "fieldName", "note"]) == []
    assert report.valid
    rows = Counter[str]()
    for task in report.tasks:
        rows[task.name.split("-")[0]] += task.stats["rows"]
    assert rows == {table.name: read_rows(table, published).num_rows for table in TABLES}


def test_the_command_of_frictionless_accepts_what_a_build_wrote(published):
    command = [sys.executable, "-m", "frictionless", "validate", DATA_PACKAGE]
    done = subprocess.run(command, cwd=published, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "INVALID" not in done.stdout


def test_frictionless_finds_every_value_as_described(published):
    report = package_of(rows_by_resource(published)).validate()
    assert report.flatten(["name", "type", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(there(published))


def test_frictionless_would_find_a_value_that_is_not_as_described(published):
    resources = rows_by_resource(published)
    speakers = resources["speakers"][0]
    speakers[0]["country"] = "Norway"
    speakers[1]["speaker_type"] = "oracle"
    speakers.remove(next(row for row in speakers[2:] if row["statement_count"] > 1))
    found = Counter(kind for (kind,) in package_of(resources).validate().flatten(["type"]))
    assert found["constraint-error"] == 2
    assert found["foreign-key"] >= 2
    assert set(found) == {"constraint-error", "foreign-key"}


def rows_by_resource(curated: Path) -> dict[str, tuple[list[dict[str, Any]], dict[str, Any]]]:
    """The rows of each file, as Arrow gives them, and their schema."""
    return {
        resource["name"]: (pq.ParquetFile(curated / resource["path"]).read().to_pylist(), resource["schema"])
        for resource in descriptions(curated)[DATA_PACKAGE]["resources"]
    }


def package_of(resources: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]]) -> frictionless.Package:
    tables = [
        TableResource(name=name, data=rows, schema=frictionless.Schema.from_descriptor(schema))
        for name, (rows, schema) in resources.items()
    ]
    return frictionless.Package(resources=tables)


def test_the_schema_is_told_whole(published):
    package, croissant = descriptions(published).values()
    for table in TABLES:
        told = [each["schema"]["fields"] for each in package["resources"] if each["title"] == table.name]
        assert told
        for fields in told:
            assert [(field["name"], field["description"]) for field in fields] == named(table)
            assert [field["arrowType"] for field in fields] == [str(column.type) for column in table.columns]
        (records,) = [each for each in croissant["recordSet"] if each["name"] == table.name]
        without_bytes = [pair for pair in named(table) if not pa.types.is_binary(table.column(pair[0]).type)]
        assert [field["name"] for field in records["field"]] == [name for name, _ in without_bytes]
        for field, (_, description) in zip(records["field"], without_bytes, strict=True):
            assert field["description"].startswith(description)


def named(table: Table) -> list[tuple[str, str]]:
    return [(column.name, column.description) for column in table.columns]


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Raw folder, curated folder and rules of builds that take a moment."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/same.txt").write_text(story(2018, "The ferry stays."))
    return tmp_path / "raw", tmp_path / "curated", write_rules(tmp_path / "rules")


def test_equal_articles_give_equal_descriptions_whatever_was_built_before(small, tmp_path):
    raw, curated, rules = small
    build(raw, curated, rules)
    first = descriptions(curated)
    assert set(described(curated)) == {
        "statements/2018.parquet",
        "articles/2018.parquet",
        "quarantine.parquet",
    }
    assert [each["name"] for each in first[CROISSANT]["recordSet"]] == ["statements", "articles", "quarantine"]
    (raw / "b.txt").write_text(story(2020, "The ferry sails."))
    build(raw, curated, rules)
    assert described(curated) == there(curated)
    assert "statements/2020.parquet" in there(curated)
    (raw / "b.txt").unlink()
    build(raw, curated, rules)
    assert descriptions(curated) == first
    build(raw, tmp_path / "elsewhere", rules)
    assert [(tmp_path / "elsewhere" / name).read_bytes() for name in first] == [
        (curated / name).read_bytes() for name in first
    ]


def test_the_version_names_the_bytes(small):
    raw, curated, rules = small
    build(raw, curated, rules)
    files = data_files(View.published(curated))
    version = content_version(files, "0.1.0")
    assert version == content_version(files[::-1], "0.1.0")
    assert version.startswith("0.1.0+")
    assert version != content_version(files[1:], "0.1.0")
    package, croissant = descriptions(curated).values()
    assert package["version"] == croissant["version"]
    assert croissant["version"] in croissant["citeAs"]


def test_a_lost_description_is_written_again_by_a_build_that_changes_no_row(small, monkeypatch):
    raw, curated, rules = small
    build(raw, curated, rules)
    before = (curated / CROISSANT).read_bytes()
    (curated / CROISSANT).unlink()
    monkeypatch.setattr("flows.build.fingerprint", lambda _: "of other code")
    assert build(raw, curated, rules).changes["outdated"] == 1
    assert read_version(curated).number == 1
    assert (curated / CROISSANT).read_bytes() == before


def test_a_restored_version_brings_its_descriptions_along(small):
    raw, curated, rules = small
    build(raw, curated, rules)
    first = descriptions(curated)
    (raw / "b.txt").write_text(story(2020, "The ferry sails."))
    build(raw, curated, rules)
    assert descriptions(curated) != first
    restore(curated, 1, keep_versions=3)
    assert descriptions(curated) == first
    assert described(curated) == there(curated)


def test_a_restored_version_without_descriptions_leaves_none_of_other_tables(small):
    raw, curated, rules = small
    build(raw, curated, rules)
    for name in (DATA_PACKAGE, CROISSANT):
        (curated / VERSIONS / "1" / name).unlink()
    (raw / "b.txt").write_text(story(2020, "The ferry sails."))
    build(raw, curated, rules)
    restore(curated, 1, keep_versions=3)
    assert not (curated / DATA_PACKAGE).exists()
    assert not (curated / CROISSANT).exists()
