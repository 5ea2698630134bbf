"""The rule engine: quotations and reported speech by cue word and nearest source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.cues import cue_pattern, lexicon
from flows.statements.quotations import Quotation

_SOURCE_END = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|further|repeatedly|often|again|who|once))*\s*$", re.IGNORECASE
)
_NOT_SOURCE = re.compile(
    r"\b(?:spoke|met|with|said|told|which|where|when|while|because|if|is|are|was|were|that)\b", re.IGNORECASE
)
_ADJUNCT = re.compile(
    r"^(?:in|on|at|during|after|before|earlier|last|speaking|following|by|for|as|with|meanwhile|but|and|asked)\b",
    re.IGNORECASE,
)
_BARE_SOURCE = re.compile(r"(?:[A-Z]|the\b|an?\b|its?\b|he\b|she\b|they\b|his\b|her\b|their\b)", re.IGNORECASE)
_OWN_WORDS = re.compile(r"in\s+(?P<whose>his|her|their|its)\s+(?:own\s+)?words", re.IGNORECASE)
_TAIL_WORDS = 6
_SHORTEST_CLAUSE = 12
_BREAK = re.compile(r"[,;:](?=\s)|(?<=[”\"»])\s|$")


def attributions_by_rule(text: str, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Attributions that a cue word of the lexicon with a source beside it makes certain enough.

    Per sentence: `"...," SOURCE CUE`, `"...," CUE SOURCE`, `SOURCE CUE "..."`, `According to SOURCE, ...`, `...,
    according to SOURCE`, `..., SOURCE CUE`, `SOURCE CUE (that) ...`; the cue nearest to a quotation counts.
    """
    return [found for sentence in sentences for found in _in_sentence(text, sentence, quotations)]


def _in_sentence(text: str, sentence: Span, quotations: Sequence[Quotation]) -> Iterator[Attribution]:
    inside = [quotation for quotation in quotations if sentence.overlaps(quotation.outer)]
    cues = [Span(*cue.span()) for cue in cue_pattern().finditer(text, sentence.start, sentence.end)]
    outside = [cue for cue in cues if not any(quotation.outer.covers(cue) for quotation in inside)]
    for cue in sorted(outside, key=lambda cue: _distance(cue, inside)):
        found = _special(text, sentence, cue, inside) or _around(text, sentence, cue, inside)
        if found is not None:
            yield found
            return


def _distance(cue: Span, quotations: Sequence[Quotation]) -> int:
    """Characters between the cue and the nearest quotation; 0 where there are none."""
    return min((max(cue.start - each.outer.end, each.outer.start - cue.end) for each in quotations), default=0)


def _special(text: str, sentence: Span, cue: Span, inside: Sequence[Quotation]) -> Attribution | None:
    """Cues that are no verbs: `according to SOURCE`, `in his words`."""
    if cue.of(text).lower().startswith("according"):
        return _according(text, sentence, cue)
    if own := _OWN_WORDS.match(text, cue.start, sentence.end):
        quotation = next((found for found in inside if found.outer.start >= own.end()), None)
        content = (Span(sentence.start, cue.start), *([quotation.outer] if quotation else []))
        return Attribution((Span(*own.span("whose")),), (Span(*own.span()),), content, 0.6, "rule-in-own-words")
    return None


def _around(text: str, sentence: Span, cue: Span, inside: Sequence[Quotation]) -> Attribution | None:
    before = [quotation for quotation in inside if quotation.outer.end <= cue.start]
    source = _source_before(text, before[-1].outer.end if before else sentence.start, cue.start)
    if source is None and before:
        source = _source_behind(text, cue.end, sentence.end)
    if source is None:
        return None
    if before and before[-1].outer.end <= min(source.start, cue.start):
        content = Span(sentence.start, before[-1].outer.end)
        return Attribution((source,), (cue,), (content,), 0.8, "rule-quotation")
    comma = text.rfind(",", sentence.start, source.start)
    behind = text[cue.end : sentence.end].strip(" .")
    if comma > sentence.start and not _ADJUNCT.match(text[sentence.start : comma]) and behind.count(" ") < _TAIL_WORDS:
        return Attribution((source,), (cue,), (Span(sentence.start, comma),), 0.6, "rule-reported")
    takes_noun = lexicon()[" ".join(cue.of(text).lower().split())].frame != "clause"
    if takes_noun or len(behind) > _SHORTEST_CLAUSE:
        return Attribution((source,), (cue,), (Span(cue.end, sentence.end),), 0.5, "rule-reported")
    return None


def _according(text: str, sentence: Span, cue: Span) -> Attribution | None:
    """`According to SOURCE, CONTENT` or `CONTENT, according to SOURCE`."""
    leads = cue.start == sentence.start
    stop = _BREAK.search(text, cue.end, sentence.end) if leads else None
    source_end = stop.start() if stop else sentence.end
    source = _trim(text, Span(cue.end, source_end))
    content = Span(source_end + 1, sentence.end) if leads else Span(sentence.start, cue.start)
    if source is None or _trim(text, content) is None:
        return None
    return Attribution((source,), (cue,), (content,), 0.7, "rule-according-to")


def _source_before(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends right before the cue, reaching back to the last break."""
    stretch = text[start:end]
    if auxiliaries := _SOURCE_END.search(stretch):
        stretch = stretch[: auxiliaries.start()]
    breaks = [match.end() for match in _BREAK.finditer(stretch) if match.end() < len(stretch)]
    for begin in (breaks[-1] if breaks else 0, 0):
        candidate = _trim(text, Span(start + begin, start + len(stretch)))
        if candidate and _is_source(candidate.of(text)):
            return candidate
    return None


def _source_behind(text: str, start: int, end: int) -> Span | None:
    stop = _BREAK.search(text, start, end)
    candidate = _trim(text, Span(start, stop.start() if stop else end))
    return candidate if candidate and _is_source(candidate.of(text)) else None


def _is_source(words: str) -> bool:
    return bool(
        _BARE_SOURCE.match(words)
        and len(words.split()) <= 14
        and not _NOT_SOURCE.search(words)
        and not _ADJUNCT.match(words)
    )


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and not (text[start].isalnum()):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return Span(start, end) if start < end else None
