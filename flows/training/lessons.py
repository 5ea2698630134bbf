"""From annotated documents to batches of numbers for the network."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from flows.articles.article import Span
from flows.statements.tagger.pieces import (
    NO_KIND,
    WINDOW,
    Paragraph,
    Window,
    line_paragraphs,
    pack,
    read_paragraphs,
)
from flows.statements.tagger.tags import CONTENT, CUE, OUTSIDE, SOURCE, beginning, inside
from flows.training.corpus import Annotation, Document

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IGNORED = -100
_NONE = -1
_SHORTEST_FIRST_WINDOW = 64
_POOL = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document as the network learns it.

    Attributes:
        paragraphs: What the network reads.
        tags: Right tag of each word; `IGNORED` everywhere in a text nobody has marked.
        links: Word to which each word of content (its cue) or cue (its source) points; -1 for none, `IGNORED` for
            words that do not point.
    """

    paragraphs: tuple[Paragraph, ...]
    tags: npt.NDArray[np.int64]
    links: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one training step, padded to the same length.

    Attributes:
        ids: `[window, piece]`.
        kinds: `[window, piece]`.
        present: 1 for pieces, 0 for padding.
        firsts: Whether a piece is the first of its word.
        tags: Right tag at each word's first piece, else `IGNORED`.
        links: `[pointer, window, piece]`: piece to point at, else `IGNORED`.
    """

    ids: Tensor
    kinds: Tensor
    present: Tensor
    firsts: Tensor
    tags: Tensor
    links: Tensor

    def to(self, device: torch.device) -> Batch:
        """The batch on `device`."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class _Example:
    window: Window
    tags: npt.NDArray[np.int64]
    links: npt.NDArray[np.int64]


def lesson(document: Document, tokenizer: Tokenizer) -> Lesson:
    """The document with the right answer for each word."""
    paragraphs = read_paragraphs(document.text, line_paragraphs(document.text), tokenizer)
    words = [word for paragraph in paragraphs for word in paragraph.words]
    tags = np.full(len(words), OUTSIDE, dtype=np.int64)
    links = np.full(len(words), IGNORED, dtype=np.int64)
    if document.annotations is None:
        tags[:] = IGNORED
    else:
        _mark(document.annotations, _word_at(words, len(document.text)), tags, links)
    return Lesson(tuple(paragraphs), tags, links)


def _word_at(words: Sequence[Span], length: int) -> npt.NDArray[np.int64]:
    at = np.full(length, _NONE, dtype=np.int64)
    for number, word in enumerate(words):
        at[word.start : word.end] = number
    return at


def _mark(
    annotations: Iterable[Annotation],
    word_at: npt.NDArray[np.int64],
    tags: npt.NDArray[np.int64],
    links: npt.NDArray[np.int64],
) -> None:
    """Writes content first and cues last, so that a cue inside another's content stays visible."""
    for part in (CONTENT, SOURCE, CUE):
        for annotation in annotations:
            spans = {SOURCE: annotation.source, CUE: annotation.cue, CONTENT: annotation.content}
            target = {
                SOURCE: IGNORED,
                CUE: _first(annotation.source, word_at),
                CONTENT: _first(annotation.cue, word_at),
            }
            for words in (_covered(span, word_at) for span in spans[part]):
                tags[words] = inside(part)
                tags[words[:1]] = beginning(part)
                links[words] = target[part]


def _covered(span: Span, word_at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    words = np.unique(word_at[span.start : span.end])
    return words[words >= 0]


def _first(spans: Sequence[Span], word_at: npt.NDArray[np.int64]) -> int:
    words = [int(word) for span in spans for word in _covered(span, word_at)]
    return min(words, default=_NONE)


def batches(lessons: Sequence[Lesson], size: int, tokenizer: Tokenizer, seed: int) -> list[Batch]:
    """All windows of one pass over the lessons, in random order, windows of like length together.

    The first window of each document has a random size, so that each pass cuts the documents elsewhere.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    examples = [example for each in lessons for example in _examples(each, tokenizer, chance)]
    chance.shuffle(examples)
    groups = list(_groups(examples, size))
    chance.shuffle(groups)
    return [_collate(group) for group in groups]


def _groups(examples: list[_Example], size: int) -> Iterator[list[_Example]]:
    for start in range(0, len(examples), size * _POOL):
        pool = sorted(examples[start : start + size * _POOL], key=lambda example: len(example.window.ids))
        for first in range(0, len(pool), size):
            yield pool[first : first + size]


def _examples(each: Lesson, tokenizer: Tokenizer, chance: random.Random) -> Iterator[_Example]:
    limits = [chance.randint(_SHORTEST_FIRST_WINDOW, WINDOW)]
    for window in pack(each.paragraphs, tokenizer, limits):
        yield _example(each, window)


def _example(each: Lesson, window: Window) -> _Example:
    length, firsts = len(window.ids), np.array(window.firsts)
    words = slice(window.first_word, window.first_word + len(firsts))
    tags = np.full(length, IGNORED)
    tags[firsts] = each.tags[words]
    links = np.full((2, length), IGNORED)
    targets = _targets(each.links[words], window.first_word, firsts)
    for pointer, part in enumerate((CONTENT, CUE)):
        pointing = np.isin(each.tags[words], (beginning(part), inside(part)))
        links[pointer, firsts[pointing]] = targets[pointing]
    return _Example(window, tags, links)


def _targets(links: npt.NDArray[np.int64], first_word: int, firsts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Piece of the window at which each word points: 0 (`[CLS]`) for none, `IGNORED` beyond the window."""
    word = links - first_word
    reachable = (word >= 0) & (word < len(firsts)) & (links >= 0)
    pieces = np.where(reachable, firsts[np.where(reachable, word, 0)], IGNORED)
    pieces[links == _NONE] = 0
    return pieces


def _collate(examples: Sequence[_Example]) -> Batch:
    length = max(len(example.window.ids) for example in examples)
    shape = (len(examples), length)
    ids, kinds, present = np.zeros(shape, np.int64), np.full(shape, NO_KIND), np.zeros(shape, np.float32)
    firsts, tags, links = np.zeros(shape, bool), np.full(shape, IGNORED), np.full((2, *shape), IGNORED)
    for row, example in enumerate(examples):
        end = len(example.window.ids)
        ids[row, :end], kinds[row, :end], present[row, :end] = example.window.ids, example.window.kinds, 1
        firsts[row, list(example.window.firsts)] = True
        tags[row, :end], links[:, row, :end] = example.tags, example.links
    return Batch(*(torch.from_numpy(array) for array in (ids, kinds, present, firsts, tags, links)))
