"""Raw wire stories and ministry briefings in, tidy rows of who said what, for which country, and when, out.

Example:
    >>> from flows import extract, load_statements
    >>> rows = extract('"We wait for the ice to go," Norwegian Fisheries Minister Solveig Brattland said.')
    >>> table = load_statements("curated", countries=["NOR"], min_confidence=0.8)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.door import extract, load_statements

__all__ = ["extract", "load_statements"]


def __getattr__(name: str) -> object:
    """Imports the door at its first use, so that `import flows` and the command line wait for nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from flows import door  # noqa: PLC0415  see above

    return getattr(door, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
