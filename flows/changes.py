"""What is published, and which raw files a run has to read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.tables.manifest import Manifest, Plan, plan, read_manifest
from flows.tables.versions import Version, is_whole, read_version


@dataclass(frozen=True, slots=True)
class Published:
    """The tables as they are before a run.

    Attributes:
        curated: Folder in which their files lie; an empty one if nothing there can be used.
        manifest: What they hold of each raw file.
        version: Which version they are; None if nothing there can be used.
    """

    curated: Path
    manifest: Manifest
    version: Version | None


def read_published(curated: Path, empty: Path, full: bool) -> Published:
    """The published tables, if a run can build on them.

    It cannot if a table file is missing or was replaced by hand: what the manifest says is then not what lies there.

    Args:
        curated: Folder of the published tables.
        empty: A folder without tables, for a run that begins from nothing.
        full: Whether to begin from nothing in any case.
    """
    version, manifest = read_version(curated), read_manifest(curated)
    if full or version is None or not manifest.entries or not is_whole(version, curated):
        empty.mkdir(parents=True, exist_ok=True)
        return Published(empty, Manifest(), None)
    return Published(curated, manifest, version)


def find_changes(files: Sequence[Path], raw: Path, published: Published, fingerprint: str, expectations: str) -> Plan:
    """Compares the raw files with those of the published tables.

    If the rules changed, files of which the checks set rows aside are read again, and the rows of all other files
    are checked again.

    Args:
        files: Raw files in their order.
        raw: The raw folder.
        published: The published tables.
        fingerprint: Of the code and settings that read now.
        expectations: Digest of the suites that check now.
    """
    before = published.manifest
    if published.version is None or published.version.expectations == expectations:
        return plan(files, raw, before, fingerprint)
    suspects = {source_path for source_path, entry in before.entries.items() if entry.set_aside}
    return plan(files, raw, before, fingerprint, suspects).with_new_rules()


def now_ns() -> int:
    """The time in nanoseconds since 1970, by the clock that also dates files."""
    return time.time_ns()
