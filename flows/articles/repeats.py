"""Words that a page prints twice: the headline on top of the body, a teaser of the lead, a caption, a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from flows.articles.layout import is_turn

_EDGES: Final = " .!?…:;,\"“”'’«»–—-"
_SENTENCE_ENDS: Final = (".", "!", "?", '"', "”", "»", "…", ")")
_TEASERS: Final = ("…", "...", "[…]", "[...]")
_FEWEST_WORDS = 8
_FEWEST_HEADLINE_WORDS = 4
_TRANSCRIPT_TURNS = 2


def without_repeats(body: list[str], headlines: Iterable[str], dateline: str = "") -> tuple[list[str], Counter[str]]:
    """The body without what stands there already, and how often each rule took something out.

    Lines that end in no mark are left alone, for fact sheets list a name and print it again as a heading, and so
    are short paragraphs and all of a transcript, for people do say things twice.

    Args:
        body: Paragraphs of the body.
        headlines: Headlines of the story, also such as stand in fields of its own.
        dateline: The dateline as written, which a second copy of the lead still carries.
    """
    known = {_key(line) for line in headlines if len(line.split()) >= _FEWEST_HEADLINE_WORDS}
    start = next((number for number, paragraph in enumerate(body) if _key(paragraph) not in known), 0)
    once: list[str] = []
    removed = Counter({"repeated-headline": start})
    seen: set[str] = set()
    for number, paragraph in enumerate(body[start:], start):
        if rule := _repeats(paragraph.removeprefix(dateline), seen, body[number + 1 :]):
            removed[rule] += 1
        else:
            once.append(paragraph)
    if len(once) + start < len(body) and sum(map(is_turn, body)) >= _TRANSCRIPT_TURNS:
        return body, Counter()
    return once, +removed


def _repeats(paragraph: str, seen: set[str], after: list[str]) -> str | None:
    """Name of the rule by which `paragraph` repeats other words of the body; notes it as seen."""
    if not paragraph.endswith(_SENTENCE_ENDS) or len(paragraph.split(None, _FEWEST_WORDS - 1)) < _FEWEST_WORDS:
        return None
    key = _key(paragraph)
    if key in seen:
        return "repeated-paragraph"
    seen.add(key)
    if paragraph.endswith(_TEASERS) and any(_key(other).startswith(key) and len(other) > len(key) for other in after):
        return "repeated-lead"
    return None


def _key(paragraph: str) -> str:
    """What is compared: case, quotation marks and marks at the ends left out."""
    bare = paragraph.strip()
    for teaser in _TEASERS:
        bare = bare.removesuffix(teaser)
    return bare.strip(_EDGES).casefold()
