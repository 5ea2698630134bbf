"""Rows that break a row rule leave the tables and become refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from flows.quality.rules import rules
from flows.refusal import Refusal
from flows.schema import ARTICLES, STATEMENTS, Table

ARTICLE_SET_ASIDE = "article-set-aside"

_REMEDY = "Correct the raw file or its metadata if it is wrong; if it is right, the pipeline erred: report the row."


class Kept(NamedTuple):
    """What is left to publish, and what is not.

    Attributes:
        statements: Statements without those that are set aside.
        articles: Articles without those that are set aside; statement_count is counted anew.
        refusals: One per row that is set aside.
    """

    statements: pa.Table
    articles: pa.Table
    refusals: list[Refusal]


def set_aside(
    statements: pa.Table, articles: pa.Table, broken_rows: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Kept:
    """Takes the rows that break a row rule out of the tables; an article takes its statements along.

    Args:
        statements: Rows of the table statements.
        articles: Rows of the table articles.
        broken_rows: Names of the rules that a row breaks, by table and key: `flows.quality.audit.Audit.broken_rows`.
    """
    if not any(broken_rows.values()):
        return Kept(statements, articles, [])
    bad_articles = broken_rows.get(ARTICLES.name, {})
    orphans = _with(statements, "article_id", bad_articles)
    bad_statements = dict.fromkeys(orphans["statement_id"].to_pylist(), (ARTICLE_SET_ASIDE,)) | dict(
        broken_rows.get(STATEMENTS.name, {})
    )
    hashes = dict(zip(articles["article_id"].to_pylist(), articles["raw_sha256"].to_pylist(), strict=True))
    refusals = [
        *_refusals(ARTICLES, articles, bad_articles, hashes),
        *_refusals(STATEMENTS, statements, bad_statements, hashes),
    ]
    kept = _without(statements, "statement_id", bad_statements)
    return Kept(kept, _counted(_without(articles, "article_id", bad_articles), kept), refusals)


def _refusals(
    table: Table, rows: pa.Table, broken: Mapping[str, tuple[str, ...]], hashes: Mapping[str, str | None]
) -> Iterator[Refusal]:
    sentences = {rule.name: rule.sentence for rule in rules()[table.name]}
    for row in _with(rows, table.key, broken).to_pylist():
        names = broken[row[table.key]]
        yield Refusal(
            stage="check",
            source_path=row["source_path"] or "unknown",
            place=row[table.key],
            rule="; ".join(names),
            reason=f"{table.name}: {' '.join(_reasons(names, sentences))} {_REMEDY}",
            row=orjson.dumps(row, default=bytes.hex).decode(),
            raw_sha256=hashes.get(row["article_id"]),
        )


def _reasons(names: Iterable[str], sentences: Mapping[str, str]) -> Iterator[str]:
    for name in names:
        if name == ARTICLE_SET_ASIDE:
            yield "The statement's article was set aside."
        else:
            # A suite changed by hand may hold rules that the code does not know.
            yield f"This does not hold: {sentences.get(name, name)}"


def _counted(articles: pa.Table, statements: pa.Table) -> pa.Table:
    counts = Counter(statements["article_id"].to_pylist())
    values = [
        None if before is None else counts[article]
        for article, before in zip(
            articles["article_id"].to_pylist(), articles["statement_count"].to_pylist(), strict=True
        )
    ]
    position = articles.schema.get_field_index("statement_count")
    field = articles.schema.field(position)
    return articles.set_column(position, field, pa.array(values, field.type))


def _with(rows: pa.Table, column: str, keys: Iterable[str]) -> pa.Table:
    return rows.filter(pc.is_in(rows[column], pa.array(list(keys), pa.string())))


def _without(rows: pa.Table, column: str, keys: Iterable[str]) -> pa.Table:
    return rows.filter(pc.invert(pc.is_in(rows[column], pa.array(list(keys), pa.string()))))
