"""Plots and the words beside them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from lxml import html

from flows.quality.codes import country_codes
from flows.report.charts import WIDTHS, histogram, over_time, reliability
from flows.report.country_names import country_names
from flows.report.style import STYLE

pytestmark = pytest.mark.usefixtures("no_network")

MONTHS = [
    {"period": date(2023, 1, 1), "end": date(2023, 2, 1), "direct": 2, "indirect": 1, "mixed": 0, "transcript": 0},
    {"period": date(2023, 12, 1), "end": date(2024, 1, 1), "direct": 0, "indirect": 0, "mixed": 4, "transcript": 3},
]


def plots(markup: str) -> dict[str, Any]:
    """The SVG of each width."""
    return {each.getparent().get("class"): each for each in html.fragment_fromstring(markup, "div").xpath(".//svg")}


def columns(svg: Any) -> list[tuple[str, float, float, float]]:
    """Colour, left edge, width and height of each drawn column, in pixels."""
    form = re.compile(r"M([\d.]+),[\d.]+h([\d.]+)v([\d.]+)h-")
    marks = [
        (each.get("fill"), form.match(each.get("d", ""))) for each in svg.xpath(".//path[starts-with(@fill, 'var')]")
    ]
    found = [(fill, *(float(part) for part in mark.groups())) for fill, mark in marks if mark]
    return [each for each in found if each[0] != "var(--ink)" and each[1:] != (-5.0, 10.0, 10.0)]


def test_a_column_is_as_high_as_its_count_and_stands_at_its_month():
    for width, svg in plots(over_time(MONTHS, "month")).items():
        found = columns(svg)
        assert [fill for fill, *_ in found] == ["var(--direct)", "var(--indirect)", "var(--mixed)", "var(--transcript)"]
        heights = [height for *_, height in found]
        assert [height / heights[1] for height in heights] == pytest.approx([2, 1, 4, 3])
        (_, first, wide, _), *_, (_, last, _, _) = found
        assert wide == pytest.approx(WIDTHS[width] * 31 / 365, rel=0.05)
        assert last - first == pytest.approx(WIDTHS[width] * 334 / 365, rel=0.05)


def test_a_plot_says_what_it_shows():
    (label,) = {each.get("aria-label") for each in plots(over_time(MONTHS, "month")).values()}
    assert label.startswith("Columns: 10 statements by month, 2023-01-01 to 2023-12-01")
    rows = [{"from_percent": 90, "statements": 1_200}, {"from_percent": 95, "statements": 3}]
    assert "most, 1,200, lie between 90 and 95 %" in histogram(rows)
    points = [{"expected": 63.0, "right": 73.0, "low": 43.4, "high": 90.3}]
    assert "63.0 % told, 73.0 % right" in reliability(points)


def test_the_columns_of_the_histogram_are_as_high_as_their_counts():
    rows = [{"from_percent": 0, "statements": 10}, {"from_percent": 95, "statements": 40}]
    for width, svg in plots(histogram(rows)).items():
        (_, _, wide, low), (_, at, _, high) = columns(svg)
        assert high / low == pytest.approx(4)
        assert at == pytest.approx(0.95 * WIDTHS[width], rel=0.02)
        assert wide == pytest.approx(0.05 * WIDTHS[width], rel=0.2)


def test_colours_are_variables_of_the_style():
    markup = over_time(MONTHS, "month") + histogram([{"from_percent": 0, "statements": 1}])
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', markup)) - {"none", "transparent"}
    assert {each for each in used if not each.startswith("var(--")} == set()
    known = set(re.findall(r"(--\w+):", STYLE))
    assert {each.removeprefix("var(").removesuffix(")") for each in used} <= known


def test_plots_name_no_other_host_and_repeat_no_identifier():
    markup = over_time(MONTHS, "month")
    assert "http" not in markup
    assert ' id="' not in markup


def test_every_code_that_a_row_may_hold_has_a_name():
    names = country_names()
    assert country_codes() - names.keys() == set()
    assert (names["SRB"], names["XKX"], names["CIV"]) == ("Serbia", "Kosovo", "Côte d'Ivoire")
    assert "Soviet" in names["SUN"]
