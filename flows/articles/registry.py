"""Every raw format that can be read, and the door through which all of them come.

A format is a module with a function that gives the stories of a file, and one line in `FORMATS`.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import BinaryIO

from flows.articles import (
    json_document,
    json_lines,
    markdown,
    plain_text,
    web_archive,
    web_page,
    web_snapshot,
    wire_text,
    xml_document,
)
from flows.articles.article import Article
from flows.articles.budget import Budget
from flows.articles.errors import ReadError
from flows.articles.loading import HEAD, Bounded, buffered, opened
from flows.articles.packing import without_packing
from flows.articles.reading import Reading
from flows.articles.sidecar import NAME, NOTHING, Metadata, read_sidecar
from flows.articles.story import Origin, Story, article_of
from flows.refusal import Refusal

Stories = Iterator[tuple[int | None, Story | ReadError]]
"""Number of a record in its file, or None where the file is one article; and its story, or what is wrong with it."""

Reader = Callable[[BinaryIO, Reading], Stories]
"""Gives the stories of a stream of unpacked bytes.

`BinaryIO` stands at its first byte, has a buffer (`peek` of a fresh one gives the file's head) and raises `ReadError`
where compression is damaged or a limit is passed.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One raw format.

    Attributes:
        name: Its name.
        reads: What it reads, in plain words.
        suffixes: Ends of the file names that can be of this format, `.gz` left out; empty for a name without one.
        opening: How the content begins, without white space, in lower case; empty for any.
        stories: Gives the stories of a file.
    """

    name: str
    reads: str
    suffixes: tuple[str, ...]
    opening: tuple[bytes, ...]
    stories: Reader

    def fits(self, name: str, head: bytes) -> bool:
        """Whether a file of this name that begins with `head` is of this format."""
        return _suffix(name) in self.suffixes and (not self.opening or _bare(head).startswith(self.opening))


def document(stories: Callable[[BinaryIO], Stories]) -> Reader:
    """A reader of files that hold one article, read as a whole: their size is that of one record."""

    def read(raw: BinaryIO, reading: Reading) -> Stories:
        return stories(buffered(Bounded(raw, reading.max_record_bytes, "max_record_bytes")))

    return read


def archive(stories: Callable[[BinaryIO], Stories]) -> Reader:
    """A reader of containers that keep to limits of their own."""

    def read(raw: BinaryIO, reading: Reading) -> Stories:
        del reading
        return stories(raw)

    return read


def _markdown(raw: BinaryIO, reading: Reading) -> Stories:
    return document(lambda bounded: markdown.stories(bounded, reading.fields))(raw, reading)


_TEXT = (".txt", ".text", "")
_XML = (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml")
_XML_OPENINGS = tuple(b"<" + name for name in (b"?xml", b"rss", b"feed", b"rdf:rdf", b"nitf", b"newsm", b"newsitem"))

FORMATS: tuple[Format, ...] = (
    Format("json", "a JSON array of objects, or one object, with any usual field names or as IPTC ninjs", (".json",), (b"[", b"{"), json_document.stories),
    Format("json-lines", "one such object a line", (".jsonl", ".ndjson"), (b"{",), json_lines.stories),
    Format("web-page", "a saved web page", (".html", ".htm", ".xhtml", ".shtml"), (), document(web_page.stories)),
    Format("web-page-in-text", "a web page in a .txt file", _TEXT, (b"<!doctype html", b"<html"), document(web_page.stories)),
    Format("web-snapshot", "a web page saved with its parts", (".mhtml", ".mht"), (), document(web_snapshot.stories)),
    Format("web-archive", "the web pages of a WARC file", (".warc",), (), archive(web_archive.stories)),
    Format("xml", "NewsML-G2, NewsML 1, NITF, RSS, Atom, told by their first element", _XML, (), document(xml_document.stories)),
    Format("xml-in-text", "the same in a .txt file", _TEXT, _XML_OPENINGS, document(xml_document.stories)),
    Format("wire-text", "IPTC 7901 or ANPA messages with their control characters", (*_TEXT, ".iptc", ".anpa"), (b"\x01", b"\x16"), document(wire_text.stories)),
    Format("markdown", "Markdown, with YAML front matter or without", (".md", ".markdown"), (), _markdown),
    Format("markdown-in-text", "YAML front matter in a .txt file", (".txt",), (b"---\n", b"---\r\n"), _markdown),
    Format("text", "plain text, `date YYYY-MM-DD` in front or not", _TEXT, (), document(plain_text.stories)),
)  # fmt: skip


def list_raw(raw: Path) -> list[Path]:
    """All raw files under `raw`, sorted; hidden files, read-me files and metadata.csv left out."""
    return sorted(
        path
        for path in raw.rglob("*")
        if path.is_file()
        and path.name != NAME
        and not path.name.upper().startswith("README")
        and not any(part.startswith(".") for part in path.relative_to(raw).parts)
    )


def read_file(path: Path, raw: Path, reading: Reading) -> Iterator[Article | Refusal]:
    """The articles of one raw file; bad input gives refusals and never an exception.

    Args:
        path: The raw file, packed or not.
        raw: The raw folder, from which the file's source path is reckoned.
        reading: Limits and field names.
    """
    source_path = path.relative_to(raw).as_posix()
    sha256 = None
    try:
        with opened(path, reading.max_file_bytes) as file:
            sha256 = file.sha256
            origin = Origin(source_path, None, sha256)
            for item in _read(file.stream, path, origin, Budget(file.size, reading), reading):
                file.check_unchanged()
                yield item
    except ReadError as error:
        yield Refusal("read", source_path, None, error.rule, str(error), raw_sha256=sha256)


def _read(
    packed: io.BufferedReader, path: Path, origin: Origin, budget: Budget, reading: Reading
) -> Iterator[Article | Refusal]:
    stream, name = without_packing(packed, path.name, budget, reading.max_nesting)
    head = stream.peek(HEAD)
    if not head.strip():
        raise ReadError("empty-file", "The file is empty; fill it or take it out of the raw folder.")
    form = next((form for form in FORMATS if form.fits(name, head)), None)
    if form is None:
        raise ReadError("unknown-format", _UNKNOWN.format(known=", ".join(_suffixes())))
    given = _sidecar(path.parent).get(path.name, NOTHING)
    if isinstance(given, ReadError):
        raise given
    for member, story in form.stories(stream, reading):
        budget.record()
        yield _article(story, Origin(origin.source_path, member, origin.raw_sha256), given)


def _bare(head: bytes) -> bytes:
    """The first bytes of a file, without byte order mark and white space, in lower case."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()


def _suffix(name: str) -> str:
    """The suffix of a name in lower case; what follows the point of a day or number is none."""
    suffix = PurePath(name.lower()).suffix
    return suffix if re.fullmatch(r"\.[a-z]\w*", suffix) else ""


_UNKNOWN = "No reader knows this kind of file; convert it to one of {known} (see `statements formats`)."


def _suffixes() -> list[str]:
    return sorted({suffix for form in FORMATS for suffix in form.suffixes if suffix})


def _article(story: Story | ReadError, origin: Origin, sidecar: Metadata) -> Article | Refusal:
    if isinstance(story, ReadError):
        return origin.refusal(story.rule, str(story))
    return article_of(story, origin, sidecar)


def _sidecar(folder: Path) -> dict[str, Metadata | ReadError]:
    path = folder / NAME
    return _read_sidecar(folder, path.stat().st_mtime_ns if path.is_file() else None)


@lru_cache(maxsize=64)
def _read_sidecar(folder: Path, changed: int | None) -> dict[str, Metadata | ReadError]:
    """The folder's metadata, read once for as long as the file stays unchanged."""
    del changed
    return read_sidecar(folder)
