"""HTML of the report: every text that comes from articles goes through `words`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Final

from flows.report.asking import Answer

UNKNOWN: Final = "–"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a table of answers is shown.

    Attributes:
        titles: Headings of columns that say more than their names.
        plain: Plain words for values of a column: by column, then by value.
        bar: Numeric column that is drawn as bars as well.
        extra: A further column with words for each value of another one: heading, the other's name, the words.
        heat: Columns whose numbers shade their cells; by the root, or one large number leaves the others pale.
        wide: Columns of long texts.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    plain: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bar: str | None = None
    extra: tuple[str, str, Mapping[str, str]] | None = None
    heat: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()


PLAIN: Final = Look()


def words(value: object) -> str:
    """A text for HTML; characters that HTML does not allow are shown as such."""
    return escape(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def counted(count: int, thing: str) -> str:
    """A count in words: `1 row`, `2 rows`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def section(name: str, title: str, *parts: str, lead: str = "") -> str:
    """A section with an anchor; `lead` says in plain words what it shows."""
    opening = f'<p class="lead">{lead}</p>' if lead else ""
    return f'<section id="{name}"><h2>{words(title)}</h2>{opening}{"".join(parts)}</section>'


def figure(title: str, answer: Answer, look: Look = PLAIN, *, note: str = "", chart: str = "") -> str:
    """An answer as a table under a title, with its query.

    Args:
        title: What is seen, as a phrase.
        answer: The answer.
        look: How the table is shown.
        note: HTML of a remark below the title.
        chart: HTML of a chart; the table is then folded away.
    """
    head = f"<figcaption>{words(title)}</figcaption>" + (f'<p class="note">{note}</p>' if note else "")
    if not answer.rows:
        body = '<p class="none">None.</p>'
    elif chart:
        body = f'{chart}<details class="numbers"><summary>The same as a table</summary>{table(answer, look)}</details>'
    else:
        body = table(answer, look)
    return f'<figure data-answer="table">{head}{body}{query(answer)}</figure>'


def tiles(answer: Answer, titles: Mapping[str, str]) -> str:
    """The one row of an answer as large numbers, with its query."""
    cells = "".join(
        f"<div><dt>{words(titles.get(name, name))}</dt><dd>{cell(value)}</dd></div>"
        for name, value in answer.first().items()
    )
    return f'<figure data-answer="tiles"><dl class="tiles">{cells}</dl>{query(answer)}</figure>'


def query(answer: Answer) -> str:
    """The query of an answer, folded away."""
    missing = ""
    if answer.missing:
        missing = f'<p class="missing">Not there, since it has no rows: {words(", ".join(answer.missing))}.</p>'
    code = f"<pre><code>{words(answer.query)}</code></pre>"
    return f'<details class="query"><summary>Query</summary>{missing}{code}</details>'


def table(answer: Answer, look: Look = PLAIN) -> str:
    """An answer as a table that scrolls sideways where the page is too narrow."""
    kinds = [_kind(answer.column(name)) for name in answer.columns]
    top = max((abs(value) for value in answer.column(look.bar) if value), default=1) if look.bar else 1
    warmest = max((value or 0 for name in look.heat for value in answer.column(name)), default=0) or 1
    body = "".join(f"<tr>{''.join(_cells(answer.columns, kinds, row, look, top, warmest))}</tr>" for row in answer.rows)
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{"".join(_heads(answer.columns, kinds, look))}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def cell(value: object, plain: str | None = None) -> str:
    """A value; what is shown otherwise than the query answers it carries the answer along."""
    if value is None:
        return f'<data value="">{UNKNOWN}</data>'
    if plain is not None:
        return f'<data value="{words(value)}">{words(plain)}</data>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<data value="{value}">{value:,}</data>'
    return words(value)


def plain_table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table of ready HTML, for what is no answer of a query."""
    head = "".join(f'<th scope="col">{words(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in line)}</tr>" for line in lines)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _heads(columns: Sequence[str], kinds: Sequence[str], look: Look) -> Iterable[str]:
    for name, kind in zip(columns, kinds, strict=True):
        yield f'<th scope="col" class="{kind}">{words(look.titles.get(name, name.replace("_", " ")))}</th>'
        if look.extra and look.extra[1] == name:
            yield f'<th scope="col">{words(look.extra[0])}</th>'
        if look.bar == name:
            yield '<th class="bar"></th>'


def _cells(
    columns: Sequence[str], kinds: Sequence[str], row: Sequence[Any], look: Look, top: float, warmest: float
) -> Iterable[str]:
    for name, kind, value in zip(columns, kinds, row, strict=True):
        heat = f' style="--heat:{math.sqrt((value or 0) / warmest):.2f}"' if name in look.heat else ""
        plain = look.plain[name].get(value, str(value)) if name in look.plain and value is not None else None
        yield f'<td class="{_class(name, kind, value, look)}"{heat}>{cell(value, plain)}</td>'
        if look.extra and look.extra[1] == name:
            yield f'<td class="extra">{words(look.extra[2].get(value, ""))}</td>'
        if look.bar == name:
            width = 100 * abs(value or 0) / top
            yield f'<td class="bar"><span style="width:{width:.1f}%"></span></td>'


def _class(name: str, kind: str, value: object, look: Look) -> str:
    heat = ("heat zero" if not value else "heat") if name in look.heat else ""
    return " ".join(filter(None, [kind, heat, "long" if name in look.wide else ""]))


def _kind(values: Sequence[Any]) -> str:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int | float) for value in known):
        return "n"
    return "d" if known and all(isinstance(value, date) for value in known) else "t"
