"""Every raw format that can be read, and the door through which all of them come.

A format is a module with a function `stories(raw)` and one line in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows.articles import json_lines, markdown, plain_text
from flows.articles.article import Article
from flows.articles.decoding import UndecodableError
from flows.articles.json_lines import RecordError
from flows.articles.markdown import FrontMatterError
from flows.articles.sidecar import NAME, NOTHING, Metadata, SidecarError, read_sidecar
from flows.articles.story import Origin, Story, article_of
from flows.refusal import Refusal

Stories = Callable[[bytes], Iterator[tuple[int | None, Story | RecordError]]]


@dataclass(frozen=True, slots=True)
class Format:
    """One raw format.

    Attributes:
        name: Its name.
        reads: What it reads, in plain words.
        suffixes: File names that can be of this format.
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
        named = name.lower().endswith(self.suffixes)
        return named and (not self.opening or head.lstrip().startswith(self.opening))


FORMATS: tuple[Format, ...] = (
    Format("json-lines", "one JSON object a line, plain or gzipped", (".jsonl", ".ndjson", ".jsonl.gz", ".json"), (b"{", b"\x1f\x8b"), json_lines.stories),
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
    """The articles of one raw file; bad input gives refusals and never an exception."""
    source_path = path.relative_to(raw).as_posix()
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= max_bytes else b""
    except OSError as error:
        yield Refusal(
            "read", source_path, None, "unreadable", f"The file cannot be opened ({error.strerror}); mend its rights."
        )
        return
    origin = Origin(source_path, None, hashlib.sha256(content).hexdigest())
    if size > max_bytes:
        yield Refusal(
            "read",
            source_path,
            None,
            "too-large",
            f"The file has {size:,} bytes, more than the {max_bytes:,} allowed; split it or raise STATEMENTS_MAX_FILE_BYTES.",
        )
    elif not content.strip():
        yield origin.refusal("empty-file", "The file is empty; fill it or take it out of the raw folder.")
    else:
        yield from _read(path, content, origin)


def _read(path: Path, content: bytes, origin: Origin) -> Iterator[Article | Refusal]:
    form = next((form for form in FORMATS if form.fits(path.name, content[:4096])), None)
    if form is None or (form.name == "text" and path.suffix.lower() not in (".txt", ".text", "")):
        known = ", ".join(sorted({suffix for form in FORMATS for suffix in form.suffixes if suffix}))
        yield origin.refusal(
            "unknown-format",
            f"No reader knows this kind of file; convert it to one of {known} (see `statements formats`).",
        )
        return
    try:
        sidecar = _sidecar(path.parent).get(path.name, NOTHING)
    except SidecarError as error:
        yield origin.refusal("bad-metadata", f"{error}.")
        return
    try:
        for member, story in form.stories(content):
            yield _article(story, Origin(origin.source_path, member, origin.raw_sha256), sidecar)
    except UndecodableError as error:
        yield origin.refusal(error.rule, str(error))
    except FrontMatterError as error:
        yield origin.refusal("bad-front-matter", str(error))
    except RecordError as error:
        yield origin.refusal("bad-container", str(error))


def _article(story: Story | RecordError, origin: Origin, sidecar: Metadata) -> Article | Refusal:
    if isinstance(story, RecordError):
        return origin.refusal("bad-record", str(story))
    return article_of(story, origin, sidecar)


@lru_cache(maxsize=64)
def _sidecar(folder: Path) -> dict[str, Metadata]:
    return read_sidecar(folder)
