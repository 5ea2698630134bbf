"""Lines to paragraphs: hard-wrapped lines are joined, others stay apart, and headers are told from bodies."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise

from flows.dates.words import full_date

_TURN = re.compile(
    r"(?:Q(?:[ \u00a0]{2,}|:|\.\s)|(?:[A-Z][\w.'’-]*\s){0,6}[A-Z][\w.'’-]*"
    r"(?:\s\([A-Z][^()]{2,40}\)(?:\s[A-Z][\w.'’-]*){1,4})?"
    r"(?:,\s(?:[A-Z][\w’'-]*\s(?:(?:of|for|the|and|to)\s){0,2}){0,4}[A-Z][\w’'-]*)?"
    r"(?:\s\([^)]{2,80}\)){0,3}:\s)"
)
_CLOSING = "\"”»’')]"
_SENTENCE_MARKS = tuple(".!?…:;,")
_FULL_STOP = re.compile(r"[.!?][\"”’)\]]*$")
_SPOKEN_LINE = re.compile(r"(?:[.!?]|[–—…-])[\"”’)\]]*$")
_BROKEN_OFF = re.compile(r"\w\s(?:of|the|and|an?|of\sthe)$")
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"”’)\]]*$")
# `The below is attributable to Spokesperson Ana Lee:` belongs to what it introduces.
_ATTRIBUTES = re.compile(r"\battribut(?:able|ed) to\b")
_UNEVEN_LINES = 3
_NARROWEST, _WIDEST = 45, 110
_WRAPPED_WIDTH = 90
_HEADING_WORDS = 6
_LIST_LENGTH = 3
_LISTED = re.compile(r", [A-Z]| [–—] ")
# A dash shows words that were broken off.
_NO_HEADING_END = tuple('.!?:;,…”"»)—–-')
_HEADER_WIDTH = 200
_DATE_LINE = 60


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, white space made single.

    Blank lines part paragraphs. Inside a block, lines are joined where the block is hard-wrapped, that is, where every
    line is too full for the next word; elsewhere each line is a paragraph of its own. A line that opens a transcript's
    turn always opens a paragraph. Where a paragraph breaks off at a word that something must follow, the next goes on.
    """
    blocks = [part for block in re.split(r"\n[ \t]*\n", text) for part in _indented(block)]
    return _mended([joined for block in blocks for part in _parts(block) if (joined := _single_spaced(part))])


def _mended(found: list[str]) -> list[str]:
    """`... Lee, President of the` and `Assembly of Peru.` are one paragraph."""
    result: list[str] = []
    for paragraph in found:
        if result and _BROKEN_OFF.search(result[-1]) and paragraph[:1].isalpha() and not is_turn(paragraph):
            result[-1] = f"{result[-1]} {paragraph}"
        else:
            result.append(paragraph)
    return result


def _single_spaced(part: str) -> str:
    # Of all white space only the plain space is printable.
    return part if part.isprintable() and "  " not in part else " ".join(part.split())


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
    lines = [bare for line in block.split("\n") if (bare := line.strip())]
    if len(lines) < 2 or max(map(len, lines)) > _WIDEST:
        return lines
    turns = _turns(lines) if ":" in block or "Q" in block else [False] * len(lines)
    if not _is_wrapped(lines, turns):
        return lines
    if not any(turns[1:]):
        return [" ".join(lines)]
    firsts = [index for index, begins in enumerate(turns) if begins or not index]
    return [" ".join(lines[first:last]) for first, last in pairwise([*firsts, len(lines)])]


def is_wrapped(lines: list[str]) -> bool:
    """Whether each line but the last of a turn is too full to take the first word of the next.

    Lines of uneven width are wrapped if none but the last, which ends a sentence, ends at a mark, or if half of them
    go on in a small letter with what the line before broke off.

    Args:
        lines: Lines without white space at their ends, none of them empty.
    """
    return max(map(len, lines)) <= _WIDEST and _is_wrapped(lines, _turns(lines))


def _is_wrapped(lines: list[str], turns: list[bool]) -> bool:
    width = max(map(len, lines))
    pairs = [pair for pair, begins in zip(pairwise(lines), turns[1:], strict=True) if not begins]
    if width < _NARROWEST or not pairs:
        return False
    broken = sum(not line.rstrip(_CLOSING).endswith(_SENTENCE_MARKS) for line, _ in pairs)
    if len(pairs) >= _UNEVEN_LINES and broken == len(pairs) and _FULL_STOP.search(lines[-1]):
        return True
    if len(pairs) >= _UNEVEN_LINES and _FULL_STOP.search(lines[-1]) and _torn(pairs):
        return True
    full = sum(len(line) + len(after.partition(" ")[0]) > width - 3 for line, after in pairs)
    return full >= 0.6 * len(pairs) and broken >= 0.5 * len(pairs)


def _torn(pairs: list[tuple[str, str]]) -> bool:
    """Whether half of the lines go on in a small letter, none of them behind the end of a sentence."""
    small = [line for line, after in pairs if after[0].islower()]
    return 2 * len(small) >= len(pairs) and not any(_ENDS_SENTENCE.search(line) for line in small)


def _turns(lines: list[str]) -> list[bool]:
    """Whether a transcript's turn opens with each of the lines."""
    return [(":" in line or line[0] == "Q") and _TURN.match(line) is not None for line in lines]


def is_turn(paragraph: str) -> bool:
    """Whether a transcript's turn opens with `paragraph`."""
    return _turns([paragraph])[0]


def split_header(found: list[str]) -> tuple[list[str], list[str]]:
    """Header lines (headlines, symbols, dates, rosters) and the body's paragraphs.

    The header ends before the first paragraph that is a sentence, leads in a quotation, or is a turn of a transcript.
    """
    for index, paragraph in enumerate(found):
        quoted = bool(found[index + 1 : index + 2]) and found[index + 1][0] in '"“«'
        leads_in = paragraph.endswith(":") and (quoted or _ATTRIBUTES.search(paragraph))
        if leads_in or not _is_header(paragraph):
            return found[:index], found[index:]
    return found, []


def _is_header(paragraph: str) -> bool:
    if re.match(r"(?:President|Chair|Chairman|Chairperson|Present|Members|Participants)\s?:", paragraph):
        return True
    if is_turn(paragraph) and _SPOKEN_LINE.search(paragraph):
        return False
    if len(paragraph) <= _DATE_LINE and full_date(paragraph):
        return True
    return len(paragraph) <= _HEADER_WIDTH and not re.search(r"[.!?][\"”»’')\]]*$", paragraph)


def without_headings(body: list[str]) -> tuple[list[str], Counter[str]]:
    """The body without section headings: a few words that end in no mark, between paragraphs.

    Names with an office or a place (`Ana Ruiz, Minister`) stay, and so do three or more short lines in a row, which
    are a list or the cells of a table.
    """
    kept: list[str] = []
    dropped = 0
    for heading, group in groupby(body, _is_heading):
        run = list(group)
        if heading and len(run) < _LIST_LENGTH:
            dropped += len(run)
        else:
            kept += run
    return kept, Counter({"section-heading": dropped} if dropped else {})


def _is_heading(paragraph: str) -> bool:
    words = paragraph.split(None, _HEADING_WORDS)
    if len(words) > _HEADING_WORDS or words[0] == "Q" or is_turn(paragraph + " ") or _LISTED.search(paragraph):
        return False
    return not paragraph.endswith(_NO_HEADING_END) and words[0][:1].isupper() and paragraph[:1] not in '“"«'
