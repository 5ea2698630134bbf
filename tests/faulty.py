"""A store that fails at a chosen write: before it happens, or after, when only the answer is lost."""

from __future__ import annotations

from threading import Lock
from typing import Any

import fsspec
from fsspec.implementations.memory import MemoryFileSystem


class Crash(BaseException):
    """Stands for the end of the process: nothing handles it."""


class FaultyFileSystem(MemoryFileSystem):
    """The memory file system whose n-th write fails, and all after it, or that one alone."""

    protocol = "faulty"
    # Not those of the memory file system.
    store: dict[str, Any] = {}  # noqa: RUF012
    pseudo_dirs = [""]  # noqa: RUF012
    fail_at: int | None = None
    after: bool = False
    once: bool = False
    error: type[BaseException] = OSError
    writes: int = 0
    lock = Lock()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(str(path).removeprefix("faulty://"))

    @classmethod
    def set(
        cls, fail_at: int | None, error: type[BaseException] = OSError, *, after: bool = False, once: bool = False
    ) -> None:
        cls.fail_at, cls.error, cls.after, cls.once, cls.writes = fail_at, error, after, once, 0

    def _write(self, name: str, *args: Any, **kwargs: Any) -> Any:
        with self.lock:
            cls = type(self)
            cls.writes += 1
            fails = cls.fail_at is not None and (cls.writes == cls.fail_at if cls.once else cls.writes >= cls.fail_at)
            happens = not fails or (cls.after and cls.writes == cls.fail_at)
            done = getattr(super(), name)(*args, **kwargs) if happens else None
        if fails:
            raise self.error("the store failed")
        return done

    def pipe_file(self, path, value, mode="overwrite", **kwargs):
        return self._write("pipe_file", path, value, mode, **kwargs)

    def put_file(self, lpath, rpath, **kwargs):
        from pathlib import Path

        return self._write("pipe_file", rpath, Path(lpath).read_bytes())

    def cp_file(self, path1, path2, **kwargs):
        return self._write("cp_file", path1, path2, **kwargs)

    def rm_file(self, path):
        return self._write("_rm", path)


fsspec.register_implementation("faulty", FaultyFileSystem, clobber=True)
