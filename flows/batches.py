"""A batch of raw files becomes Arrow tables: the unit of work of one worker."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from flows.articles.article import Article
from flows.articles.reading import Reading
from flows.articles.registry import read_file
from flows.pile import Item, Overflow, Piece, Pile
from flows.refusal import Refusal
from flows.rows import Row, rows_of
from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.arrow import to_arrow
from flows.tables.raw_files import Stamp, stamp

_TRIES = 3
_UNSTEADY = (
    "The file changed each time it was read; let the program that writes it finish, and the next run reads it. Writing "
    "it under another name and renaming it then avoids this."
)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One raw file that was read.

    Attributes:
        source_path: Path of the raw file below the raw folder.
        seen: Its stamp while it was read; None if it was gone or changed all the time.
        sha256: SHA-256 of the bytes that were read; None where the reader gave none.
        settled: Whether the next run may rely on what was read.
        gone: Whether it was not there any more.
    """

    source_path: str
    seen: Stamp | None
    sha256: str | None
    settled: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some raw files, or of a piece of them.

    Attributes:
        articles: Rows of the table articles.
        statements: Rows of the table statements.
        quarantine: Rows of the table quarantine.
        removed: How often each cleaning rule took something out.
        files: The raw files.
        raw_bytes: How many bytes of the raw files these rows come from, as well as that can be told.
        rest: Makes the further batches of these files, in order, where they hold more than one batch should.
    """

    articles: pa.Table
    statements: pa.Table
    quarantine: pa.Table
    removed: Counter[str] = field(default_factory=Counter)
    files: tuple[ReadFile, ...] = ()
    raw_bytes: int = 0
    rest: tuple[Task, ...] = ()

    def tables(self) -> dict[str, pa.Table]:
        """The rows by their table's name."""
        return {ARTICLES.name: self.articles, STATEMENTS.name: self.statements, QUARANTINE.name: self.quarantine}


Extract = Callable[[Article], tuple[Row, list[Row]]]
Task = Callable[[], Batch]
"""Makes one batch; it can be sent to another process."""


class Work(Protocol):
    """Makes the rows of some raw files, as `process` does."""

    def __call__(self, paths: Sequence[Path], raw: Path, reading: Reading, overflow: Overflow | None, /) -> Batch:
        """The rows of the raw files, and what is left to do."""
        ...


def parted(paths: Sequence[Path], batch_bytes: int) -> list[tuple[Path, ...]]:
    """Files in order, parted so that each part holds about `batch_bytes` bytes and at least one file."""
    parts: list[tuple[Path, ...]] = []
    current: list[Path] = []
    size = 0
    for path in paths:
        current.append(path)
        size += path.stat().st_size if path.is_file() else 0
        if size >= batch_bytes:
            parts.append(tuple(current))
            current, size = [], 0
    return [*parts, tuple(current)] if current else parts


def process(
    paths: Sequence[Path], raw: Path, reading: Reading, overflow: Overflow | None = None, extract: Extract = rows_of
) -> Batch:
    """Reads and extracts some raw files; what cannot be read or extracted becomes a row of quarantine.

    Args:
        paths: The raw files.
        raw: The raw folder.
        reading: Limits and field names.
        overflow: Where articles go if there is more text than one batch should have. The batch is then without rows,
            and its `rest` makes them. None makes one batch in any case.
        extract: Makes the rows of an article.

    Raises:
        OSError: The disk is full or failed while articles were put aside.
    """
    files: list[ReadFile] = []
    pile = Pile(overflow)
    for path in paths:
        read, found = read_steadily(path, raw, reading, overflow)
        files.append(read)
        pile.join(found)
    size = sum(read.seen.size for read in files if read.seen)
    if not pile.pieces:
        return replace(_extracted(pile.items, extract), files=tuple(files), raw_bytes=size)
    pile.set_aside()
    return replace(_extracted((), extract), files=tuple(files), rest=_tasks(pile.pieces, size, extract))


def process_piece(piece: Piece, raw_bytes: int, extract: Extract) -> Batch:
    """Extracts articles that were put aside.

    Raises:
        OSError: The piece cannot be read.
    """
    return replace(_extracted(piece.items(), extract), raw_bytes=raw_bytes)


def read_steadily(path: Path, raw: Path, reading: Reading, overflow: Overflow | None = None) -> tuple[ReadFile, Pile]:
    """The articles of a raw file that did not change while it was read.

    A file that changes all the time is refused, and one that is gone gives nothing: it is as if it had vanished
    before the run.
    """
    source_path = path.relative_to(raw).as_posix()
    pile = Pile(overflow)
    for _ in range(_TRIES):
        pile.drop()
        before = stamp(path)
        sha256, unreadable = None, False
        for item in read_file(path, raw, reading) if before else ():
            sha256 = sha256 or item.raw_sha256
            unreadable = unreadable or (isinstance(item, Refusal) and item.rule == "unreadable")
            pile.add(item)
        if before == stamp(path):
            return ReadFile(source_path, before, sha256, before is not None and not unreadable, before is None), pile
    pile.drop()
    pile.add(Refusal("read", source_path, None, "changing", _UNSTEADY))
    return ReadFile(source_path, None, None, False), pile


def quarantine_table(refusals: Iterable[Refusal]) -> pa.Table:
    """Refusals as rows of the table quarantine."""
    return to_arrow(QUARANTINE, map(_quarantine_row, refusals))


def _quarantine_row(refusal: Refusal) -> Row:
    key = f"{refusal.stage}|{refusal.source_path}|{refusal.place}|{refusal.rule}"
    return {
        "refusal_id": hashlib.sha256(key.encode()).hexdigest()[:16],
        "stage": refusal.stage,
        "source_path": refusal.source_path,
        "place": refusal.place,
        "rule": refusal.rule,
        "reason": refusal.reason,
        "row": refusal.row,
        "raw_sha256": refusal.raw_sha256,
    }


def _tasks(pieces: Sequence[Piece], raw_bytes: int, extract: Extract) -> tuple[Task, ...]:
    """What makes the rows of the pieces; each is reckoned to come from its share of the raw bytes."""
    whole = sum(piece.characters for piece in pieces)
    tasks, before = [], 0
    for piece in pieces:
        after = before + piece.characters
        share = raw_bytes * after // whole - raw_bytes * before // whole
        tasks.append(partial(process_piece, piece, share, extract))
        before = after
    return tuple(tasks)


def _extracted(items: Iterable[Item], extract: Extract) -> Batch:
    articles: list[Row] = []
    statements: list[Row] = []
    refusals: list[Refusal] = []
    removed: Counter[str] = Counter()
    for item in items:
        outcome = item if isinstance(item, Refusal) else _rows(item, extract)
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        else:
            articles.append(outcome[0])
            statements.extend(outcome[1])
        removed.update({} if isinstance(item, Refusal) else item.removed)
    return Batch(to_arrow(ARTICLES, articles), to_arrow(STATEMENTS, statements), quarantine_table(refusals), removed)


def _rows(article: Article, extract: Extract) -> tuple[Row, list[Row]] | Refusal:
    """Rows of one article; an error in our own code costs this article alone and is kept with its place."""
    try:
        return extract(article)
    except Exception as error:  # noqa: BLE001  one article must never stop the others
        return Refusal(
            "extract",
            article.source_path,
            None if article.member is None else f"record {article.member}",
            "extraction-failed",
            f"{type(error).__name__}: {error}. This is a fault of the pipeline; please report it with the file.",
            raw_sha256=article.raw_sha256,
        )
