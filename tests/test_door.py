"""The way in from Python: a text in, rows out; tables in, a data frame out."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import flows
from flows import extract, load_statements
from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import read_file
from flows.door import article_from
from flows.printing import rows_of_file
from flows.refusal import Refusal
from flows.rows import rows_of
from flows.schema import STATEMENTS
from flows.speakers.terms import COLUMNS
from flows.tables.arrow import to_arrow
from flows.tables.partitions import write_rows

WIRE = (
    "date 2024-03-14 HELSINKI, March 13. /STT/. Finnish Foreign Minister Aino Koski waved the offer away.\n\n"
    '"Nobody in this house waits for a ferry," she said on Tuesday.\n\n'
    "Estonia, Latvia and Lithuania condemned the delay.\n"
)
UNDATED = '"Nobody in this house waits for a ferry," Finnish Foreign Minister Aino Koski said on Tuesday.'


def test_a_string_gives_the_rows_that_a_raw_file_of_it_gives(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text(WIRE, encoding="utf-8")
    (article,) = read_file(path, tmp_path, USUAL)
    assert isinstance(article, Article)
    expected = rows_of(article)[1]
    assert [row["speaker"] for row in expected] == ["Aino Koski", "Estonia; Latvia; Lithuania"]
    assert [{name: value for name, value in row.items() if value is not None} for row in extract(WIRE)] == [
        {name: value for name, value in row.items() if value is not None} for row in expected
    ]


def test_rows_have_the_columns_of_the_schema_in_their_order() -> None:
    rows = extract(WIRE)
    assert all(list(row) == [column.name for column in STATEMENTS.columns] for row in rows)
    assert to_arrow(STATEMENTS, rows).num_rows == 2


def test_without_any_day_dates_are_null_and_rows_come_all_the_same() -> None:
    (row,) = extract(UNDATED)
    assert (row["speaker"], row["role"], row["country"]) == ("Aino Koski", "Foreign Minister", "FIN")
    assert (row["date"], row["published"], row["date_basis"]) == (None, None, "unknown")


@pytest.mark.parametrize("day", [date(2024, 3, 14), "2024-03-14", datetime(2024, 3, 14, 9, 30), "2024-03-14T09:30:00"])
def test_the_given_day_completes_weekdays(day: date | str) -> None:
    (row,) = extract(UNDATED, published=day)
    assert (row["published"], row["date"]) == (date(2024, 3, 14), date(2024, 3, 12))


def test_the_given_day_goes_before_the_texts_own() -> None:
    article = article_from(WIRE, date(2025, 3, 14))
    assert (article.published, article.published_basis) == (date(2025, 3, 14), "metadata")
    assert article_from(WIRE).published == date(2024, 3, 14)


def test_what_is_given_stands_in_the_rows() -> None:
    (row,) = extract(UNDATED, outlet="Harbour News", url="https://example.org/ferry", title="No ferry")
    assert (row["outlet"], row["url"]) == ("Harbour News", "https://example.org/ferry")


@pytest.mark.parametrize("text", ["", " \n\n ", "date 2024-03-14 "])
def test_a_text_without_words_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="Nothing is left of the text"):
        extract(text)


def test_a_day_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="write it as YYYY-MM-DD"):
        extract(UNDATED, published="14 March")


def test_officials_of_ones_own_tell_role_and_country(tmp_path: Path) -> None:
    text = 'Ozola arrived in Riga. "The bridge will open," Inga Ozola said.'
    table = tmp_path / "officials.csv"
    row = dict.fromkeys(COLUMNS, "") | {
        "name": "Inga Ozola",
        "surname": "Ozola",
        "role": "Transport Minister",
        "role_category": "minister",
        "country": "LVA",
        "from": "2023-01-01",
        "source": "ours",
    }
    table.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    (without,) = extract(text, published="2024-03-14")
    (given,) = extract(text, published="2024-03-14", officials=str(table))
    assert (without["role"], without["country"]) == (None, None)
    assert (given["role"], given["country"], given["role_basis"]) == ("Transport Minister", "LVA", "officials")
    with pytest.raises(ValueError, match=r"gone\.csv: cannot be read"):
        extract(text, officials=tmp_path / "gone.csv")


def test_an_article_that_says_nothing_gives_no_rows() -> None:
    assert extract("The ferry sailed at noon under a low sky.") == []


def test_a_raw_file_gives_rows_and_refusals(tmp_path: Path) -> None:
    path = tmp_path / "wires.jsonl"
    path.write_text(
        '{"text": "It rained."}\n'
        '{"published": "2024-03-14", "text": "Finnish Foreign Minister Aino Koski said the ferry would not sail."}\n'
    )
    refusal, row = rows_of_file(path, tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "no-date"
    assert not isinstance(row, Refusal)
    assert (row["speaker"], row["source_path"]) == ("Aino Koski", "wires.jsonl")


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """Tables of two years: three statements, one of them joint, one told again, one unsure."""
    rows = extract(WIRE)
    again = {**rows[0], "statement_id": "1" * 16, "duplicate_of": rows[0]["article_id"], "confidence": 0.9}
    rows[0]["confidence"], rows[1]["confidence"] = 0.9, 0.4
    write_rows(STATEMENTS, to_arrow(STATEMENTS, rows), tmp_path / "statements" / "2024.parquet")
    write_rows(STATEMENTS, to_arrow(STATEMENTS, [again]), tmp_path / "statements" / "2025.parquet")
    return tmp_path


def test_statements_are_loaded_with_days_as_times_and_without_duplicates(curated: Path) -> None:
    frame = load_statements(curated)
    assert list(frame.columns) == [column.name for column in STATEMENTS.columns]
    assert list(frame["speaker"]) == ["Aino Koski", "Estonia; Latvia; Lithuania"]
    assert pd.api.types.is_datetime64_any_dtype(frame["date"])
    assert len(load_statements(str(curated), duplicates=True)) == 3


def test_rows_are_chosen_by_confidence_and_country(curated: Path) -> None:
    assert list(load_statements(curated, min_confidence=0.5)["speaker"]) == ["Aino Koski"]
    assert list(load_statements(curated, countries=["LVA", "NOR"])["country"]) == ["EST;LVA;LTU"]
    assert list(load_statements(curated, countries="FIN", columns=["text", "country"]).columns) == ["text", "country"]
    assert load_statements(curated, countries=["NOR"]).empty


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"columns": ["speker"]}, "did you mean speaker"),
        ({"columns": ["zzz"]}, "the columns are speaker"),
        ({"countries": ["Norway"]}, "give ISO 3166-1 alpha-3 codes"),
        ({"countries": []}, "countries is empty"),
        ({"min_confidence": 80}, "from 0 to 1"),
    ],
)
def test_wrong_arguments_say_what_is_right(curated: Path, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_statements(curated, **wrong)  # type: ignore[arg-type]


def test_a_folder_without_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `statements build` first"):
        load_statements(tmp_path)


def test_the_package_imports_its_door_only_when_it_is_used() -> None:
    code = (
        "import sys, flows; assert not {'pyarrow', 'pandas', 'onnxruntime', 'prefect'} & set(sys.modules);"
        "from flows import extract; assert extract.__module__ == 'flows.door';"
        "assert extract('Latvia said it would wait.'); assert not {'prefect', 'scipy', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert {"extract", "load_statements"} <= set(dir(flows))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = flows.nothing
