"""JSON Lines: one article a line, under any of the common field names."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import orjson

from flows.articles.decoding import mend
from flows.articles.errors import ReadError
from flows.articles.markdown import OUTLET, PUBLISHED, TITLE, URL, first, first_day, plain
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_TEXT = ("text", "body", "content", "maintext", "article", "full_text")


def stories(raw: bytes) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file, line by line; a bad line gives an error in its place, and the rest goes on."""
    for number, line in enumerate(io.BytesIO(raw)):
        if line.strip():
            yield number, _line(line)


def story_of(record: object) -> Story | ReadError:
    """The story that one JSON object holds, or what is wrong with it."""
    if not isinstance(record, Mapping):
        return _error("The record is no JSON object; write one object with the article's fields for each article.")
    text = next((value for name in _TEXT if isinstance(value := record.get(name), str) and value.strip()), None)
    if text is None:
        return _error(f"The record has no text; put it under one of {', '.join(_TEXT)}.")
    published = first_day(record, PUBLISHED)
    given = Metadata(None, first(record, OUTLET), first(record, URL), first(record, TITLE), first(record, ("country",)))
    language = first(record, ("language", "lang"))
    return Story(plain(mend(text)), published, "document" if published else None, given, language)


def _line(line: bytes) -> Story | ReadError:
    try:
        return story_of(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return _error(f"The line is no JSON ({error}); write one JSON object a line.")


def _error(message: str) -> ReadError:
    return ReadError("bad-record", message)
