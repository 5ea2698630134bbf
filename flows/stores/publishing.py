"""A working copy of the tables is published to a store: all of it becomes valid at one moment.

    put new objects ──▶ replace the snapshot ──▶ copy to the names of readers ──▶ remove vanished names ──▶ remove
    objects that no snapshot needs ──▶ say in the snapshot that nothing is pending

Whoever goes by the snapshot sees the state before until it is replaced, and the new one from then on. A publication
that stops before leaves objects that nothing names, and the next publication removes them. One that stops behind
leaves a snapshot that says what is pending, and the next build finishes it, on whatever machine. Objects are never
written anew, and reused only if the snapshot that is replaced names them: so no other build can remove them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flows.schema import TABLES
from flows.stores.errors import ConflictError, ObjectGoneError
from flows.stores.snapshot import OBJECTS, SNAPSHOT, Snapshot, StoredFile, is_for_readers, read_snapshot
from flows.stores.store import Store, at_once

Published = tuple[Snapshot, str]
"""A snapshot, and the identity of the object that holds it."""


class ForeignVersionError(ConflictError):
    """Another build published to the same URL meanwhile."""


def publish(
    tree: Path,
    digests: Mapping[str, str],
    store: Store,
    before: Snapshot,
    identity: str | None,
    tell: Callable[[str], None],
) -> Published:
    """Publishes the files of a folder in place of a snapshot.

    Args:
        tree: The folder.
        digests: SHA-256 of each of its files, by path.
        store: Where they are published.
        before: The snapshot that they take the place of.
        identity: Identity of its object; None if there is none.
        tell: Takes lines for the log.

    Raises:
        ForeignVersionError: That snapshot is no longer the one in the store; nothing of it was changed.
        StoreError: The store fails; `finish` does what is pending once the snapshot was replaced.
    """
    snapshot = _next(tree, digests, before)
    known = {file.stored for file in before.files.values()}
    work = {file.stored: path for path, file in snapshot.files.items() if file.stored not in known}
    size = sum((tree / path).stat().st_size for path in work.values())
    tell(f"{store.url}: {len(work):,} new objects to put ({size:,} bytes)")
    _all(lambda stored: store.put(tree / work[stored], f"{OBJECTS}/{stored}"), work)
    published = snapshot, _replace(store, snapshot, identity)
    return finish(store, *published)


def finish(store: Store, snapshot: Snapshot, identity: str) -> Published:
    """Brings the names of readers to the state of the snapshot, and removes objects that nothing needs.

    Returns:
        What is published now: the same snapshot with nothing pending, or that of a build that went on from it
        meanwhile.

    Raises:
        StoreError: The store fails; it can be called again.
    """
    touched = set(snapshot.pending)
    while touched:
        try:
            _bring(store, snapshot, touched)
            _remove_unneeded(store, snapshot)
            done = replace(snapshot, pending=())
            return done, store.replace(SNAPSHOT, done.as_json(), identity)
        except (ConflictError, ObjectGoneError):
            newer, found = read_snapshot(store)
            if found is None or found == identity:
                raise
            # Another build went on from this snapshot; what was copied here may be older than what it copied.
            snapshot, identity = newer, found
            touched |= set(snapshot.pending)
    return snapshot, identity


def _next(tree: Path, digests: Mapping[str, str], before: Snapshot) -> Snapshot:
    number, token = before.number + 1, uuid4().hex[:8]
    home = f"{number:08d}-{token}"
    stored = {file.sha256: file.stored for file in before.files.values()}
    for path, sha256 in sorted(digests.items()):
        stored.setdefault(sha256, f"{home}/{sha256}{Path(path).suffix}")
    files = {
        path: StoredFile(sha256, (tree / path).stat().st_size, stored[sha256])
        for path, sha256 in sorted(digests.items())
    }
    old = before.digests()
    changed = {path for path in digests.keys() | old.keys() if digests.get(path) != old.get(path)}
    pending = {path for path in changed if is_for_readers(path)} | set(before.pending)
    by = f"process {os.getpid()} on {socket.gethostname()}"
    return Snapshot(number, home, datetime.now(UTC).isoformat(timespec="seconds"), by, files, tuple(sorted(pending)))


def _replace(store: Store, snapshot: Snapshot, identity: str | None) -> str:
    try:
        return store.replace(SNAPSHOT, snapshot.as_json(), identity)
    except ConflictError as error:
        found, now = read_snapshot(store)
        if now and found.publication == snapshot.publication:
            # The first answer was lost, and the library asked a second time.
            return now
        raise ForeignVersionError(
            f"{store.url}: publication {found.number} was made by another build ({found.by}, {found.written}) while "
            f"this one ran, so nothing of this one was published; build again, which goes on from there, and let one "
            f"build run at a time"
        ) from error


def _bring(store: Store, snapshot: Snapshot, touched: Iterable[str]) -> None:
    """First the tables, then what describes them, then the names that go: a reader finds what was listed before."""
    there = [path for path in touched if path in snapshot.files]
    tables = [path for path in there if path.partition("/")[0].removesuffix(".parquet") in {t.name for t in TABLES}]
    for paths in (tables, sorted(set(there) - set(tables))):
        _all(lambda path: store.copy(f"{OBJECTS}/{snapshot.files[path].stored}", path), paths)
    _all(store.remove, set(touched) - set(there))


def _remove_unneeded(store: Store, snapshot: Snapshot) -> None:
    """Removes objects of this and earlier publications that the snapshot does not name.

    One of a later number may belong to a build that goes on from this snapshot right now.
    """
    needed = {file.stored for file in snapshot.files.values()}
    found = {name.removeprefix(f"{OBJECTS}/") for name in store.listing(OBJECTS)}
    old = {name for name in found - needed if name[:8].isdigit() and int(name[:8]) <= snapshot.number}
    _all(lambda name: store.remove(f"{OBJECTS}/{name}"), old)


def _all(action: Callable[[str], None], names: Iterable[str]) -> None:
    for _ in at_once(action, names):
        pass
