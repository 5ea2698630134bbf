"""The report of one build: a single HTML file, without scripts, network or outside styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from flows.quality.verdict import Audit
from flows.schema import QUARANTINE, STATEMENTS
from flows.summary import Summary
from flows.tables.view import View

_MOST = 15
_EXAMPLES = 12
_REFUSALS = 50

_STYLE = """
:root { --ink: #1b1f24; --page: #ffffff; --line: #d5dae1; --bar: #2c6fbb; --good: #1a6b3c; --bad: #a3262a;
  --soft: #5b6672 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --page: #14181d; --line: #333b45; --bar: #6aa5e3;
  --good: #6cc28f; --bad: #f08a8d; --soft: #9aa5b1 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1.2rem; color: var(--ink); background: var(--page);
  font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem; margin: 0 0 .3rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.verdict { font-weight: 600; color: var(--good) } .verdict.bad { color: var(--bad) }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .6rem .25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top } td.n, th.n { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums }
.bar { display: block; height: .8rem; background: var(--bar); border-radius: 2px; min-width: 2px }
td.track { width: 45% } code { font-size: .85rem; color: var(--soft); overflow-wrap: anywhere }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); column-gap: 2.5rem }
.wide { overflow-x: auto } p.note { color: var(--soft); margin: .2rem 0 .6rem }
@media print { body { max-width: none } }
"""


def write_report(path: Path, tables: View, verdict: Audit, summary: Summary) -> None:
    """Writes the report of one build to `path`; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(tables, verdict, summary), encoding="utf-8")


def render(tables: View, verdict: Audit, summary: Summary) -> str:
    """The report as HTML; every text that comes from articles is escaped."""
    days: dict[date, int] = tables.counted(STATEMENTS, "date")
    months: Counter[str] = Counter()
    for day, count in days.items():
        months[f"{day:%Y-%m}"] += count

    def bars(title: str, column: str) -> str:
        return _bars(title, column, tables.counted(STATEMENTS, column))

    sections = [
        _header(summary),
        '<div class="grid">',
        bars("Statements by type", "quotation_type"),
        bars("By kind of office", "role_category"),
        bars("By country spoken for", "country"),
        bars("By speaker", "speaker"),
        bars("By outlet", "outlet"),
        _bars("By month of the statement", "strftime('%Y-%m', date)", dict(sorted(months.items())[-_MOST:])),
        "</div>",
        _examples(tables),
        _unresolved(tables, summary.statements),
        _refused(tables),
        _rules(verdict),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Diplomatic statements: report</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(sections)}</body></html>"
    )


def _header(summary: Summary) -> str:
    bad = "" if summary.published else " bad"
    return (
        "<h1>Diplomatic statements</h1>"
        f'<p class="verdict{bad}">{escape(summary.verdict)}</p>'
        f"<p>{summary.statements:,} statements from {summary.articles:,} articles in {summary.files:,} files; "
        f"{sum(summary.refused.values()):,} refused.</p>"
    )


def _bars(title: str, column: str, counts: dict[str, int]) -> str:
    """A ranked bar chart as a table, with the query by which its numbers can be found again."""
    shown = list(counts.items())[:_MOST]
    most = max((count for _, count in shown), default=1)
    lines = "".join(
        f'<tr><td>{escape(name)}</td><td class="track"><span class="bar" style="width:{100 * count / most:.1f}%">'
        f'</span></td><td class="n">{count:,}</td></tr>'
        for name, count in shown
    )
    more = f'<p class="note">and {len(counts) - len(shown):,} more</p>' if len(counts) > len(shown) else ""
    query = f"SELECT {column}, count(*) FROM 'statements/*.parquet' GROUP BY 1 ORDER BY 2 DESC"  # noqa: S608  shown, not run
    return f"<section><h2>{escape(title)}</h2><table>{lines}</table>{more}<code>{escape(query)}</code></section>"


def _unresolved(tables: View, statements: int) -> str:
    """Shares of rows without speaker, country or day."""
    nulls = {name: tables.nulls(STATEMENTS, name) for name in ("speaker", "country", "date")}
    lines = "".join(
        f'<tr><td>without {column}</td><td class="n">{count:,}</td>'
        f'<td class="n">{100 * count / max(1, statements):.1f} %</td></tr>'
        for column, count in nulls.items()
    )
    note = "Unnamed sources have no speaker, international officials no country, earlier remarks of no day no date."
    return f'<h2>What is not known</h2><p class="note">{note}</p><table>{lines}</table>'


def _rules(verdict: Audit) -> str:
    """All rules, the broken ones first."""
    ranked = sorted(verdict.results, key=lambda result: result.failing == 0)
    lines = ((result.sentence, f"{result.checked:,}", f"{result.failing:,}", result.severity) for result in ranked)
    broken = sum(1 for result in verdict.results if result.failing)
    table = _table(("rule", "rows checked", "rows that break it", "kind"), lines, numbers=(1, 2))
    summary = f"<summary>{len(verdict.results)} rules, {broken} broken</summary>"
    return f"<h2>Checks</h2><details{' open' if broken else ''}>{summary}{table}</details>"


def _refused(tables: View) -> str:
    rows = tables.first(QUARANTINE, ["source_path", "place", "rule", "reason"], _REFUSALS)
    if not rows:
        return "<h2>Refused</h2><p>Nothing was refused.</p>"
    lines = ((row["source_path"], row["place"] or "", row["rule"], row["reason"]) for row in rows)
    return "<h2>Refused</h2>" + _table(("file", "place", "rule", "reason"), lines)


def _examples(tables: View) -> str:
    columns = ["speaker", "role", "country", "date", "text"]
    lines = (
        tuple("" if row[column] is None else str(row[column]) for column in columns)
        for row in tables.first(STATEMENTS, columns, _EXAMPLES)
    )
    return "<h2>The first rows</h2>" + _table(tuple(columns), lines)


def _table(header: Sequence[str], lines: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    def cell(tag: str, at: int, words: str) -> str:
        return f"<{tag}{' class=n' if at in numbers else ''}>{escape(words)}</{tag}>"

    head = "".join(cell("th", at, words) for at, words in enumerate(header))
    body = "".join(f"<tr>{''.join(cell('td', at, words) for at, words in enumerate(line))}</tr>" for line in lines)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'
