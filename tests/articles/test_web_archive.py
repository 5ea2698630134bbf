from __future__ import annotations

import gzip
import io
import re
import zlib
from datetime import date

import pytest
from fastwarc.stream_io import BrotliWriter

from flows.articles.errors import ReadError
from flows.articles.reading import Reading
from flows.articles.registry import read_file
from flows.articles.story import Story
from flows.articles.web_archive import stories

PAGE = (
    b"<html lang='en'><head><title>Late boats</title></head><body><article><h1>Late boats</h1><p>The harbour master of"
    b" Peleliu told the delegation that the evening boat would be late again.</p></article></body></html>"
)


def record(
    page: bytes = PAGE,
    kind: str = "response",
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    http: str = "",
    warc: str = "",
) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{http}\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/boats\r\n"
        "WARC-Date: 2024-03-07T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-0000-0000-0000-000000000000>\r\n"
        f"{warc}Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def in_brotli(content: bytes) -> bytes:
    packed = io.BytesIO()
    with BrotliWriter(packed) as writer:
        writer.write(content)
    return packed.getvalue()


def read(raw: bytes) -> list[tuple[int | None, Story | ReadError]]:
    return list(stories(io.BytesIO(raw)))


def with_length(length: str) -> bytes:
    """A record whose Content-Length is another."""
    return re.sub(rb"Content-Length: \d+", b"Content-Length: " + length.encode(), record(), count=1)


def test_address_and_day_of_the_fetch_are_kept():
    ((member, story),) = read(record())
    assert isinstance(story, Story)
    assert (member, story.given.url, story.retrieved) == (0, "https://a.example/boats", date(2024, 3, 7))
    assert (story.published, story.language, story.given.title) == (None, "en", "Late boats")
    assert story.text.startswith("The harbour master")


@pytest.mark.parametrize(
    "other",
    [
        record(kind="request"),
        record(kind="warcinfo"),
        record(kind="revisit"),
        record(status="404 Not Found"),
        record(status="301 Moved"),
        record(media="image/png"),
        record(media="application/json"),
    ],
)
def test_only_successful_html_responses_are_articles(other):
    assert [member for member, _ in read(record() + other + record())] == [0, 2]


@pytest.mark.parametrize(
    ("page", "http"),
    [
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
        (in_brotli(PAGE), "Content-Encoding: br\r\n"),
        (PAGE, "Content-Encoding: gzip\r\n"),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_encoded_bodies(page, http):
    assert read(record(page, http=http))[0][1] == read(record())[0][1]


@pytest.mark.parametrize(
    "bad",
    [
        b"WORC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        b"bytes of nothing\r\nand more of them\r\n",
        with_length("many"),
        with_length("40"),
        record(gzip.compress(PAGE)[:60], http="Content-Encoding: gzip\r\n"),
        record(warc="WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
    ],
)
def test_bad_record_is_refused_alone_with_its_place(bad):
    good = record()
    (first, _), (second, error), (third, _) = read(good + bad + good)
    assert (first, second, third) == (0, 1, 2)
    assert isinstance(error, ReadError)
    assert error.rule == "bad-record"
    assert f"byte {len(good):,}" in str(error)


@pytest.mark.parametrize("length", ["1000000", "999999999999"])
def test_record_that_claims_more_than_the_file_has_is_refused(length):
    (_, story), (_, error) = read(record() + with_length(length))
    assert isinstance(story, Story)
    assert isinstance(error, ReadError)
    assert "is cut off" in str(error)


def test_page_without_article_is_refused_under_its_own_rule():
    ((_, error),) = read(record(b"<html><script>x()</script></html>"))
    assert isinstance(error, ReadError)
    assert error.rule == "no-text"


def test_body_that_unpacks_to_too_much_is_refused():
    ((_, error),) = read(record(gzip.compress(b"<p>" + b"a" * 21_000_000), http="Content-Encoding: gzip\r\n"))
    assert isinstance(error, ReadError)
    assert error.rule == "too-large"


def test_page_that_the_crawler_cut_off_is_read_and_marked():
    ((_, story),) = read(record(warc="WARC-Truncated: length\r\n"))
    assert isinstance(story, Story)
    assert story.removed == {"page-cut-off": 1}


def test_archive_without_pages_is_refused():
    with pytest.raises(ReadError) as refused:
        read(record(kind="request"))
    assert refused.value.rule == "no-text"


def test_records_are_read_one_after_the_other():
    raw = io.BytesIO(record() * 500)
    next(stories(raw))
    assert raw.tell() < 2 * len(record())


def test_archive_of_gzip_members_gives_articles_dated_by_the_fetch(tmp_path):
    dated = record(PAGE.replace(b"<title>", b'<meta name="date" content="2024-02-01"><title>'))
    (tmp_path / "news.warc.gz").write_bytes(gzip.compress(record()) + gzip.compress(dated))
    first, second = read_file(tmp_path / "news.warc.gz", tmp_path, Reading())
    assert (first.published, first.published_basis) == (date(2024, 3, 7), "retrieved")
    assert (second.published, second.published_basis) == (date(2024, 2, 1), "document")


def test_dateline_dates_a_page_before_the_day_of_the_fetch(tmp_path):
    sent = record(PAGE.replace(b"<p>The", b"<p>KOROR, March 5 (Courier) - The"))
    (tmp_path / "news.warc").write_bytes(sent)
    (article,) = read_file(tmp_path / "news.warc", tmp_path, Reading())
    assert (article.published, article.published_basis) == (date(2024, 3, 5), "dateline")
