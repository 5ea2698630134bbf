"""Words that stand apart from their attribution, which an engine reads sentence by sentence and so mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.articles.article import Span
from flows.statements.attribution import Attribution

_VERBS = (
    r"said|says|announced|stated|wrote|noted|stressed|declared|emphasi[sz]ed|reported|added|told|continued|explained"
)
_THIS = re.compile(
    rf"(?P<source>[A-Z][^.;:\"“”\n]{{2,160}}?)\s(?P<cue>{_VERBS}|disclosed|revealed|confirmed)\s(?:about\s)?this"
    r"(?:\s(?:in|at|on|during|to|when|while|after|following|at)\b|,\s(?:commenting|speaking|answering|responding|replying)\b)"
)
_THIS_BY = re.compile(
    r"(?:This|That)\s(?:is|was|has been)\s(?P<cue>said|stated|announced|reported|noted|stressed|declared|"
    r"emphasi[sz]ed|confirmed|revealed|disclosed|told)\s(?:(?:to\s\w+|on\s\w+day|today|in|at|during)\s(?:[\w’'-]+\s){0,8}?)?by\s"
    r"(?P<source>[^;:\"“”\n]{2,200}?)"
    r"(?=\.?$|,?\s(?:on|in|at|during|when|while|after|following|as|speaking|commenting)\s|"
    r",\s[^,]{2,60}\s(?:reports?|informs?)\b)"
)
_INSERTED = re.compile(
    rf"(?P<head>[A-Z][^,\"“”\n]{{3,80}}),\s(?P<cue>{_VERBS})\s(?P<source>[^,\"“”\n]{{2,80}}),\s(?P<rest>\S[^\n]*)"
)
_HEAD = re.compile(r"(?P<head>[A-Z][^,\"“”\n]{2,80}),\s")
_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|does|did|do|need(?:s|ed)?|remain(?:s|ed)?|"
    r"want(?:s|ed)?|seem(?:s|ed)?|goes|went|continue[sd]?)\b"
)
_ADJUNCT = re.compile(
    r"(?:In|On|At|After|Before|During|Earlier|Later|Last|Meanwhile|However|According|As|When|While|For|By|With|But)\b"
)


def mended(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, those of such sentences replaced by what the sentences say.

    Example:
        `Peru will host the talks. Minister Ana Lee announced this at a briefing.` gives her the sentence before; `The
        list, said the envoy, "is short"` is one clause of the envoy, in two pieces.
    """
    result = list(attributions)
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        found = _announced(text, before, sentence, result) or _inserted(text, sentence)
        if found is not None:
            result = [*_elsewhere(sentence, result), *([found] if found.content else [])]
    return sorted((_with_head(text, sentences, each) for each in result), key=lambda each: each.content)


def _with_head(text: str, sentences: Sequence[Span], attribution: Attribution) -> Attribution:
    """`Peru, Oslo insists, must pay`: the subject before the attribution is a part of the clause."""
    if not attribution.source or not attribution.cue or len(attribution.content) != 1:
        return attribution
    source, cue, content = attribution.source[0], attribution.cue[0], attribution.content[0]
    sentence = next((each for each in sentences if each.covers(source)), source)
    head = _HEAD.fullmatch(text, sentence.start, max(sentence.start, source.start))
    parted = source.end <= cue.start and text[cue.end : content.start] == ", " and _VERB.match(text, content.start)
    if head is None or not parted or _ADJUNCT.match(head["head"]):
        return attribution
    return replace(attribution, content=(Span(*head.span("head")), content))


def _announced(
    text: str, before: Span | None, sentence: Span, attributions: Sequence[Attribution]
) -> Attribution | None:
    """`SOURCE announced this at ...`: the sentence before, unless it has a source of its own."""
    this = _THIS.match(text, *sentence) or _THIS_BY.match(text, *sentence)
    if this is None or before is None:
        return None
    claimed = any(span.overlaps(before) for each in attributions if each.source for span in each.content)
    content = () if claimed else (before,)
    return Attribution((Span(*this.span("source")),), (Span(*this.span("cue")),), content, 0.8, "rule-this")


def _inserted(text: str, sentence: Span) -> Attribution | None:
    """`HEAD, said SOURCE, REST` with a quotation behind: the attribution parts a clause."""
    found = _INSERTED.match(text, sentence.start, sentence.end)
    if found is None or _ADJUNCT.match(found["head"]) or found["rest"][0] not in '"“':
        return None
    content = (Span(*found.span("head")), Span(*found.span("rest")))
    return Attribution((Span(*found.span("source")),), (Span(*found.span("cue")),), content, 0.8, "rule-inserted")


def _elsewhere(sentence: Span, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    return (each for each in attributions if not any(span.overlaps(sentence) for span in each.content))
