"""Labels of the fields of a story that some outlets use: `Source:`, `Quote:`, `Details:`, which are no speakers."""

from __future__ import annotations

import re
from typing import Final

from flows.articles.article import Span

_WORDS: Final = (
    r"(?:direct |full |key )?quot(?:e|es|ation)|verbatim|literally|(?:more |further |full )?details|"
    r"(?:primary |news )?sources?|"
    r"previously|earlier|background|context|reminder|(?:for )?reference|recall|updated?|addition|"
    r"note|editor['’]s note|summary|key (?:points?|facts?|takeaways?)|in brief|in short|why it matters|what happened|"
    r"what(?: i|['’])s next|what we know|what to know|the big picture|the latest|driving the news|read (?:also|more)|"
    r"see also|related|photo|video|topics?|subject|date|place|venue|time|location|author"
)
_LABEL = re.compile(rf"(?:{_WORDS}):?", re.IGNORECASE)
_QUOTE = re.compile(
    r"^(?:(?:direct |full |key )?quot(?:e|es|ation)|verbatim|literally)"
    r"(?:\s(?:from|by|of)\s(?P<who>[^:\"“”\n]{2,120}))?:\s+$",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_QUOTE_LABEL = 160
_SOURCE = re.compile(
    r"^Source:\s+(?P<who>[A-Z].{2,150}?)(?:['’]s?\s(?=[a-z])|"
    r",?\s(?:on|in|at|via|during|speaking|quoting|citing|quoted by|"
    r"as|with reference)\s|\s*$)",
    re.MULTILINE,
)


def is_field_label(words: str) -> bool:
    """Whether the words in front of a colon name a part of a story and nobody who speaks."""
    return _LABEL.fullmatch(words.strip()) is not None


def quote_label(text: str, at: int) -> tuple[Span, Span | None] | None:
    """The label that stands right before the words at an offset, and whom it names: `Quote from Lee:`."""
    found = _QUOTE.search(text, max(0, at - _LONGEST_QUOTE_LABEL), at)
    if found is None:
        return None
    return Span(*found.span()), Span(*found.span("who")) if found["who"] else None


def named_source(text: str, before: int) -> Span | None:
    """Whom the nearest `Source:` line above an offset names, without the place where they spoke.

    Example:
        Of `Source: President Lee's evening address` it is `President Lee`.
    """
    *_, found = None, *_SOURCE.finditer(text, 0, before)
    return Span(*found.span("who")) if found else None
