"""Values that only the whole corpus decides, such as which article repeats which.

A linker looks at the rows that stay and the rows that come, and says which values of which rows are to be set. A
partition none of whose files changed is rewritten too if a linker changes a row in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.schema import Table
from flows.tables.partitions import published_files
from flows.tables.spool import Spool


@dataclass(frozen=True, slots=True)
class Corpus:
    """The rows of all articles, before they are merged.

    Attributes:
        curated: Folder of the published tables; linkers may keep state of their own below `.state/`.
        dropped: Source paths of the files whose published rows go.
        new: Rows that come.
        staging: Folder that stands for `curated`; a file that a linker writes there is published with the tables.
    """

    curated: Path
    dropped: frozenset[str]
    new: Spool
    staging: Path

    def kept(self, table: Table, columns: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
        """Columns of the rows that stay, in pieces, each with the path of its file below `curated`."""
        gone = pa.array(sorted(self.dropped), pa.string())
        read = list(dict.fromkeys((*columns, "source_path")))
        for path in published_files(table, self.curated):
            with pq.ParquetFile(self.curated / path) as file:
                for batch in file.iter_batches(batch_size=table.row_group, columns=read):
                    rows = pa.Table.from_batches([batch])
                    stay = pc.invert(pc.is_in(rows["source_path"], gone))
                    yield path, rows.filter(stay).select(list(columns))

    def coming(self, table: Table, columns: Sequence[str]) -> pa.Table:
        """Columns of the rows that come, mapped into memory."""
        return self.new.rows(table, columns)


@dataclass(frozen=True, slots=True)
class Links:
    """What linkers set.

    Attributes:
        values: By table, tables of its key and of the columns to set; rows that are not named stay as they are.
        partitions: Paths below `curated` of the files in which a row that stays gets another value.
        tables: Whole tables made from the corpus, by name.
    """

    values: Mapping[str, tuple[pa.Table, ...]] = field(default_factory=dict)
    partitions: frozenset[str] = frozenset()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)


Linker = Callable[[Corpus], Links]

LINKERS: tuple[Linker, ...] = ()
"""Every step that needs the whole corpus; no two may set the same column."""


def linked(corpus: Corpus, linkers: Iterable[Linker] = LINKERS) -> Links:
    """What all linkers set together."""
    values: dict[str, tuple[pa.Table, ...]] = {}
    partitions: set[str] = set()
    tables: dict[str, pa.Table] = {}
    for linker in linkers:
        links = linker(corpus)
        for name, rows in links.values.items():
            values[name] = (*values.get(name, ()), *rows)
        partitions |= links.partitions
        tables |= links.tables
    return Links(values, frozenset(partitions), tables)


def changes(
    table: Table,
    kept: Iterable[tuple[str, pa.Table]],
    coming: pa.Table,
    values: pa.Table,
    tables: Mapping[str, pa.Table],
) -> Links:
    """Links that set `values`, with only those rows that do not have them yet.

    Args:
        table: The table.
        kept: Key and columns to set of the rows that stay, in pieces, each with its file.
        coming: The same of the rows that come.
        values: The same of all these rows in this order, with the values to set.
        tables: Whole tables made from the corpus, by name.
    """
    set_rows: list[pa.Table] = []
    partitions: set[str] = set()
    start = 0
    for path, rows in (*kept, (None, coming)):
        new = values.slice(start, rows.num_rows)
        start += rows.num_rows
        differing = new.filter(_differ(rows, new, table.key))
        if differing.num_rows:
            set_rows.append(differing)
            partitions |= {path} if path else set()
    return Links({table.name: tuple(set_rows)}, frozenset(partitions), tables)


def _differ(old: pa.Table, new: pa.Table, key: str) -> pa.Array:
    """Whether any column but the key has another value, row by row."""
    differ = np.zeros(new.num_rows, dtype=bool)
    for name in new.column_names:
        if name != key:
            differ |= _other(old[name].combine_chunks(), new[name].combine_chunks())
    return pa.array(differ)


def _other(old: pa.Array, new: pa.Array) -> npt.NDArray[np.bool_]:
    if pa.types.is_struct(new.type):
        parts = [_other(old.field(part.name), new.field(part.name)) for part in new.type]
        return np.asarray(np.any(np.stack(parts), axis=0), dtype=bool)
    if pa.types.is_list(new.type):
        other = np.zeros(len(new), dtype=bool)
        other[pc.list_parent_indices(new).to_numpy()[_other(old.flatten(), new.flatten())]] = True
        return other
    unequal = pc.fill_null(pc.not_equal(old, new), False)
    other = pc.or_(unequal, pc.xor(pc.is_null(old), pc.is_null(new))).to_numpy(zero_copy_only=False)
    return np.asarray(other, dtype=bool)


def with_links(table: Table, rows: pa.Table, values: Iterable[pa.Table]) -> pa.Table:
    """The rows with the columns that links set for them."""
    for setting in values:
        places = pc.index_in(rows[table.key], setting[table.key])
        for name in setting.column_names:
            if name != table.key:
                position = rows.schema.get_field_index(name)
                column = pc.if_else(pc.is_valid(places), setting[name].take(places), rows[name])
                rows = rows.set_column(position, rows.schema.field(position), column)
    return rows
