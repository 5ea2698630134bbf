"""What stands around words and is none of them."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import article

from flows.articles.article import Span
from flows.rows import rows_of
from flows.statements.attribution import Attribution
from flows.statements.questions import without_arrivals, without_questions
from flows.statements.statement import Statement


def test_what_a_quotation_answers_is_no_part_of_it() -> None:
    text = 'In response to a question on the pier, the minister said: "It will open in May."'
    question, source, words = Span(0, 37), Span(39, 51), Span(58, len(text))
    found = Attribution((source,), (Span(52, 56),), (question, words), 0.9, "tagger")
    assert [each.content for each in without_questions(text, [found])] == [(words,)]


def test_what_is_said_in_two_stretches_stays() -> None:
    text = 'The pier, the minister said, "will open in May."'
    found = Attribution((Span(10, 22),), (Span(23, 27),), (Span(0, 8), Span(29, len(text))), 0.9, "tagger")
    assert without_questions(text, [found]) == [found]


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("welcomed Foreign Minister Ana Lee to League Headquarters on Tuesday (4 May 2021)", False),
        ("received President Bo Lind at the Winter Palace", False),
        ("welcomed President Lind's offer to Peru and Chile", True),
        ("welcomed Finland to the Alliance", True),
    ],
)
def test_a_guest_who_is_received_is_no_statement(words: str, stays: bool) -> None:
    statement = Statement((Span(0, len(words)),), "indirect", None, None, "tagger", 0.9)
    assert bool(without_arrivals(words, [statement])) is stays


def test_days_of_a_visit_hold_for_all_that_is_said_on_it() -> None:
    story = article(
        "Secretary General Ana Lee welcomed Peruvian Foreign Minister Luz Soto to Lake Headquarters on Tuesday "
        "(4 May 2021).",
        "Ms. Lee said that the pier would open soon.",
        published=date(2021, 5, 7),
    )
    assert [str(row["date"]) for row in rows_of(story)[1]] == ["2021-05-04"]
