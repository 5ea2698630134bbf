"""Which of an engine's attributions are statements: speech, by somebody, with something said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flows.articles.article import Span
from flows.phrases import PhraseIndex
from flows.data import rows
from flows.statements.attribution import Attribution
from flows.statements.cues import is_known
from flows.statements.quotations import Quotation
from flows.statements.reported import attributions_by_rule

_NEGATED = re.compile(r"\b(?:not|never|without)\b|n['’]t\b", re.IGNORECASE)
_SILENT = re.compile(
    r"\b(?:say|saying|tell|specify|specifying|disclose|reveal|elaborate|comment|mention|explain|name|give)\b",
    re.IGNORECASE,
)
_DECLINED = re.compile(r"\b(?:declin|refus)\w+\s*$|\b(?:declin|refus)\w+\b", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"(?:to\s+)?(?:comment|elaborate|say|give|be\s+(?:named|identified))\b|not\s+to\s+be\b|(?:for\s+)?anonymity\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:when|was|were|if|being)\s+asked\b|^asked$", re.IGNORECASE)
_PASSIVE = re.compile(r"\s+(?:of|by)\b", re.IGNORECASE)
_ARRANGED = re.compile(r"to\s+(?:meet|speak|talk|stay|remain|continue|hold|keep)\b", re.IGNORECASE)


def sift(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], attributions: Iterable[Attribution]
) -> list[Attribution]:
    """The attributions that are statements, each with its source where the sentence names it.

    Left out are silence (`declined to comment`, `did not say which`), passives (`accused of theft`), answers to
    `when asked`, and words that only look like a cue. `Accusing Oslo of delay, the envoy said ...` gives the participle
    the envoy as its source. A medium that passes on somebody else's words hands the source over to them.
    """
    speech = [attribution for attribution in attributions if _is_speech(text, quotations, attribution)]
    sourced = [_with_source(sentences, attribution, speech) for attribution in speech]
    return [found for attribution in sourced for found in _unwrapped(text, quotations, attribution)]


def _is_speech(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> bool:
    content = text[attribution.content[0].start : attribution.content[-1].end]
    quoted = any(quotation.outer.overlaps(span) for quotation in quotations for span in attribution.content)
    if not attribution.cue:
        return quoted
    cue = attribution.cue[0]
    before = text[max(0, cue.start - 24) : cue.start].rpartition(".")[2].rpartition("\n")[2]
    words = f"{before}{cue.of(text)}"
    if _ASKED.search(words) or (_DECLINED.search(words) and _NO_WORDS.match(content)) or _NO_WORDS.match(content):
        return False
    if not quoted and _NEGATED.search(words[-28:]) and _SILENT.search(cue.of(text)):
        return False
    if not quoted and re.search(r"ed$", cue.of(text)) and _is_passive(text, cue, attribution):
        return False
    if cue.of(text).lower().endswith("agreed") and _ARRANGED.match(content):
        return False
    return quoted or is_known(text, cue)


def _is_passive(text: str, cue: Span, attribution: Attribution) -> bool:
    """`accused of theft`: the accused says nothing."""
    return cue.of(text).lower().endswith(("accused", "suspected", "blamed")) and bool(_PASSIVE.match(text, cue.end))


def _with_source(sentences: Sequence[Span], attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Lends an attribution without a source that of the nearest one in its sentence."""
    if attribution.source or not attribution.cue:
        return attribution
    cue = attribution.cue[0]
    sentence = next((sentence for sentence in sentences if sentence.overlaps(cue)), cue)
    named = [other.source for other in others if other.source and sentence.covers(other.source[0])]
    if not named:
        return attribution
    nearest = min(named, key=lambda source: (source[0].start > cue.start, abs(source[0].start - cue.start)))
    return replace(attribution, source=nearest)


def _unwrapped(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> Iterator[Attribution]:
    """`Xinhua said Wang urged Oslo to wait`: the words are Wang's."""
    if attribution.source and _media().find(text, *attribution.source[0]) and attribution.cue:
        first = attribution.content[0]
        if len(attribution.content) == 1 and "\n" not in first.of(text):
            outside = [quotation for quotation in quotations if not quotation.outer.covers(first)]
            inner = [
                found
                for found in attributions_by_rule(text, [first], outside)
                if found.source[0].start <= first.start + 5
            ]
            if inner:
                yield from (
                    replace(found, score=attribution.score * 0.9, method="tagger-unwrapped") for found in inner
                )
                return
    yield attribution


def _media() -> PhraseIndex[str]:
    return PhraseIndex(
        (row["form"], row["name"]) for row in rows("media") if row["kind"] in ("agency", "broadcaster", "newspaper")
    )
