"""Publishing to a store that fails at any write, on machines that come and go, beside other builds."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pytest
from botocore.exceptions import EndpointConnectionError
from faulty import Crash, FaultyFileSystem

from flows.stores.copies import reading_copy, working_copy
from flows.stores.errors import StoreError
from flows.stores.publishing import ForeignVersionError, finish
from flows.stores.snapshot import OBJECTS, SNAPSHOT, read_snapshot
from flows.stores.store import Store
from flows.tables.versions import VERSION

pytestmark = pytest.mark.filterwarnings("default")

Files = dict[str, bytes]

OLD: Files = {
    "statements/2021.parquet": b"old 2021",
    "statements/2022.parquet": b"same 2022",
    "articles/2021.parquet": b"articles 2021",
    "speakers.parquet": b"old speakers",
    VERSION: b"version 1",
    ".versions/1/statements/2021.parquet": b"old 2021",
    ".versions/1/statements/2022.parquet": b"same 2022",
    f".versions/1/{VERSION}": b"version 1",
}
NEW: Files = {
    "statements/2022.parquet": b"same 2022",
    "statements/2023.parquet": b"new 2023",
    "articles/2023.parquet": b"articles 2023",
    "speakers.parquet": b"new speakers",
    "report/index.html": b"<p>new",
    VERSION: b"version 2",
    ".versions/2/statements/2023.parquet": b"new 2023",
    ".versions/2/statements/2022.parquet": b"same 2022",
    ".versions/2/speakers.parquet": b"new speakers",
    f".versions/2/{VERSION}": b"version 2",
}
SNAPSHOT_IS_WRITTEN = 6
"""Publishing the new files after the old ones puts five new objects, and then the snapshot."""

NEWER: Files = {**NEW, "speakers.parquet": b"newer speakers", VERSION: b"version 3"}


def silent(words: str) -> None:
    """Takes what would be logged."""


def write(folder: Path, files: Files) -> None:
    """What a build does: every file is replaced as a whole."""
    for path in [each for each in folder.rglob("*") if each.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "draft").write_bytes(content)
            (folder / "draft").replace(folder / name)


def read(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def publish(url: str, cache: Path, files: Files, meanwhile: Callable[[], None] = lambda: None) -> None:
    with working_copy(url, cache, 0, silent) as folder:
        write(folder, files)
        meanwhile()


def published(url: str, cache: Path) -> Files:
    """What somebody sees who goes by the snapshot."""
    shutil.rmtree(cache, ignore_errors=True)
    with reading_copy(url, cache, 0, silent) as folder:
        return read(folder)


def for_readers(files: Files) -> Files:
    return {path: content for path, content in files.items() if not path.startswith(".versions/")}


@lru_cache
def store_of(url: str) -> Store:
    """To look into a store; a new one takes a while to connect."""
    return Store(url)


def named(url: str) -> Files:
    """What somebody sees who goes by names."""
    store = store_of(url)
    return {name: store.read(name) for name in store.listing() if not name.startswith(".store/")}


def refuse_leftovers(url: str) -> None:
    """Every object is needed, nothing is pending, and each content is stored once."""
    store = store_of(url)
    snapshot, _ = read_snapshot(store)
    assert snapshot.pending == ()
    needed = {f"{OBJECTS}/{file.stored}" for file in snapshot.files.values()}
    assert set(store.listing(".store")) == {SNAPSHOT, *needed}
    assert len(needed) == len({file.sha256 for file in snapshot.files.values()})


@dataclass
class Scene:
    """A store in which the old files are published, by a machine whose cache is kept."""

    url: str
    cache: Path
    objects: dict[str, object]

    def again(self, cache: Path) -> Path:
        """The same state again, and a copy of the cache."""
        FaultyFileSystem.set(None)
        FaultyFileSystem.store.clear()
        FaultyFileSystem.store.update(self.objects)
        shutil.rmtree(cache, ignore_errors=True)
        return Path(shutil.copytree(self.cache, cache, symlinks=True))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    FaultyFileSystem.set(None)
    FaultyFileSystem.store.clear()
    publish("faulty://tables", tmp_path / "first", OLD)
    yield Scene("faulty://tables", tmp_path / "first", dict(FaultyFileSystem.store))
    FaultyFileSystem.set(None)
    FaultyFileSystem.store.clear()


def writes_of(action: Callable[[], object]) -> int:
    FaultyFileSystem.set(None)
    action()
    return FaultyFileSystem.writes


@pytest.mark.parametrize("machine", ["the same machine", "another machine"])
@pytest.mark.parametrize("after", [False, True], ids=["before it happens", "when only the answer is lost"])
def test_whole_and_mended_wherever_a_publication_stops(scene, tmp_path, after, machine):
    url = scene.url
    cache = scene.again(tmp_path / "cache")
    total = writes_of(lambda: publish(url, cache, NEW))
    # Five new objects and the snapshot; four names copied, two removed; four old objects; the snapshot.
    assert total >= 17
    seen: Counter[str] = Counter()
    for step in range(1, total + 1):
        cache = scene.again(tmp_path / "cache")
        FaultyFileSystem.set(step, [OSError, Crash][step % 2], after=after)
        with suppress(StoreError, Crash):
            publish(url, cache, NEW)
        FaultyFileSystem.set(None)

        found = published(url, tmp_path / "reader")
        assert found in (OLD, NEW)
        seen["new" if found == NEW else "old"] += 1
        for path, content in named(url).items():
            assert content in (OLD.get(path), NEW.get(path)), path
        assert named(url).keys() >= OLD.keys() & for_readers(NEW).keys()

        if machine == "another machine":
            shutil.rmtree(cache)
        with working_copy(url, cache, 0, silent) as folder:
            # What this machine built is still there; another one goes on from what is published.
            assert read(folder) == (NEW if machine == "the same machine" else found)
            write(folder, NEW)
        assert published(url, tmp_path / "reader") == NEW
        assert named(url) == for_readers(NEW)
        refuse_leftovers(url)
    assert min(seen.values()) >= 5


def test_finishing_stops_too(scene, tmp_path):
    """The mending of an interrupted publication is interrupted itself, at every write."""
    url = scene.url
    cache = scene.again(tmp_path / "cache")
    for step in range(1, 100):
        cache = scene.again(tmp_path / "cache")
        FaultyFileSystem.set(SNAPSHOT_IS_WRITTEN + 2, Crash)
        with pytest.raises(Crash):
            publish(url, cache, NEW)
        assert published(url, tmp_path / "reader") == NEW
        FaultyFileSystem.set(step, Crash)
        try:
            publish(url, cache, NEW)
        except Crash:
            FaultyFileSystem.set(None)
        else:
            break
        assert published(url, tmp_path / "reader") == NEW
        publish(url, tmp_path / "other", NEW)
        shutil.rmtree(tmp_path / "other")
        assert named(url) == for_readers(NEW)
        refuse_leftovers(url)
    assert step >= 10


def test_the_library_asks_twice_since_the_first_answer_was_lost(scene, tmp_path):
    """The second time the snapshot is there already: it is our own."""
    cache = scene.again(tmp_path / "cache")
    last = writes_of(lambda: publish(scene.url, cache, NEW))
    for step in (SNAPSHOT_IS_WRITTEN, last):
        cache = scene.again(tmp_path / "cache")
        FaultyFileSystem.set(step, FileExistsError, after=True, once=True)
        publish(scene.url, cache, NEW)
        assert named(scene.url) == for_readers(NEW)
        refuse_leftovers(scene.url)
        with working_copy(scene.url, cache, 0, silent) as folder:
            assert read(folder) == NEW


@pytest.mark.parametrize("step", [3, SNAPSHOT_IS_WRITTEN, SNAPSHOT_IS_WRITTEN + 3])
def test_a_bucket_is_whole_and_mended_too(bucket, tmp_path, monkeypatch, step):
    from s3fs import S3FileSystem

    url = f"s3://{bucket}/tables"
    publish(url, tmp_path / "one", OLD)
    asked: list[str] = []
    real = S3FileSystem._call_s3

    async def unreachable(self: S3FileSystem, method: str, *args: object, **kwargs: object) -> object:
        if method in {"put_object", "copy_object", "delete_object"}:
            asked.append(method)
            if len(asked) >= step:
                raise EndpointConnectionError(endpoint_url="http://127.0.0.1")
        return await real(self, method, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(S3FileSystem, "_call_s3", unreachable)
        with pytest.raises(StoreError, match="not reachable"):
            publish(url, tmp_path / "one", NEW)
    assert published(url, tmp_path / "reader") == (NEW if step > SNAPSHOT_IS_WRITTEN else OLD)
    publish(url, tmp_path / "two", NEW)
    assert published(url, tmp_path / "reader") == NEW
    assert named(url) == for_readers(NEW)
    refuse_leftovers(url)


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "s3":
        return f"s3://{request.getfixturevalue('bucket')}/tables"
    return str(request.getfixturevalue("memory"))


def test_what_is_published_unchanged_is_not_sent(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    first, identity = read_snapshot(store_of(url))
    publish(url, tmp_path / "one", OLD)
    assert read_snapshot(store_of(url)) == (first, identity)
    publish(url, tmp_path / "one", NEW)
    second, _ = read_snapshot(store_of(url))
    path = "statements/2022.parquet"
    assert second.files[path].stored == first.files[path].stored
    refuse_leftovers(url)


def test_a_lost_cache_is_restored(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    with working_copy(url, tmp_path / "two", 0, silent) as folder:
        assert read(folder) == OLD
        inode = (folder / "statements/2021.parquet").stat().st_ino
        assert (folder / ".versions/1/statements/2021.parquet").stat().st_ino == inode
        write(folder, NEW)
    assert published(url, tmp_path / "reader") == NEW
    # The first machine goes on from what the second one published.
    with working_copy(url, tmp_path / "one", 0, silent) as folder:
        assert read(folder) == NEW


def test_a_restoring_that_stops_is_begun_again(scene, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    fetched = FaultyFileSystem.get_file
    for stop in range(1, 5):
        shutil.rmtree(cache, ignore_errors=True)
        count = [0]

        def failing(self, rpath, lpath, count=count, stop=stop, **kwargs):
            count[0] += 1
            if count[0] >= stop:
                raise Crash
            return fetched(self, rpath, lpath, **kwargs)

        monkeypatch.setattr(FaultyFileSystem, "get_file", failing)
        with pytest.raises(Crash), working_copy(scene.url, cache, 0, silent):
            pass
        monkeypatch.setattr(FaultyFileSystem, "get_file", fetched)
        with working_copy(scene.url, cache, 0, silent) as folder:
            assert read(folder) == OLD


def test_another_build_published_meanwhile(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    with pytest.raises(ForeignVersionError, match=r"publication 2 was made by another build .* build again"):
        publish(url, tmp_path / "one", NEW, meanwhile=lambda: publish(url, tmp_path / "two", NEWER))
    assert published(url, tmp_path / "reader") == NEWER
    assert named(url) == for_readers(NEWER)
    with working_copy(url, tmp_path / "one", 0, silent) as folder:
        assert read(folder) == NEWER
        write(folder, NEW)
    assert named(url) == for_readers(NEW)
    refuse_leftovers(url)


def test_two_first_publications(url, tmp_path):
    with pytest.raises(ForeignVersionError):
        publish(url, tmp_path / "one", NEW, meanwhile=lambda: publish(url, tmp_path / "two", OLD))
    assert named(url) == for_readers(OLD)


def test_a_late_finish_does_not_bring_old_names_back(scene, tmp_path):
    """A build hangs after its snapshot; another machine finishes it and publishes more; the first one wakes up."""
    url = scene.url
    cache = scene.again(tmp_path / "cache")
    FaultyFileSystem.set(SNAPSHOT_IS_WRITTEN + 2, Crash)
    with pytest.raises(Crash):
        publish(url, cache, NEW)
    FaultyFileSystem.set(None)
    late = Store(url)
    snapshot, identity = read_snapshot(late)
    assert snapshot.pending
    assert identity
    publish(url, tmp_path / "other", NEWER)
    finish(late, snapshot, identity)
    assert named(url) == for_readers(NEWER)
    refuse_leftovers(url)


def at_the_first_copy(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Does something once, just before an object is copied to a name that readers know."""
    left, real = [act], FaultyFileSystem.cp_file

    def cp_file(self: FaultyFileSystem, path1: str, path2: str, **kwargs: object) -> None:
        with once:
            action = left.pop() if left else None
        if action:
            action()
        real(self, path1, path2, **kwargs)

    once = Lock()
    monkeypatch.setattr(FaultyFileSystem, "cp_file", cp_file)


def test_another_build_goes_on_while_this_one_copies(scene, tmp_path, monkeypatch):
    url, cache = scene.url, scene.again(tmp_path / "cache")
    at_the_first_copy(monkeypatch, lambda: publish(url, tmp_path / "other", NEWER))
    publish(url, cache, NEW)
    assert named(url) == for_readers(NEWER)
    refuse_leftovers(url)
    with working_copy(url, cache, 0, silent) as folder:
        assert read(folder) == NEWER
    assert published(url, tmp_path / "reader") == NEWER


def test_another_build_goes_on_while_this_one_finishes(scene, tmp_path, monkeypatch):
    url, cache = scene.url, scene.again(tmp_path / "cache")
    FaultyFileSystem.set(SNAPSHOT_IS_WRITTEN + 2, Crash)
    with pytest.raises(Crash):
        publish(url, cache, NEW)
    FaultyFileSystem.set(None)
    at_the_first_copy(monkeypatch, lambda: publish(url, tmp_path / "other", NEWER))
    with working_copy(url, cache, 0, silent) as folder:
        assert read(folder) == NEWER
    assert named(url) == for_readers(NEWER)
    refuse_leftovers(url)


def test_half_of_what_is_not_published_any_more_is_not_built_on(scene, tmp_path, monkeypatch):
    """The working copy is brought to another machine's publication, and stops; then the store is emptied."""
    url, cache = scene.url, scene.again(tmp_path / "cache")
    publish(url, tmp_path / "other", NEW)

    def failing(*args: object, **kwargs: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(FaultyFileSystem, "get_file", failing)
        with pytest.raises(Crash):
            publish(url, cache, NEW)
    FaultyFileSystem.store.clear()
    with working_copy(url, cache, 0, silent) as folder:
        assert read(folder) == {}


def test_a_place_with_other_objects_is_refused(url, tmp_path):
    store_of(url).replace("letters/mine.txt", b"dear", None)
    with pytest.raises(StoreError, match=r"not published by this package, such as letters/mine.txt; name an empty"):
        publish(url, tmp_path / "one", OLD)
    assert named(url) == {"letters/mine.txt": b"dear"}


def test_an_emptied_store_is_filled_again(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    store = store_of(url)
    for name in store.listing():
        store.remove(name)
    with working_copy(url, tmp_path / "one", 0, silent) as folder:
        assert read(folder) == OLD
    assert named(url) == for_readers(OLD)


def test_damaged_bytes_are_refused(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    store = store_of(url)
    snapshot, _ = read_snapshot(store)
    name = f"{OBJECTS}/{snapshot.files['speakers.parquet'].stored}"
    store.replace(name, b"something else", store.identity(name))
    with pytest.raises(StoreError, match="its bytes are not those that were published"):
        published(url, tmp_path / "reader")


def test_a_snapshot_that_cannot_be_read_is_refused(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    store = store_of(url)
    for content, complaint in ((b"{", "damaged"), (b'{"form": 2}', "later version"), (b"[]", "damaged")):
        store.replace(SNAPSHOT, content, store.identity(SNAPSHOT))
        with pytest.raises(StoreError, match=complaint):
            publish(url, tmp_path / "one", OLD)


def test_readers_only_fetch_what_they_want(url, tmp_path):
    publish(url, tmp_path / "one", OLD)
    wanted = {"speakers.parquet", VERSION}
    for _ in range(2):
        with reading_copy(url, tmp_path / "reader", 0, silent, lambda path: path == "speakers.parquet") as folder:
            assert read(folder).keys() == wanted
    publish(url, tmp_path / "one", NEW)
    with reading_copy(url, tmp_path / "reader", 0, silent, lambda path: path == "speakers.parquet") as folder:
        assert read(folder) == {path: NEW[path] for path in wanted}
    with reading_copy(url, tmp_path / "reader", 0, silent) as folder:
        assert read(folder) == NEW
    with reading_copy(url, tmp_path / "reader", 0, silent, lambda path: path == "speakers.parquet") as folder:
        # What somebody else wanted stays, and need not be fetched again.
        assert read(folder) == NEW
