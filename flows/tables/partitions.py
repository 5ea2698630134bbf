"""Where the rows of a table lie below `curated/`, and in which order.

    curated/statements/2024.parquet      statements of articles published in 2024
    curated/statements/undated.parquet   statements of articles whose day of publication is unknown
    curated/articles/2024.parquet        likewise, by the article's own day
    curated/quarantine.parquet           one file

A table with a column `published` has one file per year of publication; any other table is one file.

The folders are deliberately not named `year=2024`. Readers turn a hive folder into a further column: DuckDB and
polars add an integer `year` that the schema does not have, and `pandas.read_parquet` adds it as a category and
fails ("Cannot yet unify dictionaries with nulls") as soon as there is a folder for rows without a date. With plain
file names pandas, polars and DuckDB all give exactly the schema's columns with plain string and date types, and a
reader can still pick years by name: `curated/statements/202[0-4].parquet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.schema import Table

PARTITION_COLUMN: Final = "published"
UNDATED: Final = "undated"


def is_partitioned(table: Table) -> bool:
    """Whether the table is a folder of one file per year, not a single file."""
    return any(column.name == PARTITION_COLUMN for column in table.columns)


def partition(table: Table, rows: pa.Table) -> dict[str, pa.Table]:
    """The rows, sorted, by the path of their file below `curated/`.

    A table without rows still has one file, so that readers always find its columns.
    """
    if not is_partitioned(table):
        return {f"{table.name}.parquet": in_order(table, rows)}
    names = partition_names(rows[PARTITION_COLUMN])
    found = sorted(pc.unique(names).to_pylist()) or [UNDATED]
    return {path_of(table, name): in_order(table, rows.filter(pc.equal(names, name))) for name in found}


def partition_names(published: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each day of publication the partition of its row: the year in four digits, or `undated`."""
    return pc.fill_null(pc.utf8_lpad(pc.year(published).cast(pa.string()), 4, "0"), UNDATED)


def path_of(table: Table, partition_name: str) -> str:
    """Path below `curated/` of the file that holds a partition of the table."""
    return f"{table.name}/{partition_name}.parquet" if is_partitioned(table) else f"{table.name}.parquet"


def in_order(table: Table, rows: pa.Table) -> pa.Table:
    """The rows as `Table.sort` orders them, nulls last; the key decides between equals."""
    return rows.take(order_of(table, rows)).combine_chunks()


def order_of(table: Table, rows: pa.Table) -> pa.Array:
    """Row numbers in the order of `Table.sort`; of the rows, the columns of `sort_columns` are enough."""
    return pc.sort_indices(rows, sort_keys=[(name, "ascending", "at_end") for name in sort_columns(table)])


def sort_columns(table: Table) -> list[str]:
    """The columns that decide the order of rows."""
    return list(dict.fromkeys((*table.sort, table.key)))


def write_rows(table: Table, rows: pa.Table, path: Path) -> None:
    """Writes one Parquet file of the table whose bytes depend on the rows and their order alone."""
    with row_group_writer(table, path) as write:
        for start in range(0, rows.num_rows, table.row_group):
            write(rows.slice(start, table.row_group))


@contextmanager
def row_group_writer(table: Table, path: Path) -> Iterator[Callable[[pa.Table], None]]:
    """Writes one Parquet file row group by row group; its folder is made.

    Every call writes one row group. All but the last must have `Table.row_group` rows: then the bytes depend on the
    rows and their order alone, however the rows came together.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(
        path,
        table.schema(),
        compression="zstd",
        compression_level=3,
        version="2.6",
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=True,
    ) as writer:
        yield lambda rows: writer.write_table(rows.combine_chunks(), row_group_size=table.row_group)


def read_rows(table: Table, curated: Path) -> pa.Table:
    """All published rows of a table, with exactly the schema's columns; no rows where nothing was published.

    Raises:
        pyarrow.ArrowInvalid: A file is damaged or has other columns than the schema.
    """
    files = published_files(table, curated)
    parts = [pq.ParquetFile(curated / file).read().cast(table.schema()) for file in files]
    return pa.concat_tables(parts) if parts else table.schema().empty_table()


def published_files(table: Table, curated: Path) -> list[str]:
    """Paths below `curated` of the Parquet files that hold the table now, sorted."""
    pattern = f"{table.name}/*.parquet" if is_partitioned(table) else f"{table.name}.parquet"
    return sorted(path.relative_to(curated).as_posix() for path in curated.glob(pattern))
