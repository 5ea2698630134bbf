"""XML files, told apart by the element with which they begin."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from flows.articles import feed, newsml, newsml_g2, nitf, web_page
from flows.articles.errors import ReadError
from flows.articles.markup import check_xml, parse_xml, root_name
from flows.articles.story import Story

_HEAD = 16_384
_TREES = {
    "newsmessage": newsml_g2.stories_of,
    "newsitem": newsml_g2.stories_of,
    "packageitem": newsml_g2.stories_of,
    "newsml": newsml.stories_of,
    "nitf": nitf.stories_of,
}
_FEEDS = frozenset({"rss", "feed", "rdf"})
_KNOWN = "NewsML-G2, NewsML 1, NITF, RSS, Atom or XHTML"


def opens(head: bytes) -> bool:
    """Whether a file that begins so is XML of one of the kinds that are known, whatever its name."""
    root = root_name(head[:_HEAD])
    return root in _TREES or root in _FEEDS


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of an XML file: one, or one for each item of a package or feed.

    Raises:
        ReadError: The file is no XML, brings entities of its own, or is none of the kinds that are known.
    """
    content = raw.read()
    root = root_name(content[:_HEAD])
    if root != "html":
        check_xml(content)
    if root in _FEEDS:
        yield from feed.stories(io.BytesIO(content))
    elif root == "html":
        yield None, web_page.page_story(content)
    elif root in _TREES:
        found = list(_TREES[root](parse_xml(content)))
        single = len(found) == 1
        yield from ((None if single else number, story) for number, story in enumerate(found))
    else:
        raise ReadError("unknown-xml", f"XML that begins with <{root or '?'}> is not known; convert it to {_KNOWN}.")
