"""The tables of a store as a folder of this machine: to build in, or only to read.

<cache>/curated/<url>/tables/       the working copy: a published folder like any other, with all its guarantees
<cache>/curated/<url>/base.json     the snapshot that it goes on from
<cache>/curated/<url>/digests.json  digests of its files, by what tells that a file is unchanged
<cache>/reading/<url>/...           the same for whoever only reads, so that no build is in the way
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flows.stores.errors import ObjectGoneError, StoreError
from flows.stores.mirror import Tell
from flows.stores.places import home_of
from flows.stores.publishing import finish, publish
from flows.stores.snapshot import OBJECTS, OURS, SNAPSHOT, Snapshot, StoredFile, from_json, read_snapshot
from flows.stores.store import Store, at_once
from flows.tables.durability import sync
from flows.tables.locking import LOCK, locked
from flows.tables.publishing import JOURNAL
from flows.tables.staging import STAGING
from flows.tables.versions import VERSION

_TRIES: Final = 3


@contextmanager
def working_copy(url: str, cache: Path, patience: float, tell: Tell) -> Iterator[Path]:
    """The tables of a URL as a folder to build in; what changed there is published to the URL at the end.

    After an error nothing is published. What was built stays in the folder, and the next build publishes it, unless
    somebody else published to the URL meanwhile.

    Args:
        url: URL of the tables.
        cache: Folder for what is kept of stores.
        patience: Seconds to wait for another build on this machine.
        tell: Takes lines for the log.

    Raises:
        StoreError: The store fails, or holds something else under the URL.
        ForeignVersionError: Somebody else published to the URL meanwhile.
        LockedError: Another build on this machine still works on them when patience is over.
        OSError: The disk fails.
    """
    home = home_of(url, cache, "curated")
    with locked(home, patience):
        copy = _Copy(Store(url), home, tell)
        copy.bring()
        yield copy.tree
        copy.publish()


@contextmanager
def reading_copy(
    url: str, cache: Path, patience: float, tell: Tell, wanted: Callable[[str], bool] = lambda path: True
) -> Iterator[Path]:
    """The tables of a URL as a folder to read, as they are published now.

    Args:
        url: URL of the tables.
        cache: Folder for what is kept of stores.
        patience: Seconds to wait for somebody else who reads them on this machine.
        tell: Takes lines for the log.
        wanted: Which files are needed besides what says which version it is, by their paths below `curated/`.

    Raises:
        StoreError: The store fails.
        LockedError: Somebody else on this machine still reads them when patience is over.
        OSError: The disk fails.
    """
    home = home_of(url, cache, "reading")
    with locked(home, patience):
        store = Store(url)
        tree = _Tree(home, store, tell)
        for left in range(_TRIES, 0, -1):
            snapshot, identity = read_snapshot(store)
            if identity is None:
                store.listing(OURS)  # Says so if there is no such bucket.
            files = {path: file for path, file in snapshot.files.items() if path == VERSION or wanted(path)}
            try:
                tree.become(files, wanted)
                break
            except ObjectGoneError:
                # Publications went on meanwhile, and this snapshot is no longer kept.
                if left == 1:
                    raise
        yield tree.folder


@dataclass(slots=True)
class _Tree:
    """A folder that becomes what a snapshot says."""

    home: Path
    store: Store
    tell: Tell

    @property
    def folder(self) -> Path:
        """The folder itself."""
        return self.home / "tables"

    def digests(self) -> dict[str, str]:
        """SHA-256 of each file by its path; files that were seen before are not read again."""
        note = self.home / "digests.json"
        known: dict[str, str] = _read_json(note) or {}
        seen: dict[str, str] = {}
        found = {}
        for path in self._files():
            status = path.stat()
            # A published file is never written into, so these three tell that it is the same, under any name.
            mark = f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
            seen[mark] = seen.get(mark) or known.get(mark) or _sha256(path)
            found[path.relative_to(self.folder).as_posix()] = seen[mark]
        if seen != known:
            _write_json(note, seen)
        return found

    def become(self, files: dict[str, StoredFile], concerned: Callable[[str], bool] = lambda path: True) -> None:
        """Makes the folder hold these files, and no other that is concerned; fetches what is not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        here = self.digests()
        wrong = {path: file for path, file in files.items() if here.get(path) != file.sha256}
        pool = self.home / "pool"
        pool.mkdir(exist_ok=True)
        kept = {sha256: path for path, sha256 in here.items()}
        missing: dict[str, StoredFile] = {}
        for file in wrong.values():
            if file.sha256 in kept:
                _link(self.folder / kept[file.sha256], pool / file.sha256)
            elif not (pool / file.sha256).exists():
                missing[file.sha256] = file
        self._fetch(missing, pool)
        for path, file in wrong.items():
            _link(pool / file.sha256, self.folder / path)
        for path in here.keys() - files.keys():
            if concerned(path):
                (self.folder / path).unlink()
        _drop_empty(self.folder)
        shutil.rmtree(pool)

    def _fetch(self, missing: dict[str, StoredFile], pool: Path) -> None:
        if missing:
            size = sum(file.size for file in missing.values())
            self.tell(f"{self.store.url}: {len(missing):,} objects of the tables to fetch ({size:,} bytes)")

        def fetch(sha256: str) -> None:
            name, draft = f"{OBJECTS}/{missing[sha256].stored}", pool / f"{sha256}.draft"
            self.store.fetch(name, draft)
            if _sha256(draft) != sha256:
                raise StoreError(f"{self.store.url}/{name}: its bytes are not those that were published")
            draft.rename(pool / sha256)

        for _ in at_once(fetch, missing):
            pass

    def _files(self) -> list[Path]:
        left_out = {self.folder / LOCK, self.folder / JOURNAL}
        staging = self.folder / STAGING
        found = [path for path in self.folder.rglob("*") if path.is_file() and staging not in path.parents]
        return sorted(path for path in found if path not in left_out)


@dataclass(slots=True)
class _Copy:
    """A working copy, and the snapshot that it goes on from."""

    store: Store
    home: Path
    tell: Tell
    base: Snapshot = field(default_factory=Snapshot)
    identity: str | None = None

    @property
    def tree(self) -> Path:
        """Folder of the tables."""
        return self._tree.folder

    @property
    def _tree(self) -> _Tree:
        return _Tree(self.home, self.store, self.tell)

    @property
    def _note(self) -> Path:
        return self.home / "base.json"

    def bring(self) -> None:
        """Brings the working copy to what is published, unless it goes on from there already."""
        known = self._known()
        self.identity = self.store.identity(SNAPSHOT)
        if self.identity is None:
            self._begin(known)
        elif known is None or known[1] != self.identity:
            self._become_published()
        else:
            self.base = known[0]
        while self.identity is not None and self.base.pending:
            self.tell(f"{self.store.url}: publication {self.base.number} was interrupted and is finished now")
            found, self.identity = finish(self.store, self.base, self.identity)
            if found.publication != self.base.publication:
                self._become_published()
            else:
                self.base = found
        self.tree.mkdir(exist_ok=True)
        self._remember()

    def publish(self) -> None:
        """Publishes the working copy if it is not what is published."""
        digests = self._tree.digests()
        if digests == self.base.digests():
            return
        self.base, self.identity = publish(self.tree, digests, self.store, self.base, self.identity, self.tell)
        if self.base.digests() != digests:
            # Another build went on from what was published here; the next one on this machine does from that.
            self._note.unlink()
            return
        self._remember()
        self.tell(f"{self.store.url}: publication {self.base.number} is complete")

    def _begin(self, known: tuple[Snapshot, str | None] | None) -> None:
        """Nothing is published: what an earlier build left in the working copy is what will be."""
        others = [name for name in self.store.listing() if not name.startswith(f"{OURS}/")]
        if others:
            raise StoreError(
                f"{self.store.url}: holds objects that were not published by this package, such as {others[0]}; name "
                f"an empty place with --curated, or delete them"
            )
        if known is None and self.tree.exists():
            # Half of what is not published any more.
            shutil.rmtree(self.tree)

    def _become_published(self) -> None:
        self.base, self.identity = read_snapshot(self.store)
        self.tell(f"{self.store.url}: the working copy becomes publication {self.base.number}")
        self._note.unlink(missing_ok=True)
        for left in (self.tree / JOURNAL, self.tree / f"{JOURNAL}.draft"):
            left.unlink(missing_ok=True)
        shutil.rmtree(self.tree / STAGING, ignore_errors=True)
        self._tree.become(dict(self.base.files))

    def _known(self) -> tuple[Snapshot, str | None] | None:
        note = _read_json(self._note)
        if note is None or not self.tree.is_dir():
            return None
        try:
            return from_json(note["snapshot"].encode(), str(self._note)), note["identity"]
        except (KeyError, StoreError):
            # Written by another version of this package: what is published decides.
            return None

    def _remember(self) -> None:
        _write_json(self._note, {"identity": self.identity, "snapshot": self.base.as_json().decode()})


def _read_json(path: Path) -> dict[str, str] | None:
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def _write_json(path: Path, content: object) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content), encoding="utf-8")
    sync(draft)
    draft.replace(path)


def _link(old: Path, new: Path) -> None:
    """Puts a file under another name too, in one step."""
    new.parent.mkdir(parents=True, exist_ok=True)
    draft = new.with_name(f".{new.name}.link")
    draft.unlink(missing_ok=True)
    try:
        os.link(old, draft)
    except OSError:
        shutil.copy2(old, draft)
    draft.replace(new)


def _drop_empty(folder: Path) -> None:
    for path in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
