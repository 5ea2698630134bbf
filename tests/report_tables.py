"""Tables made by hand, for reports of rows that no sample article gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.quality.verdict import Audit, RuleResult
from flows.report.asking import Snapshot
from flows.schema import ARTICLES, QUARANTINE, SPEAKERS, STATEMENTS, Table
from flows.tables.manifest import MANIFEST, Entry, Manifest, write_manifest
from flows.tables.partitions import is_partitioned
from flows.tables.view import View

DAY = date(2024, 3, 14)
SHA = "0" * 64
HOLDS = Audit((RuleResult("said-once", "statements", "warn", "Words are given once.", 1, 0, ()),), {})


def identifier(number: int) -> str:
    return f"{number:016x}"


def statement(number: int = 1, **changes: Any) -> dict[str, Any]:
    speaker = changes.get("speaker", "Ines Roth")
    row = {
        "speaker": speaker,
        "role": "Foreign Minister",
        "country": "NOR",
        "date": DAY,
        "text": "The ferry sails.",
        "date_precision": "day",
        "statement_id": identifier(number),
        "article_id": identifier(1),
        "sequence": 0,
        "quotation_type": "direct",
        "speaker_mention": "Ines Roth",
        "speaker_type": "person",
        "role_category": "foreign_minister",
        "role_basis": "article",
        "speakers": [{"speaker": speaker, "role": "Foreign Minister", "country": "NOR", "speaker_id": identifier(9)}],
        "speaker_id": identifier(9),
        "date_basis": "published",
        "published": DAY,
        "spans": [{"start": 0, "end": 16}],
        "paragraph": 0,
        "confidence": 0.93,
        "method": "tagger",
        "source_path": "story.txt",
        "extractor_version": "1",
    }
    return {**row, **changes}


def article(number: int = 1, **changes: Any) -> dict[str, Any]:
    row = {
        "article_id": identifier(number),
        "source_path": "story.txt",
        "outlet": "NTB",
        "title": "Ferries",
        "language": "en",
        "published": DAY,
        "published_basis": "prefix",
        "text": "The ferry sails.",
        "word_count": 3,
        "statement_count": 1,
        "raw_sha256": SHA,
    }
    return {**row, **changes}


def speaker(number: int = 9, **changes: Any) -> dict[str, Any]:
    row = {
        "speaker_id": identifier(number),
        "speaker": "Ines Roth",
        "speaker_type": "person",
        "country": "NOR",
        "statement_count": 1,
    }
    return {**row, **changes}


def refusal(number: int = 1, **changes: Any) -> dict[str, Any]:
    row = {
        "refusal_id": identifier(number),
        "stage": "read",
        "source_path": "empty.txt",
        "rule": "empty-file",
        "reason": "The file is empty; fill it.",
    }
    return {**row, **changes}


def write_tables(curated: Path, number: int = 1, **rows: Iterable[Mapping[str, Any]] | pa.Table) -> Snapshot:
    """Writes tables as a build would: a table without rows has no file, but for quarantine."""
    names = {table.name: table for table in (STATEMENTS, ARTICLES, QUARANTINE, SPEAKERS)}
    for name, table in names.items():
        found = rows.get(name, ())
        found = found if isinstance(found, pa.Table) else pa.Table.from_pylist(list(found), schema=table.schema())
        if found.num_rows or name == QUARANTINE.name:
            _write(curated, table, found)
    entry = Entry("story.txt", 1, 0, 0, "", SHA, True, "print")
    write_manifest(Manifest(0, {entry.source_path: entry}), curated / MANIFEST)
    return Snapshot(View.published(curated), curated / MANIFEST, number)


def write_rules(curated: Path, verdict: Audit) -> None:
    """The records of the checks, which the report's own query of them reads."""
    from flows.quality.records import write_records

    write_records(curated / "quality", verdict, "rows made by hand", docs=False)


def _write(curated: Path, table: Table, rows: pa.Table) -> None:
    path = curated / (f"{table.name}/2024.parquet" if is_partitioned(table) else f"{table.name}.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, path)
