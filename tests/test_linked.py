"""Stories told twice, from raw files to both tables."""

from __future__ import annotations

from pathlib import Path

from flows.batches import process
from flows.build import linked

STORY = """\
date 2024-05-16 RIGA, May 16. /BNS/. Latvian Transport Minister Ilze Kalnietes-Roze said on Thursday that the night
train to Warsaw would run again from June, after a pause of four years.

"The carriages are painted, the drivers have their papers, and Lithuania has found its gauge," she told reporters at the
central station in Riga.
"""
ADDED = """
Polish Ambassador to Latvia Tomasz Wilczek said that Warsaw would pay for the second locomotive.
"""


def test_statements_without_duplicate_of_count_each_statement_once(tmp_path: Path) -> None:
    for name, text in (("first.txt", STORY), ("again.txt", STORY), ("later.txt", STORY.replace("four", "5") + ADDED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    batch = linked(process(sorted(tmp_path.iterdir()), tmp_path, 10**6))
    articles = {row["article_id"]: row for row in batch.articles.to_pylist()}
    (original,) = [name for name, row in articles.items() if row["duplicate_of"] is None]
    assert {row["duplicate_of"] for row in articles.values()} == {None, original}
    said = batch.statements.to_pylist()
    told_once = {row["text"] for row in said if row["duplicate_of"] is None}
    assert len(told_once) == sum(row["duplicate_of"] is None for row in said)
    assert any("paint" in text for text in told_once)
    assert any("locomotive" in text for text in told_once)
    assert {row["duplicate_of"] for row in said} == {None, original}


def test_linking_again_changes_nothing(tmp_path: Path) -> None:
    for name in ("first.txt", "again.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    once = linked(process(sorted(tmp_path.iterdir()), tmp_path, 10**6))
    assert linked(once).articles.equals(once.articles)
    assert linked(once).statements.equals(once.statements)
