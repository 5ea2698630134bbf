"""The rows that come: of files that are new or changed, and of others that must pass the checks again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.batches import Batch, ReadFile
from flows.tables.manifest import Entry, Plan
from flows.tables.spool import Spool, SpoolWriter
from flows.tables.view import View

_GROUP_STATEMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Coming:
    """Rows that come.

    Attributes:
        rows: The rows.
        entries: Entries of their files, without counts.
        removed: How often each cleaning rule took something out.
    """

    rows: Spool
    entries: Mapping[str, Entry]
    removed: Counter[str]


def collect(
    batches: Iterable[Batch],
    plan: Plan,
    published: View,
    fingerprint: str,
    folder: Path,
    tell: Callable[[int, Batch], None],
) -> Coming:
    """Writes batches aside as they come.

    Args:
        batches: Rows of the files that the plan names.
        plan: What the run has to do.
        published: The published tables, from which rows that must be checked again are taken.
        fingerprint: Of the code and settings that made the batches.
        folder: Folder for the rows.
        tell: Called with the number of each batch, from 1, and the batch.
    """
    entries = {source_path: entry.without_counts() for source_path, entry in plan.rechecked.items()}
    removed: Counter[str] = Counter()
    with SpoolWriter(folder) as spool:
        if plan.rechecked:
            for group in published.groups(_GROUP_STATEMENTS, plan.rechecked):
                spool.add(group)
        for number, batch in enumerate(batches, start=1):
            spool.add(batch.tables())
            removed.update(batch.removed)
            entries |= {read.source_path: _entry(read, fingerprint) for read in batch.files}
            tell(number, batch)
    return Coming(Spool(folder), entries, removed)


def _entry(read: ReadFile, fingerprint: str) -> Entry:
    seen = read.seen
    size, mtime_ns, ctime_ns = (seen.size, seen.mtime_ns, seen.ctime_ns) if seen else (0, 0, 0)
    sidecar = seen.sidecar if seen else ""
    return Entry(read.source_path, size, mtime_ns, ctime_ns, sidecar, read.sha256, read.settled, fingerprint)
