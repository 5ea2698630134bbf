"""Rows that stay and rows that come, merged into sorted partition files.

    published file ──rows that stay──┐
                                     ├──merge by key──▶ row groups ──▶ staged file
    spool ─────────rows that come────┘

Only the key columns of one partition are held in memory; the rows themselves pass through, a row group at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.schema import TABLES, Table
from flows.tables.links import Links, with_links
from flows.tables.partitions import (
    PARTITION_COLUMN,
    UNDATED,
    in_order,
    is_partitioned,
    order_of,
    partition_names,
    path_of,
    published_files,
    row_group_writer,
    sort_columns,
    write_rows,
)
from flows.tables.spool import SPOOLED, Spool, take
from flows.tables.staging import refuse_other_columns

_READ_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is merged.

    Attributes:
        new: Rows that come.
        curated: Folder of the published tables.
        dropped: Source paths of the files whose published rows go.
        touched: Partitions in which those rows lie.
        links: Values that the whole corpus decides.
    """

    new: Spool
    curated: Path
    dropped: frozenset[str]
    touched: frozenset[str]
    links: Links


@dataclass(frozen=True, slots=True)
class Merged:
    """Paths below `curated` of the files of some tables.

    Attributes:
        staged: Files that were written.
        kept: Published files that stay as they are.
        removed: Published files that go, since no row is left for them.
    """

    staged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __add__(self, other: Merged) -> Merged:
        """The files of both."""
        return Merged(self.staged + other.staged, self.kept + other.kept, self.removed + other.removed)


def merge_tables(inputs: Inputs, staging: Path) -> Merged:
    """Writes below `staging` every file of every table whose rows may not be those that are published.

    Raises:
        StagingError: A column that may not be null is.
        OSError: The disk is full or failed.
    """
    merged = Merged()
    for table in SPOOLED:
        merged += _merge_table(table, inputs, staging)
    for table in TABLES:
        if (whole := inputs.links.tables.get(table.name)) is not None:
            merged += _write_whole(table, whole, staging)
    return merged


def _write_whole(table: Table, rows: pa.Table, staging: Path) -> Merged:
    refuse_other_columns(table.name, rows, table.schema())
    path = path_of(table, UNDATED)
    write_rows(table, in_order(table, rows), staging / path)
    return Merged(staged=(path,))


def _merge_table(table: Table, inputs: Inputs, staging: Path) -> Merged:
    names = _partitions_that_come(table, inputs.new)
    published = published_files(table, inputs.curated)
    changing = _changing(table, names, published, inputs)
    staged = [path for path in sorted(changing) if _merge_file(table, path, names, inputs, staging)]
    kept = [path for path in published if path not in changing]
    if not staged and not kept:
        # Readers always find the table's columns, even if it has no rows.
        staged.append(path_of(table, UNDATED))
        write_rows(table, table.schema().empty_table(), staging / staged[-1])
    gone = [path for path in published if path in changing and path not in staged]
    return Merged(tuple(staged), tuple(kept), tuple(gone))


def _partitions_that_come(table: Table, new: Spool) -> pa.ChunkedArray:
    """The partition of each row that comes."""
    if is_partitioned(table):
        return partition_names(new.rows(table, [PARTITION_COLUMN])[PARTITION_COLUMN])
    rows = sum(batch.num_rows for batch in new.batches(table.name))
    return pa.chunked_array([pa.repeat(pa.scalar(UNDATED), rows)], pa.string())


def _changing(table: Table, names: pa.ChunkedArray, published: list[str], inputs: Inputs) -> set[str]:
    """Paths of the table's files that are written anew."""
    if not is_partitioned(table):
        return {path_of(table, UNDATED)}
    here = {path_of(table, name) for name in (*inputs.touched, *pc.unique(names).to_pylist())}
    # The file of a table without rows goes as soon as there are rows elsewhere.
    empty = {path for path in published if pq.read_metadata(inputs.curated / path).num_rows == 0}
    return here | empty | (inputs.links.partitions & set(published))


def _merge_file(table: Table, path: str, names: pa.ChunkedArray, inputs: Inputs, staging: Path) -> bool:
    """Writes one file of the table; whether there were rows for it."""
    name = Path(path).stem if is_partitioned(table) else UNDATED
    come = np.flatnonzero(pc.equal(names, name).to_numpy())
    batches = inputs.new.batches(table.name)
    with _KeptRows(table, inputs.curated / path, inputs.dropped) as kept:
        order = _order(table, kept, inputs.new, come)
        if not len(order):
            return False
        with row_group_writer(table, staging / path) as write:
            for start in range(0, len(order), table.row_group):
                group = order[start : start + table.row_group]
                stays = group < kept.count
                rows = pa.concat_tables(
                    [kept.following(int(stays.sum())), take(batches, table.schema(), come[group[~stays] - kept.count])]
                ).take(pa.array(_places(stays)))
                rows = with_links(table, rows, inputs.links.values.get(table.name, ()))
                refuse_other_columns(table.name, rows, table.schema())
                write(rows)
    return True


def _order(table: Table, kept: _KeptRows, new: Spool, come: np.ndarray) -> np.ndarray:
    """The order of the rows of one file: those that stay are counted first, those that come behind them."""
    coming = new.rows(table, sort_columns(table)).take(pa.array(come))
    return np.asarray(order_of(table, pa.concat_tables([kept.keys(), coming])))


def _places(stays: np.ndarray) -> np.ndarray:
    """Where each row of a group stands after those that stay were put before those that come."""
    places = np.empty(len(stays), dtype=np.int64)
    places[stays] = np.arange(stays.sum())
    places[~stays] = stays.sum() + np.arange((~stays).sum())
    return places


class _KeptRows:
    """The rows of a published file that stay, from front to back; none if there is no such file.

    A published file is sorted, so merging asks for its rows in the order in which they lie.
    """

    def __init__(self, table: Table, path: Path, dropped: frozenset[str]) -> None:
        self._table = table
        self._gone = pa.array(sorted(dropped), pa.string())
        self._file = pq.ParquetFile(path) if path.exists() else None
        self._rest = table.schema().empty_table()
        self._pieces = self._stream([column.name for column in table.columns])
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def keys(self) -> pa.Table:
        """The columns that decide the order, of all rows that stay."""
        columns = sort_columns(self._table)
        fields = [self._table.schema().field(name) for name in columns]
        read = list(dict.fromkeys((*columns, "source_path")))
        found = [piece.select(columns) for piece in self._stream(read)]
        keys = pa.concat_tables([pa.schema(fields).empty_table(), *found])
        self.count = keys.num_rows
        return keys

    def following(self, count: int) -> pa.Table:
        """The next `count` rows that stay, with all columns."""
        parts = [self._rest]
        rows = self._rest.num_rows
        while rows < count:
            parts.append(next(self._pieces))
            rows += parts[-1].num_rows
        whole = pa.concat_tables(parts)
        self._rest = whole.slice(count).combine_chunks()
        return whole.slice(0, count)

    def _stream(self, columns: list[str]) -> Iterator[pa.Table]:
        if self._file is None:
            return
        schema = pa.schema([self._table.schema().field(name) for name in columns])
        for batch in self._file.iter_batches(batch_size=min(_READ_ROWS, self._table.row_group), columns=columns):
            rows = pa.Table.from_batches([batch]).select(columns).cast(schema)
            yield rows.filter(pc.invert(pc.is_in(rows["source_path"], self._gone)))
