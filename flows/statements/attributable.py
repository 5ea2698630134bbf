"""Statements handed out for a spokesperson: `The below is attributable to Spokesperson Ana Lee:`."""

from __future__ import annotations

import re
from typing import Final

from flows.articles.article import Article, Span
from flows.statements.sentences import ENDS_SENTENCE
from flows.statements.statement import Statement

METHOD: Final = "attributable-statement"
"""Method of a statement that its first line attributes to somebody."""

_PREFACE = re.compile(
    r"(?:The\s)?(?:[Ff]ollowing|[Bb]elow)(?:\s(?:statement|readout|remarks?|text|comments?|information))?\s"
    r"(?:is|are|was|were|may\sbe|can\sbe|should\sbe)\s(?:attributable|attributed)\sto\s(?P<source>[^:\n]{5,200}?)[:.]?$"
)


def attributable_statement(article: Article) -> list[Statement]:
    """The paragraphs behind such a line, up to the first that is no sentence, as one statement; none without one.

    All of them are the spokesperson's words, whatever they tell of others: `The Secretary thanked the Minister.`
    """
    for at, paragraph in enumerate(article.paragraphs):
        if preface := _PREFACE.match(article.text, *paragraph):
            words = _words(article, at + 1)
            return [Statement(words, "direct", Span(*preface.span("source")), None, METHOD, 0.95)] if words else []
    return []


def _words(article: Article, first: int) -> tuple[Span, ...]:
    words: list[Span] = []
    for paragraph in article.paragraphs[first:]:
        if not ENDS_SENTENCE.search(paragraph.of(article.text)):
            break
        words.append(paragraph)
    return tuple(words)
