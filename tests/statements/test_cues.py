from __future__ import annotations

import pytest

from flows.articles.article import Span
from flows.statements.cues import is_clause, is_known, look_up


@pytest.mark.parametrize(
    ("words", "base", "verb"),
    [
        ("said", "say", "said"),
        ("had repeatedly called on", "call on", "called on"),
        ("According to", "according to", "According to"),
        ("also strongly condemned", "condemn", "condemned"),
    ],
)
def test_auxiliaries_and_adverbs_are_passed_over(words: str, base: str, verb: str) -> None:
    cue, at = look_up(words, Span(0, len(words)))
    assert cue.forms[0] == base
    assert words[at:].startswith(verb)


def test_words_that_are_no_cue_are_unknown() -> None:
    words = "has been angered by"
    assert not is_known(words, Span(0, len(words)))
    assert look_up(words, Span(0, len(words)))[0].frame == "both"


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        ("that the plan was dead", True),
        ("the plan was dead", True),
        ("he saw no reason to wait", True),
        ("the need for a plan", False),
        ("the plan that was dead", False),
        ("Peru to sign", False),
        ("concern over a raid that has cost lives", False),
    ],
)
def test_a_clause_has_a_finite_verb_of_its_own(content: str, clause: bool) -> None:
    assert is_clause(content) is clause
