"""Staged files take the place of the published ones, whole, whatever happens on the way.

    stage ──▶ fsync ──▶ journal ──▶ replace each file ──▶ remove vanished files ──▶ keep a version ──▶ remove staging,
    journal

Before the journal is in place nothing has changed, and `recover` throws the staged files away; once it is there
everything needed to finish lies on disk, and `recover` finishes. Each file is replaced in one step, so a reader sees
either the old file or the new one, never a part of one. A file whose bytes did not change is left alone.

Callers hold `flows.tables.locking.locked(curated)` from before `recover` until after `publish`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

from flows.schema import TABLES
from flows.tables.durability import sync
from flows.tables.partitions import is_partitioned, published_files
from flows.tables.staging import STAGING, Staged, work_folder
from flows.tables.versions import keep_version

JOURNAL: Final = ".publication.json"

Recovery = Literal["nothing to do", "rolled back", "rolled forward"]


class PublicationError(Exception):
    """A publication cannot be carried out or finished."""


@dataclass(frozen=True, slots=True)
class Journal:
    """What a publication is about to do; enough to finish it after a crash.

    Attributes:
        run: Name of the run, whose staging folder holds the new files.
        replace: SHA-256 of each new file, by its path below the curated folder.
        remove: Paths of the published files that vanish.
        version: Number under which the tables can be restored; None if no table changes.
        keep_versions: How many versions stay.
    """

    run: str
    replace: dict[str, str]
    remove: list[str]
    version: int | None = None
    keep_versions: int = 0


def publish(
    staged: Staged,
    curated: Path,
    keep: Collection[str] = (),
    remove: Collection[str] = (),
    version: int | None = None,
    keep_versions: int = 0,
) -> Journal:
    """Puts the staged files in place of the published ones and removes the partitions that vanished.

    A partition vanishes if its table is staged without it, or if it is named.

    Args:
        staged: The files, below `curated/.staging/`.
        curated: Folder into which they are published.
        keep: Paths below `curated` of partitions that stay although they are not staged, since nothing in them
            changed.
        remove: Paths below `curated` of files that vanish.
        version: Number under which the tables can be restored afterwards; None for no new version.
        keep_versions: How many versions stay, this one included.

    Returns:
        What was done.

    Raises:
        PublicationError: Nothing is staged, or an earlier publication was interrupted and `recover` was not called.
        OSError: The disk failed; what was published so far is whole, and `recover` finishes the rest.
    """
    if (curated / JOURNAL).exists():
        raise PublicationError(f"{curated}: an earlier publication was interrupted; call recover first")
    if not staged.files():
        raise PublicationError(f"{staged.folder}: nothing is staged there; stage the tables first")
    _sync_tree(staged.folder)
    journal = replace(_plan(staged, curated, keep, remove), version=version, keep_versions=keep_versions)
    _write_journal(journal, curated)
    _finish(journal, curated)
    return journal


def recover(curated: Path) -> Recovery:
    """Finishes or undoes what an interrupted build left in the curated folder.

    Raises:
        PublicationError: The journal is damaged, or names a file that lies neither in staging nor in its place.
    """
    path = curated / JOURNAL
    if path.exists():
        _finish(_read_journal(path), curated)
        _drop_leftovers(curated)
        return "rolled forward"
    return "rolled back" if _drop_leftovers(curated) else "nothing to do"


def tidy(curated: Path) -> None:
    """Deletes what a run put aside and no longer needs; everything stays if a publication was interrupted."""
    if not (curated / JOURNAL).exists():
        _drop_leftovers(curated)


def changes_tables(staged: Staged, curated: Path, remove: Collection[str] = ()) -> bool:
    """Whether publishing would change a table; publishing a new manifest alone makes no new version."""
    return bool(remove) or any(
        not (curated / file).is_file() or _sha256(curated / file) != _sha256(staged.folder / file)
        for table in TABLES
        for file in published_files(table, staged.folder)
    )


def _plan(staged: Staged, curated: Path, keep: Collection[str], remove: Collection[str]) -> Journal:
    files = staged.files()
    digests = {file: _sha256(staged.folder / file) for file in files}
    changed = {file: digest for file, digest in digests.items() if not _holds(curated / file, digest)}
    vanished = [
        file
        for table in TABLES
        if is_partitioned(table) and any(staged_file.startswith(f"{table.name}/") for staged_file in files)
        for file in published_files(table, curated)
        if file not in digests and file not in keep
    ]
    return Journal(staged.run, changed, sorted({*vanished, *remove}))


def _write_journal(journal: Journal, curated: Path) -> None:
    draft = curated / f"{JOURNAL}.draft"
    draft.write_text(json.dumps(asdict(journal), indent=1), encoding="utf-8")
    sync(draft)
    draft.replace(curated / JOURNAL)
    sync(curated)


def _read_journal(path: Path) -> Journal:
    try:
        return Journal(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise PublicationError(f"{path}: damaged; delete it and build again with every raw file") from error


def _finish(journal: Journal, curated: Path) -> None:
    staging = curated / STAGING / journal.run
    for file, digest in journal.replace.items():
        _replace(staging / file, curated / file, digest)
    for file in journal.remove:
        (curated / file).unlink(missing_ok=True)
    for folder in sorted({curated, *((curated / file).parent for file in (*journal.replace, *journal.remove))}):
        sync(folder)
    if journal.version is not None:
        keep_version(curated, journal.version, journal.keep_versions)
    # The journal goes last: staged files without a journal always mean a publication that never began.
    for folder in (staging, work_folder(curated, journal.run)):
        if folder.exists():
            shutil.rmtree(folder)
    (curated / JOURNAL).unlink()
    sync(curated)


def _replace(new: Path, target: Path, digest: str) -> None:
    if new.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.replace(target)
    elif not _holds(target, digest):
        raise PublicationError(
            f"{target}: the interrupted publication should have put a new file here, but {new} is gone; delete "
            f"{JOURNAL} beside the tables and build again with every raw file"
        )


def _drop_leftovers(curated: Path) -> bool:
    """Deletes staged files and a journal never put in place; whether there were any."""
    draft, staging = curated / f"{JOURNAL}.draft", curated / STAGING
    found = draft.exists() or (staging.exists() and any(staging.iterdir()))
    draft.unlink(missing_ok=True)
    if staging.exists():
        shutil.rmtree(staging)
    return found


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and _sha256(path) == digest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_tree(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder, folder.parent):
        sync(path)
