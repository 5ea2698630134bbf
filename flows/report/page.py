"""The report of one build: a single HTML file, without scripts, network or outside styles.

What it shows are answers of queries over the tables that wait for publication (`flows.report.asking`), each with its
query; the sections lie in `flows.report.sections`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from flows.quality.verdict import Audit
from flows.report.asking import Asker, Snapshot
from flows.report.data_files import TITLE
from flows.report.markup import words
from flows.report.material import Material
from flows.report.sections.changes import changes
from flows.report.sections.checks import checks
from flows.report.sections.closing import cite, dictionary, draw
from flows.report.sections.findings import how, when, who
from flows.report.sections.opening import opening
from flows.report.sections.sources import refused, retold, sources
from flows.report.sections.trust import confidence, unknown
from flows.report.style import STYLE

_SECTIONS: Final[dict[str, tuple[str, Callable[[Material], str]]]] = {
    "time": ("Over time", when),
    "who": ("Who speaks", who),
    "types": ("Quoted or reported", how),
    "rows": ("Rows to look at", draw),
    "unknown": ("What is not known", unknown),
    "confidence": ("Confidence", confidence),
    "sources": ("Outlets, languages", sources),
    "retold": ("Retellings", retold),
    "refused": ("Refused input", refused),
    "changes": ("What changed", changes),
    "checks": ("Checks", checks),
    "dictionary": ("Data dictionary", dictionary),
    "cite": ("How to cite", cite),
}


def write_report(path: Path, now: Snapshot, verdict: Audit, version: str, before: Snapshot | None = None) -> None:
    """Writes the report of one build to `path`; its folder is made.

    Args:
        path: The HTML file.
        now: The tables as they will be published.
        verdict: What the checks found.
        version: Version of the tables by their bytes.
        before: The tables of the version before; None for the first version.

    Raises:
        OSError: A table cannot be read, or the file not be written.
        duckdb.Error: A query cannot be answered, such as for want of room on the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(now, verdict, version, before), encoding="utf-8")


def render(now: Snapshot, verdict: Audit, version: str, before: Snapshot | None = None) -> str:
    """The report as HTML; the same tables, verdict and version before give the same bytes."""
    with Asker(now, before) as asker:
        material = Material(asker, verdict, version, now.number)
        head = opening(material)
        body = "".join(make(material) for _, make in _SECTIONS.values())
    links = "".join(f'<li><a href="#{name}">{words(title)}</a></li>' for name, (title, _) in _SECTIONS.items())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # An icon of its own, or browsers ask for one.
        '<link rel="icon" href="data:,">'
        f"<title>{TITLE}: report</title><style>{STYLE}</style></head>"
        f'<body><div class="frame"><nav aria-label="Sections"><ul>{links}</ul></nav><main>{head}{body}'
        f"<footer>{TITLE}, version {words(version)}. Made by <code>statements build</code>.</footer>"
        "</main></div></body></html>\n"
    )
