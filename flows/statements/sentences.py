"""Sentence borders that respect quotation marks and the abbreviations of the wires."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.articles.article import Span
from flows.statements.quotations import CLOSING, STRAIGHT, Quotation, quoted_mask

# Words after which a full stop ends no sentence, as they stand before names, months and numbers.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen lt col capt sgt maj adm brig hon rev sen rep gov pres amb messrs mt no vs jr "
    "sr jan feb mar apr jun jul aug sep sept oct nov dec art para ft op cit al inc ltd co corp dept h.e s.e e.g "
    "i.e".split()
)
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’)\]]*$")
"""A stretch of words that ends a sentence."""
_STOP = re.compile(r"[.!?…]+[" + re.escape(CLOSING + STRAIGHT + "’')]") + r"]*(?=\s+|$)")
_LAST_WORD = re.compile(r"(?:^|[^\w.])([\w.]+)\.$")
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[A-Z]\.)+$")


def sentences(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> list[Span]:
    """Spans of the sentences of `text`, in order; a quotation inside a sentence never splits it.

    Example:
        `"Wait. We will," Mr. Lee said. He left.` gives two sentences.
    """
    mask = quoted_mask(text, quotations)
    return [span for paragraph in paragraphs for span in _sentences_of(text, paragraph, mask)]


def plain_sentences(text: str, span: Span) -> list[Span]:
    """Spans of the sentences inside `span`, quotation marks disregarded."""
    return _sentences_of(text, span, bytearray(len(text)))


def _sentences_of(text: str, paragraph: Span, mask: bytearray) -> list[Span]:
    found: list[Span] = []
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        end = stop.end()
        if not _ends_sentence(text, stop, paragraph.end, mask):
            continue
        found.append(Span(start, end))
        start = end + len(text[end : paragraph.end]) - len(text[end : paragraph.end].lstrip())
    if start < paragraph.end:
        found.append(Span(start, paragraph.end))
    return found


def _ends_sentence(text: str, stop: re.Match[str], limit: int, mask: bytearray) -> bool:
    end = stop.end()
    if end < limit and mask[end - 1] and mask[min(end, limit - 1)]:
        return False  # inside a quotation
    if end >= limit:
        return True
    following = text[end:limit].lstrip()[:1]
    if following.islower():
        return False
    if stop.group()[:1] != "." or len(stop.group()) > 1:
        return True
    before = text[max(0, end - 24) : end]
    word = _LAST_WORD.search(before)
    if word and word.group(1).lower() in _ABBREVIATIONS:
        return False
    return not _INITIALS.search(before) or _starts_sentence(text[end:limit].lstrip())


def _starts_sentence(rest: str) -> bool:
    """After initials or a dotted acronym only an unmistakable opening word starts a sentence."""
    return bool(re.match(r"[\"“«]|(?:The|He|She|It|They|We|But|In|On|A|An|His|Her|Its|That|This|Last|And)\b", rest))
