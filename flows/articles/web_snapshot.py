"""Web pages saved with all their parts in one MIME file: .mhtml and .mht."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from flows.articles import web_page
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, web_address
from flows.articles.story import Story

_HTML = ("text/html", "application/xhtml+xml")
_IS_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_MAX_HEADER = 20_000


def opens(head: bytes) -> bool:
    """Whether a file that begins so is a saved page with its parts, whatever its name."""
    header = head.replace(b"\r", b"").partition(b"\n\n")[0]
    return _IS_MIME.search(header) is not None and _RELATED.search(header) is not None


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story]]:
    """The one story of a saved page; the frames, pictures and styles beside it are left alone.

    Raises:
        ReadError: The file is no MIME file, or its page cannot be read or holds no article.
    """
    content = raw.read()
    if content.lstrip()[:1] == b"<":
        yield None, web_page.page_story(content)
        return
    snapshot, page = _parts(content)
    address = web_address(page.get("Content-Location"), snapshot.get("Snapshot-Content-Location"))
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes):
        raise _no_page()
    yield None, web_page.page_story(body, _charset(page), address, day_of(snapshot.get("Date")))


def _parts(content: bytes) -> tuple[Message, Message]:
    """The whole file and the page in it."""
    try:
        snapshot = email.message_from_bytes(content)
    except RecursionError as error:
        raise ReadError("too-deep", "Its MIME parts are nested too deep; save the page alone, as .html.") from error
    for part in snapshot.walk():
        if any(len(str(value)) > _MAX_HEADER for _, value in part.raw_items()):
            raise ReadError("bad-container", "A header of the file runs on without end; save the page again, as .html.")
        if part.get_content_type() in _HTML:
            return snapshot, part
    raise _no_page()


def _charset(page: Message) -> str | None:
    charset = page.get_param("charset")
    return charset if isinstance(charset, str) else None


def _no_page() -> ReadError:
    return ReadError("no-text", "The file holds no web page; save the page again, as .html.")
