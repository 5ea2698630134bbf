"""Every raw format that can be read, and the door through which all of them come.

A format is a module with a function `stories(raw)` and one line in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from flows.articles import json_document, json_lines, markdown, plain_text
from flows.articles.article import Article
from flows.articles.errors import ReadError
from flows.articles.loading import load, unpacked
from flows.articles.sidecar import NAME, NOTHING, Metadata, read_sidecar
from flows.articles.story import Origin, Story, article_of
from flows.refusal import Refusal

Stories = Callable[[bytes], Iterator[tuple[int | None, Story | ReadError]]]


@dataclass(frozen=True, slots=True)
class Format:
    """One raw format.

    Attributes:
        name: Its name.
        reads: What it reads, in plain words.
        suffixes: Ends of the file names that can be of this format, `.gz` left out; empty for a name without one.
        opening: How the content begins, without white space; empty for any.
        stories: Gives the stories of a file's bytes.
    """

    name: str
    reads: str
    suffixes: tuple[str, ...]
    opening: tuple[bytes, ...]
    stories: Stories

    def fits(self, name: str, head: bytes) -> bool:
        """Whether a file of this name that begins with `head` is of this format."""
        suffix = PurePath(name.lower().removesuffix(".gz")).suffix
        return suffix in self.suffixes and (not self.opening or head.lstrip().startswith(self.opening))


FORMATS: tuple[Format, ...] = (
    Format("json", "a JSON array of objects, or one object", (".json",), (b"[", b"{"), json_document.stories),
    Format("json-lines", "one JSON object a line", (".jsonl", ".ndjson"), (b"{",), json_lines.stories),
    Format("markdown", "Markdown, with YAML front matter or without", (".md", ".markdown"), (), markdown.stories),
    Format("markdown-in-text", "YAML front matter in a .txt file", (".txt",), (b"---\n", b"---\r\n"), markdown.stories),
    Format("text", "plain text, `date YYYY-MM-DD` in front or not", (".txt", ".text", ""), (), plain_text.stories),
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


def read_file(path: Path, raw: Path, max_bytes: int) -> Iterator[Article | Refusal]:
    """The articles of one raw file; bad input gives refusals and never an exception.

    Args:
        path: The raw file, gzipped or not.
        raw: The raw folder, from which the file's source path is reckoned.
        max_bytes: Most bytes that the file may have, and may have once unpacked.
    """
    source_path = path.relative_to(raw).as_posix()
    try:
        packed = load(path, max_bytes)
    except ReadError as error:
        yield Refusal("read", source_path, None, error.rule, str(error))
        return
    origin = Origin(source_path, None, hashlib.sha256(packed).hexdigest())
    try:
        yield from _read(path, unpacked(packed, max_bytes), origin)
    except ReadError as error:
        yield origin.refusal(error.rule, str(error))


def _read(path: Path, content: bytes, origin: Origin) -> Iterator[Article | Refusal]:
    if not content.strip():
        raise ReadError("empty-file", "The file is empty; fill it or take it out of the raw folder.")
    form = next((form for form in FORMATS if form.fits(path.name, content[:4096])), None)
    if form is None:
        raise ReadError("unknown-format", _UNKNOWN.format(known=", ".join(_suffixes())))
    given = _sidecar(path.parent).get(path.name, NOTHING)
    if isinstance(given, ReadError):
        raise given
    for member, story in form.stories(content):
        yield _article(story, Origin(origin.source_path, member, origin.raw_sha256), given)


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
