"""Litter: what stands in a raw article but was not written by its author. Every removal is counted by its rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from flows.articles.layout import is_wrapped
from flows.articles.related import without_headline_lists
from flows.data import rows

_INSTEAD: Final = {"mark": "", "gap": " ", "break": "\n\n", "apart": r"\n\g<0>\n"}
_LINE_KINDS: Final = ("line", "block", "tail")
STAMPS: Final = frozenset({"stamp", "time-stamp", "time-stamp-dated"})
"""Names of the rules of time stamps, which are litter but name the day."""

_MIN_BODY = 120
_LONGEST_CODE = 40
_PROSE_LENGTH = 150
_PROSE_WORDS = 8
_TOP = 3000

# A second full stop in the same chunk, or the end of an address, shows a name: `www.Foo.org`, `Eat.Learn.Play`.
_MISSING_SPACE = re.compile(
    r"[.?!](?<=[a-z]{2}.)(?:[”\"]|(?<!!))(?=[A-Z][a-z])(?!(?:Gov|Com|Org|Net|Edu|Int)\b)(?![^\s.]*[.@/][\w/])"
)
_TWO_SENTENCES = re.compile(r".*[.!?][\"”’)]*\s+[\"“‘(]?[A-Z].*[.!?][\"”’)]*")
_QUOTED_SENTENCE = re.compile(r".*[\"“”].*\.[\"”]?")
_OPEN_WORD = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|see|the|to|visit|with)$")
_ENDED = re.compile(r"[.!?…:;\"”»)\]’']$")


class Rule(NamedTuple):
    """One line of `litter.csv`.

    Attributes:
        name: Name under which removals are counted.
        kind: `mark`: the match goes; `gap`: a space takes its place; `break`: a new paragraph begins there; `apart`:
            the match gets a line of its own, for the kinds that follow; `line`: a line that matches in full goes;
            `block`: the same, and the headlines listed below it go too; `tail`: the same, and all behind it goes
            too unless prose is among it.
        needs: Words in UTF-8 of which one stands in every match; none where the pattern is quick to try.
        pattern: What is matched.
    """

    name: str
    kind: str
    needs: tuple[bytes, ...]
    pattern: re.Pattern[str]

    def may_match(self, encoded: bytes) -> bool:
        """Whether it is worth while to try the pattern on a text, given in UTF-8 since bytes are searched faster."""
        return not self.needs or any(words in encoded for words in self.needs)


@cache
def rules(*kinds: str) -> tuple[Rule, ...]:
    """The rules of these kinds, in the order of `litter.csv`."""
    return tuple(
        Rule(row["rule"], row["kind"], _needs(row["needs"]), re.compile(row["pattern"], re.MULTILINE))
        for row in rows("litter")
        if row["kind"] in kinds
    )


def _needs(cell: str) -> tuple[bytes, ...]:
    return tuple(words.encode() for words in cell.split("|")) if cell else ()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def without_litter(text: str) -> tuple[str, Counter[str]]:
    """The text without litter, and how often each rule took something out.

    Example:
        A line `(Reporting by A. Lee; Editing by B. Wu)` goes with the headlines that follow it; a sentence that
        mentions reporting stays.
    """
    removed: Counter[str] = Counter()
    encoded = _encoded(text)
    for rule in rules(*_INSTEAD):
        if not rule.may_match(encoded):
            continue
        text, count = rule.pattern.subn(_INSTEAD[rule.kind], text)
        if count:
            encoded = _encoded(text)
            if rule.kind != "apart":
                removed[rule.name] += count
    text = _without_lines(text, removed)
    return _with_missing_spaces(text, removed), removed


def stamps(text: str) -> list[str]:
    """The time stamps near the top, which are litter but name the day.

    Example:
        `Updated: March 06, 2024 19:20`.
    """
    lines = [line.strip() for line in text[:_TOP].split("\n")]
    return [lines[index] for index, rule in _litter_lines(lines, text).items() if rule.name in STAMPS]


def _without_lines(text: str, removed: Counter[str]) -> str:
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    litter = _litter_lines(bare, text)
    if not litter:
        return text
    gone = without_headline_lists(bare, {index: rule.kind for index, rule in litter.items() if _listed(rule)})
    if gone:
        removed["listed-headline"] += len(gone)
    return "\n".join(lines[index] for index in _kept(bare, litter, removed) if index not in gone)


def _listed(rule: Rule) -> bool:
    return rule.kind == "block" or rule.name in STAMPS


def _kept(lines: list[str], litter: Mapping[int, Rule], removed: Counter[str]) -> list[int]:
    """Indices of the lines that are no litter."""
    kept: list[int] = []
    length = 0
    last_prose: int | None = None
    for index, line in enumerate(lines):
        rule = litter.get(index)
        # A tail needs a body before it: `Source` on the first line of a page is a label.
        if rule is None or (rule.kind == "tail" and length <= _MIN_BODY):
            kept.append(index)
            length += len(line)
            continue
        removed[rule.name] += 1
        if rule.kind == "tail":
            last_prose = _last_prose(lines, litter, index) if last_prose is None else last_prose
            if index > last_prose:
                break
    return kept


def _litter_lines(lines: list[str], text: str) -> dict[int, Rule]:
    """The first rule that matches the whole of a line, by the line's index."""
    encoded = _encoded(text)
    active = tuple(rule for kind in _LINE_KINDS for rule in rules(kind) if rule.may_match(encoded))
    fits = _any_of(active).fullmatch
    # A long line that begins with a small letter is the midst of a hard-wrapped sentence.
    found = [
        index
        for index, line in enumerate(lines)
        if line and (not line[0].islower() or len(line) <= _LONGEST_CODE or " " not in line) and fits(line)
    ]
    return {
        index: next(rule for rule in active if rule.pattern.fullmatch(lines[index]))
        for index in found
        if not _goes_on(lines, index)
    }


@cache
def _any_of(active: tuple[Rule, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in active))


def _goes_on(lines: list[str], index: int) -> bool:
    """Whether a line only goes on with the hard-wrapped sentence of the line above.

    Example:
        `The report can be read at` above `https://example.org/report`.
    """
    above = lines[index - 1] if index else ""
    if not above or _ENDED.search(above):
        return False
    block = lines[_block_start(lines, index) : index]
    return bool(_OPEN_WORD.search(above)) or (
        len(block) > 1 and is_wrapped(block) and _fills(block, above, lines[index])
    )


def _fills(block: list[str], above: str, line: str) -> bool:
    return len(above) + 1 + len(line.split(None, 1)[0]) > max(map(len, block)) - 2


def _last_prose(lines: list[str], litter: Mapping[int, Rule], tail: int) -> int:
    """Index of the last line that belongs to running prose, from the block of line `tail` on; -1 if there is none."""
    start = _block_start(lines, tail)
    last = -1
    for filled, numbered in groupby(enumerate(lines[start:], start), key=lambda pair: bool(pair[1])):
        if filled:
            block = list(numbered)
            last = max([last, *(index for index, line in block if index not in litter and _is_prose(line))])
            if _is_wrapped_prose([line for _, line in block]):
                last = block[-1][0]
    return last


def _block_start(lines: list[str], index: int) -> int:
    while index and lines[index - 1]:
        index -= 1
    return index


def _is_prose(line: str) -> bool:
    if len(line) >= _PROSE_LENGTH:
        return True
    full = len(line.split()) >= _PROSE_WORDS and _TWO_SENTENCES.fullmatch(line)
    return bool(full or _QUOTED_SENTENCE.fullmatch(line))


def _is_wrapped_prose(block: list[str]) -> bool:
    """Hard-wrapped prose goes on in small letters and ends in a full stop; a list of headlines does not."""
    if len(block) < 2 or sum(map(len, block)) < _PROSE_LENGTH or not is_wrapped(block):
        return False
    return block[-1].rstrip('"”’)').endswith((".", "!", "?")) and any(line[0].islower() for line in block[1:])


def _with_missing_spaces(text: str, removed: Counter[str]) -> str:
    """Parts sentences that stand side by side without a space.

    Example:
        `the ferry.The envoy` becomes `the ferry. The envoy`; `Travel.State.gov` stays.
    """
    pieces, last = [], 0
    for match in _MISSING_SPACE.finditer(text):
        chunk = re.search(r"\S*\Z", text[max(0, match.start() - 60) : match.start()])
        if chunk and "." not in chunk.group():
            pieces += [text[last : match.end()], " "]
            last = match.end()
            removed["missing-space"] += 1
    return "".join([*pieces, text[last:]])
