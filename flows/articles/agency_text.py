"""What the exchange formats of news agencies share: how text, headline and dateline make a story."""

from __future__ import annotations

import re
from datetime import date

from flows.articles.decoding import mend
from flows.articles.errors import ReadError
from flows.articles.field_names import whole_characters
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_WITHDRAWN = re.compile(r"(?:\w+:)?(?:cancell?ed|withheld|embargoed)", re.IGNORECASE)
_ENDS_IN_DASH = re.compile(r"(?:-|–|—|\.|/)\s*$")


def agency_story(
    text: str,
    given: Metadata,
    published: date | None,
    language: str | None = None,
    dateline: str | None = None,
) -> Story | ReadError:
    """The story of one agency item, or a refusal where it has no words.

    Args:
        text: Its text, paragraphs parted by blank lines.
        given: What its fields say.
        published: Day of this version.
        language: ISO 639-1 code.
        dateline: Dateline that stands in a field of its own; it is put before the text unless the text has it.
    """
    if not text.strip():
        return ReadError("no-text", "The item carries no text of its own; take it out, or put the text beside it in.")
    if dateline and _letters(dateline)[:12] not in _letters(text[:300]):
        text = f"{dateline}{' ' if _ENDS_IN_DASH.search(dateline) else ' - '}{text.lstrip()}"
    return Story(mend(whole_characters(text)), published, "document" if published else None, given, language)


def withdrawn(status: str | None) -> ReadError | None:
    """The refusal of an item that its agency has taken back or not released, by its status; else None.

    Example:
        `stat:canceled` (NewsML-G2), `Canceled` (NewsML 1) and `withheld` (ninjs).
    """
    if status and _WITHDRAWN.fullmatch(status.strip()):
        return ReadError("withdrawn", f"Its agency marks the item as {status.strip()}; take it out of the raw folder.")
    return None


def _letters(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()
