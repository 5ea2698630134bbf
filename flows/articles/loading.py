"""From a path to the bytes of its content, within bounds."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from flows.articles.errors import ReadError

_GZIP = b"\x1f\x8b"


def load(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file as it lies on disk.

    Raises:
        ReadError: The file cannot be opened or has more than `max_bytes`.
    """
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise ReadError("unreadable", f"The file cannot be opened ({error.strerror}); mend its rights.") from error
    _check_size(content, max_bytes, "has")
    return content


def unpacked(content: bytes, max_bytes: int) -> bytes:
    """What a gzip stream holds; other content as it is.

    Raises:
        ReadError: The stream is damaged, or holds more than `max_bytes`.
    """
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as file:
            inner = file.read(max_bytes + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise ReadError("bad-container", f"The gzip stream is damaged ({error}); copy the file again.") from error
    _check_size(inner, max_bytes, "unpacks to")
    return inner


def _check_size(content: bytes, max_bytes: int, verb: str) -> None:
    if len(content) > max_bytes:
        raise ReadError(
            "too-large",
            f"The file {verb} more than the {max_bytes:,} bytes allowed; split it or raise STATEMENTS_MAX_FILE_BYTES.",
        )
