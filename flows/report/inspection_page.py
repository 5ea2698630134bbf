"""Inspected articles as one HTML page: self-contained, light and dark, printable, nothing by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from flows.report.inspection import Inspection, Paragraph, Reason, Segment, lines_of
from flows.schema import QUOTATION_TYPES

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --page: #ffffff; --line: #d5dae1; --soft: #5b6672; --card: #f5f7f9;
  --direct: #0072b2; --indirect: #b35c00; --mixed: #00795a; --transcript: #a3427c }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --page: #14181d; --line: #333b45; --soft: #9aa5b1;
  --card: #1c2229; --direct: #62b4e8; --indirect: #e69f00; --mixed: #3fc49a; --transcript: #e08fbe } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 48rem; padding: 1.2rem; color: var(--ink); background: var(--page);
  font: 17px/1.65 Georgia, serif; overflow-wrap: break-word }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 2rem 0 .5rem }
dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .05rem .8rem; margin: .2rem 0;
  font: 13px/1.5 system-ui, sans-serif }
dt { color: var(--soft) } dd { margin: 0 }
.key { font: 13px/1.5 system-ui, sans-serif; color: var(--soft); border-block: 1px solid var(--line); padding: .4rem 0 }
.key span { margin-right: 1rem; white-space: nowrap }
.content { border-bottom: 2px solid }
.content.indirect { border-bottom-style: dashed }
.content.mixed { border-bottom: 4px double }
.content.transcript { border-bottom-style: dotted }
.speaker { font-weight: 700 } .cue { font-style: italic }
sup { font: 600 11px/1 system-ui, sans-serif; color: var(--soft); margin-right: 1px }
.reason { background: var(--card); border-left: 4px solid; padding: .4rem .8rem; margin: .5rem 0 .5rem 1rem;
  break-inside: avoid } .reason h2 { font: 600 13px/1.5 system-ui, sans-serif; margin: 0 }
.direct { border-color: var(--direct) !important } .indirect { border-color: var(--indirect) !important }
.mixed { border-color: var(--mixed) !important } .transcript { border-color: var(--transcript) !important }
@media (max-width: 30rem) { .reason { margin-left: 0 } dl { grid-template-columns: 5.2rem minmax(0, 1fr) } }
@media print { body { max-width: none; font-size: 11pt } .reason { background: none } }
"""


def page_of(inspections: Sequence[Inspection]) -> str:
    """The page; every text that comes from articles is escaped."""
    title = inspections[0].heading if len(inspections) == 1 else f"{len(inspections)} articles"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: statements</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(map(_article, inspections))}</body></html>\n"
    )


def _article(inspection: Inspection) -> str:
    note = f"<p><strong>{escape(inspection.skipped)}</strong></p>" if inspection.skipped else _key()
    return (
        f'<article id="{escape(inspection.article_id)}"><h1>{escape(inspection.heading)}</h1>'
        f"{_listed(list(inspection.facts.items()))}{note}{''.join(map(_paragraph, inspection.paragraphs))}</article>"
    )


def _key() -> str:
    types = "".join(f'<span><span class="content {name}">{name}</span></span>' for name in QUOTATION_TYPES)
    parts = "".join(f'<span class="{name}">{name}</span>' for name in ("speaker", "cue"))
    return f'<p class="key">{types}{parts}</p>'


def _paragraph(paragraph: Paragraph) -> str:
    return f"<p>{''.join(map(_marked, paragraph.segments))}</p>{''.join(map(_reason, paragraph.reasons))}"


def _marked(segment: Segment) -> str:
    numbers = "".join(f"<sup>{number}</sup>" for number in segment.opens)
    classes = " ".join(filter(None, [*segment.parts, segment.quotation_type]))
    words = escape(segment.text)
    return f'{numbers}<span class="{classes}">{words}</span>' if classes else words


def _reason(reason: Reason) -> str:
    kind = reason.quotation_type
    lines = f"<h2>{reason.number} · {kind}</h2>{_listed(lines_of(reason))}"
    return f'<div class="reason {kind}" id="{reason.statement_id}">{lines}</div>'


def _listed(lines: Sequence[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(words)}</dd>' for name, words in lines)}</dl>"
