"""Layers of gzip and zstd around a file, told by their first bytes and taken off as it is read."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final, cast

import pyarrow as pa

from flows.articles.budget import Budget
from flows.articles.errors import ReadError, limit_passed
from flows.articles.loading import HEAD, Packed, Unpacking, buffered


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


def without_packing(stream: io.BufferedReader, name: str, budget: Budget, layers: int) -> tuple[io.BufferedReader, str]:
    """The stream and name of a file without its compression.

    Args:
        stream: The file's bytes.
        name: The file's name; `.gz` or the like is taken off it too.
        budget: Counts what is unpacked.
        layers: How many layers may be taken off.

    Raises:
        ReadError: There are more layers.
    """
    taken_off = 0
    while packing := next((each for each in PACKINGS if stream.peek(HEAD).startswith(each.opening)), None):
        taken_off += 1
        if taken_off > layers:
            raise ReadError(
                "too-large", limit_passed("The file is packed deeper than", layers, "layers", "max_nesting")
            )
        stream = buffered(Unpacking(packing.unpack(stream), budget, f"{packing.name} stream"))
        if PurePath(name).suffix.lower() in packing.suffixes:
            name = PurePath(name).stem
    return stream, name
