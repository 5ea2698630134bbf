"""metadata.csv: what a folder's files do not say themselves."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.articles.errors import ReadError

NAME = "metadata.csv"
COLUMNS = ("file", "published", "outlet", "url", "title", "country")


@dataclass(frozen=True, slots=True)
class Metadata:
    """One line of metadata.csv; every field may be missing."""

    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    country: str | None = None


NOTHING = Metadata()


def read_sidecar(folder: Path) -> dict[str, Metadata | ReadError]:
    """The metadata of a folder's files by file name; empty where the folder has no metadata.csv.

    A line that cannot be used gives an error in its place, so that it costs the folder one file and not all.

    Raises:
        ReadError: The file is no CSV, or a column is unknown or `file` is missing.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return parse_sidecar(file, str(path))
    except OSError as error:
        raise _error(f"{path}: cannot be read ({error.strerror}); mend its rights") from error


def parse_sidecar(file: Iterable[str], path: str) -> dict[str, Metadata | ReadError]:
    """The metadata that the lines of a metadata.csv give, by file name.

    Args:
        file: The lines.
        path: The path to name in errors.

    Raises:
        ReadError: The lines are no CSV, or a column is unknown or `file` is missing.
    """
    try:
        reader = csv.DictReader(file, strict=True)
        _check_columns(path, reader.fieldnames or [])
        return _by_file(path, reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _error(f"{path}: cannot be read ({error}); save it as CSV in UTF-8") from error


def _by_file(path: str, reader: csv.DictReader[str]) -> dict[str, Metadata | ReadError]:
    found: dict[str, Metadata | ReadError] = {}
    for row in reader:
        try:
            given: Metadata | ReadError = _metadata(path, reader.line_num, row)
        except ReadError as error:
            given = error
        file = (row["file"] or "").strip()
        if found.setdefault(file, given) != given:
            found[file] = _error(
                f"{path}, line {reader.line_num}: {file} has an earlier line that says otherwise; keep one of them"
            )
    return found


def _error(message: str) -> ReadError:
    return ReadError("bad-metadata", f"{message}.")


def _check_columns(path: str, columns: Sequence[str]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if "file" not in columns or unknown:
        wrong = f"unknown column {unknown[0]!r}" if unknown else "no column 'file'"
        raise _error(f"{path}, line 1: {wrong}; the columns are {', '.join(COLUMNS)}")


def _metadata(path: str, line: int, row: dict[str, str | None]) -> Metadata:
    if None in row:
        raise _error(f"{path}, line {line}: too many cells; quote cells that hold a comma")
    day = (row.get("published") or "").strip()
    try:
        published = date.fromisoformat(day[:10]) if day else None
    except ValueError as error:
        raise _error(f"{path}, line {line}: published is {day!r}; write it as YYYY-MM-DD") from error
    fields = {name: (row.get(name) or "").strip() or None for name in ("outlet", "url", "title", "country")}
    return Metadata(published, **fields)
