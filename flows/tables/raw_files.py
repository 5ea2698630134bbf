"""How a raw file is known again without being read: its size and times, and the line of metadata.csv that applies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows.articles.errors import ReadError
from flows.articles.sidecar import NAME, NOTHING, Metadata, read_sidecar


@dataclass(frozen=True, slots=True)
class Stamp:
    """What can be known of a raw file without reading it.

    Attributes:
        size: Bytes.
        mtime_ns: Time of the last change of its content, in nanoseconds since 1970.
        ctime_ns: Time of the last change of content, rights or name, which no program can set.
        sidecar: SHA-256 of what metadata.csv beside it says about the file.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    sidecar: str


def stamp(path: Path) -> Stamp | None:
    """The stamp of a raw file; None if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, _sidecar_digest(path))


def content_digest(path: Path) -> str | None:
    """SHA-256 of a raw file's bytes; None if it cannot be read, which the reader then says in its own words."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _sidecar_digest(path: Path) -> str:
    sidecar = path.parent / NAME
    try:
        status = sidecar.stat()
        said = _sidecar(path.parent, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
    except FileNotFoundError:
        said = {}
    given = said if isinstance(said, str) else said.get(path.name, NOTHING)
    return hashlib.sha256(str(given).encode()).hexdigest()


@lru_cache(maxsize=64)
def _sidecar(folder: Path, *changed: int) -> dict[str, Metadata | ReadError] | str:
    """What the folder's metadata.csv says by file name; the complaint if it cannot be used at all."""
    del changed
    try:
        return read_sidecar(folder)
    except ReadError as error:
        return str(error)
