"""Raw wire stories and ministry briefings in, tidy rows of who said what, for which country, and when, out.

Example:
    >>> from flows import extract, load_statements
    >>> rows = extract('"We wait for the ice to go," Norwegian Fisheries Minister Solveig Brattland said.')
    >>> table = load_statements("curated", countries=["NOR"], min_confidence=0.8)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.door import extract
    from flows.tables.loading import load_statements

__all__ = ["extract", "load_statements"]

_HOMES = {"extract": "flows.door", "load_statements": "flows.tables.loading"}


def __getattr__(name: str) -> object:
    """Imports what is asked for at its first use, so that `import flows` and the command line wait for nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
