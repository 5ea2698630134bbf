"""States and organisations named in a text, by our own lookup files; never by fuzzy search."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from functools import cache
from typing import NamedTuple

from flows.articles.article import Span
from flows.data import rows
from flows.phrases import Found, PhraseIndex

_OFFICIAL_OUTLET = re.compile(
    r"\bMFA\b|\bMoFA\b|\bministry\b|\bforeign office\b|\bdepartment of (?:state|foreign affairs)\b|\bembassy\b"
    r"|\bgovernment of\b|\bpresiden(?:t|cy) of\b|\bprime minister of\b|\bpermanent mission\b",
    re.IGNORECASE,
)

# Cities that host organisations: a story datelined there says nothing about whose ministry "the ministry" is.
INTERNATIONAL_SEATS = frozenset(
    {"Geneva", "New York", "Brussels", "Vienna", "The Hague", "United Nations", "Un", "Davos"}
)

# Media that report to listeners and readers abroad: `the ministry` in them is that of the state that they write about.
_MEDIA_FOR_ABROAD = frozenset(
    {"Al Arabiya", "Al Jazeera", "Al-Monitor", "Alhurra", "CNN", "Deutsche Welle", "Euronews", "France 24"}
    | {"Iran International", "Middle East Eye", "Radio Farda", "Radio Free Asia", "Radio Free Europe/Radio Liberty"}
    | {"RFI", "Sky News Arabia", "TV5Monde", "The Diplomat", "Voice of America"}
)

STATE_KINDS = frozenset({"name", "capital", "institution"})


class Naming(NamedTuple):
    """What a form can stand for: the state's code and how the form names it, as `countries.csv` says."""

    iso3: str
    kind: str


class Body(NamedTuple):
    """An organisation: its short code and whether it is an `igo`, a `body` of one, or an `ngo`."""

    code: str
    kind: str


# Where one form is of two kinds, the kind that matters more to attribution comes first.
_KIND_ORDER = {"name": 0, "adjective": 1, "institution": 2, "capital": 3, "people": 4, "city": 5}


def _states(today: date | None) -> PhraseIndex[Naming]:
    """Forms in use on `today` (None: in our time)."""
    return _states_of_era(bisect_right(_eras(), f"{today:%Y-%m-%d}") if today else len(_eras()))


@cache
def _eras() -> tuple[str, ...]:
    """The days, in ISO form, on which some form came into or went out of use."""
    return tuple(sorted({row[bound] for row in rows("countries") for bound in ("from", "to") if row[bound]}))


@cache
def _states_of_era(era: int) -> PhraseIndex[Naming]:
    traps = [(row["phrase"], Naming("", "trap")) for row in rows("traps")]
    in_use = (row for row in rows("countries") if _in_use(row, era))
    ordered = sorted(in_use, key=lambda row: _KIND_ORDER[row["kind"]])
    return PhraseIndex([*traps, *((row["form"], Naming(row["iso3"], row["kind"])) for row in ordered)])


def _in_use(row: dict[str, str], era: int) -> bool:
    begun = not row["from"] or bisect_right(_eras(), row["from"]) <= era
    return begun and (not row["to"] or era < bisect_right(_eras(), row["to"]))


def states_in(text: str, start: int = 0, end: int | None = None, today: date | None = None) -> list[Found[Naming]]:
    """All forms in `text[start:end]` that name a state, in order, traps such as `Latin American` left out."""
    found = _states(today).find(text, start, end)
    return [item for item in found if item.value.iso3]


def state(form: str, today: date | None = None) -> Naming | None:
    """What exactly `form` names, None if it names no state."""
    naming = _states(today).get(form)
    return naming if naming and naming.iso3 else None


@cache
def _organizations() -> PhraseIndex[Body]:
    traps = [(row["phrase"], Body("", "trap")) for row in rows("traps")]
    return PhraseIndex([*traps, *((row["form"], Body(row["code"], row["kind"])) for row in rows("organizations"))])


def organizations_in(text: str, start: int = 0, end: int | None = None) -> list[Found[Body]]:
    """All organisations named in `text[start:end]`, in order."""
    return [item for item in _organizations().find(text, start, end) if item.value.code]


def organization(form: str) -> Body | None:
    """The organisation that exactly `form` names, None if there is none."""
    body = _organizations().get(form)
    return body if body and body.code else None


@cache
def _media() -> PhraseIndex[str]:
    return PhraseIndex(
        (row["form"], row["name"]) for row in rows("media") if row["kind"] in ("agency", "newspaper", "broadcaster")
    )


def medium(form: str) -> str | None:
    """The name of the news medium that exactly `form` names, None if there is none."""
    return _media().get(form)


def media_in(text: str) -> list[Found[str]]:
    """All news media named in `text`, in order."""
    return _media().find(text)


@cache
def seat_of_medium(form: str) -> str | None:
    """ISO code of the country in which a news medium has its seat; None for the unknown."""
    return next((row["country"] or None for row in rows("media") if row["form"] == form), None)


@cache
def outlet_country(outlet: str | None) -> str | None:
    """ISO code of the state for which a publisher's own documents speak; None for private media."""
    for row in rows("outlets"):
        if outlet and row["speaks_for_state"] == "yes" and row["outlet"].casefold() == outlet.casefold():
            return row["country"] or None
    named = states_in(outlet) if outlet and _OFFICIAL_OUTLET.search(outlet) else []
    codes = {found.value.iso3 for found in named}
    return codes.pop() if len(codes) == 1 else None


@cache
def medium_country(outlet: str | None) -> str | None:
    """ISO code of the country for which a newspaper or broadcaster reports; None for agencies and the unknown."""
    name = (outlet or "").casefold().removeprefix("the ")
    for row in rows("media"):
        if row["form"].casefold() == name:
            at_home = row["kind"] in ("newspaper", "broadcaster") and row["name"] not in _MEDIA_FOR_ABROAD
            return (row["country"] or None) if at_home else None
    return None


def countries_mentioned(text: str, spans: tuple[Span, ...], today: date | None) -> list[str]:
    """ISO codes of the states named by name, adjective or people in `spans`, in order of first mention."""
    codes: dict[str, None] = {}
    for span in spans:
        for found in states_in(text, *span, today=today):
            if found.value.kind in ("name", "adjective", "people", "capital"):
                codes.setdefault(found.value.iso3)
    return list(codes)
