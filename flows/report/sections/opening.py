"""Title, verdict and the main figures."""

from __future__ import annotations

from typing import Final

from flows.quality.verdict import Audit
from flows.report.data_files import TITLE
from flows.report.markup import counted, tiles, words
from flows.report.material import Material

_FIGURES: Final = """
SELECT
  (SELECT count(*) FROM {statements}) AS statements,
  (SELECT count(*) FROM {statements} WHERE duplicate_of IS NULL) AS once,
  (SELECT count(*) FROM {articles}) AS articles,
  (SELECT count(DISTINCT outlet) FROM {articles}) AS outlets,
  (SELECT count(*) FROM {speakers}) AS speakers,
  (SELECT count(DISTINCT code) FROM (SELECT unnest(string_split(country, ';')) AS code FROM {statements})) AS countries,
  (SELECT min(date) FROM {statements}) AS first_day,
  (SELECT max(date) FROM {statements}) AS last_day,
  (SELECT count(*) FROM {manifest}) AS files,
  (SELECT count(*) FROM {quarantine}) AS refused
"""
_TITLES: Final = {
    "once": "without retellings",
    "speakers": "named speakers",
    "countries": "countries spoken for",
    "first_day": "first day",
    "last_day": "last day",
    "files": "raw files",
}


def opening(material: Material) -> str:
    """The head of the report."""
    broken = [each for each in material.verdict.results if each.failing]
    state, mark = ("warned", "!") if broken else ("holds", "✓")
    return (
        f'<header><p class="version">Version {material.number} · {words(material.version)}</p><h1>{TITLE}</h1>'
        '<p class="lead">Who said what, for which country, and when: statements that news articles, briefings and '
        "readouts attribute to a source.</p>"
        f'<p class="verdict {state}"><span aria-hidden="true">{mark}</span> {_verdict(material.verdict)} '
        '<a href="#checks">What was checked</a></p></header>'
        f"{tiles(material.asker.ask(_FIGURES), _TITLES)}"
        '<p class="note">Every number can be found again: open “Query” below it and run it with '
        "<code>duckdb</code> in the folder of the tables (<code>curated/</code>). Unless something else is said, "
        "counts leave retellings out: each statement counts once, however often an agency printed it.</p>"
    )


def _verdict(verdict: Audit) -> str:
    """The verdict in a line; the section of the checks has the rules and rows."""
    aside = sum(len(keys) for keys in verdict.broken_rows.values())
    warned = sum(1 for each in verdict.results if each.failing and each.severity == "warn")
    parts = [
        f"The checks hold: {counted(len(verdict.results), 'rule')}.",
        f"{counted(aside, 'row')} set aside in quarantine." if aside else "",
        f"{counted(warned, 'rule')} worth a look." if warned else "",
    ]
    return " ".join(filter(None, parts))
