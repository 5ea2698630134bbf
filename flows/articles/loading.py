"""From a path to a stream of its content, within bounds and always of the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol, TypeAlias

from flows.articles.budget import Budget
from flows.articles.errors import LimitError, ReadError, limit_passed

Stream: TypeAlias = "io.BufferedReader[Any]"
"""Unpacked bytes of a file; `peek` of a fresh one gives its head."""

HEAD: Final = 65_536
"""Bytes by which a format is told; `peek` of a fresh stream gives as many."""

DAMAGE: Final = (
    EOFError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What the unpacking libraries raise where packed bytes are damaged or of a kind that they cannot read."""

_PIECE: Final = 4_096


@dataclass(frozen=True, slots=True)
class RawFile:
    """An open raw file.

    Attributes:
        stream: Its bytes, from the first one.
        size: How many they are.
        sha256: Their SHA-256.
        opened: State of the file when it was opened.
    """

    stream: Stream
    size: int
    sha256: str
    opened: os.stat_result

    def check_unchanged(self) -> None:
        """Checks that what was hashed is what is being read.

        Raises:
            ReadError: The file was written to since it was opened.
        """
        if _marks(os.fstat(self.stream.fileno())) != _marks(self.opened):
            raise ReadError(
                "changed-while-reading", "The file was written to while it was read; build again once it is complete."
            )


@contextmanager
def opened(path: Path, max_bytes: int) -> Iterator[RawFile]:
    """Opens and hashes a file; all reading goes through this one descriptor.

    A file that is replaced by another of the same name goes on as it was.

    Raises:
        ReadError: The file cannot be opened, has more than `max_bytes` or is being written to.
    """
    try:
        file = io.BufferedReader(path.open("rb", buffering=0), HEAD)
    except OSError as error:
        raise ReadError("unreadable", f"The file cannot be opened ({error.strerror}); mend its rights.") from error
    with file:
        yield _hashed(file, max_bytes)


def _hashed(file: Stream, max_bytes: int) -> RawFile:
    state = os.fstat(file.fileno())
    if state.st_size > max_bytes:
        raise _too_large(max_bytes, "max_file_bytes")
    try:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except OSError as error:
        raise ReadError("unreadable", f"The file cannot be read ({error.strerror}); copy it again.") from error
    raw = RawFile(file, state.st_size, digest, state)
    raw.check_unchanged()
    return raw


def _marks(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns


class Packed(Protocol):
    """A stream that unpacks."""

    def read1(self, size: int, /) -> bytes:
        """Some of the next bytes, at most `size`; none at the end."""


class Unpacking(io.RawIOBase):
    """Unpacked bytes, counted; all that precede a damaged place are given before the error is raised."""

    def __init__(self, packed: Packed, budget: Budget, what: str) -> None:
        super().__init__()
        self._packed = packed
        self._budget = budget
        self._what = what
        self._given = 0
        self._error: ReadError | None = None

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer as far as there are bytes.

        Raises:
            ReadError: The packed bytes are damaged, or unpack to more than allowed.
        """
        view = memoryview(buffer)  # type: ignore[arg-type]
        filled = 0
        while self._error is None and filled < len(view):
            piece = self._next(min(_PIECE, len(view) - filled))
            if not piece:
                break
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        if self._error is not None and not filled:
            raise self._error
        return filled

    def _next(self, size: int) -> bytes:
        try:
            piece = self._packed.read1(size)
            self._budget.unpack(len(piece))
        except LimitError as error:
            self._error = error
            return b""
        except DAMAGE as error:
            self._error = ReadError(
                "bad-container",
                f"The {self._what} is damaged behind its unpacked byte {self._given:,} ({in_one_line(error)});"
                " copy the file again.",
            )
            return b""
        self._given += len(piece)
        return piece


class Bounded(io.RawIOBase):
    """The bytes of a file that is read as a whole, as many as one record may have."""

    def __init__(self, stream: BinaryIO, max_bytes: int, setting: str) -> None:
        super().__init__()
        self._stream = stream
        self._max_bytes = max_bytes
        self._setting = setting
        self._left = max_bytes

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer.

        Raises:
            ReadError: The file has more bytes than allowed.
        """
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._stream.read(len(view))
        self._left -= len(piece)
        if self._left < 0:
            raise _too_large(self._max_bytes, self._setting)
        view[: len(piece)] = piece
        return len(piece)


def buffered(stream: io.RawIOBase) -> Stream:
    """The stream with a buffer, so that its head can be looked at."""
    return io.BufferedReader(stream, HEAD)


def in_memory(stream: BinaryIO, max_bytes: int, setting: str) -> io.BytesIO:
    """What is left of a stream, for formats that are read from their end.

    Raises:
        ReadError: It has more than `max_bytes`.
    """
    return io.BytesIO(buffered(Bounded(stream, max_bytes, setting)).read())


def _too_large(max_bytes: int, setting: str) -> ReadError:
    return ReadError("too-large", limit_passed("The file has more than", max_bytes, "bytes", setting))


def in_one_line(error: BaseException) -> str:
    """The message of another library's error, short and in one line."""
    return " ".join(str(error).split())[:160] or type(error).__name__
