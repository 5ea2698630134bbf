"""Somebody's words printed without quotation marks: behind `The minister said:`, or as they go on with `we`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from flows.articles.article import Article, Span
from flows.statements.quotations import MARKS, Quotation
from flows.statements.sentences import ENDS_SENTENCE
from flows.statements.statement import Statement

METHOD: Final = "unmarked-words"
"""Method of words in paragraphs of their own behind an attribution that ends in a colon."""

_CUE = r"said|says|stated|states|added|adds|commented|noted|wrote|writes|concluded|declared|continued|went on|goes on|"
_CUE += r"(?:will|is expected to|was expected to|is due to) (?:say|add|tell|state)"
_LEAD = re.compile(
    rf"\b(?P<cue>{_CUE})(?P<tail>\s(?:to say|as follows|the following|"
    r"(?:in|on|at|to|during|after|following|today|yesterday|also|here|with|via|about|\w+day)\b"
    r"(?:(?!\b(?:that|will|would|should)\b)[^:.]){0,120})?)?:$"
)
_GIVEN = re.compile(
    r"\b(?P<cue>(?:gave|made|issued|released|published|sent)\s(?:\S+\s){0,3}?the following\s(?:\w+\s){0,2}?"
    r"(?:answers?|replies|reply|statement|remarks?|comments?|message|declaration|response))\b[^:\n]{0,300}:$"
)
_GOES_ON = re.compile(r"(?:continued|went on|goes on)\b|.*\b(?:as follows|the following)\b")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my|me)\b", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-–—•*·]|\d{1,2}[.)])\s")
_PUBLISHER = re.compile(
    r"\b(?:subscri\w+|newsletters?|contact|follow|join|sign up|e-?mail|website|readers?|correspondents?|reporters?|"
    r"newspaper|editors?|editorial|click|cookies|app|donat\w+)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b(?:US|U\.S|IT)\b")


def with_unmarked_words(
    article: Article, quotations: Sequence[Quotation], statements: Sequence[Statement]
) -> list[Statement]:
    """The statements, those behind `The minister said:` with all their paragraphs.

    They end with the last paragraph in the first person before somebody else speaks, or, behind `continued:`, with the
    last before that. Whatever an engine found inside is part of them.

    Example:
        `Minister Ana Lee said:`, `The port is closed.`, `We will open it.` is one direct statement of two pieces.
    """
    result = list(statements)
    for at, paragraph in enumerate(article.paragraphs):
        lead = _LEAD.search(article.text, *paragraph) or _GIVEN.search(article.text, *paragraph)
        if lead is None or any(each.outer.covers(Span(*lead.span("cue"))) for each in quotations):
            continue
        speech = _attributed(article, paragraph, lead, result)
        words = _words(article, at, lead, result, quotations) if speech else ()
        if speech and words:
            inside = Span(words[0].start, words[-1].end)
            result = [each for each in result if each is not speech and not inside.covers(each.pieces[0])]
            if speech.pieces[0].start < inside.start:
                result.append(speech)
                speech = replace(speech, cue=Span(*lead.span("cue")))
            result.append(replace(speech, pieces=words, quotation_type="direct", method=METHOD))
    return sorted(result, key=lambda statement: statement.pieces)


def _attributed(
    article: Article, paragraph: Span, lead: re.Match[str], statements: Sequence[Statement]
) -> Statement | None:
    """The statement whose cue the lead is, or that the same sentence goes on with."""
    cue = Span(*lead.span("cue"))
    near = [each for each in statements if each.cue and paragraph.covers(each.cue)]
    own = next((each for each in near if each.cue and each.cue.overlaps(cue)), None)
    goes_on = _GOES_ON.match(article.text, cue.start)
    return own or (near[-1] if near and goes_on else None)


def _words(
    article: Article,
    at: int,
    lead: re.Match[str],
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
) -> tuple[Span, ...]:
    """The paragraphs behind paragraph `at` that are said; none where marks or a list follow."""
    text = article.text
    found: list[Span] = []
    for paragraph in article.paragraphs[at + 1 :]:
        quoted = any(each.outer.overlaps(paragraph) and each.outer.start == paragraph.start for each in quotations)
        if quoted or not ENDS_SENTENCE.search(paragraph.of(text)) or _BULLET.match(text, *paragraph):
            break
        if found and any(_speaks_apart(text, paragraph, each) for each in statements):
            break
        found.append(paragraph)
    if _GOES_ON.match(lead.group().rstrip(":")):
        return tuple(found)
    personal = [index for index, each in enumerate(found) if is_first_person(each.of(text))]
    return tuple(found[: personal[-1] + 1] if personal else found[:1])


def _speaks_apart(text: str, paragraph: Span, statement: Statement) -> bool:
    """Whether somebody other than `we` is a source in the paragraph, at a verb in the past tense."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None or not paragraph.covers(cue) or not paragraph.covers(source):
        return False
    return not _FIRST_PERSON.match(source.of(text)) and bool(re.search(r"\b(?:\w+ed|said|told)\b", cue.of(text)))


def going_on(
    article: Article, sentences: Sequence[Span], quotations: Sequence[Quotation], statements: Sequence[Statement]
) -> list[Statement]:
    """The statements, each with the paragraph in the first person, without marks and source, that goes on with it.

    The sentences of its own paragraph that lead there are further pieces too.

    Example:
        `She said the port was closed. It was old.`, `We will open it.` is one statement of three pieces.
    """
    text, result = article.text, list(statements)
    for before, paragraph in pairwise(article.paragraphs):
        last = max((each for each in result if before.covers(each.pieces[-1])), key=_end, default=None)
        if last is None or last.source is None or not _goes_on(text, paragraph, quotations, result):
            continue
        stretch = Span(last.pieces[-1].end, paragraph.end)
        between = [each for each in sentences if stretch.covers(each) and not paragraph.covers(each)]
        if _is_free(stretch, result, quotations, last):
            pieces = (*last.pieces, *between, paragraph)
            result[result.index(last)] = replace(last, pieces=pieces)
    return result


def _end(statement: Statement) -> int:
    return statement.pieces[-1].end


def _goes_on(text: str, paragraph: Span, quotations: Sequence[Quotation], statements: Sequence[Statement]) -> bool:
    """Whether a paragraph speaks in the first person without marks, and not for the publisher."""
    words = paragraph.of(text)
    if not is_first_person(words) or not ENDS_SENTENCE.search(words) or _PUBLISHER.search(words):
        return False
    return _is_free(paragraph, statements, quotations, None)


def _is_free(
    span: Span, statements: Sequence[Statement], quotations: Sequence[Quotation], but: Statement | None
) -> bool:
    """Whether no other statement and no quotation reaches into a span."""
    taken = (
        part
        for each in statements
        if each is not but
        for part in (*each.pieces, *(part for part in (each.source, each.cue) if part))
    )
    return not any(span.overlaps(part) for part in (*taken, *(each.outer for each in quotations)))


def is_first_person(words: str) -> bool:
    """Whether words outside quotation marks are said in the first person."""
    bare = _CAPITALS.sub("", re.sub(rf"[{MARKS}][^{MARKS}]*(?:[{MARKS}]|$)", "", words))
    return _FIRST_PERSON.search(bare) is not None
