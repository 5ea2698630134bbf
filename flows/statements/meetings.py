"""Press releases of meetings: `NAME (Country) said ...`, where further sentences go on without a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.articles.article import Article, Span
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
    for paragraph in article.paragraphs if readout or len(opened) >= _SUMMARY else opened:
        for sentence in sentences:
            if not paragraph.covers(sentence) or _claimed(sentence, result):
                continue
            if _PROCEDURE.match(text, sentence.start) or (readout and not _goes_on(sentence.of(text))):
                continue
            _append(result, paragraph, sentence, text)
    return result


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
