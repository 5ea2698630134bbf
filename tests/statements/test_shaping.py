"""From marked stretches to borders and types; the marks are given by hand, as an engine would set them."""

from __future__ import annotations

import pytest
from helpers import article, attribution

from flows.statements.attribution import Attribution
from flows.statements.quotations import scan
from flows.statements.shaping import join_split_quotations, shape
from flows.statements.statement import Statement


def shaped(text: str, *attributions: Attribution) -> list[tuple[str, list[str]]]:
    story = article(*text.split("\n\n"))
    found = shape(text, scan(text, story.paragraphs), attributions)
    return [(each.quotation_type, [piece.of(text) for piece in each.pieces]) for each in found]


def joined(text: str, *attributions: Attribution) -> list[Statement]:
    story = article(*text.split("\n\n"))
    quotations = scan(text, story.paragraphs)
    return join_split_quotations(text, shape(text, quotations, attributions), quotations)


def pieces(text: str, statement: Statement) -> list[str]:
    return [piece.of(text) for piece in statement.pieces]


CLAUSES = [
    # text, content as marked, cue, type, words
    ("Oslo said that the pier was safe.", "that the pier was safe.", "said", "indirect", "the pier was safe"),
    ("Oslo said, the pier was safe.", ", the pier was safe", "said", "indirect", "the pier was safe"),
    ("The pier was safe, Oslo said.", "The pier was safe,", "said", "indirect", "The pier was safe"),
    ("Oslo asked whether the pier was safe.", "whether the pier was safe", "asked", "indirect", "the pier was safe"),
    ("Oslo said on Friday that it paid.", "on Friday that it paid", "said", "indirect", "it paid"),
    ("She told reporters that it paid.", "reporters that it paid", "told", "indirect", "it paid"),
    ("Oslo said the pier belonged to the U.N.", "the pier belonged to the U.N.", "said", "indirect",
     "the pier belonged to the U.N."),
    ("Oslo said the pier would close on Monday.", "the pier would close on Monday.", "said", "indirect",
     "the pier would close on Monday"),
    ("Oslo said then that the pier was safe.", "then that the pier was safe", "said", "indirect", "the pier was safe"),
    ("Oslo said only that the pier was safe.", "only that the pier was safe", "said", "indirect", "the pier was safe"),
    ("Oslo noted with regret that it paid.", "with regret that it paid", "noted", "indirect", "it paid"),
    ("Oslo said then the pier was safe.", "then the pier was safe", "said", "indirect", "then the pier was safe"),
]  # fmt: skip

ACTS = [
    ("Oslo condemned the raid.", "the raid.", "condemned", "condemned the raid"),
    ("Oslo has strongly condemned the raid.", "the raid.", "has strongly condemned", "condemned the raid"),
    ("Oslo urged Peru to sign.", "Peru to sign.", "urged", "urged Peru to sign"),
    ("Oslo vowed to rebuild the pier.", "to rebuild the pier", "vowed", "vowed to rebuild the pier"),
    ("Oslo expressed concern over the raid.", "concern over the raid", "expressed", "expressed concern over the raid"),
    ("Oslo considers the vote a mistake.", "the vote a mistake", "considers", "considers the vote a mistake"),
    ("Oslo welcomed the accord on Thursday.", "the accord on Thursday.", "welcomed", "welcomed the accord"),
    ("Oslo urged both to meet on Thursday.", "both to meet on Thursday.", "urged", "urged both to meet on Thursday"),
    ("Oslo agreed with the plan of Lima.", "with the plan of Lima", "agreed", "agreed with the plan of Lima"),
    ("Oslo voiced hope that it sails.", "that it sails", "voiced hope", "voiced hope that it sails"),
    ("Oslo has expressed confidence that it sails.", "confidence that it sails", "has expressed",
     "expressed confidence that it sails"),
    ("Oslo expressed regret over the fact that it sank.", "regret over the fact that it sank", "expressed",
     "expressed regret over the fact that it sank"),
]  # fmt: skip

# A clause behind a verb that takes none.
ACTS_WITH_CLAUSES = [
    ("Oslo welcomed that it sails.", "that it sails", "welcomed", "it sails"),
    ("Oslo welcomed the fact that it sails.", "the fact that it sails", "welcomed", "it sails"),
    ("Oslo regretted the fact that it sank.", "the fact that it sank", "regretted", "it sank"),
    ("Oslo welcomed the factory that it built.", "the factory that it built", "welcomed",
     "welcomed the factory that it built"),
]  # fmt: skip

TURNING = [
    ("Oslo denied that a letter existed.", "that a letter existed", "denied", "denied that a letter existed"),
    ("Oslo rejected the charge.", "the charge", "rejected", "rejected the charge"),
    ("Oslo ruled out a second pier.", "a second pier", "ruled out", "ruled out a second pier"),
]

# Verbs that take both complements: the complement decides.
BOTH = [
    ("Oslo warned the pier was old.", "the pier was old", "warned", "the pier was old"),
    ("Oslo warned Peru against delay.", "Peru against delay", "warned", "warned Peru against delay"),
    ("Oslo demanded that the pier be closed.", "that the pier be closed", "demanded", "the pier be closed"),
    ("Oslo demanded a new pier.", "a new pier", "demanded", "demanded a new pier"),
]


@pytest.mark.parametrize(("text", "content", "cue", "kind", "words"), CLAUSES)
def test_a_clause_stands_alone(text: str, content: str, cue: str, kind: str, words: str) -> None:
    assert shaped(text, attribution(text, content, cue)) == [(kind, [words])]


@pytest.mark.parametrize(("text", "content", "cue", "words"), ACTS + ACTS_WITH_CLAUSES + TURNING + BOTH)
def test_anything_else_and_any_turning_verb_begins_at_the_verb(text: str, content: str, cue: str, words: str) -> None:
    assert shaped(text, attribution(text, content, cue)) == [("indirect", [words])]


def test_words_before_the_verb_never_take_it() -> None:
    text = "No second pier would come, Oslo warned."
    assert shaped(text, attribution(text, "No second pier would come", "warned")) == [
        ("indirect", ["No second pier would come"])
    ]


QUOTED = [
    ('"The pier is safe," Oslo said.', '"The pier is safe,"', "said", "direct", "The pier is safe,"),
    ('Oslo said: "The pier is safe."', '"The pier is safe."', "said", "direct", "The pier is safe."),
    ('Oslo said, "The pier is safe".', ', "The pier is safe".', "said", "direct", "The pier is safe"),
    ('Oslo said that "We built the pier."', 'that "We built the pier."', "said", "mixed", "We built the pier."),
    ('Oslo said, "That pier is safe."', '"That pier is safe."', "said", "direct", "That pier is safe."),
    ('That "We built the pier" is what Oslo said.', '"We built the pier"', "said", "mixed", "We built the pier"),
    ('Oslo said the pier is "safe."', 'the pier is "safe."', "said", "mixed", 'the pier is "safe."'),
    ('Oslo called it "a good pier."', 'it "a good pier."', "called", "mixed", 'called it "a good pier."'),
    ('Oslo said "no pier is safe."', '"no pier is safe."', "said", "mixed", "no pier is safe."),
    ('The so-called "pier" would fall, Oslo said.', 'The so-called "pier" would fall,', "said", "indirect",
     'The so-called "pier" would fall'),
    ('A plan dubbed "Pier Two" would fail, Oslo said.', 'A plan dubbed "Pier Two" would fail,', "said", "indirect",
     'A plan dubbed "Pier Two" would fail'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "cue", "kind", "words"), QUOTED)
def test_quoted_words_set_the_type(text: str, content: str, cue: str, kind: str, words: str) -> None:
    assert shaped(text, attribution(text, content, cue)) == [(kind, [words])]


FURTHER = [
    # text, content as marked, words that stay
    ('Oslo said that talks were over. "Enough is enough."', 'that talks were over. "Enough is enough."',
     "talks were over"),
    ("Oslo said that talks were over. “Enough is enough.”", "that talks were over. “Enough is enough.”",
     "talks were over"),
    ('Oslo said that talks were "over".', 'that talks were "over"', 'talks were "over"'),
    ('Oslo said talks "were dead." It added "none came."', 'talks "were dead." It added "none came."',
     'talks "were dead." It added "none came."'),
    ('Oslo said that the U.N. "is over".', 'that the U.N. "is over"', 'the U.N. "is over"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "words"), FURTHER)
def test_a_further_sentence_in_quotation_marks_is_a_statement_of_its_own(text: str, content: str, words: str) -> None:
    assert [found for _, found in shaped(text, attribution(text, content, "said"))] == [[words]]


def test_the_further_sentence_goes_to_the_same_speaker() -> None:
    text = 'Oslo said that talks were over. "Enough is enough."'
    one, other = joined(text, attribution(text, 'that talks were over. "Enough is enough."', "said", "Oslo"))
    assert (pieces(text, one), pieces(text, other)) == (["talks were over"], ["Enough is enough."])
    assert other.same_speaker_as_previous


def test_a_quotation_that_opens_with_a_bracket_is_judged_by_its_first_letter() -> None:
    text = "“[Our] pier is safe,” Oslo said. “[our] pier stands.”"
    kinds = [
        shaped(text, attribution(text, words, "said"))[0][0]
        for words in ("“[Our] pier is safe,”", "“[our] pier stands.”")
    ]
    assert kinds == ["direct", "mixed"]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ('"The pier is saf', "The pier is safe, and dry,"),  # the greater part of the quotation: all of it
        ("The pier is safe, and dry", "The pier is safe, and dry,"),
    ],
)
def test_a_quotation_marked_in_part_is_taken_whole(marked: str, words: str) -> None:
    text = '"The pier is safe, and dry," Oslo said.'
    assert shaped(text, attribution(text, marked, "said")) == [("direct", [words])]


def test_a_mark_that_strays_into_the_next_quotation_is_drawn_back() -> None:
    text = 'The pier is safe "and the harbour is deep enough for every ship we own," Oslo said.'
    assert shaped(text, attribution(text, 'The pier is safe "and', "said")) == [("indirect", ["The pier is safe"])]


def test_a_clause_broken_by_its_cue_is_one_statement_of_two_pieces() -> None:
    text = 'The list, in her words, "is short" and old.'
    assert shaped(text, attribution(text, ("The list", '"is short" and old'), "in her words", "her")) == [
        ("mixed", ["The list", '"is short" and old'])
    ]


def test_pieces_that_only_marks_part_are_one() -> None:
    text = "The pier, , was safe, Oslo said."
    assert shaped(text, attribution(text, ("The pier,", "was safe,"), "said")) == [
        ("indirect", ["The pier, , was safe"])
    ]


def test_a_quotation_over_paragraphs_has_a_piece_for_each() -> None:
    text = 'Oslo said: "The pier is safe.\n\n"The harbour is deep."'
    whole = '"The pier is safe.\n\n"The harbour is deep."'
    assert shaped(text, attribution(text, whole, "said")) == [("direct", ["The pier is safe.", "The harbour is deep."])]


def test_no_words_no_statement() -> None:
    text = 'Oslo said "..." and left.'
    assert shaped(text, attribution(text, '"..."', "said")) == []


def test_of_two_claims_to_one_stretch_the_one_with_cue_and_source_stays() -> None:
    text = "Oslo said the pier was safe."
    sure = attribution(text, "the pier was safe", score=0.99)
    sourced = attribution(text, "the pier was safe", "said", "Oslo", score=0.6)
    story = article(text)
    (kept,) = shape(text, scan(text, story.paragraphs), [sure, sourced])
    assert (kept.source, kept.score) == (sourced.source[0], 0.6)


def test_two_stretches_that_share_a_few_words_both_stay() -> None:
    text = "Oslo stressed the pier was safe and urged Peru to pay."
    one = attribution(text, "the pier was safe and", "stressed", "Oslo")
    other = attribution(text, "Peru to pay", "urged", "Oslo")
    assert [words for _, words in shaped(text, one, other)] == [["the pier was safe and"], ["urged Peru to pay"]]


class TestSplitQuotations:
    def test_the_second_half_joins_the_first(self) -> None:
        text = '"We wait," Oslo said. "We have time."'
        (one,) = joined(text, attribution(text, '"We wait,"', "said", "Oslo"))
        assert pieces(text, one) == ["We wait,", "We have time."]
        assert one.source is not None

    def test_a_new_paragraph_is_a_new_statement_of_the_same_speaker(self) -> None:
        text = '"We wait," Oslo said.\n\n"We have time."'
        one, other = joined(text, attribution(text, '"We wait,"', "said", "Oslo"))
        assert pieces(text, other) == ["We have time."]
        assert (one.same_speaker_as_previous, other.same_speaker_as_previous) == (False, True)

    def test_a_sentence_between_keeps_them_apart(self) -> None:
        text = '"We wait," Oslo said. Nobody came to the pier. "We have time."'
        assert len(joined(text, attribution(text, '"We wait,"', "said", "Oslo"))) == 2

    def test_an_indirect_statement_takes_no_quotation(self) -> None:
        text = 'Oslo said the pier was safe. "We have time."'
        assert len(joined(text, attribution(text, "the pier was safe", "said", "Oslo"))) == 2

    @pytest.mark.parametrize(
        "text",
        [
            'The pier, known as the "Long Walk", is old.',
            'They met in the "Green Room" and left.',
            'A film, "The Long Walk," was shown.',
            '"Yes."',
        ],
    )
    def test_fragments_in_narration_stay_out(self, text: str) -> None:
        assert joined(text) == []

    def test_the_statements_come_in_the_order_of_the_text(self) -> None:
        text = '"We were first."\n\nOslo said the pier was safe.'
        starts = [each.start for each in joined(text, attribution(text, "the pier was safe", "said", "Oslo"))]
        assert starts == sorted(starts)
        assert len(starts) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that the ferry sails in May, which surprised nobody", "the ferry sails in May"),
        ("that 300 firms are on the list, many of which are new", "300 firms are on the list"),
        ("that the plan is “a fence,” which nobody has seen", "the plan is “a fence,”"),
        ("that the ferry sails in May, while", "the ferry sails in May"),
        ("that the ferry which sails in May is new", "the ferry which sails in May is new"),
        ("that the crew, who waited, will sail in May", "the crew, who waited, will sail in May"),
        ("that the plan is “a fence, which is no house”", "the plan is “a fence, which is no house”"),
        ("the committee that wrote the report was late", "the committee that wrote the report was late"),
    ],
)
def test_background_and_addressee_are_no_part_of_the_clause(content: str, words: str) -> None:
    text = f"The envoy said {content}."
    found = shaped(text, attribution(text, content, "said", "The envoy"))
    assert [pieces for _, pieces in found] == [[words]]


@pytest.mark.parametrize("hearer", ["our publication", "this newspaper", "the fisheries committee on Monday"])
def test_whom_something_was_told_is_no_part_of_the_clause(hearer: str) -> None:
    text = f"The envoy told {hearer} that the ferry is new."
    found = shaped(text, attribution(text, f"{hearer} that the ferry is new", "told", "The envoy"))
    assert [pieces for _, pieces in found] == [["the ferry is new"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("last night that it was late", "it was late"),
        ("yesterday that it was late", "it was late"),
        ("last night was cold", "last night was cold"),
    ],
)
def test_a_time_before_that_is_no_part_of_the_clause(content: str, words: str) -> None:
    text = f"The envoy said {content}."
    found = shaped(text, attribution(text, content, "said", "The envoy"))
    assert [pieces for _, pieces in found] == [[words]]


def test_a_view_that_is_shared_begins_at_the_verb() -> None:
    text = "She shared the view that it was late."
    found = shaped(text, attribution(text, "that it was late", "shared the view", "She"))
    assert [pieces for _, pieces in found] == [["shared the view that it was late"]]
