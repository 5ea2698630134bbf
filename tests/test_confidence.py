"""How sure a row is."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from flows.articles.article import Span
from flows.confidence import BIAS, confidence, features, weights
from flows.speakers.speaker import Resolution, Speaker
from flows.statements.statement import Statement
from flows.training.calibrate import Judged, held_to, judge, reliability, write_weights

GOLDEN = Path(__file__).parent / "golden"
STATEMENT = Statement((Span(0, 9),), "direct", Span(12, 19), Span(20, 24), "tagger", 0.98)
NAMED = Resolution((Speaker("person", "Ana Lind", countries=("PER",)),), "Ana Lind", "named", 0.95)


def test_every_feature_says_what_it_rests_on() -> None:
    found = features(STATEMENT, NAMED)
    assert {BIAS, "score", "certainty", "rule:named", "type:direct", "method:tagger"} == set(found)
    assert found["score"] == pytest.approx(3.89, abs=0.01)


@pytest.mark.parametrize(
    ("statement", "resolution", "feature"),
    [
        (replace(STATEMENT, cue=None), NAMED, "no cue"),
        (STATEMENT, replace(NAMED, speakers=(Speaker("unnamed"),)), "no country"),
        (replace(STATEMENT, pieces=(Span(0, 4), Span(5, 9))), NAMED, "pieces"),
    ],
)
def test_what_makes_a_row_doubtful_is_a_feature(statement: Statement, resolution: Resolution, feature: str) -> None:
    assert feature not in features(STATEMENT, NAMED)
    assert feature in features(statement, resolution)


def test_a_named_speaker_is_surer_than_one_who_is_not_found() -> None:
    lost = Resolution((Speaker("unnamed"),), "the envoy", "role-unresolved", 0.6)
    sure, doubtful = (confidence(features(STATEMENT, each)) for each in (NAMED, lost))
    assert 0 < doubtful < sure < 1


def test_a_feature_without_a_weight_counts_nothing() -> None:
    assert confidence({"rule:unheard-of": 1.0}) == 0.5


def test_scores_of_nothing_and_of_all_are_kept_apart_from_infinity() -> None:
    for score in (0.0, 1.0):
        assert 0 < confidence(features(replace(STATEMENT, score=score), NAMED)) < 1


def test_rows_are_judged_by_text_and_speaker() -> None:
    rows = judge(GOLDEN / "shapes" / "gold.jsonl", GOLDEN / "shapes" / "articles")
    right = sum(row.right for row in rows)
    assert 90 <= right < len(rows)


def test_bins_hold_each_row_once_and_tell_what_came_true() -> None:
    sure = {BIAS: 1.0, "score": 20.0}
    rows = [Judged(sure, right=True), Judged(sure, right=False), Judged({"score": 0.0}, right=False)]
    bins = reliability(rows)
    assert [(each.rows, each.right) for each in bins] == [(1, 0.0), (2, 0.5)]
    assert all(each.low <= each.expected <= each.high for each in bins)


def test_weights_held_to_unseen_rows_are_less_sure_and_keep_the_order() -> None:
    pytest.importorskip("sklearn", reason="fitting needs the extra train")
    too_sure = {BIAS: 2.0, "score": 1.0}
    unseen = [Judged({BIAS: 1.0, "score": score}, right) for score in (0.0, 1.0, 2.0, 3.0) for right in (True, False)]
    unseen += [Judged({BIAS: 1.0, "score": 3.0}, right=True)] * 4
    held = held_to(too_sure, unseen)
    odds = [held[BIAS] + held["score"] * score for score in (0.0, 3.0)]
    assert odds[0] < odds[1] < too_sure[BIAS] + 3 * too_sure["score"]
    share = sum(1 / (1 + math.exp(-held[BIAS] - held["score"] * row.features["score"])) for row in unseen) / len(unseen)
    assert share == pytest.approx(sum(row.right for row in unseen) / len(unseen), abs=0.01)


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_weights(weights(), tmp_path / "confidence.csv", weights_source := "fitted")
    lines = (tmp_path / "confidence.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "feature,weight,source"
    assert len(lines) == len(weights()) + 1
    assert all(line.endswith(weights_source) for line in lines[1:])
