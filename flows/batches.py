"""A batch of raw files becomes Arrow tables: the unit of work of one worker."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa

from flows.articles.article import Article
from flows.articles.reading import Reading
from flows.articles.registry import read_file
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
    """

    source_path: str
    seen: Stamp | None
    sha256: str | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some raw files.

    Attributes:
        articles: Rows of the table articles.
        statements: Rows of the table statements.
        quarantine: Rows of the table quarantine.
        removed: How often each cleaning rule took something out.
        files: The raw files.
    """

    articles: pa.Table
    statements: pa.Table
    quarantine: pa.Table
    removed: Counter[str] = field(default_factory=Counter)
    files: tuple[ReadFile, ...] = ()

    def tables(self) -> dict[str, pa.Table]:
        """The rows by their table's name."""
        return {ARTICLES.name: self.articles, STATEMENTS.name: self.statements, QUARANTINE.name: self.quarantine}


Extract = Callable[[Article], tuple[Row, list[Row]]]
Work = Callable[[Sequence[Path], Path, Reading], Batch]


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


def process(paths: Sequence[Path], raw: Path, reading: Reading, extract: Extract = rows_of) -> Batch:
    """Reads and extracts some raw files; what cannot be read or extracted becomes a row of quarantine."""
    articles: list[Row] = []
    statements: list[Row] = []
    refusals: list[Refusal] = []
    removed: Counter[str] = Counter()
    files: list[ReadFile] = []
    for path in paths:
        read, items = read_steadily(path, raw, reading)
        files.append(read)
        for item in items:
            outcome = item if isinstance(item, Refusal) else _extracted(item, extract)
            if isinstance(outcome, Refusal):
                refusals.append(outcome)
            else:
                articles.append(outcome[0])
                statements.extend(outcome[1])
            removed.update({} if isinstance(item, Refusal) else item.removed)
    return Batch(
        to_arrow(ARTICLES, articles),
        to_arrow(STATEMENTS, statements),
        quarantine_table(refusals),
        removed,
        tuple(files),
    )


def read_steadily(path: Path, raw: Path, reading: Reading) -> tuple[ReadFile, list[Article | Refusal]]:
    """The articles of a raw file that did not change while it was read.

    A file that changes all the time is refused, and one that is gone gives nothing: it is as if it had vanished
    before the run.
    """
    source_path = path.relative_to(raw).as_posix()
    for _ in range(_TRIES):
        before = stamp(path)
        items = list(read_file(path, raw, reading)) if before else []
        if before == stamp(path):
            sha256 = next((item.raw_sha256 for item in items if item.raw_sha256), None)
            unreadable = any(isinstance(item, Refusal) and item.rule == "unreadable" for item in items)
            return ReadFile(source_path, before, sha256, before is not None and not unreadable), items
    return ReadFile(source_path, None, None, False), [Refusal("read", source_path, None, "changing", _UNSTEADY)]


def process_all(
    parts: Sequence[tuple[Path, ...]], raw: Path, reading: Reading, workers: int, work: Work = process
) -> Iterator[Batch]:
    """The batches of all parts, in order, by one process or a pool of them.

    No more batches are begun than the workers need to stay busy, so that finished ones do not pile up in memory.
    """
    if workers == 1 or len(parts) < 2:
        yield from (work(part, raw, reading) for part in parts)
        return
    # Forking a process that runs Prefect's threads is unsafe.
    with ProcessPoolExecutor(min(workers, len(parts)), mp_context=get_context("spawn")) as pool:
        begun: deque[Future[Batch]] = deque()
        try:
            for part in parts:
                begun.append(pool.submit(work, part, raw, reading))
                if len(begun) > 2 * workers:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            # After an error or Ctrl-C nobody wants the batches that are still waiting.
            pool.shutdown(cancel_futures=True)


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


def _extracted(article: Article, extract: Extract) -> tuple[Row, list[Row]] | Refusal:
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
