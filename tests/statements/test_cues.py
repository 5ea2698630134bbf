from __future__ import annotations

import pytest

from flows.articles.article import Span
from flows.statements.cues import cue_pattern, is_clause, is_known, lexicon, look_up


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


@pytest.mark.parametrize(
    ("word", "frame", "sense"),
    [
        ("said", "clause", "neutral"),
        ("condemning", "act", "neutral"),
        ("warned", "both", "neutral"),
        ("believes", "clause", "belief"),
        ("denies", "both", "turning"),
    ],
)
def test_frame_and_sense_hold_for_every_form(word: str, frame: str, sense: str) -> None:
    cue, _ = look_up(word, Span(0, len(word)))
    assert (cue.frame, cue.sense) == (frame, sense)


@pytest.mark.parametrize("text", ["essays", "un-said", "said-so", "Saidov", "pledgee"])
def test_cues_are_whole_words(text: str) -> None:
    assert not is_known(text, Span(0, len(text)))


def test_the_longest_form_counts_over_line_breaks() -> None:
    text = "cast\n doubt on"
    cue, at = look_up("He has " + text, Span(3, 7 + len(text)))
    assert (cue.forms[0], at) == ("cast doubt on", 7)


def test_the_pattern_finds_each_form_of_the_lexicon_whole() -> None:
    for form in lexicon():
        found = cue_pattern().search(f"they {form.upper()} it")
        assert found, form
        assert found.group().lower() == form


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        ("whether the pier was safe", True),
        ("“the pier is safe”", True),
        ("there was no pier", True),
        ("what the pier was for", True),
        ("the port of Lima has a pier", True),
        ("the head of the harbour that was closed", False),
        ("an end to the strike, because it costs lives and was unlawful", False),
        ("all sides to show restraint", False),
        ("support for the plan", False),
        ("", False),
    ],
)
def test_near_complements(content: str, clause: bool) -> None:
    assert is_clause(content) is clause
