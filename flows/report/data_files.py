"""The published files, and the names and the version under which they are described."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.schema import TABLES, Table
from flows.tables.view import View

NAME: Final = "diplomatic-statements"
TITLE: Final = "Diplomatic statements"
DESCRIPTION: Final = (
    "Statements in news articles: the words, who said them, in which role, for which country, and when. Made from raw "
    "articles by rules and a small tagger; every row can be traced to the characters of its article."
)
KEYWORDS: Final = ("quotation attribution", "diplomacy", "international relations", "news")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A published Parquet file.

    Attributes:
        table: The table whose rows it holds.
        path: Path below `curated/`, with slashes.
        size: Bytes.
        sha256: SHA-256 of its bytes, in hexadecimal digits.
    """

    table: Table
    path: str
    size: int
    sha256: str


def data_files(tables: View) -> list[DataFile]:
    """The files of the tables, in the order of `TABLES`, then of their paths."""
    return [
        DataFile(table, path, file.stat().st_size, _sha256(file))
        for table in TABLES
        for path, file in tables.files_of(table)
    ]


def content_version(files: Sequence[DataFile], extractor_version: str) -> str:
    """A version that names the tables by their bytes, in the form of semantic versioning: `0.1.0+3f2c…`.

    The part before the plus sign is the version of the code, the part after it a digest of all files: equal files
    have an equal version, whoever built them.
    """
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return f"{extractor_version}+{hashlib.sha256(lines.encode()).hexdigest()[:16]}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
