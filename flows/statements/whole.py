"""Whole documents that are one statement: printed in the first person, without quotation marks."""

from __future__ import annotations

import re

from flows.articles.article import Article
from flows.statements.quotations import scan
from flows.statements.statement import Statement

METHOD = "whole-statement"
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|told|added|according to)\b")
_STATEMENT_TITLE = re.compile(
    r"\b(?:statement|remarks|message|declaration|address|letter)\s+(?:by|from|of|on)\b", re.IGNORECASE
)
_READOUT = re.compile(r"\breadout\b", re.IGNORECASE)


def whole_statement(article: Article) -> list[Statement]:
    """The article as one statement, if that is what it is; else none.

    It is one if it speaks in the first person throughout and nobody in it is said to have said anything; a title such
    as `Statement by ...` settles it where the first person is rare.
    """
    title = article.title or ""
    if _READOUT.search(title) or _SAID.search(article.text):
        return []
    titled = bool(_STATEMENT_TITLE.search(title))
    persons = len(_FIRST_PERSON.findall(article.text))
    sparse = persons * 60 < len(article.text.split())
    if persons < (1 if titled else 2) or (sparse and not titled):
        return []
    quoted = sum(quotation.outer.end - quotation.outer.start for quotation in scan(article.text, article.paragraphs))
    if quoted * 4 > len(article.text):
        return []
    return [Statement(article.paragraphs, "direct", None, None, METHOD, 0.9)]
