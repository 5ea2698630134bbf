"""A raw file with more text than a batch should have: extracted in pieces, and treated as a whole all the same."""

from __future__ import annotations

import gzip
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from quick import build, line, rows_of, story, table_bytes, work, write_rules

from flows import batches
from flows.articles.reading import USUAL
from flows.batches import process
from flows.engines import WorkerLostError, in_processes
from flows.pile import Overflow
from flows.schema import QUARANTINE
from flows.tables.partitions import read_rows

LIMIT = 1_500
RECORD = "It rains in the north. " * 20


def records(count: int) -> str:
    return "".join(line("2023-01-02", f"Ferry {number} waits.", RECORD) for number in range(count))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(story(2023, "The ferry sails.", "Roth agrees."))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress((records(20) + '{"text": 7}\n').encode()))
    (folder / "c.txt").write_text("No day stands here.")
    return folder


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


def test_pieces_give_the_rows_of_the_whole_in_order(raw, tmp_path):
    paths = sorted(raw.iterdir())
    whole = process(paths, raw, USUAL, extract=rows_of)
    first, *rest = in_processes([partial(work, paths, raw, USUAL, Overflow(tmp_path / "pieces", LIMIT))], 1)
    assert len(rest) > 5
    assert first.articles.num_rows == 0
    assert first.files == whole.files
    for table in ("articles", "statements", "quarantine"):
        parts = [row for batch in rest for row in batch.tables()[table].to_pylist()]
        assert parts == whole.tables()[table].to_pylist()
    assert sum((batch.removed for batch in rest), Counter()) == whole.removed
    assert sum(batch.raw_bytes for batch in rest) == whole.raw_bytes == sum(path.stat().st_size for path in paths)


def test_no_piece_holds_more_than_a_batch_and_an_article(raw, tmp_path):
    overflow = Overflow(tmp_path / "pieces", LIMIT)
    rest = list(in_processes([partial(work, sorted(raw.iterdir()), raw, USUAL, overflow)], 1))[1:]
    sizes = [sum(map(len, batch.articles["text"].to_pylist())) for batch in rest]
    assert max(sizes) < LIMIT + len(RECORD) + 100


@pytest.mark.parametrize("workers", [1, 2])
def test_the_tables_are_the_same(workers, raw, rules, tmp_path):
    build(raw, tmp_path / "whole", rules)
    build(raw, tmp_path / "pieces", rules, workers=workers, batch_bytes=LIMIT)
    assert table_bytes(tmp_path / "pieces") == table_bytes(tmp_path / "whole")
    assert not list(tmp_path.rglob("*.articles"))


@pytest.mark.parametrize(("times", "count"), [(1, 10), (99, 0)])
def test_a_large_file_that_changes_while_it_is_read_is_never_mixed(times, count, raw, tmp_path, monkeypatch):
    path, real, left = raw / "b.jsonl.gz", batches.read_file, times

    def read_file(read, *rest):
        nonlocal left
        for number, item in enumerate(real(read, *rest)):
            yield item
            if number == 9 and left:
                left -= 1
                aside = tmp_path / "aside"
                aside.write_bytes(gzip.compress(records(10).encode()))
                aside.rename(path)

    monkeypatch.setattr(batches, "read_file", read_file)
    pieces = tmp_path / "pieces"
    batch = work([path], raw, USUAL, Overflow(pieces, LIMIT))
    rows = [row for task in batch.rest for row in task().articles.to_pylist()]
    assert len(rows) == count
    assert {row["raw_sha256"] for row in rows} == ({batch.files[0].sha256} if count else set())
    assert len(list(pieces.iterdir())) == len(batch.rest)
    assert batch.quarantine["rule"].to_pylist() == ([] if count else ["changing"])


def test_a_large_file_that_went_bad_costs_what_follows_the_damage(raw, rules, tmp_path):
    whole = (raw / "b.jsonl.gz").read_bytes()
    (raw / "b.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    build(raw, tmp_path / "whole", rules)
    build(raw, tmp_path / "pieces", rules, batch_bytes=LIMIT)
    assert table_bytes(tmp_path / "pieces") == table_bytes(tmp_path / "whole")
    assert "bad-container" in read_rows(QUARANTINE, tmp_path / "pieces")["rule"].to_pylist()


def test_a_worker_process_that_dies_is_named(tmp_path):
    from clustered import die

    with pytest.raises(WorkerLostError, match="lower `workers` or `batch_bytes`"):
        list(in_processes([die, die], 2))
