"""What stands around words and is none of them: the question that a quotation answers, a guest who is received."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.statement import Statement

_ANSWERS = re.compile(
    r"(?:In\s(?:response|reply|answer)\sto|Responding\sto|Replying\sto|Answering|Reacting\sto|(?:When\s)?[Aa]sked\b|"
    r"Referring\sto|Commenting\son|Speaking\s(?:about|of|on)|Regarding|Concerning)\s"
)
# A person with a title, to a place or a house; a state is welcomed to an alliance in words.
_ARRIVAL = re.compile(
    r"(?:welcom|receiv|host)\w+\s(?:[\w’'.]+\s){0,6}?(?:President|Minister|Secretary|Ambassador|Chancellor|Premier|King|Queen|"
    r"Representative|General|Chair\w*|Commissioner|Speaker)\s(?:[\w’'.-]+\s){1,8}?(?:to|at|in)\s(?:the\s)?"
    r"(?:[A-Z][\w’'-]*\s)*(?:[Hh]eadquarters|Palace|House|Kremlin|airport|Airport|capital|residence|office|[A-Z][a-z]+)"
    r"(?:\son\s[A-Z]\w+day(?:\s\([^()]*\))?)?[.,]?$"
)


def without_questions(text: str, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, those of several stretches without the one before the source that tells what is answered."""
    return [replace(each, content=_said(text, each)) for each in attributions]


def without_arrivals(text: str, statements: Iterable[Statement]) -> list[Statement]:
    """The statements but for guests who are received: `welcomed President Ana Lee to Oslo`."""
    return [each for each in statements if not _ARRIVAL.match(each.text_in(text))]


def _said(text: str, attribution: Attribution) -> tuple[Span, ...]:
    first, *rest = attribution.content
    before = bool(attribution.source) and first.end <= attribution.source[0].start
    return tuple(rest) if rest and before and _ANSWERS.match(text, *first) else attribution.content
