"""Interviews without labels."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.extract import extract
from flows.statements.interviews import METHOD, interview_statements

INTRODUCTION = "Ingrid Solhaug has represented Norway in Lima since May. The ambassador says the ferry is painted."
ASKED = ("You waited for years. Will it sail?", "And who pays for your ferry?", "What do you regret?")
ANSWERS = ("It will, and we are glad of it.", "We all do.", "Nothing that I could tell you here.")


def answers(*paragraphs: str, **changes: object) -> list[str]:
    story = article(*paragraphs, **changes)
    return [each.text_in(story.text) for each in interview_statements(story)]


def by_turns(asked: str = "{}", answered: str = "{}") -> list[str]:
    return [words for pair in zip(ASKED, ANSWERS, strict=True)
            for words in (asked.format(pair[0]), answered.format(pair[1]))]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answered"), [("{}", "{}"), ("– {}", "{}"), ("— {}", "— {}"), ("- {}", "- {}"), ("{}", "– {}")]
)
def test_questions_are_paragraphs_that_ask(asked: str, answered: str) -> None:
    assert answers(INTRODUCTION, *by_turns(asked, answered)) == [*ANSWERS]


def test_further_paragraphs_go_on_with_the_answer() -> None:
    found = answers(INTRODUCTION, *by_turns()[:2], "Our crews worked in winter.", *by_turns()[2:])
    assert found[0] == f"{ANSWERS[0]} Our crews worked in winter."


def test_between_dashes_what_comes_by_turns_asks_without_a_mark() -> None:
    found = answers(*by_turns("– {}", "– {}"), "– Some say it is too late.", "– I do not.", "– Thank you.")
    assert found == [*ANSWERS, "I do not."]


@pytest.mark.parametrize(
    "foot", ["Thank you for the conversation.", "Interviewed by Berit Aas", "(Interview by B. Aas)"]
)
def test_thanks_and_credits_are_no_part_of_the_last_answer(foot: str) -> None:
    assert answers(INTRODUCTION, *by_turns(), foot) == [*ANSWERS]


def test_the_introduction_is_read_as_a_story() -> None:
    story = article(INTRODUCTION, *by_turns())
    found = extract(story)
    assert [each.method == METHOD for each in found] == [False, True, True, True]
    assert found[0].text_in(story.text) == "the ferry is painted"


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (by_turns()[:4], "Ferry"),  # two questions are not enough
        (by_turns(), "Remarks by Ambassador Solhaug"),  # the questions are the speaker's own
        ([ASKED[0], "The ferry lies at the pier.", ASKED[1], "Nobody knows.", ASKED[2], "Rain fell."], "Ferry"),
        ([ASKED[0], '"We shall see," the envoy said.', ASKED[1], '"I pay," she said.', ASKED[2], '"I will."'], "Ferry"),
        (["- It sails in May.", "- We pay.", "- You wait.", "- I waited too."], "Ferry"),  # a list
    ],
)
def test_near_documents_are_none(paragraphs: list[str], title: str) -> None:
    assert answers(*paragraphs, title=title) == []
