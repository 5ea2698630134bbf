"""Looking up many fixed phrases in a text at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from flows.articles.article import Span

Value = TypeVar("Value")

_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"\b(?:ex|then|vice|co|non|pro|anti|mid|acting)-$", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’‘", "''")


class Found(NamedTuple, Generic[Value]):
    """A phrase found in a text, with what it stands for."""

    span: Span
    value: Value


class PhraseIndex(Generic[Value]):
    """Finds the longest known phrases in a text; time grows with the text, not with the number of phrases.

    Phrases match whole words. Curly and straight apostrophes are the same.

    Args:
        phrases: Pairs of a phrase and its value; of two equal phrases the first counts.
        ignore_case: Whether case is disregarded.
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], *, ignore_case: bool = False) -> None:
        self._ignore_case = ignore_case
        self._values: dict[str, Value] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, value in phrases:
            key = self._key(phrase)
            self._values.setdefault(key, value)
            first = _WORD.match(key)
            lengths.setdefault(first.group() if first else key, set()).add(len(key))
        self._lengths = {word: sorted(sizes, reverse=True) for word, sizes in lengths.items()}

    def get(self, phrase: str) -> Value | None:
        """The value of exactly `phrase`, None if it is not known."""
        return self._values.get(self._key(phrase))

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Found[Value]]:
        """All longest phrases in `text[start:end]`, in order, never overlapping; spans index `text`."""
        end = len(text) if end is None else end
        keyed = self._key(text[start:end])
        found: list[Found[Value]] = []
        behind = 0
        for word in _WORD.finditer(keyed):
            at = word.start()
            if at < behind or _inside_compound(keyed, at):
                continue
            for size in self._lengths.get(word.group(), ()):
                value = self._values.get(keyed[at : at + size]) if at + size <= len(keyed) else None
                if value is not None and _ends_word(keyed, at + size):
                    found.append(Found(Span(start + at, start + at + size), value))
                    behind = at + size
                    break
        return found

    def _key(self, text: str) -> str:
        text = text.translate(_APOSTROPHES)
        return text.lower() if self._ignore_case else text


def _inside_compound(text: str, at: int) -> bool:
    """`member` of `54-member` is no word of its own; `minister` of `ex-minister` is one."""
    return text[at - 1 : at] == "-" and not _PREFIX.search(text, max(0, at - 8), at)


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() or (text[at] == "-" and text[at + 1 : at + 2].isalnum()))
