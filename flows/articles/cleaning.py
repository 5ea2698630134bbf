"""Litter: what stands in a raw article but was not written by its author. Every removal is counted by its rule."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from flows.articles.layout import is_wrapped
from flows.data import rows

_INSTEAD: Final = {"mark": "", "gap": " ", "break": "\n\n", "apart": r"\n\g<0>\n"}
_STAMPS: Final = frozenset({"stamp", "time-stamp", "time-stamp-dated"})
_MIN_BODY = 120
_PROSE_LENGTH = 150
_PROSE_WORDS = 8
_TOP = 3000

_MISSING_SPACE = re.compile(r"[.!?](?<=[a-z]{2}.)[”\"]?(?=[A-Z][a-z])")
_TWO_SENTENCES = re.compile(r".*[.!?][\"”’)]*\s+[\"“‘(]?[A-Z].*[.!?][\"”’)]*")
_QUOTED_SENTENCE = re.compile(r".*[\"“”].*\.[\"”]?")


class Rule(NamedTuple):
    """One line of `litter.csv`.

    Attributes:
        name: Name under which removals are counted.
        kind: `mark`: the match goes; `gap`: a space takes its place; `break`: a new paragraph begins there; `apart`:
            the match gets a line of its own, for the kinds that follow; `line`: a line that matches in full goes;
            `tail`: the same, and all behind it goes too unless prose is among it.
        pattern: What is matched.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]


class LineRules:
    """The rules of one kind that judge whole lines, tried as one pattern first."""

    def __init__(self, kind: str) -> None:
        self._rules = rules(kind)
        self._any = re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in self._rules))

    def name_of(self, line: str) -> str | None:
        """Name of the first rule that matches the whole of `line`, or None."""
        if self._any.fullmatch(line) is None:
            return None
        return next(rule.name for rule in self._rules if rule.pattern.fullmatch(line))


@cache
def rules(*kinds: str) -> tuple[Rule, ...]:
    """The rules of these kinds, in the order of `litter.csv`."""
    return tuple(
        Rule(row["rule"], row["kind"], re.compile(row["pattern"], re.MULTILINE))
        for row in rows("litter")
        if row["kind"] in kinds
    )


@cache
def _line_rules(kind: str) -> LineRules:
    return LineRules(kind)


def without_litter(text: str) -> tuple[str, Counter[str]]:
    """The text without litter, and how often each rule took something out.

    Example:
        A line `(Reporting by A. Lee; Editing by B. Wu)` goes with the headlines that follow it; a sentence that
        mentions reporting stays.
    """
    removed: Counter[str] = Counter()
    for rule in rules(*_INSTEAD):
        text, count = rule.pattern.subn(_INSTEAD[rule.kind], text)
        if count and rule.kind != "apart":
            removed[rule.name] += count
    text, count = _MISSING_SPACE.subn(r"\g<0> ", "\n".join(_kept(text.split("\n"), removed)))
    if count:
        removed["missing-space"] = count
    return text, removed


def stamps(text: str) -> list[str]:
    """The time stamps near the top, which are litter but name the day.

    Example:
        `Updated: March 06, 2024 19:20`.
    """
    lines = (line.strip() for line in text[:_TOP].split("\n"))
    return [line for line in lines if _line_rules("line").name_of(line) in _STAMPS]


def _kept(lines: list[str], removed: Counter[str]) -> list[str]:
    kept: list[str] = []
    length = 0
    last_prose: int | None = None
    for index, line in enumerate(lines):
        bare = line.strip()
        if name := _line_rules("line").name_of(bare):
            removed[name] += 1
            continue
        # A tail needs a body before it: `Source` on the first line of a page is a label.
        if length > _MIN_BODY and (name := _line_rules("tail").name_of(bare)):
            removed[name] += 1
            last_prose = _last_prose(lines) if last_prose is None else last_prose
            if index > last_prose:
                break
            continue
        kept.append(line)
        length += len(bare)
    return kept


def _last_prose(lines: list[str]) -> int:
    """Index of the last line that belongs to running prose; -1 where there is none."""
    last = -1
    for filled, numbered in groupby(enumerate(lines), key=lambda pair: bool(pair[1].strip())):
        if filled:
            block = [(index, line.strip()) for index, line in numbered]
            last = max([last, *(index for index, line in block if _is_prose(line))])
            if _is_wrapped_prose([line for _, line in block]):
                last = block[-1][0]
    return last


def _is_prose(line: str) -> bool:
    if _line_rules("line").name_of(line) or _line_rules("tail").name_of(line):
        return False
    if len(line) >= _PROSE_LENGTH:
        return True
    full = len(line.split()) >= _PROSE_WORDS and _TWO_SENTENCES.fullmatch(line)
    return bool(full or _QUOTED_SENTENCE.fullmatch(line))


def _is_wrapped_prose(block: list[str]) -> bool:
    """Hard-wrapped prose goes on in small letters and ends in a full stop; a list of headlines does not."""
    if len(block) < 2 or sum(map(len, block)) < _PROSE_LENGTH or not is_wrapped(block):
        return False
    return block[-1].rstrip('"”’)').endswith((".", "!", "?")) and any(line[0].islower() for line in block[1:])
