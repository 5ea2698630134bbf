"""What an extraction has lost of a page: its paragraph elements against the text that was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from flows.articles.markup import WORDLESS, local_name, text_of

_APART: Final = WORDLESS | frozenset("aside figure footer form header nav".split())
_WORD = re.compile(r"\w+")
_RUN = 5
_MIN_WORDS = 8
_MIN_CUT = 4
_MUCH = 0.15
_LINKED = 0.6
_NEARLY_ALL = 0.6


@dataclass(frozen=True, slots=True)
class Loss:
    """What a text lacks of a page's paragraphs.

    Attributes:
        words: Words that the text lacks.
        share: These as a share of the words of all the paragraphs.
        paragraphs: Paragraphs that it lacks or has cut.
        cut: Whether a paragraph is there with its beginning and not as a whole.
    """

    words: int
    share: float
    paragraphs: int
    cut: bool

    @property
    def is_much(self) -> bool:
        """Whether another way of reading the page must be tried."""
        return self.cut or self.share > _MUCH


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The running paragraphs of a page's article, as the page itself marks them."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, page: etree._Element, kept: str) -> Paragraphs:
        """The paragraphs of the element that holds the article.

        That is the innermost `<article>`, `itemprop="articleBody"` or `<main>` that has most of the prose so marked;
        without one, the innermost element that holds all the paragraphs of which `kept` has the beginnings.
        """
        scope = _marked(page)
        if scope is None:
            scope = _around(page, _runs(_words(kept)))
        return cls(tuple(text for _, text in _prose(scope)))

    def loss(self, kept: str) -> Loss:
        """What `kept` lacks."""
        runs = _runs(_words(kept))
        total = lost = lacking = 0
        cut = False
        for text in self.texts:
            words = _words(text)
            uncovered = _uncovered(words, runs)
            total += len(words)
            lost += uncovered
            if uncovered >= _MIN_CUT:
                lacking += 1
                cut = cut or tuple(words[:_RUN]) in runs
        return Loss(lost, lost / total if total else 0.0, lacking, cut)

    def text(self) -> str:
        """All of them, parted by blank lines."""
        return "\n\n".join(self.texts)


def _marked(page: etree._Element) -> etree._Element | None:
    """The innermost of the elements so marked that have most of the prose; None where no prose is in any."""
    lengths: dict[etree._Element, int] = {}
    for element, text in _prose(page):
        for outer in element.iterancestors("article", "main", "div", "section"):
            if outer.tag in ("article", "main") or outer.get("itemprop") == "articleBody":
                lengths[outer] = lengths.get(outer, 0) + len(text)
    most = _NEARLY_ALL * max(lengths.values(), default=0)
    # Of two with the same prose the inner one was met first.
    return min((outer for outer in lengths if lengths[outer] >= most), key=lambda outer: lengths[outer], default=None)


def _around(page: etree._Element, runs: set[tuple[str, ...]]) -> etree._Element:
    """The innermost element around all paragraphs whose beginnings are kept; the page where there are none."""
    common: list[etree._Element] | None = None
    for element, text in _prose(page):
        if tuple(_words(text)[:_RUN]) in runs:
            line = [*reversed(list(element.iterancestors()))]
            common = line if common is None else [one for one, other in zip(common, line, strict=False) if one is other]
    return common[-1] if common else page


def _prose(scope: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The paragraph elements of running words below `scope`, not those of navigation, sidebars, forms and footers."""
    walker = etree.iterwalk(scope, events=("start",))
    for _, element in walker:
        name = local_name(element)
        if name in _APART and element is not scope:
            walker.skip_subtree()
        elif name == "p":
            text = text_of(element)
            if len(_words(text)) >= _MIN_WORDS and _linked(element) < _LINKED * len(text):
                yield element, text


def _linked(element: etree._Element) -> int:
    return sum(len(text_of(link)) for link in element.iter("a"))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _uncovered(words: list[str], runs: set[tuple[str, ...]]) -> int:
    """How many of the words stand in no run of words that is kept."""
    covered_to = uncovered = 0
    for start in range(len(words) - _RUN + 1):
        if tuple(words[start : start + _RUN]) in runs:
            uncovered += max(0, start - covered_to)
            covered_to = start + _RUN
    return uncovered + len(words) - covered_to
