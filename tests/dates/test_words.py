"""Words and figures that name a day."""

from __future__ import annotations

from datetime import date

import pytest

from flows.dates.words import full_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-07",
        "Lima, 2024-03-07.",
        "7 March 2024",
        "March 7, 2024",
        "March 7th, 2024",
        "7.3.2024",
        "the 7th of March 2024",
    ],
)
def test_days_with_their_year(text: str) -> None:
    assert full_date(text) == date(2024, 3, 7)


@pytest.mark.parametrize("text", ["N 2024-03-07-1", "A/2024-03-07-12", "2024-03-071", "S/PV.2024-03-07", "2024-13-07"])
def test_the_number_of_a_document_is_no_day(text: str) -> None:
    assert full_date(text) is None


def test_a_day_behind_the_number_is_found() -> None:
    assert full_date("N 2024-03-07-1, 8 March 2024") == date(2024, 3, 8)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/04/2024", date(2024, 4, 13)),
        ("04/13/2024", date(2024, 4, 13)),
        ("03/04/2024", None),
        ("4/4/2024", date(2024, 4, 4)),
    ],
)
def test_figures_that_can_be_read_in_two_ways_are_passed_over(text: str, day: date | None) -> None:
    assert full_date(text) == day
