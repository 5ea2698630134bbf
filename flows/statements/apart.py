"""Words that stand apart from their attribution, which an engine reads sentence by sentence and so mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.articles.article import Span
from flows.statements.attribution import Attribution

_VERBS = (
    r"said|says|announced|stated|wrote|noted|stressed|declared|emphasi[sz]ed|reported|added|told|continued|explained"
)
_THIS = re.compile(
    rf"(?P<source>[A-Z][^.;:\"“”\n]{{2,160}}?)\s(?P<cue>{_VERBS})\s(?:about\s)?this\s"
    r"(?:in|at|on|during|to|when|while|after|following|at)\b"
)
_INSERTED = re.compile(
    rf"(?P<head>[A-Z][^,\"“”\n]{{3,80}}),\s(?P<cue>{_VERBS})\s(?P<source>[^,\"“”\n]{{2,80}}),\s(?P<rest>\S[^\n]*)"
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
    return sorted(result, key=lambda each: each.content)


def _announced(
    text: str, before: Span | None, sentence: Span, attributions: Sequence[Attribution]
) -> Attribution | None:
    """`SOURCE announced this at ...`: the sentence before, unless it has a source of its own."""
    this = _THIS.match(text, sentence.start, sentence.end)
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
