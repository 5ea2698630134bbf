"""Articles on their way from reader to extractor: in memory as long as they are few, in files of pieces once not.

A packed file may hold thousands of times as much text as a batch should. Its pieces can be extracted one after the
other, or by several workers at once, and neither holds more than one of them.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.articles.article import Article
from flows.refusal import Refusal

Item = Article | Refusal

_REFUSAL = 500
"""About as many characters as a refusal has."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """When articles no longer stay in memory, and where they go then.

    Attributes:
        folder: A folder that every worker sees under this path.
        characters: Characters of text that one piece has about.
    """

    folder: Path
    characters: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Articles and refusals in a file.

    Attributes:
        path: The file.
        characters: Characters of their text.
    """

    path: Path
    characters: int

    def items(self) -> Iterator[Item]:
        """The articles and refusals, in order."""
        with self.path.open("rb") as file:
            # Written by a worker of this very run, into its own folder below `curated/.staging/`.
            yield from pickle.load(file)  # noqa: S301


class Pile:
    """Articles and refusals in order: first those in pieces, then those in memory.

    Args:
        overflow: When and where pieces are made; None keeps everything in memory.
    """

    def __init__(self, overflow: Overflow | None) -> None:
        self.pieces: list[Piece] = []
        self.items: list[Item] = []
        self._overflow = overflow
        self._characters = 0

    def add(self, item: Item) -> None:
        """Puts one behind the others.

        Raises:
            OSError: The disk is full or failed.
        """
        self.items.append(item)
        self._characters += len(item.text) if isinstance(item, Article) else _REFUSAL
        self._overflow_if_large()

    def join(self, later: Pile) -> None:
        """Puts all of another pile behind the others.

        Raises:
            OSError: The disk is full or failed.
        """
        if later.pieces:
            self.set_aside()
        self.pieces += later.pieces
        self.items += later.items
        self._characters += later._characters
        self._overflow_if_large()

    def set_aside(self) -> None:
        """Makes a piece of what is in memory, if there is something.

        Raises:
            OSError: The disk is full or failed.
        """
        if self._overflow is None or not self.items:
            return
        self._overflow.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own: after a lost worker the same articles may be written a second time, at the same time.
        handle, name = tempfile.mkstemp(".articles", dir=self._overflow.folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(self.items, file, protocol=pickle.HIGHEST_PROTOCOL)
        self.pieces.append(Piece(Path(name), self._characters))
        self.items, self._characters = [], 0

    def drop(self) -> None:
        """Forgets everything and deletes the pieces."""
        for piece in self.pieces:
            piece.path.unlink()
        self.pieces, self.items, self._characters = [], [], 0

    def _overflow_if_large(self) -> None:
        if self._overflow is not None and self._characters >= self._overflow.characters:
            self.set_aside()
