"""Raw articles of a store as a folder of this machine: only what is new or changed is fetched.

    <cache>/raw/<url>/files/         the articles, each under its name below the URL
    <cache>/raw/<url>/fetched.db     what each of them was in the store, and is on disk, when it was fetched

The folder is this module's own: what lies there without standing in the store is deleted.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from flows.articles.sidecar import NAME
from flows.articles.zip_archive import may_be_article
from flows.stores.errors import ConflictError, ObjectGoneError, StoreError
from flows.stores.places import FILES, RAW, home_of
from flows.stores.store import Listed, Store, at_once
from flows.tables.locking import locked
from flows.tables.manifest import MARGIN_NS

_TRIES: Final = 3
_SAVED_EVERY: Final = 500

_TABLE: Final = "CREATE TABLE IF NOT EXISTS fetched (name TEXT PRIMARY KEY, identity TEXT, size INT, mtime_ns INT)"

Tell = Callable[[str], None]


class Mark(NamedTuple):
    """What was fetched: the object's identity, and size and time of the file that it became."""

    identity: str
    size: int
    mtime_ns: int


@contextmanager
def mirrored(url: str, cache: Path, patience: float, tell: Tell) -> Iterator[Path]:
    """The folder that holds the raw articles of a URL, while nobody else brings it up to date.

    Args:
        url: URL of the raw articles.
        cache: Folder for what is kept of stores.
        patience: Seconds to wait for another build that reads the same articles.
        tell: Takes lines for the log.

    Raises:
        StoreError: The store fails, or an object's name cannot be a file's.
        LockedError: Another build still reads them when patience is over.
        OSError: The disk fails.
    """
    home = home_of(url, cache, RAW)
    with locked(home, patience):
        _bring(Store(url), home, tell)
        yield home / FILES


def _bring(store: Store, home: Path, tell: Tell) -> None:
    files = home / FILES
    files.mkdir(exist_ok=True)
    listing = {name: listed for name, listed in store.listing().items() if _is_wanted(store.url, name)}
    _refuse_clashes(store.url, listing)
    gone = _remove_others(files, listing)
    path = home / "fetched.db"
    with closing(sqlite3.connect(path)) as index:
        known = _known(index, path)
        work = {name: listed for name, listed in listing.items() if not _is_here(files / name, listed, known.get(name))}
        size = sum(listed.size for listed in work.values())
        tell(f"{store.url}: {len(listing):,} raw objects, {len(work):,} to fetch ({size:,} bytes), {gone:,} gone")
        try:
            for number, (name, mark) in enumerate(_fetched(store, files, work), 1):
                _note(index, name, mark)
                if number % _SAVED_EVERY == 0:
                    index.commit()
                    tell(f"{store.url}: {number:,} of {len(work):,} objects fetched")
        finally:
            index.commit()
    if work:
        # So that the next build sees by their times that the files are unchanged, and need not hash them.
        time.sleep(MARGIN_NS / 1e9)


def _is_wanted(url: str, name: str) -> bool:
    """Whether a build would look at the object.

    Raises:
        StoreError: Its name cannot be that of a file below a folder.
    """
    parts = name.split("/")
    if "\0" in name or any(part in {"", ".", ".."} or len(part.encode()) > 240 for part in parts):
        raise StoreError(
            f"{url}: the object {name!r} cannot become a file below a folder: a part of its name is empty, a dot, two "
            f"dots or too long; rename it, or name a folder without it"
        )
    return parts[-1] == NAME or may_be_article(PurePosixPath(name))


def _refuse_clashes(url: str, listing: Mapping[str, Listed]) -> None:
    for name in listing:
        for folder in PurePosixPath(name).parents:
            if folder.as_posix() in listing:
                raise StoreError(f"{url}: {folder} is an object, and {name} lies below it; rename one of the two")


def _remove_others(files: Path, listing: Mapping[str, Listed]) -> int:
    """Deletes the files of objects that are gone, and folders left empty; returns how many files there were."""
    gone = [path for path in files.rglob("*") if path.is_file() and path.relative_to(files).as_posix() not in listing]
    for path in gone:
        path.unlink()
    for folder in sorted((path for path in files.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return len(gone)


def _is_here(path: Path, listed: Listed, mark: Mark | None) -> bool:
    """Whether the file is what was fetched, and the object still what it was then."""
    if mark is None or mark.identity != listed.identity or not path.is_file():
        return False
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (mark.size, mark.mtime_ns)


def _fetched(store: Store, files: Path, work: Mapping[str, Listed]) -> Iterator[tuple[str, Mark | None]]:
    return at_once(lambda name: _fetch(store, name, files, work[name]), work)


def _fetch(store: Store, name: str, files: Path, listed: Listed) -> Mark | None:
    """Fetches an object; None if it vanished since it was listed."""
    path = files / name
    for _ in range(_TRIES):
        try:
            store.fetch(name, path, listed)
        except ObjectGoneError:
            path.unlink(missing_ok=True)
            return None
        except ConflictError:
            listed = store.listing(name).get(name, listed)
        else:
            status = path.stat()
            return Mark(listed.identity, status.st_size, status.st_mtime_ns)
    raise StoreError(
        f"{store.url}/{name}: was written anew each time it was fetched; let the program that writes it finish"
    )


def _known(index: sqlite3.Connection, path: Path) -> dict[str, Mark]:
    try:
        index.execute(
            "CREATE TABLE IF NOT EXISTS fetched (name TEXT PRIMARY KEY, identity TEXT, size INT, mtime_ns INT)"
        )
        return {name: Mark(*mark) for name, *mark in index.execute("SELECT * FROM fetched")}
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; delete this file, and everything is fetched again") from error


def _note(index: sqlite3.Connection, name: str, mark: Mark | None) -> None:
    if mark:
        index.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?)", (name, *mark))
    else:
        index.execute("DELETE FROM fetched WHERE name = ?", (name,))
