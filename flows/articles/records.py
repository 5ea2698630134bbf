"""One record of a container, a JSON object or a row of a table, to a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flows.articles import ninjs
from flows.articles.decoding import decode, mend
from flows.articles.errors import ReadError, limit_passed
from flows.articles.field_names import Fields, first_day, first_words, given_by, values, whole_characters
from flows.articles.field_values import language_of
from flows.articles.markdown import plain
from flows.articles.markup import plain_html
from flows.articles.story import Story

_HTML = re.compile(r"<(?:p|br|div|li|h[1-6]|figure)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SHORTENED = re.compile(r"\[\+\d+ chars\]\s*\Z")


def story_of(record: object, fields: Fields) -> Story | ReadError:
    """The story that one record holds, or what is wrong with it."""
    if not isinstance(record, Mapping):
        return bad_record("The record is no object; write one object with the article's fields for each article.")
    if ninjs.is_ninjs(record):
        return ninjs.story_of(record)
    try:
        text = _text(record, fields)
        text = text and _plain(text)
    except ReadError as error:
        return error
    if text is None:
        return bad_record(
            f"The record has no text; put it under one of {', '.join(fields.text)}, or name its field in the setting"
            " `fields`."
        )
    if _SHORTENED.search(text):
        return ReadError("summary-only", "The record holds only the beginning of its article; fetch the whole text.")
    published = first_day(record, fields.published)
    language = language_of(first_words(record, fields.language))
    return Story(text, published, "document" if published else None, given_by(record, fields), language)


def bad_record(message: str) -> ReadError:
    """The error that stands in the place of one record."""
    return ReadError("bad-record", message)


def unknown_columns(columns: Iterable[str]) -> ReadError:
    """The error of a table in which no column is known to hold the text."""
    found = ", ".join(columns)[:200]
    return ReadError(
        "unknown-columns",
        f"No column holds the articles' text (found: {found}); name it `text`, or name it in the setting `fields`.",
    )


def too_large(max_bytes: int, place: str = "") -> ReadError:
    """The error that stands in the place of a record of more than `max_bytes`."""
    return ReadError(
        "too-large", limit_passed(f"{place}The record has more than", max_bytes, "bytes", "max_record_bytes")
    )


def _plain(text: str) -> str:
    return plain_html(text) if _HTML.search(text) else plain(mend(text))


def _text(record: Mapping[str, object], fields: Fields) -> str | None:
    for value in values(record, fields.text):
        text = decode(value) if isinstance(value, bytes) else value
        if isinstance(text, list) and text and all(isinstance(paragraph, str) for paragraph in text):
            text = "\n\n".join(text)
        if isinstance(text, str) and text.strip():
            return whole_characters(text)
    return None
