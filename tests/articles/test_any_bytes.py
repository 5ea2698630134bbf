"""No bytes, and no mangled document of any format, make a reader raise anything but a `ReadError`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.articles import feed, web_archive, web_page, web_snapshot, wire_text, xml_document
from flows.articles.errors import ReadError
from flows.articles.field_names import Fields
from flows.articles.reading import Reading
from flows.articles.records import story_of
from flows.articles.registry import FORMATS
from flows.articles.story import Story

HERE = Path(__file__).parent / "formats"
READERS = {
    "feed": feed.stories,
    "web-archive": web_archive.stories,
    "web-page": web_page.stories,
    "web-snapshot": web_snapshot.stories,
    "wire-text": wire_text.stories,
    "xml": xml_document.stories,
}
# Pieces that have led parsers of markup astray.
PIECES = [
    b"<", b">", b"&", b"\0", b"\xff", b'"', b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;",
    b"&#0;", b"&#xD800;", b"&#99999999;", b"<p>", b"</div>", b"<table>", b"<svg><math>", b"<br>", b"<body>", b"{", b"[",
    b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 7\r\n", b"\x01", b"\x02", b"\x03", b"--B", b"=?utf-8?Q?=FF?=",
    b'<script type="application/ld+json">', b"xml:lang=''", b"<item>", b"<entry>", b"<content type='xhtml'>", b"<feed>",
    b"2024-13-45", b"<template>", b"<html>",
]  # fmt: skip


def read(reader: str, raw: bytes) -> None:
    """Reads all stories; only a refusal of the whole file may stop it."""
    try:
        found = list(READERS[reader](io.BytesIO(raw)))
    except ReadError as error:
        refusals = [error]
    else:
        refusals = [story for _, story in found if isinstance(story, ReadError)]
        texts = [story.text for _, story in found if isinstance(story, Story)]
        assert len(refusals) + len(texts) == len(found)
        "".join(texts).encode("utf-8")
    assert all(str(refusal).endswith(".") for refusal in refusals)


def documents() -> list[tuple[str, bytes]]:
    """A document of each format and the reader that is chosen for it."""
    found = [(path.name, path.read_bytes()) for path in sorted(HERE.iterdir()) if path.suffix != ".json"]
    return [(_reader(name, raw), raw) for name, raw in found]


def _reader(name: str, raw: bytes) -> str:
    return next(form.name for form in FORMATS if form.fits(name, raw, Fields()))


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A document of one of the formats after some cuts, repetitions and insertions."""
    reader, raw = draw(st.sampled_from(documents()))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 80)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(raw[start:end] * 2))
        raw = raw[:start] + piece + raw[draw(st.sampled_from([start, end])) :]
    return reader, raw[: draw(st.integers(0, len(raw)))] if draw(st.booleans()) else raw


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_mangled_document(document: tuple[str, bytes]) -> None:
    read(*document)


@settings(max_examples=250, deadline=None)
@given(
    reader=st.sampled_from(sorted(READERS)),
    raw=st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=12).map(b"".join),
)
def test_any_bytes(reader: str, raw: bytes) -> None:
    read(reader, raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NINJS = "body_text body_xhtml bodies headline headlines infosources language pubstatus versioncreated".split()


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NINJS), JSON), st.text(max_size=20))
def test_any_fields_of_ninjs(fields: dict[str, object], body: str) -> None:
    story = story_of({"uri": "x", "body_xhtml": body, **fields}, Reading().fields)
    assert isinstance(story, (Story, ReadError))


@pytest.mark.parametrize(("reader", "raw"), documents())
def test_every_document_is_read_by_its_own_reader(reader: str, raw: bytes) -> None:
    assert any(isinstance(story, Story) for _, story in READERS[reader](io.BytesIO(raw)))
