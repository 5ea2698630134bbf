"""An earlier version becomes the published one again, by a publication like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.tables.locking import locked
from flows.tables.publishing import publish, recover, tidy
from flows.tables.staging import STAGING, Staged
from flows.tables.versions import CROISSANT, DATA_PACKAGE, VERSION, Version, next_number, stage_version, table_files


def restore(curated: Path, number: int, keep_versions: int, lock_seconds: float = 0.0) -> Version:
    """Publishes an earlier version under a new number; what is published now stays restorable.

    The manifest is restored with the tables, so the next build reads what changed since that version.

    Args:
        curated: Folder of the published tables.
        number: Number of the version.
        keep_versions: How many versions stay, the new one included.
        lock_seconds: How long to wait for a build that holds the lock.

    Raises:
        VersionError: There is no such version, or files of it are missing.
        LockedError: A build holds the lock.
    """
    with locked(curated, lock_seconds):
        recover(curated)
        run = f"restore-{number}"
        staged = Staged(run, curated / STAGING / run)
        old = stage_version(curated, number, staged.folder)
        new = replace(
            old,
            number=next_number(curated),
            published=datetime.now(UTC).isoformat(timespec="seconds"),
            restored_from=number,
        )
        new = replace(new, summary={**old.summary, "version": new.number, "changes": {}})
        new.write(staged.folder / VERSION)
        # A version may be older than the descriptions, and those of other tables would be false.
        replaced = {*table_files(curated), DATA_PACKAGE, CROISSANT}
        gone = sorted(replaced - set(staged.files()))
        publish(staged, curated, remove=gone, version=new.number, keep_versions=keep_versions)
        tidy(curated)
        return new
