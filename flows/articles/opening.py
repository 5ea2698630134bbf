"""Where in the characters of a raw story the dateline stands."""

from __future__ import annotations

import re
from datetime import date

from flows.articles.article import Dateline, Span
from flows.dates.dateline import match_dateline, match_place_line, search_dateline

_REACH = 2500
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t]*\n")


def find_dateline(text: str, published: date | None) -> tuple[Dateline, Span] | None:
    """The dateline near the top of `text` and its span, behind which the story begins; None if there is none.

    Args:
        text: The raw story.
        published: Day by which a day without a year is completed.
    """
    for line in _LINE.finditer(text, 0, _REACH):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        blank = _BLANK.search(text, line.start())
        rest = text[start : blank.start() if blank else len(text)].replace("\n", " ").rstrip()
        if not rest:
            continue
        alone = match_place_line(line.group().strip())
        found = alone or match_dateline(rest) or search_dateline(rest)
        if found is not None and (alone is None or line.start() > 0):
            return found.dateline(published), Span(start + found.start, start + found.end)
    return None
