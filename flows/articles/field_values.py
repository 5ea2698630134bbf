"""Days and languages as the fields of documents write them."""

from __future__ import annotations

import re
from datetime import date

from flows.articles.field_names import whole_characters
from flows.dates.words import full_date

_BASIC = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?=T|\s|$)")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]\w+)*\s*")
_TWO_LETTERS = {"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "rus": "ru", "ita": "it"}
_TWO_LETTERS |= {"por": "pt", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ukr": "uk", "tur": "tr"}


def day_of(*stamps: object) -> date | None:
    """The day of the first of the stamps that names one, as written there, its time zone left alone.

    Example:
        `20240305T231500+0900`, `2024-03-05T23:15:00Z` and `Tue, 05 Mar 2024 23:15:00 GMT` all give 5 March 2024.
    """
    for stamp in stamps:
        if isinstance(stamp, str) and (day := _basic(stamp) or full_date(stamp)):
            return day
    return None


def language_of(*codes: object) -> str | None:
    """ISO 639-1 code of the first of the language tags that is one.

    Example:
        `en-US`, `EN` and `eng` give `en`.
    """
    for code in codes:
        if isinstance(code, str) and (found := _LANGUAGE.fullmatch(code)):
            name = found[1].lower()
            if len(name) == 2 or name in _TWO_LETTERS:
                return _TWO_LETTERS.get(name, name)
    return None


def words_of(*values: object) -> str | None:
    """The first of the values that is a string with words in it, white space made single."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return " ".join(whole_characters(value).split())
    return None


def web_address(*values: object) -> str | None:
    """The first of the values that is an address on the web."""
    for value in values:
        if isinstance(value, str) and re.match(r"https?://\S+$", value.strip(), re.IGNORECASE):
            return value.strip()
    return None


def _basic(stamp: str) -> date | None:
    found = _BASIC.match(stamp)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
