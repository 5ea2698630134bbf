"""Quotation marks: where quotations open and close, over paragraphs too.

Straight, curly and angle marks are read alike. Single marks and apostrophes never open a quotation: inside double marks
they belong to its words. One mark too many never costs more than its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.articles.article import Span

OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'
MARKS = OPENING + CLOSING + STRAIGHT

_PARAGRAPHS_INSIDE = 4
_MARK = re.compile(f"[{MARKS}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its words, paragraph by paragraph, and the whole range with its marks.

    Attributes:
        pieces: Spans of the words without the marks, one per paragraph that the quotation runs over.
        outer: From the first mark to behind the last.
        closed: Whether a closing mark was found.
    """

    pieces: tuple[Span, ...]
    outer: Span
    closed: bool

    @property
    def inner(self) -> Span:
        """From the first to the last character of the quoted words."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


def scan(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """All quotations of `text`, in order, never overlapping.

    A quotation left open at the end of a paragraph goes on if the next paragraph opens with a mark again, as the wires
    do it, or if the first mark behind, at most a few paragraphs on, closes it; otherwise it ends with its paragraph.

    Example:
        `"We wait," she said.` gives one quotation with the piece `We wait,`.
    """
    quotations: list[Quotation] = []
    open_pieces: list[Span] = []
    open_outer = 0
    inside = 0
    for index, paragraph in enumerate(paragraphs):
        begins = paragraph.start if open_pieces and index <= inside else None
        for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
            at = mark.start()
            if begins is None:
                if _may_open(text, at, paragraph):
                    begins = at + 1 + text[at + 1 : at + 2].isspace()
                    if not open_pieces:
                        open_outer = at
            elif _may_close(text, at, paragraph):
                pieces = (*open_pieces, Span(begins, begins + len(text[begins:at].rstrip())))
                filled = tuple(piece for piece in pieces if piece.start < piece.end) or pieces
                quotations.append(Quotation(filled, Span(open_outer, at + 1), closed=True))
                begins, open_pieces = None, []
        if begins is None:
            continue
        open_pieces.append(Span(begins, paragraph.end))
        if text[open_outer] in "“" + STRAIGHT and inside <= index:
            inside = _closed_at(text, paragraphs, index)
        if index >= inside and not _goes_on(text, paragraphs, index):
            quotations.append(Quotation(tuple(open_pieces), Span(open_outer, paragraph.end), closed=False))
            open_pieces = []
    return [quotation for quotation in quotations if quotation.inner.of(text).strip()]


def quoted_mask(text: str, quotations: Sequence[Quotation]) -> bytearray:
    """One byte per character of `text`: 1 inside a quotation (its marks included), else 0."""
    mask = bytearray(len(text))
    for quotation in quotations:
        start, end = quotation.outer
        mask[start:end] = b"\1" * (end - start)
    return mask


def _may_open(text: str, at: int, paragraph: Span) -> bool:
    """Whether the mark at `at` can open: no closing mark, and words follow at once, or it stands between spaces."""
    if text[at] in CLOSING:
        return False
    following = text[at + 1 : at + 2]
    if at + 1 >= paragraph.end:
        return False
    if following.isspace():
        return text[at] in OPENING and (at == paragraph.start or text[at - 1].isspace())
    return text[at] in OPENING or at == paragraph.start or not text[at - 1].isalnum()


def _may_close(text: str, at: int, paragraph: Span) -> bool:
    """Whether the mark at `at` can close: no opening mark but at the very end, and not glued to the front of a word."""
    if text[at] in OPENING:
        return at + 1 == paragraph.end and text[at - 1] in " .!?,…"
    if text[at] in CLOSING or at + 1 >= paragraph.end:
        return True
    return not (text[at - 1].isspace() and text[at + 1].isalnum())


def _closed_at(text: str, paragraphs: Sequence[Span], index: int) -> int:
    """Index of the paragraph in which the first mark behind paragraph `index` stands and closes; else `index`."""
    for at in range(index + 1, min(index + 1 + _PARAGRAPHS_INSIDE, len(paragraphs))):
        if mark := _MARK.search(text, *paragraphs[at]):
            closes = mark.group() == "”" or (
                mark.group() == STRAIGHT and _only_closes(text, mark.start(), paragraphs[at])
            )
            return at if closes else index
    return index


def _only_closes(text: str, at: int, paragraph: Span) -> bool:
    """Whether a straight mark stands right behind a word or its stop, and before a space or the end."""
    behind = text[at + 1 : min(at + 2, paragraph.end)]
    return at > paragraph.start and not text[at - 1].isspace() and not behind.isalnum()


def _goes_on(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Whether the paragraph after `index` opens with a mark that takes up an open quotation."""
    if index + 1 >= len(paragraphs):
        return False
    following = paragraphs[index + 1]
    return text[following.start] in OPENING + STRAIGHT and _may_open(text, following.start, following)
