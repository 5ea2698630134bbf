"""Datelines: the place, day and agency that open a wire story, in all the forms that the wires use."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from flows.articles.article import Dateline, Span
from flows.data import rows
from flows.dates.words import DAY, YEAR, complete, day_and_month

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_CITY = rf"{_CAPITAL}[\w.’'\-]*(?:[ ](?:de|da|do|dos|del|la|le|of|al|{_CAPITAL}[\w.’'\-]*))*"
_PLACES = rf"(?P<place>{_CITY}(?:\s?/\s?{_CITY})*)"
_DAY = rf"(?P<day>(?i:{DAY}))(?:,?\s(?P<year>{YEAR}))?"
_AGENCY = r"(?P<agency>[^\W\d_][\w .&/’'\-]{1,40})"
_DASH = r"(?:--|[-–—])"

_ANYWHERE = (
    # BELGRADE, February 9. /TASS/.
    rf"{_PLACES},\s{_DAY}\.?\s?/{_AGENCY.replace('/', '')}/\.?",
    # BEIJING, February 9 (Xinhua) -- and Kathmandu, Oct 1 (PTI)
    rf"{_PLACES},\s{_DAY}\.?\s?\({_AGENCY}\)\s?{_DASH}?",
    # UNITED NATIONS (Agency / Agency - February 9)
    rf"{_PLACES}\s\({_AGENCY}\s{_DASH}\s{_DAY}\)\s?{_DASH}?",
    # (ANSA) - ROME, JUL 11 -
    rf"\({_AGENCY}\)\s{_DASH}\s{_PLACES},\s{_DAY}\s{_DASH}",
    # GENEVA/CAIRO (Reuters) - and Paris (ats afp)
    rf"{_PLACES}\s\({_AGENCY}\)\s?{_DASH}",
    # LONDON, Feb 9 (Reuters) without agency: LONDON, February 9 -
    rf"{_PLACES},\s{_DAY}\s{_DASH}",
)
_AT_LINE_START = (
    # Berlin (dpa) without a dash
    rf"{_PLACES}\s\((?P<agency>[a-zA-Z]{{2,8}}(?:[ /][a-zA-Z]{{2,8}})?)\)(?=\s)",
    # TEHRAN –
    rf"(?P<place>{_CAPITAL}{{3,}}(?:[ ]{_CAPITAL}{{2,}})*)\s{_DASH}(?=\s)",
)
_CAPITALS = re.compile(rf"(?P<place>{_CAPITAL}{{3,}}(?:[ ]{_CAPITAL}{{2,}}){{0,3}})(?P<rest>\n|[ ](?=[A-Z“\"«]))")
_REACH = 2500


def find_dateline(text: str, published: date | None) -> tuple[Dateline, Span] | None:
    """The dateline near the top of `text` and its span, behind which the story begins; None if there is none.

    Forms with an agency or a day are looked for anywhere near the top, since headlines often run into them; a bare city
    in capitals counts only at the start of a line, and only if the city is known.

    Args:
        text: The raw story.
        published: Day by which a day without a year is completed.

    Example:
        `BELGRADE, February 9. /TASS/. Serbia will ...` gives Belgrade, 9 February, TASS.
    """
    head = text[:_REACH]
    found = [match for pattern in _anywhere() for match in pattern.finditer(head) if _is_dateline(match)]
    found += [match for pattern in _line_start() for match in pattern.finditer(head) if _is_dateline(match)]
    first = min(found, key=lambda match: (match.start("place"), -match.end()), default=None)
    if first is None:
        first = next((match for match in _CAPITALS.finditer(head) if _opens_line(head, match) and _bare(match)), None)
    if first is None:
        return None
    return _dateline(first, published), Span(first.start(), first.end())


@cache
def _anywhere() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w/]){form}") for form in _ANYWHERE)


@cache
def _line_start() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"^[ \t]*{form}", re.MULTILINE) for form in _AT_LINE_START)


@cache
def _cities() -> frozenset[str]:
    """Cities and capitals of the lookup file, folded."""
    known = {row["form"].casefold() for row in rows("countries") if row["kind"] in ("capital", "city")}
    return frozenset(known | {"united nations", "un", "vatican city"})


def _is_dateline(match: re.Match[str]) -> bool:
    """A place in capitals, or a city that is known; `President Lee (Reuters) -` is none."""
    groups = match.groupdict()
    places = [place.strip() for place in match["place"].split("/")]
    known = all(place.casefold() in _cities() for place in places)
    upper = all(place.isupper() for place in places) and len(match["place"].split()) <= 5
    return known or (upper and bool(groups.get("day") or groups.get("agency")))


def _opens_line(text: str, match: re.Match[str]) -> bool:
    return not text[: match.start()].rpartition("\n")[2].strip()


def _bare(match: re.Match[str]) -> bool:
    """`PARIS The United States ...`, `ANKARA` on a line of its own; an acronym that opens a sentence is none."""
    return match["place"].casefold() in _cities() and match["place"] != "UN"


def _dateline(match: re.Match[str], published: date | None) -> Dateline:
    groups = match.groupdict()
    day = None
    if groups.get("day") and (named := day_and_month(match["day"])):
        if groups.get("year"):
            day = _checked(int(match["year"]), named)
        elif published:
            day = complete(named[0], named[1], published)
    agency = groups.get("agency")
    return Dateline(
        _in_normal_capitals(match["place"]), day, agency.strip() if agency else None, match.group().strip()
    )


def _checked(year: int, named: tuple[int, int]) -> date | None:
    try:
        return date(year, named[1], named[0])
    except ValueError:
        return None


def _in_normal_capitals(place: str) -> str:
    def word(text: str) -> str:
        return text if len(text) <= 2 or not text.isupper() else "-".join(p.capitalize() for p in text.split("-"))

    return "/".join(" ".join(word(part) for part in city.split()) for city in place.split("/"))
