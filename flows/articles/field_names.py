"""Under which names records (JSON objects, table rows, front matter) keep what, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, Literal, Self

from flows.articles.decoding import mend
from flows.articles.sidecar import Metadata
from flows.dates.words import full_date

FieldName = Literal["text", "title", "published", "url", "outlet", "country", "language"]

_COMPACT = re.compile(r"\s*(\d{4})[/.]?(\d\d)[/.]?(\d\d)(?:T[\d:.Z+-]*)?\s*")
_HALF = re.compile("[\ud800-\udfff]")
_FIGURES = re.compile(r"\s*\d{9,13}(?:\.\d+)?\s*")
# Seconds and milliseconds since 1970, of the years 1973 to 2100.
_SECONDS: Final = range(100_000_000, 4_102_444_800)
_MILLISECONDS: Final = range(100_000_000_000, 4_102_444_800_000)
# Where a field is an object of its own: NewsAPI's source, MongoDB's date.
_INNER = ("name", "title", "$date")


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields, in order of preference; capitals, blanks and hyphens make no difference.

    This is the one place where the usual names stand.
    """

    text: tuple[str, ...] = (
        "text",
        "body",
        "content",
        "maintext",
        "article",
        "full_text",
        "article_text",
        "articlebody",
        "body_text",
        "plain_text",
    )
    title: tuple[str, ...] = ("title", "headline", "name")
    published: tuple[str, ...] = (
        "date",
        "published",
        "date_publish",
        "publishedat",
        "published_at",
        "pubdate",
        "publication_date",
        "date_published",
        "publish_date",
        "datepublished",
        "datetime",
    )
    url: tuple[str, ...] = ("url", "link", "canonical", "source_url", "permalink")
    outlet: tuple[str, ...] = ("outlet", "source", "publisher", "site", "sitename", "domain", "source_domain")
    country: tuple[str, ...] = ("country",)
    language: tuple[str, ...] = ("language", "lang")

    @classmethod
    def called(cls, names: Mapping[FieldName, str]) -> Self:
        """The usual names, with these before them.

        A name with dots goes into objects: `story.body` is the field `body` of the object `story`.
        """
        usual = cls()
        return replace(usual, **{field: (name, *getattr(usual, field)) for field, name in names.items()})

    def known(self, column: str) -> FieldName | None:
        """Which field a column of this name is, or None."""
        folded = _folded(column)
        for field in _FIELD_NAMES:
            if any(folded == _folded(name.split(".")[0]) for name in getattr(self, field)):
                return field
        return None


_FIELD_NAMES: Final[tuple[FieldName, ...]] = ("text", "title", "published", "url", "outlet", "country", "language")


def values(record: Mapping[str, object], names: tuple[str, ...]) -> Iterator[object]:
    """What a record holds under these names, in the order of the names."""
    held: dict[str, object] = {}
    for key, value in record.items():
        held.setdefault(_folded(str(key)), value)
    for name in names:
        if (folded := _folded(name)) in held:
            yield held[folded]
        elif "." in name:
            outer, inner = name.split(".", 1)
            within = held.get(_folded(outer))
            if isinstance(within, Mapping):
                yield from values(within, (inner,))


def first_words(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of the fields that holds words, white space made single."""
    for value in values(record, names):
        held = _inner(value)
        if isinstance(held, (str, int, float)) and not isinstance(held, bool) and str(held).strip():
            return " ".join(whole_characters(str(held)).split())
    return None


def first_day(record: Mapping[str, object], names: tuple[str, ...]) -> date | None:
    """The first of the fields that holds a day."""
    for value in values(record, names):
        if day := _day(_inner(value)):
            return day
    return None


def given_by(record: Mapping[str, object], fields: Fields) -> Metadata:
    """What a record says about its story, but for the day."""
    outlet, url, title, country = (
        first_words(record, names) for names in (fields.outlet, fields.url, fields.title, fields.country)
    )
    return Metadata(None, outlet, url, mend(title) if title else None, country)


def whole_characters(text: str) -> str:
    """The text with a mark in place of each half of a character, which JSON can hold and UTF-8 cannot."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _inner(value: object) -> object:
    if isinstance(value, Mapping):
        return next((value[name] for name in _INNER if name in value), None)
    return value


def _day(value: object) -> date | None:
    """The day that a value names; figures are days such as 20240305 or time since 1970, by their size."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_figures(str(int(value))) if abs(value) < 1e15 else None
    if isinstance(value, str):
        return full_date(value) or _day_of_figures(value)
    return None


def _day_of_figures(words: str) -> date | None:
    try:
        if compact := _COMPACT.fullmatch(words):
            return date(*map(int, compact.groups()))
        if _FIGURES.fullmatch(words):
            return _day_since_1970(int(float(words)))
    except ValueError:
        return None
    return None


def _day_since_1970(moment: int) -> date | None:
    if moment in _MILLISECONDS:
        moment //= 1000
    return datetime.fromtimestamp(moment, UTC).date() if moment in _SECONDS else None


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
