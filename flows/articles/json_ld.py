"""What a web page says about itself in JSON-LD: schema.org's NewsArticle and its kin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import orjson
from lxml import etree

from flows.articles.field_values import day_of, language_of, web_address, words_of
from flows.articles.markup import plain_html

_ARTICLES = re.compile(r"(?:https?://schema\.org/|schema:)?(?:\w*NewsArticle|Article|\w*Posting|Report)")
_WRAPPING = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|\]\]>|//\s*\]\]>)\s*;?\s*$")
_MAX_OBJECTS = 10_000


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """The article object of a page; every field may be missing.

    Attributes:
        headline: Its headline.
        body: Its text, paragraphs parted by blank lines where the page parts them.
        published: Day of `datePublished`.
        publisher: Name of the publisher.
        language: ISO 639-1 code.
        url: Address of the page.
    """

    headline: str | None = None
    body: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None


def news_article(page: etree._Element) -> NewsArticle:
    """The article object that says most, by the length of its body; an empty one where the page has none."""
    found = [_article(each) for each in _objects(page) if _is_article(each)]
    return max(
        found, key=lambda article: (len(article.body or ""), article.published is not None), default=NewsArticle()
    )


def drop_linked_data(page: etree._Element) -> None:
    """Takes the JSON-LD out of the page, so that an extractor looks at what the page shows."""
    for script in [script for script in page.iter("script") if _is_json_ld(script)]:
        script.drop_tree()


def _objects(page: etree._Element) -> Iterator[dict[str, object]]:
    """All JSON objects of the page's JSON-LD, outer before inner."""
    waiting: list[object] = [_parsed(script.text or "") for script in page.iter("script") if _is_json_ld(script)]
    waiting.reverse()
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, (dict, list)))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _is_json_ld(script: etree._Element) -> bool:
    return "ld+json" in script.get("type", "").lower()


def _parsed(words: str) -> object:
    words = _WRAPPING.sub("", words).strip()
    try:
        return orjson.loads(words)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(words, strict=False)  # line feeds inside strings, which many pages write
    except (ValueError, RecursionError):
        return None  # a page whose JSON-LD is broken is read like one that has none


def _is_article(value: dict[str, object]) -> bool:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLES.fullmatch(kind) for kind in kinds)


def _article(value: dict[str, object]) -> NewsArticle:
    body = value.get("articleBody")
    page = value.get("mainEntityOfPage")
    return NewsArticle(
        headline=words_of(value.get("headline"), value.get("name")),
        body=(plain_html(body) or None) if isinstance(body, str) else None,
        published=day_of(value.get("datePublished"), value.get("dateCreated")),
        publisher=_name(value.get("publisher")),
        language=language_of(value.get("inLanguage")),
        url=web_address(value.get("url"), page["@id"] if isinstance(page, dict) and "@id" in page else page),
    )


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return words_of(value.get("name") if isinstance(value, dict) else value)
