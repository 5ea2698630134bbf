"""Lines to paragraphs: hard-wrapped lines are joined, others stay apart, and headers are told from bodies."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from flows.dates.words import full_date

_TURN = re.compile(r"(?:Q(?:[ \u00a0]{2,}|:)|(?:[A-Z][\w.'’-]*\s){0,6}[A-Z][\w.'’-]*(?:\s\([^)]{2,80}\)){0,3}:\s)")
_CLOSING = "\"”»’')]"
_SENTENCE_MARKS = tuple(".!?…:;,")
_HEADING_WORDS = 6
_HEADER_WIDTH = 200
_DATE_LINE = 60


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, white space made single.

    Blank lines part paragraphs. Inside a block, lines are joined where the block is hard-wrapped, that is, where every
    line is too full for the next word; elsewhere each line is a paragraph of its own. A line that opens a transcript's
    turn always opens a paragraph.
    """
    blocks = re.split(r"\n[ \t]*\n", text)
    return [joined for block in blocks for part in _parts(block) if (joined := " ".join(part.split()))]


def _parts(block: str) -> list[str]:
    lines = [bare for line in block.split("\n") if (bare := line.strip())]
    if len(lines) < 2:
        return lines
    turns = [_is_turn(line) for line in lines]
    if not _is_wrapped(lines, turns):
        return lines
    parts = [[lines[0]]]
    for line, begins in zip(lines[1:], turns[1:], strict=True):
        if begins:
            parts.append([line])
        else:
            parts[-1].append(line)
    return [" ".join(part) for part in parts]


def is_wrapped(lines: list[str]) -> bool:
    """Whether each line but the last of a turn is too full to take the first word of the next.

    Args:
        lines: Two or more lines without white space at their ends, none of them empty.
    """
    return _is_wrapped(lines, [_is_turn(line) for line in lines])


def _is_wrapped(lines: list[str], turns: list[bool]) -> bool:
    width = max(map(len, lines))
    if width > 110:
        return False
    pairs = [pair for pair, begins in zip(pairwise(lines), turns[1:], strict=True) if not begins]
    if sum(len(line) + 1 + len(after.split(None, 1)[0]) > width - 2 for line, after in pairs) < 0.6 * len(pairs):
        return False
    broken = sum(not line.rstrip(_CLOSING).endswith(_SENTENCE_MARKS) for line, _ in pairs)
    return bool(pairs) and broken >= 0.5 * len(pairs)


def _is_turn(line: str) -> bool:
    """Whether a transcript's turn opens with `line`."""
    return (":" in line or line.startswith("Q")) and _TURN.match(line) is not None


def split_header(found: list[str]) -> tuple[list[str], list[str]]:
    """Header lines (headlines, symbols, dates, rosters) and the body's paragraphs.

    The header ends before the first paragraph that is a sentence or a turn of a transcript.
    """
    for index, paragraph in enumerate(found):
        if not _is_header(paragraph):
            return found[:index], found[index:]
    return found, []


def _is_header(paragraph: str) -> bool:
    if re.match(r"(?:President|Chair|Chairman|Chairperson|Present|Members|Participants)\s?:", paragraph):
        return True
    if _is_turn(paragraph):
        return False
    if len(paragraph) <= _DATE_LINE and full_date(paragraph):
        return True
    return len(paragraph) <= _HEADER_WIDTH and not re.search(r"[.!?][\"”»’')\]]*$", paragraph)


def without_headings(body: list[str]) -> tuple[list[str], Counter[str]]:
    """The body without section headings: a few words that end in no mark, between paragraphs."""
    kept = [paragraph for paragraph in body if not _is_heading(paragraph)]
    dropped = len(body) - len(kept)
    return kept, Counter({"section-heading": dropped} if dropped else {})


def _is_heading(paragraph: str) -> bool:
    words = paragraph.split(None, _HEADING_WORDS)
    if len(words) > _HEADING_WORDS or _is_turn(paragraph + " "):
        return False
    return not re.search(r"[.!?:;,…”\"»)]$", paragraph) and words[0][:1].isupper() and paragraph[:1] not in '“"«'
