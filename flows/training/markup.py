"""Our own annotated wires: an inline markup that people can read, and its converter.

A file is a line `# licence: CC0-1.0`, further comment lines, and documents, each behind a line `=== some-slug`:

    === talks-in-vienna
    {s1+2: The minister} {q1: said} {c1: that the talks were "useful"}, {q2: adding} {c2: that they would go on}.

`s`, `q` and `c` stand for source, cue (the quoting word) and content; the number says which belong together. A source
may serve several numbers, a number may have several pieces of content, and source or cue may be missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.articles.article import Span
from flows.training.corpus import Annotation, CorpusError, Document

_LICENCE = "# licence: CC0-1.0"
_HEADING = "=== "
_OPENING = re.compile(r"\{([sqc])(\d+(?:\+\d+)*): ?")
_BRACE = re.compile(r"[{}]")


def load_wires(path: Path) -> list[Document]:
    """The documents of one file of annotated wires; hard-wrapped lines are joined.

    Raises:
        CorpusError: The file breaks the markup; the message names the file, the line and what is wrong.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != _LICENCE:
        raise CorpusError(f"{path}, line 1: the file must begin with the line '{_LICENCE}'")
    documents = [_document(block, path) for block in _blocks(lines, path)]
    names = [document.name for document in documents]
    for name in names:
        if names.count(name) > 1:
            raise CorpusError(f"{path}: two documents are called {name}; give each its own name")
    return documents


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one document; `first` is the number of the line behind its heading."""

    name: str
    first: int
    lines: list[str]


def _blocks(lines: list[str], path: Path) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith(_HEADING):
            if block:
                yield block
            block = _Block(line.removeprefix(_HEADING).strip(), number + 1, [])
        elif block:
            block.lines.append("" if line.startswith("#") else line.strip())
        elif line.strip() and not line.startswith("#"):
            raise CorpusError(f"{path}, line {number}: text before the first document; begin it with '=== name'")
    if block:
        yield block


@dataclass(slots=True)
class _Reading:
    """What has been read of a document: its text without marks, and the marked spans by number."""

    text: str = ""
    spans: dict[int, dict[str, list[Span]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))


def _document(block: _Block, path: Path) -> Document:
    reading = _Reading()
    for number, paragraph in _paragraphs(block):
        try:
            if reading.text:
                reading.text += "\n\n"
            _read(paragraph, reading)
        except ValueError as error:
            raise CorpusError(f"{path}, paragraph at line {number}: {error}") from error
    if not reading.text:
        raise CorpusError(f"{path}, line {block.first}: the document {block.name} is empty")
    try:
        annotations = [_annotation(number, spans) for number, spans in sorted(reading.spans.items())]
    except ValueError as error:
        raise CorpusError(f"{path}, document {block.name} at line {block.first}: {error}") from error
    return Document(f"{path.name}:{block.name}", reading.text, tuple(annotations))


def _paragraphs(block: _Block) -> Iterator[tuple[int, str]]:
    begun, lines = 0, list[str]()
    for number, line in enumerate([*block.lines, ""], start=block.first):
        if line:
            begun = begun or number
            lines.append(line)
        elif lines:
            yield begun, " ".join(lines)
            begun, lines = 0, []


def _read(paragraph: str, reading: _Reading) -> None:
    at = 0
    while brace := _BRACE.search(paragraph, at):
        reading.text += paragraph[at : brace.start()]
        opening = _OPENING.match(paragraph, brace.start())
        if not opening:
            raise ValueError(f"a brace that opens nothing: {paragraph[brace.start() :][:40]!r}; write {{c1: words}}")
        closing = paragraph.find("}", opening.end())
        words = paragraph[opening.end() : closing]
        if closing < 0 or "{" in words:
            raise ValueError(f"{opening[0]!r} is not closed before the next mark; marks cannot be nested")
        if not words.strip():
            raise ValueError(f"{opening[0]!r} marks no words")
        span = Span(len(reading.text), len(reading.text) + len(words))
        for number in opening[2].split("+"):
            reading.spans[int(number)][opening[1]].append(span)
        reading.text += words
        at = closing + 1
    reading.text += paragraph[at:]


def _annotation(number: int, spans: dict[str, list[Span]]) -> Annotation:
    if not spans["c"]:
        raise ValueError(f"number {number} has no content; add {{c{number}: words}}")
    if len(spans["s"]) > 1:
        raise ValueError(f"number {number} has {len(spans['s'])} sources; give each attribution its own number")
    return Annotation(tuple(spans["s"]), tuple(spans["q"]), tuple(spans["c"]))
