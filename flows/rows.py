"""From an article to its rows: extraction, speakers and days put together, column by column."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from itertools import takewhile
from typing import Any

from flows.articles.article import Article, Span
from flows.articles.signature import signature
from flows.confidence import confidence, features
from flows.dates.statement_day import Day, days_of
from flows.speakers.officials import Officials
from flows.speakers.places import countries_mentioned
from flows.speakers.resolution import resolve
from flows.speakers.speaker import Resolution, Speaker
from flows.speakers.surroundings import dateline_country
from flows.speakers.titles import titles_in
from flows.statements.extract import extract, why_skipped
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.statement import Statement
from flows.statements.venue import venue_of

Row = dict[str, Any]


@cache
def extractor_version() -> str:
    """Version of the package that makes the rows."""
    return version("diplomatic-statements")


def rows_of(article: Article, officials: Officials | None = None) -> tuple[Row, list[Row]]:
    """The row of the table articles and the rows of the table statements for one article; a pure function.

    Args:
        article: The article.
        officials: Table of officials; None for the one that comes with the package.
    """
    if skipped := why_skipped(article):
        return {**_article_row(article, None), "skipped": skipped}, []
    rows = _statement_rows(article, officials)
    return _article_row(article, len(rows)), rows


def statements_of(article: Article, officials: Officials | None = None) -> list[Row]:
    """The rows of the table statements for one article, as `rows_of` gives them beside the article's own."""
    return [] if why_skipped(article) else _statement_rows(article, officials)


def _statement_rows(article: Article, officials: Officials | None) -> list[Row]:
    borders = borders_of(article)
    return rows_from(article, attributed(article, borders, officials), borders)


def borders_of(article: Article) -> list[Span]:
    """The sentences of an article."""
    return sentences(article.text, article.paragraphs, scan(article.text, article.paragraphs))


def rows_from(
    article: Article, found: Iterable[tuple[Statement, Resolution, Day]], borders: Sequence[Span]
) -> list[Row]:
    """The rows of what `attributed` found in an article."""
    return [_statement_row(article, sequence, *each, borders) for sequence, each in enumerate(found)]


def attributed(
    article: Article, borders: Sequence[Span], officials: Officials | None = None
) -> list[tuple[Statement, Resolution, Day]]:
    """The statements of an article in the order of its text, each with its speakers and its day.

    Args:
        article: The article, in a language that is read.
        borders: Its sentences.
        officials: Table of officials; None for the one that comes with the package.
    """
    statements = extract(article)
    resolutions = resolve(article, statements, officials)
    sides = [
        ";".join(code for speaker in resolution.speakers for code in speaker.countries or _body(speaker))
        for resolution in resolutions
    ]
    names = [
        each.speakers[0].name if each.speakers[0].type in ("person", "institution") else None for each in resolutions
    ]
    days = days_of(article, statements, borders, _same_speaker(resolutions), sides, names)
    return list(zip(statements, resolutions, days, strict=True))


def _body(speaker: Speaker) -> tuple[str, ...]:
    """The organisation for which somebody speaks who speaks for no state."""
    return (speaker.organization,) if speaker.organization else ()


def _same_speaker(resolutions: Sequence[Resolution]) -> list[bool]:
    """Whether each statement's speaker is that of the one before, or speaks for the same body."""
    return [
        index > 0 and _speak_together(resolution.speakers, resolutions[index - 1].speakers)
        for index, resolution in enumerate(resolutions)
    ]


def _speak_together(speakers: Sequence[Speaker], before: Sequence[Speaker]) -> bool:
    """`spokeswoman Ana Lee` goes on for the ministry or state that spoke before."""
    if speakers == before:
        return True
    first, last = speakers[0], before[0]
    spokesperson = first.role_category == "spokesperson" or "spokes" in (first.role or "").lower()
    body = last.type in ("institution", "state") and spokesperson
    return body and bool(first.countries) and first.countries == last.countries


def _article_row(article: Article, statement_count: int | None) -> Row:
    return {
        "article_id": article.article_id,
        "source_path": article.source_path,
        "member": article.member,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "published_basis": article.published_basis,
        "dateline_place": article.dateline.place if article.dateline else None,
        "dateline_country": dateline_country(article),
        "text": article.text,
        "word_count": len(article.text.split()),
        "statement_count": statement_count,
        "skipped": None,
        "raw_sha256": article.raw_sha256,
        "signature": signature(article.text),
        "conflicts": list(article.conflicts) or None,
    }


def _statement_row(
    article: Article, sequence: int, statement: Statement, resolution: Resolution, day: Day, borders: Sequence[Span]
) -> Row:
    speakers = resolution.speakers
    return {
        **_speaker_columns(speakers),
        "date": day.day,
        "text": statement.text_in(article.text),
        "date_precision": day.precision,
        "statement_id": statement_id(article.article_id, statement.pieces),
        "article_id": article.article_id,
        "sequence": sequence,
        "quotation_type": statement.quotation_type,
        "cue": statement.cue.of(article.text) if statement.cue else None,
        "speaker_mention": resolution.mention,
        "candidates": list(resolution.candidates) or None,
        "date_basis": day.basis,
        "published": article.published,
        "venue": venue_of(article.text, statement),
        "context": _context(article.text, statement, borders),
        "spans": [{"start": piece.start, "end": piece.end} for piece in statement.pieces],
        "paragraph": article.paragraph_of(statement.start),
        "countries_mentioned": countries_mentioned(article.text, statement.pieces, article.published),
        "confidence": round(confidence(features(statement, resolution)), 4),
        "method": statement.method,
        "outlet": article.outlet,
        "url": article.url,
        "language": article.language,
        "source_path": article.source_path,
        "extractor_version": extractor_version(),
    }


def _speaker_columns(speakers: Sequence[Speaker]) -> Row:
    first = speakers[0]
    organizations = [speaker.organization for speaker in speakers if speaker.organization]
    accredited = [code for speaker in speakers for code in speaker.accredited_to]
    return {
        "speaker": _joined("; ", [speaker.name for speaker in speakers]),
        "role": _roles([speaker.role for speaker in speakers if speaker.role]),
        "country": _joined(";", [code for speaker in speakers for code in speaker.countries]),
        "speaker_type": first.type,
        "role_category": first.role_category,
        "role_basis": _role_basis(speakers),
        "role_as_written": _joined("; ", [speaker.role_as_written for speaker in speakers]),
        "organization": organizations[0] if organizations else None,
        "speakers": [
            {"speaker": speaker.name, "role": speaker.role, "country": ";".join(speaker.countries) or None}
            for speaker in speakers
        ],
        "speaker_id": None,  # the whole corpus decides: see flows.tables.speakers
        "accredited_to": list(dict.fromkeys(accredited)) or None,
    }


def _role_basis(speakers: Sequence[Speaker]) -> str | None:
    if any(speaker.role_basis for speaker in speakers):
        return "officials"
    return "article" if any(speaker.role for speaker in speakers) else None


def _roles(roles: Sequence[str]) -> str | None:
    """One role per speaker; a title in the plural (`judges`) once for all who share it."""
    shared = len(set(roles)) == 1 and any(found.value.plural for found in titles_in(roles[0]))
    return "; ".join(roles[:1] if shared else roles) or None


def _joined(separator: str, values: Sequence[str | None]) -> str | None:
    return separator.join(dict.fromkeys(value for value in values if value)) or None


def statement_id(article_id: str, pieces: Sequence[Span]) -> str:
    """16 hexadecimal digits from the article and the spans: the same words at the same place have the same id."""
    places = ",".join(f"{piece.start}-{piece.end}" for piece in pieces)
    return hashlib.sha256(f"{article_id}:{places}".encode()).hexdigest()[:16]


def _context(text: str, statement: Statement, borders: Sequence[Span]) -> str:
    """The sentences that hold the statement, its cue and its source, whole and in order."""
    parts = [*statement.pieces, *(span for span in (statement.cue, statement.source) if span)]
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    near = borders[bisect_right(borders, first, key=lambda border: border.end) :]
    holding = [
        border
        for border in takewhile(lambda border: border.start < last, near)
        if any(border.overlaps(part) for part in parts)
    ]
    return " ".join(border.of(text) for border in holding)
