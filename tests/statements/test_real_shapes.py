"""Shapes of real wires that one engine alone reads wrong, each beside a near sentence that stays as it is."""

from __future__ import annotations

import pytest
from helpers import article

from flows.rows import rows_of
from flows.statements.extract import extract

ENVOY = "Norwegian Foreign Minister Ingrid Solhaug"


def found(*paragraphs: str, **changes: object) -> list[tuple[str, str]]:
    story = article(*paragraphs, **changes)
    return [(statement.quotation_type, statement.text_in(story.text)) for statement in extract(story)]


def speakers(*paragraphs: str) -> list[str | None]:
    return [row["speaker"] for row in rows_of(article(*paragraphs))[1]]


@pytest.mark.parametrize(
    "text",
    [
        f'"The ferry will sail in May," {ENVOY} said on the air of a radio station, according to TASS.',
        f"The ferry will sail in May, {ENVOY} said at a meeting of the ministry, BelTA informs.",
        f"The ferry will sail in May, {ENVOY} said on Tuesday, Harbour Post reports.",
    ],
)
def test_words_are_theirs_whom_a_medium_names(text: str) -> None:
    assert speakers(text) == ["Ingrid Solhaug"]


def test_a_mediums_own_claim_is_its_own() -> None:
    assert speakers("The ferry will sail in May, Reuters reported.") == ["Reuters"]


def test_cited_as_saying_is_a_cue() -> None:
    first = f"{ENVOY} said the ferry would sail."
    assert found(first, '"The pier is ready for the ferry," TASS cited her as saying.')[1] == (
        "direct",
        "The pier is ready for the ferry,",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f'"We wait for the ferry," {ENVOY} told reporters in Oslo, adding that the pier was shut. "It is old."',
            ["We wait for the ferry, It is old.", "the pier was shut"],
        ),
        (
            f'{ENVOY} told reporters in Oslo that the pier was shut. "It is old and it is ours."',
            ["the pier was shut", "It is old and it is ours."],
        ),
    ],
)
def test_a_quotation_goes_on_behind_an_aside(text: str, expected: list[str]) -> None:
    assert [words for _, words in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"However, the ferry would sail in May, {ENVOY} said.", "the ferry would sail in May"),
        (f"{ENVOY} noted that, in the first year, the ferry had sailed.", "in the first year, the ferry had sailed"),
        (f"{ENVOY} said earlier the ferry would sail in May.", "the ferry would sail in May"),
        (f"{ENVOY} told Ruiz that the ferry would sail in May.", "the ferry would sail in May"),
        (f"{ENVOY} said Peru would sail in May.", "Peru would sail in May"),
        (
            f"{ENVOY} dismissed Envoy Luis Ruiz claims that the ferry had sunk.",
            "dismissed Envoy Luis Ruiz claims that the ferry had sunk",
        ),
        (
            f"{ENVOY} once again extended her condolences to the crew of the lost ship.",
            "extended her condolences to the crew of the lost ship",
        ),
    ],
)
def test_where_the_words_begin(text: str, words: str) -> None:
    assert [each for _, each in found(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Aerial photographs taken by a club of pilots showed that the pier had been rebuilt.",
        "The dispute over the pier threatens to delay the ferry for months.",
        "Kosovo declared independence from Serbia in 2008.",
        f"{ENVOY} told reporters what had changed in the harbour.",
        "The ministry has not commented on the ferry.",
    ],
)
def test_nobody_says_it(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{ENVOY} told reporters what happened was a disgrace.", "what happened was a disgrace"),
        ("The report noted that the pier had been rebuilt.", "the pier had been rebuilt"),
    ],
)
def test_somebody_says_it(text: str, words: str) -> None:
    assert [each for _, each in found(text)] == [words]


def test_a_heading_says_nothing() -> None:
    body = f"{ENVOY} said the ferry would sail in May."
    assert found(body, "Council condemns delay of ferry", "The ferry is the only one in the north.") == [
        ("indirect", "the ferry would sail in May")
    ]


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("a charge rejected by Lima", "a charge rejected by Lima"),
        ("allegations strongly denied by Lima", "allegations strongly denied by Lima"),
        ("an allegation that Lima has denied", "an allegation that Lima has denied"),
    ],
)
def test_a_denial_behind_a_charge_is_a_statement_of_its_own(tail: str, words: str) -> None:
    text = f"Norway accused Peru of sinking the ferry, {tail}."
    assert [each for _, each in found(text)] == ["accused Peru of sinking the ferry", words]


def test_a_charge_without_a_denial_stays_whole() -> None:
    text = f"{ENVOY} said Peru had sunk the ferry, a charge that will be brought before a court in Lima."
    assert len(found(text)) == 1


def test_an_act_in_front_is_a_statement_of_its_own() -> None:
    text = f"Echoing an appeal for calm, {ENVOY} said the pier must be opened."
    assert [words for _, words in found(text)] == ["Echoing an appeal for calm", "the pier must be opened"]
    assert speakers(text) == ["Ingrid Solhaug", "Ingrid Solhaug"]


def test_a_circumstance_in_front_is_none() -> None:
    text = f"Returning from the talks in Lima, {ENVOY} said the pier must be opened."
    assert [words for _, words in found(text)] == ["the pier must be opened"]


def test_what_was_noted_belongs_to_the_speaker_before() -> None:
    first = f"{ENVOY} praised the role of Peru."
    assert speakers(first, "It was noted that trade had grown.", "It was built in May.") == ["Ingrid Solhaug"] * 2


@pytest.mark.parametrize(
    "second",
    [
        f"This was reported to journalists by {ENVOY}.",
        f"This was announced by {ENVOY} on Facebook, Ukrinform reports.",
        f"{ENVOY} said this in an interview with a radio station.",
    ],
)
def test_this_means_the_sentence_before(second: str) -> None:
    text = f"Norway will send two more ferries to Peru. {second}"
    assert [words for _, words in found(text)] == ["Norway will send two more ferries to Peru"]
    assert speakers(text) == ["Ingrid Solhaug"]


def test_a_quotation_that_the_body_repeats_is_one_row() -> None:
    quotation = f'"The ferry is old and it is ours," {ENVOY} said in Oslo.'
    assert found(quotation, f"{ENVOY} closed the pier on Monday. {quotation}") == [
        ("direct", "The ferry is old and it is ours,")
    ]


def test_few_words_said_twice_are_two_rows() -> None:
    assert len(found(f'"We wait," {ENVOY} said in Oslo.', f'"We wait," {ENVOY} said again in Lima.')) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Norway lodged a strong protest with Peru over the ferry.",
        "Ingrid Solhaug handed the ambassador a formal note of protest over the ferry.",
    ],
)
def test_who_lodges_a_protest_speaks(text: str) -> None:
    assert len(found(text)) == 1


def test_who_hands_over_a_letter_does_not() -> None:
    assert found("Ingrid Solhaug handed the ambassador a letter about the ferry.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{ENVOY} said on Thursday the ferry would sail, Norwegian media reported.", "the ferry would sail"),
        (f"But {ENVOY} said the ferry would sail, NRK said.", "the ferry would sail"),
        (f"However, “we need a ferry,” {ENVOY} said, according to NRK's web site.", "we need a ferry,"),
        (f"Peru, {ENVOY} insists, must pay for the ferry.", "Peru must pay for the ferry"),
        (
            f"{ENVOY} urged Lima in an interview with the BBC to open the pier.",
            "urged Lima in an interview with the BBC to open the pier",
        ),
        (f"{ENVOY} appealed on Tuesday for calm in the port.", "appealed on Tuesday for calm in the port"),
    ],
)
def test_wires_that_pass_words_on(text: str, words: str) -> None:
    assert [each for _, each in found(text)] == [words]
    assert speakers(text) == ["Ingrid Solhaug"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of Peru and Norway met in Lima on Monday, Trend reports.",
        "It should be noted that the two ministers had met in Oslo.",
        f"{ENVOY} arrived in Lima, commenting on the closure of the pier.",
    ],
)
def test_what_an_outlet_adds_is_no_statement(text: str) -> None:
    assert found(text) == []


def test_what_was_stressed_at_a_meeting_is_a_statement() -> None:
    first = f"{ENVOY} praised the role of Peru."
    second = "The importance of trade between the two countries was also stressed at the meeting."
    assert [words for _, words in found(first, second)][1] == "The importance of trade between the two countries"


def test_this_behind_a_comma_means_the_sentence_before_too() -> None:
    text = f"Norway will pay. {ENVOY} declared this, commenting on the closure of the pier."
    assert [words for _, words in found(text)] == ["Norway will pay"]


@pytest.mark.parametrize(
    ("front", "acts"),
    [
        ("While welcoming the deal", ["welcoming the deal"]),
        ("Welcoming the delegation of Peru", []),
        ("While visiting the port", []),
    ],
)
def test_what_stands_in_front_of_the_speaker(front: str, acts: list[str]) -> None:
    text = f"{front}, {ENVOY} cautioned that much remained to be done."
    assert [words for _, words in found(text)] == [*acts, "much remained to be done"]


def test_words_in_a_quotation_are_the_documents_own() -> None:
    text = '"We never sold the old ferry to anybody in Lima," read a statement of the Norwegian government.'
    assert found(text) == [("direct", "We never sold the old ferry to anybody in Lima,")]
    assert speakers(text) != ["We never"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"The ferry will sail in May, {ENVOY} said, although the union of sailors denied it.",
            "The ferry will sail in May",
        ),
        (
            f"The ferry will sail in May, {ENVOY} said, although the pier is old.",
            "The ferry will sail in May although the pier is old",
        ),
    ],
)
def test_a_tail_with_a_speaker_of_its_own_is_no_part_of_the_clause(text: str, words: str) -> None:
    assert found(text)[0][1] == words
