"""Turn-taking documents."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.transcripts import transcript_statements, turns

MINISTER = "MINISTER SOLHAUG"


def spoken(*paragraphs: str, **changes: object) -> list[tuple[str, str]]:
    story = article(*paragraphs, **changes)
    found = transcript_statements(story)
    return [(each.source.of(story.text) if each.source else "", each.text_in(story.text)) for each in found]


@pytest.mark.parametrize("label", ["Q", "QUESTION", "REPORTER", "MODERATOR", "INTERPRETER", "Moderator", "Reuters"])
def test_whoever_asks_or_leads_gives_no_row(label: str) -> None:
    found = spoken(
        f"{label}: Will the ferry sail this year? People ask.",
        f"{MINISTER}: It will.",
        f"{label}: Thank you. That ends it.",
        f"{MINISTER}: We will sail in May.",
    )
    assert found == [(MINISTER, "It will."), (MINISTER, "We will sail in May.")]


def test_the_bare_q_of_the_briefing_rooms_is_a_label() -> None:
    found = spoken("Q  Will it sail?", "MR. LIND:  It will.", "Q  When?", "MR. LIND:  In May, I think.")
    assert found == [("MR. LIND", "It will."), ("MR. LIND", "In May, I think.")]


def test_somebody_who_only_asks_is_a_questioner_whatever_the_label() -> None:
    found = spoken(
        "Berit Aas: Will it sail?",
        "Minister Solhaug: It will.",
        "Berit Aas: And who pays for it? Thank you.",
        "Minister Solhaug: We all do.",
        title="Minister Solhaug meets the press",
    )
    assert [who for who, _ in found] == ["Minister Solhaug", "Minister Solhaug"]


def test_an_answer_that_ends_in_a_question_is_kept() -> None:
    found = spoken(
        "QUESTION: Will it sail?",
        "MR. LIND: Why would it not?",
        "QUESTION: Who pays?",
        "MR. LIND: Who ever pays?",
    )
    assert len(found) == 2


def test_paragraphs_without_a_label_go_on_with_the_turn() -> None:
    found = spoken(
        "QUESTION: Will it sail?",
        f"{MINISTER}: It will.",
        "It sails in May.",
        "QUESTION: Why?",
        f"{MINISTER}: Why not.",
    )
    assert found[0] == (MINISTER, "It will. It sails in May.")


@pytest.mark.parametrize(
    "direction", ["(Laughter.)", "(As interpreted.)", "(Via interpreter)", "(In Finnish)", "(Applause) (Laughter)"]
)
def test_stage_directions_before_the_words_are_left_out(direction: str) -> None:
    found = spoken(
        "QUESTION: Will it sail?", f"{MINISTER}: {direction} It will.", "QUESTION: Why?", f"{MINISTER}: Yes."
    )
    assert found[0] == (MINISTER, "It will.")


def test_other_brackets_stay() -> None:
    found = spoken(
        "QUESTION: Will it sail?", f"{MINISTER}: (Or what is left of it) will.", "Q: Why?", f"{MINISTER}: Yes."
    )
    assert found[0][1] == "(Or what is left of it) will."


class TestPresidingOfficers:
    PROCEDURE = "The President: I give the floor to the representative of Norway."

    def test_procedure_gives_no_row(self) -> None:
        found = spoken(
            self.PROCEDURE, "Ms. Solhaug (Norway): The harbour is deep.", self.PROCEDURE, "Mr. Lind (Peru): It is."
        )
        assert found == [("Ms. Solhaug (Norway)", "The harbour is deep."), ("Mr. Lind (Peru)", "It is.")]

    def test_words_in_national_capacity_do(self) -> None:
        found = spoken(
            "Ms. Solhaug (Norway): The harbour is deep.",
            "The President: I shall now make a statement in my capacity as the representative of Japan.",
            "Japan finds the harbour shallow.",
            "I now resume my functions as President of the Council.",
            "Mr. Lind (Peru): It is.",
        )
        assert ("The President", "Japan finds the harbour shallow.") in found
        assert len(found) == 3

    def test_the_country_and_the_manner_stand_beside_the_label(self) -> None:
        found = spoken(
            "Ms. Solhaug (Norway) (spoke in French): The harbour is deep.",
            "Mr. Lind (Peru): It is.",
            "Ms. Solhaug (Norway): Good.",
        )
        assert found[0] == ("Ms. Solhaug (Norway)", "The harbour is deep.")


STORIES = [
    ("The envoy added: it sails in May, and nobody will be left behind.", "Rain fell on the harbour for days."),
    ("Oslo: the city slept.", "Nothing else happened in the harbour, on the pier or in the ferry that day."),
    ("He said: \"It sails.\"", "She added: \"It floats.\"", "They left."),
    ("Note: the harbour is closed on Sundays and whenever the wind comes from the west, the mayor said.",
     "The ferry sails in May.", "It takes a day."),
    ("It sails at 10:30 from pier two.", "It lands at 11:45 at pier three."),
]  # fmt: skip


@pytest.mark.parametrize("paragraphs", STORIES)
def test_stories_with_colons_are_no_transcripts(paragraphs: tuple[str, ...]) -> None:
    assert turns(article(*paragraphs)) == []


def test_an_introduction_before_the_turns_belongs_to_nobody() -> None:
    story = article(
        "The minister met reporters at the harbour.",
        "QUESTION: Will it sail?",
        f"{MINISTER}: It will, and it will carry everybody who has waited.",
        "QUESTION: Why?",
        f"{MINISTER}: Because people wait for it on both shores.",
    )
    assert [turn.name_in(story.text) for turn in turns(story)] == ["QUESTION", MINISTER, "QUESTION", MINISTER]
    assert "reporters" not in " ".join(words for _, words in spoken(*story.text.split("\n\n")))
