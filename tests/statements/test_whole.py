"""Documents that are one statement."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.whole import METHOD, whole_statement

WORDS = (
    "We welcome the accord on the harbour, and we thank our partners on both shores for their patience.",
    "Our teams will begin in May.",
)
NARRATED = " ".join(["The harbour lies open to the ships of both shores and takes a day to cross."] * 4)


def test_a_text_in_the_first_person_is_one_statement_of_all_its_paragraphs() -> None:
    story = article(*WORDS)
    (found,) = whole_statement(story)
    assert found.pieces == story.paragraphs
    assert (found.quotation_type, found.source, found.cue, found.method) == ("direct", None, None, METHOD)


def test_a_title_settles_it_where_the_first_person_is_rare() -> None:
    words = " ".join(["The harbour lies open to all ships of both shores, and it will stay so for years."] * 6)
    sparse = f"{words} We thank the crews."
    assert whole_statement(article(sparse)) == []
    assert whole_statement(article(sparse, title="Statement by the Foreign Ministry on the harbour"))


def test_a_statement_in_the_first_person_may_tell_what_others_said() -> None:
    story = article(WORDS[0], "Oslo said it would pay for our pier.", title="Statement by the Foreign Ministry")
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs]


def test_headings_and_prefaces_are_no_part_of_it() -> None:
    story = article("On the harbour", "The following statement was issued by Peru.", *WORDS, "Press contacts")
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs[2:4]]


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (("The ferry sails in May.", "It takes a day."), None),
        (("The ferry sails in May.", "It takes a day."), "Statement by the Foreign Ministry"),
        ((NARRATED, "Oslo said it would pay for our pier."), "Statement by the Foreign Ministry"),
        ((WORDS[0], "We pay, according to our plan."), None),
        (WORDS, "Readout of the call on our harbour"),
        (("“We welcome our accord on the harbour,” ran the banner on our pier.",), None),
    ],
)
def test_near_documents_are_none(paragraphs: tuple[str, ...], title: str | None) -> None:
    assert whole_statement(article(*paragraphs, title=title)) == []


PREFACES = [
    "The Foreign Ministry of Peru issued the following statement on May 2:",
    "The harbour ministry has released the following joint declaration:",
    "The following statement was published by the crews of both shores.",
    "The text of the following declaration was agreed in Lima.",
    "Begin text.",
    "(As prepared for delivery.)",
    "Check against delivery.",
]


@pytest.mark.parametrize("preface", PREFACES)
def test_a_preface_is_no_part_of_the_statement(preface: str) -> None:
    story = article(preface, *WORDS)
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs[1:]]


def test_the_end_of_the_text_is_no_part_of_it() -> None:
    story = article("Begin text.", *WORDS, "End text.")
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs[1:3]]


@pytest.mark.parametrize(
    "words",
    [
        "We issued the following year a list of our ferries, and we kept it.",
        "The following ferries are ours.",
        "The ministry published the list: it is ours.",
    ],
)
def test_near_sentences_are_part_of_it(words: str) -> None:
    story = article(words, *WORDS)
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs]


@pytest.mark.parametrize(
    "heading",
    [
        "Comment by the Foreign Ministry",
        "Intervention by the envoy of Norway",
        "Response to a question of the press",
        "As delivered by Minister Solhaug",
    ],
)
def test_a_heading_in_the_text_settles_it_as_a_title_does(heading: str) -> None:
    said = " ".join(["The harbour lies open to all ships of both shores, and it will stay so for years."] * 6)
    sparse = f"{said} We thank the crews."
    assert whole_statement(article("On the harbour", sparse)) == []
    story = article(heading, sparse)
    assert [found.pieces for found in whole_statement(story)] == [story.paragraphs[1:]]


def test_the_first_person_in_quotation_marks_does_not_make_a_statement_of_a_story() -> None:
    story = article(
        "Norway rejected the remarks of the minister of Peru about the ferry between the two ports.",
        "“We firmly reject what we heard,” reads the paper of the ministry, which is two pages long.",
        "“Our ferry will sail,” the paper goes on.",
        "The ferry has carried cars and wood between the two ports since the summer of 1998, and it is one of the "
        "oldest in the north, where hardly a road leads along the coast and the mail still comes by sea in winter.",
    )
    assert whole_statement(story) == []
