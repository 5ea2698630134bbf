from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.articles.repeats import without_repeats

LEAD = "The minister said on Friday that the ferry between the two ports would run again."
NEXT = "“Nobody should wait for spring,” she told reporters in the harbour."
HEADLINE = "Ferry to run before winter"


def test_paragraph_that_stands_there_already_goes_once():
    assert without_repeats([LEAD, NEXT, LEAD, LEAD], []) == ([LEAD, NEXT], {"repeated-paragraph": 2})


def test_lead_with_its_dateline_again_goes():
    again = f"OSLO, May 3. /TASS/. {LEAD}"
    assert without_repeats([LEAD, again, NEXT], [], "OSLO, May 3. /TASS/. ")[0] == [LEAD, NEXT]


def test_headline_on_top_of_the_body_goes():
    body, removed = without_repeats([f"{HEADLINE}.", LEAD, NEXT], [HEADLINE])
    assert (body, removed) == ([LEAD, NEXT], {"repeated-headline": 1})


def test_headline_further_down_stays():
    assert without_repeats([LEAD, HEADLINE, NEXT], [HEADLINE])[0] == [LEAD, HEADLINE, NEXT]


def test_body_that_is_nothing_but_the_headline_stays():
    assert without_repeats([HEADLINE], [HEADLINE]) == ([HEADLINE], {})


def test_teaser_of_a_later_paragraph_goes():
    teaser = "The minister said on Friday that the ferry between the two…"
    assert without_repeats([teaser, LEAD, NEXT], []) == ([LEAD, NEXT], {"repeated-lead": 1})
    assert without_repeats([teaser, NEXT], [])[0] == [teaser, NEXT]


def test_short_paragraphs_and_names_in_a_list_stay():
    body = [
        "“We will go on.”",
        LEAD,
        "“We will go on.”",
        "Ana Ruiz, Nominee for the Board of the National Museum",
        NEXT,
    ]
    assert without_repeats([*body, body[3]], []) == ([*body, body[3]], {})


def test_transcript_stays_whole():
    again = "I have said it and I will say it as often as you ask."
    body = ["Q: When will the ferry run again?", again, "MR. OKORO: Before the winter.", again]
    assert without_repeats(body, []) == (body, {})


@given(st.lists(st.sampled_from([LEAD, NEXT, HEADLINE, "Yes.", "MR. OKORO: No.", "Q: Why not?"]), min_size=1))
def test_something_is_left_and_a_second_time_nothing_more_goes(body):
    once, removed = without_repeats(body, [HEADLINE])
    assert once
    assert len(once) + removed.total() == len(body)
    assert set(once) | {HEADLINE} >= set(body)
    if once[0] != HEADLINE:
        assert without_repeats(once, [HEADLINE]) == (once, {})
