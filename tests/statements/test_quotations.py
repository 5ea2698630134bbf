from __future__ import annotations

import pytest
from helpers import article
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.article import Span
from flows.statements.quotations import quoted_mask, scan


def quoted(*paragraphs: str) -> list[list[str]]:
    story = article(*paragraphs)
    return [[piece.of(story.text) for piece in found.pieces] for found in scan(story.text, story.paragraphs)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We wait," she said.', [["We wait,"]]),
        ("“We wait,” she said. “We do.”", [["We wait,"], ["We do."]]),
        ("«We wait», she said.", [["We wait"]]),
        ('The "long" talks in the "Green Room".', [["long"], ["Green Room"]]),
        ("Serbia's and the ministers' plan isn't dead.", []),
        ("‘We wait,’ she said.", []),
        ("\"He told me: 'No.'\" she said.", [["He told me: 'No.'"]]),
        (
            '"The Council [in its resolution] (S/1) erred," she said.',
            [["The Council [in its resolution] (S/1) erred,"]],
        ),
        ('A stray mark" stands here, and "this" is quoted.', [["this"]]),
        ('She called "the "long pier" too old.', [['the "long pier']]),
    ],
)
def test_marks_of_all_kinds(text: str, words: list[list[str]]) -> None:
    assert quoted(text) == words


def test_a_quotation_reopened_in_each_paragraph_is_one() -> None:
    assert quoted('"First.', '"Second.', '"Third," she said.') == [["First.", "Second.", "Third,"]]


def test_a_mark_that_nobody_closes_ends_with_its_paragraph() -> None:
    assert quoted('"We wait, she said.', "They left.", '"Good," he said.') == [["We wait, she said."], ["Good,"]]


def test_one_mark_too_many_costs_its_own_paragraph_only() -> None:
    assert quoted('"We wait," she said" and left.', '"We do," he said.')[-1] == ["We do,"]


@given(st.lists(st.text("ab \"“”«», .'’\n"), max_size=5))
def test_pieces_are_ordered_and_inside_the_text_whatever_the_marks(parts: list[str]) -> None:
    paragraphs = [part.replace("\n", " ").strip() for part in parts if part.replace("\n", " ").strip()]
    story = article(*paragraphs) if paragraphs else article("x")
    found = scan(story.text, story.paragraphs)
    ends = 0
    for quotation in found:
        for piece in quotation.pieces:
            assert ends <= piece.start <= piece.end <= len(story.text)
            ends = piece.end
    mask = quoted_mask(story.text, found)
    assert all(mask[at] for quotation in found for at in range(*quotation.outer))


def test_mask_covers_marks_and_words() -> None:
    story = article('Yes "no" yes')
    assert bytes(quoted_mask(story.text, scan(story.text, story.paragraphs))) == b"\0\0\0\0\1\1\1\1\0\0\0\0"
    assert Span(0, 3).of(story.text) == "Yes"


def test_a_quotation_may_run_over_paragraphs_without_marks() -> None:
    assert quoted("“We wait.", "We have waited.", "We shall wait.”", "“Yes.”") == [
        ["We wait.", "We have waited.", "We shall wait."],
        ["Yes."],
    ]


def test_a_mark_that_opens_behind_it_ends_it() -> None:
    assert quoted("“We wait.", "They left.", "The envoy “waits” too.") == [["We wait."], ["waits"]]


def test_a_straight_mark_left_open_is_closed_by_one_that_cannot_open() -> None:
    assert quoted('"We wait.', 'We have waited," she said.') == [["We wait.", "We have waited,"]]


def test_a_straight_mark_left_open_is_not_closed_by_the_next_quotation() -> None:
    assert quoted('"We wait, she said.', 'The "long" talks.') == [["We wait, she said."], ["long"]]


def test_an_opening_mark_between_spaces_opens_and_one_at_the_end_closes() -> None:
    assert quoted("She said: “ We wait.”") == [["We wait."]]
    assert quoted("She said: “We wait. “", "He left.") == [["We wait."]]
    assert quoted('She waited " for years.') == []
