"""Statements handed out for a spokesperson."""

from __future__ import annotations

from helpers import article

from flows.rows import rows_of
from flows.statements.attributable import METHOD, attributable_statement

PREFACE = "The below is attributable to Spokesperson Ana Hale:"
TOLD = (
    "Secretary of State Bo Reed met with Peruvian Foreign Minister Luz Soto today in Lima.",
    "The Secretary thanked the Minister for the new pier.",
)


def test_all_that_stands_behind_the_preface_is_the_spokespersons() -> None:
    story = article("Office of the Spokesperson", PREFACE, *TOLD, outlet="US Department of State")
    (row,) = rows_of(story)[1]
    assert (row["speaker"], row["role"], row["country"]) == ("Ana Hale", "Spokesperson", "USA")
    assert (row["quotation_type"], row["method"]) == ("direct", METHOD)
    assert row["text"] == " ".join(TOLD)


def test_what_is_no_sentence_ends_it_and_a_transcript_goes_on() -> None:
    story = article(
        PREFACE,
        TOLD[0],
        "Lima, Peru",
        "FOREIGN MINISTER SOTO: We are glad that you came. " + "It took our crews nine years to build the pier. " * 3,
        "SECRETARY REED: Thank you. I have come to see the ships too, and the masters who sail them.",
    )
    found = rows_of(story)[1]
    assert [row["quotation_type"] for row in found] == ["direct", "transcript", "transcript"]
    assert [row["speaker"] for row in found] == ["Ana Hale", "Luz Soto", "Bo Reed"]


def test_words_that_merely_speak_of_attribution_hand_out_nothing() -> None:
    assert attributable_statement(article("The loss is attributable to storms.", TOLD[0])) == []
    assert attributable_statement(article(PREFACE)) == []
