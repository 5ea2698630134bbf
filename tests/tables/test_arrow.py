from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from flows.articles.article import Span
from flows.schema import STATEMENTS, TABLES
from flows.tables.arrow import RowError, to_arrow

ROW: dict[str, object] = {
    "speaker": "Inga Solberg",
    "country": "NOR",
    "date": date(2024, 3, 5),
    "text": "We shall return to the table.",
    "statement_id": "0123456789abcdef",
    "sequence": 0,
    "spans": [Span(10, 39)],
    "speakers": [{"speaker": "Inga Solberg", "country": "NOR"}],
    "accredited_to": ("SRB",),
    "confidence": 0.5,
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_rows_still_have_every_column(table):
    made = to_arrow(table, [])
    assert made.num_rows == 0
    assert made.schema.equals(table.schema(), check_metadata=True)


def test_unfilled_columns_are_null_and_the_schema_travels_with_its_descriptions():
    made = to_arrow(STATEMENTS, [ROW])
    assert made.schema.equals(STATEMENTS.schema(), check_metadata=True)
    assert made["venue"].to_pylist() == [None]
    assert made.schema.field("spans").metadata[b"unit"] == b"characters"


def test_nested_values_come_out_whole():
    row = to_arrow(STATEMENTS, [ROW]).to_pylist()[0]
    assert row["spans"] == [{"start": 10, "end": 39}]
    assert row["speakers"] == [{"speaker": "Inga Solberg", "role": None, "country": "NOR", "speaker_id": None}]
    assert row["accredited_to"] == ["SRB"]


def test_a_null_in_a_required_column_is_left_for_the_checks():
    assert to_arrow(STATEMENTS, [{**ROW, "text": None}])["text"].null_count == 1


def test_structs_as_mappings_and_as_tuples_do_not_mix():
    with pytest.raises(RowError, match=r"column speakers.*all as mappings or all as tuples"):
        to_arrow(STATEMENTS, [ROW, {**ROW, "speakers": [("Inga Solberg", None, None, None)]}])


def test_numbers_of_numpy_are_numbers():
    made = to_arrow(STATEMENTS, [{**ROW, "confidence": np.float32(0.25), "sequence": np.int64(3)}])
    assert made["confidence"].to_pylist() == [0.25]
    assert made["sequence"].to_pylist() == [3]


def test_an_unknown_key_is_named_with_table_column_and_row():
    with pytest.raises(RowError, match=r"table statements, column speakr, row 1 \(statement_id 0123456789abcdef\)"):
        to_arrow(STATEMENTS, [ROW, {**ROW, "speakr": "x"}])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("speaker", 7),
        ("speaker", b"bytes"),
        ("speaker", "half a pair \ud800"),
        ("sequence", "0"),
        ("sequence", True),
        ("sequence", 2**40),
        ("sequence", 0.5),
        ("date", "2024-03-05"),
        ("date", 19787),
        ("date", datetime(2024, 3, 5, 12, tzinfo=UTC)),
        ("confidence", True),
        ("confidence", "high"),
        ("spans", [{"start": 1, "end": 2, "length": 1}]),
        ("spans", [{"start": 1}]),
        ("spans", [(1, 2, 3)]),
        ("spans", [(1, None)]),
        ("speakers", [{"speaker": 5}]),
        ("accredited_to", "SRB"),
    ],
)
def test_a_wrong_type_is_named_with_table_column_and_row(column, value):
    place = rf"table statements, column {column}, row 1 \(statement_id fedcba9876543210\)"
    with pytest.raises(RowError, match=place):
        to_arrow(STATEMENTS, [ROW, {**ROW, "statement_id": "fedcba9876543210", column: value}])


def test_rows_survive_the_way_there_and_back():
    made = to_arrow(STATEMENTS, [ROW])
    assert to_arrow(STATEMENTS, made.to_pylist()).equals(made)
    assert isinstance(made, pa.Table)
