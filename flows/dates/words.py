"""Words and figures that name a day, and how to read them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_ENGLISH = "january february march april may june july august september october november december".split()
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_ITALIAN = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
_EXTRA = {
    "sept": 9,
    "june": 6,
    "july": 7,
    "gen": 1,
    "mag": 5,
    "giu": 6,
    "lug": 7,
    "ago": 8,
    "set": 9,
    "ott": 10,
    "dic": 12,
}


def _months() -> dict[str, int]:
    months = dict(_EXTRA)
    for names in (_ENGLISH, _RUSSIAN, _ITALIAN):
        for number, name in enumerate(names, start=1):
            months[name] = number
            if names is not _ITALIAN:
                months.setdefault(name[:3], number)
    return months


MONTHS: Final = _months()
"""Number of each month by its name or abbreviation in lower case, without a full stop."""

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=lambda name: (-len(name), name)))})\b\.?"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"

DAY: Final = rf"(?:{_MONTH}\s?{_NUMBER}|{_NUMBER}\s(?:of\s)?{_MONTH})"
"""Pattern of a day and month, to be matched without regard to case."""

YEAR: Final = r"(?:(?:19|20)\d\d)"
"""Pattern of a year between 1900 and 2099."""

_FULL = re.compile(
    rf"(?<![\w.])(?:(?P<iso>(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d))(?![\d-])"
    rf"|(?P<day>{DAY}),?\s(?P<year>{YEAR})(?!\d)"
    rf"|(?P<dd>\d\d?)[./](?P<mm>\d\d?)[./](?P<yyyy>{YEAR})(?!\d))",
    re.IGNORECASE,
)


def day_and_month(words: str) -> tuple[int, int] | None:
    """Day and month that `words` name, or None.

    Example:
        `February 9`, `9th Feb.`, `16 декабря` and `7 dic.` give (9, 2), (9, 2), (16, 12) and (7, 12).
    """
    number = re.search(r"\d+", words)
    months = [MONTHS[word] for word in re.findall(r"[^\W\d_]+", words.lower()) if word in MONTHS]
    if number is None or not months:
        return None
    return int(number.group()), months[0]


def full_date(text: str) -> date | None:
    """The first day named in `text` with its year, or None.

    A figure such as 03/04/2024 can be read in two ways and is passed over.
    """
    for match in _FULL.finditer(text):
        day = _as_date(match)
        if day is not None:
            return day
    return None


def complete(day: int, month: int, published: date, ahead: int = 1) -> date | None:
    """The day nearest to `published` that lies at most `ahead` days after it.

    Example:
        31 December and a story of 1 January 2024 give 31 December 2023.
    """
    for year in (published.year + 1, published.year, published.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= published + timedelta(days=ahead):
            return candidate
    return None


def _as_date(match: re.Match[str]) -> date | None:
    if match["iso"]:
        figures = (int(match["y"]), int(match["m"]), int(match["d"]))
    elif match["day"]:
        named = day_and_month(match["day"])
        if named is None:
            return None
        figures = (int(match["year"]), named[1], named[0])
    else:
        first, second = int(match["dd"]), int(match["mm"])
        if first <= 12 and second <= 12 and first != second and "/" in match.group():
            return None
        figures = (int(match["yyyy"]), second, first) if second <= 12 else (int(match["yyyy"]), first, second)
    try:
        return date(*figures)
    except ValueError:
        return None
