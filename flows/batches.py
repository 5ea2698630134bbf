"""A batch of raw files becomes Arrow tables: the unit of work of one worker."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
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


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some raw files.

    Attributes:
        articles: Rows of the table articles.
        statements: Rows of the table statements.
        quarantine: Rows of the table quarantine.
        removed: How often each cleaning rule took something out.
    """

    articles: pa.Table
    statements: pa.Table
    quarantine: pa.Table
    removed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def joined(cls, batches: Iterable[Batch]) -> Batch:
        """All batches as one; empty tables where there are none."""
        found = list(batches)
        return cls(
            pa.concat_tables([to_arrow(ARTICLES, []), *(batch.articles for batch in found)]),
            pa.concat_tables([to_arrow(STATEMENTS, []), *(batch.statements for batch in found)]),
            pa.concat_tables([to_arrow(QUARANTINE, []), *(batch.quarantine for batch in found)]),
            sum((batch.removed for batch in found), Counter()),
        )


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


def process(paths: Sequence[Path], raw: Path, reading: Reading) -> Batch:
    """Reads and extracts some raw files; what cannot be read or extracted becomes a row of quarantine."""
    articles: list[Row] = []
    statements: list[Row] = []
    refusals: list[Refusal] = []
    removed: Counter[str] = Counter()
    for item in chain.from_iterable(read_file(path, raw, reading) for path in paths):
        if isinstance(item, Refusal):
            refusals.append(item)
            continue
        removed.update(item.removed)
        outcome = _extracted(item)
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        else:
            articles.append(outcome[0])
            statements.extend(outcome[1])
    return Batch(to_arrow(ARTICLES, articles), to_arrow(STATEMENTS, statements), quarantine_table(refusals), removed)


def process_all(parts: Sequence[tuple[Path, ...]], raw: Path, reading: Reading, workers: int) -> Iterator[Batch]:
    """The batches of all parts, in order, by one process or a pool of them."""
    work = partial(process, raw=raw, reading=reading)
    if workers == 1 or len(parts) < 2:
        yield from map(work, parts)
        return
    # Forking a process that runs Prefect's threads is unsafe.
    with ProcessPoolExecutor(min(workers, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, parts)


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


def _extracted(article: Article) -> tuple[Row, list[Row]] | Refusal:
    """Rows of one article; an error in our own code costs this article alone and is kept with its place."""
    try:
        return rows_of(article)
    except Exception as error:  # noqa: BLE001  one article must never stop the others
        return Refusal(
            "extract",
            article.source_path,
            None if article.member is None else f"record {article.member}",
            "extraction-failed",
            f"{type(error).__name__}: {error}. This is a fault of the pipeline; please report it with the file.",
            raw_sha256=article.raw_sha256,
        )
