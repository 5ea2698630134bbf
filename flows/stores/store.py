"""A folder of objects behind a URL, reached by fsspec: listed, fetched, put, copied and removed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from flows.stores.errors import ConflictError, ObjectGoneError, StoreError, plainly_said
from flows.tables.durability import sync

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE: Final = 16
"""Requests that are on their way at the same time: each waits for the network most of its time."""

_WINDOW: Final = 1_000
_ONE_REQUEST_BYTES: Final = 4_000_000
"""No store's library fetches less than this in several requests, between which an object could change."""

# The first that a store tells decides; an ETag changes with the bytes, a time with every writing.
_TELLING: Final = (
    "ETag",
    "etag",
    "md5Hash",
    "generation",
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "created",
)


class Listed(NamedTuple):
    """An object as a listing shows it: its bytes, and what changes when it is written anew."""

    size: int
    identity: str


class Store:
    """A folder of objects.

    Args:
        url: Its URL, such as `s3://bucket/raw`. Credentials and addresses come from where the store's library looks
            for them: the environment, its own files.

    Raises:
        StoreError: No library for such URLs is installed.
    """

    def __init__(self, url: str) -> None:
        # fsspec is only waited for where there is a URL.
        from fsspec.core import url_to_fs  # noqa: PLC0415

        self.url = url
        try:
            # A session of its own, which knows the credentials of now; and no listing from yesterday.
            found: tuple[Any, str] = url_to_fs(url, skip_instance_cache=True, use_listings_cache=False)
        except ImportError as error:
            scheme = url.partition("://")[0]
            extra = "pip install 'diplomatic-statements[s3]'" if scheme in {"s3", "s3a"} else str(error)
            raise StoreError(f"{url}: the library for {scheme} URLs is not installed; {extra}") from error
        except ValueError as error:
            raise StoreError(f"{url}: {error}; give a folder, or a URL such as s3://bucket/raw") from error
        self.filesystem, self._root = found
        self._root = self._root.rstrip("/")

    def path(self, name: str) -> str:
        """An object's path as the store's library knows it, from its name below the folder."""
        return f"{self._root}/{name}"

    def listing(self, below: str = "") -> dict[str, Listed]:
        """All objects by their names, or those below a folder of it; markers of empty folders are left out.

        Raises:
            ObjectGoneError: There is no such bucket.
            StoreError: The store cannot be listed, or the URL is an object.
        """
        with plainly_said(self.url):
            found: Mapping[str, Any] = self.filesystem.find(self.path(below).rstrip("/"), detail=True)
        if any(path == self._root and self._root for path in found):
            raise StoreError(f"{self.url}: is an object; name the folder that it lies in")
        start = len(self._root) + 1
        return {
            path[start:]: self._listed(info)
            for path, info in found.items()
            if info["type"] == "file" and not path.endswith("/")
        }

    def identity(self, name: str) -> str | None:
        """What changes when an object is written anew; None where it is not there."""
        try:
            with plainly_said(self.url):
                return self._listed(self.filesystem.info(self.path(name))).identity
        except ObjectGoneError:
            return None

    def read(self, name: str) -> bytes:
        """The bytes of a small object.

        Raises:
            ObjectGoneError: It is not there.
            StoreError: The store fails.
        """
        with plainly_said(f"{self.url}/{name}"):
            content: bytes = self.filesystem.cat_file(self.path(name))
        return content

    def fetch(self, name: str, target: Path, listed: Listed | None = None) -> None:
        """Writes an object's bytes to a file, which is put in place as a whole.

        Args:
            name: Name of the object.
            target: The file; its folder is made.
            listed: What it must be; None if nobody ever writes such an object anew.

        Raises:
            ObjectGoneError: It is not there.
            ConflictError: It is not what it must be.
            StoreError: The store fails.
            OSError: The disk fails.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.part")
        with plainly_said(f"{self.url}/{name}"):
            self.filesystem.get_file(self.path(name), str(part))
        size = part.stat().st_size
        if listed and (size != listed.size or (size > _ONE_REQUEST_BYTES and self.identity(name) != listed.identity)):
            part.unlink()
            raise ConflictError(f"{self.url}/{name}: was written anew while it was fetched")
        sync(part)
        part.replace(target)

    def put(self, path: Path, name: str) -> None:
        """Puts a file's bytes as an object, which appears as a whole."""
        with plainly_said(f"{self.url}/{name}"):
            self.filesystem.put_file(str(path), self.path(name))

    def replace(self, name: str, content: bytes, expected: str | None) -> str:
        """Replaces a small object if it still is the expected one, in one step where the store can.

        Amazon S3 and servers that know its conditional writes decide in one step. Elsewhere an object that must not
        be there yet is written exclusively, and any other is looked at just before.

        Args:
            name: Name of the object.
            content: Its new bytes.
            expected: Identity of the object that is replaced; None if it must not be there yet.

        Returns:
            The identity of the new object.

        Raises:
            ConflictError: It is another one, or gone.
            StoreError: The store fails.
        """
        url, path = f"{self.url}/{name}", self.path(name)
        condition: dict[str, str] = {"mode": "create"} if expected is None else {}
        if expected is not None and self._knows_conditions():
            condition = {"IfMatch": expected.partition("=")[2]}
        elif expected is not None and self.identity(name) != expected:
            raise ConflictError(f"{url}: was written by somebody else meanwhile")
        try:
            with plainly_said(url):
                answer = self.filesystem.pipe_file(path, content, **condition)
        except ObjectGoneError as error:
            if expected is None:
                raise
            raise ConflictError(f"{url}: was deleted meanwhile") from error
        if isinstance(answer, dict) and "ETag" in answer:
            return self._listed({"size": len(content), **answer}).identity
        return self.identity(name) or ""

    def copy(self, old: str, new: str) -> None:
        """Copies an object within the store; the copy appears as a whole."""
        with plainly_said(f"{self.url}/{new}"):
            self.filesystem.cp_file(self.path(old), self.path(new))

    def remove(self, name: str) -> None:
        """Removes an object, if it is there."""
        with suppress(ObjectGoneError), plainly_said(f"{self.url}/{name}"):
            self.filesystem.rm_file(self.path(name))

    def _knows_conditions(self) -> bool:
        schemes = self.filesystem.protocol
        return "s3" in ((schemes,) if isinstance(schemes, str) else schemes)

    def _listed(self, info: Mapping[str, Any]) -> Listed:
        for key in _TELLING:
            if (value := info.get(key)) is not None:
                told = value.timestamp() if isinstance(value, datetime) else value
                return Listed(info["size"], f"{info['size']}:{key}={told}")
        raise StoreError(
            f"{self.url}: this store tells neither ETag nor time of an object; copy its objects to a folder"
        )


def at_once(action: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R]]:
    """What `action` returns for each item, several at once, as they come.

    After an error no further one is begun, and the error is raised when those that were begun have ended.
    """
    rest = iter(items)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store") as pool:
        while window := list(islice(rest, _WINDOW)):
            begun = {pool.submit(action, item): item for item in window}
            try:
                yield from _ended(begun)
            finally:
                for future in begun:
                    future.cancel()


def _ended(begun: dict[Future[R], T]) -> Iterator[tuple[T, R]]:
    for done in as_completed(tuple(begun)):
        if failure := done.exception():
            break
        yield begun.pop(done), done.result()
    else:
        return
    for future in begun:
        future.cancel()
    for future, item in begun.items():
        if not future.cancelled() and not future.exception():
            yield item, future.result()
    raise failure
