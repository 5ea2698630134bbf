"""The cleaned article that travels through the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

PublishedBasis = Literal["prefix", "metadata", "front_matter", "document", "dateline", "retrieved"]


class Span(NamedTuple):
    """Half-open range of character offsets into `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, day and agency that open a wire story.

    `BELGRADE, February 9. /TASS/.` gives place `Belgrade`, day 9 February of the year that the article's own date
    supplies, agency `TASS`.

    Attributes:
        place: City as written, in normal capitals; several cities are joined by "/".
        day: Day named by the dateline, its year completed from the published date; None where it names none or
            where no year is known.
        agency: News agency as written, None where the dateline names none.
        as_written: The whole dateline as it stood in the raw article.
    """

    place: str | None
    day: date | None
    agency: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class Article:
    """One raw document after cleaning.

    `text` holds the body alone: dateline, headline, bylines, litter and tail are taken out, hard-wrapped lines are
    joined, and paragraphs are parted by one blank line. All spans of the pipeline index `text`.

    Attributes:
        article_id: 16 hexadecimal digits, from source path, member, title and text: same raw bytes, same id.
        source_path: Path of the raw file relative to the raw folder, with forward slashes.
        member: Line or record inside a container file, from 0; None where the file is one article.
        text: The cleaned body.
        header: Lines above the body that give no statements but name people, places and days: headlines, byline,
            photo caption, roster of participants, symbol and date lines of a record.
        paragraphs: Spans of the paragraphs in `text`, in order.
        removed: How often each cleaning rule took something out, by the rule's name.
        conflicts: Where the article's own words and its metadata disagree, in plain words.
    """

    article_id: str
    source_path: str
    member: int | None
    raw_sha256: str
    text: str
    paragraphs: tuple[Span, ...]
    title: str | None = None
    header: tuple[str, ...] = ()
    published: date | None = None
    published_basis: PublishedBasis | None = None
    dateline: Dateline | None = None
    outlet: str | None = None
    url: str | None = None
    country: str | None = None
    language: str | None = None
    removed: dict[str, int] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()

    def paragraph_of(self, offset: int) -> int:
        """Index of the paragraph that holds the character at `offset`."""
        for index, paragraph in enumerate(self.paragraphs):
            if offset < paragraph.end:
                return index
        return len(self.paragraphs) - 1
