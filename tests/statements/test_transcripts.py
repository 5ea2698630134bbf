"""Turn-taking documents."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.transcripts import ANSWER, transcript_statements, turns

MINISTER = "MINISTER SOLHAUG"


def spoken(*paragraphs: str, **changes: object) -> list[tuple[str, str]]:
    story = article(*paragraphs, **changes)
    found = transcript_statements(story)
    return [(each.source.of(story.text) if each.source else "", each.text_in(story.text)) for each in found]


@pytest.mark.parametrize(
    "label",
    [
        "Q",
        "QUESTION",
        "REPORTER",
        "MODERATOR",
        "INTERPRETER",
        "Moderator",
        "Correspondent",
        "Interviewer",
        "Reuters",
    ],
)
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


ASKED = ("QUESTION: Will it sail?", "QUESTION: Who pays?")


class TestAnswersWithoutAName:
    @pytest.mark.parametrize("label", ["A", "ANSWER", "Answer", "REPLY", "Response"])
    def test_the_label_is_no_source(self, label: str) -> None:
        story = article(ASKED[0], f"{label}: It will, in May.", ASKED[1], f"{label}: We all do.")
        found = transcript_statements(story)
        assert [each.text_in(story.text) for each in found] == ["It will, in May.", "We all do."]
        assert [(each.source, each.method) for each in found] == [(None, ANSWER)] * 2

    def test_a_named_label_is_one(self) -> None:
        story = article(ASKED[0], f"{MINISTER}: It will, in May.", ASKED[1], "Mr. Answer: We all do.")
        found = transcript_statements(story)
        assert [each.method for each in found] == ["transcript-turn"] * 2
        assert [each.source.of(story.text) for each in found if each.source] == [MINISTER, "Mr. Answer"]


class TestUnlabelledAnswers:
    def test_they_follow_their_questions(self) -> None:
        assert spoken(ASKED[0], "It will, in May.", "It is painted.", ASKED[1], "We all do.") == [
            ("", "It will, in May. It is painted."),
            ("", "We all do."),
        ]

    def test_a_question_without_an_answer_gives_none(self) -> None:
        assert spoken(ASKED[0], ASKED[1], "We all do.") == [("", "We all do.")]

    def test_beside_a_named_answer_further_paragraphs_are_part_of_the_question(self) -> None:
        found = spoken(ASKED[0], "People ask.", f"{MINISTER}: It will.", ASKED[1], f"{MINISTER}: We all do.")
        assert found == [(MINISTER, "It will."), (MINISTER, "We all do.")]


REMARKS = "Good morning. I am glad that our ferry is painted, and I thank the crews of both shores who have done it."


class TestOpeningRemarks:
    TURNS = (ASKED[0], f"{MINISTER}: It will.", ASKED[1], f"{MINISTER}: We all do.")

    def test_they_come_before_the_first_question(self) -> None:
        found = spoken("MAY 2", "The following is a transcript.", "(As delivered.)", REMARKS, *self.TURNS,
                       title="Remarks by Minister Solhaug")  # fmt: skip
        assert found == [("", REMARKS), (MINISTER, "It will."), (MINISTER, "We all do.")]

    @pytest.mark.parametrize(
        ("words", "title"),
        [
            (REMARKS, "Ferry is painted"),  # the headline announces no remarks
            ("I am glad.", "Remarks by Minister Solhaug"),  # too few words
            (
                "The minister met reporters at the harbour on Monday and told them when it sails, who pays and why.",
                "Remarks by Minister Solhaug",
            ),  # nobody speaks in the first person
        ],
    )
    def test_an_introduction_is_none(self, words: str, title: str) -> None:
        assert spoken(words, *self.TURNS, title=title) == [(MINISTER, "It will."), (MINISTER, "We all do.")]


class TestBreaks:
    TURNS = ("QUESTION: Will it sail?", f"{MINISTER}: It will.", "QUESTION: Why?", f"{MINISTER}: People wait.")

    @pytest.mark.parametrize(
        "line", ["***", "* * *", "---", "___", "— — —", "The following question was asked in writing"]
    )
    def test_what_follows_a_break_is_nobodys_turn(self, line: str) -> None:
        assert spoken(*self.TURNS, line, "The ferry is red.")[-1] == (MINISTER, "People wait.")

    @pytest.mark.parametrize("line", ["*", "** The ferry is red.", "The following ship is red."])
    def test_any_other_line_goes_on_with_the_turn(self, line: str) -> None:
        assert spoken(*self.TURNS, line)[-1] == (MINISTER, f"People wait. {line}")

    def test_a_label_opens_a_turn_again(self) -> None:
        assert spoken(*self.TURNS, "***", "The ferry is red.", f"{MINISTER}: Thank you all.")[-2:] == [
            (MINISTER, "People wait."),
            (MINISTER, "Thank you all."),
        ]


@pytest.mark.parametrize("aside", ["(The minister rises.)", "[End of the briefing]", "(Break)."])
def test_an_aside_in_a_paragraph_of_its_own_is_no_part_of_the_turn(aside: str) -> None:
    found = spoken(ASKED[0], f"{MINISTER}: It will.", aside, "It is red.", ASKED[1], f"{MINISTER}: We all do.")
    assert found[0] == (MINISTER, "It will. It is red.")


@pytest.mark.parametrize("words", ["(or what is left of it)", "(The ferry) is red.", "[Our ferry] is red (and old)."])
def test_words_in_brackets_that_are_none_stay(words: str) -> None:
    found = spoken(ASKED[0], f"{MINISTER}: It will.", words, ASKED[1], f"{MINISTER}: We all do.")
    assert found[0] == (MINISTER, f"It will. {words}")


CALLS = ["Go ahead.", "Yes, please.", "Please. Berit.", "Next question.", "Last question, Berit.", "Berit?",
         "All right. Thanks, everybody.", "Okay, thank you. Berit, all yours."]  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
def test_giving_the_word_is_no_statement(call: str) -> None:
    found = spoken(f"{MINISTER}: {call}", ASKED[0], f"{MINISTER}: It will.", ASKED[1], f"{MINISTER}: We all do.")
    assert found == [(MINISTER, "It will."), (MINISTER, "We all do.")]


@pytest.mark.parametrize(
    "words", ["Go ahead with the ferry.", "Please wait.", "Next year.", "Yes.", "Why?", "Okay, we wait."]
)
def test_short_answers_are_statements(words: str) -> None:
    found = spoken(ASKED[0], f"{MINISTER}: {words}", ASKED[1], f"{MINISTER}: We all do.")
    assert found[0] == (MINISTER, words)


class TestModerators:
    LONG = "Let me say at once that the ministry has never sold a ferry to anybody and that it never will."

    def test_a_spokesperson_who_only_gives_the_word_is_one(self) -> None:
        found = spoken(
            "Spokesperson Aas: Good morning to you all. The minister.",
            "Minister Solhaug: The ferry is painted.",
            "Spokesperson Aas: Thank you. That was all.",
            "Minister Solhaug: Good day.",
        )
        assert [who for who, _ in found] == ["Minister Solhaug", "Minister Solhaug"]

    def test_one_who_answers_is_none(self) -> None:
        found = spoken(
            "Spokesperson Aas: Good morning to you all.",
            "QUESTION: Is it sold?",
            f"Spokesperson Aas: {self.LONG}",
            "QUESTION: Why?",
            "Spokesperson Aas: Why not.",
        )
        assert [who for who, _ in found] == ["Spokesperson Aas"] * 3

    def test_a_minister_who_is_brief_is_none(self) -> None:
        found = spoken(ASKED[0], "Minister Aas: Yes.", ASKED[1], "Minister Aas: We do.")
        assert [words for _, words in found] == ["Yes.", "We do."]


class TestJournalists:
    MINISTER = ("Minister Solhaug: It will.", "Minister Solhaug: We all do, and we shall for years to come.")

    @pytest.mark.parametrize(
        "question",
        [
            "Berit Aas from the Harbour Courier. Tell us about the ferry.",
            "Hello, this is Berit Aas with the Harbour Courier. Tell us about the ferry.",
            "Thank you, I’m Berit from Harbour Radio. The ferry is late.",
            "Is the ferry late? People wait for it and say so.",
            "The ferry is late, and people —",
        ],
    )
    def test_who_introduces_themselves_or_breaks_off_asks(self, question: str) -> None:
        found = spoken(f"Berit Aas: {question}", self.MINISTER[0], f"Berit Aas: {question}", self.MINISTER[1])
        assert [who for who, _ in found] == ["Minister Solhaug", "Minister Solhaug"]

    @pytest.mark.parametrize(
        "words",
        [
            "I come from the harbour. The ferry is late.",
            "The ferry from the Harbour Courier is late.",
            "The ferry is late, and people wait.",
        ],
    )
    def test_who_tells_something_does_not(self, words: str) -> None:
        found = spoken(f"Berit Aas: {words}", self.MINISTER[0], f"Berit Aas: {words}", self.MINISTER[1])
        assert ("Berit Aas", words) in found


class TestLabelsWithTitles:
    def test_the_title_is_part_of_the_source(self) -> None:
        found = spoken(
            ASKED[0],
            "Berit Aas, Minister for Trade and Industry: It will.",
            ASKED[1],
            "Berit Aas, Minister for Trade and Industry (Norway): We all do.",
        )
        assert found == [
            ("Berit Aas, Minister for Trade and Industry", "It will."),
            ("Berit Aas, Minister for Trade and Industry (Norway)", "We all do."),
        ]

    def test_a_sentence_with_a_comma_and_a_colon_is_no_label(self) -> None:
        found = spoken(ASKED[0], f"{MINISTER}: It will.", "Berit Aas, who paints it, knows: it is red.",
                       ASKED[1], f"{MINISTER}: We all do.")  # fmt: skip
        assert found[0] == (MINISTER, "It will. Berit Aas, who paints it, knows: it is red.")

    def test_q_with_a_full_stop_is_a_label(self) -> None:
        found = spoken("Q. Will it sail?", "A. It will.", "Q. Who pays?", "A. We all do.")
        assert found == [("", "It will."), ("", "We all do.")]


class TestFoot:
    TURNS = ("QUESTION: Will it sail?", "MR. LIND: It will.", "QUESTION: Why?", "MR. LIND: People wait.")

    @pytest.mark.parametrize("foot", ["17 November 2017", "Oslo", "Ingrid Solhaug, Spokesperson", "Comments - 0"])
    def test_what_stands_below_the_record_is_no_part_of_the_last_turn(self, foot: str) -> None:
        assert spoken(*self.TURNS, foot, "Ministry of Ferries")[-1] == ("MR. LIND", "People wait.")

    @pytest.mark.parametrize("words", ["They do.", "They wait:", "Do they?", "… and wait"])
    def test_a_sentence_is(self, words: str) -> None:
        assert spoken(*self.TURNS, words)[-1] == ("MR. LIND", f"People wait. {words}")


def test_an_office_with_a_field_in_brackets_is_a_label() -> None:
    found = spoken(
        "Question (Berit Aas, Harbour Post): Will it sail?",
        "Answer: It will.",
        "Question (Per Lind, Ferry News): Who pays?",
        "Director General (South) Ana Ruiz: We all do.",
    )
    assert found == [("", "It will."), ("Director General (South) Ana Ruiz", "We all do.")]


def test_two_turns_suffice_where_both_labels_name_officials() -> None:
    words = ("We will sail in May.", "We will wait for you in June.")
    labels = ("PRIME MINISTER SOLHAUG", "Mr. LIND Bo, Minister for Ports")
    assert spoken(*(f"{label}: {each}" for label, each in zip(labels, words, strict=True))) == [
        *zip(labels, words, strict=True)
    ]
    assert spoken("The terms: We will sail in May.", "The price: We will pay in June.") == []


def test_a_numbered_heading_is_no_part_of_a_turn() -> None:
    found = spoken(
        "(1) Journey to the Northern Ports",
        f"{MINISTER}: I have been to the ports.",
        "(a) They are ready, and I am glad of it.",
        "(2) The Conference on the Straits",
        f"{MINISTER}: I will go there in May, and I will speak of the ports.",
    )
    assert [words for _, words in found] == [
        "I have been to the ports. (a) They are ready, and I am glad of it.",
        "I will go there in May, and I will speak of the ports.",
    ]
