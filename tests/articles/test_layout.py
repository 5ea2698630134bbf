from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.layout import paragraphs, split_header, without_headings

WRAPPED = (
    "The minister said on Friday that the ferry between the\ntwo ports would run again before the winter, and that\n"
    "the pier would be mended."
)


def test_hard_wrapped_lines_are_joined():
    assert paragraphs(f"{WRAPPED}\n\n{WRAPPED}") == [WRAPPED.replace("\n", " ")] * 2


def test_lines_that_end_in_full_stops_stay_apart():
    lines = ["The ferry runs again.", "The pier is mended now.", "Nobody has to wait."]
    assert paragraphs("\n".join(lines)) == lines


def test_turn_of_a_transcript_opens_a_paragraph():
    turn = "MR. OKORO:  We have asked the master to mend the\npier, and he has said that he will do so by Friday at"
    assert len(paragraphs(f"{turn}\nthe latest.\nQ  When will the ferry run again, and who is to pay for\nit?")) == 2


def test_white_space_is_made_single():
    assert paragraphs("a  b\tc\x0cd \n \t \n e") == ["a b c d", "e"]


def test_header_ends_where_sentences_begin():
    lines = ["Ferry to run before winter", "March 5, 2024", "The envoy said so.", "Not a header"]
    assert split_header(lines) == (lines[:2], lines[2:])


@pytest.mark.parametrize("heading", ["Background", "What comes next", "The old pier in Kirkenes"])
def test_heading_between_paragraphs_goes(heading):
    body, removed = without_headings(["He spoke.", heading, "She spoke."])
    assert (body, removed) == (["He spoke.", "She spoke."], {"section-heading": 1})


@pytest.mark.parametrize(
    "words",
    ["“We go on”", "With that —", "Q Karine —", "Q And then what", "MR. OKORO: No", "all of them", "So, the ferry…"],
)
def test_turns_and_broken_sentences_are_no_heading(words):
    assert without_headings(["He spoke.", words, "She spoke."])[0][1] == words


@pytest.mark.parametrize("entry", ["Ana Ruiz, Minister", "Tom Lee – Kirkenes, Norway"])
def test_entry_of_a_list_is_no_heading(entry):
    assert without_headings(["These were there.", entry, "They spoke."])[0][1] == entry


def test_list_of_names_is_no_heading():
    body = ["These were there.", "Ana Ruiz", "Tom Lee", "Aminata Sow", "They spoke."]
    assert without_headings(body) == (body, {})


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abAB .:\n\tQ“”\u00a0()\x0c"), max_size=200))
def test_paragraphs_keep_every_word_in_order(text):
    found = paragraphs(text)
    assert " ".join(found).split() == text.split()
    assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in found)
