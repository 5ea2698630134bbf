"""JSON Lines, plain or gzipped: one article a line, under any of the common field names."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping

import orjson

from flows.articles.decoding import mend
from flows.articles.markdown import OUTLET, PUBLISHED, TITLE, URL, first, first_day, plain
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_TEXT = ("text", "body", "content", "maintext", "article", "full_text")
_MAX_LINE = 50_000_000


class RecordError(ValueError):
    """One line that is no article; the message says what to do."""


def stories(raw: bytes) -> Iterator[tuple[int | None, Story | RecordError]]:
    """The stories of a file, line by line; a bad line gives an error in its place, and the rest goes on."""
    for number, line in enumerate(_lines(raw)):
        if not line.strip():
            continue
        try:
            yield number, _story(line)
        except RecordError as error:
            yield number, error


def _lines(raw: bytes) -> Iterator[bytes]:
    if raw[:2] != b"\x1f\x8b":
        yield from io.BytesIO(raw)
        return
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            while line := file.readline(_MAX_LINE):
                yield line
    except (EOFError, OSError, zlib.error) as error:
        raise RecordError(f"The gzip stream is damaged ({error}); copy the file again.") from error


def _story(line: bytes) -> Story:
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RecordError(f"The line is no JSON ({error}); write one JSON object a line.") from error
    if not isinstance(fields, Mapping):
        raise RecordError("The line is no JSON object; write one object with the article's fields a line.")
    text = next((value for name in _TEXT if isinstance(value := fields.get(name), str) and value.strip()), None)
    if text is None:
        raise RecordError(f"The record has no text; put it under one of {', '.join(_TEXT)}.")
    published = first_day(fields, PUBLISHED)
    given = Metadata(None, first(fields, OUTLET), first(fields, URL), first(fields, TITLE), first(fields, ("country",)))
    return Story(
        plain(mend(text)), published, "document" if published else None, given, first(fields, ("language", "lang"))
    )
