"""Days of statements; the article is published on Thursday 14 March 2024."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import article, attribution, dateline
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.article import Article
from flows.dates.statement_day import UNKNOWN_DAY, Day, days_of
from flows.rows import rows_of
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.statement import QuotationType, Statement
from flows.statements.whole import METHOD as WHOLE

PUBLISHED = date(2024, 3, 14)
ENVOY = "Norwegian Foreign Minister Ingrid Solhaug"


@pytest.mark.parametrize(
    ("text", "day", "precision", "basis"),
    [
        (f"{ENVOY} said that the ferry would sail.", date(2024, 3, 14), "day", "published"),
        (f"{ENVOY} said on Tuesday that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said on Thursday that the ferry would sail.", date(2024, 3, 14), "day", "phrase"),
        (f"{ENVOY} said last Thursday that the ferry would sail.", date(2024, 3, 7), "day", "phrase"),
        (f"On December 28, {ENVOY} said that the ferry would sail.", date(2023, 12, 28), "day", "phrase"),
        (f"{ENVOY} said yesterday that the ferry would sail.", date(2024, 3, 13), "day", "phrase"),
        (f"In 2014, {ENVOY} said that the ferry would sail.", date(2014, 1, 1), "year", "phrase"),
        (f"In February, {ENVOY} said that the ferry would sail.", date(2024, 2, 1), "month", "phrase"),
        (f"{ENVOY} said earlier that the ferry would sail.", None, None, "unknown"),
        (f"{ENVOY} said earlier on Tuesday that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said that the ferry would sail on Monday.", date(2024, 3, 14), "day", "published"),
        (f"{ENVOY} said last night that the ferry would sail.", date(2024, 3, 13), "day", "phrase"),
        (f"{ENVOY} said the day before yesterday that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said on the 12th that the ferry would sail.", date(2024, 3, 12), "day", "phrase"),
        (f"{ENVOY} said on the 20th that the ferry would sail.", date(2024, 2, 20), "day", "phrase"),
        (f"{ENVOY} said on the 12th visit that the ferry would sail.", date(2024, 3, 14), "day", "published"),
        (f"In May, {ENVOY} said that the ferry would sail.", date(2023, 5, 1), "month", "phrase"),
        (f"{ENVOY} said earlier this month that the ferry would sail.", date(2024, 3, 1), "month", "phrase"),
        (f"{ENVOY} said earlier this year that the ferry would sail.", date(2024, 1, 1), "year", "phrase"),
        (f"{ENVOY} said three weeks ago that the ferry would sail.", date(2024, 2, 1), "month", "phrase"),
        (f"{ENVOY} said three months ago that the ferry would sail.", date(2023, 12, 1), "month", "phrase"),
        (f"{ENVOY} said two years ago that the ferry would sail.", date(2022, 1, 1), "year", "phrase"),
        (f"{ENVOY} said over the weekend that the ferry would sail.", date(2024, 3, 1), "month", "phrase"),
        (f"{ENVOY} said in a June 2023 interview that the ferry would sail.", date(2023, 6, 1), "month", "phrase"),
        (f"Under the June 2023 treaty, {ENVOY} said, the ferry would sail.", date(2024, 3, 14), "day", "published"),
        (f"Ahead of talks on Friday, {ENVOY} said that the ferry would sail.", date(2024, 3, 14), "day", "published"),
        (f"After talks on Friday, {ENVOY} said that the ferry would sail.", date(2024, 3, 8), "day", "phrase"),
        (f"{ENVOY} had said that the ferry would sail.", None, None, "unknown"),
    ],
)
def test_phrases_beside_the_cue(text: str, day: date | None, precision: str | None, basis: str) -> None:
    (row,) = rows_of(article(text))[1]
    assert (row["date"], row["date_precision"], row["date_basis"]) == (day, precision, basis)


def test_the_dateline_comes_before_publication() -> None:
    (row,) = rows_of(article(f"{ENVOY} said that the ferry would sail.", dateline=dateline("Oslo", date(2024, 3, 13))))[
        1
    ]
    assert (row["date"], row["date_basis"]) == (date(2024, 3, 13), "dateline")


def test_the_present_perfect_leaves_the_day_open() -> None:
    rows = rows_of(
        article(f"{ENVOY} said that the ferry would sail.", "Finland has repeatedly said that it would sink.")
    )[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 14), None]


def test_further_sentences_keep_the_day_of_the_occasion() -> None:
    rows = rows_of(article(f"{ENVOY} said on Tuesday that the ferry would sail.", '"It floats," she said.'))[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 12), date(2024, 3, 12)]


def test_the_occasion_that_opens_a_readout_dates_it() -> None:
    lead = f"{ENVOY} spoke by phone yesterday with Foreign Minister Pekka Aalto of Finland."
    rows = rows_of(article(lead, "Minister Solhaug said that the ferry would sail."))[1]
    assert [row["date"] for row in rows] == [date(2024, 3, 13)]


def test_a_speech_at_a_meeting_has_the_day_of_the_meeting() -> None:
    story = article(
        f"{ENVOY} considers the March 12 meeting of the UN Security Council a success.",
        "During his speech at the UN Security Council, Finnish President Pekka Aalto called on all states to sign.",
    )
    assert [row["date"] for row in rows_of(story)[1]] == [date(2024, 3, 14), date(2024, 3, 12)]


def made(story: Article, words: str, cue: str = "said", *, kind: QuotationType = "indirect") -> Day:
    """The day of one statement of Oslo, marked by hand."""
    return days_in(story, [(words, cue, "Oslo")], kind=kind)[0]


def days_in(
    story: Article, marked: list[tuple[str, str, str]], sides: tuple[str, ...] = (), *, kind: QuotationType = "indirect"
) -> list[Day]:
    statements = []
    for words, cue, source in marked:
        found = attribution(story.text, words, cue, source)
        statements.append(Statement(found.content, kind, found.source[0], found.cue[0], "engine", 0.9))
    borders = sentences(story.text, story.paragraphs, scan(story.text, story.paragraphs))
    same = [index > 0 and source == marked[index - 1][2] for index, (_, _, source) in enumerate(marked)]
    return days_of(story, statements, borders, same, sides)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("Oslo said on Feb. 2 that it sails.", date(2024, 2, 2), "day"),
        ("Oslo said on 2 February 2020 that it sails.", date(2020, 2, 2), "day"),
        ("Oslo said late Wednesday that it sails.", date(2024, 3, 13), "day"),
        ("Oslo said last Wednesday that it sails.", date(2024, 3, 13), "day"),
        ("Oslo said on Friday that it sails.", date(2024, 3, 8), "day"),
        ("Three days ago Oslo said that it sails.", date(2024, 3, 11), "day"),
        ("A day earlier, Oslo said that it sails.", date(2024, 3, 13), "day"),
        ("In November, Oslo said that it sails.", date(2023, 11, 1), "month"),
        ("In early March 2022, Oslo said that it sails.", date(2022, 3, 1), "month"),
        ("In 2012, Oslo said that it sails.", date(2012, 1, 1), "year"),
        ("On 30 December, Oslo said that it sails.", date(2023, 12, 30), "day"),
        ("Oslo said last week that it sails.", date(2024, 3, 1), "month"),
        ("Last month, Oslo said that it sails.", date(2024, 2, 1), "month"),
        ("Oslo said last year that it sails.", date(2023, 1, 1), "year"),
        ("Oslo said last year, on 2 May, that it sails.", date(2023, 5, 2), "day"),
    ],
)
def test_days_reckoned_from_publication(text: str, day: date, precision: str) -> None:
    assert made(article(text), "it sails") == Day(day, precision, "phrase")


@pytest.mark.parametrize(
    "text",
    [
        "Oslo said that it sails on Friday.",
        "Oslo said that it sails in 2012.",
        "Oslo, which joined in 2012, said that it sails.",
        "Oslo, which joined last year, said that it sails.",
        "Oslo said at last that it sails.",
        "Oslo said in 2030 that it sails.",
        "For its day on 20 March 2024, Oslo said that it sails.",
        "Oslo may have said that it sails.",
        "On Friday it rained. Oslo said that it sails.",
        "Oslo says that it sails.",
    ],
)
def test_days_of_something_else_leave_the_statement_on_the_day_of_publication(text: str) -> None:
    words = text[text.index("it sails") :].rstrip(".") if "sails" in text else text
    assert made(article(text), words, "says" if "says" in text else "said") == Day(PUBLISHED, "day", "published")


@pytest.mark.parametrize(
    "text",
    [
        "Oslo said previously that it sails.",
        "Oslo had earlier said that it sails.",
        "In the past, Oslo said that it sails.",
        "Oslo recently said that it sails.",
    ],
)
def test_an_unknown_earlier_time_has_no_day(text: str) -> None:
    assert made(article(text), "it sails") == UNKNOWN_DAY


def test_weekdays_are_reckoned_from_the_dateline() -> None:
    story = article("Oslo said on Thursday that it sails.", dateline=dateline("Oslo", date(2024, 3, 13)))
    assert made(story, "it sails").day == date(2024, 3, 7)


def test_the_year_turns() -> None:
    story = article("Oslo said on December 31 that it sails.", published=date(2024, 1, 1))
    assert made(story, "it sails") == Day(date(2023, 12, 31), "day", "phrase")
    story = article("Oslo said on Sunday that it sails.", published=date(2024, 1, 1))
    assert made(story, "it sails").day == date(2023, 12, 31)


def test_a_turn_of_a_transcript_has_the_day_of_the_document() -> None:
    story = article("Oslo said on Friday that it sails.")
    assert made(story, "it sails", kind="transcript") == Day(PUBLISHED, "day", "published")


def test_without_any_day_nothing_is_known() -> None:
    story = article("Oslo said on Friday that it sails.", published=None, published_basis=None)
    assert made(story, "it sails") == UNKNOWN_DAY


class TestSameSpeaker:
    def test_the_next_sentence_keeps_the_day_and_another_speaker_does_not(self) -> None:
        story = article("Oslo said on Friday that it sails. Oslo added that it floats. Lima replied that it sinks.")
        marked = [("it sails", "said", "Oslo"), ("it floats", "added", "Oslo"), ("it sinks", "replied", "Lima")]
        assert [each.day for each in days_in(story, marked)] == [date(2024, 3, 8), date(2024, 3, 8), PUBLISHED]

    def test_an_unknown_day_lasts_for_the_paragraph_only(self) -> None:
        story = article("Oslo said earlier that it sails. Oslo added that it floats.", "Oslo stressed that it sinks.")
        marked = [("it sails", "said", "Oslo"), ("it floats", "added", "Oslo"), ("it sinks", "stressed", "Oslo")]
        assert [each.day for each in days_in(story, marked)] == [None, None, PUBLISHED]

    def test_a_day_of_its_own_wins(self) -> None:
        story = article("Oslo said on Friday that it sails. On Sunday, Oslo added that it floats.")
        marked = [("it sails", "said", "Oslo"), ("it floats", "added", "Oslo")]
        assert [each.day for each in days_in(story, marked)] == [date(2024, 3, 8), date(2024, 3, 10)]


class TestReckonedFromTheStatementBefore:
    MARKED = (("it sails", "said", "Oslo"), ("it sinks", "warned", "Lima"))

    @pytest.mark.parametrize(
        ("text", "day", "precision"),
        [
            ("Oslo said on Friday that it sails. Lima warned the next day that it sinks.", date(2024, 3, 9), "day"),
            ("Oslo said on Friday that it sails. A day later Lima warned that it sinks.", date(2024, 3, 9), "day"),
            ("Oslo said on Friday that it sails. The following day, Lima warned it sinks.", date(2024, 3, 9), "day"),
            ("Oslo said in 2012 that it sails. The next day, Lima warned that it sinks.", date(2012, 1, 1), "year"),
            ("Oslo said on Friday that it sails. Lima warned at the time that it sinks.", date(2024, 3, 8), "day"),
            ("Oslo said in 2012 that it sails. Lima warned at the time that it sinks.", date(2012, 1, 1), "year"),
            # near sentences
            ("Oslo said on Friday that it sails. Lima warned a day ago that it sinks.", date(2024, 3, 13), "day"),
            ("Oslo said on Friday that it sails. A day earlier, Lima warned that it sinks.", date(2024, 3, 13), "day"),
            ("Oslo said on Friday that it sails. Lima warned twice a day that it sinks.", PUBLISHED, "day"),
            ("Oslo said on Friday that it sails. Lima then warned that it sinks.", PUBLISHED, "day"),
            ("Oslo said on Friday that it sails. Lima warned on Monday, at the time, that it sinks.",
             date(2024, 3, 11), "day"),
            ("Oslo said that it sails. The following day, Lima warned that it sinks.", PUBLISHED, "day"),
        ],
    )  # fmt: skip
    def test_days(self, text: str, day: date, precision: str) -> None:
        last = days_in(article(text), list(self.MARKED))[-1]
        assert (last.day, last.precision) == (day, precision)

    def test_said_then(self) -> None:
        story = article("Oslo said on Friday that it sails. Lima said then that it sinks.")
        marked = [self.MARKED[0], ("it sinks", "said then", "Lima")]
        assert [each.day for each in days_in(story, marked)] == [date(2024, 3, 8)] * 2

    def test_the_day_of_an_unknown_time_is_unknown(self) -> None:
        story = article("Oslo said earlier that it sails. Lima warned at the time that it sinks.")
        assert days_in(story, list(self.MARKED)) == [UNKNOWN_DAY, UNKNOWN_DAY]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Oslo said that it sails, after Lima warned on Sunday that it sinks.", [PUBLISHED, date(2024, 3, 10)]),
        ("Oslo said on Friday that it sails, and Lima warned that it sinks.", [date(2024, 3, 8), PUBLISHED]),
        ("On Friday, Oslo said that it sails, and Lima warned that it sinks.", [date(2024, 3, 8)] * 2),
    ],
)
def test_a_day_that_another_attribution_of_the_sentence_holds_is_not_ours(text: str, days: list[date]) -> None:
    marked = [("it sails", "said", "Oslo"), ("it sinks", "warned", "Lima")]
    assert [each.day for each in days_in(article(text), marked)] == days


class TestHeads:
    TEXT = "Oslo said that it sails."

    @pytest.mark.parametrize("line", ["Santiago, March 7, 2024", "Remarks of 7 March 2024", "2024-03-07"])
    def test_a_line_at_the_head_dates_the_record(self, line: str) -> None:
        story = article(self.TEXT, header=("Ferries", line))
        assert made(story, "it sails") == Day(date(2024, 3, 7), "day", "phrase")

    @pytest.mark.parametrize(
        "line",
        [
            "Santiago, March 17, 2024",  # after publication
            "Santiago, February 7, 2024",  # too long before it
            "Accord on the harbour and on all ferries of both shores that was signed on March 7, 2024",
            "Santiago, March 7",
            "N 2024-03-07-1",  # the number of a document
        ],
    )
    def test_other_lines_do_not(self, line: str) -> None:
        assert made(article(self.TEXT, header=(line,)), "it sails") == Day(PUBLISHED, "day", "published")

    def test_a_dateline_says_it_better(self) -> None:
        story = article(self.TEXT, header=("March 7, 2024",), dateline=dateline("Oslo", date(2024, 3, 13)))
        assert made(story, "it sails").day == date(2024, 3, 13)

    @pytest.mark.parametrize(
        ("preface", "method", "day"),
        [
            ("The Foreign Ministry of Peru issued the following statement on March 7, 2024:", WHOLE, date(2024, 3, 7)),
            ("The Foreign Ministry of Peru issued the following statement on March 7, 1984:", WHOLE, PUBLISHED),
            ("The Foreign Ministry of Peru issued the following statement on March 7, 2024:", "engine", PUBLISHED),
        ],
    )
    def test_the_preface_of_a_whole_statement(self, preface: str, method: str, day: date) -> None:
        story = article(preface, "We welcome the accord.")
        statement = Statement(story.paragraphs[1:], "direct", None, None, method, 0.9)
        borders = sentences(story.text, story.paragraphs, [])
        assert [each.day for each in days_of(story, [statement], borders, [False])] == [day]

    def test_words_of_the_statement_itself_are_no_preface(self) -> None:
        story = article("We welcome the accord of March 7, 2024.")
        statement = Statement(story.paragraphs, "direct", None, None, WHOLE, 0.9)
        assert days_of(story, [statement], story.paragraphs, [False])[0].day == PUBLISHED


class TestLeadsInThePerfect:
    MARKED = (("it sails", "has said", "Oslo"), ("it sinks", "warned", "Lima"), ("it floats", "told", "Oslo"))
    BODY = ("Lima warned that it sinks.", "Oslo told on Tuesday that it floats.")

    def lead(self, *paragraphs: str, sides: tuple[str, ...] = ("NOR", "PER", "NOR"), cue: str = "has said") -> Day:
        marked = [("it sails", cue, "Oslo"), *self.MARKED[1:]]
        return days_in(article(*paragraphs), marked, sides)[0]

    def test_the_body_dates_the_lead_of_the_same_side(self) -> None:
        assert self.lead("Oslo has said that it sails.", *self.BODY) == Day(date(2024, 3, 12), "day", "phrase")

    @pytest.mark.parametrize("sides", [("NOR", "PER", "PER"), ("", "PER", ""), ()])
    def test_another_side_does_not(self, sides: tuple[str, ...]) -> None:
        assert self.lead("Oslo has said that it sails.", *self.BODY, sides=sides).day == PUBLISHED

    def test_the_past_tense_is_news_of_the_day(self) -> None:
        assert self.lead("Oslo said that it sails.", *self.BODY, cue="said").day == PUBLISHED

    def test_a_day_of_its_own_wins(self) -> None:
        assert self.lead("Oslo has said on Sunday that it sails.", *self.BODY).day == date(2024, 3, 10)

    def test_a_year_in_the_body_is_no_day(self) -> None:
        assert self.lead("Oslo has said that it sails.", self.BODY[0], "Oslo told in 2012 that it floats.").day == (
            PUBLISHED
        )

    def test_far_down_it_is_no_lead(self) -> None:
        rain = ["Rain fell."] * 3
        assert self.lead(*rain, "Oslo has said that it sails.", *self.BODY).day is None


class TestPerfect:
    def test_a_lead_in_the_perfect_is_news_of_the_day(self) -> None:
        assert made(article("Oslo has said that it sails."), "it sails", "has said").day == PUBLISHED

    def test_later_it_tells_of_an_unknown_past(self) -> None:
        story = article("Lima said that it sinks.", "Oslo has repeatedly claimed that it sails.")
        marked = [("it sinks", "said", "Lima"), ("it sails", "claimed", "Oslo")]
        assert [each.day for each in days_in(story, marked)] == [PUBLISHED, None]

    def test_has_to_is_no_perfect(self) -> None:
        story = article("Lima said that it sinks.", "Oslo has to admit that it sails.")
        marked = [("it sinks", "said", "Lima"), ("it sails", "admit", "Oslo")]
        assert [each.day for each in days_in(story, marked)] == [PUBLISHED, PUBLISHED]


@given(
    st.lists(
        st.sampled_from(
            [
                "Oslo said",
                "on",
                "Friday",
                "31",
                "February",
                "in",
                "2012",
                "last",
                "a day ago",
                "two days later",
                "earlier",
                "May",
                "0",
                "1/2/2024",
                "that it sails.",
            ]
        ),
        max_size=8,
    )
)
def test_any_words_beside_the_cue_give_a_day_or_none(words: list[str]) -> None:
    story = article("Oslo said " + " ".join(words) + " it sails")
    day = made(story, "it sails")
    assert (day.day is None) == (day.precision is None) == (day.basis == "unknown")


@pytest.mark.parametrize(
    ("paragraphs", "days"),
    [
        # others speak in between
        ((f"{ENVOY} said on Tuesday that the ferry would sail.", "Finland said that it would sink.",
          "Solhaug said that the ferry was new."), [12, 14, 12]),
        ((f"{ENVOY} said on Tuesday that the ferry would sail.", "Finland said that it would sink.",
          "Solhaug believes that the ferry is new."), [12, 14, 14]),
        ((f"{ENVOY} said that the ferry would sail.", "Solhaug wrote on Tuesday that it was blue.",
          "Finland said that it would sink.", "Solhaug said that the ferry was new."), [14, 12, 14, 14]),
        ((f"{ENVOY} said on Tuesday that the ferry would sail.", "Finland said that it would sink.",
          "In the evening, Solhaug said that the ferry was new."), [12, 14, 14]),
        # the sentence before tells the occasion
        ((f"{ENVOY} said that the ferry would sail.",
          'Asked on Wednesday whether it leaked, Solhaug smiled. "It floats," she said.'), [14, 13]),
        ((f"{ENVOY} said that the ferry would sail.",
          'Asked whether it had leaked on Wednesday, Solhaug smiled. "It floats," she said.'), [14, 14]),
        ((f"{ENVOY} travelled to Turku yesterday. On the quay she said that the ferry would sail.",), [13]),
        ((f"{ENVOY} bought a ticket yesterday. On the quay Finland said that the ferry would sink.",), [14]),
        # the sentence behind tells it
        ((f"{ENVOY} said that the ferry would sail.", "Solhaug spoke on Tuesday evening in an interview."), [12]),
        ((f"{ENVOY} said that the ferry would sail.", "Solhaug is expected on Tuesday evening in Turku."), [14]),
        # reckoned from the statement before
        ((f"{ENVOY} said on Tuesday that the ferry would sail. The day before, Finland said that it would sink.",),
         [12, 11]),
        ((f"{ENVOY} said on Tuesday that the ferry would sail. On the same day Finland said that it would sink.",),
         [12, 12]),
        # what somebody did is no day of speech
        (("A Finnish diplomat who was briefed on Monday said that the ferry would sink.",), [14]),
        (("A Finnish diplomat who spoke on Monday said that the ferry would sink.",), [11]),
        # the session is dated elsewhere
        (("Finland praised the March 12 session of the ferry commission in Turku.",
          f"At the session in Turku, {ENVOY} urged Finland to pay for the ferry."), [14, 12]),
    ],
)  # fmt: skip
def test_days_told_in_the_sentences_around(paragraphs: tuple[str, ...], days: list[int]) -> None:
    rows = rows_of(article(*paragraphs))[1]
    assert [row["date"].day if row["date"] else None for row in rows] == days


def test_a_month_in_a_clause_about_the_content_is_not_the_day() -> None:
    rows = rows_of(article(f"{ENVOY} urged Finland to \u201ctrust its own divers,\u201d who saw the ferry in June."))[1]
    assert {row["date"] for row in rows} == {PUBLISHED}


def test_a_lead_in_the_perfect_has_the_bodys_day_where_the_header_dates_the_story() -> None:
    story = article(
        "Finland has denounced the sinking of the ferry.",
        "Finnish Foreign Minister Aino Salo said on Tuesday that divers would look.",
        header=("Turku, March 14, 2024",),
    )
    assert [row["date"].day for row in rows_of(story)[1]] == [12, 12]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{ENVOY} discussed the recent steps taken in Lima and said that the ferry would sail.", PUBLISHED),
        (f"{ENVOY} said in a recent interview that the ferry would sail.", None),
        (f"After the storm in February, {ENVOY} said that the ferry would sail.", None),
        (f"At a fair in February, {ENVOY} said that the ferry would sail.", date(2024, 2, 1)),
        (f"Norway recalled the ferry, a day after {ENVOY} denied that it leaked.", date(2024, 3, 13)),
        (f"Norway recalled the ferry on Tuesday, a day after {ENVOY} denied that it leaked.", date(2024, 3, 11)),
    ],
)
def test_what_stands_beside_the_cue_but_is_no_day_of_speech(text: str, day: date | None) -> None:
    assert [row["date"] for row in rows_of(article(text))[1]] == [day]


def test_a_document_keeps_the_day_on_which_it_came_out() -> None:
    found = rows_of(
        article(
            "In a memorandum released on Monday, Norway argued that the ferry was safe.",
            "Finland warned that it leaked.",
            '"It floats," the memorandum said.',
        )
    )[1]
    assert [row["date"] for row in found] == [date(2024, 3, 11), PUBLISHED, date(2024, 3, 11)]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Solhaug's comments to lawmakers on Tuesday surprised the harbour.", date(2024, 3, 12)),
        ("The comments came on Tuesday.", date(2024, 3, 12)),
        ("Aalto's comments to lawmakers on Tuesday surprised the harbour.", PUBLISHED),
    ],
)
def test_a_sentence_on_the_words_of_a_person_dates_them(told: str, day: date) -> None:
    found = rows_of(article(f'"It floats," {ENVOY} said. {told}'))[1]
    assert [row["date"] for row in found] == [day]


def test_what_has_been_announced_is_of_the_day() -> None:
    found = rows_of(
        article(
            f"{ENVOY} warned that the ferry leaked.",
            "Finland has also announced that it will pay.",
            "Peru has said that it will not.",
        )
    )[1]
    assert [row["date"] for row in found] == [PUBLISHED, PUBLISHED, None]


def test_yesterday_in_the_lead_of_a_morning_paper_lasts_for_those_who_speak_on() -> None:
    found = rows_of(
        article(
            f"{ENVOY} yesterday ordered the ferry to sail.",
            "Finland warned that it leaked.",
            "Peru says that it will not sail.",
            "Chile warned that it was too small.",
        )
    )[1]
    assert [row["date"] for row in found] == [date(2024, 3, 13), date(2024, 3, 13), PUBLISHED, PUBLISHED]


def test_an_institution_keeps_its_named_day_after_others_have_spoken() -> None:
    found = rows_of(
        article(
            "The ferry sank.",
            "The Norwegian transport ministry warned on Tuesday that it was old.",
            "Finland said that it was new.",
            "The Norwegian transport ministry said that it was blue.",
        )
    )[1]
    assert [row["date"] for row in found] == [date(2024, 3, 12), PUBLISHED, date(2024, 3, 12)]


def test_a_lead_in_the_perfect_has_one_day_for_both_its_verbs() -> None:
    story = article("Peru has condemned the raid on the pier and called for talks.")
    assert {str(row["date"]) for row in rows_of(story)[1]} == {"2024-03-14"}


def test_what_is_spoken_of_may_be_recent() -> None:
    story = article("Asked about the recent raid, Peruvian Minister Luz Soto said that the pier was safe.")
    assert {str(row["date"]) for row in rows_of(story)[1]} == {"2024-03-14"}
