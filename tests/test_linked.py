"""Stories told twice and speakers over all articles, from raw files to published tables, build after build."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from quick import build, table_bytes, write_rules

from flows.batches import process
from flows.build import linkers_with
from flows.speakers.officials import shipped

STORY = """\
date 2024-05-16 RIGA, May 16. /BNS/. Latvian Transport Minister Ilze Kalnietes-Roze said on Thursday that the night
train to Warsaw would run again from June, after a pause of four years.

"The carriages are painted, the drivers have their papers, and Lithuania has found its gauge," she told reporters at the
central station in Riga.
"""
ADDED = """
Polish Ambassador to Latvia Tomasz Wilczek said that Warsaw would pay for the second locomotive.
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


def built(raw: Path, curated: Path, rules: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    build(raw, curated, rules, work=process, linkers=linkers_with(shipped()))
    names = ("articles", "statements", "speakers.parquet")
    return tuple(pd.read_parquet(curated / name) for name in names)


def test_statements_without_duplicate_of_count_each_statement_once(tmp_path: Path, rules: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in (("first.txt", STORY), ("again.txt", STORY), ("later.txt", STORY.replace("four", "5") + ADDED)):
        (raw / name).write_text(text, encoding="utf-8")

    articles, statements, _ = built(raw, tmp_path / "curated", rules)

    (original,) = articles.article_id[articles.duplicate_of.isna()]
    assert set(articles.duplicate_of.dropna()) == {original}
    told_once = statements.text[statements.duplicate_of.isna()]
    assert told_once.is_unique
    assert told_once.str.contains("paint").any()
    assert told_once.str.contains("locomotive").any()
    assert set(statements.duplicate_of.dropna()) == {original}


def test_an_original_that_comes_later_or_goes_changes_rows_of_files_that_stay(tmp_path: Path, rules: Path) -> None:
    raw, curated = tmp_path / "raw", tmp_path / "curated"
    raw.mkdir()
    (raw / "reprint.txt").write_text(STORY.replace("date 2024-05-16", "date 2024-05-17"), encoding="utf-8")
    articles, statements, _ = built(raw, curated, rules)
    assert articles.duplicate_of.isna().all()
    assert statements.duplicate_of.isna().all()

    (raw / "original.txt").write_text(STORY, encoding="utf-8")
    articles, statements, _ = built(raw, curated, rules)
    assert list(articles.source_path[articles.duplicate_of.notna()]) == ["reprint.txt"]
    assert set(statements.source_path[statements.duplicate_of.notna()]) == {"reprint.txt"}
    anew = tmp_path / "anew"
    built(raw, anew, rules)
    assert table_bytes(curated) == table_bytes(anew)

    (raw / "original.txt").unlink()
    articles, statements, _ = built(raw, curated, rules)
    assert articles.duplicate_of.isna().all()
    assert statements.duplicate_of.isna().all()


def test_every_statement_of_a_named_speaker_leads_to_a_row_of_speakers(tmp_path: Path, rules: Path) -> None:
    raw, curated = tmp_path / "raw", tmp_path / "curated"
    raw.mkdir()
    (raw / "a.txt").write_text(STORY, encoding="utf-8")
    built(raw, curated, rules)
    (raw / "b.txt").write_text(STORY.replace("2024-05-16", "2025-03-02").replace("night", "day"), encoding="utf-8")

    _, statements, speakers = built(raw, curated, rules)

    minister = speakers[speakers.speaker == "Ilze Kalnietes-Roze"]
    assert len(minister) == 1
    assert minister.statement_count.item() == (statements.speaker == "Ilze Kalnietes-Roze").sum()
    assert set(statements.speaker_id.dropna()) <= set(speakers.speaker_id)
    anew = tmp_path / "anew"
    built(raw, anew, rules)
    assert table_bytes(curated) == table_bytes(anew)
