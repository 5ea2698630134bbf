from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.articles import json_document, json_lines, table_text
from flows.articles.article import Article
from flows.articles.errors import ReadError
from flows.articles.loading import Stream
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import read_file
from flows.refusal import Refusal
from flows.settings import Settings

TEXT = "The envoy said the ferry would run again before the winter."
LINE = json.dumps({"text": TEXT, "date": "2024-01-02"}).encode() + b"\n"
STORY = f" date 2024-01-02 {TEXT}".encode()


def read(folder: Path, name: str, content: bytes, reading: Reading = USUAL) -> list[Article | Refusal]:
    (folder / name).write_bytes(content)
    return list(read_file(folder / name, folder, reading))


def rules(items: list[Article | Refusal]) -> list[str]:
    return ["article" if isinstance(item, Article) else item.rule for item in items]


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in members.items():
            archive.writestr(name, inner)
    return content.getvalue()


class Endless(io.RawIOBase):
    """A head and then the same bytes again and again, as many times as told; never held as a whole."""

    def __init__(self, head: bytes, piece: bytes, times: int) -> None:
        self._pieces = iter([head])
        self._rest = (piece for _ in range(times))
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        while not self._held:
            piece = next(self._pieces, None) or next(self._rest, None)
            if piece is None:
                return 0
            self._held = piece
        given, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def endless(head: bytes, piece: bytes, times: int) -> Stream:
    return io.BufferedReader(Endless(head, piece, times), 65_536)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: pa.compress(content, "zstd", asbytes=True)])
def test_a_bomb_is_stopped_at_the_ratio(tmp_path, pack):
    bomb = pack(LINE + b'{"text": "' + b"a" * 30_000_000)
    items = read(tmp_path, "a.jsonl.gz", bomb)
    assert rules(items) == ["article", "too-large"]
    assert "STATEMENTS_MAX_RATIO" in items[-1].reason


def test_unpacked_bytes_are_bounded_over_all_members(tmp_path):
    content = zipped({f"{number}.txt": STORY * 10 for number in range(5)})
    items = read(tmp_path, "a.zip", content, Reading(max_unpacked_bytes=len(STORY) * 35))
    assert rules(items) == ["article"] * 3 + ["too-large"]
    assert items[-1].place == "3.txt"
    assert "STATEMENTS_MAX_UNPACKED_BYTES" in items[-1].reason


def test_archives_in_archives_are_bounded(tmp_path):
    content = STORY
    for depth in range(5):
        content = zipped({f"{depth}.zip" if depth else "a.txt": content})
    (refusal,) = read(tmp_path, "a.zip", content)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.source_path) == ("too-deep", "a.zip/4.zip/3.zip/2.zip")
    assert rules(read(tmp_path, "a.zip", content, Reading(max_nesting=5))) == ["article"]
    layers = gzip.compress(gzip.compress(LINE))
    assert rules(read(tmp_path, "b.jsonl.gz", layers, Reading(max_nesting=1))) == ["too-deep"]
    assert rules(read(tmp_path, "b.jsonl.gz", layers, Reading(max_nesting=2))) == ["article"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINE * 9),
        ("a.json", b"[" + b",".join([LINE] * 9) + b"]"),
        ("a.csv", b"date,text\n" + f"2024-01-02,{TEXT}\n".encode() * 9),
        ("a.zip", zipped({f"{part}.jsonl": LINE * 3 for part in "abc"})),
    ],
)
def test_records_are_bounded(tmp_path, name, content):
    items = read(tmp_path, name, content, Reading(max_records=4))
    assert rules(items) == ["article"] * 4 + ["too-large"]
    assert "STATEMENTS_MAX_RECORDS" in items[-1].reason
    assert rules(read(tmp_path, name, content, Reading(max_records=9))) == ["article"] * 9


def test_a_list_of_members_of_absurd_length_is_not_read(tmp_path):
    content = zipped({f"{number}.txt": b"" for number in range(2000)})
    (refusal,) = read(tmp_path, "a.zip", content, Reading(max_records=500))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.place) == ("too-large", None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINE + LINE.replace(b"The envoy", b"The envoy" * 200_000) + LINE),
        ("a.json", b"[" + LINE + b"," + LINE.replace(b"The envoy", b'\\"' * 300_000) + b"," + LINE + b"]"),
        ("a.csv", f"date,text\n2024-01-02,{TEXT}\n2024-01-02,{'x' * 300_000}\n2024-01-02,{TEXT}\n".encode()),
        ("b.csv", f"date,text\n2024-01-02,{TEXT}\n2024-01-02,".encode() + b'"' + b"line\n" * 60_000 + b'"\n'),
    ],
)
def test_a_record_of_too_many_bytes_is_refused_alone(tmp_path, name, content):
    items = read(tmp_path, name, content, Reading(max_record_bytes=200_000))
    assert rules(items)[:2] == ["article", "too-large"]
    assert "STATEMENTS_MAX_RECORD_BYTES" in items[1].reason
    if not name.startswith("b"):
        assert rules(items)[2:] == ["article"]


def test_a_parquet_row_of_too_many_bytes_is_refused_alone(tmp_path):
    content = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT, "x" * 5_000, TEXT], "date": ["2024-01-02"] * 3}), content)
    items = read(tmp_path, "a.parquet", content.getvalue(), Reading(max_record_bytes=2_000))
    assert rules(items) == ["article", "too-large", "article"]
    (refusal,) = read(tmp_path, "a.parquet", content.getvalue(), Reading(max_unpacked_bytes=100))
    assert isinstance(refusal, Refusal)
    assert "STATEMENTS_MAX_UNPACKED_BYTES" in refusal.reason


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_single_article_of_too_many_bytes_is_refused(tmp_path, name):
    reading = Reading(max_record_bytes=100)
    assert rules(read(tmp_path, name, STORY, reading)) == rules(read(tmp_path, name, STORY))
    assert rules(read(tmp_path, name, STORY + b" " * 50, reading)) == ["too-large"]
    content = zipped({name: STORY + b" " * 200, "b.txt": STORY})
    assert rules(read(tmp_path, "a.zip", content, reading)) == ["too-large", "article"]


@pytest.mark.parametrize("cut", [60, 400, 3_000])
def test_a_packed_stream_cut_off_keeps_what_came_before(tmp_path, cut):
    lines = b"".join(
        json.dumps({"text": f"Case {zlib.crc32(b'%d' % number)}: {TEXT}", "date": "2024-01-02"}).encode() + b"\n"
        for number in range(2_000)
    )
    items = read(tmp_path, "a.jsonl.gz", gzip.compress(lines)[:-cut])
    assert rules(items) == ["article"] * (len(items) - 1) + ["bad-container"]
    assert [item.member for item in items if isinstance(item, Article)] == list(range(len(items) - 1))
    place = int("".join(filter(str.isdigit, items[-1].reason.split("(")[0])))
    assert len(items) - 1 == lines[:place].count(b"\n")
    assert len(items) > 1_500
    items = read(tmp_path, "a.jsonl.zst", pa.compress(lines, "zstd", asbytes=True)[:-cut])
    assert rules(items) == ["article"] * (len(items) - 1) + ["bad-container"]


def test_of_a_million_records_no_more_are_read_than_allowed(tmp_path):
    items = read(tmp_path, "a.jsonl.gz", gzip.compress(b"[1]\n" * 1_000_000), Reading(max_records=500))
    assert rules(items) == ["bad-record"] * 500 + ["too-large"]


def test_a_file_that_begins_with_nothing_but_bad_records_is_given_up(tmp_path):
    reading = Reading(max_bad_records=3)
    assert rules(read(tmp_path, "a.jsonl", b"[1]\n" * 9, reading)) == ["bad-record"] * 3 + ["bad-container"]
    mixed = b"[1]\n" * 2 + LINE + b"[1]\n" * 4
    assert rules(read(tmp_path, "a.jsonl", mixed, reading)) == ["bad-record"] * 2 + ["article"] + ["bad-record"] * 4


@pytest.mark.parametrize(("name", "content"), [("a.json", b"[]"), ("a.csv", b"text,date\n" + b"\n" * 9)])
def test_a_container_without_records_is_refused(tmp_path, name, content):
    assert rules(read(tmp_path, name, content)) == ["empty-file"]


@pytest.mark.parametrize(
    ("stories", "head", "piece", "times"),
    [
        (json_lines.stories, b"", b'{"n": 1}\n' * 1_000, 60),
        (json_document.stories, b'{"n": 1}', b'{"n": 1} ' * 1_000, 60),
        (table_text.stories, b"text,date\n", b",2024-01-02\n" * 1_000, 60),
    ],
)
def test_containers_of_any_length_are_read_in_little_memory(stories, head, piece, times):
    tracemalloc.start()
    try:
        count = sum(1 for _ in stories(endless(head, piece, times), USUAL))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == times * 1_000 + (head[:1] == b"{")
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("stories", "head"),
    [
        (json_lines.stories, b'{"text": "'),
        (json_document.stories, b'[{"text": "'),
        (table_text.stories, b'text,date\n"'),
    ],
)
def test_one_endless_record_takes_no_more_memory_than_a_record_may(stories, head):
    reading = Reading(max_record_bytes=1_000_000)
    errors = []
    tracemalloc.start()
    try:
        errors += [story.rule for _, story in stories(endless(head, b"word " * 10_000, 600), reading)]
    except ReadError as error:
        errors.append(error.rule)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert errors in (["too-large"], ["bad-container"])
    assert peak < 12_000_000


def test_settings_hold_every_limit_and_the_names(monkeypatch):
    monkeypatch.setenv("STATEMENTS_MAX_RECORDS", "7")
    monkeypatch.setenv("STATEMENTS_FIELDS", '{"text": "story_body"}')
    reading = Settings().reading()
    assert reading.max_records == 7
    assert reading.fields.text[:2] == ("story_body", "text")
    monkeypatch.delenv("STATEMENTS_FIELDS")
    assert Settings(max_records=USUAL.max_records).reading() == USUAL


def test_settings_refuse_a_field_that_there_is_not():
    with pytest.raises(ValueError, match="fields"):
        Settings(fields={"author": "by"})
