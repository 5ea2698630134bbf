"""An inspected article in the terminal; brackets and numbers mark statements where there are no colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.report.inspection import Inspection, Reason, Segment, lines_of

_TYPES: Final = {"direct": "green", "indirect": "yellow", "mixed": "cyan", "transcript": "magenta"}
_PARTS: Final = {"speaker": "bold", "cue": "italic underline"}


def in_terminal(inspection: Inspection) -> Iterator[RenderableType]:
    """The article part by part: facts, a key to the marks, paragraphs with the reasons below."""
    yield Text(_safe(inspection.heading), style="bold reverse")
    yield _listed(list(inspection.facts.items()))
    if inspection.skipped:
        yield Text(inspection.skipped, style="bold")
    else:
        yield _key()
    for paragraph in inspection.paragraphs:
        yield Text("")
        yield Text.assemble(*(part for segment in paragraph.segments for part in _marked(segment)))
        for reason in paragraph.reasons:
            yield Padding(_reason(reason), (0, 0, 0, 4))


def _key() -> Text:
    words = [(f"[{name}]", style) for name, style in _TYPES.items()] + list(_PARTS.items())
    return Text.assemble("marks: ", *(part for word in words for part in (word, "  ")))


def _marked(segment: Segment) -> Iterator[tuple[str, str]]:
    style = " ".join(
        [
            _TYPES[segment.quotation_type] if segment.quotation_type else "",
            *(_PARTS.get(part, "") for part in segment.parts),
        ]
    ).strip()
    yield from ((f"[{number} ", "dim") for number in segment.opens)
    yield _safe(segment.text), style
    yield from (("]", "dim") for _ in segment.closes)


def _reason(reason: Reason) -> Table:
    return _listed([(f"[{reason.number}]", reason.quotation_type), *lines_of(reason)])


def _listed(lines: list[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in lines:
        table.add_row(Text(name), Text(_safe(words)))
    return table


def _safe(words: str) -> str:
    """The words without characters that steer a terminal."""
    return "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign) != "Cc")
