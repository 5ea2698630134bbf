"""From an engine's attributions to statements: exact borders, type and pieces, as the annotation rules decide them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.cues import UNKNOWN, Cue, is_clause, look_up
from flows.statements.quotations import CLOSING, MARKS, OPENING, STRAIGHT, Quotation
from flows.statements.statement import QuotationType, Statement

_THAT = re.compile(
    r"(?:(?:then|only|also|again|further|later|the\s+fact|(?:with\s+)?(?:satisfaction|regret|concern|alarm|pleasure))\s+)?"
    r"that(?:,?\s+)|whether\s+"
)
_LEADING = re.compile(r"[\s,;:–—-]+")
# Whom the words were told, where the engine took them for content: `lawmakers that ...`.
_ADDRESSEE = re.compile(
    r"(?:(?:the|a|an|our|this|his|her|their)\s+)?(?:(?:[\w-]+\s+){0,2}(?:reporters|journalists|lawmakers|parliament|agency|"
    r"newspaper|publication|magazine|daily|paper|portal|website|channel|broadcaster|correspondent|council|committee|"
    r"commission|assembly|panel|deputies|senators|delegates|ambassadors|counterpart|audience|forum|briefing)|[A-Z]{2,}\b)"
    r"(?:\s+\w+){0,3}?\s+(?=that\s)"
)
_HEARER_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*\s+(?:(?:of|and|al|de|van)\s+)?){1,6}(?=that\s)")
_TOLD = re.compile(
    r"\b(?:told|tell(?:s|ing)?|inform(?:ed|s|ing)|assur(?:ed|es|ing)|reassur(?:ed|es|ing)|remind(?:ed|s|ing)|"
    r"notif(?:ied|ies|ying)|warn(?:ed|s|ing)|brief(?:ed|s|ing)|advis(?:ed|es|ing))\s+$"
)
_CONNECTIVE = re.compile(
    r"(?:However|Moreover|Furthermore|Meanwhile|Nevertheless|Nonetheless|Additionally|In addition|"
    r"Besides),\s+(?=[\w“\"]|$)"
)
_NO_HEARER = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|not(?:ed|es?|ing)|claim(?:ed|s|ing)?|believ(?:ed|es?|ing)|think(?:s|ing)?)\s+$"
)
# Background at the end of a clause: `, which ends on Saturday`, `, who visited the site`.
_BACKGROUND = re.compile(
    r"(?P<mark>(?:,?[”\"])?)(?:(?<=[”\"]),?|,)\s(?:(?:many|some|most|all|both|one|several)\sof\s)?"
    r"(?:which|who|whose|whom)\s[^,;:“”\"]+$"
)
_LEFT_OVER = re.compile(r"(?P<mark>)[,;]\s(?:while|and|but|as|which|who|when|after)$")
_SHORTEST_KEPT = 12
_SHORTEST_REPEAT = 6
_ADVERBS = re.compile(r"(?:(?:once|again|also|further|then|later|[a-z]+ly)\s+)+(?=\w)")
_VOICED = re.compile(
    r"(?:(?:express|voic|convey|hand(?:s|ed|ing)\b|lodg|deliver)\w*\s+(?!that\b)\w|shar(?:e|es|ed|ing)\s+the\s)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:\b(?:did|does|do|has|have|had|will|would|could|can)\s+not|\b\w+n['’]t)\s+$")
_NO_CLAUSE = re.compile(r"to\s+[a-z]+|with\s+(?!(?:[a-z]+\s+){1,2}that\b)[a-z]+")
_AGREED = re.compile(r"\b(?:agree(?:d|s|ing)?\s(?:on|upon|to|about)|assur(?:ed|es|ing)\s(?:\w+\s)?of)$", re.IGNORECASE)
_MATTER = re.compile(
    r"(?:(?:the|their|his|her|its|an?)\s)?(?:[a-z-]+\s){0,2}(?:importance|need|roles?|concerns?|progress|contributions?|"
    r"significance|necessity|support|commitments?|readiness|efforts|achievements?|willingness|urgency|value|cooperation|"
    r"potential|assertions?|claims?|history|friendship|ties)\s(?:of|for|about|to|in|made|over|by|between|with|on|towards?)\s"
)
_TRAILING = re.compile(r"[\s,;:.–—-]+$")
_SCARE = re.compile(r"(?:so-called|dubbed|known as|named|titled|entitled|termed|the word|the term)\s*$", re.IGNORECASE)
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_LEADING_DAY = re.compile(rf"(?:(?:late|early|earlier)\s+)?(?:on|last)\s+(?:{_WEEKDAYS})\s+")
_LEADING_TIME = re.compile(
    r"(?:(?:late|early|earlier|again|also|only)\s+)?(?:yesterday|today|earlier|later|recently|separately|here|"
    r"(?:last|this)\s+(?:night|week|month|year|morning|afternoon|evening))\s+(?=that\s)"
    r"|(?:earlier|recently|afterwards?|separately)\s+(?=(?:the|an?|it|he|she|they|there|its|his|her|their|no)\s)"
)
_OWN_DAY = re.compile(r"\s(?:to|that|for)\s|ing\s")
_TRAILING_DAY = re.compile(rf"\s+(?:(?:late|early|earlier)\s+)?(?:on|last)\s+(?:{_WEEKDAYS})$")


@dataclass(frozen=True, slots=True)
class _Page:
    """The text with its quotations, as every step here needs them."""

    text: str
    quotations: Sequence[Quotation]

    def quotation_filling(self, span: Span) -> Quotation | None:
        """The quotation that `span` consists of, marks aside; None if there are other words in the span too."""
        for quotation in self.quotations:
            if span.overlaps(quotation.outer):
                before = self.text[span.start : max(span.start, quotation.outer.start)].lstrip()
                before = _THAT.sub("", _CONNECTIVE.sub("", before))
                behind = self.text[min(span.end, quotation.outer.end) : span.end]
                return quotation if not re.search(r"\w", before + behind) else None
        return None

    def quotations_in(self, span: Span) -> list[Quotation]:
        return [quotation for quotation in self.quotations if quotation.outer.overlaps(span)]


def shape(text: str, quotations: Sequence[Quotation], attributions: Iterable[Attribution]) -> list[Statement]:
    """One statement per attribution, in the order of the text; attributions without words are left out."""
    page = _Page(text, quotations)
    shaped = [statement for attribution in attributions if (statement := _statement(page, attribution))]
    return sorted(_without_repeats(text, _without_doubles(shaped)), key=lambda statement: statement.pieces)


def _without_repeats(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements but for a quotation that a later one repeats word by word, as the body does a standfirst."""
    spoken = [(each.start, each.text_in(text).rstrip(" .,")) for each in statements if each.quotation_type == "direct"]
    return [
        each
        for each in statements
        if each.quotation_type != "direct"
        or len((words := each.text_in(text).rstrip(" .,")).split()) < _SHORTEST_REPEAT
        or not any(start > each.start and words in other for start, other in spoken)
    ]


def _without_doubles(statements: Sequence[Statement]) -> list[Statement]:
    """One statement for each stretch of text: with cue and source before one without, then the surer one."""
    ranked = sorted(statements, key=lambda each: (each.cue is None, each.source is None, -each.score, each.pieces))
    kept: list[Statement] = []
    for statement in ranked:
        if not any(_same_stretch(statement, other) for other in kept):
            kept.append(statement)
    return kept


def _same_stretch(one: Statement, other: Statement) -> bool:
    """Whether more than half of a piece of one lies in a piece of the other."""
    return any(
        2 * (min(a.end, b.end) - max(a.start, b.start)) > min(a.end - a.start, b.end - b.start)
        for a in one.pieces
        for b in other.pieces
    )


def _statement(page: _Page, attribution: Attribution) -> Statement | None:
    cue_span = attribution.cue[0] if attribution.cue else None
    cue, verb = look_up(page.text, cue_span) if cue_span else (UNKNOWN, -1)
    if cue is UNKNOWN and cue_span and (adverbs := _ADVERBS.match(page.text, *cue_span)):
        verb = adverbs.end()
    if cue_span and _VOICED.match(page.text, *cue_span):
        verb = cue_span.start  # the lexicon takes `hope` of `voiced hope` for the verb
    spans = _merged(page, [_without_further_sentence(page, _snapped(page, span)) for span in attribution.content])
    if not spans:
        return None
    wholes = [page.quotation_filling(span) for span in spans]
    if all(whole is not None for whole in wholes) and not _keeps_verb(page, cue, cue_span, spans[0]):
        pieces = tuple(piece for whole in wholes if whole for piece in whole.pieces)
        quotation_type = _type_of_quotation(page.text, pieces[0])
    else:
        pieces = _clause_pieces(page, spans, wholes, cue, cue_span, verb)
        quotation_type = _type_of_clause(page, pieces)
    pieces = tuple(piece for piece in pieces if re.search(r"\w", piece.of(page.text)))
    if not pieces:
        return None
    source = Span(attribution.source[0].start, attribution.source[-1].end) if attribution.source else None
    return Statement(pieces, quotation_type, source, cue_span, attribution.method, attribution.score)


def _snapped(page: _Page, span: Span) -> Span:
    """Stretches a span over the whole of each quotation of which it holds the greater part, or draws it back."""
    start, end = span
    for quotation in page.quotations_in(span):
        outer = quotation.outer
        shared = min(end, outer.end) - max(start, outer.start)
        if shared * 2 >= outer.end - outer.start:
            start, end = min(start, outer.start), max(end, outer.end)
        elif start > outer.start:
            continue  # a clause inside a quotation: its borders are its own
        elif outer.start > start and re.search(r"\w", page.text[start : outer.start]):
            end = min(end, outer.start)
    return Span(start, end)


def _without_further_sentence(page: _Page, span: Span) -> Span:
    """Reported speech without a quotation that follows it as a sentence of its own.

    Example:
        Of `that talks were over. "Enough is enough."` the clause stays; the quotation is a statement of its own.
    """
    for quotation in page.quotations_in(span):
        before = page.text[span.start : quotation.outer.start]
        ended = re.search(r"\w[.!?]\s+$", before) and _opens_with_capital(quotation.inner.of(page.text))
        if ended and not any(mark in before for mark in MARKS):
            return Span(span.start, span.start + len(before.rstrip()))
    return span


def _merged(page: _Page, spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap (marks and spaces aside) made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not re.search(rf"[\w{MARKS}\n]", page.text[merged[-1].end : span.start]):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _keeps_verb(page: _Page, cue: Cue, cue_span: Span | None, first: Span) -> bool:
    """Whether the text begins at the verb: always for verbs that turn the meaning, else where no clause follows."""
    if cue_span is None or first.start < cue_span.start:
        return False
    words, content = cue_span.of(page.text), _without_lead(first.of(page.text))
    if cue.sense == "turning" or _VOICED.match(words):
        return True
    if words.lower().endswith(" that") or content.lower().startswith("the fact that "):
        return False
    if cue.frame == "clause":
        object_behind = _AGREED.search(words) or _MATTER.match(content)
        return bool(_NO_CLAUSE.match(content) or object_behind) and not is_clause(content)
    opens_sentence = page.text[first.start : first.start + 1] in MARKS and _opens_with_capital(content)
    if cue.frame == "act":
        return not content.lower().startswith(("that ", "the fact that ")) and not opens_sentence
    return not is_clause(content) and not opens_sentence


def _without_lead(words: str) -> str:
    """Without separators and a weekday in front."""
    for pattern in (_LEADING, _LEADING_DAY):
        if found := pattern.match(words):
            words = words[found.end() :]
    return words


def _clause_pieces(
    page: _Page,
    spans: Sequence[Span],
    wholes: Sequence[Quotation | None],
    cue: Cue,
    cue_span: Span | None,
    verb: int,
) -> tuple[Span, ...]:
    if _keeps_verb(page, cue, cue_span, spans[0]) and verb >= 0:
        negated = _NEGATED.search(page.text, max(0, verb - 16), verb)
        verb = negated.start() if negated else verb
        spans = [Span(verb, spans[0].end), *spans[1:]]
        wholes = [None, *wholes[1:]]
    pieces: list[Span] = []
    for span, whole in zip(spans, wholes, strict=True):
        if whole is not None and len(spans) == 1:
            pieces.extend(whole.pieces)
        else:
            pieces.append(_trimmed(page, span, keeps_start=span.start == verb))
    return tuple(pieces)


def _trimmed(page: _Page, span: Span, *, keeps_start: bool) -> Span:
    """Without a leading `that`, without separators at either end; marks that belong to a quotation inside stay."""
    start, end = span
    if not keeps_start:
        if (found := _ADDRESSEE.match(page.text, start, end)) and not _NO_HEARER.search(
            page.text[max(0, start - 16) : start]
        ):
            start = found.end()
        if (found := _HEARER_NAME.match(page.text, start, end)) and _TOLD.search(page.text[max(0, start - 16) : start]):
            start = found.end()
        for pattern in (_LEADING, _LEADING_DAY, _LEADING_TIME, _THAT, _LEADING, _CONNECTIVE):
            if found := pattern.match(page.text, start, end):
                start = found.end()
    elif (found := _TRAILING_DAY.search(words := page.text[start:end].rstrip(" .,"))) and not _OWN_DAY.search(words):
        # `welcomed the plan on Thursday` says when it was welcomed; `urged them to meet on Thursday` says what.
        end = start + found.start()
    end = _without_trailing(page.text, start, end)
    return Span(start, _without_trailing(page.text, start, _without_background(page, start, end)))


def _without_trailing(text: str, start: int, end: int) -> int:
    if found := _TRAILING.search(text[start:end]):
        end = start + found.start()
        end += _abbreviation_stop(text, end)
    return end


def _without_background(page: _Page, start: int, end: int) -> int:
    """Where the clause ends before what the reporter adds behind a comma, or before the beginning of a further clause.

    Example:
        `more than 300 firms had registered, which surprised nobody` ends behind `registered`.
    """
    words = page.text[start:end]
    found = _LEFT_OVER.search(words) or _BACKGROUND.search(words)
    if found is None or found.start() < _SHORTEST_KEPT:
        return end
    at = start + found.end("mark")
    return end if any(each.outer.start < at < each.outer.end for each in page.quotations) else at


def _abbreviation_stop(text: str, end: int) -> int:
    """1 if the full stop at `end` belongs to a dotted acronym such as `U.N.`."""
    return int(
        text[end : end + 1] == "." and bool(re.search(r"\b(?:[A-Za-z]\.)+[A-Za-z]$", text[max(0, end - 8) : end]))
    )


def _opens_with_capital(words: str) -> bool:
    first = words.lstrip(MARKS + "‘'[(…. ")[:1]
    return bool(first) and not first.islower()


def _type_of_quotation(text: str, first: Span) -> QuotationType:
    """A whole quotation is `direct`, unless it is grammatically part of the reporter's clause."""
    before = text[max(0, first.start - 12) : first.start].rstrip(MARKS + " ")
    after_that = re.search(r"\bthat$", before, re.IGNORECASE)
    return "direct" if _opens_with_capital(first.of(text)) and not after_that else "mixed"


def _type_of_clause(page: _Page, pieces: Sequence[Span]) -> QuotationType:
    for quotation in page.quotations:
        if any(quotation.outer.overlaps(piece) for piece in pieces):
            before = page.text[max(0, quotation.outer.start - 16) : quotation.outer.start]
            if not _SCARE.search(before):
                return "mixed"
    return "indirect"


def join_split_quotations(
    text: str, statements: Sequence[Statement], quotations: Sequence[Quotation]
) -> list[Statement]:
    """Gives every quotation that no attribution claimed to the statement that it goes on with.

    `"A," he said. "B."` in one paragraph is one statement of two pieces; a quotation that stands in a paragraph of its
    own, without a source, is a statement whose speaker is the one before. Fragments inside narration stay out.

    Args:
        text: The article's text.
        statements: Statements in order.
        quotations: All quotations of the text.
    """
    result = list(statements)
    for quotation in quotations:
        if any(piece.overlaps(quotation.inner) for statement in result for piece in statement.pieces):
            continue
        if not _stands_alone(text, quotation):
            continue
        previous = _before(text, result, quotation)
        if previous is not None and _goes_on_with(text, previous, quotation):
            result[result.index(previous)] = replace(previous, pieces=previous.pieces + quotation.pieces)
        else:
            result.append(
                Statement(
                    quotation.pieces,
                    "direct",
                    None,
                    None,
                    "uncued-quotation",
                    0.5,
                    same_speaker_as_previous=True,
                )
            )
    return sorted(result, key=lambda statement: statement.pieces)


def _before(text: str, statements: Sequence[Statement], quotation: Quotation) -> Statement | None:
    """The statement before a quotation; the quotation before an aside (`, adding that ...`) of the same source."""
    earlier = sorted(
        (statement for statement in statements if statement.start < quotation.outer.start),
        key=lambda statement: statement.pieces[-1].end,
    )
    if len(earlier) > 1 and earlier[-1].source and earlier[-1].source == earlier[-2].source:
        aside = earlier[-1].quotation_type == "indirect" and earlier[-1].start > earlier[-2].pieces[-1].end
        if aside and _goes_on_with(text, earlier[-2], quotation):
            return earlier[-2]
    return earlier[-1] if earlier else None


def _stands_alone(text: str, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence of its own: begins one, ends one, and no words stand beside it."""
    before = text[: quotation.outer.start].rstrip(" ")
    begins = not before or before[-1] in "\n.!?:" + CLOSING + STRAIGHT + OPENING
    words = quotation.inner.of(text)
    ends = (
        words.rstrip()[-1:] in ".!?…"
        or text[quotation.outer.end : quotation.outer.end + 1] in ".\n"
        or not quotation.closed
    )
    return begins and ends and _opens_with_capital(words) and len(words.split()) >= 2


def _goes_on_with(text: str, previous: Statement, quotation: Quotation) -> bool:
    """Whether only the attribution stands between the statement and the quotation, in one paragraph."""
    between = text[previous.pieces[-1].end : quotation.outer.start]
    if "\n" in between or previous.quotation_type not in ("direct", "mixed"):
        return False
    ends_quoted = between[:1] in MARKS
    return ends_quoted and len(re.findall(r"[.!?](?=\s)", between)) <= 1
