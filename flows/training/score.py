"""How well found attributions agree with marked ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.training.corpus import Annotation, Document

Marked = Annotation | Attribution

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over documents; they add up.

    Attributes:
        marked: Attributions that people marked.
        found: Attributions that were found.
        matched: Pairs whose contents share at least half of their words.
        exact: Pairs whose contents have the same words.
        right: Matched pairs with the right source too.
    """

    marked: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    right: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The counts of both."""
        return Counts(
            self.marked + other.marked,
            self.found + other.found,
            self.matched + other.matched,
            self.exact + other.exact,
            self.right + other.right,
        )

    def f1(self, hits: int) -> float:
        """The harmonic mean of precision and recall for `hits`, in per cent."""
        return 200 * hits / (self.marked + self.found) if self.marked + self.found else 0.0

    def figures(self) -> dict[str, float]:
        """The three F1 figures by name, 0 to 1."""
        hits = {"found_f1": self.matched, "exact_f1": self.exact, "end_to_end_f1": self.right}
        return {name: self.f1(count) / 100 for name, count in hits.items()}

    def __str__(self) -> str:
        """The three figures in one line."""
        return (
            f"found {self.f1(self.matched):.1f}, exact {self.f1(self.exact):.1f}, "
            f"end to end {self.f1(self.right):.1f} (F1; {self.marked} marked, {self.found} found)"
        )


def score(documents: Iterable[Document], attribute: Callable[[str], Sequence[Attribution]]) -> Counts:
    """The counts of `attribute` over annotated documents."""
    counts = Counts()
    for document in documents:
        counts += compare(document.text, document.annotations or (), attribute(document.text))
    return counts


def compare(text: str, marked: Sequence[Annotation], found: Sequence[Attribution]) -> Counts:
    """The counts of one text; marked and found are paired one to one, those that overlap most first.

    Punctuation does not count: contents are compared as sets of words.
    """
    words = [Span(*word.span()) for word in _WORD.finditer(text)]
    golden = [(annotation, _covered(words, annotation.content)) for annotation in marked]
    guessed = [(attribution, _covered(words, attribution.content)) for attribution in found]
    golden = [(annotation, contents) for annotation, contents in golden if contents]
    guessed = [(attribution, contents) for attribution, contents in guessed if contents]
    pairs = _pairs([contents for _, contents in golden], [contents for _, contents in guessed])
    return Counts(
        marked=len(golden),
        found=len(guessed),
        matched=len(pairs),
        exact=sum(golden[i][1] == guessed[j][1] for i, j in pairs),
        right=sum(_same_source(words, golden[i][0], guessed[j][0]) for i, j in pairs),
    )


def _covered(words: Sequence[Span], spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(n for span in spans for n, word in enumerate(words) if word.overlaps(span))


def _pairs(golden: Sequence[frozenset[int]], guessed: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    overlaps = [
        (-len(a & b) / len(a | b), i, j) for (i, a), (j, b) in product(enumerate(golden), enumerate(guessed)) if a & b
    ]
    pairs: dict[int, int] = {}
    for overlap, i, j in sorted(overlaps):
        if -overlap >= _LEAST_OVERLAP and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _same_source(words: Sequence[Span], golden: Marked, guessed: Marked) -> bool:
    """Whether the last word of one source lies in the other; a missing source agrees only with a missing one."""
    one, other = _covered(words, golden.source), _covered(words, guessed.source)
    if not golden.source or not guessed.source:
        return not golden.source and not guessed.source
    return not one or (bool(other) and (max(other) in one or max(one) in other))
