"""The day of publication of a web page: never the day of a change, and never a guess that hangs on today's date."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from typing import Final

from htmldate import find_date
from lxml import etree

from flows.articles.field_values import day_of

# Latest day that a page may name: htmldate takes today where it is told none, and a build must not hang on it.
_LATEST: Final = date(2100, 1, 1)

_CHANGED = re.compile(r"modif|updated|revised", re.IGNORECASE)
_NAMES = ("property", "name", "itemprop", "http-equiv", "class")
# Dates of pictures, of other stories, of the site.
_ELSEWHERE = frozenset("aside footer nav script style".split())


def published_day(page: etree._Element, url: str | None, retrieved: date | None) -> date | None:
    """The day by the page's meta elements, its time elements, its address or a date line; None where none names one.

    Args:
        page: The page; it is left as it is.
        url: Its address.
        retrieved: Day on which it was fetched, which the day of publication exceeds by one day at most.
    """
    own = copy.deepcopy(page)
    for element in [element for element in own.iter() if _misleads(element)]:
        element.drop_tree()
    day = day_of(find_date(own, url=url, original_date=True, extensive_search=False, max_date=_LATEST.isoformat()))
    if day is None or (retrieved and day > retrieved + timedelta(days=1)):
        return None
    return day if _is_written(day, f"{url} {etree.tostring(own, encoding='unicode')}") else None


def _misleads(element: etree._Element) -> bool:
    if element.tag in _ELSEWHERE:
        return True
    marks = " ".join(element.get(name, "") for name in _NAMES).lower()
    if element.tag == "meta" and "image" in marks:
        return True
    return element.tag in ("meta", "time", "abbr") and "publi" not in marks and bool(_CHANGED.search(marks))


def _is_written(day: date, source: str) -> bool:
    """Whether year and day stand side by side in the page; htmldate fills a missing day in from today's date.

    Example:
        `2023-05`, read on the 25th of a month, gives 25 May 2023.
    """
    number = rf"0?{day.day}(?!\d)"
    between = r"\D{1,20}?(?:\d{1,2}\D{1,3})?"
    written = rf"{day:%Y%m%d}|(?<!\d)(?:{day.year}{between}{number}|{number}{between}{day.year}(?!\d))"
    return re.search(written, source) is not None
