"""Markdown with YAML front matter, as people keep saved pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import frontmatter
import yaml

from flows.articles.decoding import decode
from flows.articles.errors import ReadError
from flows.articles.sidecar import Metadata
from flows.articles.story import Story
from flows.dates.words import full_date

TITLE = ("title", "headline", "name")
PUBLISHED = (
    "date",
    "published",
    "date_publish",
    "publishedAt",
    "published_at",
    "pubdate",
    "publication_date",
    "datetime",
)
URL = ("url", "link", "canonical", "source_url", "permalink")
OUTLET = ("outlet", "source", "publisher", "site", "sitename", "domain", "source_domain")

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))+(?:\s\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
# A look behind stands after the mark, so that the search can leap from mark to mark.
_STRONG = re.compile(r"\*(?<!\\\*)\*+")
_EMPHASIS = re.compile(
    r"([*_])(?<![\w*_\\][*_])(?=[^\s*_])([^*\n]{1,300}?(?:\n[^*\n]{1,300}?)?)(?<=[^\s\\])\1(?![\w*])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|\"'])")
_LINE_BREAK = re.compile(r"\\$", re.MULTILINE)
_LINE_MARK = re.compile(r"\n[ \t]*[-+*_>#]")


def stories(raw: bytes) -> Iterator[tuple[int | None, Story]]:
    """The one story of a Markdown file.

    Raises:
        ReadError: The bytes are no text, or the front matter is no YAML.
    """
    text = decode(raw)
    try:
        fields, body = frontmatter.parse(text)
    except (yaml.YAMLError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ReadError(
            "bad-front-matter",
            f"The front matter is no YAML ({' '.join(str(error).split())[:160]}); mend it or take it out.",
        ) from error
    published = first_day(fields, PUBLISHED)
    given = Metadata(None, first(fields, OUTLET), first(fields, URL), first(fields, TITLE), first(fields, ("country",)))
    language = first(fields, ("language", "lang"))
    yield None, Story(plain(body), published, "front_matter" if published else None, given, language)


def first(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of the fields that holds words."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return None


def first_day(fields: Mapping[str, object], names: tuple[str, ...]) -> date | None:
    """The first of the fields that holds a day."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str) and (day := full_date(value)):
            return day
    return None


def plain(text: str) -> str:
    """Markdown without its marks; every word stays."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if _LINE_MARK.search("\n" + text):
        for pattern, words in ((_RULE, ""), (_HEADING, r"\n\1\n"), (_QUOTE, ""), (_BULLET, "")):
            text = pattern.sub(words, text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub("", text))
    for pattern, words in ((_AUTOLINK, r"\1"), (_LINE_BREAK, ""), (_ESCAPE, r"\1")):
        text = pattern.sub(words, text)
    return text
