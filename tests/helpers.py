"""Small articles for tests."""

from __future__ import annotations

from datetime import date

from flows.articles.article import Article, Dateline, Span
from flows.statements.attribution import Attribution


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


def attribution(
    text: str, content: str | tuple[str, ...], cue: str | None = None, source: str | None = None, score: float = 0.9
) -> Attribution:
    """What an engine marks: the first place of each of these words in `text`, contents one behind the other."""
    contents, at = [], 0
    for words in (content,) if isinstance(content, str) else content:
        at = text.index(words, at)
        contents.append(Span(at, at + len(words)))
        at += len(words)
    return Attribution(_place(text, source), _place(text, cue), tuple(contents), score, "engine")


def _place(text: str, words: str | None) -> tuple[Span, ...]:
    return (Span(text.index(words), text.index(words) + len(words)),) if words else ()
