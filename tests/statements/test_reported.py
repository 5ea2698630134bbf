"""The rule engine: a cue with a source beside it."""

from __future__ import annotations

import pytest
from helpers import article

from flows.statements.quotations import scan
from flows.statements.reported import attributions_by_rule
from flows.statements.sentences import sentences


def found(text: str) -> list[tuple[str, str, str]]:
    story = article(*text.split("\n\n"))
    quotations = scan(text, story.paragraphs)
    borders = sentences(text, story.paragraphs, quotations)
    return [
        (each.source[0].of(text), each.cue[0].of(text), " ".join(span.of(text).strip(" .,") for span in each.content))
        for each in attributions_by_rule(text, borders, quotations)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"We wait," the envoy said.', ("the envoy", "said", '"We wait,"')),
        ('"We wait," said Ana Lind, the envoy.', ("Ana Lind", "said", '"We wait,"')),
        ('The envoy said: "We wait for it."', ("The envoy", "said", ': "We wait for it."')),
        ("The envoy said that the pier was safe.", ("The envoy", "said", "that the pier was safe")),
        ("The pier was safe, the envoy said.", ("the envoy", "said", "The pier was safe")),
        ("The envoy has repeatedly said the pier was safe.", ("The envoy", "said", "the pier was safe")),
        ("According to the envoy, the pier was safe.", ("the envoy", "According to", "the pier was safe")),
        ("The pier was safe, according to the envoy.", ("the envoy", "according to", "The pier was safe")),
        ("On Friday, the envoy urged Lima to pay.", ("the envoy", "urged", "Lima to pay")),
        ('The list, in her words, "is short".', ("her", "in her words", 'The list "is short"')),
    ],
)
def test_the_frames(text: str, wanted: tuple[str, str, str]) -> None:
    assert found(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on the harbour.",
        "Nobody would have said so of a pier.",  # the source is no phrase of its own
        "It was said to be old.",
        '"He said so," ran the headline.',  # the cue stands inside the quotation
        "The envoy said no.",
    ],
)
def test_no_cue_or_no_source_beside_it(text: str) -> None:
    assert [each for each in found(text) if each[0].lower() != "nobody"] == []
