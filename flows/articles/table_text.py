"""Tables as text, CSV and its kin: one article a row, under the usual names of columns; the delimiter told by them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from flows.articles.decoding import CONTROL, decoded
from flows.articles.errors import ReadError
from flows.articles.field_names import Fields
from flows.articles.loading import HEAD, Stream
from flows.articles.reading import Reading
from flows.articles.records import bad_record, story_of, too_large, unknown_columns
from flows.articles.story import Story

_DELIMITERS: Final = ",\t;|"
_UTF_8: Final = "utf-8-sig"
_MAX_NAME = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_UNDECODED = re.compile("[\udc80-\udcff]")

# The limit is one of the whole process; a record is bounded here by the lines that it is given.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True)
class _Header:
    """The first row, and how cells are parted."""

    delimiter: str
    columns: tuple[str, ...]


def plainly(head: bytes, fields: Fields) -> bool:
    """Whether a file that begins so is a table of articles, whatever its name."""
    text = head.decode(_encoding(head), "replace")
    if "\n" not in text or (CONTROL.search(head) and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))):
        return False
    header = _header(text.partition("\n")[0], fields)
    kinds = {fields.known(column) for column in header.columns}
    short = all(0 < len(column) <= _MAX_NAME for column in header.columns)
    named = "text" in kinds and not kinds.isdisjoint(("title", "published", "url"))
    return short and named and _second_row_agrees(text, header)


def _second_row_agrees(text: str, header: _Header) -> bool:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=header.delimiter)
    next(rows)
    return len(next(rows, [])) == len(header.columns)


def stories(raw: Stream, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a table, row by row; a bad row gives an error in its place, and the rest goes on.

    Raises:
        ReadError: No column holds the text.
    """
    encoding = _encoding(raw.peek(HEAD))
    # Bytes that are no UTF-8 are kept, for `_mended`.
    errors = "surrogateescape" if encoding == _UTF_8 else "replace"
    text = io.TextIOWrapper(raw, encoding, errors, newline="")
    try:
        lines = _Lines(text, reading.max_record_bytes)
        header = _read_header(lines, reading.fields)
        for number, (line, row) in enumerate(_rows(lines, header.delimiter)):
            yield number, _story(line, row, header, reading.fields)
    finally:
        # The stream is not ours to close, and the wrapper would close it.
        text.detach()


def _story(line: int, row: list[str] | ReadError, header: _Header, fields: Fields) -> Story | ReadError:
    if isinstance(row, ReadError):
        return row
    if any(cell.strip() for cell in row[len(header.columns) :]):
        return bad_record(
            f"Line {line:,}: the row has {len(row)} cells for {len(header.columns)} columns; quote cells that hold a"
            " delimiter."
        )
    try:
        cells = [_mended(cell) for cell in row]
    except ReadError as error:
        return ReadError(error.rule, f"Line {line:,}: {error}")
    story = story_of(dict(zip(header.columns, cells, strict=False)), fields)
    return ReadError(story.rule, f"Line {line:,}: {story}") if isinstance(story, ReadError) else story


def _mended(cell: str) -> str:
    """The cell, its bytes in another encoding than the file's decoded by themselves."""
    if cell.isascii() or not _UNDECODED.search(cell):
        return cell
    return decoded(cell.encode("utf-8", "surrogateescape"))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        best = from_bytes(head).best()
        return best.encoding if best else _UTF_8
    return _UTF_8


def _read_header(lines: _Lines, fields: Fields) -> _Header:
    first = lines.first()
    if separator := _SEPARATOR_LINE.fullmatch(first):
        header = _Header(separator[1], _cells(lines.first(), separator[1]))
    else:
        header = _header(first, fields)
    if not any(fields.known(column) == "text" for column in header.columns):
        raise unknown_columns(header.columns)
    return header


def _header(line: str, fields: Fields) -> _Header:
    """The header with the delimiter that gives most known columns, or else most columns."""
    headers = [_Header(delimiter, _cells(line, delimiter)) for delimiter in _DELIMITERS]
    return max(headers, key=lambda header: (sum(map(bool, map(fields.known, header.columns))), len(header.columns)))


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), []))
    except csv.Error:
        return ()


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | ReadError]]:
    """Each row that is not blank, or what is wrong with it, with the line on which it begins."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.begin_record()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, bad_record(f"Line {start:,}: the row cannot be read ({error}); double the marks inside cells.")
        except _TooLong:
            yield start, too_large(lines.max_length, f"Line {start:,}: ")
        else:
            if row:
                yield start, row


class _TooLong(Exception):  # noqa: N818  it never leaves this module
    """A row has more characters than a record may have."""


class _Lines:
    """The lines of a table, counted and bounded.

    Attributes:
        max_length: Most characters of one row.
    """

    def __init__(self, text: io.TextIOWrapper, max_length: int) -> None:
        self.max_length = max_length
        self._text = text
        self._number = 0
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self.max_length + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._length += len(line)
        if self._length > self.max_length:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(HEAD)
            raise _TooLong
        return line

    def first(self) -> str:
        """The next line; an empty one at the end or where it is too long for a header."""
        self.begin_record()
        try:
            return next(self, "")
        except _TooLong:
            return ""

    def begin_record(self) -> int:
        """Number of the line that comes next, from 1; the length of a row is counted from there."""
        self._length = 0
        return self._number + 1
