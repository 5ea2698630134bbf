"""From the network's numbers to attributions: the best sequence of tags, its spans, and who belongs to whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.quotations import MARKS
from flows.statements.tagger.network import Floats, Reading, log_softmax
from flows.statements.tagger.tags import CONTENT, CUE, OUTSIDE, PARTS, SOURCE, TAGS, beginning, inside

METHOD = "tagger"
_NEVER = np.float32(-1e9)
_JOINED_GAP = 2
_LEANING: Final = {
    beginning(SOURCE): 0.3,
    inside(SOURCE): 0.3,
    beginning(CUE): 0.2,
    inside(CUE): 0.2,
    beginning(CONTENT): -1.8,
    inside(CONTENT): 0.3,
}
"""Added to the log chances of the tags: left alone, the network begins too many contents and ends them too early.
Chosen, like the next, on the development part."""
_LEAST_CONFIDENCE = -0.3
"""Mean log chance below which a further fragment of content is dropped."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` to `last` (inclusive) that are a source, a cue or content."""

    kind: int
    first: int
    last: int


def decode(readings: Sequence[Reading], words: Sequence[Span], text: str) -> list[Attribution]:
    """The attributions of one document, in the order of their content.

    Args:
        readings: The network's numbers, window by window.
        words: All words of the document.
        text: The document.
    """
    found: list[Attribution] = []
    for reading in readings:
        openings = _openings(words[reading.first_word : reading.first_word + len(reading.tags)], text)
        parts = parts_of(best_tags(_leaning(reading.tags, openings)))
        found += _linked(reading, parts, words, text)
    return sorted(found, key=lambda attribution: attribution.content)


def _openings(words: Sequence[Span], text: str) -> list[int]:
    """Numbers of the words that open a paragraph."""
    gaps = enumerate(pairwise(words), start=1)
    return [number for number, (one, other) in gaps if "\n" in text[one.end : other.start]]


def _leaning(tags: Floats, openings: Sequence[int]) -> Floats:
    """The log chances as decoded: with `_LEANING`, and no part running on over the words that open a paragraph."""
    scores = tags + np.array([_LEANING.get(tag, 0.0) for tag in range(TAGS)], np.float32)
    scores[np.ix_(openings, [inside(part) for part in PARTS])] = _NEVER
    return scores


def best_tags(scores: Floats) -> list[int]:
    """The likeliest sequence of tags in which every inside follows its beginning (Viterbi)."""
    if not len(scores):
        return []
    allowed = _transitions()
    best = scores[0] + np.array([_NEVER if tag and tag % 2 == 0 else 0.0 for tag in range(TAGS)], np.float32)
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        ways = best[:, None] + allowed
        back[at] = ways.argmax(0)
        best = ways.max(0) + scores[at]
    tags = [int(best.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        tags.append(int(back[at, tags[-1]]))
    return tags[::-1]


def _transitions() -> Floats:
    allowed = np.zeros((TAGS, TAGS), np.float32)
    for part in PARTS:
        for before in range(TAGS):
            if before not in (beginning(part), inside(part)):
                allowed[before, inside(part)] = _NEVER
    return allowed


def parts_of(tags: Sequence[int]) -> list[Part]:
    """The parts that a sequence of tags marks, in order."""
    parts: list[Part] = []
    for at, tag in enumerate(tags):
        if tag == OUTSIDE:
            continue
        kind = (tag - 1) // 2
        if tag == beginning(kind):
            parts.append(Part(kind, at, at))
        else:
            parts[-1] = Part(kind, parts[-1].first, at)
    return parts


def _linked(reading: Reading, parts: Sequence[Part], words: Sequence[Span], text: str) -> list[Attribution]:
    by_kind = {kind: [part for part in parts if part.kind == kind] for kind in PARTS}
    cue_of = _targets(reading, by_kind[CONTENT], by_kind[CUE], pointer=0)
    source_of = _targets(reading, by_kind[CUE], by_kind[SOURCE], pointer=1)
    page = _Page(reading, parts, words, text)
    found = []
    for cue in dict.fromkeys(cue_of):
        contents = [content for content, its in zip(by_kind[CONTENT], cue_of, strict=True) if its == cue]
        if cue is None:
            found += [page.attribution(None, None, [content]) for content in contents]
            continue
        source = source_of[by_kind[CUE].index(cue)]
        found += [page.attribution(source, cue, each) for each in page.sorted_out(page.joined(contents), cue)]
    return found


def _targets(reading: Reading, pointing: Sequence[Part], targets: Sequence[Part], pointer: int) -> list[Part | None]:
    """For each part that points, the part it points at, by the mean over its words; None for none."""
    if not targets:
        return [None] * len(pointing)
    columns = [0, *(1 + target.first for target in targets)]
    scores = reading.pointing[:, pointer] @ reading.pointed[columns, pointer].T
    logs = log_softmax(np.asarray(scores / math.sqrt(reading.pointing.shape[-1]), np.float32))
    chosen = [int(logs[part.first : part.last + 1].mean(0).argmax()) for part in pointing]
    return [targets[choice - 1] if choice else None for choice in chosen]


@dataclass(frozen=True, slots=True)
class _Page:
    """A window's words with their characters."""

    reading: Reading
    parts: Sequence[Part]
    words: Sequence[Span]
    text: str

    def span(self, part: Part) -> Span:
        first = self.reading.first_word
        return Span(self.words[first + part.first].start, self.words[first + part.last].end)

    def confidence(self, part: Part) -> float:
        """Mean log chance of the part's tags."""
        tags = self.reading.tags
        within: npt.NDArray[np.float32] = tags[part.first + 1 : part.last + 1, inside(part.kind)]
        return float(tags[part.first, beginning(part.kind)] + within.sum()) / (part.last - part.first + 1)

    def attribution(self, source: Part | None, cue: Part | None, contents: Sequence[Part]) -> Attribution:
        score = math.exp(min(self.confidence(content) for content in contents))
        return Attribution(
            (self.span(source),) if source else (),
            (self.span(cue),) if cue else (),
            tuple(sorted(self.span(content) for content in contents)),
            round(score, 4),
            METHOD,
        )

    def joined(self, contents: Sequence[Part]) -> list[Part]:
        """The contents, those fragments made one that are near each other."""
        joined = [contents[0]]
        for part in contents[1:]:
            last = joined[-1]
            near = (
                part.first - last.last - 1 <= _JOINED_GAP
                and "\n" not in self.text[self.span(last).end : self.span(part).start]
            )
            if near and not any(last.last < other.first and other.last < part.first for other in self.parts):
                joined[-1] = Part(part.kind, last.first, part.last)
            else:
                joined.append(part)
        return joined

    def near(self, part: Part, other: Part) -> bool:
        """Whether both stand in one paragraph, with at most two words and no other part between them."""
        if other.first - part.last - 1 > _JOINED_GAP:
            return False
        if "\n" in self.text[self.span(part).end : self.span(other).start]:
            return False
        return not any(part.last < between.first and between.last < other.first for between in self.parts)

    def sorted_out(self, contents: Sequence[Part], cue: Part) -> list[list[Part]]:
        """The contents of one cue, by attribution.

        The surest fragments on each side of the cue are one content. Further quotations stand for themselves, since
        one verb often serves a row of them; further words without marks are slips and left out.
        """
        sure = sorted(contents, key=self.confidence, reverse=True)
        sides = [[part for part in sure if (part.first > cue.first) is behind] for behind in (False, True)]
        kept = [side[0] for side in sides if side]
        enough = [part for part in kept if self.confidence(part) >= _LEAST_CONFIDENCE] or sure[:1]
        further = [part for part in sure if part not in enough and self.quoted(part)]
        return [enough, *([part] for part in further)]

    def quoted(self, part: Part) -> bool:
        """Whether the part begins or ends with a quotation mark."""
        span = self.span(part)
        return self.text[span.start] in MARKS or self.text[span.end - 1] in MARKS
