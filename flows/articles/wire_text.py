"""Wire text with the control characters of IPTC 7901 or ANPA 1312 around each message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from flows.articles.agency_text import agency_story
from flows.articles.decoding import decode
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of
from flows.articles.sidecar import NOTHING
from flows.articles.story import Story
from flows.dates.words import MONTHS

_SOH = b"\x01"
_MESSAGE = re.compile(rb"\x01([^\x01\x02\x03\x04]*)\x02([^\x01\x02\x03\x04]*)(?:\x03([^\x01\x02\x03\x04]*)\x04?)?")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FILED = re.compile(r"\b(\d\d)\d{4}\s?(?:GMT|UTC|Z)?\s?([A-Za-z]{3})[a-z]*\s?'?((?:20)?\d\d)\b")
_AP_FILED = re.compile(r"\bA?P?-?[A-Z]{2}-(\d\d)-(\d\d)-(\d\d)\s\d{4}[A-Z]{3}\b")
_QUADS = " \t<^"
_GAP = re.compile(r"\n{3,}")
_TYPED = (("``", "“"), ("''", "”"), (" _ ", " — "))
_OPENING = re.compile(rb"[\x00\x16\s]*\x01[^\x01-\x04]{0,2000}\x02")


def opens(head: bytes) -> bool:
    """Whether a file that begins so holds wire messages, whatever its name."""
    return _OPENING.match(head) is not None


def stories(raw: BinaryIO) -> Iterator[tuple[int | None, Story | ReadError]]:
    """The stories of a file of wire messages.

    Raises:
        ReadError: There is no message in the file.
    """
    content = raw.read()
    found = [_story(*(message[part] or b"" for part in (1, 2, 3))) for message in _MESSAGE.finditer(content)]
    if not found:
        raise ReadError("bad-container", "No message between SOH, STX and ETX is in the file; save its text as .txt.")
    single = len(found) == 1 and content.count(_SOH) == 1
    yield from ((None if single else number, story) for number, story in enumerate(found))


def _story(header: bytes, text: bytes, footer: bytes) -> Story | ReadError:
    try:
        words, filed = _clean(text), _clean(footer)
    except ReadError as error:
        return error
    published = _day(filed) or _day(words[-200:]) or day_of(filed, _clean(header))
    return agency_story(_AP_FILED.sub("", words).strip("\n"), NOTHING, published)


def _clean(part: bytes) -> str:
    """The characters of a part, without controls and typesetting; an indented line opens a paragraph."""
    words = decode(_CONTROL.sub(b"", part)) if part.strip() else ""
    for written, mark in _TYPED:
        words = words.replace(written, mark)
    return _GAP.sub("\n\n", "\n".join(_lines(words))).strip("\n")


def _lines(words: str) -> Iterator[str]:
    for line in words.split("\n"):
        bare = line.strip(_QUADS)
        if bare and (line.startswith("  ") or line.lstrip()[:1] == "^"):
            yield ""
        yield bare
        if line.rstrip()[-1:] in ("<", "^"):
            yield ""


def _day(words: str) -> date | None:
    """The day on which a message was filed.

    Example:
        `051230 GMT Mar 24` (IPTC 7901) and `AP-NY-03-05-24 1230EST` (ANPA) give 5 March 2024.
    """
    if found := _AP_FILED.search(words):
        month, day, year = (int(figure) for figure in found.groups())
    elif (found := _FILED.search(words)) and found[2].lower() in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2].lower()], int(found[3])
    else:
        return None
    try:
        return date(_century(year), month, day)
    except ValueError:
        return None


def _century(year: int) -> int:
    """Two figures of a year with their century; these formats are of 1979."""
    return year if year > 99 else year + (1900 if year >= 79 else 2000)
