from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.arrow import to_arrow
from flows.tables.partitions import in_order, partition, read_rows, write_rows

DAYS = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 2), None)


def statement(number: int, day: date | None = date(2024, 1, 1)) -> dict[str, object]:
    return {
        "speaker": "Inga Solberg" if number % 2 else None,
        "date": day,
        "text": f"Point {number} stands.",
        "statement_id": f"{number:016x}",
        "article_id": f"{number // 3:016x}",
        "sequence": number % 3,
        "quotation_type": "direct",
        "spans": [(0, 5)],
        "paragraph": 0,
        "published": day,
        "method": "marks",
        "source_path": "wire/a.txt",
        "extractor_version": "1",
    }


def write(rows: list[dict[str, object]], folder: Path) -> None:
    for path, part in partition(STATEMENTS, to_arrow(STATEMENTS, rows)).items():
        write_rows(STATEMENTS, part, folder / path)


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    write([statement(number, DAYS[number % 4]) for number in range(40)], tmp_path)
    return tmp_path


def test_one_file_per_year_of_publication(curated):
    assert sorted(path.name for path in (curated / "statements").iterdir()) == [
        "2023.parquet",
        "2024.parquet",
        "undated.parquet",
    ]


def test_every_reader_gives_exactly_the_columns_of_the_schema(curated):
    names = [column.name for column in STATEMENTS.columns]
    folder = str(curated / "statements")
    assert list(pd.read_parquet(folder).columns) == names
    assert pl.read_parquet(folder).columns == names
    assert pl.scan_parquet(folder).collect_schema().names() == names
    assert duckdb.sql(f"from '{folder}/*.parquet'").columns == names
    assert duckdb.sql(f"from '{folder}/**/*.parquet'").columns == names


def test_every_reader_gives_plain_strings_and_days(curated):
    folder = str(curated / "statements")
    frame = pd.read_parquet(folder)
    assert frame["speaker"].dtype == "str"
    assert frame["quotation_type"].dtype == "str"
    assert set(frame["published"]) == set(DAYS)
    assert pl.read_parquet(folder).schema["date"] == pl.Date
    assert pl.read_parquet(folder).schema["quotation_type"] == pl.String
    described = {name: kind for name, kind, *_ in duckdb.sql(f"describe from '{folder}/*.parquet'").fetchall()}
    assert (described["date"], described["speaker"]) == ("DATE", "VARCHAR")


def test_rows_stand_in_the_schema_s_order_with_nulls_last():
    rows = to_arrow(STATEMENTS, [statement(2, None), statement(1, DAYS[1]), statement(0, DAYS[0])])
    assert in_order(STATEMENTS, rows)["date"].to_pylist() == [DAYS[0], DAYS[1], None]


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(30)), cut=st.integers(0, 30))
def test_the_same_rows_give_the_same_bytes_in_whatever_order_they_came(tmp_path_factory, order, cut):
    rows = [statement(number, DAYS[number % 4]) for number in range(30)]
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    write(rows, first)
    shuffled = [rows[number] for number in order]
    halves = pa.concat_tables([to_arrow(STATEMENTS, shuffled[:cut]), to_arrow(STATEMENTS, shuffled[cut:])])
    for path, part in partition(STATEMENTS, halves).items():
        write_rows(STATEMENTS, part, second / path)
    files = sorted(path.relative_to(first) for path in first.rglob("*.parquet"))
    assert files == sorted(path.relative_to(second) for path in second.rglob("*.parquet"))
    assert all((first / file).read_bytes() == (second / file).read_bytes() for file in files)


def test_rows_read_back_are_the_rows_written(curated):
    rows = to_arrow(STATEMENTS, [statement(number, DAYS[number % 4]) for number in range(40)])
    assert in_order(STATEMENTS, read_rows(STATEMENTS, curated)).equals(in_order(STATEMENTS, rows))
    assert read_rows(STATEMENTS, curated).schema.equals(STATEMENTS.schema(), check_metadata=True)


def test_nothing_published_reads_as_no_rows(tmp_path):
    assert read_rows(ARTICLES, tmp_path).num_rows == 0


def test_a_table_without_rows_is_still_a_file_with_columns(tmp_path):
    write([], tmp_path)
    assert list(pd.read_parquet(tmp_path / "statements").columns) == [column.name for column in STATEMENTS.columns]


def test_quarantine_is_one_file():
    assert list(partition(QUARANTINE, to_arrow(QUARANTINE, []))) == ["quarantine.parquet"]
