"""Litter: what stands in a raw article but was not written by its author. Every removal is counted by its rule."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from flows.data import rows

_MISSING_SPACE = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])|(?<=[a-z]{2}[.!?][”\"])(?=[A-Z][a-z])")


class Rule(NamedTuple):
    """One line of `litter.csv`.

    Attributes:
        name: Name under which removals are counted.
        kind: `line`: a line that matches in full goes; `part`: the match goes; `tail`: the line goes with all behind it.
        pattern: What is matched.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `litter.csv`, in its order."""
    return tuple(Rule(row["rule"], row["kind"], re.compile(row["pattern"])) for row in rows("litter"))


def without_litter(text: str) -> tuple[str, Counter[str]]:
    """The text without litter, line by line, and how often each rule took something out.

    Example:
        A line `(Reporting by A. Lee; Editing by B. Wu)` goes with all that follows; a sentence that mentions a report stays.
    """
    removed: Counter[str] = Counter()
    kept: list[str] = []
    for line in text.split("\n"):
        cleaned = _clean(line, removed)
        if cleaned is None:
            continue
        if any(rule.kind == "tail" and rule.pattern.fullmatch(cleaned.strip()) for rule in rules()) and _is_tail(kept):
            removed.update(
                [next(rule.name for rule in rules() if rule.kind == "tail" and rule.pattern.fullmatch(cleaned.strip()))]
            )
            break
        kept.append(cleaned)
    mended, count = _MISSING_SPACE.subn(" ", "\n".join(kept))
    if count:
        removed["missing-space"] += count
    return mended, removed


def _clean(line: str, removed: Counter[str]) -> str | None:
    for rule in rules():
        if rule.kind == "part":
            line, count = rule.pattern.subn("", line)
            removed.update({rule.name: count} if count else {})
        elif rule.kind == "line" and line.strip() and rule.pattern.fullmatch(line.strip()):
            removed[rule.name] += 1
            return None
    return line


def _is_tail(kept: list[str]) -> bool:
    """A tail needs a body before it: `Source` on the first line of a page is a label."""
    return sum(len(line) for line in kept) > 120
