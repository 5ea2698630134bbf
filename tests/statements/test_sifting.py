"""What is speech and whose; the marks are given by hand, as an engine would set them."""

from __future__ import annotations

import pytest
from helpers import article, attribution

from flows.statements.attribution import Attribution
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.sifting import sift


def sifted(text: str, *attributions: Attribution) -> list[Attribution]:
    story = article(*text.split("\n\n"))
    quotations = scan(text, story.paragraphs)
    return sift(text, sentences(text, story.paragraphs, quotations), quotations, attributions)


def source(text: str, found: Attribution) -> str | None:
    return found.source[0].of(text) if found.source else None


SILENCE = [
    ("The envoy declined to comment.", "to comment", "declined"),
    ("The envoy refused to say who paid.", "to say who paid", "refused"),
    ("The envoy did not say which pier he meant.", "which pier he meant", "did not say"),
    ("The envoy didn't specify a date.", "a date", "didn't specify"),
    ("The envoy left without explaining why.", "why", "without explaining"),
    ("The envoy asked not to be named.", "not to be named", "asked"),
    ("The envoy spoke when asked about the pier.", "about the pier", "asked"),
    ("The envoy, asked whether it sails, smiled.", "whether it sails", "asked"),
    ("The two sides agreed to meet again.", "to meet again", "agreed"),
]

NO_ACTS = [
    ("The envoy was accused of theft.", "theft", "accused", "The envoy"),
    ("The pilot was suspected by police.", "police", "suspected", "The pilot"),
    ("The harbour was angered by the delay.", "by the delay", "was angered", None),
]

SPEECH = [
    ("The envoy did not deny that he paid.", "that he paid", "did not deny"),
    ("The envoy said the pier had not been named.", "the pier had not been named", "said"),
    ("The envoy agreed that trade must grow.", "that trade must grow", "agreed"),
    ("The envoy accused Lima of delay.", "Lima of delay", "accused"),
    ("The envoy asked Lima to pay.", "Lima to pay", "asked"),
    ("It is not far, the envoy said.", "It is not far,", "said"),
    ('The envoy did not say "the pier is mine" at all.', '"the pier is mine"', "did not say"),
]


@pytest.mark.parametrize(("text", "content", "cue"), SILENCE)
def test_silence_and_arrangements_are_no_statements(text: str, content: str, cue: str) -> None:
    assert sifted(text, attribution(text, content, cue, "The " + text.split()[1].strip(","))) == []


@pytest.mark.parametrize(("text", "content", "cue", "who"), NO_ACTS)
def test_those_of_whom_something_is_said_say_nothing(text: str, content: str, cue: str, who: str | None) -> None:
    assert sifted(text, attribution(text, content, cue, who)) == []


@pytest.mark.parametrize(("text", "content", "cue"), SPEECH)
def test_near_sentences_that_are_speech(text: str, content: str, cue: str) -> None:
    (found,) = sifted(text, attribution(text, content, cue, "The envoy" if text.startswith("The") else "the envoy"))
    assert found.cue[0].of(text) == cue


def test_words_that_are_no_cue_say_nothing_unless_words_are_quoted() -> None:
    plain = "The envoy jumped over the pier."
    quoted = 'The envoy grinned, "We own the pier now."'
    assert sifted(plain, attribution(plain, "over the pier", "jumped", "The envoy")) == []
    assert len(sifted(quoted, attribution(quoted, '"We own the pier now."', "grinned", "The envoy"))) == 1


def test_a_fragment_beside_a_word_that_is_no_cue_is_no_speech() -> None:
    text = 'The ferry crossed the "Long Gap" at noon.'
    assert sifted(text, attribution(text, 'the "Long Gap"', "crossed", "The ferry")) == []


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("Togo's envoy to Peru, Ana Lind, said it sails.", "Togo's envoy", "Togo's envoy to Peru, Ana Lind"),
        ("The spokeswoman for the Foreign Ministry said it sails.", "The spokeswoman",
         "The spokeswoman for the Foreign Ministry"),
        ("The envoy on Monday said it sails.", "The envoy on", "The envoy"),
        ("The envoy, who said it sails, left.", "The envoy, who", "The envoy"),
        ("The envoy, smiling, said it sails.", "The envoy", "The envoy"),
        ("The envoy, in Oslo, said it sails.", "The envoy", "The envoy"),
    ],
)  # fmt: skip
def test_the_source_takes_its_body_and_name_and_nothing_else(text: str, marked: str, whole: str) -> None:
    (found,) = sifted(text, attribution(text, "it sails", "said", marked))
    assert source(text, found) == whole


def test_a_participle_takes_the_source_of_its_own_sentence() -> None:
    text = "Lima said the pier was ready. Accusing Lima of delay, the envoy added it was late."
    first = attribution(text, "the pier was ready", "said", "Lima")
    participle = attribution(text, "Lima of delay", "Accusing", "Lima")
    last = attribution(text, "it was late", "added", "the envoy")
    found = sifted(text, first, participle, last)
    assert [source(text, each) for each in found] == ["Lima", "the envoy", "the envoy"]


def test_a_second_verb_without_a_source_takes_the_one_before() -> None:
    text = "The envoy stressed that it sails and urged Lima to pay. The mayor said no."
    found = sifted(
        text,
        attribution(text, "that it sails", "stressed", "The envoy"),
        attribution(text, "Lima to pay", "urged"),
        attribution(text, "no.", "said", "The mayor"),
    )
    assert [source(text, each) for each in found] == ["The envoy", "The envoy", "The mayor"]


class TestMedia:
    def test_words_that_an_agency_passes_on_belong_to_their_speaker(self) -> None:
        text = "Xinhua said the envoy urged Lima to pay for the pier."
        (found,) = sifted(text, attribution(text, "the envoy urged Lima to pay for the pier.", "said", "Xinhua"))
        assert (source(text, found), found.method) == ("the envoy", "tagger-unwrapped")
        assert found.content[0].of(text).strip() == "Lima to pay for the pier."

    def test_the_agency_may_stand_behind_them(self) -> None:
        text = "The envoy stressed the pier would open in May, Xinhua said."
        words = "The envoy stressed the pier would open in May,"
        (found,) = sifted(text, attribution(text, words, "said", "Xinhua"))
        assert (source(text, found), found.cue[0].of(text)) == ("The envoy", "stressed")

    def test_its_own_claims_stay_its_own(self) -> None:
        text = "Xinhua said the pier had fallen into the sea."
        (found,) = sifted(text, attribution(text, "the pier had fallen into the sea.", "said", "Xinhua"))
        assert source(text, found) == "Xinhua"

    def test_a_ministry_is_no_medium(self) -> None:
        text = "The ministry said its envoy had told Quito that the pier was ready."
        words = "its envoy had told Quito that the pier was ready."
        (found,) = sifted(text, attribution(text, words, "said", "The ministry"))
        assert source(text, found) == "The ministry"


class TestForgottenQuotations:
    def test_a_quotation_with_cue_and_source_is_found_without_the_engine(self) -> None:
        text = '"The pier is not for sale," the envoy said.'
        (found,) = sifted(text)
        assert (source(text, found), found.cue[0].of(text)) == ("the envoy", "said")

    @pytest.mark.parametrize(
        "text",
        ['The "Long Walk" pier is old, the envoy said.', 'A banner with "No pier here, thanks" hung there.'],
    )
    def test_fragments_and_signs_are_not(self, text: str) -> None:
        assert sifted(text) == []

    def test_what_the_engine_found_is_not_found_twice(self) -> None:
        text = '"The pier is not for sale," the envoy said.'
        assert len(sifted(text, attribution(text, '"The pier is not for sale,"', "said", "the envoy"))) == 1


def test_content_stays_in_the_paragraph_of_its_cue() -> None:
    text = '"We wait for the pier," the envoy said.\n\n"We have waited for years."'
    marked = attribution(text, ('"We wait for the pier,"', '"We have waited for years."'), "said", "the envoy")
    (found,) = sifted(text, marked)
    assert [span.of(text) for span in found.content] == ['"We wait for the pier,"']
