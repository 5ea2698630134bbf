"""The office in a title phrase: role, kind of office, state or organisation spoken for, where it is posted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flows.phrases import Found
from flows.speakers.places import Body, Naming, organizations_in, states_in
from flows.speakers.titles import Gender, Title, titles_in

_POSTED = frozenset({"ambassador", "permanent_representative", "envoy", "international_official"})
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|some|one|another|\d+)\s+", re.IGNORECASE)
_PASSING = re.compile(
    r"^(?:(?:visiting|influential|powerful|embattled|veteran|long-?time|popular|hardline|conservative|liberal|fellow|"
    r"newly[- ]elected|new)\s+)+(?=\w)",
)
_RELATIVE = re.compile(r",?\s+(?:who|whose|which)\b.*$", re.DOTALL)
_RANK = re.compile(
    r"(?:brigadier|(?:(?:lieutenant|major|brigadier|colonel|rear|vice|fleet|field|air|chief|wing|group)[ -]){0,2}"
    r"(?:general|colonel|major|captain|admiral|marshal|commodore|commander|lieutenant))"
)
# `of the Northern Fleet` before `Vice Admiral Ana Lee`: capitals end it, and no `and` or comma stands in it.
_COMPLEMENT = re.compile(r"\s(?:of|for|to)\s(?:(?:of|for|the|[A-Z][\w’'-]+)\s)*(?!the\s)[A-Z][\w’'-]+\s")
# `Special Representative of the Chairperson`: the second title is somebody else's.
_OWNER = re.compile(r"[\w’']\s(?:of|to|for)\s(?:the\s|an?\s|its\s|his\s|her\s)?$", re.IGNORECASE)
# Also over what is listed before: `in Oslo and Lima`.
_LINK = re.compile(r"\b(?i:to|in|for|at|with|on)\s+(?:(?i:the|an?)\s+)?(?:(?:[A-Z][\w’'-]+,?\s){1,4}and\s(?:the\s)?)?$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as an article words it.

    Attributes:
        as_written: Full title phrase without determiner ("Russian Ambassador to Serbia").
        role: The same without the country adjective in front ("Ambassador to Serbia").
        category: Kind of office, one of `schema.ROLE_CATEGORIES`.
        countries: ISO codes of the states spoken for.
        organization: Organisation spoken for.
        accredited_to: ISO codes or organisations to which the holder is posted.
        gender: m or f where the title tells.
        plural: Whether the phrase names several people ("officials").
        heads: The heads of the title in lower case.
    """

    as_written: str
    role: str
    category: str
    countries: tuple[str, ...]
    organization: str | None
    accredited_to: tuple[str, ...]
    gender: Gender
    plural: bool
    heads: tuple[str, ...]


def parse_office(phrase: str, today: date | None = None) -> Office | None:
    """Reads a title phrase without the holder's name; None if no title head stands in it.

    Example:
        `the Russian Ambassador to Serbia` gives role `Ambassador to Serbia`, country RUS, accredited_to SRB.
    """
    phrase = _PASSING.sub("", _DETERMINER.sub("", _RELATIVE.sub("", phrase.strip(" ,"))))
    heads = titles_in(phrase)
    if not heads:
        return None
    phrase, heads = _without_rank(phrase, heads)
    head = _main_head(phrase, heads)
    states = states_in(phrase, today=today)
    bodies = organizations_in(phrase.title() if phrase.isupper() and phrase.isascii() else phrase)
    posted = head.value.category in _POSTED or head.value.head.endswith("diplomat")
    # `professor at the University of Oslo` speaks for nobody's government; `officials and analysts in Oslo` do
    officials = head.value.plural and any(found.value.category != "expert" for found in heads)
    places = ("city", "capital") if head.value.category == "expert" and not officials else ("city",)
    named = [found for found in states if found.value.kind not in places]
    served = [found for found in named if not _linked(phrase, found)]
    if not served and not posted and not bodies:
        # `officials in Oslo`, but not `the Peruvian commander in Oslo`, nor of `for the Peruvian Embassy in Oslo` both
        served = [found for found in named if found.value.kind == "adjective"] or named
    countries = tuple(dict.fromkeys(found.value.iso3 for found in served))
    ours = [found for found in bodies if not (posted and _linked(phrase, found))]
    theirs = [found for found in bodies if posted and _linked(phrase, found)]
    abroad = [found for found in states if posted and _linked(phrase, found) and found.value.kind != "city"]
    return Office(
        as_written=phrase,
        role=_without_country(phrase, states, head),
        category=head.value.category,
        countries=countries[:1] if posted else countries,
        organization=ours[0].value.code if ours and not countries else None,
        accredited_to=tuple(
            dict.fromkeys([found.value.iso3 for found in abroad] + [found.value.code for found in theirs])
        ),
        gender=next((found.value.gender for found in heads if found.value.gender), None),
        plural=head.value.plural,
        heads=tuple(found.value.head for found in heads if not _OWNER.search(phrase[: found.span.start]))
        or (head.value.head,),
    )


def is_rank(head: str) -> bool:
    """Whether a title head can stand before a name besides an office: a military rank, `Ambassador`, `Professor`."""
    return head in ("ambassador", "professor") or _RANK.fullmatch(head) is not None


def _without_rank(phrase: str, heads: list[Found[Title]]) -> tuple[str, list[Found[Title]]]:
    """Takes the rank from behind an office, where it belongs to the name: `Army spokesman Brigadier`."""
    *offices, last = heads
    ranked = last.span.end == len(phrase) and is_rank(last.value.head)
    if not offices or not ranked:
        return phrase, heads
    between = phrase[offices[-1].span.end : last.span.start]
    at_once = between == " " and not _RANK.fullmatch(offices[-1].value.head)
    if at_once or _COMPLEMENT.fullmatch(between):
        return phrase[: last.span.start].rstrip(), offices
    return phrase, heads


def _main_head(phrase: str, heads: list[Found[Title]]) -> Found[Title]:
    """The head that the phrase is about: the last one before the first `of`, `to` or `for`, else the first."""
    link = re.search(r"\s(?:of|to|for|at|in|on)\s", phrase)
    before = [found for found in heads if link is None or found.span.end <= link.start()]
    return before[-1] if before else heads[0]


def _linked(phrase: str, found: Found[Naming] | Found[Body]) -> bool:
    """Whether the state or organisation is where the holder is posted: `to Serbia`, `in Geneva`, `for Syria`."""
    return bool(_LINK.search(phrase[: found.span.start]))


def _without_country(phrase: str, states: list[Found[Naming]], head: Found[Title]) -> str:
    """Cuts the state adjectives and possessives that stand before the head at the front of the phrase."""
    role = phrase
    for found in states:
        if found.span.end > head.span.start or found.value.kind in ("institution", "city"):
            continue
        form = phrase[found.span.start : found.span.end]
        role = re.sub(rf"{re.escape(form)}(?:['’]s?)?\s+", "", role, count=1)
    role = _DETERMINER.sub("", role.strip())
    return role or phrase
