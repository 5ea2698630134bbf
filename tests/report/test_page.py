"""The report says what the tables hold: every number is the answer of the query beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from lxml import html
from quick import build, story, write_rules
from report_tables import DAY, HOLDS, article, identifier, refusal, speaker, statement, write_tables
from report_tables import write_rules as write_records

from flows.data import rows as lookup
from flows.quality.verdict import Audit, RuleResult
from flows.report.asking import Asker, Snapshot
from flows.report.page import render, write_report
from flows.schema import STATEMENTS, TABLES
from flows.settings import PROJECT
from flows.tables.manifest import MANIFEST
from flows.tables.view import View

pytestmark = pytest.mark.usefixtures("no_network")

HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{statements}\x07\x85\u202e"


def page_of(curated: Path) -> Any:
    return html.fromstring((curated / "report/index.html").read_text(encoding="utf-8"))


def answers(page: Any) -> Iterator[tuple[str, list[list[str]], str]]:
    """Title, shown values row by row, and query of each figure."""
    for figure in page.xpath("//figure[@data-answer]"):
        (query,) = figure.xpath("./details[@class='query']/pre/code")
        if figure.get("data-answer") == "tiles":
            rows, title = [figure.xpath(".//dd")], "tiles"
        else:
            title = figure.xpath("string(./figcaption)")
            cells = "./td[not(contains(@class, 'bar') or contains(@class, 'extra'))]"
            rows = [row.xpath(cells) for row in figure.xpath(".//tbody/tr")]
        yield title, [[value_of(cell) for cell in row] for row in rows], query.text


def value_of(cell: Any) -> str:
    """The value that a cell carries; what is shown for it must not say another number."""
    if data := cell.xpath("./data"):
        value, shown = data[0].get("value"), data[0].text
        if re.fullmatch(r"-?\d+", value):
            assert shown.replace(",", "") == value
        return value
    return cell.text or ""


def held_against_its_queries(curated: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Runs every shown query in the folder of the tables; returns how many rows were compared under each title."""
    monkeypatch.chdir(curated)
    compared = Counter[str]()
    for title, shown, query in answers(page_of(curated)):
        found = [["" if value is None else str(value) for value in row] for row in duckdb.sql(query).fetchall()]
        assert shown == found, title
        compared[title] += len(found)
    return compared


def test_every_number_is_found_again_by_the_query_beside_it(published, monkeypatch):
    compared = held_against_its_queries(published, monkeypatch)
    assert len(compared) >= 20
    empty = {title for title, rows in compared.items() if not rows}
    assert empty <= {"Stories retold most", "Why a statement has no speaker"}
    page = page_of(published)
    outside = [each for each in page.xpath("//data") if not each.xpath("ancestor::figure[@data-answer]")]
    assert outside == []


def test_the_numbers_are_those_that_pandas_finds(published):
    rows = pd.read_parquet(published / "statements")
    shown = {title: values for title, values, _ in answers(page_of(published))}
    (figures,) = shown["tiles"]
    articles = pd.read_parquet(published / "articles")
    assert figures[:4] == [
        str(each) for each in (len(rows), rows.duplicate_of.isna().sum(), len(articles), articles.outlet.nunique())
    ]
    once = rows[rows.duplicate_of.isna()]
    countries = once.country.dropna().str.split(";").explode().value_counts()
    assert {code: int(count) for code, count, *_ in shown["The twenty countries spoken for most"]} == (
        {code: countries[code] for code, *_ in shown["The twenty countries spoken for most"]}
    )
    assert int(shown["The twenty countries spoken for most"][0][1]) == countries.max()
    types = {kind: int(count) for kind, count, *_ in shown["Quotation types"]}
    assert types == once.quotation_type.value_counts().to_dict()
    by_time = next(
        values for title, values, _ in answers(page_of(published)) if title.startswith("Statements by month")
    )
    counted = {name: sum(int(row[at]) for row in by_time) for at, name in enumerate(types_of_plot(), start=2)}
    assert counted == once[once.date.notna()].quotation_type.value_counts().to_dict()


def types_of_plot() -> tuple[str, ...]:
    vocabulary = STATEMENTS.column("quotation_type").vocabulary
    assert vocabulary
    return vocabulary


def test_the_file_needs_nothing_else(published):
    text = (published / "report/index.html").read_text(encoding="utf-8")
    assert "http" not in text
    assert "<script" not in text
    assert "@import" not in text
    assert len(text) < 400_000
    page = page_of(published)
    assert {each for each in page.xpath("//@href") if not each.startswith("#")} == {"data:,"}
    anchors = set(page.xpath("//section/@id"))
    assert {each.removeprefix("#") for each in page.xpath("//@href") if each.startswith("#")} <= anchors
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(each.get("role") == "img" and len(each.get("aria-label")) > 30 for each in page.xpath("//svg"))


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path, Path]:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(story(2018, "The ferry stays.", "Roth sails."))
    return tmp_path / "raw", tmp_path / "curated", write_rules(tmp_path / "rules")


def test_the_first_version_says_so_and_the_next_says_what_changed(small, monkeypatch):
    raw, curated, rules = small
    build(raw, curated, rules)
    assert "This is the first version" in page_of(curated).xpath("string(//section[@id='changes'])")
    (raw / "b.txt").write_text(story(2020, "The ferry sails.", "It stays at sea."))
    (raw / "a.txt").write_text(story(2018, "The ferry stays.", "Roth waits."))
    build(raw, curated, rules)
    page = page_of(curated)
    assert "What changed since version 1" in page.xpath("string(//section[@id='changes'])")
    shown = {title: rows for title, rows, _ in answers(page)}
    assert [row[1:] for row in shown["Rows by their identifiers"] if row[1] != "speakers"] == [
        ["raw files", "1", "2", "1", "0"],
        ["articles", "1", "2", "2", "1"],
        ["statements", "2", "4", "4", "2"],
    ]
    assert shown["Raw files"] == [["1", "0", "1", "0", "0"]]


def test_the_queries_of_what_changed_give_its_numbers(tmp_path, monkeypatch):
    old, new = tmp_path / "new/.versions/1", tmp_path / "new"
    before = write_tables(old, 1, statements=[statement()], articles=[article()], speakers=[speaker()])
    now = write_tables(
        new,
        2,
        statements=[statement(), statement(2)],
        articles=[article(), article(2)],
        speakers=[speaker(), speaker(8, speaker="Liv Dahl", country="SWE", statement_count=3)],
    )
    write_records(new, HOLDS)
    write_report(new / "report/index.html", now, HOLDS, "1+0", before)
    compared = held_against_its_queries(new, monkeypatch)
    assert compared["Rows by their identifiers"] == 4
    shown = {title: rows for title, rows, _ in answers(page_of(new))}
    (countries,) = (rows for title, rows in shown.items() if title.startswith("Named speakers"))
    assert countries == [["SWE", "0", "1", "0", "3"]]


def test_broken_rules_come_with_the_rows_that_break_them(tmp_path, monkeypatch):
    told = RuleResult("said-once", "statements", "warn", "Words are given once.", 2, 1, (identifier(1),))
    aside = RuleResult("country-code", "statements", "row", "country holds ISO codes.", 3, 1, ())
    verdict = Audit((HOLDS.results[0], told, aside), {"statements": {identifier(5): ("country-code",)}})
    refused = refusal(stage="check", rule="country-code", row='{"text": "Off with the ferry."}', place=identifier(5))
    now = write_tables(tmp_path, statements=[statement()], articles=[article()], quarantine=[refused])
    write_records(tmp_path, verdict)
    write_report(tmp_path / "report/index.html", now, verdict, "1+0")
    page = page_of(tmp_path)
    checks = page.xpath("string(//section[@id='checks'])")
    assert "Rows for which this does not hold: Words are given once." in checks
    assert "Off with the ferry." in checks
    assert "warned" in page.xpath("string(//p[contains(@class, 'verdict')]/@class)")
    shown = {title: rows for title, rows, _ in answers(page)}
    assert shown["All rules"][0] == ["country holds ISO codes.", "statements", "3", "1", "row"]
    monkeypatch.chdir(tmp_path)
    for title, rows, query in answers(page):
        if "speakers.parquet" not in query:
            found = [["" if value is None else str(value) for value in row] for row in duckdb.sql(query).fetchall()]
            assert rows == found, title


def test_hostile_texts_stay_texts(tmp_path, monkeypatch):
    texts = {"speaker": HOSTILE, "role": HOSTILE, "text": HOSTILE, "outlet": HOSTILE, "cue": HOSTILE, "venue": HOSTILE}
    parts = [{"speaker": HOSTILE, "role": HOSTILE, "country": "NOR", "speaker_id": identifier(9)}]
    now = write_tables(
        tmp_path,
        statements=[
            statement(1, **texts, speakers=parts, speaker_mention=HOSTILE),
            statement(2, speaker=None, speaker_mention=HOSTILE, speaker_type="unnamed", speakers=[]),
        ],
        articles=[
            article(1, title=HOSTILE, outlet=HOSTILE, skipped=HOSTILE),
            article(2, title=HOSTILE, outlet=HOSTILE, duplicate_of=identifier(1)),
        ],
        speakers=[speaker(speaker=HOSTILE, organization=HOSTILE, country=None)],
        quarantine=[refusal(source_path=HOSTILE, place=HOSTILE, rule=HOSTILE, reason=HOSTILE)],
    )
    rule = RuleResult(HOSTILE, "statements", "warn", HOSTILE, 1, 1, (HOSTILE, identifier(1)))
    write_report(tmp_path / "report/index.html", now, Audit((rule,), {}), "1+0")
    text = (tmp_path / "report/index.html").read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert page.xpath("//script | //img | //@onerror") == []
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    shown = HOSTILE.replace("\x07", "\N{REPLACEMENT CHARACTER}").replace("\x85", "\N{REPLACEMENT CHARACTER}")
    assert [each for each in page.itertext() if each == shown][12:]


def test_tables_without_statements_say_so(tmp_path):
    now = write_tables(tmp_path, articles=[article(statement_count=0)])
    write_report(tmp_path / "report/index.html", now, HOLDS, "1+0")
    page = page_of(tmp_path)
    assert "No statement has a date." in page.xpath("string(//section[@id='time'])")
    missing = page.xpath("//p[@class='missing']")
    assert {each.text for each in missing} >= {"Not there, since it has no rows: statements/*.parquet."}
    assert [rows[0][:3] for title, rows, _ in answers(page) if title == "tiles"] == [["0", "0", "1"]]


def test_one_statement_is_enough(tmp_path, monkeypatch):
    now = write_tables(tmp_path, statements=[statement()], articles=[article()], speakers=[speaker()])
    write_records(tmp_path, HOLDS)
    write_report(tmp_path / "report/index.html", now, HOLDS, "1+0")
    compared = held_against_its_queries(tmp_path, monkeypatch)
    assert compared["Statements by day and quotation type"] == 1


def test_many_rows_are_counted_in_the_files(tmp_path, monkeypatch):
    count = 120_000
    rows = many(count)
    assert rows.num_rows == count
    now = write_tables(tmp_path, statements=rows, articles=[article()], speakers=[speaker()])
    write_records(tmp_path, HOLDS)
    write_report(tmp_path / "report/index.html", now, HOLDS, "1+0")
    compared = held_against_its_queries(tmp_path, monkeypatch)
    assert compared["The twenty countries spoken for most"] == 3
    assert (tmp_path / "report/index.html").stat().st_size < 400_000
    assert f">{count:,}</data>" in (tmp_path / "report/index.html").read_text(encoding="utf-8")


def many(count: int) -> pa.Table:
    """Statements of three countries over four years, repeated."""
    each = [
        statement(number, country=("NOR", "SWE", "NOR;FIN")[number % 3], date=DAY + timedelta(days=11 * number))
        for number in range(128)
    ]
    pattern = pa.Table.from_pylist(each, schema=STATEMENTS.schema())
    rows = pattern.take(np.arange(count) % len(each))
    at = rows.schema.get_field_index("statement_id")
    return rows.set_column(at, rows.schema.field(at), pa.array([identifier(number) for number in range(count)]))


def test_same_tables_same_bytes(published):
    now = Snapshot(View.published(published), published / MANIFEST, 1)
    assert render(now, HOLDS, "1+0") == render(now, HOLDS, "1+0")


@pytest.mark.parametrize(
    ("days", "unit"),
    [((DAY, date(2024, 4, 1)), "day"), ((DAY, date(2024, 9, 1)), "week"), ((DAY, date(2031, 1, 1)), "month")],
)
def test_the_unit_of_time_follows_the_span(tmp_path, days, unit):
    rows = [statement(number, date=day) for number, day in enumerate(days)]
    text = render(write_tables(tmp_path, statements=rows, articles=[article()]), HOLDS, "1+0")
    assert f"Statements by {unit} and quotation type" in text
    assert f"{unit} of the statement" in text


def test_a_few_days_far_away_do_not_flatten_the_plot(tmp_path):
    rows = [statement(number, date=DAY + timedelta(days=number % 300)) for number in range(400)]
    rows.append(statement(999, date=date(1945, 2, 11)))
    text = render(write_tables(tmp_path, statements=rows, articles=[article()]), HOLDS, "1+0")
    assert "Statements by week and quotation type" in text
    assert "(1945-02-11 to" in text or "from 1945-02-11 to" in text


def test_a_query_of_an_unknown_table_is_refused(tmp_path):
    now = write_tables(tmp_path, articles=[article()])
    with Asker(now) as asker, pytest.raises(KeyError, match="statement_before"):
        asker.ask("SELECT 1 FROM {statement_before}")


def test_a_folder_with_marks_of_patterns_and_partitions_is_read(tmp_path):
    now = write_tables(tmp_path / "run=3" / "it's [a] *", articles=[article()])
    with Asker(now) as asker:
        answer = asker.ask("SELECT * FROM {articles}")
    assert list(answer.columns) == [column.name for column in TABLES[1].columns]
    assert answer.query == "SELECT * FROM 'articles/*.parquet'"


def test_the_reliability_shown_is_that_of_the_readme():
    table = (PROJECT / "README.md").read_text(encoding="utf-8").partition("| confidence | rows |")[2]
    lines = table.partition("\n\n")[0].splitlines()[2:]
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    kept = [(row["low"], row["high"], row["rows"], row["expected"], row["right"]) for row in lookup("reliability")]
    for (words, *numbers), (low, high, *values) in zip(told, kept, strict=True):
        assert words in (f"{low} to {high}", f"below {high}", f"{low} and more")
        assert list(map(float, numbers)) == list(map(float, values))


def test_the_dictionary_tells_every_column(published):
    text = page_of(published).xpath("string(//section[@id='dictionary'])")
    assert all(column.description in text for table in TABLES for column in table.columns)


def test_the_report_cites_the_version_of_the_descriptions(published):
    import json

    version = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert f"version {version}, built from <your collection" in page_of(published).xpath(
        "string(//section[@id='cite'])"
    )
