"""RSS and Atom feeds saved to disk: every entry with its full text is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import feedparser

from flows.articles.agency_text import agency_story
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of, web_address, words_of
from flows.articles.markup import check_xml, plain_html
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_MIN_SUMMARY = 120
_END = 4096
_ENDED = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_CUT_SHORT = ReadError("bad-record", "The file breaks off, so its last entry may lack its end; save the feed again.")
# On XML that is none, feedparser goes on with a lenient parser of its own, which lets these through.
_NOT_PARSED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:read|continue reading|full)\b[^.\n]{0,80}(?:more|story|article|→|»|…|\.\.\.)?)\s*$",
    re.IGNORECASE,
)
_APPEARED_FIRST = re.compile(r"The post\b[^\n]{1,300}\bappeared first on\b[^\n]{1,200}$")


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a feed, entry by entry; one that carries only a summary is refused.

    Raises:
        ReadError: The file is no feed, brings entities of its own, or has no entries.
    """
    content = raw.read()
    check_xml(content)
    parsed = _parsed(content)
    if not parsed.entries:
        raise ReadError("no-text", "The feed has no entries that can be read; save it again.")
    for number, entry in enumerate(parsed.entries):
        last = number == len(parsed.entries) - 1
        yield number, _CUT_SHORT if last and not _ENDED.search(content[-_END:]) else _story(entry, parsed.feed)


def _parsed(content: bytes) -> feedparser.FeedParserDict:
    try:
        return feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except _NOT_PARSED as error:
        raise ReadError("bad-xml", f"The feed is too damaged to be read ({error}); save it again.") from error


def _story(entry: Mapping[str, object], feed: Mapping[str, object]) -> Story | ReadError:
    try:
        text, language = _text(entry)
        title = plain_html(words_of(entry.get("title")) or "")
    except ReadError as error:
        return error
    if text is None:
        return ReadError("summary-only", "The entry carries only a summary; save the page that it links to instead.")
    source = entry.get("source")
    outlet = words_of(source.get("title") if isinstance(source, Mapping) else None, feed.get("title"))
    given = Metadata(None, outlet, web_address(entry.get("link"), entry.get("id")), words_of(title), None)
    # feedparser warns where it is asked for the one while it only has the other.
    published = day_of(entry.get("published")) or day_of(entry.get("updated"))
    return agency_story(text, given, published, language_of(language, feed.get("language")))


def _text(entry: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Words of the entry's article and their language; no words where it has only a summary of it.

    Raises:
        ReadError: The entry's markup is too deep.
    """
    for content in _details(entry.get("content")):
        text = _plain(content)
        if text and not _CUT_OFF.search(text):
            return text, words_of(content.get("language"))
    for summary in _details([entry.get("summary_detail")]):
        text = _plain(summary)
        if len(text.split()) >= _MIN_SUMMARY and not _CUT_OFF.search(text):
            return text, words_of(summary.get("language"))
    return None, None


def _details(values: object) -> Iterator[Mapping[str, object]]:
    yield from (value for value in (values if isinstance(values, list) else []) if isinstance(value, Mapping))


def _plain(content: Mapping[str, object]) -> str:
    value = content.get("value")
    if not isinstance(value, str):
        return ""
    text = value if content.get("type") == "text/plain" else plain_html(value)
    return _APPEARED_FIRST.sub("", text.strip()).rstrip()
