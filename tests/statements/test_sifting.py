"""What is speech and whose; the marks are given by hand, as an engine would set them."""

from __future__ import annotations

import pytest
from helpers import article, attribution

from flows import extract
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
    ("The dispute over the pier threatens to delay it.", "to delay it", "threatens", "The dispute over the pier"),
    ("The envoy declared independence in 1908.", "independence in 1908", "declared", "The envoy"),
]

SPEECH = [
    ("The envoy did not deny that he paid.", "that he paid", "did not deny"),
    ("The envoy said the pier had not been named.", "the pier had not been named", "said"),
    ("The envoy agreed that trade must grow.", "that trade must grow", "agreed"),
    ("The envoy accused Lima of delay.", "Lima of delay", "accused"),
    ("The envoy asked Lima to pay.", "Lima to pay", "asked"),
    ("The envoy threatens to close the pier.", "to close the pier", "threatens"),
    ("The envoy declared the talks over.", "the talks over", "declared"),
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


def said(text: str, *attributions: Attribution) -> list[tuple[str | None, str, list[str]]]:
    """Source, cue and contents of each statement."""
    return [
        (source(text, each), each.cue[0].of(text), [span.of(text) for span in each.content])
        for each in sifted(text, *attributions)
    ]


class TestFrontedParticiples:
    def test_participle_and_verb_are_two_statements(self) -> None:
        text = "Calling the pier a farce, the envoy said the plan was dead."
        marked = attribution(text, ("the pier a farce", "the plan was dead"), "said", "the envoy")
        assert said(text, marked) == [
            ("the envoy", "Calling", ["the pier a farce"]),
            ("the envoy", "said", ["the plan was dead"]),
        ]

    @pytest.mark.parametrize(
        ("text", "content"),
        [
            ("Painting the pier in red, the envoy said the plan was dead.", ("the pier in red", "the plan was dead")),
            ("The list calling the pier a farce, the envoy said, was dead.", ("the pier a farce", "was dead")),
            ("Calling Lima twice, and Oslo, the envoy said the plan was dead.", "the plan was dead"),
        ],
    )
    def test_any_other_first_word_stays_where_it_is(self, text: str, content: str | tuple[str, ...]) -> None:
        pieces = [content] if isinstance(content, str) else list(content)
        assert said(text, attribution(text, content, "said", "the envoy")) == [("the envoy", "said", pieces)]


SECOND_ACTS = [
    # content as marked, first part, second cue, second part
    ("the talks were over and warned against delay", "the talks were over", "warned against", "delay"),
    ("the talks were over and also urged Lima to pay", "the talks were over", "urged", "Lima to pay"),
    ("the talks were over but later rejected the charge", "the talks were over", "rejected", "the charge"),
    ("the talks were over and noted that Lima had paid", "the talks were over", "noted", "that Lima had paid"),
    ("the talks were over and criticized the delay", "the talks were over", "criticized", "the delay"),
]

ONE_ACT = [
    "the talks were over and warned nobody in time",
    "the talks were over and noted in the book",
    "the talks were over and paid the crew",
    "he left and urged Lima to pay",  # too short to be a clause of its own
    "the talks were over and a warning against delay stood there",
    'the word was "it is over and urged on us" at the time',
]


@pytest.mark.parametrize(("content", "first", "cue", "second"), SECOND_ACTS)
def test_a_second_act_of_speech_is_a_statement_of_its_own(content: str, first: str, cue: str, second: str) -> None:
    text = f"The envoy said {content}."
    assert said(text, attribution(text, content, "said", "The envoy")) == [
        ("The envoy", "said", [first]),
        ("The envoy", cue, [second]),
    ]


@pytest.mark.parametrize("content", ONE_ACT)
def test_a_clause_that_goes_on_with_and_is_one(content: str) -> None:
    text = f"The envoy said {content}."
    assert said(text, attribution(text, content, "said", "The envoy")) == [("The envoy", "said", [content])]


def test_words_before_the_cue_hold_no_second_act() -> None:
    text = "Lima had paid the crew and urged haste, the envoy said."
    words = "Lima had paid the crew and urged haste,"
    assert said(text, attribution(text, words, "said", "the envoy")) == [("the envoy", "said", [words])]


class TestOwnWords:
    @pytest.mark.parametrize("aside", [", in her words,", ", in her own words,", ", as she put it,"])
    def test_an_aside_parts_the_content(self, aside: str) -> None:
        text = f'The envoy said the list{aside} "is short".'
        words = f'the list{aside} "is short"'
        assert said(text, attribution(text, words, "said", "The envoy")) == [
            ("The envoy", "said", ["the list", '"is short"'])
        ]

    def test_the_clause_before_the_aside_belongs_to_it(self) -> None:
        text = 'The list, in her words, "is short".'
        assert said(text, attribution(text, '"is short"', "in her words", "her")) == [
            ("her", "in her words", ["The list", '"is short"'])
        ]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('The envoy said the list, in three words, "is too short".', 'the list, in three words, "is too short"'),
            ('The envoy said it was dead. In her words, "it is over".', '"it is over"'),
        ],
    )
    def test_near_words_part_nothing(self, text: str, words: str) -> None:
        assert [found[2] for found in said(text, attribution(text, words, "said", "The envoy"))] == [[words]]

    def test_a_clause_that_is_somebodys_speech_already_is_not_taken(self) -> None:
        text = 'The envoy said the list was old and, in her words, "is short now".'
        words = '"is short now"'
        assert [found[2] for found in said(text, attribution(text, words, "in her words", "her"))] == [[words]]


class TestCues:
    def test_the_verb_takes_the_place_of_a_word_beside_it(self) -> None:
        text = "The envoy also condemned the raid."
        assert said(text, attribution(text, "the raid", "also", "The envoy")) == [
            ("The envoy", "condemned", ["the raid"])
        ]

    def test_a_verb_of_speech_stays(self) -> None:
        text = "The envoy told Lima, warned twice, that it sails."
        assert said(text, attribution(text, "that it sails", "told", "The envoy")) == [
            ("The envoy", "told", ["that it sails"])
        ]

    def test_without_any_verb_of_speech_nothing_is_said(self) -> None:
        text = "The envoy also painted the pier."
        assert said(text, attribution(text, "the pier", "also", "The envoy")) == []


FORGOTTEN = [
    ("He also urged Peru to sign.", "He", "urged", "Peru to sign."),
    ("She underlined that the pier was safe.", "She", "underlined", "that the pier was safe."),
    ("The Norwegian envoy condemned the raid.", "The Norwegian envoy", "condemned", "the raid."),
    ("Ana Lind criticized the raid.", "Ana Lind", "criticized", "the raid."),
    ("Both sides welcomed the accord.", "Both sides", "welcomed", "the accord."),
]


@pytest.mark.parametrize(("text", "who", "cue", "words"), FORGOTTEN)
def test_acts_that_an_engine_passes_over(text: str, who: str, cue: str, words: str) -> None:
    (found,) = sifted(text)
    assert (source(text, found), found.cue[0].of(text), found.content[0].of(text), found.method) == (
        who,
        cue,
        words,
        "rule-act",
    )


@pytest.mark.parametrize(
    "text",
    [
        "She underlined two words.",
        "The envoy walked to the pier.",
        "The raid that Oslo condemned was long.",
        "The letter in which Oslo condemned the raid was long.",
        "A storm condemned the pier.",
        "In May he urged Peru to sign.",
        "Peru was urged to sign.",
    ],
)
def test_sentences_that_open_otherwise_are_no_acts(text: str) -> None:
    assert sifted(text) == []


def test_a_sentence_of_which_an_engine_marked_anything_is_no_forgotten_act() -> None:
    text = "The envoy welcomed the accord, Lima said."
    marked = attribution(text, "The envoy welcomed the accord,", "said", "Lima")
    assert said(text, marked) == [("Lima", "said", ["The envoy welcomed the accord,"])]


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("The envoy on May 2 said it sails.", "The envoy on May 2", "The envoy"),
        ("The envoy on 2 May said it sails.", "The envoy on 2 May", "The envoy"),
        ("The board on May said it sails.", "The board on May", "The board on May"),
        ("The envoy of Oslo, a city on May Road, said it sails.", "The envoy of Oslo", "The envoy of Oslo"),
    ],
)
def test_a_day_is_no_part_of_the_source(text: str, marked: str, whole: str) -> None:
    (found,) = sifted(text, attribution(text, "it sails", "said", marked))
    assert source(text, found) == whole


class TestDocuments:
    @pytest.mark.parametrize("document", ["A statement", "A joint statement", "The readout", "Their communique"])
    def test_words_that_a_document_passes_on_belong_to_their_speaker(self, document: str) -> None:
        text = f"{document} said the envoy urged Lima to pay for the pier."
        (found,) = sifted(text, attribution(text, "the envoy urged Lima to pay for the pier.", "said", document))
        assert (source(text, found), found.cue[0].of(text)) == ("the envoy", "urged")

    def test_its_own_claims_stay_its_own(self) -> None:
        text = "A statement said the pier had fallen into the sea."
        (found,) = sifted(text, attribution(text, "the pier had fallen into the sea.", "said", "A statement"))
        assert source(text, found) == "A statement"

    def test_a_body_is_no_document(self) -> None:
        text = "The ministry said the envoy urged Lima to pay for the pier."
        words = "the envoy urged Lima to pay for the pier."
        (found,) = sifted(text, attribution(text, words, "said", "The ministry"))
        assert source(text, found) == "The ministry"


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("The Assam forest department denied the charge.", "The Assam forest department"),
        ("The envoy denied the charge.", "The envoy"),
        (
            'The statement said the buoys would report "position, thickness and temperature every hour".',
            "The statement",
        ),
    ],
)
def test_a_subject_is_the_whole_source_and_a_thing_that_would_report_is_none(sentence: str, mention: str) -> None:
    (row,) = extract(f"GUWAHATI, May 3 (Example) - {sentence}", published="2024-05-03")
    assert row["speaker_mention"] == mention


NO_WORDS = [
    ("They waited. Asked why it was late, he smiled.", "why it was late", "Asked", None),
    ("She wondered why the crew had not been told.", "why the crew had not been told", "wondered", "She"),
    ("The envoy declined to comment on the comparison.", "the comparison", "declined to comment on", "The envoy"),
    ("The envoy neither confirmed nor denied the date.", "the date", "neither confirmed nor denied", "The envoy"),
    ("The envoy took note of this explanation.", "this explanation", "took note of", "The envoy"),
    ("Neither side would confirm the figure.", "the figure", "would confirm", "Neither side"),
    ("Nobody said that it was late.", "that it was late", "said", "Nobody"),
    ("Peru claims nearly all of the bay.", "nearly all of the bay", "claims", "Peru"),
    ("Peru does not recognize the zone of 1977.", "the zone of 1977", "does not recognize", "Peru"),
    ("Families of the crew fear that it is lost.", "that it is lost", "fear", "Families of the crew"),
    ("Some 300 fishermen hope that it sails.", "that it sails", "hope", "Some 300 fishermen"),
]
WORDS = [
    ("She wondered aloud: it was late.", "it was late", "wondered", "She"),
    ("The envoy confirmed the date.", "the date", "confirmed", "The envoy"),
    ("The envoy noted this explanation was new.", "this explanation was new", "noted", "The envoy"),
    ("One side confirmed the figure.", "the figure", "confirmed", "One side"),
    ("Peru claims the bay is closed.", "the bay is closed", "claims", "Peru"),
    ("The rebels claimed responsibility for the raid.", "responsibility for the raid", "claimed", "The rebels"),
    ("Peru recognized the zone of 1977.", "the zone of 1977", "recognized", "Peru"),
    ("The ministers fear that it is lost.", "that it is lost", "fear", "The ministers"),
    ("Officials in Oslo hope that it sails.", "that it sails", "hope", "Officials in Oslo"),
]


@pytest.mark.parametrize(("text", "content", "cue", "who"), NO_WORDS)
def test_questions_positions_and_the_fear_of_a_crowd_are_no_speech(
    text: str, content: str, cue: str, who: str | None
) -> None:
    assert sifted(text, attribution(text, content, cue, who)) == []


@pytest.mark.parametrize(("text", "content", "cue", "who"), WORDS)
def test_near_words_are_speech(text: str, content: str, cue: str, who: str) -> None:
    assert len(sifted(text, attribution(text, content, cue, who))) == 1


def test_a_word_far_from_the_verb_of_speech_keeps_its_place() -> None:
    text = "He spoke, the envoy said, quoting a poem."
    assert sifted(text, attribution(text, "a poem", "quoting", "the envoy")) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He thanked the crew, whom he called “the best of us.”",
         [("thanked", ["the crew"]), ("called", ["“the best of us.”"])]),
        ("He thanked the crew, which he met in May.", [("thanked", ["the crew, which he met in May"])]),
        ("He thanked the crew, whom she called the best.", [("thanked", ["the crew"]), ("called", ["the best"])]),
    ],
)  # fmt: skip
def test_a_name_given_in_a_relative_clause_is_a_second_act(text: str, parts: list[tuple[str, list[str]]]) -> None:
    content = text.removeprefix("He thanked ").removesuffix(".")
    found = sifted(text, attribution(text, content, "thanked", "He"))
    assert [(each.cue[0].of(text), [span.of(text) for span in each.content]) for each in found] == parts


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            'He demands the port be closed: "Not a box, not a crate."',
            'the port be closed: "Not a box, not a crate."',
            ["the port be closed", '"Not a box, not a crate."'],
        ),
        (
            'He demands the port be "closed: now or never."',
            'the port be "closed: now or never."',
            ['the port be "closed: now or never."'],
        ),
    ],
)
def test_a_quotation_behind_a_colon_is_a_statement_of_its_own(text: str, content: str, expected: list[str]) -> None:
    found = sifted(text, attribution(text, content, "demands", "He"))
    assert [each.content[0].of(text) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("It could sail, he said, if nobody objected.", "if nobody objected."),
        ("He had hoped for little, he said, and had not been disappointed.", "and had not been disappointed."),
        ("It could sail, he said, and left for the pier.", None),
        ("It could sail, he said, and was told to wait.", None),
        ("It could sail, he said, while rain fell.", None),
    ],
)
def test_a_clause_may_go_on_behind_its_attribution(text: str, tail: str | None) -> None:
    head = text[: text.index(", he")]
    found = sifted(text, attribution(text, head, "said", "he"))
    assert [span.of(text) for span in found[0].content] == [head, *([tail] if tail else [])]


def test_the_conjunction_of_a_cleft_is_no_content() -> None:
    text = "It was in 2010 that the envoy warned that it would sink."
    found = sifted(text, attribution(text, ("that", "that it would sink"), "warned", "the envoy"))
    assert [span.of(text) for span in found[0].content] == ["that it would sink"]


@pytest.mark.parametrize(
    ("text", "content", "marked", "who"),
    [
        ("In Lima, the ministry said that it was late, state media reported.",
         "In Lima, the ministry said that it was late,", "state media", "the ministry"),
        ("As Reuters reported earlier, the envoy denied the charge.", "the envoy denied the charge", "the envoy",
         "the envoy"),
        ('"It is late," the envoy said on the air of a channel, state media reported.',
         '"It is late," the envoy said on the air of a channel', "state media", "the envoy"),
        ('"It is late," the envoy of Peru said, Andina reported.', '"It is late," the envoy of Peru said', "Andina",
         "Andina"),
        ('"It is late," the ministry released this statement, the newspaper reported.', '"It is late,"',
         "the newspaper", "the ministry"),
        ("The newspaper reported that the envoy said the pier was late.", "that the envoy said the pier was late",
         "The newspaper", "the envoy"),
        ("The fund reported that the envoy said the pier was late.", "that the envoy said the pier was late",
         "The fund", "The fund"),
        ("In Lima, rain fell for days, state media reported.", "In Lima, rain fell for days,", "state media",
         "state media"),
    ],
)  # fmt: skip
def test_what_a_medium_passes_on_has_its_own_speaker(text: str, content: str, marked: str, who: str) -> None:
    found = sifted(text, attribution(text, content, "reported", marked))
    assert [source(text, each) for each in found] == [who]


@pytest.mark.parametrize(
    ("text", "content", "count"),
    [
        ("The court ordered Peru to release the ship.", "Peru to release the ship", 1),
        ("Peru ordered out an envoy.", "out an envoy", 0),
        ("Peru ordered a raid on the pier.", "a raid on the pier", 0),
    ],
)
def test_an_order_is_speech_where_it_tells_somebody_to_act(text: str, content: str, count: int) -> None:
    who = text.partition(" ordered")[0]
    assert len(sifted(text, attribution(text, content, "ordered", who))) == count


@pytest.mark.parametrize(
    ("text", "content", "count"),
    [
        ("In answer to a question, the envoy stated:", "In answer to a question", 0),
        ("It is late, the envoy stated: nobody came.", "It is late", 1),
    ],
)
def test_a_circumstance_before_a_colon_is_no_speech(text: str, content: str, count: int) -> None:
    assert len(sifted(text, attribution(text, content, "stated", "the envoy"))) == count


@pytest.mark.parametrize(
    ("text", "cue", "content", "acts"),
    [
        ("He said it was late, holding the crew responsible for it.", "said",
         "it was late, holding the crew responsible for it", ["said", "holding"]),
        ("He said it was late, holding the crew in the harbour.", "said",
         "it was late, holding the crew in the harbour", ["said"]),
        ("She extends her condolences to the crew and wishes the injured well.", "extends her condolences",
         "to the crew and wishes the injured well", ["extends her condolences", "wishes"]),
    ],
)  # fmt: skip
def test_blame_and_wishes_are_second_acts(text: str, cue: str, content: str, acts: list[str]) -> None:
    found = sifted(text, attribution(text, content, cue, text.split(maxsplit=1)[0]))
    assert [each.cue[0].of(text) for each in found] == acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The Chairperson extends his sincere condolences to the crew and wishes a safe return to all.",
         ["extends", "wishes"]),
        ("The Chairperson sent her congratulations to the new minister.", ["sent"]),
        ("The Chairperson sent her deputy to the harbour.", []),
    ],
)  # fmt: skip
def test_courtesies_that_an_engine_passes_over(text: str, acts: list[str]) -> None:
    assert [each.cue[0].of(text) for each in sifted(text)] == acts


@pytest.mark.parametrize(("verb", "who"), [("reports", "the envoy"), ("reported", "Andina")])
def test_an_agency_that_only_signs_passes_on(verb: str, who: str) -> None:
    text = f"In Lima, the envoy said that it was late, Andina {verb}."
    found = sifted(text, attribution(text, "In Lima, the envoy said that it was late", verb, "Andina"))
    assert [source(text, each) for each in found] == [who]
