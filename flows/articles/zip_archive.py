"""Zip archives: their members, each read like a file of its own; nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final, cast

from flows.articles.budget import Budget
from flows.articles.errors import ReadError, limit_passed
from flows.articles.loading import DAMAGE, Bounded, Packed, Stream, Unpacking, buffered, in_memory, in_one_line
from flows.articles.reading import Reading
from flows.articles.sidecar import NAME, Metadata, parse_sidecar

_OPENINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY_BYTES: Final = 46
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"})
_OFFICE_SUFFIXES: Final = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jar", ".apk")
_ENCRYPTED: Final = 0x1


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is a zip archive."""
    return head.startswith(_OPENINGS)


class ZipArchive:
    """An open archive.

    Args:
        stream: The archive's bytes.
        path: Its path, to name in errors.
        budget: Counts what is unpacked.
        reading: Limits.

    Raises:
        ReadError: It is damaged or too large, or an office document rather than an archive.
    """

    def __init__(self, stream: Stream, path: str, budget: Budget, reading: Reading) -> None:
        self._path = path
        self._budget = budget
        self._reading = reading
        if PurePosixPath(path.lower()).suffix in _OFFICE_SUFFIXES:
            raise _office()
        whole = stream if stream.seekable() else in_memory(stream, reading.max_file_bytes, "max_file_bytes")
        try:
            self._check_entries(whole)
            self._zip = zipfile.ZipFile(cast("IO[bytes]", whole))
        except ReadError:
            raise
        except DAMAGE as error:
            raise _damaged("zip archive", error) from error
        self._infos = [info for info in self._zip.infolist() if not _name(info).endswith("/")]
        if any(info.filename in _OFFICE for info in self._infos):
            raise _office()
        if not any(map(_is_article, self._zip.infolist())):
            raise ReadError(
                "empty-file", "The archive holds no file that can be an article; take it out of the folder."
            )
        self._sidecars: dict[str, dict[str, Metadata | ReadError]] = {}

    def __iter__(self) -> Iterator[tuple[str, Stream | ReadError]]:
        """Path of each member that can be an article, with its bytes, or with what is wrong with it."""
        seen: set[str] = set()
        for info in self._infos:
            if not _is_article(info):
                continue
            name = _name(info)
            yield name, self._refused(info, name, seen) or self._opened(info)
            seen.add(name)

    def metadata_of(self, name: str) -> Metadata | None:
        """What the metadata.csv of a member's folder, inside the archive, says about it; None where it says nothing.

        Raises:
            ReadError: It cannot be read.
        """
        folder, _, file = name.rpartition("/")
        if folder not in self._sidecars:
            self._sidecars[folder] = self._sidecar(f"{folder}/{NAME}".lstrip("/"))
        given = self._sidecars[folder].get(file)
        if isinstance(given, ReadError):
            raise given
        return given

    def _sidecar(self, name: str) -> dict[str, Metadata | ReadError]:
        info = next((info for info in self._infos if _name(info) == name), None)
        if info is None:
            return {}
        content = self._opened(info)
        if isinstance(content, ReadError):
            raise content
        limit = self._reading.max_record_bytes
        lines = io.TextIOWrapper(buffered(Bounded(content, limit, "max_record_bytes")), "utf-8-sig", newline="")
        return parse_sidecar(lines, f"{self._path}/{name}")

    def _refused(self, info: zipfile.ZipInfo, name: str, seen: set[str]) -> ReadError | None:
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/", maxsplit=1)[0]:
            return ReadError("unsafe-name", "The member's name leads out of the archive; pack the archive again.")
        if name in seen:
            return ReadError("bad-container", "An earlier member has the same name; pack the archive again.")
        if info.flag_bits & _ENCRYPTED:
            return ReadError("encrypted", "The member is encrypted; pack the archive again without a password.")
        if stat.S_ISLNK(info.external_attr >> 16):
            return ReadError("unsafe-name", "The member is a link; pack the file itself.")
        return None

    def _opened(self, info: zipfile.ZipInfo) -> Stream | ReadError:
        try:
            return buffered(Unpacking(cast("Packed", self._zip.open(info)), self._budget, "zip member"))
        except DAMAGE as error:
            return _damaged("zip member", error)

    def _check_entries(self, whole: Stream | io.BytesIO) -> None:
        """The library reads the whole list of members at once: a list of absurd length is refused before."""
        size = whole.seek(0, io.SEEK_END)
        whole.seek(max(0, size - _END.size - 65_535))
        tail = whole.read()
        at = tail.rfind(b"PK\x05\x06")
        listed = _END.unpack_from(tail, at)[5] if 0 <= at <= len(tail) - _END.size else 0
        # In archives of more than 4 GB, or 65,535 members, this says nothing, and the file's own size must do.
        entries = min(listed, size) // _ENTRY_BYTES
        if entries > self._reading.max_records:
            raise ReadError(
                "too-large",
                limit_passed("The archive may hold more than", self._reading.max_records, "members", "max_records"),
            )


def may_be_article(path: PurePosixPath) -> bool:
    """Whether a file is raw input by its path: hidden files, read-me files and metadata.csv are not."""
    hidden = any(part.startswith(".") and part != ".." for part in path.parts)
    return not (hidden or path.name == NAME or path.name.upper().startswith("README") or "__MACOSX" in path.parts)


def _is_article(info: zipfile.ZipInfo) -> bool:
    return not _name(info).endswith("/") and may_be_article(PurePosixPath(_name(info)))


def _name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")


def _office() -> ReadError:
    return ReadError("unknown-format", "The file is an office document or a program; save its text as .txt.")


def _damaged(what: str, error: BaseException) -> ReadError:
    return ReadError("bad-container", f"The {what} is damaged ({in_one_line(error)}); copy the file again.")
