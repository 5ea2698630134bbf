"""From an article to its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from helpers import article, dateline
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.article import Article, Span
from flows.articles.reading import USUAL
from flows.articles.registry import list_raw, read_file
from flows.rows import extractor_version, rows_of, statement_id
from flows.schema import ARTICLES, STATEMENTS
from flows.settings import PROJECT
from flows.statements.extract import extract

ENVOY = "Norwegian Foreign Minister Ingrid Solhaug"
STORY = article(
    f"{ENVOY} said on Tuesday that the ferry to Finland would sail in May, and told reporters that Oslo would pay.",
    '"We wait for the ice to go," she said. "Nobody is in a hurry up there."',
    "Estonia, Latvia and Lithuania condemned the delay.",
    "According to the Finnish embassy, the ferry has no crew.",
    outlet="Harbour News",
    url="https://example.org/ferry",
    language="en",
    title="Ferry to sail",
    dateline=dateline("Helsinki", date(2024, 3, 13), "HN"),
    conflicts=("two days are named",),
)
Found = list[tuple[Article, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def sample_rows() -> Found:
    """Every sample article of the project with its rows."""
    raw = PROJECT / "raw"
    items = [item for path in list_raw(raw) for item in read_file(path, raw, USUAL)]
    return [(item, rows_of(item)[1]) for item in items if isinstance(item, Article)]


def test_the_rows_fill_exactly_the_columns_of_the_schema() -> None:
    head, rows = rows_of(STORY)
    known = {column.name for column in STATEMENTS.columns} - {"duplicate_of"}
    assert rows
    assert all(set(row) == known for row in rows)
    # near-identical stories are known only once all articles are read
    assert set(head) == {column.name for column in ARTICLES.columns} - {"duplicate_of"}


def test_arrow_takes_the_rows_as_they_are() -> None:
    head, rows = rows_of(STORY)
    table = pa.Table.from_pylist(rows, schema=STATEMENTS.schema())
    assert table.to_pylist()[0]["text"] == rows[0]["text"]
    assert pa.Table.from_pylist([head], schema=ARTICLES.schema()).num_rows == 1


def test_spans_slice_back_to_the_text(sample_rows: Found) -> None:
    count = 0
    for story, rows in sample_rows:
        for row in rows:
            pieces = [story.text[span["start"] : span["end"]] for span in row["spans"]]
            assert " ".join(pieces) == row["text"], row
            assert all(piece.strip() for piece in pieces), row
            count += 1
    assert count > 50


def test_every_row_keeps_to_the_schema(sample_rows: Found) -> None:
    rows = [row for _, found in sample_rows for row in found]
    for column in STATEMENTS.columns:
        values = [row.get(column.name) for row in rows]
        assert column.nullable or None not in values, column.name
        if column.vocabulary:
            assert {value for value in values if value is not None} <= set(column.vocabulary), column.name
    assert all(0 < row["confidence"] <= 1 for row in rows)


def test_ids_are_unique_and_rows_in_order(sample_rows: Found) -> None:
    ids = [row["statement_id"] for _, rows in sample_rows for row in rows]
    assert len(ids) == len(set(ids))
    for _, rows in sample_rows:
        assert [row["sequence"] for row in rows] == list(range(len(rows)))
        starts = [row["spans"][0]["start"] for row in rows]
        assert starts == sorted(starts)


def test_the_same_article_gives_the_same_rows_whatever_was_read_before(sample_rows: Found) -> None:
    stories = [story for story, _ in sample_rows[:6]]
    forwards = {story.article_id: rows_of(story) for story in stories}
    backwards = {story.article_id: rows_of(story) for story in reversed(stories)}
    assert forwards == backwards


def test_the_id_hangs_on_article_and_spans_alone() -> None:
    spans = (Span(3, 9), Span(12, 20))
    assert statement_id("a" * 16, spans) == statement_id("a" * 16, list(spans))
    others = [statement_id("b" * 16, spans), statement_id("a" * 16, spans[:1]), statement_id("a" * 16, (Span(3, 10),))]
    assert statement_id("a" * 16, spans) not in others
    assert len(statement_id("a" * 16, ())) == 16


def test_the_article_row() -> None:
    head, rows = rows_of(STORY)
    assert head["statement_count"] == len(rows)
    assert head["word_count"] == len(STORY.text.split())
    assert (head["dateline_place"], head["dateline_country"]) == ("Helsinki", "FIN")
    assert head["conflicts"] == ["two days are named"]
    assert rows_of(article("It rained."))[0]["conflicts"] is None


def test_articles_columns_are_repeated_in_each_row() -> None:
    for row in rows_of(STORY)[1]:
        assert (row["outlet"], row["url"], row["language"]) == ("Harbour News", "https://example.org/ferry", "en")
        assert (row["published"], row["extractor_version"]) == (date(2024, 3, 14), extractor_version())


def test_speaker_columns_of_one_and_of_several() -> None:
    rows = rows_of(STORY)[1]
    (joint,) = [row for row in rows if row["speaker"] == "Estonia; Latvia; Lithuania"]
    assert joint["country"] == "EST;LVA;LTU"
    assert joint["speakers"][1] == {"speaker": "Latvia", "role": None, "country": "LVA"}
    first = rows[0]
    assert (first["speaker"], first["role"], first["role_as_written"]) == (
        "Ingrid Solhaug",
        "Foreign Minister",
        "Norwegian Foreign Minister",
    )
    assert (first["speaker_type"], first["role_category"], first["country"]) == ("person", "foreign_minister", "NOR")
    assert first["speakers"] == [{"speaker": "Ingrid Solhaug", "role": "Foreign Minister", "country": "NOR"}]


def test_context_holds_the_whole_sentences() -> None:
    for row in rows_of(STORY)[1]:
        assert row["context"][:1].isupper() or row["context"][:1] == '"'
        assert row["context"].rstrip('"').endswith(".")
        assert str(row["speaker_mention"]) in row["context"]


def test_countries_in_the_words_are_named() -> None:
    assert rows_of(STORY)[1][0]["countries_mentioned"][:1] == ["FIN"]


def test_paragraph_and_venue() -> None:
    rows = rows_of(STORY)[1]
    assert rows[0]["paragraph"] == 0
    assert rows[-1]["paragraph"] == 3
    assert "reporters" in [row["venue"] for row in rows]


NAMES = ["Ingrid Solhaug", "the minister", "Oslo", "She", "Minister Ana Lind (Peru)", "UN Secretary-General", "their"]
CUES = ["said", "condemned", "according to", "denied that", "has repeatedly called for", "told reporters", "saying"]
MARKS = ['"', "“", "”", "«", "»", "'", "’", ",", ".", "?", ":", "(", ")", "—", "…", " ", "\u00a0"]
TURNS = ["Q", "Q: ", "QUESTION: ", "MR. LIND: ", "The President: ", "ANA LIND (Peru) ", "(Laughter)", "In 2012, "]
BREAKS = ["\n\n", "\n\n\n\n", "\n"]
REST = ["we", "it sails", "will", "on Friday", "İ", "ß", "é"]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from([*NAMES, *CUES, *MARKS, *TURNS, *BREAKS, *REST]), max_size=60),
    st.booleans(),
)
def test_no_text_is_too_odd(parts: list[str], spaced: bool) -> None:
    text = (" " if spaced else "").join(parts)
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()] or ["x"]
    story = article(*paragraphs)
    for statement in extract(story):
        assert statement.pieces
        ends = 0
        for piece in statement.pieces:
            assert ends <= piece.start < piece.end <= len(story.text)
            assert piece.of(story.text).strip()
            ends = piece.end
        assert 0 < statement.score <= 1
    head, rows = rows_of(story)
    assert head["statement_count"] == len(rows)
    assert len({row["statement_id"] for row in rows}) == len(rows)
    pa.Table.from_pylist(rows, schema=STATEMENTS.schema())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_at_all(text: str) -> None:
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()] or ["x"]
    rows_of(article(*paragraphs))


def test_article_in_a_language_that_is_not_read_is_kept_and_says_why() -> None:
    head, rows = rows_of(article("« Nous attendons la glace », a déclaré la ministre.", language="fr"))
    assert rows == []
    assert (head["statement_count"], head["word_count"]) == (None, 10)
    assert head["skipped"] == "The article is in a language that is not read for statements (fr)."


def test_article_whose_language_nothing_tells_is_searched() -> None:
    head, rows = rows_of(article('"We wait for the ice to go," said Foreign Minister Ingrid Solhaug.', language=None))
    assert (head["statement_count"], head["skipped"], len(rows)) == (1, None, 1)


def test_every_sample_says_something(sample_rows: Found) -> None:
    assert [story.source_path for story, rows in sample_rows if not rows] == []
