"""Press releases of meetings: `NAME (Country) said ...`, where further sentences go on without a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from flows.articles.article import Article, Span
from flows.data import rows
from flows.statements.cues import is_known
from flows.statements.statement import Statement

_OPENING = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]+(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*)+(?:\s\([A-Z][^)]+\)|,\s)")
_PROCEDURE = re.compile(r"(?:The meeting|Also speaking|Also delivering|Acting|Following)\b")
_SUMMARY = 2
_TALKS = re.compile(
    r"\b(?:meets?(?: with)?|met with|holds? (?:talks|a meeting|a phone call)|talks with|phone call with|speaks? with|"
    r"telephone conversation|has a phone call)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|will|should|must|need|needs|has|have|attach(?:es)?|stands?|supports|hopes|remains|far|welcomes|opposes)\b"
)
_SIDE = re.compile(r"The [A-Z][\w’'-]+ (?:side|people|government)", re.IGNORECASE)
_PRESENT_CUE = re.compile(
    r"(?:hopes?|believes?|supports?|opposes?|welcomes?|appreciates?|thanks?|calls?|urges?|expects?|stands?|wishes|wish)\b"
)
_NARRATES = re.compile(
    r"\b(?:was|were|met|held|discussed|exchanged|visited|arrived|signed|attended|briefed|expounded|informed|took|had)\b"
)


def with_free_sentences(
    article: Article, sentences: Sequence[Span], statements: Sequence[Statement]
) -> list[Statement]:
    """Adds each sentence without a cue, in a paragraph that opens with a speaker in capitals, to the statement before.

    Where several paragraphs open so, the document is a meeting's summary, and its other paragraphs are read alike. In
    a readout of talks only sentences in the present or future tense go on with the words of the speaker before.

    Example:
        `ANA LEE (Peru) said the term was too short. A longer one would help.` is one statement of two pieces.
    """
    text, result = article.text, list(statements)
    opened = [paragraph for paragraph in article.paragraphs if _OPENING.match(text, paragraph.start, paragraph.end)]
    headlines = " ".join((article.title or "", *article.header))
    readout = not opened and article.dateline is None and _TALKS.search(headlines) is not None
    result = _without_sourceless(text, opened, result)
    if readout:
        result = _states_joined(text, article.paragraphs, sentences, result)
    for paragraph in article.paragraphs if readout or len(opened) >= _SUMMARY else opened:
        for sentence in sentences:
            if not paragraph.covers(sentence) or _claimed(sentence, result):
                continue
            if _PROCEDURE.match(text, sentence.start) or (readout and not _goes_on(sentence.of(text))):
                continue
            _append(result, paragraph, sentence, text)
    return result


def _without_sourceless(text: str, opened: Sequence[Span], statements: Sequence[Statement]) -> list[Statement]:
    """Without quoted fragments whose cue is no verb of speech: their sentence goes on with the speaker in capitals."""
    return [
        each
        for each in statements
        if each.source
        or each.quotation_type == "direct"
        or each.cue is None
        or is_known(text, each.cue)
        or not any(paragraph.covers(each.pieces[0]) for paragraph in opened)
    ]


def _states_joined(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], statements: Sequence[Statement]
) -> list[Statement]:
    """`China hopes that ...` behind the words of a person who speaks for China is a further piece of them."""
    result: list[Statement] = []
    for statement in statements:
        sentence = next((each for each in sentences if each.overlaps(statement.pieces[0])), None)
        before = result[-1] if result else None
        if (
            before
            and sentence
            and before.source
            and _is_own_state(text, sentence, statement)
            and any(each.covers(before.pieces[-1]) and each.covers(sentence) for each in paragraphs)
            and before.pieces[-1].end <= sentence.start
        ):
            stop = sentence.start + len(sentence.of(text).rstrip(" ."))
            result[-1] = replace(before, pieces=(*before.pieces, Span(sentence.start, stop)))
        else:
            result.append(statement)
    return result


def _is_own_state(text: str, sentence: Span, statement: Statement) -> bool:
    """Whether the sentence opens with a bare state or side as its source, and a cue in the present tense."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None or source.start != sentence.start or source.end > cue.start:
        return False
    return bool(_is_state(source.of(text)) and _PRESENT_CUE.match(cue.of(text)))


def _is_state(words: str) -> bool:
    return words in _states() or _SIDE.fullmatch(words) is not None


@cache
def _states() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("countries") if row["kind"] == "name")


def _goes_on(sentence: str) -> bool:
    """Whether a sentence of a readout argues (`China is ready to ...`) and does not narrate (`The sides met`)."""
    return bool(_PRESENT.search(sentence)) and not _NARRATES.search(sentence)


def _claimed(sentence: Span, statements: Sequence[Statement]) -> bool:
    return any(
        sentence.overlaps(part)
        for statement in statements
        for part in (*statement.pieces, *(span for span in (statement.cue, statement.source) if span))
    )


def _append(statements: list[Statement], paragraph: Span, sentence: Span, text: str) -> None:
    before = [
        index
        for index, statement in enumerate(statements)
        if paragraph.covers(statement.pieces[0]) and statement.pieces[-1].end <= sentence.start
    ]
    if before:
        last = statements[before[-1]]
        stop = sentence.end - len(text[sentence.start : sentence.end]) + len(sentence.of(text).rstrip(" ."))
        statements[before[-1]] = replace(last, pieces=(*last.pieces, Span(sentence.start, stop)))
