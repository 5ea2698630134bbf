"""Where or to whom."""

from __future__ import annotations

import pytest
from helpers import attribution

from flows.articles.article import Span
from flows.statements.statement import Statement
from flows.statements.venue import venue_of


def venue(text: str, words: str, cue: str | None) -> str | None:
    marked = attribution(text, words, cue)
    return venue_of(text, Statement(marked.content, "indirect", None, *marked.cue or (None,), "engine", 0.9))


@pytest.mark.parametrize(
    ("text", "words", "cue", "wanted"),
    [
        ("The envoy told reporters that it sails.", "it sails", "told", "reporters"),
        ("The envoy told state television that it sails.", "it sails", "told", "state television"),
        ("The envoy told the UN Security Council that it sails.", "it sails", "told", "the UN Security Council"),
        ("The envoy told TASS that it sails.", "it sails", "told", "TASS"),
        ("It sails, the envoy said in an interview with Reuters.", "It sails", "said", "in an interview with Reuters"),
        ("It sails, the envoy said on his Telegram channel.", "It sails", "said", "on his Telegram channel"),
        ("It sails, the envoy said at a news conference in Oslo.", "It sails", "said", "at a news conference"),
        ("In a statement on Monday, the envoy said it sails.", "it sails", "said", "In a statement"),
    ],
)  # fmt: skip
def test_words_beside_the_cue_that_say_where(text: str, words: str, cue: str, wanted: str) -> None:
    assert venue(text, words, cue) == wanted


@pytest.mark.parametrize(
    ("text", "words", "cue"),
    [
        ("The envoy said that it sails.", "it sails", "said"),
        ("The envoy said it was signed at a meeting.", "it was signed at a meeting", "said"),
        ("It sails, the envoy said. He left in a meeting with Lima.", "It sails", "said"),
        ("It sails.\n\nHe spoke at a summit.", "It sails", None),
    ],
)
def test_words_elsewhere_do_not(text: str, words: str, cue: str | None) -> None:
    assert venue(text, words, cue) is None


def test_another_paragraph_is_not_beside_the_cue() -> None:
    text = "At a summit.\n\nIt sails, the envoy said.\n\nIn an interview with Reuters."
    start = text.index("said")
    statement = Statement((Span(14, 22),), "indirect", None, Span(start, start + 4), "engine", 0.9)
    assert venue_of(text, statement) is None
