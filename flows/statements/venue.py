"""Where or to whom words were said: `told reporters`, `on Telegram`, `in an interview with TASS`."""

from __future__ import annotations

import re

from flows.statements.statement import Statement

_HEARERS = (
    r"reporters|journalists|lawmakers|parliament|media|newspaper|news|conference|agency|local|state|television|briefing|"
    r"press|radio|broadcaster|channel|deputies"
)
_PLACES = (
    r"interview|news conference|press conference|briefing|statement|speech|address|commentary|letter|post|"
    r"Telegram(?:\s+channel)?|Twitter|X|Facebook|social media|Security Council|General Assembly|summit|phone call|"
    r"telephone conversation|call|forum|meeting|session|ceremony|parliament"
)
_NAME = r"[A-Z][\w.’'-]*"
_NO_DAY = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
_VENUE = re.compile(
    rf"\b(?:told\s+(?P<told>(?:the\s+|an?\s+)?(?:{_NAME}|{_HEARERS})(?:\s+(?:{_NAME}|{_HEARERS}))*)"
    rf"|(?P<where>(?i:in|at|on|during|via|through)\s+(?:(?:an?|the|his|her|its|their)\s+)?(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{_PLACES})(?:\s+(?:with|of|on|to)\s+(?:the\s+)?{_NO_DAY}{_NAME}(?:\s{_NAME})*)?))(?!\w)"
)


def venue_of(text: str, statement: Statement) -> str | None:
    """Words beside the cue that say where or to whom, as written; None where there are none."""
    if statement.cue is None:
        return None
    ends = [piece.end for piece in statement.pieces if piece.end <= statement.cue.start]
    starts = [piece.start for piece in statement.pieces if piece.start >= statement.cue.end]
    paragraph_start = text.rfind("\n", 0, statement.cue.start) + 1
    paragraph_end = text.find("\n", statement.cue.end)
    begin = max([paragraph_start, *ends])
    end = min([len(text) if paragraph_end < 0 else paragraph_end, *starts])
    stop = re.search(r"[.!?](?:\s|$)", text[statement.cue.end : end])
    if stop:
        end = statement.cue.end + stop.start()
    found = _VENUE.search(text, begin, end)
    return (found["told"] or found["where"]) if found else None
