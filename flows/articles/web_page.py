"""Saved web pages: the article, without the page around it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO
from urllib.parse import urlsplit

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.metadata import examine_meta, extract_title
from trafilatura.settings import Document

from flows.articles.decoding import mend
from flows.articles.errors import ReadError
from flows.articles.field_values import language_of, web_address, words_of
from flows.articles.json_ld import NewsArticle, drop_linked_data, news_article
from flows.articles.markup import count_elements, parse_html, root_name, text_of
from flows.articles.page_date import published_day
from flows.articles.page_loss import Paragraphs
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
_OUTLETS = ("og:site_name", "application-name", "twitter:site", "publisher", "dc.publisher")
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<!DOCTYPE\s+html\b", re.IGNORECASE)
_HEAD = 4096
_MAX_TITLE = 300
# What trafilatura does beside its own way takes time with the square of a page's elements.
_MANY_ELEMENTS = 10_000

for _name in ("trafilatura", "htmldate"):
    # What they cannot do is told by our refusals.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def opens(head: bytes) -> bool:
    """Whether a file that begins so is a web page, whatever its name."""
    return root_name(head[:_HEAD]) == "html" or _DOCTYPE.match(head) is not None


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story]]:
    """The one story of a saved web page.

    Raises:
        ReadError: The page cannot be read, or holds no article.
    """
    yield None, page_story(raw.read())


def page_story(
    raw: bytes, charset: str | None = None, address: str | None = None, retrieved: date | None = None
) -> Story:
    """The story of a web page.

    Args:
        raw: The page's bytes.
        charset: Encoding that the page's carrier states.
        address: Where the page was fetched; the page's own canonical address wins.
        retrieved: Day on which it was fetched, which the day of publication cannot exceed by more than one day.

    Raises:
        ReadError: The page cannot be read, or holds no article.
    """
    page = parse_html(raw, charset)
    linked = news_article(page)
    saved = _SAVED_FROM.search(raw[:4096])
    url = _url(page, linked) or address or (saved[1].decode("ascii", "replace") if saved else None)
    title = linked.headline or words_of(examine_meta(page).title, extract_title(page))
    outlet = _outlet(page, linked, url)
    drop_linked_data(page)
    published = linked.published or published_day(page, url, retrieved)
    text, removed = _body(page, linked, title)
    return Story(
        mend(text),
        published,
        "document" if published else None,
        Metadata(None, outlet, url, _mended(title), None),
        language_of(page.get("lang"), page.get("xml:lang"), linked.language),
        retrieved,
        removed,
    )


def _body(page: etree._Element, linked: NewsArticle, title: str | None) -> tuple[str, Counter[str]]:
    """The article's text, from the first of several ways that keeps the page's paragraphs, and what was left out."""
    removed: Counter[str] = Counter()
    best = _extracted(page, title, recall=False)
    paragraphs = Paragraphs.of(page, best)
    loss = paragraphs.loss(best)
    if loss.is_much:
        for way, text in _other_ways(page, linked, title, paragraphs):
            other = paragraphs.loss(text)
            if other.words < loss.words:
                best, loss, removed = text, other, Counter({f"page-read-by-{way}": 1})
            if not loss.is_much:
                break
    elif _is_wholer(linked, best):
        best, removed = linked.body or "", Counter({"page-read-by-json-ld": 1})
        loss = paragraphs.loss(best)
    if not best.strip():
        raise ReadError("no-text", "No article is found on the page; save its text alone, as .txt.")
    if loss.paragraphs:
        removed["page-paragraph"] = loss.paragraphs
    return best, removed


def _other_ways(
    page: etree._Element, linked: NewsArticle, title: str | None, paragraphs: Paragraphs
) -> Iterator[tuple[str, str]]:
    yield "recall", _extracted(page, title, recall=True)
    if linked.body:
        yield "json-ld", linked.body
    yield "paragraphs", paragraphs.text()


def _is_wholer(linked: NewsArticle, text: str) -> bool:
    """Whether the page's JSON-LD has a good deal more of the article than `text`, as behind a fold."""
    return len((linked.body or "").split()) > 1.25 * len(text.split()) + 20


def _extracted(page: etree._Element, title: str | None, *, recall: bool) -> str:
    """What trafilatura takes for the article."""
    found = bare_extraction(
        page,
        fast=count_elements(page) > _MANY_ELEMENTS,
        favor_recall=recall,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    if not isinstance(found, Document) or found.body is None:
        return ""
    blocks = [block for block in _extracted_blocks(found.body) if block != title]
    return "\n\n".join(blocks)


def _extracted_blocks(body: etree._Element) -> list[str]:
    """Paragraphs of trafilatura's own markup: `head`, `p`, `lb`, `list`, `item`, `row`, `cell`."""
    for element in body.iter("lb"):
        element.tag = "br"
    for element in body.iter("head", "item", "row", "cell", "quote", "list", "table", "code"):
        element.tag = "div"
    return text_of(body).split("\n\n")


def _url(page: etree._Element, linked: NewsArticle) -> str | None:
    canonical = [link.get("href") for link in page.iter("link") if link.get("rel", "").lower() == "canonical"]
    return web_address(*canonical, _meta(page, "og:url"), linked.url)


def _outlet(page: etree._Element, linked: NewsArticle, url: str | None) -> str | None:
    named = words_of(_meta(page, "og:site_name"), linked.publisher, *(_meta(page, name) for name in _OUTLETS))
    return _mended(named or _host(url))


def _host(url: str | None) -> str | None:
    """Host of an address: the name of its outlet where the page gives none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") if url else None
    except ValueError:
        return None


def _meta(page: etree._Element, name: str) -> str | None:
    """Content of the first meta element of this name."""
    for meta in page.iter("meta"):
        if name in (meta.get("property", "").lower(), meta.get("name", "").lower()) and words_of(meta.get("content")):
            return words_of(meta.get("content"))
    return None


def _mended(words: str | None) -> str | None:
    return mend(words)[:_MAX_TITLE] if words else None
