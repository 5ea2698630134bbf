"""Small articles for tests."""

from __future__ import annotations

from datetime import date

from flows.articles.article import Article, Dateline, Span


def article(*paragraphs: str, **changes: object) -> Article:
    """An article with these paragraphs, published on Thursday 14 March 2024."""
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    fields: dict[str, object] = {
        "article_id": "0" * 16,
        "source_path": "wire/story.txt",
        "member": None,
        "raw_sha256": "0" * 64,
        "text": "\n\n".join(paragraphs),
        "paragraphs": tuple(spans),
        "published": date(2024, 3, 14),
        "published_basis": "prefix",
    }
    return Article(**{**fields, **changes})


def dateline(place: str, day: date | None = None, agency: str | None = None) -> Dateline:
    """A dateline as the readers give it."""
    return Dateline(place, day, agency, place.upper())
