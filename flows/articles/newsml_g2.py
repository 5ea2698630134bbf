"""NewsML-G2: one news item, or a message with many."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from flows.articles.agency_text import agency_story, withdrawn
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of, web_address, words_of
from flows.articles.markup import local_name, plain_html, text_of
from flows.articles.sidecar import Metadata
from flows.articles.story import Story
from flows.articles.xml_paths import LANGUAGE, all_named, value_at, words_at


def stories_of(root: etree._Element) -> Iterator[Story | ReadError]:
    """The stories of a newsMessage, newsItem or packageItem; a package's own item has none but those sent with it."""
    items = all_named(root, "newsItem")
    if not items:
        yield ReadError(
            "no-text", "The package only refers to its items; put the items themselves into the raw folder."
        )
    for item in items:
        yield _story(item)


def _story(item: etree._Element) -> Story | ReadError:
    if refusal := withdrawn(value_at(item, "itemMeta/pubStatus", "qcode")):
        return refusal
    headline = words_at(item, "contentMeta/headline", "contentMeta/slugline", "itemMeta/title")
    try:
        text = _text(item)
    except ReadError as error:
        return error
    return agency_story(
        text,
        Metadata(None, _provider(item), web_address(item.get("guid")), headline, None),
        day_of(words_at(item, "itemMeta/versionCreated"), words_at(item, "itemMeta/firstCreated")),
        language_of(value_at(item, "contentMeta/language", "tag"), item.get(LANGUAGE)),
        words_at(item, "contentMeta/dateline"),
    )


def _text(item: etree._Element) -> str:
    """The first of the renditions in the item that has words."""
    for rendition in item.iterfind("{*}contentSet/*"):
        text = _rendition(rendition)
        if text.strip():
            return text
    return ""


def _rendition(rendition: etree._Element) -> str:
    name = local_name(rendition)
    if name == "inlinexml":
        bodies = all_named(rendition, "body.content") or all_named(rendition, "body") or [rendition]
        return "\n\n".join(text_of(body) for body in bodies)
    if name == "inlinedata" and not rendition.get("encoding"):
        words = rendition.text or ""
        return plain_html(words) if "html" in rendition.get("contenttype", "") else words
    return ""


def _provider(item: etree._Element) -> str | None:
    code = value_at(item, "itemMeta/provider", "literal", "qcode")
    return words_of(
        words_at(item, "itemMeta/provider/name"),
        code.rpartition(":")[2] if code else None,
        words_at(item, "contentMeta/infoSource/name"),
    )
