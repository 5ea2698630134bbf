from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.arrow import to_arrow

Row = dict[str, Any]
TEXT = (
    "“The ferry will sail again,” Foreign Minister Inga Solberg said on Tuesday. "
    "“We have waited,” she added, “long enough for this.”"
)


class World:
    """Two articles with three statements that hold; tests change single rows."""

    def __init__(self) -> None:
        self.articles: list[Row] = [article(0, 3), article(1, 0)]
        self.statements: list[Row] = [
            statement(0, 0, "The ferry will sail again,"),
            statement(1, 0, "We have waited,", "long enough for this."),
            statement(2, 0, "Inga Solberg said"),
        ]
        self.quarantine: list[Row] = []

    def tables(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        return (
            to_arrow(STATEMENTS, self.statements),
            to_arrow(ARTICLES, self.articles),
            to_arrow(QUARANTINE, self.quarantine),
        )

    def add_statement(self, **changes: object) -> str:
        """One more statement with these changes; its key."""
        row = statement(len(self.statements), 0, "The ferry will sail again,") | changes
        self.statements.append(row)
        if row["article_id"] == key(0):
            self.articles[0]["statement_count"] += 1
        return row["statement_id"]

    def add_article(self, **changes: object) -> str:
        row = article(len(self.articles), 0) | changes
        self.articles.append(row)
        return row["article_id"]


def key(number: int) -> str:
    return f"{number:016x}"


def article(number: int, statement_count: int) -> Row:
    return {
        "article_id": key(number),
        "source_path": f"wire/{number}.txt",
        "title": "Ferry to sail again",
        "language": "en",
        "published": date(2024, 3, 5),
        "published_basis": "prefix",
        "dateline_place": "Oslo",
        "dateline_country": "NOR",
        "text": TEXT,
        "word_count": len(TEXT.split()),
        "statement_count": statement_count,
        "raw_sha256": f"{number:064x}",
    }


def statement(number: int, of_article: int, *pieces: str) -> Row:
    starts = [TEXT.index(piece) for piece in pieces]
    return {
        "speaker": "Inga Solberg",
        "role": "Foreign Minister",
        "country": "NOR",
        "date": date(2024, 3, 5),
        "text": " ".join(pieces),
        "date_precision": "day",
        "statement_id": key(number),
        "article_id": key(of_article),
        "sequence": number,
        "quotation_type": "direct",
        "cue": "said",
        "speaker_mention": "Foreign Minister Inga Solberg",
        "speaker_type": "person",
        "role_category": "foreign_minister",
        "speakers": [{"speaker": "Inga Solberg", "role": "Foreign Minister", "country": "NOR"}],
        "date_basis": "dateline",
        "published": date(2024, 3, 5),
        "spans": [(start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True)],
        "paragraph": number,
        "countries_mentioned": [],
        "confidence": 0.75,
        "method": "marks",
        "source_path": f"wire/{of_article}.txt",
        "extractor_version": "1",
    }


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def later() -> Callable[[int], date]:
    """A day so many days after the articles' publication."""
    return lambda days: date.fromordinal(date(2024, 3, 5).toordinal() + days)
