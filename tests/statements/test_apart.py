"""Words that stand apart from their attribution; the marks are given by hand, as an engine would set them."""

from __future__ import annotations

import pytest
from helpers import article, attribution

from flows.statements.apart import mended
from flows.statements.attribution import Attribution
from flows.statements.quotations import scan
from flows.statements.sentences import sentences


def parts(text: str, *attributions: Attribution) -> list[tuple[str | None, str | None, list[str]]]:
    """Source, cue and contents of each attribution that is left or made."""
    story = article(*text.split("\n\n"))
    found = mended(text, sentences(text, story.paragraphs, scan(text, story.paragraphs)), attributions)
    return [
        (
            each.source[0].of(text) if each.source else None,
            each.cue[0].of(text) if each.cue else None,
            [span.of(text) for span in each.content],
        )
        for each in found
    ]


PIER = "The pier will open in May."

ANNOUNCED = [
    ("Minister Ana Lind announced this at a briefing.", "Minister Ana Lind", "announced"),
    ("Norway's envoy, Ana Lind, said this on Monday.", "Norway's envoy, Ana Lind,", "said"),
    ("The mayor told about this in Lima.", "The mayor", "told"),
    ("The mayor wrote about this when the ferry sailed.", "The mayor", "wrote"),
]


@pytest.mark.parametrize(("sentence", "source", "cue"), ANNOUNCED)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_this_stands_for_the_sentence_before(sentence: str, source: str, cue: str, gap: str) -> None:
    assert parts(f"{PIER}{gap}{sentence}") == [(source, cue, [PIER])]


def test_what_an_engine_marked_in_such_a_sentence_is_given_up() -> None:
    text = f"{PIER} The mayor announced this at a briefing."
    assert parts(text, attribution(text, "this at a briefing", "announced", "The mayor")) == [
        ("The mayor", "announced", [PIER])
    ]


def test_a_sentence_before_with_a_source_of_its_own_stays_with_it() -> None:
    text = "The pier will open in May, Oslo said. The mayor announced this at a briefing."
    own = attribution(text, "The pier will open in May,", "said", "Oslo")
    marked = attribution(text, "this at a briefing", "announced", "The mayor")
    assert parts(text, own, marked) == [("Oslo", "said", ["The pier will open in May,"])]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor announced this at a briefing.",  # nothing stands before
        f"{PIER} The mayor announced this plan at a briefing.",
        f"{PIER} The mayor announced this.",
        f"{PIER} The mayor painted this at a briefing.",
        f"{PIER} The mayor said that Oslo wanted this in May.",
        f'{PIER} "The mayor announced this at a briefing."',
    ],
)
def test_this_elsewhere_points_to_no_sentence(text: str) -> None:
    assert parts(text) == []


INSERTED = [
    ('The list, said the envoy, "is short and old."', "the envoy", "said", ["The list", '"is short and old."']),
    ('Our pier, added Ana Lind, “will stand.”', "Ana Lind", "added", ["Our pier", "“will stand.”"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "contents"), INSERTED)
def test_an_inserted_attribution_parts_a_clause(text: str, source: str, cue: str, contents: list[str]) -> None:
    assert parts(text) == [(source, cue, contents)]


def test_it_takes_the_place_of_what_an_engine_marked_in_the_sentence_and_nowhere_else() -> None:
    text = 'The list, said the envoy, "is short." Oslo said the pier was safe.'
    half = attribution(text, '"is short."', "said", "the envoy")
    other = attribution(text, "the pier was safe", "said", "Oslo")
    assert parts(text, half, other) == [
        ("the envoy", "said", ["The list", '"is short."']),
        ("Oslo", "said", ["the pier was safe"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The list, said the envoy, is short.",  # no quotation behind it
        'In Lima, said the envoy, "the list is short."',  # the words before are an adjunct of the quotation
        'On Monday, said the envoy, "the list is short."',
        'The list, read by the envoy, "is short."',
        '"The list," said the envoy, "is short."',  # one quotation in two halves
    ],
)
def test_near_sentences_are_left_alone(text: str) -> None:
    assert parts(text) == []


def test_attributions_come_in_the_order_of_their_contents() -> None:
    text = f"Oslo said it paid. {PIER} The mayor announced this at a briefing. Lima said it slept."
    first, last = attribution(text, "it paid", "said", "Oslo"), attribution(text, "it slept", "said", "Lima")
    assert [contents for _, _, contents in parts(text, last, first)] == [["it paid"], [PIER], ["it slept"]]
