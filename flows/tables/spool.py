"""Rows on their way into the tables: Arrow files below `curated/.staging/`, mapped into memory and not read into it.

Every batch gives one record batch to each table's file, so that batch i of the articles holds the articles of batch
i of the statements. The operating system brings in the pages that are looked at and may drop them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import pyarrow as pa

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS, Table

SPOOLED: Final = (STATEMENTS, ARTICLES, QUARANTINE)
"""The tables that are made article by article."""


class SpoolWriter:
    """Writes batches of rows; a context manager that gives itself.

    Args:
        folder: Folder for the files, which is made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = ExitStack()
        self._writers: dict[str, pa.ipc.RecordBatchFileWriter] = {}

    def __enter__(self) -> Self:
        """Opens the files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for table in SPOOLED:
            sink = self._files.enter_context(pa.OSFile(str(self.folder / f"{table.name}.arrow"), "wb"))
            self._writers[table.name] = self._files.enter_context(pa.ipc.new_file(sink, table.schema()))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the files."""
        self._files.__exit__(kind, error, trace)

    def add(self, rows: Mapping[str, pa.Table]) -> None:
        """Writes one record batch to each table's file.

        Raises:
            OSError: The disk is full or failed.
        """
        for table in SPOOLED:
            whole = rows[table.name].combine_chunks()
            found = whole.to_batches()
            self._writers[table.name].write_batch(found[0] if found else _empty(table))


class Spool:
    """Rows that a `SpoolWriter` wrote.

    Args:
        folder: Folder of the files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._batches: dict[str, list[pa.RecordBatch]] = {}

    def batches(self, table: str) -> list[pa.RecordBatch]:
        """Record batches of a table, mapped into memory."""
        if table not in self._batches:
            reader = pa.ipc.open_file(pa.memory_map(str(self.folder / f"{table}.arrow")))
            self._batches[table] = [reader.get_batch(number) for number in range(reader.num_record_batches)]
        return self._batches[table]

    def rows(self, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows of a table, mapped into memory; a few columns of them, if those are named."""
        whole = pa.Table.from_batches(self.batches(table.name), table.schema())
        return whole.select(list(columns)) if columns else whole

    def groups(self, most_bytes: int) -> Iterator[dict[str, pa.Table]]:
        """Batches put together so that a group has about `most_bytes` bytes of all tables, and at least one batch."""
        start, size = 0, 0
        last = len(self.batches(SPOOLED[0].name)) - 1
        for number in range(last + 1):
            size += sum(self.batches(table.name)[number].nbytes for table in SPOOLED)
            if size >= most_bytes or number == last:
                yield {table.name: self._slice(table, start, number + 1) for table in SPOOLED}
                start, size = number + 1, 0

    def _slice(self, table: Table, start: int, stop: int) -> pa.Table:
        return pa.Table.from_batches(self.batches(table.name)[start:stop], table.schema())


def take(batches: Sequence[pa.RecordBatch], schema: pa.Schema, rows: np.ndarray) -> pa.Table:
    """Rows by their number over all batches, in the order given.

    `pyarrow.Table.take` first puts all its chunks together in memory; this touches only the rows asked for.
    """
    ends = np.cumsum([batch.num_rows for batch in batches], dtype=np.int64)
    holders = np.searchsorted(ends, rows, side="right")
    by_batch = np.argsort(holders, kind="stable")
    parts = []
    for number, start, stop in _runs(holders[by_batch]):
        first = int(ends[number]) - batches[number].num_rows
        parts.append(batches[number].take(pa.array(rows[by_batch[start:stop]] - first)))
    place = np.empty(len(rows), dtype=np.int64)
    place[by_batch] = np.arange(len(rows))
    return pa.Table.from_batches(parts, schema).combine_chunks().take(pa.array(place))


def _runs(values: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Each value of a sorted array with the first place where it stands and the first behind it."""
    bounds = np.flatnonzero(np.diff(values, prepend=-1, append=np.iinfo(np.int64).max))
    for start, stop in pairwise(bounds):
        yield int(values[start]), int(start), int(stop)


def _empty(table: Table) -> pa.RecordBatch:
    schema = table.schema()
    return pa.RecordBatch.from_arrays([pa.array([], each.type) for each in schema], schema=schema)
