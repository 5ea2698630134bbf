"""Lines to paragraphs: hard-wrapped lines are joined, others stay apart, and headers are told from bodies."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from flows.dates.words import full_date

_TURN = re.compile(
    r"(?:Q(?:[ \u00a0]{2,}|:|\.\s)|(?:[A-Z][\w.'’-]*\s){0,6}[A-Z][\w.'’-]*"
    r"(?:,\s(?:[A-Z][\w’'-]*\s(?:(?:of|for|the|and|to)\s){0,2}){0,4}[A-Z][\w’'-]*)?"
    r"(?:\s\([^)]{2,80}\)){0,3}:\s)"
)
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”»’')\]]*$")
_FULL_STOP = re.compile(r"[.!?][\"”’)\]]*$")
_UNEVEN_LINES = 3
_WRAPPED_WIDTH = 90
_HEADING_WORDS = 6
_HEADER_WIDTH = 200
_DATE_LINE = 60


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, white space made single.

    Blank lines part paragraphs. Inside a block, lines are joined where the block is hard-wrapped, that is, where every
    line is too full for the next word; elsewhere each line is a paragraph of its own. A line that opens a transcript's
    turn always opens a paragraph.
    """
    blocks = [part for block in re.split(r"\n[ \t]*\n", text) for part in _indented(block)]
    return [joined for block in blocks for part in _parts(block) if (joined := " ".join(part.split()))]


def _indented(block: str) -> list[str]:
    """A hard-wrapped block in which an indented line begins each paragraph, parted into them; any other as it is."""
    lines = [line for line in block.split("\n") if line.strip()]
    begins = [index for index, line in enumerate(lines) if re.match(r"[ \t]{2,}\S", line)]
    narrow = max(map(len, lines), default=0) <= _WRAPPED_WIDTH
    if not narrow or len(begins) < 2 or 2 * len(begins) > len(lines) or _TURN.match(lines[0].strip()):
        return [block]
    edges = [0, *(index for index in begins if index), len(lines)]
    return [" ".join(lines[start:end]) for start, end in pairwise(edges)]


def _parts(block: str) -> list[str]:
    lines = [line for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    wrapped = is_wrapped([line.strip() for line in lines])
    parts: list[str] = []
    for line in lines:
        begins = not parts or _TURN.match(line.strip()) or not wrapped
        if begins:
            parts.append(line)
        else:
            parts[-1] += " " + line
    return parts


def is_wrapped(lines: list[str]) -> bool:
    """Whether each line but the last of a turn is too full to take the first word of the next.

    Lines of uneven width are wrapped if none but the last, which ends a sentence, ends at a mark.
    """
    width = max(map(len, lines))
    if width > 110:
        return False
    pairs = [(line, after) for line, after in pairwise(lines) if not _TURN.match(after)]
    full = sum(len(line) + 1 + len(after.split()[0]) > width - 2 for line, after in pairs)
    broken = sum(not _SENTENCE_END.search(line) for line, _ in pairs)
    if len(pairs) >= _UNEVEN_LINES and broken == len(pairs) and _FULL_STOP.search(lines[-1]):
        return True
    return bool(pairs) and full >= 0.6 * len(pairs) and broken >= 0.5 * len(pairs)


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
    if _TURN.match(paragraph) and _FULL_STOP.search(paragraph):
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
    words = paragraph.split()
    if len(words) > _HEADING_WORDS or _TURN.match(paragraph + " "):
        return False
    return not re.search(r"[.!?:;,…”\"»)]$", paragraph) and words[0][:1].isupper() and paragraph[:1] not in '“"«'
