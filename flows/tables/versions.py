"""The last published versions stay restorable, and a small file says what the tables are.

    curated/.state/version.json        of the published tables: number, time, counts, verdict, files
    curated/.versions/<number>/        an earlier version: hard links of its files, its version.json among them

A published file is only ever replaced as a whole, never written into, so a hard link keeps its bytes without a copy.
Versions are ordered by their number, which counts up; their time is for people, and a clock set back does no harm.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from flows.schema import TABLES
from flows.tables.durability import sync
from flows.tables.manifest import MANIFEST, STATE
from flows.tables.partitions import published_files

VERSIONS: Final = ".versions"
BESIDE: Final = ("quality", "report")
DATA_PACKAGE: Final = "datapackage.json"
CROISSANT: Final = "croissant.json"
VERSION: Final = f"{STATE}/version.json"


class VersionError(Exception):
    """There is no such version, or it is not whole."""


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of the tables.

    Attributes:
        number: Counts up with every publication that changed a table.
        published: When, in UTC, ISO 8601.
        extractor_version: Version of the package that published it.
        expectations: Digest of the suites by which it was checked.
        summary: What the build that made it did; see `flows.summary.Summary`.
        files: Bytes of each table file, by its path below `curated`.
        restored_from: Number of the version that was restored, None for a build.
    """

    number: int
    published: str
    extractor_version: str
    expectations: str
    summary: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    restored_from: int | None = None

    def write(self, path: Path) -> None:
        """Writes the version as JSON; its folder is made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_version(folder: Path) -> Version | None:
    """What `folder`, which is `curated` or one of its versions, holds; None if it does not say, or not in this form."""
    try:
        return Version(**json.loads((folder / VERSION).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def is_whole(version: Version, folder: Path) -> bool:
    """Whether the folder's table files are those of the version, by name and size."""
    return dict(version.files) == table_files(folder)


def table_files(folder: Path) -> dict[str, int]:
    """Bytes of each table file, by its path below the folder."""
    return {path: (folder / path).stat().st_size for table in TABLES for path in published_files(table, folder)}


def versions(curated: Path, *, whole: bool = True) -> list[Version]:
    """The versions that can be restored, the newest first.

    Args:
        curated: Folder of the published tables.
        whole: Whether to look if the files of each are there; not where they lie in a store.
    """
    homes = [curated / VERSIONS / str(number) for number in sorted(_numbers(curated), reverse=True)]
    return [version for home in homes if (version := read_version(home)) and (not whole or is_whole(version, home))]


def next_number(curated: Path) -> int:
    """The number of the next version: higher than any that was ever published here."""
    now = read_version(curated)
    return 1 + max([0, *_numbers(curated), *([now.number] if now else [])])


def keep_version(curated: Path, number: int, most: int) -> None:
    """Links the published files as a version, and lets the oldest versions go; can be done again after a crash.

    Args:
        curated: Folder of the published tables.
        number: Number of the version that is published now.
        most: Versions to keep, this one included; 0 keeps none.
    """
    home = curated / VERSIONS
    others = sorted(set(_numbers(curated)) - {number}, reverse=True)
    for old in others[max(most - 1, 0) :]:
        shutil.rmtree(home / str(old))
    if most == 0 or (home / str(number)).exists():
        return
    draft = home / f"{number}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    for path in (*table_files(curated), *_beside_tables(curated)):
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        _link(curated / path, draft / path)
    for folder in {draft, *(path for path in draft.rglob("*") if path.is_dir())}:
        sync(folder)
    draft.rename(home / str(number))
    sync(home)


def stage_version(curated: Path, number: int, staging: Path) -> Version:
    """Links the files of a version below `staging`, which then stands for `curated` as it was.

    Raises:
        VersionError: There is no such version, or files of it are missing.
    """
    home = curated / VERSIONS / str(number)
    version = read_version(home)
    if version is None:
        known = ", ".join(str(each.number) for each in versions(curated)) or "none"
        raise VersionError(f"{curated}: no version {number} there; versions that can be restored: {known}")
    if not is_whole(version, home) or not (home / MANIFEST).is_file():
        raise VersionError(f"{home}: files of the version are missing or cut short; restore another one")
    for path in (*version.files, *_beside_tables(home)):
        if path != VERSION:
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            _link(home / path, staging / path)
    return version


def _numbers(curated: Path) -> list[int]:
    home = curated / VERSIONS
    return [int(path.name) for path in home.iterdir() if path.name.isdigit()] if home.is_dir() else []


def _beside_tables(folder: Path) -> list[str]:
    """Paths of the published files that are no tables: manifest and version, descriptions, report, checks' results."""
    found = [path for name in (STATE, *BESIDE) for path in (folder / name).rglob("*")]
    described = [folder / DATA_PACKAGE, folder / CROISSANT]
    return sorted(path.relative_to(folder).as_posix() for path in (*found, *described) if path.is_file())


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        # Some file systems know no hard links.
        shutil.copy2(old, new)
        sync(new)
