from __future__ import annotations

import json

from flows.quality.audit import audit
from flows.quality.quarantine import ARTICLE_SET_ASIDE, set_aside
from flows.settings import PROJECT


def test_nothing_broken_leaves_the_tables_as_they_were(world):
    statements, articles, _ = world.tables()
    kept = set_aside(statements, articles, {})
    assert kept.statements is statements
    assert kept.articles is articles
    assert kept.refusals == []


def test_a_broken_statement_becomes_a_refusal_that_holds_the_row(world):
    statements, articles, _ = world.tables()
    broken = {"statements": {"0000000000000001": ("country-code", "spans-ordered")}}
    kept = set_aside(statements, articles, broken)
    assert kept.statements["statement_id"].to_pylist() == ["0000000000000000", "0000000000000002"]
    assert kept.articles["statement_count"].to_pylist() == [2, 0]
    assert kept.articles.schema.equals(articles.schema, check_metadata=True)
    (refusal,) = kept.refusals
    assert (refusal.stage, refusal.source_path, refusal.place) == ("check", "wire/0.txt", "0000000000000001")
    assert refusal.rule == "country-code; spans-ordered"
    assert "This does not hold: country holds ISO 3166-1 alpha-3 codes" in refusal.reason
    assert refusal.raw_sha256 == f"{0:064x}"
    assert json.loads(refusal.row)["text"] == "We have waited, long enough for this."
    assert json.loads(refusal.row)["date"] == "2024-03-05"


def test_a_broken_article_takes_its_statements_along(world):
    statements, articles, _ = world.tables()
    kept = set_aside(statements, articles, {"articles": {"0000000000000000": ("word_count-bounds",)}})
    assert kept.statements.num_rows == 0
    assert kept.articles["article_id"].to_pylist() == ["0000000000000001"]
    assert [refusal.rule for refusal in kept.refusals] == ["word_count-bounds", *[ARTICLE_SET_ASIDE] * 3]
    assert kept.refusals[1].place == "0000000000000000"


def test_counts_not_yet_filled_stay_unfilled(world):
    for row in world.articles:
        row["statement_count"] = None
    statements, articles, _ = world.tables()
    kept = set_aside(statements, articles, {"statements": {"0000000000000001": ("country-code",)}})
    assert kept.articles["statement_count"].null_count == 2


def test_article_that_was_not_searched_gets_no_count(world):
    world.add_article(language="fr", statement_count=None, skipped="The language is not read.")
    statements, articles, _ = world.tables()
    kept = set_aside(statements, articles, {"statements": {"0000000000000001": ("country-code",)}})
    assert kept.articles["statement_count"].to_pylist() == [2, 0, None]


def test_what_is_left_passes_the_audit(world):
    world.add_statement(country="QQQ")
    world.add_statement(article_id="e" * 16, text="Lost.")
    world.add_article(word_count=0)
    statements, articles, quarantine = world.tables()
    found = audit(statements, articles, quarantine, PROJECT / "expectations")
    kept = set_aside(statements, articles, found.broken_rows)
    assert len(kept.refusals) == 3
    again = audit(kept.statements, kept.articles, quarantine, PROJECT / "expectations")
    assert not [result for result in again.results if result.failing]
