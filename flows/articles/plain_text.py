"""Plain text, with or without a `date YYYY-MM-DD` in front."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from flows.articles.decoding import decode
from flows.articles.story import Story

_PREFIX = re.compile(r"\s*date[ \t]+(\d{4}-\d\d-\d\d)\b[ \t]*")


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story]]:
    """The one story of a text file.

    Raises:
        ReadError: The bytes are no text.
    """
    text = decode(raw.read())
    found = _PREFIX.match(text)
    published = _day(found[1]) if found else None
    if found and published:
        yield None, Story(text[found.end() :], published, "prefix")
    else:
        yield None, Story(text)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
