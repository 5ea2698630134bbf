"""Raw articles of a store as a folder: only what is new is fetched, and nothing is left that is gone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from faulty import Crash, FaultyFileSystem

from flows.stores import mirror
from flows.stores.errors import StoreError
from flows.stores.mirror import mirrored
from flows.stores.store import Store
from flows.tables.locking import LockedError

pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.usefixtures("no_wait")]


def bring(url: str, cache: Path) -> dict[str, str]:
    with mirrored(url, cache, 0, lambda words: None) as folder:
        return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def put(url: str, **files: str) -> None:
    store = Store(url)
    for name, text in files.items():
        store.filesystem.pipe_file(store.path(name.replace("__", "/") + ".txt"), text.encode())


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what is fetched, while it is fetched for real."""
    names: list[str] = []
    real = Store.fetch

    def noted(self: Store, name: str, *args: Any) -> None:
        names.append(name)
        real(self, name, *args)

    monkeypatch.setattr(Store, "fetch", noted)
    return names


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "s3":
        return f"s3://{request.getfixturevalue('bucket')}/raw"
    return str(request.getfixturevalue("memory"))


@pytest.fixture
def faulty() -> str:
    FaultyFileSystem.set(None)
    FaultyFileSystem.store.clear()
    return "faulty://raw"


def test_only_what_is_new_or_changed_is_fetched(url, fetched, tmp_path):
    put(url, one="1", tass__two="2", tass__deep__three="3")
    assert bring(url, tmp_path) == {"one.txt": "1", "tass/two.txt": "2", "tass/deep/three.txt": "3"}
    assert len(fetched) == 3
    fetched.clear()
    assert len(bring(url, tmp_path)) == 3
    assert fetched == []

    put(url, tass__two="changed", four="4")
    Store(url).remove("tass/deep/three.txt")
    assert bring(url, tmp_path) == {"one.txt": "1", "tass/two.txt": "changed", "four.txt": "4"}
    assert sorted(fetched) == ["four.txt", "tass/two.txt"]
    assert not list(tmp_path.rglob("deep"))


def test_the_same_size_at_another_time_is_a_change(url, tmp_path):
    put(url, one="old")
    bring(url, tmp_path)
    put(url, one="new")
    assert bring(url, tmp_path) == {"one.txt": "new"}


def test_what_became_a_folder_or_a_file(url, tmp_path):
    store = Store(url)
    put(url, name="file")
    bring(url, tmp_path)
    store.remove("name.txt")
    store.filesystem.pipe_file(store.path("name.txt/inner.txt"), b"below")
    assert bring(url, tmp_path) == {"name.txt/inner.txt": "below"}
    store.remove("name.txt/inner.txt")
    put(url, name="file")
    assert bring(url, tmp_path) == {"name.txt": "file"}


def test_what_somebody_did_to_the_folder_is_undone(url, fetched, tmp_path):
    put(url, one="1", two="2", three="3")
    bring(url, tmp_path)
    files = next(tmp_path.rglob("one.txt")).parent
    (files / "one.txt").write_text("spoilt")
    (files / "two.txt").unlink()
    (files / "four.txt").write_text("nobody put it into the store")
    fetched.clear()
    assert bring(url, tmp_path) == {"one.txt": "1", "two.txt": "2", "three.txt": "3"}
    assert sorted(fetched) == ["one.txt", "two.txt"]


def test_nothing_there(url, tmp_path):
    assert bring(url, tmp_path) == {}


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "./one.txt", "a//b.txt", "a\0b.txt", "x" * 250])
def test_a_name_that_cannot_be_a_file_is_refused(faulty, tmp_path, name):
    FaultyFileSystem().pipe_file("/raw/good.txt", b"good")
    FaultyFileSystem.store[f"/raw/{name}"] = FaultyFileSystem.store["/raw/good.txt"]
    with pytest.raises(StoreError, match=r"cannot become a file below a folder.* rename it"):
        bring(faulty, tmp_path / "cache")
    assert not list(tmp_path.rglob("*.txt"))


def test_an_object_that_is_a_folder_too_is_refused(bucket, tmp_path):
    put(f"s3://{bucket}", **{"a": "1", "a.txt__b": "2"})
    with pytest.raises(StoreError, match=r"a.txt is an object, and a.txt/b.txt lies below it; rename one"):
        bring(f"s3://{bucket}", tmp_path)


def test_a_url_that_is_an_object_is_refused(url, tmp_path):
    put(url, one="1")
    with pytest.raises(StoreError, match="is an object; name the folder"):
        bring(f"{url}/one.txt", tmp_path)


def test_only_what_a_build_reads_is_fetched(url, fetched, tmp_path):
    store = Store(url)
    for name in (".hidden", "README.md", "metadata.csv", "a/metadata.csv", "story.txt"):
        store.filesystem.pipe_file(store.path(name), b"x")
    bring(url, tmp_path)
    assert sorted(fetched) == ["a/metadata.csv", "metadata.csv", "story.txt"]


def before_fetching(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    real = FaultyFileSystem.get_file

    def get_file(self: FaultyFileSystem, rpath: str, lpath: str, **kwargs: Any) -> None:
        act(rpath)
        real(self, rpath, lpath, **kwargs)

    monkeypatch.setattr(FaultyFileSystem, "get_file", get_file)


def test_an_object_that_vanishes_after_it_was_listed(faulty, tmp_path, monkeypatch):
    put(faulty, one="1", two="2")
    bring(faulty, tmp_path)
    put(faulty, one="changed")
    before_fetching(monkeypatch, FaultyFileSystem.store.pop)
    assert bring(faulty, tmp_path) == {"two.txt": "2"}


def test_an_object_that_changes_after_it_was_listed(faulty, tmp_path, monkeypatch):
    put(faulty, one="1")
    changes = iter(["longer", "longest"])
    before_fetching(monkeypatch, lambda path: put(faulty, one=next(changes, "longest")))
    assert bring(faulty, tmp_path) == {"one.txt": "longest"}


def test_a_large_object_that_changes_without_changing_its_size(faulty, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.stores.store._ONE_REQUEST_BYTES", 3)
    put(faulty, one="first")
    changes = iter(["other"])

    def change(path: str) -> None:
        if text := next(changes, None):
            put(faulty, one=text)

    before_fetching(monkeypatch, change)
    assert bring(faulty, tmp_path) == {"one.txt": "other"}


def test_an_object_that_always_changes(faulty, tmp_path, monkeypatch):
    put(faulty, one="1")
    texts = iter("2" * size for size in range(2, 100))
    before_fetching(monkeypatch, lambda path: put(faulty, one=next(texts)))
    with pytest.raises(StoreError, match="was written anew each time"):
        bring(faulty, tmp_path)


def test_a_fetching_that_stops_goes_on(faulty, fetched, tmp_path, monkeypatch):
    names = {f"story{number:02d}": str(number) for number in range(40)}
    put(faulty, **names)
    count = []

    def crash(path: str) -> None:
        count.append(path)
        if len(count) > 20:
            raise Crash

    with monkeypatch.context() as patch:
        before_fetching(patch, crash)
        with pytest.raises(Crash):
            bring(faulty, tmp_path)
    fetched.clear()
    assert bring(faulty, tmp_path) == {f"{name}.txt": text for name, text in names.items()}
    assert 20 <= len(fetched) < 40


def test_a_damaged_index_says_what_to_do(url, tmp_path):
    put(url, one="1")
    bring(url, tmp_path)
    index = next(tmp_path.rglob("fetched.db"))
    index.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreError, match=r"fetched.db: .*; delete this file"):
        bring(url, tmp_path)
    index.unlink()
    assert bring(url, tmp_path) == {"one.txt": "1"}


def test_two_builds_read_the_same_articles_one_after_the_other(url, tmp_path):
    put(url, one="1")
    with mirrored(url, tmp_path, 0, lambda words: None), pytest.raises(LockedError):
        bring(url, tmp_path)


def test_what_was_fetched_looks_old_enough_to_the_next_build(url, tmp_path, monkeypatch):
    """So that a build that finds nothing new need not hash it."""
    monkeypatch.setattr(mirror, "MARGIN_NS", 50_000_000)
    put(url, one="1")
    with mirrored(url, tmp_path, 0, lambda words: None) as folder:
        status = (folder / "one.txt").stat()
        assert max(status.st_mtime_ns, status.st_ctime_ns) < time.time_ns() - 50_000_000
