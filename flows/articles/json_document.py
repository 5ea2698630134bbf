"""JSON in one piece: an array of articles, objects one behind the other, or one article.

Values are framed here by their strings and brackets, so that a file of any size is read value by value and a damaged
one costs only itself. Of the libraries that read JSON as a stream, none goes on behind a fault or bounds its memory on
deeply nested input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import orjson

from flows.articles import json_lines
from flows.articles.errors import ReadError
from flows.articles.field_names import Fields
from flows.articles.loading import HEAD, Stream
from flows.articles.reading import Reading
from flows.articles.records import story_of, too_large
from flows.articles.story import Story

_PLAINLY = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:"[^"\\\n]{1,80}"\s*:|\}\s*[,\]])')
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\Z)")
_BETWEEN = re.compile(rb"[\s,]*")
_MARK = re.compile(rb'["\[\]{}]')
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_SCALAR = re.compile(rb'[^\s,"\[\]{}]*')
_QUOTE: Final = ord('"')
_OPENING: Final = b"[{"
_LISTS: Final = ("articles", "items", "data", "results", "records", "docs", "documents", "entries", "news", "stories")


def plainly(head: bytes, fields: Fields) -> bool:
    """Whether a file that begins so is JSON, whatever its name."""
    del fields
    return _PLAINLY.match(head) is not None


def is_array(head: bytes) -> bool:
    """Whether a file that begins so is an array of objects."""
    return _ARRAY.match(head) is not None


def stories(raw: Stream, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file, one for each object; JSON Lines under the same name are read as such.

    Raises:
        ReadError: The array is cut off, or something follows it.
    """
    if _is_lines(raw.peek(HEAD).removeprefix(json_lines.BYTE_ORDER_MARK).lstrip()):
        yield from json_lines.stories(raw, reading)
        return
    frames = _Frames(raw, reading.max_record_bytes)
    values = iter(frames)
    first = list(islice(values, 2))
    if len(first) == 1 and not frames.in_array:
        yield from _whole(first[0], reading)
        return
    for number, value in enumerate(chain(first, values)):
        yield number, _story(value, reading)


def _is_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own, or objects begin lines and none ends on one."""
    line, _, rest = head.partition(b"\n")
    if not line.startswith(b"{") or not rest.strip():
        return False
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return b"\n{" in head and b"\n}" not in head
    return True


@dataclass(frozen=True, slots=True)
class _Framed:
    """The bytes of one value and the place of the first of them."""

    offset: int
    content: bytes


def _story(framed: _Framed | ReadError, reading: Reading) -> Story | ReadError:
    if isinstance(framed, ReadError):
        return framed
    value = json_lines.parsed(framed.content)
    story = value if isinstance(value, ReadError) else story_of(value, reading.fields)
    return ReadError(story.rule, f"At byte {framed.offset:,}: {story}") if isinstance(story, ReadError) else story


def _whole(framed: _Framed | ReadError, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The story of the one object of a file, or of each in the list that it carries, as services answer."""
    story = _story(framed, reading)
    carried = [] if isinstance(story, Story) or isinstance(framed, ReadError) else _carried(framed.content)
    if carried:
        yield from ((number, story_of(record, reading.fields)) for number, record in enumerate(carried))
    else:
        yield None, story


def _carried(content: bytes) -> list[object]:
    value = json_lines.parsed(content)
    if not isinstance(value, Mapping):
        return []
    lists = (value.get(name) for name in _LISTS)
    return next((held for held in lists if isinstance(held, list) and held), [])


class _Frames:
    """The values of a file, an error in the place of one that is too large or cut off.

    Attributes:
        in_array: Whether the file is an array of them.
    """

    def __init__(self, raw: Stream, max_bytes: int) -> None:
        self.in_array = False
        self._raw = raw
        self._max_bytes = max_bytes
        self._held = bytearray()
        self._offset = 0

    def __iter__(self) -> Iterator[_Framed | ReadError]:
        if self._raw.peek(HEAD).startswith(json_lines.BYTE_ORDER_MARK):
            self._more()
            self._drop(len(json_lines.BYTE_ORDER_MARK))
        if self._next() == ord("["):
            self.in_array = True
            self._drop(1)
        while (mark := self._next()) is not None:
            if self.in_array and mark == ord("]"):
                self._drop(1)
                self._check_end()
                return
            yield self._value() if mark == _QUOTE or mark in _OPENING else self._scalar()
        if self.in_array:
            raise ReadError("bad-container", f"The array is cut off at byte {self._offset:,}; copy the file again.")

    def _next(self) -> int | None:
        """The byte with which the next value begins; None at the end."""
        while True:
            between = _BETWEEN.match(self._held)
            self._drop(between.end() if between else 0)
            if self._held:
                return self._held[0]
            if not self._more():
                return None

    def _check_end(self) -> None:
        if self._next() is not None:
            raise ReadError(
                "bad-container", f"The array ends before byte {self._offset:,}, but more follows; save it as one array."
            )

    def _value(self) -> _Framed | ReadError:
        """The object, array or string at the beginning of what is held."""
        start, at = self._offset, 0
        depth, in_string = 0, False
        while True:
            at, found = self._string_end(at) if in_string else self._mark(at)
            if not found:
                at = self._grown(start, at)
                continue
            mark = self._held[at - 1]
            if mark == _QUOTE:
                in_string = not in_string
            else:
                depth += 1 if mark in _OPENING else -1
            if not depth and not in_string:
                return self._taken(start, at)

    def _scalar(self) -> _Framed | ReadError:
        """The number, word or stray bracket at the beginning of what is held."""
        start, at = self._offset, 0
        while True:
            found = _SCALAR.match(self._held, at)
            at = found.end() if found else at
            if at < len(self._held) or not self._more():
                return self._taken(start, max(at, 1))

    def _string_end(self, at: int) -> tuple[int, bool]:
        inside = _IN_STRING.match(self._held, at)
        at = inside.end() if inside else at
        closed = at < len(self._held) and self._held[at] == _QUOTE
        return at + closed, closed

    def _mark(self, at: int) -> tuple[int, bool]:
        mark = _MARK.search(self._held, at)
        return (mark.end(), True) if mark else (len(self._held), False)

    def _grown(self, start: int, at: int) -> int:
        """Reads on within a value, and gives up holding it where it is too large anyway."""
        if self._offset + at - start > self._max_bytes:
            self._drop(at)
            at = 0
        if not self._more():
            raise ReadError(
                "bad-container", f"The file is cut off in the record that begins at byte {start:,}; copy it again."
            )
        return at

    def _taken(self, start: int, at: int) -> _Framed | ReadError:
        whole = start == self._offset and at <= self._max_bytes
        content = bytes(self._held[:at]) if whole else b""
        self._drop(at)
        return _Framed(start, content) if whole else too_large(self._max_bytes, f"At byte {start:,}: ")

    def _more(self) -> bool:
        # What precedes a damaged place must come before the error: `read` would lose it.
        piece = self._raw.read1(HEAD)
        self._held += piece
        return bool(piece)

    def _drop(self, count: int) -> None:
        del self._held[:count]
        self._offset += count
