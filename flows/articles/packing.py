"""Layers of gzip and zstd around a file, told by their first bytes and taken off as it is read."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final, cast

import pyarrow as pa

from flows.articles.budget import Budget
from flows.articles.errors import ReadError
from flows.articles.loading import HEAD, Packed, Stream, Unpacking, buffered


@dataclass(frozen=True, slots=True)
class Packing:
    """One kind of compressed stream.

    Attributes:
        name: Its name.
        opening: Its first bytes.
        suffixes: What it adds to the name of a file.
        unpack: Makes a stream of the unpacked bytes.
    """

    name: str
    opening: bytes
    suffixes: tuple[str, ...]
    unpack: Callable[[BinaryIO], Packed]


def _zstd(packed: BinaryIO) -> Packed:
    return cast("Packed", pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), "zstd"))


PACKINGS: Final = (
    Packing("gzip", b"\x1f\x8b", (".gz", ".gzip"), lambda packed: cast("Packed", gzip.GzipFile(fileobj=packed))),
    Packing("zstd", b"\x28\xb5\x2f\xfd", (".zst", ".zstd"), _zstd),
)  # fmt: skip


def without_packing(stream: Stream, name: str, budget: Budget, layers: int) -> tuple[Stream, str, int]:
    """The stream and name of a file without its compression, and how many layers it had.

    Args:
        stream: The file's bytes.
        name: The file's name; `.gz` or the like is taken off it too.
        budget: Counts what is unpacked.
        layers: How many layers may be taken off.

    Raises:
        ReadError: There are more layers, or the compression is damaged from its first byte.
    """
    taken_off = 0
    while packing := next((each for each in PACKINGS if stream.peek(HEAD).startswith(each.opening)), None):
        taken_off += 1
        check_depth(taken_off, layers)
        stream = buffered(Unpacking(packing.unpack(stream), budget, f"{packing.name} stream"))
        if PurePath(name).suffix.lower() in packing.suffixes:
            name = PurePath(name).stem
    return stream, name, taken_off


def check_depth(depth: int, layers: int) -> None:
    """Checks that no more than `layers` packings lie inside each other.

    Raises:
        ReadError: They do.
    """
    if depth > layers:
        raise ReadError(
            "too-deep",
            "Too many packings lie inside each other; unpack the outer ones or raise STATEMENTS_MAX_NESTING.",
        )
