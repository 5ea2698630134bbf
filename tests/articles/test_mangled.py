"""No bytes crash a reader, and a container cut or changed anywhere gives articles and refusals, the same each time."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import read_file
from flows.refusal import Refusal
from flows.rows import rows_of
from flows.schema import ARTICLES
from flows.tables.arrow import to_arrow

FORMS = Path(__file__).parent / "containers"
NAMES = sorted(path.name for path in FORMS.iterdir())
SUFFIXES = ["", ".txt", ".json", ".jsonl", ".csv", ".tsv", ".parquet", ".zip", ".jsonl.gz", ".json.zst", ".md"]
STARTS = [
    b"", b"[", b"[{", b'{"text": "', b'[{"text": ["a"], "date": 1', b"text,date\n", b"text\tdate\n\"", b"sep=|\n",
    b"\xff\xfe", b"\xef\xbb\xbf", b"PAR1", b"PK\x03\x04", b"PK\x05\x06" + bytes(18),
    b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd",
    b'{"articles": [', b'{"text": "a", "date": 1e999, "source": {"name": {',
]  # fmt: skip


def items_of(name: str, content: bytes) -> list[Article | Refusal]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(read_file(path, Path(folder), USUAL))


def check(name: str, content: bytes) -> None:
    items = items_of(name, content)
    assert items
    assert items == items_of(name, content)
    for item in items:
        if isinstance(item, Refusal):
            assert item.rule
            assert item.reason.endswith(".")
            assert item.source_path.startswith(name)


@settings(max_examples=300, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=120)
    | st.text("[]{}\",:\\ \n\ttext1date'\ud800é", max_size=120).map(
        lambda words: words.encode("utf-8", "surrogatepass")
    ),
    suffix=st.sampled_from(SUFFIXES),
    pack=st.sampled_from([bytes, gzip.compress, lambda content: pa.compress(content, "zstd", asbytes=True)]),
)
def test_no_bytes_crash_a_reader(start, rest, suffix, pack):
    check("a" + suffix, pack(start + rest))


@settings(max_examples=250, deadline=None)
@given(name=st.sampled_from(NAMES), place=st.floats(0, 1))
def test_containers_cut_anywhere(name, place):
    content = (FORMS / name).read_bytes()
    check(name, content[: int(len(content) * place)])


@settings(max_examples=400, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4), st.integers(0, 8)), min_size=1, max_size=4
    ),
)
def test_containers_changed_anywhere(name, changes):
    content = (FORMS / name).read_bytes()
    for place, instead, length in changes:
        at = int(len(content) * place)
        content = content[:at] + instead + content[at + length :]
    check(name, content)


@settings(max_examples=60, deadline=None)
@given(
    record=st.dictionaries(
        st.sampled_from(["text", "title", "date", "url", "source", "language", "country"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.just("\ud83d half"),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "$date", "x"]), inner),
            max_leaves=5,
        ),
    )
)
@example(
    record={"text": "The envoy said no.", "title": "\ud83d", "date": "2024-01-02", "source": {"name": float("nan")}}
)
def test_articles_of_any_record_can_be_written(record):
    for item in items_of("a.jsonl", json.dumps(record).encode()):
        if isinstance(item, Article):
            assert to_arrow(ARTICLES, [rows_of(item)[0]]).num_rows == 1


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".jsonl", ".json", "txt"))])
def test_what_stands_before_a_cut_is_kept_whole(name):
    content = (FORMS / name).read_bytes()
    whole = items_of(name, content)
    for cut in range(len(content) // 2, len(content), 97):
        articles = [item for item in items_of(name, content[:cut]) if isinstance(item, Article)]
        kept = [(item.title, item.text) for item in articles]
        assert all(words in [(item.title, item.text) for item in whole] for words in kept[:-1])
