"""Merging row groups gives the bytes of sorting everything at once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables import merging
from flows.tables.arrow import to_arrow
from flows.tables.links import Links
from flows.tables.merging import Inputs, merge_tables
from flows.tables.partitions import partition, write_rows
from flows.tables.spool import Spool, SpoolWriter, take


def rows(numbers: list[int]) -> list[dict[str, object]]:
    return [
        {
            "text": f"Word {number} is said.",
            "date": date(2023, 1 + number % 12, 1) if number % 7 else None,
            "statement_id": f"{number:016x}",
            "article_id": f"{number // 3:016x}",
            "sequence": number % 3,
            "quotation_type": "direct",
            "spans": [(0, 5)],
            "paragraph": 0,
            "published": date(2023 + number % 2, 5, 4),
            "method": "marks",
            "source_path": f"wire/{number % 10}.txt",
            "extractor_version": "1",
        }
        for number in numbers
    ]


def spooled(folder: Path, numbers: list[int], parts: int) -> Spool:
    with SpoolWriter(folder) as spool:
        for part in range(parts):
            found = to_arrow(STATEMENTS, rows(numbers[part::parts]))
            spool.add({"statements": found, "articles": to_arrow(ARTICLES, []), "quarantine": to_arrow(QUARANTINE, [])})
    return Spool(folder)


@pytest.mark.parametrize("group", [7, 50, 20_000])
def test_kept_and_new_rows_merge_to_the_bytes_of_one_sort(tmp_path, monkeypatch, group):
    table = replace(STATEMENTS, row_group=group)
    monkeypatch.setattr(merging, "SPOOLED", (table,))
    monkeypatch.setattr(merging, "_READ_ROWS", 11)
    numbers = list(range(400))
    random.Random(group).shuffle(numbers)  # noqa: S311
    old, new = numbers[:250], numbers[250:]
    dropped = frozenset({"wire/3.txt", "wire/8.txt"})
    for path, part in partition(table, to_arrow(STATEMENTS, rows(old))).items():
        write_rows(table, part, tmp_path / "curated" / path)
    inputs = Inputs(
        spooled(tmp_path / "spool", new, 5), tmp_path / "curated", dropped, frozenset({"2023", "2024"}), Links()
    )
    merged = merge_tables(inputs, tmp_path / "staging")
    left = [number for number in old if f"wire/{number % 10}.txt" not in dropped] + new
    for path, part in partition(table, to_arrow(STATEMENTS, rows(sorted(left)))).items():
        write_rows(table, part, tmp_path / "wanted" / path)
        assert path in merged.staged
        assert (tmp_path / "staging" / path).read_bytes() == (tmp_path / "wanted" / path).read_bytes()


def test_take_gives_the_rows_asked_for_in_their_order(tmp_path):
    spool = spooled(tmp_path / "spool", list(range(100)), 7)
    wanted = np.array([99, 0, 50, 50, 13, 98])
    found = take(spool.batches("statements"), STATEMENTS.schema(), wanted)
    assert found.equals(spool.rows(STATEMENTS).take(pa.array(wanted)))
    assert take(spool.batches("statements"), STATEMENTS.schema(), np.array([], dtype=np.int64)).num_rows == 0
