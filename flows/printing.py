"""Rows of single raw files on standard output: for pipes, and for a person at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from flows.articles.errors import ReadError
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import read_file
from flows.door import SOURCE, article_from, in_schema_order
from flows.refusal import Refusal
from flows.rows import Row, statements_of
from flows.settings import Settings
from flows.speakers.officials import Officials, with_own
from flows.stores.places import raw_folder

SHOWN: Final = ("speaker", "role", "country", "date", "quotation_type", "text")
"""Columns of the table for a person."""


def print_rows(paths: Sequence[Path | None], settings: Settings, *, as_table: bool) -> list[Refusal]:
    """Prints the rows of raw files as they are found, and gives back what was refused.

    Args:
        paths: Raw files; None for text on standard input.
        settings: Limits, field names and the raw folder.
        as_table: Whether a person reads along.
    """
    refused: list[Refusal] = []

    def rows() -> Iterator[Row]:
        for item in items_of(paths, settings):
            if isinstance(item, Refusal):
                refused.append(item)
            else:
                yield item

    if as_table:
        _print_table(rows())
    else:
        for row in rows():
            print(json.dumps(row, default=str))
    return refused


def items_of(paths: Sequence[Path | None], settings: Settings) -> Iterator[Row | Refusal]:
    """Rows and refusals of raw files, in order; None stands for text on standard input."""
    officials, raw = with_own(settings.officials), raw_folder(settings.raw, settings.cache)
    for path in paths:
        if path is None:
            yield from _rows_of_input(officials)
        else:
            yield from rows_of_file(*placed(path, raw), settings.reading(), officials)


def rows_of_file(
    path: Path, raw: Path, reading: Reading = USUAL, officials: Officials | None = None
) -> Iterator[Row | Refusal]:
    """The rows of one raw file of any known format, article by article, and what was refused of it.

    Args:
        path: The raw file.
        raw: Folder from which its source path, and so the identifiers, are reckoned.
        reading: Limits and field names.
        officials: Table of officials; None for the one that comes with the package.
    """
    for item in read_file(path, raw, reading):
        if isinstance(item, Refusal):
            yield item
        else:
            yield from map(in_schema_order, statements_of(item, officials))


def placed(path: Path, raw: Path) -> tuple[Path, Path]:
    """A raw file and the folder from which its source path is reckoned: `raw` if it lies below that, else its own."""
    path, raw = path.parent.resolve() / path.name, raw.resolve()
    return path, raw if path.is_relative_to(raw) else path.parent


def _rows_of_input(officials: Officials) -> Iterator[Row | Refusal]:
    text = sys.stdin.buffer.read()
    try:
        yield from map(in_schema_order, statements_of(article_from(text), officials))
    except ReadError as error:
        yield Refusal("read", SOURCE, None, error.rule, str(error))


def _print_table(rows: Iterator[Row]) -> None:
    table = Table(*SHOWN, box=None)
    for row in rows:
        table.add_row(*(f"{row[name]}" if row[name] is not None else "" for name in SHOWN))
    Console().print(table)
