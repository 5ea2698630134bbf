"""A JSON file that is one array of articles, or one article; JSON Lines under the same name are read as such."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from flows.articles import json_lines
from flows.articles.errors import ReadError
from flows.articles.story import Story


def stories(raw: bytes) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file, one for each object of its array.

    Raises:
        ReadError: The file is neither JSON nor JSON Lines.
    """
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if not _is_lines(raw):
            raise ReadError("bad-container", f"The file is no JSON ({error}); save it again as JSON.") from error
        yield from json_lines.stories(raw)
        return
    if isinstance(document, list):
        yield from ((number, json_lines.story_of(record)) for number, record in enumerate(document))
    else:
        yield None, json_lines.story_of(document)


def _is_lines(raw: bytes) -> bool:
    """Whether the first line is a JSON value of its own."""
    try:
        orjson.loads(raw.lstrip().split(b"\n", 1)[0])
    except orjson.JSONDecodeError:
        return False
    return True
