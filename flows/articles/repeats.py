"""Words that a page prints twice: the headline on top of the body, a teaser of the lead, a caption, a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from flows.articles.layout import is_turn

_EDGES: Final = " .!?…:;,\"“”'’«»–—-"
_SENTENCE_ENDS: Final = (".", "!", "?", '"', "”", "»", "…", ")")
_TEASERS: Final = ("…", "...", "[…]", "[...]")
_SHORT = 45
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
    once = body[start:]
    removed = Counter({"repeated-headline": start})
    if _may_repeat(once):
        once = _once(once, removed, dateline)
    if len(once) + start < len(body) and sum(map(is_turn, body)) >= _TRANSCRIPT_TURNS:
        return body, Counter()
    return once, +removed


def _may_repeat(body: list[str]) -> bool:
    """Whether two paragraphs end alike or one breaks off; most stories have neither."""
    ends = [paragraph[-_SHORT:] for paragraph in body if len(paragraph) >= _SHORT]
    return len(set(ends)) < len(ends) or any(end.endswith(_TEASERS) for end in ends)


def _once(body: list[str], removed: Counter[str], dateline: str) -> list[str]:
    seen: set[str] = set()
    once: list[str] = []
    for number, paragraph in enumerate(body):
        words = paragraph.removeprefix(dateline).strip()
        if not words.endswith(_SENTENCE_ENDS) or len(words) < _SHORT:
            once.append(paragraph)
        elif words in seen:
            removed["repeated-paragraph"] += 1
        elif _is_teaser(words, body[number + 1 :]):
            removed["repeated-lead"] += 1
        else:
            seen.add(words)
            once.append(paragraph)
    return once


def _is_teaser(words: str, after: list[str]) -> bool:
    """Whether `words` break off and a later paragraph says them in full."""
    if not words.endswith(_TEASERS):
        return False
    key = _key(words)
    return any(_key(other).startswith(key) and len(other) > len(words) for other in after)


def _key(paragraph: str) -> str:
    """What is compared: case and marks at the ends left out."""
    bare = paragraph.strip()
    for teaser in _TEASERS:
        bare = bare.removesuffix(teaser)
    return bare.strip(_EDGES).casefold()
