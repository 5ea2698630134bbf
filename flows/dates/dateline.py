"""Datelines: the place, day and agency that open a wire story.

Strong forms carry an agency or a day and may stand anywhere near the top. Weak ones, a bare city in capitals or
a city and a dash, count only before running prose and only for names that can be cities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from flows.articles.article import Dateline
from flows.data import rows
from flows.dates.words import DAY, WEEKDAYS, YEAR, complete, day_and_month, full_date

_UP = r"[^\W\d_a-zß-öø-ÿа-яё]"
_CAPS = rf"(?:{_UP}(?:{_UP}|['’.\-])+)"
_CITY_CAPS = rf"{_CAPS}(?: {_CAPS}){{0,3}}"
_CITY_MIXED = rf"(?:{_UP}[\w'’.\-]+(?: (?:{_UP}[\w'’.\-]*|de|la|el|del|do|al)){{0,3}})"
_JOIN = r"(?:\s?/\s?| and |, |\s[–-]\s)"
_REGION = rf"(?:,\s(?!(?i:{DAY}))(?P<region>{_UP}[\w.'’]*(?: {_UP}[\w.'’]*){{0,2}}))?"
_DAY = rf"(?P<day>(?i:{DAY}))(?:,?\s*(?P<year>{YEAR}))?"
_DASH = r"(?:\s*(?:--+|[—–―])\s*|\s+-\s+|-\s+|\s+-$)"
_PAREN = r"\((?P<agency>[^()\n]{2,80})\)"
_NAMED = rf"(?P<agency>[^\W\d_][\w -]{{1,30}}?)(?:, {_CITY_MIXED})?(?:{_DASH}|[.:]\s|(?<=[A-Z]{{3}})\s(?={_UP}))"


def _places(city: str) -> str:
    return rf"(?P<place>{city}(?:{_JOIN}{city}){{0,2}})"


def _forms(city: str) -> dict[str, re.Pattern[str]]:
    place = _places(city) + _REGION
    patterns = {
        "agency-first": rf"{_PAREN}{_DASH}{place}(?:[,.]?\s+{_DAY})?{_DASH}",
        "slashes": rf"{place}(?:[,.]?\s+{_DAY})?[.,]?\s*/(?P<agency>[^/\n]{{2,60}})/(?:[.:]|{_DASH})?\s*",
        "brackets": rf"{place}(?:[,.]?\s+{_DAY})?[.,]?\s*{_PAREN}(?P<close>{_DASH}|\.-|[.:])?\s*",
        "named": rf"{place}(?:[,.]?\s+{_DAY})?(?:[,.]\s|{_DASH}){_NAMED}",
        "day": rf"{place}(?:[,.]?\s+|\s[–-]\s){_DAY}(?:{_DASH}|[.:](?:\s+|$))",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


_CAPS_FORMS: Final = _forms(_CITY_CAPS)
_MIXED_FORMS: Final = _forms(_CITY_MIXED)
_DAY_AGENCY = re.compile(rf"{_DAY}[.,]?\s*{_PAREN}{_DASH}")
_AGENCY_ALONE = re.compile(
    rf"(?P<agency>[^\W\d_][\w –/-]{{1,40}}?)\s*(?:--+|[—–])$|\((?P<bracketed>[^()\n]{{2,40}})\)(?:{_DASH})"
)
_DASHED = re.compile(rf"{_places(_CITY_MIXED)}{_REGION}{_DASH}(?=[\"“«‘'(]?{_UP})")
_COLON = re.compile(rf"{_places(_CITY_CAPS)}:\s+(?=[\"“«‘'(]?{_UP})")
# `Islamabad: The ministry ...`; what somebody says on stage or in a chat is in the first person.
_MIXED_COLON = re.compile(
    rf"{_places(_CITY_MIXED)}:\s+(?=[\"“«‘'(]?{_UP})(?!(?:I|We|My|Our|You|Your|Yes|No|Well|Thank)\b)"
)
_BARE = re.compile(rf"(?P<place>{_CITY_CAPS})\s+(?=[\"“«‘']?{_UP})")
_ALONE = re.compile(rf"{_places(_CITY_MIXED)}{_REGION}(?:[,.]?\s+{_DAY})?\s*[.,:–—-]*$")
# What every form that begins with a place goes on with: cheap to try before the forms themselves.
_GOES_ON = re.compile(rf"(?:{_places(_CITY_MIXED)}){_REGION}(?=[,.]?\s+(?i:{DAY})|[.,]?\s*[/(]|,\s|{_DASH})")
_TWO_CAPITALS = re.compile(rf"(?<![\w'’.\-/]){_UP}{{2}}")
_TWO_ASCII_CAPITALS = re.compile(r"[A-Z](?<![\w'’.\-/].)[A-Z]")
_PROSE_END = re.compile(r"[.!?…][\"”’»)\]]*$")
_SENTENCE_INSIDE = re.compile(r"[.!?]\s")
_NO_HEADLINE_END = tuple(".!?,;:")
_DASHES = ("--", "—", "–")
_DATELINE_ENDS = tuple(".:/)-–—―")
_LONGEST_DAY = 40
_DATE_IN_BRACKETS = re.compile(rf"(?:^|\s*[-–,/]\s*|\s)(?:(?i:{DAY}),?\s{YEAR}|[^-–,/]*\d.*)$")
_MIN_PROSE_WORDS = 7
_MIN_BARE_LETTERS = 4

REACH: Final = 2000
"""So far into a paragraph a dateline behind a headline is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline as it stands in a paragraph.

    Attributes:
        start: Offset of its first character; above 0 where a headline stands before it.
        end: Offset at which the story begins.
        place: City or cities as written, None where there is none.
        day: Day and month named, None where there are none.
        year: Year named, None where there is none.
        agency: Agency as written, None where there is none.
        as_written: The whole dateline.
        strong: Whether an agency or a day marks it, so that it needs no further evidence.
    """

    start: int
    end: int
    place: str | None
    day: tuple[int, int] | None
    year: int | None
    agency: str | None
    as_written: str
    strong: bool

    @property
    def full_day(self) -> date | None:
        """The day with the year that the dateline itself names; None where it names none."""
        if self.day is None or self.year is None:
            return None
        try:
            return date(self.year, self.day[1], self.day[0])
        except ValueError:
            return None

    def dateline(self, published: date | None) -> Dateline:
        """The dateline, its year completed from the day of publication."""
        day = self.full_day
        if day is None and self.day is not None and published is not None:
            day = complete(*self.day, published)
        place = _in_normal_capitals(self.place) if self.place else None
        return Dateline(place, day, self.agency, self.as_written)


def match_dateline(paragraph: str) -> Found | None:
    """The dateline that opens `paragraph`, or None.

    Examples:
        `BELGRADE, February 9. /TASS/. The envoy said ...`, `Berlin (dpa) - The ...`,
        `(ANSA) - ROME, JUL 11 - The ...`, `TEHRAN – The ...`, `PARIS The United States ...`.
        Left alone: `NATO Secretary General ...`, `RUSSIA: ...`.
    """
    return _strong(paragraph, 0) or _weak(paragraph)


def search_dateline(paragraph: str, *, weak_only: bool = False) -> Found | None:
    """The first strong dateline in capitals inside `paragraph`, behind a headline on the same line, or None.

    Args:
        paragraph: A paragraph near the top of the story.
        weak_only: Leaves strong datelines out, for the end of a paragraph that is known to hold none.

    Example:
        `Envoy hails talks BELGRADE, February 9. /TASS/. The envoy said ...`.
    """
    starts = _word_starts(paragraph)
    for start in () if weak_only else starts:
        found = _strong(paragraph, start, caps_only=True)
        if found is not None and found.place is not None:
            return found
    return _bare_city_after_headline(paragraph, starts)


def match_place_line(line: str) -> Found | None:
    """The dateline that fills the whole of `line`, as in `ANKARA` above a story, or None."""
    if line.endswith(_DATELINE_ENDS):
        found = _strong(line, 0)
        if found is not None and found.end == len(line):
            return found
    match = _ALONE.match(line)
    if match is None or (match["day"] is None and not match["place"].isupper()):
        return None
    if not _all_cities(match["place"], unknown=match["day"] is not None and match["place"].isupper()):
        return None
    return _found(match, "alone", strong=match["day"] is not None)


def _strong(paragraph: str, start: int, *, caps_only: bool = False) -> Found | None:
    if paragraph.startswith("(", start) or _GOES_ON.match(paragraph, start):
        for forms in (_CAPS_FORMS,) if caps_only else (_CAPS_FORMS, _MIXED_FORMS):
            for name, pattern in forms.items():
                match = pattern.match(paragraph, start)
                if match is not None and _holds(name, match):
                    return _found(match, name, strong=True)
    return None if caps_only else _agency_alone(paragraph, start)


def _agency_alone(paragraph: str, start: int) -> Found | None:
    """A dateline without a place: `Oct 1 (PTI) -`, `(dpa) -`, `STT–`."""
    patterns = []
    if paragraph.find("(", start, start + _LONGEST_DAY) >= 0:
        patterns = [_DAY_AGENCY, _AGENCY_ALONE]
    elif paragraph.endswith(_DASHES):
        patterns = [_AGENCY_ALONE]
    for pattern in patterns:
        match = pattern.match(paragraph, start)
        if match is not None and _is_agency(_agency_of(match) or ""):
            return _found(match, "agency", strong=True)
    return None


def _holds(form: str, match: re.Match[str]) -> bool:
    """Whether what stands around the place makes it a dateline."""
    groups = match.groupdict()
    place, day, agency = match["place"], groups["day"], groups.get("agency")
    if form == "slashes":
        return day is not None or _is_agency(agency or "")
    if form == "named":
        return _is_agency(agency or "")
    if form == "day":
        return _all_cities(place, unknown=place.isupper())
    if agency is None or agency.casefold() in _countries() or _is_agency(agency):
        return agency is not None and _is_agency(agency)
    if form == "brackets" and day is None and full_date(agency) is None:
        closed_by_dash = bool(groups["close"]) and groups["close"] not in {".", ":"}
        return closed_by_dash and _all_cities(place)
    return len(agency.split()) <= 8 and (day is not None or _all_cities(place))


def _weak(paragraph: str) -> Found | None:
    for pattern in (_DASHED, _COLON, _MIXED_COLON):
        match = pattern.match(paragraph)
        if match is not None and _all_cities(match["place"]) and _is_prose(paragraph[match.end() :]):
            return _found(match, "weak", strong=False)
    return _bare_city(paragraph, 0)


def _bare_city(paragraph: str, start: int) -> Found | None:
    """A known city in capitals right before the first word: `PARIS The United States ...`.

    `UN` is too short to be one, so that `UN Secretary-General ...` is left alone.
    """
    match = _BARE.match(paragraph, start)
    if match is None:
        return None
    words = match["place"].split()
    for count in range(len(words), 0, -1):
        place = " ".join(words[:count])
        if sum(map(str.isalpha, place)) < _MIN_BARE_LETTERS or not _all_cities(place):
            continue
        story = paragraph[start + len(place) :].lstrip()
        if _is_prose(story):
            return Found(start, len(paragraph) - len(story), place, None, None, None, place, strong=False)
    return None


def _bare_city_after_headline(paragraph: str, starts: list[int]) -> Found | None:
    for start in starts:
        headline = paragraph[:start].rstrip()
        if _SENTENCE_INSIDE.search(headline) or len(headline.split()) > 25:
            return None
        if start == 0 or headline.endswith(_NO_HEADLINE_END):
            continue
        found = _bare_city(paragraph, start)
        if found is not None:
            return found
    return None


def _word_starts(paragraph: str) -> list[int]:
    """Offsets at which a word of two or more capitals begins, near the top."""
    top = paragraph[:REACH]
    capitals = _TWO_ASCII_CAPITALS if top.isascii() else _TWO_CAPITALS
    return [match.start() for match in capitals.finditer(top)]


def _found(match: re.Match[str], form: str, *, strong: bool) -> Found:
    groups = match.groupdict()
    agency = _agency_of(match)
    day = day_and_month(groups["day"]) if groups.get("day") else None
    year = int(groups["year"]) if groups.get("year") else None
    if agency is not None and form in {"brackets", "agency-first"}:
        within = full_date(agency)
        if within is not None:
            day, year = (within.day, within.month), within.year
            agency = _DATE_IN_BRACKETS.sub("", agency).strip(" -–,/") or None
    place = (groups.get("place") or "").rstrip(".") or None
    return Found(match.start(), match.end(), place, day, year, agency, " ".join(match.group().split()), strong)


def _agency_of(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    agency = groups.get("agency") or groups.get("bracketed")
    return agency.strip() if agency else None


def _is_prose(text: str) -> bool:
    """Running text: several words, small letters among them, a full stop or the like at the end."""
    small = sum(character.islower() for character in text)
    return len(text.split()) >= _MIN_PROSE_WORDS and small * 2 > len(text) and bool(_PROSE_END.search(text.rstrip()))


def _all_cities(place: str, *, unknown: bool = False) -> bool:
    """Whether every name in `place` is a known city or, with `unknown`, at least nothing else that we know."""
    return all(_known_city(name) or (unknown and not _is_other(name)) for name in _split(place))


def _split(place: str) -> list[str]:
    if _known_city(place):
        return [place]
    return [name for name in re.split(_JOIN, place) if name]


def _known_city(name: str) -> bool:
    return name.casefold().replace("’", "'") in _cities()


def _is_other(name: str) -> bool:
    """Whether `name` is a country, an organisation, a medium, or a word that is no place."""
    key = name.casefold().replace("’", "'")
    return key in _countries() or key in _no_places() or any(word in _no_places() for word in key.split())


def _is_agency(words: str) -> bool:
    """Whether `words` name a news agency, alone or among other words."""
    parts = re.split(r"\s*(?:/|,|–|\s-\s)\s*", words.casefold().strip(" ."))
    short = [word for part in parts if len(part.split()) == 2 for word in part.split()]
    candidates = {words.casefold().strip(" ."), *parts, *short}
    return not candidates.isdisjoint(_agencies())


def _in_normal_capitals(place: str) -> str:
    return "/".join(_capitalised(name) for name in _split(place))


def _capitalised(name: str) -> str:
    if not name.isupper() or len(name) <= 2:
        return name
    known = _cities().get(name.casefold())
    return known or re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)


@cache
def _cities() -> dict[str, str]:
    cities = {row["form"].casefold(): row["form"] for row in rows("countries") if row["kind"] in {"capital", "city"}}
    states = {row["form"].casefold() for row in rows("countries") if row["kind"] == "name"}
    both = {"singapore", "luxembourg", "monaco", "san marino", "djibouti", "kuwait", "hong kong", "macau", "panama"}
    city_states = {key: key.title() for key in both}
    named = {key: form for key, form in cities.items() if key not in states}
    return named | city_states | {"united nations": "United Nations", "un": "UN", "u.n.": "UN", "оон": "ООН"}


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        row["form"].casefold()
        for row in rows("countries")
        if row["kind"] not in {"capital", "city"} and row["form"].casefold() not in _cities()
    )


@cache
def _no_places() -> frozenset[str]:
    organizations = {form.casefold() for row in rows("organizations") for form in (row["form"], row["code"])}
    media = {row["form"].casefold() for row in rows("media")}
    return frozenset((organizations | media | set(WEEKDAYS)) - _cities().keys())


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["form"].casefold() for row in rows("media") if row["kind"] == "agency")
