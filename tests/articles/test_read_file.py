from __future__ import annotations

import gzip
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.article import Article
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import list_raw, read_file
from flows.refusal import Refusal

BODY = b"The envoy said the ferry would run again before the winter."


def read(folder: Path, name: str, content: bytes, reading: Reading = USUAL) -> list[Article | Refusal]:
    (folder / name).write_bytes(content)
    return list(read_file(folder / name, folder, reading))


def one(folder: Path, name: str, content: bytes) -> Article:
    (article,) = read(folder, name, content)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.txt", b"", "empty-file"),
        ("a.txt", b" \n ", "empty-file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x01", "binary"),
        ("a.txt", BODY, "no-date"),
        ("a.docx", b"PK\x03\x04", "unknown-format"),
        ("a.zip", b"PK\x03\x04", "bad-container"),
        ("a.jsonl", b"{bad\n", "bad-record"),
        ("a.jsonl.gz", b"\x1f\x8b\x08abc", "bad-container"),
        ("a.md", b"---\n: [\n---\nText.", "bad-front-matter"),
    ],
)
def test_bad_input_is_refused_with_a_remedy(tmp_path, name, content, rule):
    (refusal,) = read(tmp_path, name, content)
    assert isinstance(refusal, Refusal)
    assert (refusal.stage, refusal.rule, refusal.source_path) == ("read", rule, name)
    assert refusal.reason.endswith(".")


def test_too_large_file_is_refused(tmp_path):
    (refusal,) = read(tmp_path, "a.txt", b" date 2024-01-02 " + BODY, Reading(max_file_bytes=10))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "too-large"


def test_bad_record_is_refused_alone(tmp_path):
    good = b'{"text": "The envoy said no.", "date": "2024-01-02"}\n'
    first, bad, last = read(tmp_path, "a.jsonl.gz", gzip.compress(good + b"[1]\n" + good))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.member, last.member) == (0, 2)
    assert isinstance(bad, Refusal)
    assert (bad.rule, bad.place) == ("bad-record", "record 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    words = " date 2024-01-02 The envoy’s “plan” isn’t dead, the minister’s office said on Friday."
    assert one(tmp_path, "a.txt", words.encode(encoding)).text == words.split("02 ", 1)[1]


def test_text_saved_as_byte_string(tmp_path):
    raw = rb"b'date 2024-01-02 The envoy said\xc2\xa0no to Peru\xe2\x80\x99s plan.'"
    assert one(tmp_path, "a.txt", raw).text == "The envoy said no to Peru’s plan."


def test_apostrophes_lost_to_question_marks(tmp_path):
    raw = b" date 2024-01-02 Peru?s envoy said they don?t know. Who does? Nobody."
    assert one(tmp_path, "a.txt", raw).text == "Peru’s envoy said they don’t know. Who does? Nobody."


def test_own_date_wins_over_metadata_and_the_conflict_is_noted(tmp_path):
    (tmp_path / "metadata.csv").write_text("file,published,outlet\na.txt,2024-01-05,TASS\n")
    article = one(tmp_path, "a.txt", b" date 2024-01-02 " + BODY)
    assert (article.published, article.published_basis, article.outlet) == (date(2024, 1, 2), "prefix", "TASS")
    (conflict,) = article.conflicts
    assert "2024-01-05" in conflict


def test_metadata_supplies_the_day(tmp_path):
    (tmp_path / "metadata.csv").write_text("file,published\na.txt,2024-01-05\n")
    article = one(tmp_path, "a.txt", BODY)
    assert (article.published, article.published_basis, article.conflicts) == (date(2024, 1, 5), "metadata", ())


def test_record_of_a_meeting_keeps_all_its_turns(tmp_path):
    raw = (
        "Spokesperson Lin Qiao’s Press Conference on March 6, 2024\n\nLin Qiao: We wait for the ferry.\n\n"
        "Dragon TV: The UN Secretary-General has called for a pause. Do you agree?\n\nLin Qiao: We do."
    )
    article = one(tmp_path, "a.txt", raw.encode())
    assert article.dateline is None
    assert [span.of(article.text)[:9] for span in article.paragraphs] == ["Lin Qiao:", "Dragon TV", "Lin Qiao:"]


def test_list_leaves_out_metadata_readme_and_hidden_files(tmp_path):
    for name in ("b.txt", "a.txt", "metadata.csv", "README.md", ".hidden.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in list_raw(tmp_path)] == ["a.txt", "b.txt"]


@settings(max_examples=120, deadline=None)
@given(
    start=st.sampled_from(
        [b"", b"---\n", b'{"text": "', b"b'", b"\xff\xfe", b" date 2024-02-30 ", b" date 2024-01-02 "]
    ),
    rest=st.binary(max_size=80) | st.text(max_size=80).map(lambda words: words.encode("utf-8", "replace")),
    name=st.sampled_from(["a.txt", "a.md", "a.jsonl", "a.jsonl.gz"]),
)
def test_no_bytes_crash_reading_and_paragraphs_make_up_the_text(start, rest, name):
    with tempfile.TemporaryDirectory() as folder:
        results = read(Path(folder), name, start + rest)
        assert results == read(Path(folder), name, start + rest)
    for result in results:
        if isinstance(result, Article):
            pieces = [span.of(result.text) for span in result.paragraphs]
            assert "\n\n".join(pieces) == result.text
            assert all(piece.strip() for piece in pieces)
