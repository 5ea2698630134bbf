"""What rows depend on besides their raw file: the code, the model, the lookup files, the libraries, the settings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
DISTRIBUTION: Final = "diplomatic-statements"

_EXTRACTION: Final = ("articles", "data", "dates", "speakers", "statements")
_MODULES: Final = ("batches.py", "phrases.py", "refusal.py", "rows.py", "schema.py", "tables/arrow.py")
_NO_PART_IN_ROWS: Final = {
    *("duckdb", "great-expectations", "openlineage-python", "prefect", "pydantic-settings", "rich", "typer"),
    "vl-convert-python",
}
"""Requirements that run, check or show a build; a new release of them changes no row."""


def fingerprint(settings: object) -> str:
    """16 hexadecimal digits that change whenever the same raw bytes could give other rows.

    Args:
        settings: The reading limits; their `repr` must say everything that matters.
    """
    return hashlib.sha256(f"{_of_code()}|{settings!r}".encode()).hexdigest()[:16]


def folder_digest(folder: Path, pattern: str = "**/*.json") -> str:
    """16 hexadecimal digits from names and bytes of the files in a folder, such as the expectations."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
        _add(digest, path.relative_to(folder).as_posix(), path)
    return digest.hexdigest()[:16]


@cache
def _of_code() -> str:
    digest = hashlib.sha256()
    for path in _files():
        _add(digest, path.relative_to(PACKAGE).as_posix(), path)
    for line in sorted(_libraries()):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _files() -> list[Path]:
    folders = [path for name in _EXTRACTION for path in (PACKAGE / name).rglob("*")]
    kept = [path for path in folders if path.is_file() and path.suffix not in (".pyc", ".md")]
    return sorted([*kept, *(PACKAGE / name for name in _MODULES)])


def _libraries() -> Iterator[str]:
    for line in requires(DISTRIBUTION) or []:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        if "extra ==" in line or name in _NO_PART_IN_ROWS:
            continue
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"


def _add(digest: hashlib._Hash, name: str, path: Path) -> None:
    with path.open("rb") as file:
        digest.update(f"{name}\n{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
