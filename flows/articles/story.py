"""From the characters of one raw story to an `Article`: header, dateline, body, day of publication."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from flows.articles.article import Article, Dateline, PublishedBasis, Span
from flows.articles.cleaning import without_litter
from flows.articles.language import language_of
from flows.articles.layout import paragraphs, split_header, without_headings
from flows.articles.opening import find_dateline
from flows.articles.repeats import without_repeats
from flows.articles.sidecar import NOTHING, Metadata
from flows.dates.words import full_date
from flows.refusal import Refusal

_MAX_DATE_LINE = 140


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a story came from.

    Attributes:
        source_path: Path of the raw file below the raw folder.
        member: Line or record inside a container file, from 0.
        raw_sha256: SHA-256 of the raw file's bytes.
    """

    source_path: str
    member: int | None
    raw_sha256: str

    def refusal(self, rule: str, reason: str) -> Refusal:
        """A refusal of this story."""
        place = None if self.member is None else f"record {self.member + 1}"
        return Refusal("read", self.source_path, place, rule, reason, raw_sha256=self.raw_sha256)


@dataclass(frozen=True, slots=True)
class Story:
    """What a format's reader has found.

    Attributes:
        text: The story's characters, litter and all.
        published: Day that the story itself gives as its own, and where it stands.
        published_basis: See `Article`.
        given: What the story's own fields (front matter, record) say about it.
        language: Language as a field gives it, by a tag or a name.
        retrieved: Day on which the story was fetched; it dates a story that nothing else dates.
        removed: What its reader took out, by the rule's name; see `Article`.
    """

    text: str
    published: date | None = None
    published_basis: PublishedBasis | None = None
    given: Metadata = NOTHING
    language: str | None = None
    retrieved: date | None = None
    removed: Mapping[str, int] = field(default_factory=dict)


def article_of(story: Story, origin: Origin, sidecar: Metadata, *, undated: bool = False) -> Article | Refusal:
    """Cleans a story and finds its parts.

    The story's own words win over the sidecar; where the two disagree about the day, the article notes the conflict.

    Args:
        story: The story.
        origin: Where it came from.
        sidecar: What metadata.csv says about it.
        undated: Whether a story without a day of publication is taken too.

    Returns:
        The article, or a refusal with rule `no-text` or `no-date`.
    """
    text, removed = without_litter(story.text)
    removed.update(story.removed)
    reckoned_from = story.published or sidecar.published or story.retrieved
    parts = _parts(text, reckoned_from)
    body, headings = without_headings(parts.body)
    removed += headings
    as_written = parts.dateline.as_written if parts.dateline else ""
    headlines = [*parts.header, *filter(None, (story.given.title, sidecar.title))]
    body, repeats = without_repeats(body, headlines, as_written)
    removed += repeats
    if not body:
        return origin.refusal(
            "no-text", "Nothing is left of the file after cleaning; check that it holds the article's text."
        )
    published, basis = _published(story, sidecar, parts)
    if published is None and not undated:
        return origin.refusal(
            "no-date",
            "No day of publication is found; begin the file with `date YYYY-MM-DD`, or add its line to metadata.csv.",
        )
    dateline = parts.dateline
    if dateline and dateline.day is None and reckoned_from is None:
        dateline = _parts(text, published).dateline
    article = _assembled(story, origin, sidecar, _Parts(dateline, parts.header, body), removed)
    language, language_conflict = language_of(article.text, story.language)
    conflicts = (*_conflicts(published, basis, sidecar), *filter(None, [language_conflict]))
    return replace(article, published=published, published_basis=basis, language=language, conflicts=conflicts)


class _Parts(NamedTuple):
    """Dateline, header lines and body paragraphs of a story."""

    dateline: Dateline | None
    header: list[str]
    body: list[str]


def _parts(text: str, published: date | None) -> _Parts:
    found = find_dateline(text, published)
    if found is None:
        return _Parts(None, *split_header(paragraphs(text)))
    dateline, span = found
    return _Parts(dateline, paragraphs(text[: span.start]), _behind(text, span))


def _behind(text: str, dateline: Span) -> list[str]:
    """The paragraphs behind the dateline, whose own words count when its line is judged to be full or not."""
    line = text.rfind("\n", 0, dateline.start) + 1
    before = " ".join(text[line : dateline.end].split())
    found = paragraphs(text[line:])
    if text[dateline.end :].partition("\n")[0].strip() and found[0].startswith(before):
        return [found[0][len(before) :].lstrip(), *found[1:]]
    return paragraphs(text[dateline.end :])


def _published(story: Story, sidecar: Metadata, parts: _Parts) -> tuple[date | None, PublishedBasis | None]:
    if story.published:
        return story.published, story.published_basis
    for line in parts.header:
        if len(line) <= _MAX_DATE_LINE and (day := full_date(line)):
            return day, "document"
    if sidecar.published:
        return sidecar.published, "metadata"
    if parts.dateline and parts.dateline.day:
        return parts.dateline.day, "dateline"
    return story.retrieved, "retrieved" if story.retrieved else None


def _assembled(story: Story, origin: Origin, sidecar: Metadata, parts: _Parts, removed: Counter[str]) -> Article:
    title = story.given.title or _headline(parts.header) or sidecar.title
    text = "\n\n".join(parts.body)
    agency = parts.dateline.agency if parts.dateline else None
    return Article(
        article_id=article_id(origin, title, text),
        source_path=origin.source_path,
        member=origin.member,
        raw_sha256=origin.raw_sha256,
        text=text,
        paragraphs=_spans(parts.body),
        title=title,
        header=tuple(parts.header),
        dateline=parts.dateline,
        outlet=story.given.outlet or sidecar.outlet or agency,
        url=story.given.url or sidecar.url,
        country=story.given.country or sidecar.country,
        removed=dict(removed),
    )


def article_id(origin: Origin, title: str | None, text: str) -> str:
    """16 hexadecimal digits from place and content: the same raw bytes give the same id."""
    member = "" if origin.member is None else str(origin.member)
    key = "\x1f".join((origin.source_path, member, title or "", text))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _spans(body: list[str]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for paragraph in body:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return tuple(spans)


def _conflicts(published: date | None, basis: PublishedBasis | None, sidecar: Metadata) -> tuple[str, ...]:
    if basis in ("metadata", None) or sidecar.published in (None, published):
        return ()
    return (f"published: {published} by the article ({basis}), {sidecar.published} by metadata.csv",)


def _headline(header: list[str]) -> str | None:
    """The first header line that reads like one: some words, not all in capitals, no mere day; else the first line."""
    for line in header:
        if len(line.split()) >= 4 and not line.isupper() and not (len(line) < 40 and full_date(line)):
            return line
    return header[0] if header else None
