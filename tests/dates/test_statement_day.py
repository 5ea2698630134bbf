"""Days of statements; the article is published on Thursday 14 March 2024."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import article, dateline

from flows.rows import rows_of

ENVOY = "Norwegian Foreign Minister Ingrid Solhaug"


@pytest.mark.parametrize(
    ("text", "day", "precision", "basis"),
    [
        (f"{ENVOY} said that the ferry would sail.", date(2024, 3, 14), "day", "published"),
        (f"{ENVOY} said on Tuesday that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said on Thursday that the ferry would sail.", date(2024, 3, 14), "day", "phrase"),
        (f"{ENVOY} said last Thursday that the ferry would sail.", date(2024, 3, 7), "day", "phrase"),
        (f"On December 28, {ENVOY} said that the ferry would sail.", date(2023, 12, 28), "day", "phrase"),
        (f"{ENVOY} said yesterday that the ferry would sail.", date(2024, 3, 13), "day", "phrase"),
        (f"In 2014, {ENVOY} said that the ferry would sail.", date(2014, 1, 1), "year", "phrase"),
        (f"In February, {ENVOY} said that the ferry would sail.", date(2024, 2, 1), "month", "phrase"),
        (f"{ENVOY} said earlier that the ferry would sail.", None, None, "unknown"),
        (f"{ENVOY} said earlier on Tuesday that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said that the ferry would sail on Monday.", date(2024, 3, 14), "day", "published"),
    ],
)
def test_phrases_beside_the_cue(text: str, day: date | None, precision: str | None, basis: str) -> None:
    (row,) = rows_of(article(text))[1]
    assert (row["date"], row["date_precision"], row["date_basis"]) == (day, precision, basis)


def test_the_dateline_comes_before_publication() -> None:
    (row,) = rows_of(article(f"{ENVOY} said that the ferry would sail.", dateline=dateline("Oslo", date(2024, 3, 13))))[
        1
    ]
    assert (row["date"], row["date_basis"]) == (date(2024, 3, 13), "dateline")


def test_the_present_perfect_leaves_the_day_open() -> None:
    rows = rows_of(
        article(f"{ENVOY} said that the ferry would sail.", "Finland has repeatedly said that it would sink.")
    )[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 14), None]


def test_further_sentences_keep_the_day_of_the_occasion() -> None:
    rows = rows_of(article(f"{ENVOY} said on Tuesday that the ferry would sail.", '"It floats," she said.'))[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 12), date(2024, 3, 12)]


def test_the_occasion_that_opens_a_readout_dates_it() -> None:
    lead = f"{ENVOY} spoke by phone yesterday with Foreign Minister Pekka Aalto of Finland."
    rows = rows_of(article(lead, "Minister Solhaug said that the ferry would sail."))[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 13)]


def test_a_speech_at_a_meeting_has_the_day_of_the_meeting() -> None:
    story = article(
        f"{ENVOY} considers the March 12 meeting of the UN Security Council a success.",
        "During his speech at the UN Security Council, Finnish President Pekka Aalto called on all states to sign.",
    )
    assert [row["date"] for row in rows_of(story)[1]] == [date(2024, 3, 14), date(2024, 3, 12)]
