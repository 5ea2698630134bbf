"""Web archives (.warc), as crawlers keep them: every HTML response is an article.

Records are framed here, so that one that is damaged costs only itself; what is in them is read by FastWARC.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.articles.errors import ReadError
from flows.articles.field_values import web_address
from flows.articles.markup import MAX_BYTES
from flows.articles.story import Story
from flows.articles.web_page import page_story

_HTML: Final = ("text/html", "application/xhtml+xml")
_VERSION = b"WARC/1."
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RESPONSE = re.compile(rb"^WARC-Type:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PACKED = (b"\x1f\x8b", b"\x78")
_MAX_LINE = 65_536
_PIECE = 1 << 20
_MAX_HEADER_LINES = 200


@dataclass(frozen=True, slots=True)
class _Framed:
    """One record of the file.

    Attributes:
        offset: Byte of the unpacked file at which it begins.
        content: Its bytes, header and all; None where it is no response.
    """

    offset: int
    content: bytes | None


def opens(head: bytes) -> bool:
    """Whether a file that begins so is a web archive, whatever its name."""
    return head.startswith(_VERSION)


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of an archive, record by record, in the order of the file.

    Records other than successful HTML responses are passed over. A response that is damaged or holds no article gives
    an error in its place, with the byte at which it begins.

    Raises:
        ReadError: None of the records is a web page.
    """
    records = pages = 0
    for number, framed in enumerate(_Frames(raw)):
        records += 1
        result = framed if isinstance(framed, ReadError) else _result(framed)
        if result is not None:
            pages += 1
            yield number, result
    if not pages:
        raise ReadError("no-text", f"None of the archive's {records} records is a web page; take it out of the folder.")


def _result(framed: _Framed) -> Story | ReadError | None:
    """The story of a record, what is wrong with it, or None where it is no web page."""
    if framed.content is None:
        return None
    try:
        records = ArchiveIterator(io.BytesIO(framed.content), WarcRecordType.response, parse_http=False)
        record = next(iter(records), None)
        return None if record is None else _page(record)
    except ReadError as error:
        return ReadError(error.rule, f"The record at byte {framed.offset:,}: {error}")
    except (OSError, ValueError, zlib.error) as error:
        return _error(framed.offset, f"cannot be read ({' '.join(str(error).split())[:160]})")


class _Frames:
    """The records of an archive, an error in the place of what is no record."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._offset = 0

    def __iter__(self) -> Iterator[_Framed | ReadError]:
        line = self._line()
        while line:
            if line.startswith(_VERSION):
                record = self._record(line)
                yield record
                line = self._next_version() if isinstance(record, ReadError) else self._line()
            elif line.strip():
                yield _error(self._offset - len(line), "does not begin with WARC/1")
                line = self._next_version()
            else:
                line = self._line()

    def _record(self, version: bytes) -> _Framed | ReadError:
        start = self._offset - len(version)
        header = version + self._header()
        length = _LENGTH.search(header)
        if length is None:
            return _error(start, "has no Content-Length")
        size, is_response = int(length[1]), _RESPONSE.search(header) is not None
        content = self._read(size, keep=is_response and size <= MAX_BYTES)
        if content is None:
            return _error(start, "is cut off")
        if self._line().strip():
            return _error(start, "does not end where its Content-Length says")
        if is_response and size > MAX_BYTES:
            return _error(start, f"has more than {MAX_BYTES:,} bytes", "too-large")
        return _Framed(start, header + content + b"\r\n\r\n" if is_response else None)

    def _header(self) -> bytes:
        lines: list[bytes] = []
        while len(lines) < _MAX_HEADER_LINES and (line := self._line()):
            lines.append(line)
            if not line.strip():
                break
        return b"".join(lines)

    def _next_version(self) -> bytes:
        while (line := self._line()) and not line.startswith(_VERSION):
            pass
        return line

    def _line(self) -> bytes:
        line = self._raw.readline(_MAX_LINE)
        self._offset += len(line)
        return line

    def _read(self, size: int, *, keep: bool) -> bytes | None:
        """The next `size` bytes, nothing in their place where they are not kept; None where the file ends before."""
        kept: list[bytes] = []
        while size:
            piece = self._raw.read(min(size, _PIECE))
            if not piece:
                return None
            self._offset += len(piece)
            size -= len(piece)
            if keep:
                kept.append(piece)
        return b"".join(kept)


def _page(record: WarcRecord) -> Story | None:
    """The story of a response; None where it is no HTML or no success.

    Raises:
        ReadError: The page cannot be read, or holds no article.
    """
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        raise ReadError("bad-record", "Its bytes do not agree with its digest; fetch it again.")
    if not record.is_http:
        return None
    record.parse_http(auto_decode="transfer")
    if record.http_headers.status_code != 200 or record.http_content_type not in _HTML:
        return None
    retrieved = record.record_date.date() if record.record_date else None
    address = web_address(record.headers.get("WARC-Target-URI"))
    story = page_story(_body(record), record.http_charset, address, retrieved)
    if record.headers.get("WARC-Truncated"):
        return replace(story, removed={**story.removed, "page-cut-off": 1})
    return story


def _body(record: WarcRecord) -> bytes:
    """The page's bytes, at most one more than a document may have.

    Raises:
        ReadError: They are packed, and the packing is damaged or cut off.
    """
    coding = (record.http_headers.get("Content-Encoding") or "").strip().lower()
    if coding == "br":
        return BrotliReader(record.reader).read(MAX_BYTES + 1)
    body = record.reader.read(MAX_BYTES + 1)
    if coding not in ("gzip", "x-gzip", "deflate") or not body.startswith(_PACKED):
        return body  # crawlers keep the header of what they have unpacked
    inflating = zlib.decompressobj(wbits=47)
    unpacked = inflating.decompress(body, MAX_BYTES + 1)
    if not inflating.eof and len(unpacked) <= MAX_BYTES:
        raise ReadError("bad-record", "Its page is cut off; fetch it again.")
    return unpacked


def _error(offset: int, what: str, rule: str = "bad-record") -> ReadError:
    return ReadError(rule, f"The record at byte {offset:,} {what}; fetch or copy it again.")
