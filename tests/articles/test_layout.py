"""Lines to paragraphs, headers and bodies."""

from __future__ import annotations

import pytest

from flows.articles.layout import is_wrapped, paragraphs, split_header, without_headings

FERRY = "The ferry sails in May and it takes a whole day to cross the harbour to the other shore."
CREWS = "The crews of both shores have asked for more time, the mayor said."


class TestIndentedParagraphs:
    WRAPPED = (
        "The ferry sails in May and it takes",
        "a whole day to cross the harbour to",
        "the other shore.",
        "The crews of both shores have asked",
        "for more time, the mayor said.",
    )

    def block(self, *indents: str) -> str:
        return "\n".join(indent + line for indent, line in zip(indents, self.WRAPPED, strict=True))

    @pytest.mark.parametrize("indent", ["  ", "     ", "\t\t", "\t "])
    def test_each_indented_line_begins_one(self, indent: str) -> None:
        assert paragraphs(self.block(indent, "", "", indent, "")) == [FERRY, CREWS]

    def test_one_indented_line_alone_begins_none(self) -> None:
        assert paragraphs(self.block("  ", "", "", "", "")) == [f"{FERRY} {CREWS}"]

    def test_where_most_lines_are_indented_the_indent_says_nothing(self) -> None:
        assert len(paragraphs(self.block("  ", "  ", "  ", "  ", ""))) == 1

    def test_long_lines_are_not_wrapped(self) -> None:
        lines = [f"{FERRY} {FERRY}", f"  {CREWS}", f"  {CREWS}", FERRY, CREWS]
        assert len(paragraphs("\n".join(lines))) == 5

    def test_turns_of_a_record_keep_their_lines(self) -> None:
        block = "Q:  Will it sail?\n  MR. LIND: It will.\n  Q:  Why?\nMR. LIND: Why not.\nQ:  When?\nMR. LIND: In May."
        assert paragraphs(block)[:3] == ["Q: Will it sail?", "MR. LIND: It will.", "Q: Why?"]


class TestUnevenLines:
    UNEVEN = ("The ferry sails in May and it takes a whole", "day to cross", "the harbour to the other", "shore.")

    def test_lines_that_end_at_no_mark_but_the_last_are_wrapped(self) -> None:
        assert paragraphs("\n".join(self.UNEVEN)) == [FERRY]

    @pytest.mark.parametrize(
        "lines",
        [
            (UNEVEN[0], "day to cross.", *UNEVEN[2:]),  # a sentence ends inside
            (*UNEVEN[:3], "shore"),  # nothing ends: a list
            (*UNEVEN[:3], "shore:"),
            (UNEVEN[0], "day to cross", "shore."),  # too few to tell
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
    block = f"The ferry sails in May and\n{label} we cross the harbour to the other\nshore in\nMay or in\nJune."
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


def test_headings_between_paragraphs_are_dropped_and_counted() -> None:
    kept, dropped = without_headings([FERRY, "On the harbour", "MR. LIND:", CREWS])
    assert kept == [FERRY, "MR. LIND:", CREWS]
    assert dropped == {"section-heading": 1}
