"""Lists of other stories' headlines in the midst of a story: `Related:` blocks and sidebars with time stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_SENTENCE = re.compile(r"[.!?:;,…][\"”’»)\]]*$|[\"”»]$|^[\"“«]|^[a-z]")
_LONGEST_HEADLINE = 140
_FEWEST_STAMPS = 2


def without_headline_lists(lines: list[str], litter: Mapping[int, str]) -> set[int]:
    """Indices of the lines that are headlines of other stories.

    Args:
        lines: The story's lines without white space at their ends.
        litter: Kind of litter by line: `block` for the head of a list, anything else for a time stamp.

    Example:
        Below `Related stories` goes `Ferry talks resume in Lima`; the sentence that goes on with the story stays.
    """
    found: set[int] = set()
    for index, kind in litter.items():
        if kind == "block":
            found.update(_listed_below(lines, index))
    stamped = [index for index, kind in litter.items() if kind != "block"]
    return found | set(_stamped_headlines(lines, stamped))


def _listed_below(lines: list[str], head: int) -> Iterator[int]:
    """The headlines under the head of a list, up to the first block of lines in which a sentence ends."""
    start = head + 1
    while start < len(lines):
        end = next((index for index in range(start, len(lines)) if not lines[index]), len(lines))
        if not all(_is_headline(line) for line in lines[start:end]):
            return
        yield from range(start, end)
        start = end + 1


def _stamped_headlines(lines: list[str], stamped: list[int]) -> Iterator[int]:
    """The headlines of a sidebar, each next to a time stamp; one stamp alone is the story's own."""
    filled = [index for index, line in enumerate(lines) if line]
    headlines = {order for order, index in enumerate(filled) if _is_headline(lines[index])}
    place = {index: order for order, index in enumerate(filled)}
    for run in _runs([place[index] for index in stamped]):
        if len(run) < _FEWEST_STAMPS:
            continue
        outer = run[0] - 1 if run[0] - 1 in headlines else run[-1] + 1
        beside = {outer, *range(run[0] + 1, run[-1])} - set(run)
        yield from (filled[order] for order in sorted(beside & headlines))


def _runs(orders: list[int]) -> Iterator[list[int]]:
    """Stamps that follow each other with at most one filled line between them."""
    run: list[int] = []
    for order in orders:
        if run and order - run[-1] > 2:
            yield run
            run = []
        run.append(order)
    if run:
        yield run


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and not _SENTENCE.search(line)
