"""Numbers of the tags: outside, then beginning and inside of source, cue and content."""

from __future__ import annotations

from typing import Final

OUTSIDE: Final = 0
SOURCE: Final = 0
CUE: Final = 1
CONTENT: Final = 2
PARTS: Final = (SOURCE, CUE, CONTENT)
TAGS: Final = 1 + 2 * len(PARTS)
NAMES: Final = ("outside", *(f"{place} {part}" for part in ("source", "cue", "content") for place in ("first", "in")))


def beginning(part: int) -> int:
    """Tag of the first word of a part."""
    return 1 + 2 * part


def inside(part: int) -> int:
    """Tag of the further words of a part."""
    return 2 + 2 * part
