"""NITF: the News Industry Text Format."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from flows.articles.agency_text import agency_story, withdrawn
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of, web_address, words_of
from flows.articles.markup import text_of
from flows.articles.sidecar import Metadata
from flows.articles.story import Story
from flows.articles.xml_paths import LANGUAGE, at, value_at, words_at

_HEADLINES = ("body/body.head/hedline/hl1", "body/body.head/headline/hl1", "head/title")


def stories_of(root: etree._Element) -> Iterator[Story | ReadError]:
    """The one story of an NITF document; captions, bylines and taglines are no part of it."""
    if refusal := withdrawn(value_at(root, "head/docdata", "management-status")):
        yield refusal
        return
    outlet = words_of(
        value_at(root, "head/pubdata", "name"),
        words_at(root, "body/body.head/distributor"),
        value_at(root, "head/docdata/doc.copyright", "holder"),
    )
    published = day_of(
        value_at(root, "head/docdata/date.issue", "norm"),
        value_at(root, "body/body.head/dateline/story.date", "norm"),
        value_at(root, "head/docdata/date.release", "norm"),
        value_at(root, "head/pubdata", "date.publication"),
    )
    content = at(root, "body/body.content")
    yield agency_story(
        text_of(content) if content is not None else "",
        Metadata(
            None, outlet, web_address(value_at(root, "head/pubdata", "ex-ref")), words_at(root, *_HEADLINES), None
        ),
        published,
        language_of(root.get(LANGUAGE), root.get("lang")),
        words_at(root, "body/body.head/dateline"),
    )
