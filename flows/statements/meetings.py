"""Press releases of meetings: `NAME (Country) said ...`, where further sentences go on without a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.articles.article import Span
from flows.statements.statement import Statement

_OPENING = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]+(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*)+(?:\s\([A-Z][^)]+\)|,\s)")
_PROCEDURE = re.compile(r"(?:The meeting|Also speaking|Also delivering|Acting|Following)\b")
_SUMMARY = 2


def with_free_sentences(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], statements: Sequence[Statement]
) -> list[Statement]:
    """Adds each sentence without a cue, in a paragraph that opens with a speaker in capitals, to the statement before.

    Where several paragraphs open so, the document is a meeting's summary, and its other paragraphs are read alike.

    Example:
        `ANA LEE (Peru) said the term was too short. A longer one would help.` is one statement of two pieces.
    """
    result = list(statements)
    opened = [paragraph for paragraph in paragraphs if _OPENING.match(text, paragraph.start, paragraph.end)]
    for paragraph in paragraphs if len(opened) >= _SUMMARY else opened:
        for sentence in sentences:
            if (
                paragraph.covers(sentence)
                and not _claimed(sentence, result)
                and not _PROCEDURE.match(text, sentence.start)
            ):
                _append(result, paragraph, sentence, text)
    return result


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
