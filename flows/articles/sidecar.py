"""metadata.csv: what a folder's files do not say themselves."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

NAME = "metadata.csv"
COLUMNS = ("file", "published", "outlet", "url", "title", "country")


class SidecarError(ValueError):
    """A metadata.csv that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """One line of metadata.csv; every field may be missing."""

    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    country: str | None = None


NOTHING = Metadata()


def read_sidecar(folder: Path) -> dict[str, Metadata]:
    """The metadata of a folder's files by file name; empty where the folder has no metadata.csv.

    Raises:
        SidecarError: A column is unknown or `file` is missing, or a day is no ISO date.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_columns(path, reader.fieldnames or [])
            return {row["file"]: _metadata(path, reader.line_num, row) for row in reader}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SidecarError(f"{path}: cannot be read ({error}); save it as CSV in UTF-8") from error


def _check_columns(path: Path, columns: list[str] | tuple[str, ...]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if "file" not in columns or unknown:
        wrong = f"unknown column {unknown[0]!r}" if unknown else "no column 'file'"
        raise SidecarError(f"{path}, line 1: {wrong}; the columns are {', '.join(COLUMNS)}")


def _metadata(path: Path, line: int, row: dict[str, str | None]) -> Metadata:
    day = (row.get("published") or "").strip()
    try:
        published = date.fromisoformat(day[:10]) if day else None
    except ValueError as error:
        raise SidecarError(f"{path}, line {line}: published is {day!r}; write it as YYYY-MM-DD") from error
    fields = {name: (row.get(name) or "").strip() or None for name in ("outlet", "url", "title", "country")}
    return Metadata(published, **fields)
