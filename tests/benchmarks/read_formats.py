"""Speed, loss and memory of reading, for each form of the same stories.

Prints one line for each form: MB of stories for each second of the processor, through the reader alone and through
reading as a whole (reader and cleaning), and the words kept of those in the source; then the peak memory of one long
stream of JSON Lines.

    python tests/benchmarks/read_formats.py --megabytes 4 --stream 200
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.articles.article import Article
from flows.articles.budget import Budget
from flows.articles.loading import HEAD, opened
from flows.articles.packing import without_packing
from flows.articles.reading import Reading
from flows.articles.registry import FORMATS, read_file
from flows.articles.zip_archive import ZipArchive, is_archive

READING = Reading(max_file_bytes=2_000_000_000, max_ratio=1_000)
WORDS = "the envoy said harbour ferry winter council treaty border talks ministry agreed grain road lake cable".split()

Record = dict[str, str]


def main() -> None:
    """Prints the table and the memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=4, help="Size of the stories of each form.")
    parser.add_argument("--stream", type=int, default=200, help="Size of the long stream, in MB; 0 for none.")
    arguments = parser.parse_args()
    records = list(made(arguments.megabytes * 1_000_000))
    size = sum(len(record["text"].encode()) for record in records) / 1e6
    words = sum(len(record["text"].split()) for record in records)
    print(f"{len(records):,} stories, {size:.1f} MB, {words:,} words")
    print(f"{'form':18s} {'reader MB/s':>12s} {'whole MB/s':>12s} {'words kept':>12s} {'refused':>8s}")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMS.items():
            path = Path(folder) / name
            path.write_bytes(write(records))
            alone, whole, kept, refused = measured(path)
            print(f"{name:18s} {size / alone:12.1f} {size / whole:12.1f} {kept / words:12.4f} {refused:8d}")
    if arguments.stream:
        print(memory(arguments.stream))


def made(size: int) -> Iterator[Record]:
    """Stories of about 3 kB each, `size` bytes in all, the same each time."""
    draw = random.Random(1)  # noqa: S311
    number = 0
    while size > 0:
        paragraphs = [" ".join(_sentence(draw) for _ in range(4)) for _ in range(8)]
        record = {
            "title": f"Story {number} of the harbour council",
            "date": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "url": f"https://wire.example/{number}",
            "source": "Adria Wire",
            "text": "\n\n".join(paragraphs),
        }
        size -= len(record["text"])
        number += 1
        yield record


def _sentence(draw: random.Random) -> str:
    words = draw.choices(WORDS, k=14)
    return f"“{' '.join(words[:7]).capitalize()},” {' '.join(words[7:])}."


def measured(path: Path) -> tuple[float, float, int, int]:
    """Seconds of the reader alone and of reading as a whole, words kept, refusals."""
    start = time.process_time()
    read_alone(path)
    alone = time.process_time() - start
    kept = refused = 0
    start = time.process_time()
    for item in read_file(path, path.parent, READING):
        if isinstance(item, Article):
            kept += len(item.text.split())
        else:
            refused += 1
    return alone, time.process_time() - start, kept, refused


def read_alone(path: Path) -> int:
    """Reads the stories of a file without cleaning them; returns their number."""
    with opened(path, READING.max_file_bytes) as file:
        budget = Budget(file.size, READING)
        stream, name, _ = without_packing(file.stream, path.name, budget, READING.max_nesting)
        members = [(name, stream)]
        if is_archive(stream.peek(HEAD)):
            members = ZipArchive(stream, name, budget, READING)
        return sum(_count(name, stream) for name, stream in members)


def _count(name: str, stream) -> int:
    form = next(form for form in FORMATS if form.fits(name, stream.peek(HEAD), READING.fields))
    return sum(1 for _ in form.stories(stream, READING))


def memory(megabytes: int) -> str:
    """Peak memory of a process that reads one long stream, beside what it had before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for record in made(megabytes * 1_000_000):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            before, after, count, seconds = pool.apply(_peak, (path,))
        size = path.stat().st_size / 1e6
    return (
        f"JSON Lines of {size:.0f} MB: {count:,} stories in {seconds:.0f} s, {size / seconds:.1f} MB/s;"
        f" peak memory {after:.0f} MB, {before:.0f} MB of it before the first line"
    )


def _peak(path: Path) -> tuple[float, float, int, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    count = read_alone(path)
    seconds = time.process_time() - start
    return before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count, seconds


def _lines(records: list[Record]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _array(records: list[Record]) -> bytes:
    return json.dumps(records, ensure_ascii=False, indent=1).encode()


def _csv(records: list[Record], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def _parquet(records: list[Record]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), content, compression="zstd", row_group_size=2_000)
    return content.getvalue()


def _zip(records: list[Record]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, record in enumerate(records):
            archive.writestr(f"{number}.txt", f" date {record['date']} {record['text']}")
    return content.getvalue()


def _zip_of_lines(records: list[Record]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lines.jsonl", _lines(records))
    return content.getvalue()


FORMS: dict[str, Callable[[list[Record]], bytes]] = {
    "lines.jsonl": _lines,
    "lines.jsonl.gz": lambda records: gzip.compress(_lines(records)),
    "lines.jsonl.zst": lambda records: pa.compress(_lines(records), "zstd", asbytes=True),
    "lines.zip": _zip_of_lines,
    "array.json": _array,
    "table.csv": _csv,
    "table.tsv": lambda records: _csv(records, "\t"),
    "table.parquet": _parquet,
    "texts.zip": _zip,
}

if __name__ == "__main__":
    main()
