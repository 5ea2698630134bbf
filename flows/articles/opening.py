"""Where in the characters of a raw story the dateline stands."""

from __future__ import annotations

import re
from datetime import date

from flows.articles.article import Dateline, Span
from flows.dates.dateline import REACH, match_dateline, match_place_line, search_dateline

_REACH = 2500
_LINE = re.compile(r"[^\n]+")
# `Question (Ana Lee, Daily Post):` has the shape of a place and an agency.
_LABEL = re.compile(
    r"(?:Q(?:uestion)?|A(?:nswer)?|QUESTION|ANSWER|Reporter|Journalist|Correspondent|Moderator|Spokes(?:person|man|woman))"
    r"\s*(?:\([^()\n]*\)\s*)?:"
)
_BLANK = re.compile(r"\n[ \t]*\n")


def find_dateline(text: str, published: date | None) -> tuple[Dateline, Span] | None:
    """The dateline near the top of `text` and its span, behind which the story begins; None if there is none.

    Args:
        text: The raw story.
        published: Day by which a day without a year is completed.
    """
    searched = -1
    for line in _LINE.finditer(text, 0, _REACH):
        words = line.group().strip()
        # What goes on in a small letter is the middle of a sentence.
        if not words or _LABEL.match(words) or (line.start() < searched and words[0].islower()):
            continue
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        blank = _BLANK.search(text, line.start())
        end = blank.start() if blank else len(text)
        rest = text[start:end].replace("\n", " ").rstrip()
        alone = match_place_line(words)
        found = alone or match_dateline(rest) or search_dateline(rest, weak_only=end == searched)
        if found is not None and (alone is None or line.start() > 0):
            return found.dateline(published), Span(start + found.start, start + found.end)
        if len(rest) <= REACH:
            searched = end
    return None
