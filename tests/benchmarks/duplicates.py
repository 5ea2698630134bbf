"""Seconds and peak memory of linking many synthetic signatures.

    python tests/benchmarks/duplicates.py --articles 1000000

A third of the articles tell a story again: their MinHash differs from its original's in a tenth of its values. A tenth
of all articles are made of one form of words, so that their bands agree and the longest buckets are put to the test.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pyarrow as pa

from flows.articles.signature import LAYOUT, NAMES, PERMUTATIONS, Signatures
from flows.tables.duplicates import link

FIRST_DAY, DAYS = 15_000, 3_650
RETOLD, BOILERPLATE = 1 / 3, 1 / 10


def main() -> None:
    """Prints the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    articles = parser.parse_args().articles
    table, told_again = corpus(articles)
    before = _peak()
    started = time.perf_counter()
    links = link(table["article_id"], table["published"], table["signature"])
    seconds = time.perf_counter() - started
    print(f"{articles:,} articles: {seconds:.1f} s, {articles / seconds:,.0f} a second")
    print(f"{len(links):,} links; {told_again:,} told again")
    print(f"peak memory {_peak():,.0f} MB, {before:,.0f} MB of it before linking")


def corpus(articles: int, seed: int = 1) -> tuple[pa.Table, int]:
    """Columns article_id, published and signature of made-up articles, and how many tell a story again."""
    rng = np.random.default_rng(seed)
    signatures = np.zeros(articles, dtype=LAYOUT)
    signatures["digest"] = rng.integers(0, 2**63, articles)
    signatures["words"], signatures["triples"] = 300, 280
    signatures["minhash"] = rng.integers(0, 2**16, (articles, PERMUTATIONS), dtype=np.uint16)
    signatures["names"] = np.sort(rng.integers(0, 2**16 - 1, (articles, NAMES), dtype=np.uint16))
    days = rng.integers(FIRST_DAY, FIRST_DAY + DAYS, articles, dtype=np.int32)
    _share_boilerplate(signatures, rng)
    again = int(articles * RETOLD)
    _retell(signatures, days, again, rng)
    ids = pa.array([f"{number:016x}" for number in rng.permutation(articles)])
    stored = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(LAYOUT.itemsize), articles, [None, pa.py_buffer(signatures)]
    )
    columns = {"article_id": ids, "published": pa.array(days).cast(pa.date32()), "signature": stored}
    return pa.table(columns), again


def _share_boilerplate(signatures: Signatures, rng: np.random.Generator) -> None:
    """Half of the wording is the same in these articles, their names are not."""
    places = rng.random(len(signatures)) < BOILERPLATE
    form = rng.integers(0, 2**16, PERMUTATIONS // 2, dtype=np.uint16)
    signatures["minhash"][places, : PERMUTATIONS // 2] = form


def _retell(
    signatures: Signatures, days: np.ndarray[tuple[int], np.dtype[np.int32]], again: int, rng: np.random.Generator
) -> None:
    originals = rng.integers(again, len(signatures), again)
    for start in range(0, again, 10_000):
        places = slice(start, min(start + 10_000, again))
        copied = signatures["minhash"][originals[places]]
        changed = rng.random(copied.shape) < 0.1
        copied[changed] = rng.integers(0, 2**16, int(changed.sum()), dtype=np.uint16)
        signatures["minhash"][places] = copied
        signatures["names"][places] = signatures["names"][originals[places]]
    days[:again] = days[originals] + rng.integers(0, 3, again, dtype=np.int32)


def _peak() -> float:
    """Highest memory of the process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
