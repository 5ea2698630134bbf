"""Memory of everything in a build but reading and extraction, as the corpus grows.

    uv run python tests/benchmarks/memory.py CURATED [--sizes 1 4 16]

The rows of a build that was made before, below CURATED, come again, under new identifiers, as often as a size says: all
steps behind extraction then meet so many articles and statements without anybody waiting for the network. Each size is
built in a process of its own. Memory of its own ("own") is what a process needs; pages of files that are mapped into it
("mapped") are counted apart, since the system drops them as soon as others need the room.
"""

from __future__ import annotations

import flows.offline  # noqa: F401  isort: skip

import argparse
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.articles.reading import Reading
from flows.articles.signature import LAYOUT
from flows.batches import Batch, ReadFile, quarantine_table
from flows.build import Job, build_tables, linkers_with
from flows.pile import Overflow
from flows.schema import ARTICLES, STATEMENTS
from flows.settings import Settings
from flows.speakers.officials import with_own
from flows.tables.partitions import published_files
from flows.tables.raw_files import content_digest, stamp
from flows.tables.view import View

T = TypeVar("T")
_STATEMENTS_PER_FILE = 4_000


def main() -> None:
    """Prints the peaks of each size, step by step, as Markdown."""
    options = _options()
    print("| size | statements | step | seconds | own, MB | mapped, MB |\n| --- | --- | --- | --- | --- | --- |")
    for size in options.sizes:
        with (
            TemporaryDirectory() as folder,
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        ):
            statements, steps = pool.submit(_built, options.curated, size, Path(folder)).result()
        for name, seconds, own, mapped in steps:
            print(f"| {size} | {statements:,} | {name} | {seconds:.1f} | {own:,.0f} | {mapped:,.0f} |", flush=True)


def _built(curated: Path, size: int, folder: Path) -> tuple[int, list[tuple[str, float, float, float]]]:
    raw, rows = folder / "raw", folder / "rows"
    raw.mkdir()
    rows.mkdir()
    parts = _spread(curated, rows)
    for copy in range(size):
        for part in range(parts):
            (raw / f"{copy:03x}-{part:04}.txt").write_text(f"{copy} {part}")
    watched: list[tuple[str, float, float, float]] = []
    job = Job(
        raw,
        folder / "curated",
        Settings().expectations,
        batch_bytes=1,
        work=partial(_replayed, rows=rows),
        linkers=linkers_with(with_own(None)),
    )
    with _peak() as peak:
        summary = build_tables(job, partial(_watched, watched))
        whole = ("whole", *peak())
    with _peak() as peak:
        build_tables(job)
        again = ("whole again, nothing new", *peak())
    return summary.statements, [*watched, whole, again]


def _watched(watched: list[tuple[str, float, float, float]], work: Callable[..., T], *arguments: object) -> T:
    with _peak() as peak:
        done = work(*arguments)
        watched.append((work.__name__, *peak()))
    return done


def _spread(curated: Path, folder: Path) -> int:
    """Writes the published rows as files of some thousand statements each; gives the number of files."""
    number = 0
    for group in View.published(curated).groups(_STATEMENTS_PER_FILE):
        if group[ARTICLES.name].num_rows:
            for table in (ARTICLES, STATEMENTS):
                pq.write_table(group[table.name], folder / f"{table.name}-{number:04}.parquet")
            number += 1
    if not number:
        raise SystemExit(f"{curated}: no rows there ({published_files(ARTICLES, curated)}); build some first")
    return number


def _replayed(paths: Sequence[Path], raw: Path, _reading: Reading, _overflow: Overflow | None, /, rows: Path) -> Batch:
    """The rows of one file that `_spread` wrote, as those of a copy of their articles."""
    (path,) = paths
    copy, part = path.stem.split("-")
    articles, statements = (pq.read_table(rows / f"{table.name}-{part}.parquet") for table in (ARTICLES, STATEMENTS))
    articles = _as_other_stories(articles, int(copy, 16))
    source_path = path.relative_to(raw).as_posix()
    read = ReadFile(source_path, stamp(path), content_digest(path), settled=True)
    said = _as_copy(statements, copy, source_path)
    return Batch(_as_copy(articles, copy, source_path), said, quarantine_table([]), files=(read,))


def _as_copy(rows: pa.Table, copy: str, source_path: str) -> pa.Table:
    for name in ("article_id", "statement_id", "duplicate_of"):
        if name in rows.column_names:
            own = pc.utf8_replace_slice(rows[name], 0, len(copy), copy)
            rows = rows.set_column(rows.column_names.index(name), rows.schema.field(name), own)
    sources = pa.repeat(pa.scalar(source_path), rows.num_rows)
    return rows.set_column(rows.column_names.index("source_path"), rows.schema.field("source_path"), sources)


def _as_other_stories(articles: pa.Table, copy: int) -> pa.Table:
    """Signatures that are like those of no other copy: a corpus does not grow by telling the same again and again."""
    place = articles.column_names.index("signature")
    signatures = [each and _other(each, copy) for each in articles["signature"].to_pylist()]
    return articles.set_column(place, articles.schema.field(place), pa.array(signatures, pa.binary()))


def _other(signature: bytes, copy: int) -> bytes:
    record = np.frombuffer(signature, LAYOUT).copy()
    record["digest"] ^= np.uint64(copy)
    record["minhash"] ^= np.uint16(copy)
    return record.tobytes()


@contextmanager
def _peak() -> Iterator[Callable[[], tuple[float, float, float]]]:
    """Gives seconds since the start, and the highest memory of this process in MB: its own, and mapped."""
    started, ended = time.perf_counter(), threading.Event()
    most = list(_memory())

    def look() -> None:
        while not ended.wait(0.05):
            most[:] = map(max, most, _memory())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield lambda: (time.perf_counter() - started, *map(max, most, _memory()))
    finally:
        ended.set()
        watcher.join()


def _memory() -> tuple[float, float]:
    lines: dict[str, Any] = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["RssAnon"].split()[0]) / 1024, int(lines["RssFile"].split()[0]) / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("curated", type=Path, help="tables of a build, whose rows come again")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 4, 16])
    return parser.parse_args()


if __name__ == "__main__":
    main()
