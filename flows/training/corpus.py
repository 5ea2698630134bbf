"""Annotated documents, from JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.articles.article import Span


class CorpusError(ValueError):
    """A corpus file that does not hold what training needs."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One attribution as a person marked it.

    Attributes:
        source: Spans of the source; none where the text names none.
        cue: Spans of the attributing words.
        content: Spans of the attributed words.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with all its attributions.

    Attributes:
        name: Identifier in its corpus.
        text: The whole text; paragraphs are parted by line breaks.
        annotations: Its attributions, or None where nobody has marked them.
    """

    name: str
    text: str
    annotations: tuple[Annotation, ...] | None


def load_jsonl(path: Path) -> list[Document]:
    """The documents of a file of JSON lines, plain or gzipped.

    A line has the form `{"id", "text", "attributions": [{"source": [[start, end], ...], "cue", "content"}]}` with
    offsets in characters. A line without `attributions` gives a document without annotations.

    Raises:
        CorpusError: A line is no such object, or a span lies outside its text; the message names the line.
    """
    return [_document(line, path, number) for number, line in enumerate(_lines(path), start=1)]


def holds_attributions(path: Path) -> bool:
    """Whether the first line of a file of JSON lines has `attributions`; False where it is no JSON object."""
    try:
        first = json.loads(next(_lines(path), "null"))
    except (ValueError, OSError):
        return False
    return isinstance(first, dict) and "attributions" in first


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            yield from packed
    else:
        with path.open(encoding="utf-8") as plain:
            yield from plain


def _document(line: str, path: Path, number: int) -> Document:
    try:
        fields = json.loads(line)
        text = fields["text"]
        name = str(fields.get("id") or fields.get("url"))
        marked = fields.get("attributions")
        annotations = None if marked is None else tuple(_annotation(entry, text) for entry in marked)
    except (KeyError, TypeError, ValueError) as error:
        message = f"{path}, line {number}: {error}; expected id, text and attributions with source, cue, content"
        raise CorpusError(message) from error
    return Document(name, text, annotations)


def _annotation(entry: dict[str, Any], text: str) -> Annotation:
    return Annotation(*(_spans(entry[part], text) for part in ("source", "cue", "content")))


def _spans(pairs: Sequence[Sequence[int]], text: str) -> tuple[Span, ...]:
    spans = tuple(Span(int(start), int(end)) for start, end in pairs)
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"span {tuple(span)} lies outside the text of {len(text)} characters")
    return spans
