"""Every raw format that can be read, and the door through which all of them come.

A format is a module with a function that gives the stories of a file, and one line in `FORMATS`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO

from flows.articles import (
    json_document,
    json_lines,
    markdown,
    parquet_table,
    plain_text,
    table_text,
    web_archive,
    web_page,
    web_snapshot,
    wire_text,
    xml_document,
)
from flows.articles.article import Article
from flows.articles.budget import Budget
from flows.articles.errors import LimitError, ReadError
from flows.articles.field_names import Fields
from flows.articles.loading import HEAD, Bounded, Stream, buffered, opened
from flows.articles.packing import PACKINGS, check_depth, without_packing
from flows.articles.reading import Reading
from flows.articles.sidecar import NAME, NOTHING, Metadata, read_sidecar
from flows.articles.story import Origin, Story, article_of
from flows.articles.zip_archive import ZipArchive, is_archive, may_be_article
from flows.refusal import Refusal

Stories = Iterator[tuple[int | None, Story | ReadError]]
"""Number of a record in its file, or None where the file is one article; and its story, or what is wrong with it."""

Reader = Callable[[Stream, Reading], Stories]
"""Gives the stories of a stream of unpacked bytes.

The stream stands at its first byte and raises `ReadError` where compression is damaged or a limit is passed.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One raw format.

    Attributes:
        name: Its name.
        reads: What it reads, in plain words.
        suffixes: Ends of the file names that can be of this format, `.gz` left out; empty for a name without one.
        opening: How the content of a file of such a name begins, without white space, in lower case; empty for any.
        stories: Gives the stories of a file.
        plainly: Tells by the head of a file that it is of this format whatever its name.
    """

    name: str
    reads: str
    suffixes: tuple[str, ...]
    opening: tuple[bytes, ...]
    stories: Reader
    plainly: Callable[[bytes, Fields], bool] | None = None

    def fits(self, name: str, head: bytes, fields: Fields) -> bool:
        """Whether a file of this name that begins with `head` is of this format."""
        if _suffix(name) in self.suffixes and (not self.opening or _bare(head).startswith(self.opening)):
            return True
        return self.plainly is not None and self.plainly(head, fields)


def document(stories: Callable[[BinaryIO], Stories]) -> Reader:
    """A reader of files that hold one article, read as a whole: their size is that of one record."""

    def read(raw: Stream, reading: Reading) -> Stories:
        return stories(buffered(Bounded(raw, reading.max_record_bytes, "max_record_bytes")))

    return read


def archive(stories: Callable[[BinaryIO], Stories]) -> Reader:
    """A reader of containers that keeps to limits of its own."""

    def read(raw: Stream, reading: Reading) -> Stories:
        del reading
        return stories(raw)

    return read


def _by_head(opens: Callable[[bytes], bool]) -> Callable[[bytes, Fields], bool]:
    def plainly(head: bytes, fields: Fields) -> bool:
        del fields
        return opens(head)

    return plainly


def _json_lines(raw: Stream, reading: Reading) -> Stories:
    read = json_document.stories if json_document.is_array(raw.peek(HEAD)) else json_lines.stories
    return read(raw, reading)


def _markdown(raw: Stream, reading: Reading) -> Stories:
    return document(lambda bounded: markdown.stories(bounded, reading.fields))(raw, reading)


# The first that fits is taken.
FORMATS: tuple[Format, ...] = (
    Format("parquet", "a Parquet table, one article a row", (".parquet", ".pq"), (), parquet_table.stories, parquet_table.plainly),
    Format("json-lines", "one JSON object a line", (".jsonl", ".ndjson", ".jl"), (), _json_lines),
    Format("json", "a JSON array of objects, objects one behind the other, or one object; IPTC ninjs too", (".json",), (b"[", b"{"), json_document.stories, json_document.plainly),
    Format("web-snapshot", "a web page saved with its parts (MHTML)", (".mhtml", ".mht"), (), document(web_snapshot.stories), _by_head(web_snapshot.opens)),
    Format("web-archive", "the web pages of a WARC file", (".warc",), (), archive(web_archive.stories), _by_head(web_archive.opens)),
    Format("wire-text", "IPTC 7901 or ANPA messages with their control characters", (".iptc", ".anpa"), (), document(wire_text.stories), _by_head(wire_text.opens)),
    Format("xml", "NewsML-G2, NewsML 1, NITF, RSS or Atom", (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml"), (), document(xml_document.stories), _by_head(xml_document.opens)),
    Format("web-page", "a saved web page", (".html", ".htm", ".xhtml", ".shtml"), (), document(web_page.stories), _by_head(web_page.opens)),
    Format("table", "CSV, TSV and the like, with a line of column names", (".csv", ".tsv", ".tab"), (), table_text.stories, table_text.plainly),
    Format("markdown", "Markdown, with YAML front matter or without", (".md", ".markdown"), (), _markdown),
    Format("markdown-in-text", "YAML front matter in a .txt file", (".txt", ".text", ""), (b"---\n", b"---\r\n"), _markdown),
    Format("text", "plain text, `date YYYY-MM-DD` in front or not", (".txt", ".text", ""), (), document(plain_text.stories)),
)  # fmt: skip


def readable() -> list[tuple[str, str, str]]:
    """What can be read: name, usual ends of file names and description of each format, then of each packing."""
    forms = [(form.name, " ".join(filter(None, form.suffixes)), form.reads) for form in FORMATS]
    packings = [(each.name, " ".join(each.suffixes), "any of these, packed") for each in PACKINGS]
    return [
        *forms,
        *packings,
        ("zip", ".zip", "any of these as members, each read like a file of its own; zips in zips"),
    ]


def list_raw(raw: Path) -> list[Path]:
    """All raw files under `raw`, sorted; hidden files, read-me files and metadata.csv left out."""
    return sorted(
        path for path in raw.rglob("*") if path.is_file() and may_be_article(PurePosixPath(path.relative_to(raw)))
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
            work = _Work(Budget(file.size, reading), reading)
            for item in work.items(file.stream, Origin(source_path, None, sha256), _given(path), reading.max_nesting):
                file.check_unchanged()
                yield item
    except ReadError as error:
        yield Refusal("read", source_path, error.place, error.rule, str(error), raw_sha256=sha256)


@dataclass(frozen=True, slots=True)
class _Work:
    """The reading of one raw file, and of all that is packed in it."""

    budget: Budget
    reading: Reading

    def items(self, packed: Stream, origin: Origin, given: Metadata, layers: int) -> Iterator[Article | Refusal]:
        """The articles of a file, or of all members of an archive.

        Args:
            packed: The file's bytes.
            origin: Where they came from.
            given: What metadata.csv says about the file.
            layers: How many packings may lie inside each other.

        Raises:
            ReadError: The file cannot be read, or not to its end.
        """
        name = PurePosixPath(origin.source_path).name
        stream, name, taken_off = without_packing(packed, name, self.budget, layers)
        if is_archive(stream.peek(HEAD)):
            check_depth(taken_off + 1, layers)
            yield from self._members(stream, origin, given, layers - taken_off - 1)
        else:
            yield from self._articles(stream, name, origin, given)

    def _members(self, stream: Stream, origin: Origin, given: Metadata, layers: int) -> Iterator[Article | Refusal]:
        archive = ZipArchive(stream, origin.source_path, self.budget, self.reading)
        for name, content in archive:
            if isinstance(content, ReadError):
                yield self._refusal(origin, name, content)
                continue
            member = Origin(f"{origin.source_path}/{name}", None, origin.raw_sha256)
            try:
                yield from self.items(content, member, archive.metadata_of(name) or given, layers)
            except LimitError as error:
                error.place = error.place or name
                raise
            except ReadError as error:
                yield self._refusal(member, error.place, error)

    def _articles(self, stream: Stream, name: str, origin: Origin, given: Metadata) -> Iterator[Article | Refusal]:
        head = stream.peek(HEAD)
        if len(head) < HEAD and not head.strip():
            raise ReadError("empty-file", "The file is empty; fill it or take it out of the raw folder.")
        form = next((form for form in FORMATS if form.fits(name, head, self.reading.fields)), None)
        if form is None:
            raise ReadError("unknown-format", _UNKNOWN.format(known=", ".join(_suffixes())))
        records = good = 0
        for member, story in form.stories(stream, self.reading):
            self.budget.record()
            yield _article(story, Origin(origin.source_path, member, origin.raw_sha256), given)
            records += 1
            good += isinstance(story, Story)
            if not good and records >= self.reading.max_bad_records:
                raise ReadError("bad-container", _ALL_BAD.format(records=records))
        if not records:
            raise ReadError("empty-file", "The file holds no records; fill it or take it out of the raw folder.")

    def _refusal(self, origin: Origin, place: str | None, error: ReadError) -> Refusal:
        self.budget.record()
        return Refusal("read", origin.source_path, place, error.rule, str(error), raw_sha256=origin.raw_sha256)


def _bare(head: bytes) -> bytes:
    """The first bytes of a file, without byte order mark and white space, in lower case."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()


def _suffix(name: str) -> str:
    """The suffix of a name in lower case; what follows the point of a day or number is none."""
    suffix = PurePath(name.lower()).suffix
    return suffix if re.fullmatch(r"\.[a-z]\w*", suffix) else ""


_ALL_BAD = (
    "Its first {records:,} records are all bad, so that nothing more of it is read; mend it after their reasons, or"
    " raise STATEMENTS_MAX_BAD_RECORDS."
)
_UNKNOWN = "No reader knows this kind of file; convert it to one of {known} (see `statements formats`)."


def _suffixes() -> list[str]:
    return sorted({suffix for form in FORMATS for suffix in form.suffixes if suffix})


def _article(story: Story | ReadError, origin: Origin, sidecar: Metadata) -> Article | Refusal:
    if isinstance(story, ReadError):
        return origin.refusal(story.rule, str(story))
    return article_of(story, origin, sidecar)


def _given(path: Path) -> Metadata:
    """What the metadata.csv beside a raw file says about it.

    Raises:
        ReadError: It cannot be read.
    """
    given = _sidecar(path.parent).get(path.name, NOTHING)
    if isinstance(given, ReadError):
        raise given
    return given


def _sidecar(folder: Path) -> dict[str, Metadata | ReadError]:
    path = folder / NAME
    return _read_sidecar(folder, path.stat().st_mtime_ns if path.is_file() else None)


@lru_cache(maxsize=64)
def _read_sidecar(folder: Path, changed: int | None) -> dict[str, Metadata | ReadError]:
    """The folder's metadata, read once for as long as the file stays unchanged."""
    del changed
    return read_sidecar(folder)
