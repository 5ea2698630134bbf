"""The table of speakers and the ids in the statements; all people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from flows.schema import SPEAKERS, STATEMENTS
from flows.speakers.officials import Officials
from flows.tables.arrow import to_arrow
from flows.tables.links import with_links
from flows.tables.partitions import in_order
from flows.tables.speakers import READ, linked_speakers

NOBODY = Officials(())


def statement(number: int, *speakers: tuple[str | None, str | None, str | None], **changes: Any) -> dict[str, Any]:
    listed = [dict(zip(("speaker", "role", "country"), speaker, strict=True)) for speaker in speakers]
    return {
        "statement_id": f"{number:016x}",
        "speaker_type": "person",
        "speakers": listed,
        "date": date(2024, 3, number),
        **changes,
    }


def tables(*rows: dict[str, Any]) -> tuple[pa.Table, list[dict[str, Any]], pa.Table]:
    statements = to_arrow(STATEMENTS, rows)
    linked = linked_speakers(statements, NOBODY)
    return with_links(STATEMENTS, statements, [linked.statements]), linked.speakers.to_pylist(), linked.speakers


def test_a_speaker_of_several_statements_is_one_row():
    ana = ("Ana Ruiz", "Fisheries Minister", "PER")
    statements, (row,), _ = tables(
        statement(3, ana, speaker_mention="Fisheries Minister Ana Ruíz", role_category="minister"),
        statement(1, ("Ruiz", "Envoy", "PER"), speaker_mention="Ruiz", role_category="envoy"),
        statement(2, ana, speaker_mention="she", role_category="minister"),
        statement(4, ana, speaker_mention="Ruiz", date=None, role_category="minister"),
    )
    assert (row["speaker"], row["country"], row["statement_count"]) == ("Ana Ruiz", "PER", 4)
    assert row["names_as_written"] == ["Ana Ruiz", "Ana Ruíz", "Ruiz"]
    assert row["roles"] == [
        {"role": "Envoy", "first_date": date(2024, 3, 1), "last_date": date(2024, 3, 1)},
        {"role": "Fisheries Minister", "first_date": date(2024, 3, 2), "last_date": date(2024, 3, 3)},
    ]
    assert (row["first_date"], row["last_date"]) == (date(2024, 3, 1), date(2024, 3, 3))
    assert set(statements["speaker_id"].to_pylist()) == {row["speaker_id"]}


def test_each_speaker_of_a_joint_statement_has_an_id():
    ana, bo = ("Ana Ruiz", "Envoy", "PER"), ("Bo Berg", "Envoy", "NOR")
    statements, rows, _ = tables(statement(1, bo, ana), statement(2, ana))
    ids = {row["speaker"]: row["speaker_id"] for row in rows}
    listed = statements["speakers"].to_pylist()
    assert [[part["speaker_id"] for part in parts] for parts in listed] == [
        [ids["Bo Berg"], ids["Ana Ruiz"]],
        [ids["Ana Ruiz"]],
    ]
    assert statements["speaker_id"].to_pylist() == [ids["Bo Berg"], ids["Ana Ruiz"]]
    assert {row["speaker"]: row["statement_count"] for row in rows} == {"Ana Ruiz": 2, "Bo Berg": 1}


def test_unnamed_sources_have_no_id_and_no_row():
    statements, rows, _ = tables(
        statement(1, (None, "diplomat", "PER"), speaker_type="unnamed"), statement(2, speakers=None), statement(3)
    )
    assert statements["speaker_id"].to_pylist() == [None, None, None]
    assert statements["speakers"].to_pylist()[1:] == [None, []]
    assert rows == []


def test_an_organisation_of_the_first_speaker_is_not_given_to_the_second():
    both = statement(1, ("Ana Ruiz", "Chief", None), ("Bo Berg", "Envoy", None), organization="UN")
    _, rows, _ = tables(both, statement(2, ("Ana Ruiz", "Chief", None), organization="UN"))
    assert {row["speaker"]: row["organization"] for row in rows} == {"Ana Ruiz": "UN", "Bo Berg": None}


def test_the_state_spoken_for_last_stands_in_the_row():
    officials = Officials(())
    rows = [statement(2, ("Ana Ruiz", "Chief", None), organization="UN"), statement(1, ("Ana Ruiz", "Envoy", "PER"))]
    found = linked_speakers(to_arrow(STATEMENTS, rows), officials).speakers.to_pylist()
    assert sorted((row["country"] or "", row["organization"] or "") for row in found) == [("", "UN"), ("PER", "")]


def test_no_statements_give_no_speakers():
    statements, rows, speakers = tables()
    assert (statements.num_rows, rows) == (0, [])
    assert speakers.schema.equals(SPEAKERS.schema())


@pytest.mark.parametrize("split", [0, 1, 2, 3])
def test_order_and_chunks_make_no_difference(split):
    rows = [
        statement(1, ("Ana Ruiz", "Envoy", "PER"), ("Bo Berg", None, "NOR")),
        statement(2, ("A. Ruiz", "Envoy", "PER"), speaker_mention="A. Ruiz"),
        statement(3, ("Bo Berg", "Minister", None)),
    ]
    whole = linked_speakers(to_arrow(STATEMENTS, rows), NOBODY)
    parts = pa.concat_tables([to_arrow(STATEMENTS, rows[split:]), to_arrow(STATEMENTS, rows[:split])])
    other = linked_speakers(parts, NOBODY)
    assert in_order(SPEAKERS, other.speakers).equals(in_order(SPEAKERS, whole.speakers))
    assert other.statements.sort_by("statement_id").equals(whole.statements.sort_by("statement_id"))


def test_few_columns_are_enough_and_types_are_the_schemas():
    statements = to_arrow(STATEMENTS, [statement(1, ("Ana Ruiz", "Envoy", "PER"))])
    linked = linked_speakers(statements.select(READ), NOBODY)
    assert linked.speakers.schema.equals(SPEAKERS.schema())
    assert with_links(STATEMENTS, statements, [linked.statements]).schema.equals(STATEMENTS.schema())
