"""Same story twice: which stories are linked, to which original, and which statements are repeats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.signature import LAYOUT, signature
from flows.schema import ARTICLES, STATEMENTS
from flows.tables.arrow import to_arrow
from flows.tables.duplicates import DAYS, SHORT, link, repeats, with_duplicates

DAY = date(2024, 3, 11)
Told = tuple[str, date | None, str]

FERRY = """\
Finland and Estonia will share the cost of two new ferries on the Gulf of Finland, Estonian Foreign Minister Maarja
Tamm said in Tallinn on Monday after talks with her Finnish colleague Eero Lahtivuori.

"The ships we have were built for summers, and the gulf has other months as well," Tamm told reporters at the harbour.

Lahtivuori said the first of the ferries would be laid down in Rauma in October and cost 140 million euros. He called
the plan a matter of patience rather than of money.

The two ministers also spoke about the cable that was damaged in January. Divers have found its two ends 60 metres
apart, the Estonian Navy said, and repairs are to begin once the ice has gone from Paldiski Bay.

Talks about the timetable go on in Turku in April."""

CORRECTION = (
    FERRY.replace("140 million", "104 million").replace("Monday", "Monday evening")
    + """

Correction: an earlier version of this story gave a wrong sum for the first ferry."""
)

UPDATE = (
    FERRY
    + """

Latvia would like to join the plan, its Ambassador to Estonia Juris Ozolkalns said later. "A third ship would sail to
Ventspils, and we would pay for it," he told Estonian Radio. Neither minister has answered him so far.

Shipyards in Gdynia and Klaipeda have asked for the papers of the tender, according to people who know of it, and the
European Commission said it would look at the state aid in the plan before the summer."""
)

READOUT = """\
National Security Adviser Helena Brandvold spoke today by telephone with {person} of {country}. They reaffirmed the
close and lasting partnership between their nations and discussed ways to deepen cooperation on trade, energy and the
safety of shipping. The two sides underlined their shared commitment to the rules on which the security of all nations
rests. {middle} They agreed to stay in close touch and to instruct their teams to continue this work in the weeks ahead.
"""
LIMA = READOUT.format(
    person="Foreign Minister Rosa Quispe Tello",
    country="Peru",
    middle="Brandvold thanked Quispe Tello for the help that the port of Callao gave to the crew of the Havbris.",
)
HANOI = READOUT.format(
    person="Defence Minister Pham Quoc Lam",
    country="Vietnam",
    middle="Brandvold and Pham spoke about the 2 coast guard vessels that Hanoi has ordered from a yard in Ulsteinvik.",
)

TRANSLATED = """\
Unofficial translation from the original. The authentic text of the present communication is the one published by the
press service in the language of the state; no rights follow from the translation, and the press service answers no
questions about it on the telephone. """
ON_TEA = (
    TRANSLATED
    + """\
The Ministry of Trade of Sri Lanka has told the Embassy of Poland that it takes back the duty on tea boxes from 1 June.
Minister Ruwan Jayasekera said exporters in Gdansk had waited long enough for the word."""
)
ON_FLOODS = (
    TRANSLATED
    + """\
The Kingdom of Nepal's former envoy Bishnu Karki is to lead the relief mission to Malawi, where the Shire has left its
banks. He said from Blantyre that 300 tents had come and 900 were needed."""
)

SHORT_NOTE = "The Embassy of Norway in Lisbon will be closed on Friday for the national holiday."


def _links(told: Iterable[Told]) -> dict[str, str]:
    rows = list(told)
    return link(
        pa.chunked_array([[name for name, _, _ in rows]], pa.string()),
        pa.chunked_array([[day for _, day, _ in rows]], pa.date32()),
        pa.chunked_array([[signature(text) for _, _, text in rows]], pa.binary()),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(FERRY, FERRY, id="the same text in two files"),
        pytest.param(FERRY, FERRY.replace('"', "”").replace("\n\n", "\n"), id="other marks and line breaks"),
        pytest.param(FERRY, CORRECTION, id="corrected"),
        pytest.param(FERRY, UPDATE, id="two more paragraphs"),
        pytest.param(UPDATE, FERRY, id="cut to its first half"),
        pytest.param(SHORT_NOTE, SHORT_NOTE.upper(), id="short and equal"),
        pytest.param(LIMA, LIMA.replace("today", "on Thursday"), id="one readout given out twice"),
    ],
)
def test_the_same_story_is_linked_to_its_earlier_telling(first: str, second: str) -> None:
    assert _links([("a", DAY, first), ("b", DAY + timedelta(1), second)]) == {"b": "a"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(LIMA, HANOI, id="two readouts in one form of words"),
        pytest.param(ON_TEA, ON_FLOODS, id="one translator's note above two texts"),
        pytest.param(FERRY, LIMA, id="different stories"),
        pytest.param(SHORT_NOTE, SHORT_NOTE.replace("Friday", "Monday"), id="short and not equal"),
        pytest.param("", "No", id="hardly any words"),
    ],
)
def test_different_stories_stay_apart(first: str, second: str) -> None:
    assert _links([("a", DAY, first), ("b", DAY, second)]) == {}


def test_the_earliest_is_the_original_then_the_smallest_identifier() -> None:
    assert _links([("a", DAY + timedelta(1), FERRY), ("b", DAY, UPDATE)]) == {"a": "b"}
    assert _links([("b", DAY, FERRY), ("a", DAY, FERRY), ("c", None, FERRY)]) == {"b": "a", "c": "a"}


def test_a_correction_and_an_update_are_linked_to_the_story_not_to_each_other() -> None:
    told = [("a", DAY, FERRY), ("b", DAY, CORRECTION), ("c", DAY + timedelta(1), UPDATE)]
    assert _links(told) == {"b": "a", "c": "a"}


def test_a_form_of_words_used_again_after_a_week_is_another_event() -> None:
    last = DAY + timedelta(DAYS)
    assert _links([("a", DAY, LIMA), ("b", last, LIMA.replace("today", "on Thursday"))]) == {"b": "a"}
    after = last + timedelta(1)
    assert _links([("a", DAY, LIMA), ("b", after, LIMA.replace("today", "on Thursday"))]) == {}
    assert _links([("a", DAY, SHORT_NOTE), ("b", after, SHORT_NOTE)]) == {}
    assert _links([("a", DAY, FERRY), ("b", after, FERRY)]) == {"b": "a"}


def test_a_reprint_links_what_follows_it_to_the_first_telling() -> None:
    month = DAY + timedelta(30)
    told = [("a", DAY, FERRY), ("b", month, FERRY), ("c", month + timedelta(2), UPDATE)]
    assert _links(told) == {"b": "a", "c": "a"}


def test_a_chain_of_updates_ends_where_the_original_is_no_longer_in_it() -> None:
    words = [f"Name{number} word{number}" for number in range(300)]
    starts = {"a": 0, "b": 15, "c": 30, "d": 45}
    told = [(name, DAY, " ".join(words[start : start + 150])) for name, start in starts.items()]
    assert _links(told) == {"b": "a", "d": "c"}


def _variants(seed: int) -> list[Told]:
    """Forty stories of made-up words, most of them told several times with changes."""
    rng = Random(seed)  # noqa: S311
    told = []
    for story in range(40):
        length = rng.randrange(30, 150)
        words = [f"{rng.choice('BKLMNP')}{rng.choice('aeiou')}{number % 97}{story}" for number in range(length)]
        for telling in range(rng.randrange(1, 5)):
            kept = [word for word in words if rng.random() > 0.05 * telling]
            told.append((f"{rng.randrange(16**8):08x}", DAY + timedelta(rng.randrange(12)), " ".join(kept)))
    return told


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_articles_come_makes_no_difference(rng: Random) -> None:
    told = _variants(5)
    expected = _links(told)
    assert len(expected) > 20
    rng.shuffle(told)
    assert _links(told) == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_no_original_is_a_duplicate_or_later_than_what_is_linked_to_it(seed: int) -> None:
    told = _variants(seed)
    days = {name: day for name, day, _ in told}
    links = _links(told)
    assert not set(links) & set(links.values())
    assert all((days[original], original) < (days[again], again) for again, original in links.items())


def test_columns_in_many_chunks_give_the_same_links() -> None:
    told = _variants(5)
    table = pa.table(
        {
            "article_id": [name for name, _, _ in told],
            "published": pa.array([day for _, day, _ in told], pa.date32()),
            "signature": pa.array([signature(text) for _, _, text in told], pa.binary(LAYOUT.itemsize)),
        }
    )
    chunked = pa.concat_tables([table.slice(start, 7) for start in range(0, table.num_rows, 7)])
    assert link(*chunked.columns) == _links(told)


def test_more_tellings_than_a_band_compares_are_all_linked() -> None:
    told = [(f"{number:03}", DAY, FERRY + f" {number}" * 3) for number in range(150)]
    assert _links(told) == {name: "000" for name, _, _ in told[1:]}


def test_no_articles_no_links() -> None:
    assert _links([]) == {}


def _statements(*rows: tuple[str, int, str]) -> pa.Table:
    columns = ("article_id", "sequence", "text")
    return to_arrow(STATEMENTS, [{**dict(zip(columns, row, strict=True)), "published": DAY} for row in rows])


def test_a_statement_is_a_repeat_if_an_earlier_telling_has_it() -> None:
    ships, money = "The ships we have were built for summers", "The first ferry will cost 140 million euros"
    third = "A third ship would sail to Ventspils"
    statements = _statements(
        ("c", 0, third),
        ("b", 0, ships),
        ("b", 1, money.replace("140", "104")),
        ("b", 2, third),
        ("a", 0, ships),
        ("a", 1, money),
        ("x", 0, ships),
    )
    found = repeats(statements, {"b": "a", "c": "a"}).to_pylist()
    assert found == ["a", "a", "a", None, None, None, None]


def test_what_one_telling_says_twice_is_two_statements() -> None:
    again = "We wait for the ice to go"
    assert repeats(_statements(("a", 0, again), ("a", 1, again)), {"b": "a"}).to_pylist() == [None, None]


def test_both_tables_get_their_column_and_keep_their_schema() -> None:
    rows = [
        {"article_id": name, "published": DAY, "text": text, "signature": signature(text)}
        for name, text in (("b", CORRECTION), ("a", FERRY))
    ]
    articles = to_arrow(ARTICLES, [*rows, {"article_id": "c", "published": DAY, "text": FERRY}])
    statements = _statements(("a", 0, "The ships were built for summers"), ("b", 0, "The ships were built for summers"))
    linked_articles, linked_statements = with_duplicates(articles, statements)
    assert linked_articles["duplicate_of"].to_pylist() == ["a", None, None]
    assert linked_statements["duplicate_of"].to_pylist() == [None, "a"]
    assert linked_articles.schema.equals(ARTICLES.schema(), check_metadata=True)
    assert linked_statements.schema.equals(STATEMENTS.schema(), check_metadata=True)


def test_the_note_is_short_and_the_stories_are_not() -> None:
    assert len(SHORT_NOTE.split()) < SHORT < min(len(text.split()) for text in (FERRY, LIMA, HANOI, ON_TEA, ON_FLOODS))
