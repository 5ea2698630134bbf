"""Plots of the report: Vega-Lite, rendered to SVG without scripts and without network.

Each is drawn for a wide and for a narrow page. Colours are variables of the page's style, so that they follow light and
dark. The table below a plot says the same in numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from flows.schema import QUOTATION_TYPES

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]

WIDTHS: Final = {"wide-plot": 830, "narrow-plot": 270}
_OPENING: Final = re.compile(r'<svg[^>]*width="([\d.]+)" height="([\d.]+)"[^>]*>')
_LEFT_OUT: Final = re.compile(r' aria-hidden="true"| pointer-events="none"| class="[^"]*"| font-family="[^"]*"')
_EMPTY: Final = re.compile(r'<path d="(?:|M0,0h0v0h0Z)"[^>]*/>')
_CONFIG: Final[Spec] = {
    # A font that comes with the renderer, so that texts are measured alike on every machine.
    "font": "Liberation Sans",
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "gridColor": "var(--line)",
        "domainColor": "var(--soft)",
        "tickColor": "var(--line)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    },
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 12, "title": None, "orient": "top", "symbolType": "square"},
}


def over_time(rows: Rows, unit: str) -> str:
    """Statements in each period as columns, stacked by quotation type.

    Args:
        rows: `period`, its `end`, and the count of each quotation type.
        unit: Of the periods: day, week, month or year.
    """
    values = [value for row in rows for value in _stacked(row)]
    scale = {"domain": list(QUOTATION_TYPES), "range": [f"var(--{name})" for name in QUOTATION_TYPES]}

    def spec(width: int) -> Spec:
        time = {"tickCount": width // 85, "labelOverlap": True, "title": f"{unit} of the statement", "grid": False}
        return {
            "height": 220,
            "data": {"values": values},
            "mark": {"type": "bar", "binSpacing": 0},
            "encoding": {
                "x": {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "axis": time},
                "x2": {"field": "end"},
                "y": _count("from", "statements"),
                "y2": {"field": "to"},
                "color": {"field": "type", "type": "nominal", "scale": scale, "legend": {"columns": 4}},
            },
        }

    total = sum(value["to"] - value["from"] for value in values)
    label = f"Columns: {total:,} statements by {unit}, {rows[0]['period']} to {rows[-1]['period']}, by quotation type."
    return drawn(spec, label)


def histogram(rows: Rows) -> str:
    """Statements by confidence, in steps of five points; `rows` has `from_percent` and `statements`."""
    values = [
        {"low": row["from_percent"], "high": row["from_percent"] + 5, "zero": 0, "count": row["statements"]}
        for row in rows
    ]

    def spec(width: int) -> Spec:
        axis = {"title": "confidence, %", "tickCount": width // 60, "grid": False}
        return {
            "height": 180,
            "data": {"values": values},
            "mark": {"type": "bar", "color": "var(--bar)", "binSpacing": 1},
            "encoding": {
                "x": {"field": "low", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis},
                "x2": {"field": "high"},
                "y": _count("zero", "statements"),
                "y2": {"field": "count"},
            },
        }

    highest = max(rows, key=lambda row: row["statements"])
    label = (
        f"Columns: statements by confidence in steps of five points; most, {highest['statements']:,}, lie between "
        f"{highest['from_percent']} and {highest['from_percent'] + 5} %."
    )
    return drawn(spec, label)


def reliability(rows: Rows) -> str:
    """Mean confidence against what was right; `rows` has `expected`, `right`, `low` and `high` (of `right`) in %."""

    def spec(width: int) -> Spec:
        size = min(width, 360)
        x = {"field": "expected", "type": "quantitative", "scale": {"domain": [0, 100]}}
        x["axis"] = {"title": "mean confidence, %", "tickCount": 5}
        y = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": "right, %", "tickCount": 5}}
        ends = [{"expected": 0, "right": 0}, {"expected": 100, "right": 100}]
        diagonal = {"type": "line", "color": "var(--soft)", "strokeDash": [4, 4], "strokeWidth": 1}
        return {
            "width": size,
            "height": size * 0.75,
            "data": {"values": [dict(row) for row in rows]},
            "layer": [
                {"data": {"values": ends}, "mark": diagonal, "encoding": {"x": x, "y": {**y, "field": "right"}}},
                {
                    "mark": {"type": "rule", "color": "var(--bar)", "strokeWidth": 2},
                    "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
                },
                {
                    "mark": {"type": "point", "filled": True, "color": "var(--bar)", "opacity": 1, "size": 60},
                    "encoding": {"x": x, "y": {**y, "field": "right"}},
                },
            ],
        }

    points = "; ".join(f"{row['expected']} % told, {row['right']} % right" for row in rows)
    return drawn(spec, f"Points near a diagonal, on which confidences would hold exactly: {points}.")


def drawn(spec: Callable[[int], Spec], label: str) -> str:
    """The plot for each width of page, as SVG that stands in HTML.

    Args:
        spec: Makes the Vega-Lite specification for a width in pixels.
        label: What is to be seen, for those who do not see it.
    """
    # Loads a JavaScript engine, for which a run with nothing to do does not wait.
    import vl_convert  # noqa: PLC0415

    plots = []
    for name, width in WIDTHS.items():
        # Without the page's background, and sorted, so that the same rows give the same bytes.
        whole = {"width": width, "background": None, "config": _CONFIG, **spec(width)}
        svg = vl_convert.vegalite_to_svg(json.dumps(whole, sort_keys=True))
        plots.append(f'<div class="{name}">{_inline(svg, label)}</div>')
    return "".join(plots)


def _inline(svg: str, label: str) -> str:
    """SVG for HTML: named for readers of screens, as small as it can be."""
    opening = f'<svg role="img" aria-label="{escape(label)}" width="\\1" height="\\2" viewBox="0 0 \\1 \\2">'
    return _EMPTY.sub("", _LEFT_OUT.sub("", _OPENING.sub(opening.replace("\\\\", "\\"), svg, count=1)))


def _stacked(row: Mapping[str, Any]) -> Iterator[Spec]:
    """The parts of one column, one upon the other."""
    at = 0
    for name in QUOTATION_TYPES:
        if count := row[name]:
            span = {"start": row["period"].isoformat(), "end": row["end"].isoformat()}
            yield {**span, "type": name, "from": at, "to": at + count}
            at += count


def _count(name: str, title: str) -> Spec:
    # No ticks between whole numbers.
    axis = {"title": title, "tickCount": 5, "tickMinStep": 1, "format": ",d", "domain": False}
    return {"field": name, "type": "quantitative", "axis": axis}
