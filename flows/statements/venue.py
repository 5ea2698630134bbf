"""Where or to whom words were said: `told reporters`, `on Telegram`, `in an interview with TASS`."""

from __future__ import annotations

import re

from flows.statements.statement import Statement

_VENUE = re.compile(
    r"\b(?:told\s+(?P<told>(?:the\s+|a\s+|an\s+)?(?:[A-Z][\w.’'-]*|reporters|journalists|lawmakers|parliament|media|newspaper|"
    r"news|conference|agency|local|state|television|briefing|press|radio|broadcaster|channel|deputies)"
    r"(?:\s+(?:[A-Z][\w.’'-]*|reporters|journalists|newspaper|news|conference|agency|television|briefing|radio|channel))*)"
    r"|(?P<where>(?:in|at|on|during|via|through)\s+(?:(?:an?|the|his|her|its|their|a\s+regular|a\s+joint)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:interview|news conference|press conference|briefing|statement|speech|address|commentary|letter|post|Telegram(?:\s+channel)?|"
    r"Twitter|X|Facebook|social media|Security Council|General Assembly|summit|phone call|telephone conversation|call|forum|"
    r"meeting|session|ceremony|parliament)(?:\s+(?:with|of|on|to)\s+(?:the\s+)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*)?))(?!\w)"
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
