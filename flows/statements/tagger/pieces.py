"""From text to what the network reads: word pieces, their kinds, and windows of whole paragraphs.

Training and run time share every line of this module: a model is only good for the pieces it was trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows.articles.article import Span
from flows.statements.quotations import CLOSING, MARKS, OPENING, quoted_mask, scan

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

WINDOW: Final = 256
_LONGEST_PARAGRAPH: Final = WINDOW - 2
_SEARCH_BACK: Final = 100
_SENTENCE_ENDS: Final = frozenset(".?!”")

KINDS: Final = 10
_INSIDE: Final = 4
_OPENING_MARK: Final = 8
_CLOSING_MARK: Final = 9
NO_KIND: Final = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a part of an overlong one, as the network reads it.

    Attributes:
        ids: Vocabulary number of each piece.
        kinds: Kind of each piece: inside or outside quotation marks, by letter case; opening and closing marks.
        firsts: For each word, the index of its first piece.
        words: For each word, its characters in the text.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring paragraphs that are read together: `[CLS] paragraph [SEP] paragraph [SEP]`.

    Attributes:
        ids: Vocabulary number of each piece.
        kinds: Kind of each piece.
        firsts: For each word, the index of its first piece in this window.
        first_word: Number of the window's first word in the document.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    firsts: tuple[int, ...]
    first_word: int


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in the file `path`, which neither truncates nor pads."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - loaded with the first text, not with the package

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def line_paragraphs(text: str) -> list[Span]:
    """Every line of `text` that holds something, as a paragraph."""
    paragraphs: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Span(start, start + len(line)))
        start += len(line) + 1
    return paragraphs


def read_paragraphs(text: str, paragraphs: Sequence[Span], tokenizer: Tokenizer) -> list[Paragraph]:
    """The paragraphs as the network reads them; overlong ones are cut at a sentence's end.

    Paragraphs without a single piece are left out.
    """
    inside = quoted_mask(text, scan(text, paragraphs))
    encodings = tokenizer.encode_batch([span.of(text) for span in paragraphs], add_special_tokens=False)
    read: list[Paragraph] = []
    for span, encoding in zip(paragraphs, encodings, strict=True):
        for part in _parts(_words(encoding, span.start), text):
            read.append(_paragraph(part, encoding.ids, text, inside))  # noqa: PERF401
    return read


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the tokenizer: its pieces `first:last` in the encoding and its characters."""

    first: int
    last: int
    span: Span


def _words(encoding: Encoding, offset: int) -> list[_Word]:
    words: list[_Word] = []
    previous: int | None = None
    for piece, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if words and word == previous:
            last = words[-1]
            words[-1] = _Word(last.first, piece + 1, Span(last.span.start, offset + end))
        else:
            words.append(_Word(piece, piece + 1, Span(offset + start, offset + end)))
        previous = word
    return words


def _parts(words: list[_Word], text: str) -> Iterator[list[_Word]]:
    """Cuts `words` so that no part is longer than a window; each part but the last ends a sentence if it can."""
    while words:
        limit = words[0].first + _LONGEST_PARAGRAPH
        fitting = next((n for n, word in enumerate(words) if word.last > limit), len(words))
        cut = fitting if fitting == len(words) else _sentence_end(words, fitting, text)
        yield words[:cut]
        words = words[cut:]


def _sentence_end(words: list[_Word], fitting: int, text: str) -> int:
    for n in range(fitting, max(0, fitting - _SEARCH_BACK), -1):
        if words[n - 1].span.of(text) in _SENTENCE_ENDS:
            return n
    return fitting


def _paragraph(words: list[_Word], ids: Sequence[int], text: str, inside: bytearray) -> Paragraph:
    first, last = words[0].first, words[-1].last
    kinds = [kind for word in words for kind in [_kind(word.span, text, inside)] * (word.last - word.first)]
    return Paragraph(
        ids=tuple(ids[first:last]),
        kinds=tuple(kinds),
        firsts=tuple(word.first - first for word in words),
        words=tuple(word.span for word in words),
    )


def _kind(span: Span, text: str, inside: bytearray) -> int:
    word = span.of(text)
    if word in MARKS:
        return _kind_of_mark(word, span, inside)
    return _INSIDE * inside[span.start] + _case(word)


def _kind_of_mark(mark: str, span: Span, inside: bytearray) -> int:
    if mark in OPENING:
        return _OPENING_MARK
    if mark in CLOSING:
        return _CLOSING_MARK
    opens = inside[span.start] and not (span.start and inside[span.start - 1])
    return _OPENING_MARK if opens else _CLOSING_MARK


def _case(word: str) -> int:
    if not word[:1].isalpha():
        return 3
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[0].isupper() else 0


def pack(paragraphs: Sequence[Paragraph], tokenizer: Tokenizer, limits: Iterable[int] = ()) -> list[Window]:
    """Windows of as many whole neighbouring paragraphs as fit.

    Args:
        paragraphs: All paragraphs of one document, in order.
        tokenizer: Knows the numbers of `[CLS]` and `[SEP]`.
        limits: Pieces allowed in the first windows, where they shall be shorter than `WINDOW` (training moves the
            borders that way).
    """
    limit_of_next = iter(limits)
    limit = next(limit_of_next, WINDOW)
    windows: list[Window] = []
    group: list[Paragraph] = []
    length, word = 1, 0
    for paragraph in paragraphs:
        if group and length + len(paragraph.ids) + 1 > limit:
            windows.append(_window(group, word, tokenizer))
            word += sum(len(member.words) for member in group)
            limit = next(limit_of_next, WINDOW)
            group, length = [], 1
        group.append(paragraph)
        length += len(paragraph.ids) + 1
    if group:
        windows.append(_window(group, word, tokenizer))
    return windows


def _window(group: Sequence[Paragraph], first_word: int, tokenizer: Tokenizer) -> Window:
    opening, parting = _number("[CLS]", tokenizer), _number("[SEP]", tokenizer)
    ids, kinds, firsts = [opening], [NO_KIND], list[int]()
    for paragraph in group:
        firsts += [len(ids) + first for first in paragraph.firsts]
        ids += [*paragraph.ids, parting]
        kinds += [*paragraph.kinds, NO_KIND]
    return Window(tuple(ids), tuple(kinds), tuple(firsts), first_word)


def _number(mark: str, tokenizer: Tokenizer) -> int:
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ValueError(f"the tokenizer knows no {mark}; use that of a BERT encoder")
    return number
