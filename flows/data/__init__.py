"""Lookup knowledge: CSV files whose last column, `source`, says where each fact is checked."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from typing import Final

_MAY_BE_EMPTY: Final[dict[str, frozenset[str]]] = {
    "countries": frozenset({"from", "to"}),
    "first_names": frozenset({"gender"}),
    "honorifics": frozenset({"gender", "title"}),
    "litter": frozenset({"needs"}),
    "media": frozenset({"country"}),
    "officials": frozenset({"surname", "aliases", "country", "organization", "to", "gender", "wikidata"}),
    "outlets": frozenset({"country", "organization"}),
    "titles": frozenset({"plural", "gender"}),
}


class DataError(Exception):
    """A lookup file is missing or malformed; the message names file, line and remedy."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the lookup file `name` (without `.csv`), in the file's order.

    Raises:
        DataError: There is no such file, or `parse` refuses it.
    """
    file = resources.files(__name__) / f"{name}.csv"
    if not file.is_file():
        raise DataError(f"{name}.csv: no such file in flows/data; its README lists those there are")
    return parse(name, file.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> tuple[dict[str, str], ...]:
    """The rows in `text`, the content of the lookup file `name`.

    Raises:
        DataError: The header does not end in `source`, a row has too few or too many cells, or a cell is empty
            that must not be.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    if header[-1:] != ["source"]:
        raise DataError(f"{name}.csv, line 1: add a last column source that says where facts are checked")
    try:
        return tuple(_row(name, reader.line_num, header, cells) for cells in reader)
    except csv.Error as error:
        raise DataError(f"{name}.csv, line {reader.line_num}: {error}; mend the quoting") from error


def _row(name: str, line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise DataError(
            f"{name}.csv, line {line}: {len(cells)} cells for {len(header)} columns ({', '.join(header)}); "
            "quote cells that hold a comma"
        )
    row = dict(zip(header, cells, strict=True))
    may_be_empty = _MAY_BE_EMPTY.get(name, frozenset())
    empty = [column for column, cell in row.items() if not cell.strip() and column not in may_be_empty]
    if empty:
        raise DataError(f"{name}.csv, line {line}: {', '.join(empty)} must not be empty; fill it or drop the row")
    return row
