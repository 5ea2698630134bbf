"""Lines to paragraphs, headers and bodies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.layout import is_wrapped, paragraphs, split_header, without_headings

WRAPPED = (
    "The minister said on Friday that the ferry between the\ntwo ports would run again before the winter, and that\n"
    "the pier would be mended."
)


def test_hard_wrapped_lines_are_joined():
    assert paragraphs(f"{WRAPPED}\n\n{WRAPPED}") == [WRAPPED.replace("\n", " ")] * 2


def test_uneven_lines_that_break_off_in_the_middle_of_a_sentence_are_joined():
    lines = [
        "- The Director said that the dredging of the",
        "old harbour would take until the spring of next year. She gave a",
        "clear message to masters: Do not wait.",
        "Book your berths. And pay the",
        "fee, for all.",
    ]
    assert paragraphs("\n".join(lines)) == [" ".join(lines)]
    assert paragraphs("The crews of the ferry\nNorwegian masters\nThe old pier.") == [
        "The crews of the ferry",
        "Norwegian masters",
        "The old pier.",
    ]


def test_a_turn_that_breaks_off_is_no_header():
    lines = ["Harbour Hall", "MS. OKORO: The pier is mended. As for the ferry –", "Q: The old one?"]
    assert split_header(lines) == (lines[:1], lines[1:])


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


FERRY = "The ferry sails in May and it takes a whole day to cross the harbour to the other shore."
CREWS = "The crews of both shores have asked for more time, the mayor said."


class TestIndentedParagraphs:
    WRAPPED = (
        "The ferry sails in May and it takes a whole day to",
        "cross the harbour and to come to the other shore of",
        "it. Nobody waits.",
        "The crews of both shores have asked for more time",
        "in May, the mayor said.",
    )
    FIRST, LAST, WHOLE = (" ".join(lines) for lines in (WRAPPED[:3], WRAPPED[3:], WRAPPED))

    def block(self, *indents: str) -> str:
        return "\n".join(indent + line for indent, line in zip(indents, self.WRAPPED, strict=True))

    @pytest.mark.parametrize("indent", ["  ", "     ", "\t\t", "\t "])
    def test_each_indented_line_begins_one(self, indent: str) -> None:
        assert paragraphs(self.block(indent, "", "", indent, "")) == [self.FIRST, self.LAST]

    @pytest.mark.parametrize(
        "indents",
        [("", "", "", "", ""), ("  ", "", "", "", ""), (" ", "", "", " ", ""), ("  ", "  ", "  ", "  ", "")],
    )
    def test_no_indent_or_one_or_a_narrow_one_or_one_nearly_everywhere_says_nothing(self, indents: tuple[str]) -> None:
        assert paragraphs(self.block(*indents)) == [self.WHOLE]

    def test_long_lines_are_not_wrapped(self) -> None:
        lines = [f"{FERRY} {FERRY}", f"  {CREWS}", f"  {CREWS}", FERRY, CREWS]
        assert len(paragraphs("\n".join(lines))) == 5

    def test_turns_of_a_record_keep_their_lines(self) -> None:
        block = "Q:  Will it sail?\n  MR. LIND: It will.\n  Q:  Why?\nMR. LIND: Why not.\nQ:  When?\nMR. LIND: In May."
        assert paragraphs(block)[:3] == ["Q: Will it sail?", "MR. LIND: It will.", "Q: Why?"]


class TestUnevenLines:
    UNEVEN = ("The ferry sails in May and it takes a whole day", "to cross", "the harbour to the other", "shore.")

    def test_lines_that_end_at_no_mark_but_the_last_are_wrapped(self) -> None:
        assert paragraphs("\n".join(self.UNEVEN)) == [FERRY]

    @pytest.mark.parametrize(
        "lines",
        [
            (UNEVEN[0], "to cross.", *UNEVEN[2:]),  # a sentence ends inside
            (*UNEVEN[:3], "shore"),  # nothing ends: a list
            (*UNEVEN[:3], "shore:"),
            (UNEVEN[0], "to cross", "shore."),  # too few to tell
        ],
    )
    def test_other_uneven_lines_stay_apart(self, lines: tuple[str, ...]) -> None:
        assert not is_wrapped(list(lines))
        assert paragraphs("\n".join(lines)) == list(lines)


@pytest.mark.parametrize(
    ("label", "opens"),
    [
        ("Q.", True),
        ("Berit Aas, Foreign Minister:", True),
        ("Berit Aas, Minister for Trade and Industry:", True),
        ("Berit Aas, Minister for Trade and Industry (Norway):", True),
        ("Berit Aas, who is old:", False),
        ("Quickly.", False),
    ],
)
def test_a_label_opens_a_paragraph_in_a_wrapped_block(label: str, opens: bool) -> None:
    block = f"The ferry sails in May and it takes a whole day to come and\n{label} we cross\nto the\nother\nshore."
    found = paragraphs(block)
    assert [words.startswith(label) for words in found] == ([False, True] if opens else [False])


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("Ferries: a plan for May", True),
        ("Minister Aas, Foreign Ministry: ferry sails in May", True),
        ("MR. LIND (Peru): ferry sails", True),
        ("President: Mr. Lind . . . (Peru)", True),
        ("MR. LIND: The ferry sails.", False),
        ("Q: Will it sail?", False),
        ("The ferry sails.", False),
    ],
)
def test_a_headline_with_a_colon_is_no_turn(first: str, header: bool) -> None:
    assert split_header([first, CREWS]) == (([first], [CREWS]) if header else ([], [first, CREWS]))


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abAB .:\n\tQ“”\u00a0()\x0c"), max_size=200))
def test_paragraphs_keep_every_word_in_order(text):
    found = paragraphs(text)
    assert " ".join(found).split() == text.split()
    assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in found)


def test_a_line_that_leads_in_a_quotation_is_no_header():
    lines = ["Ferry to run before winter", "The envoy stated:", "“We shall wait.”"]
    assert split_header(lines) == (lines[:1], lines[1:])


def test_a_line_with_a_colon_before_prose_is_one():
    lines = ["Ferry to run before winter", "The harbour today:", "We shall wait."]
    assert split_header(lines) == (lines[:2], lines[2:])


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("The minister met Ana Lee, President of the", "Harbour Assembly of Peru.", 1),
        ("The minister met Ana Lee, President of the", "MS. LEE: Thank you for coming.", 2),
        ("What the pier is for", "The pier is for ferries.", 2),
    ],
)
def test_a_paragraph_that_breaks_off_goes_on_in_the_next(first: str, second: str, count: int) -> None:
    assert len(paragraphs(f"{first}\n\n{second}")) == count
