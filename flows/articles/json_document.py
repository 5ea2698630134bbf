"""A JSON file that is one array of articles, or one article; JSON Lines under the same name are read as such."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from flows.articles import json_lines
from flows.articles.errors import ReadError
from flows.articles.reading import Reading
from flows.articles.records import story_of
from flows.articles.story import Story


def stories(raw: BinaryIO, reading: Reading) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file, one for each object of its array.

    Raises:
        ReadError: The file is neither JSON nor JSON Lines.
    """
    content = raw.read()
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if not _is_lines(content):
            raise ReadError("bad-container", f"The file is no JSON ({error}); save it again as JSON.") from error
        yield from json_lines.stories(io.BytesIO(content), reading)
        return
    if isinstance(document, list):
        yield from ((number, story_of(record, reading.fields)) for number, record in enumerate(document))
    else:
        yield None, story_of(document, reading.fields)


def _is_lines(content: bytes) -> bool:
    """Whether the first line is a JSON value of its own."""
    try:
        orjson.loads(content.lstrip().split(b"\n", 1)[0])
    except orjson.JSONDecodeError:
        return False
    return True
