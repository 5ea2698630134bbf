"""JSON Lines: one article a line, under any of the usual field names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import orjson

from flows.articles.decoding import CONTROL, decoded
from flows.articles.errors import ReadError
from flows.articles.loading import HEAD, Stream
from flows.articles.reading import Reading
from flows.articles.records import bad_record, story_of, too_large
from flows.articles.story import Story

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_PIECE = 65_536


def stories(raw: Stream, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file, line by line; a bad line gives an error in its place, and the rest goes on."""
    if CONTROL.search(raw.peek(HEAD)):
        raise ReadError("binary", "The file is binary, no JSON Lines; take it out of the raw folder.")
    for number, line in enumerate(_lines(raw, reading.max_record_bytes)):
        if isinstance(line, ReadError):
            yield number, line
        elif line.strip():
            value = parsed(line.removeprefix(BYTE_ORDER_MARK))
            yield number, value if isinstance(value, ReadError) else story_of(value, reading.fields)


def parsed(content: bytes) -> object:
    """The JSON value that stands for one record, or a `ReadError` in its place.

    What Python writes as JSON though it is none (NaN, half characters) is read, and so are older encodings.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        wrong = error
    try:
        return json.loads(decoded(content), strict=False)
    except (ValueError, RecursionError):
        return bad_record(f"The record is no JSON ({wrong}); write one JSON object for each article.")


def _lines(raw: Stream, max_bytes: int) -> Iterator[bytes | ReadError]:
    while line := raw.readline(max_bytes + 1):
        if len(line) <= max_bytes:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = raw.readline(_PIECE)
        yield too_large(max_bytes)
