from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from flows.quality.audit import AuditError, Auditor, Earlier, audit
from flows.quality.figures import Figures, figures_of
from flows.quality.records import write_records
from flows.schema import ARTICLES, SPEAKERS, STATEMENTS
from flows.settings import PROJECT
from flows.tables.arrow import to_arrow
from flows.tables.partitions import read_rows
from flows.tables.publishing import publish
from flows.tables.staging import stage

EXPECTATIONS = PROJECT / "expectations"


def audited(world, expectations: Path = EXPECTATIONS):
    return audit(*world.tables(), expectations)


def stopping(verdict) -> set[str]:
    return {f"{result.table}/{result.name}" for result in verdict.results if result.stops}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(EXPECTATIONS, tmp_path / "expectations", ignore=shutil.ignore_patterns("uncommitted"))


def change_suite(project: Path, table: str, change) -> None:
    path = project / "expectations" / f"{table}.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    change(suite["expectations"])
    path.write_text(json.dumps(suite), encoding="utf-8")


def test_good_tables_hold(world):
    verdict = audited(world)
    assert verdict.holds
    assert verdict.broken_rows == {}
    assert not [result for result in verdict.results if result.failing]
    assert verdict.sentence == f"The checks hold: {len(verdict.results)} rules."
    assert len(verdict.results) > 100


def test_tables_read_back_from_parquet_hold(world, tmp_path):
    statements, articles, quarantine = world.tables()
    publish(
        stage({"statements": statements, "articles": articles, "quarantine": quarantine}, tmp_path, "run"), tmp_path
    )
    verdict = audit(read_rows(STATEMENTS, tmp_path), read_rows(ARTICLES, tmp_path), quarantine, EXPECTATIONS)
    assert verdict.holds
    assert not [result for result in verdict.results if result.failing]


def test_each_broken_statement_is_named_with_its_rules(world, later):
    start, end = world.statements[0]["spans"][0]
    said = world.statements[0]["text"]
    world.articles[0]["word_count"] = 1_000
    expected = {
        world.add_statement(country="QQQ"): ("country-code",),
        world.add_statement(country="NOR;NO"): ("country-code",),
        world.add_statement(country="NOR\n"): ("country-code",),
        world.add_statement(article_id=world.articles[0]["article_id"] + "\n"): ("article-known", "article_id-pattern"),
        world.add_statement(quotation_type="shouted"): ("quotation_type-vocabulary",),
        world.add_statement(speaker_type="ghost"): ("speaker_type-vocabulary",),
        world.add_statement(confidence=1.5): ("confidence-bounds",),
        world.add_statement(sequence=-1): ("sequence-bounds",),
        world.add_statement(date=later(2)): ("date-not-after-publication",),
        world.add_statement(date=date(1899, 12, 31)): ("date-not-before-1900",),
        world.add_statement(method=None): ("method-required",),
        world.add_statement(text=said.upper()): ("text-equals-slices",),
        world.add_statement(spans=[(start + 1, end)]): ("text-equals-slices",),
        world.add_statement(spans=[(start, start + 3), (start, end)]): ("spans-ordered", "text-equals-slices"),
        world.add_statement(spans=[], text=""): ("spans-ordered", "text-not-empty"),
        world.add_statement(spans=[(start, 10_000)], text=None): ("spans-ordered", "text-required"),
        world.add_statement(spans=None, text=None): ("spans-ordered", "spans-required", "text-required"),
        world.add_statement(article_id="f" * 16): ("article-known",),
        world.add_statement(article_id="not an id"): ("article-known", "article_id-pattern"),
        world.add_statement(countries_mentioned=["SRB", "Serbia"]): ("listed-countries-known",),
        world.add_statement(speakers=[{"country": "NOR"}, {"country": "XXX"}]): ("listed-countries-known",),
    }
    verdict = audited(world)
    assert {name: tuple(sorted(broken)) for name, broken in verdict.broken_rows["statements"].items()} == expected
    assert set(verdict.broken_rows) == {"statements"}
    assert verdict.holds
    assert f"{len(expected)} rows break a row rule" in verdict.sentence


def test_groups_add_up_to_the_whole(world, later):
    world.add_statement(country="QQQ")
    world.add_statement(date=later(2))
    statements, articles, quarantine = world.tables()
    whole = audit(statements, articles, quarantine, EXPECTATIONS)
    with Auditor(EXPECTATIONS) as auditor:
        broken: dict[str, tuple[str, ...]] = {}
        for number in range(2):
            group = articles.slice(number, 1)
            own = statements.filter(pc.is_in(statements["article_id"], group["article_id"]))
            broken |= auditor.check(own, group, quarantine).get("statements", {})
        parts = auditor.verdict(figures_of(statements, articles, quarantine))
    counts = [(result.table, result.name, result.checked, result.failing) for result in whole.results]
    assert [(result.table, result.name, result.checked, result.failing) for result in parts.results] == counts
    assert {"statements": broken} == whole.broken_rows == parts.broken_rows


def test_rows_checked_before_count_towards_too_many(world):
    for _ in range(60):
        world.add_statement(country="QQQ")
    world.articles[0]["word_count"] = 10_000
    statements, articles, quarantine = world.tables()
    for earlier, stops in (
        (Earlier({"statements": 90}, {("statements", "country-code"): 60}), True),
        (Earlier(), False),
    ):
        with Auditor(EXPECTATIONS) as auditor:
            auditor.check(statements, articles, quarantine)
            verdict = auditor.verdict(figures_of(statements, articles, quarantine), None, earlier)
        assert verdict.holds is not stops
        assert bool(verdict.broken_rows) is not stops


def test_shares_that_moved_since_the_version_before_are_told(world):
    statements, articles, quarantine = world.tables()
    now = figures_of(statements, articles, quarantine)
    with Auditor(EXPECTATIONS) as auditor:
        auditor.check(statements, articles, quarantine)
        near = auditor.verdict(now, Figures(articles=2, statements=100, without_speaker=9, words=1))
    assert not [result for result in near.results if result.failing]
    with Auditor(EXPECTATIONS) as auditor:
        auditor.check(statements, articles, quarantine)
        far = auditor.verdict(now, Figures(articles=9, statements=100, without_speaker=11, words=1))
    assert {result.name for result in far.results if result.failing} == {"speaker-drift", "articles-lost"}
    assert far.holds
    assert "Worth a look" in far.sentence


def test_a_state_that_is_no_more_a_missing_role_and_a_repetition(world):
    gone = world.add_statement(country="SUN", speaker="Anton Belov")
    world.add_statement(country="SUN", date=date(1991, 12, 1), speaker="Anton Belov")
    world.add_statement(role=None)
    world.add_statement(role=None, role_category="expert", speaker="Ada Lind")
    world.add_statement(paragraph=0)
    verdict = audited(world)
    assert verdict.broken_rows == {"statements": {gone: ("country-of-its-day",)}}
    told = {result.name: result.failing for result in verdict.results if result.failing and result.severity == "warn"}
    assert told == {"role-present": 1, "said-once": 2}


def test_records_open_without_network_and_stay_small(world, tmp_path):
    for _ in range(60):
        world.add_statement(country="QQQ")
    world.articles[0]["word_count"] = 10_000
    verdict = audited(world)
    write_records(tmp_path, verdict, "Ferries & harbours")
    found = json.loads((tmp_path / "validations.json").read_text())
    assert found["holds"] is True
    broken = next(rule for rule in found["rules"] if rule["name"] == "country-code")
    assert (broken["failing"], len(broken["examples"])) == (60, 20)
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "data_docs").iterdir()}
    assert set(pages) == {"index.html", "statements.html", "articles.html", "quarantine.html", "dataset.html"}
    assert "Ferries &amp; harbours" in pages["index.html"]
    assert "ISO 3166-1" in pages["statements.html"]
    for page in pages.values():
        for reference in ("http://", "https://", "<script", "@import", "src="):
            assert reference not in page


def test_near_misses_are_left_alone(world, later):
    world.add_statement(country="SRB;XKX")
    world.add_statement(country=None, speakers=[{"country": None}, {"country": "SUN"}])
    world.add_statement(date=later(1))
    world.add_statement(date=None, published=None, confidence=None, speakers=None, countries_mentioned=None)
    world.add_statement(date=date(1900, 1, 1), confidence=0.0)
    assert not [result for result in audited(world).results if result.failing]


def test_each_broken_article_is_named_with_its_rules(world):
    expected = {
        world.add_article(dateline_country="QQQ"): ("dateline_country-code",),
        world.add_article(published=date(1833, 1, 1)): ("published-not-before-1900",),
        world.add_article(raw_sha256="0" * 63): ("raw_sha256-pattern",),
        world.add_article(word_count=0): ("word_count-bounds",),
        world.add_article(published_basis="hearsay"): ("published_basis-vocabulary",),
    }
    verdict = audited(world)
    assert verdict.broken_rows == {"articles": expected}
    assert verdict.holds


def test_an_absurd_number_of_statements_is_the_article_s_fault(world):
    for _ in range(20):
        world.add_statement()
    assert audited(world).broken_rows == {"articles": {world.articles[0]["article_id"]: ("statement-count-plausible",)}}


def test_two_statements_of_one_id_stop_publication(world):
    world.add_statement(statement_id=world.statements[0]["statement_id"])
    verdict = audited(world)
    assert stopping(verdict) == {"statements/statement_id-unique"}
    assert verdict.broken_rows == {}
    assert "The checks stop publication." in verdict.sentence
    assert "No two rows have the same statement_id (2 of 4 rows break it, such as 0000000000000000" in verdict.sentence


def test_a_statement_without_id_stops_publication(world):
    world.add_statement(statement_id=None)
    assert stopping(audited(world)) == {"statements/statement_id-required"}


def test_no_articles_stop_publication(world):
    world.articles, world.statements = [], []
    assert stopping(audited(world)) == {"dataset/articles-present"}


def test_a_wrong_count_of_statements_stops_publication(world):
    world.articles[1]["statement_count"] = 2
    assert stopping(audited(world)) == {"articles/statement-count-true"}


def test_much_text_without_statements_stops_publication_but_little_does_not(world):
    world.statements = []
    world.articles[0].update(statement_count=0, word_count=1_000)
    world.articles[1]["word_count"] = 1_000
    assert audited(world).holds
    world.articles[1]["word_count"] = 1_001
    assert stopping(audited(world)) == {"dataset/statements-present"}


def test_text_that_was_not_searched_does_not_count_as_silent(world):
    world.statements = []
    world.articles[0].update(statement_count=0)
    world.add_article(language="fr", statement_count=None, skipped="The language is not read.", word_count=9_000)
    assert audited(world).holds


def test_a_row_rule_that_many_rows_break_stops_publication(world):
    for _ in range(101):
        world.add_statement(country="QQQ")
    world.articles[0]["word_count"] = 10_000
    assert "statements/country-code" in stopping(audited(world))


def test_much_refused_and_unnamed_is_told_and_stops_nothing(world):
    for row in world.statements:
        row["speaker"] = None
    world.quarantine = [
        {"refusal_id": f"{n:016x}", "stage": "read", "source_path": "a.txt", "rule": "empty", "reason": "It is empty."}
        for n in range(3)
    ]
    verdict = audited(world)
    assert verdict.holds
    assert "Worth a look: dataset, refused-share: Fewer than half of what was read is refused." in verdict.sentence
    assert "dataset, speaker-null-share" in verdict.sentence


def test_a_table_without_a_column_is_an_error(world):
    statements, articles, quarantine = world.tables()
    with pytest.raises(AuditError, match=r"venue"):
        audit(statements.drop_columns(["venue"]), articles, quarantine, EXPECTATIONS)
    with pytest.raises(AuditError, match=r"spans"):
        audit(statements.drop_columns(["spans"]), articles, quarantine, EXPECTATIONS)


def test_columns_in_another_order_stop_publication(world):
    statements, articles, quarantine = world.tables()
    turned = statements.select(list(reversed(statements.column_names)))
    assert stopping(audit(turned, articles, quarantine, EXPECTATIONS)) == {"statements/columns"}


def test_a_column_of_another_type_stops_publication(world):
    statements, articles, quarantine = world.tables()
    position = statements.schema.get_field_index("sequence")
    other = statements.set_column(position, "sequence", statements["sequence"].cast("int64"))
    assert stopping(audit(other, articles, quarantine, EXPECTATIONS)) == {"statements/sequence-type"}


def test_the_project_is_only_read(world, project):
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    audited(world, project)
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


def test_a_rule_added_to_the_files_is_run(world, project):
    rule = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "venue"},
        "meta": {"name": "venue-known", "severity": "row", "sentence": "The venue is known."},
    }
    change_suite(project, "statements", lambda rules: rules.append(rule))
    assert set(audited(world, project).broken_rows["statements"].values()) == {("venue-known",)}


def test_a_rule_about_a_column_that_is_not_there_is_an_error(world, project):
    change_suite(project, "articles", lambda rules: rules[5]["kwargs"].update(column="headline"))
    with pytest.raises(AuditError, match=r"articles, \S+: the check failed to run"):
        audited(world, project)


def test_a_rule_without_severity_is_an_error(world, project):
    change_suite(project, "articles", lambda rules: rules[5]["meta"].pop("severity"))
    with pytest.raises(AuditError, match="must say name, severity and sentence"):
        audited(world, project)


def test_a_suite_without_rules_is_an_error(world, project):
    change_suite(project, "statements", lambda rules: rules.clear())
    with pytest.raises(AuditError, match=r"statements\.json.*python -m flows\.quality\.suites"):
        audited(world, project)


def test_a_missing_checkpoint_is_an_error(world, project):
    (project / "checkpoints/articles.json").unlink()
    with pytest.raises(AuditError, match=r"checkpoints/articles\.json"):
        audited(world, project)


def test_a_folder_without_project_is_an_error(world, tmp_path):
    with pytest.raises(AuditError, match="no Great Expectations project there"):
        audited(world, tmp_path)


def test_the_table_of_speakers_is_checked_where_it_is_made(world):
    good = {"speaker_id": "1" * 16, "speaker": "Inga Solberg", "speaker_type": "person", "statement_count": 3}
    speakers = to_arrow(SPEAKERS, [good, good | {"wikidata": "solberg"}])
    verdict = audit(*world.tables(), EXPECTATIONS, speakers)
    broken = {result.name for result in verdict.results if result.table == "speakers" and result.failing}
    assert broken == {"speaker_id-unique", "wikidata-pattern"}
    assert not verdict.holds
    assert audit(*world.tables(), EXPECTATIONS, to_arrow(SPEAKERS, [good])).holds
