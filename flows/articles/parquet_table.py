"""Parquet: one article a row, under the usual names of columns; read in small batches, only the columns needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from flows.articles.errors import LimitError, ReadError, limit_passed
from flows.articles.field_names import Fields
from flows.articles.loading import Stream, in_memory, in_one_line
from flows.articles.reading import Reading
from flows.articles.records import bad_record, story_of, too_large, unknown_columns
from flows.articles.story import Story

_MAGIC: Final = b"PAR1"
_DAMAGE: Final = (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError, NotImplementedError)
# One text may be repeated in a million rows and stand in the file once: few rows at a time keep that harmless.
_ROWS: Final = 32
_BUFFER: Final = 1_000_000


def plainly(head: bytes, fields: Fields) -> bool:
    """Whether a file that begins so is Parquet."""
    del fields
    return head.startswith(_MAGIC)


def stories(raw: Stream, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a table, row by row.

    A bad row gives an error in its place, a damaged group of rows one error, and the rest goes on.

    Raises:
        ReadError: The file is no Parquet, has no column of texts, or unpacks to more than allowed.
    """
    table = _opened(raw, reading)
    columns = [name for name in table.schema_arrow.names if reading.fields.known(name)]
    if not any(reading.fields.known(name) == "text" for name in columns):
        raise unknown_columns(table.schema_arrow.names)
    number = 0
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        for row, story in _group(table, group, columns, reading):
            yield number + row, story
        number += rows


def _opened(raw: Stream, reading: Reading) -> Any:  # noqa: ANN401  pyarrow has no types
    source = raw if raw.seekable() else in_memory(raw, reading.max_file_bytes, "max_file_bytes")
    try:
        table = pq.ParquetFile(pa.PythonFile(source, mode="r"), buffer_size=_BUFFER, page_checksum_verification=True)
        unpacked = sum(table.metadata.row_group(group).total_byte_size for group in range(table.num_row_groups))
    except _DAMAGE as error:
        raise ReadError(
            "bad-container", f"The Parquet file is damaged ({in_one_line(error)}); copy it again."
        ) from error
    if unpacked > reading.max_unpacked_bytes:
        limit = reading.max_unpacked_bytes
        raise LimitError(
            "too-large", limit_passed("The file unpacks to more than", limit, "bytes", "max_unpacked_bytes")
        )
    return table


def _group(
    table: Any,  # noqa: ANN401
    group: int,
    columns: list[str],
    reading: Reading,
) -> Iterator[tuple[int, Story | ReadError]]:
    row = 0
    try:
        for batch in table.iter_batches(_ROWS, [group], columns, use_threads=False):
            for at in range(batch.num_rows):
                yield row + at, _story(batch, at, reading)
            row += batch.num_rows
    except _DAMAGE as error:
        if isinstance(error, ReadError):
            raise
        yield (
            row,
            bad_record(f"The rest of row group {group + 1} is damaged ({in_one_line(error)}); copy the file again."),
        )


def _story(batch: Any, at: int, reading: Reading) -> Story | ReadError:  # noqa: ANN401
    try:
        record = {name: column[at].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    except _DAMAGE as error:
        return bad_record(f"The row cannot be read ({in_one_line(error)}); write its values as UTF-8 text and dates.")
    if sum(len(value) for value in record.values() if isinstance(value, (str, bytes))) > reading.max_record_bytes:
        return too_large(reading.max_record_bytes)
    return story_of(record, reading.fields)
