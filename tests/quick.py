"""Builds that take a fraction of a second: real reading, merging and publishing, simple extraction, few rules."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.articles.article import Article
from flows.batches import process
from flows.schema import TABLES
from flows.tables.partitions import published_files

if TYPE_CHECKING:
    from flows.summary import Summary

RULES = {
    "statements": {"statement_id-unique", "country-code", "text-equals-slices"},
    "articles": {"article_id-unique", "statement-count-true"},
    "quarantine": {"refusal_id-unique"},
    "speakers": {"speaker_id-unique"},
    "dataset": {"articles-present", "speaker-drift"},
}
_SENTENCE = re.compile(r"[^.\n]+\.")


def rows_of(article: Article) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Every sentence is a statement; one that names Atlantis is given a country that no rule allows."""
    statements = [
        {
            "speaker": "Ines Roth" if "Roth" in found.group() else None,
            "country": "QQQ" if "Atlantis" in found.group() else "NOR",
            "date": article.published,
            "text": found.group(),
            "statement_id": hashlib.sha256(f"{article.article_id}:{found.start()}".encode()).hexdigest()[:16],
            "article_id": article.article_id,
            "sequence": number,
            "quotation_type": "indirect",
            "published": article.published,
            "spans": [found.span()],
            "paragraph": 0,
            "method": "sentence",
            "source_path": article.source_path,
            "extractor_version": "1",
        }
        for number, found in enumerate(_SENTENCE.finditer(article.text))
    ]
    row = {
        "article_id": article.article_id,
        "source_path": article.source_path,
        "member": article.member,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "text": article.text,
        "word_count": len(article.text.split()),
        "statement_count": len(statements),
        "raw_sha256": article.raw_sha256,
    }
    return row, statements


work = partial(process, extract=rows_of)


def write_rules(folder: Path, names: dict[str, set[str]] | None = None) -> Path:
    """A Great Expectations project with a few of our rules."""
    # Late, since workers that only extract import this module too.
    from flows.quality.suites import suite_files

    names = names or RULES
    for path, content in suite_files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.parent.name == "expectations" and target.suffix == ".json":
            suite = json.loads(content)
            wanted = names[target.stem]
            suite["expectations"] = [rule for rule in suite["expectations"] if rule["meta"]["name"] in wanted]
            target.write_text(json.dumps(suite), encoding="utf-8")
        else:
            target.write_text(content, encoding="utf-8")
    return folder


def build(raw: Path, curated: Path, expectations: Path, **changes: Any) -> Summary:
    """A build without Prefect."""
    from flows.build import Job, build_tables

    return build_tables(Job(raw, curated, expectations, **{"work": work, "docs": False, **changes}))


def table_bytes(curated: Path) -> dict[str, bytes]:
    """The bytes of every table file, by its path."""
    return {path: (curated / path).read_bytes() for table in TABLES for path in published_files(table, curated)}


def story(year: int, *sentences: str) -> str:
    """A raw text file of an article published in that year."""
    return f"date {year}-05-16 OSLO, May 15. /NTB/. " + " ".join(sentences) + "\n"


def line(day: str | None, *sentences: str) -> str:
    """A line of a JSON Lines file."""
    record = {"title": "Ferries", "text": " ".join(sentences)} | ({"published": day} if day else {})
    return json.dumps(record) + "\n"
