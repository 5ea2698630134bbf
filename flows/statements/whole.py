"""Whole documents that are one statement: printed in the first person, without quotation marks."""

from __future__ import annotations

import re

from flows.articles.article import Article, Span
from flows.statements.quotations import scan
from flows.statements.statement import Statement

METHOD = "whole-statement"
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|told|added|according to)\b"
    r"|(?<!\b[Ww]e )(?<!\bI )(?<!\bhave )\b(?:noted|stressed|stated|emphasi[sz]ed|underlined|underscored) that\b"
)
_STATEMENT_TITLE = re.compile(
    r"\b(?:statement|remarks|message|declaration|address|letter|comment|response|intervention)\s+(?:by|from|of|on|to)\b"
    r"|\b(?:as\s+)?delivered\s+by\b",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r".{0,300}\b(?:issued|released|made|published|delivered) the following\b.{0,200}:\s*$"
    r"|The (?:text of the )?following (?:joint )?(?:statement|declaration|communiqu[eé])\b|(?:Begin|End)(?: of)? text\b"
    r"|\(?(?:As delivered|As prepared for delivery|Check against delivery)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’)\]]*$")
_BREAK = re.compile(r"[*_=~—-](?:\s?[*_=~—-]){2,}")
_READOUT = re.compile(r"\breadout\b", re.IGNORECASE)


def whole_statement(article: Article) -> list[Statement]:
    """The article as one statement, if that is what it is; else none.

    It is one if it speaks in the first person throughout and nobody in it is said to have said anything; a headline
    such as `Statement by ...` settles it where the first person is rare. Headings at either end are no part of it.
    """
    body = _body(article)
    text = article.text[: break_of(article)]
    headlines = [article.title or "", *article.header, *_headings(article, body)]
    titled = any(is_statement_title(line) for line in headlines)
    persons = len(_FIRST_PERSON.findall(_QUOTED.sub("", text)))
    dense = persons * 40 >= len(text.split())
    if any(_READOUT.search(line) for line in headlines) or (_SAID.search(text) and not (titled and dense)):
        return []
    sparse = persons * 60 < len(text.split())
    if not body or persons < (1 if titled else 2) or (sparse and not titled):
        return []
    quoted = sum(quotation.outer.end - quotation.outer.start for quotation in scan(article.text, body))
    if quoted * 4 > len(text):
        return []
    return [Statement(body, "direct", None, None, METHOD, 0.9)]


def is_statement_title(line: str) -> bool:
    """Whether a headline announces somebody's own words: `Statement by the Minister`."""
    return _STATEMENT_TITLE.search(line) is not None


def break_of(article: Article) -> int:
    """Offset of the line of marks that ends a document before a report about it; the end of the text without one."""
    breaks = (each.start for each in article.paragraphs if _BREAK.fullmatch(article.text, *each))
    return next(breaks, len(article.text))


def _body(article: Article) -> tuple[Span, ...]:
    """The paragraphs from the first to the last that ends as a sentence does; a preface is none of them."""
    before = [each for each in article.paragraphs if each.end <= break_of(article)]
    said = [each for each in before if not _PREFACE.match(article.text, each.start, each.end)]
    full = [index for index, each in enumerate(said) if _SENTENCE_END.search(each.of(article.text))]
    return tuple(said[full[0] : full[-1] + 1]) if full else ()


def _headings(article: Article, body: tuple[Span, ...]) -> list[str]:
    return [each.of(article.text) for each in article.paragraphs if not body or each.end <= body[0].start]
