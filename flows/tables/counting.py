"""What the tables hold of each raw file, counted from the rows that come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.manifest import Entry
from flows.tables.partitions import PARTITION_COLUMN, partition_names
from flows.tables.spool import Spool

_NULLS = {"speaker": "without_speaker", "country": "without_country", "date": "without_date"}


def counted_entries(bases: Mapping[str, Entry], rows: Spool) -> dict[str, Entry]:
    """The entries with the counts and partitions of their rows.

    Args:
        bases: Entries without counts, by source path.
        rows: All rows of those files, as they will be published.
    """
    counts: dict[str, dict[str, Any]] = {source_path: {} for source_path in bases}
    partitions: dict[str, set[str]] = {source_path: set() for source_path in bases}
    for found in (_articles(rows), _statements(rows), _refusals(rows)):
        for row in found.to_pylist():
            if row["source_path"] in counts:
                counts[row.pop("source_path")].update(row)
    for table in (ARTICLES, STATEMENTS):
        for row in _partitions(rows.rows(table, ["source_path", PARTITION_COLUMN])).to_pylist():
            if row["source_path"] in partitions:
                partitions[row["source_path"]].add(row["partition"])
    return {
        source_path: replace(entry, partitions=tuple(sorted(partitions[source_path])), **counts[source_path])
        for source_path, entry in bases.items()
    }


def _articles(rows: Spool) -> pa.Table:
    articles = rows.rows(ARTICLES, ["source_path", "word_count", "skipped"])
    searched = pa.compute.if_else(pa.compute.is_null(articles["skipped"]), articles["word_count"], 0)
    place = articles.schema.get_field_index("word_count")
    found = articles.set_column(place, "word_count", searched).group_by("source_path")
    return found.aggregate([([], "count_all"), ("word_count", "sum")]).rename_columns(
        ["source_path", "articles", "words"]
    )


def _statements(rows: Spool) -> pa.Table:
    found = rows.rows(STATEMENTS, ["source_path", *_NULLS]).group_by("source_path")
    nulls = [(name, "count", pa.compute.CountOptions(mode="only_null")) for name in _NULLS]
    return found.aggregate([([], "count_all"), *nulls]).rename_columns(["source_path", "statements", *_NULLS.values()])


def _refusals(rows: Spool) -> pa.Table:
    found = rows.rows(QUARANTINE, ["source_path", "stage"])
    checked = pa.compute.equal(found["stage"], "check").cast(pa.int64())
    counts = found.append_column("checked", checked).group_by("source_path")
    return counts.aggregate([([], "count_all"), ("checked", "sum")]).rename_columns(
        ["source_path", "refusals", "set_aside"]
    )


def _partitions(rows: pa.Table) -> pa.Table:
    named = rows.append_column("partition", partition_names(rows[PARTITION_COLUMN]))
    return named.group_by(["source_path", "partition"]).aggregate([])
