"""The tables as they will be: staged files where there are some, published ones where nothing changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS, TABLES, Table
from flows.tables.merging import Merged
from flows.tables.partitions import PARTITION_COLUMN, partition_names, published_files


@dataclass(frozen=True, slots=True)
class View:
    """Files of the tables, read piece by piece: what is in memory does not grow with the tables.

    Attributes:
        files: Files by their path below the curated folder.
    """

    files: dict[str, Path]

    @classmethod
    def published(cls, curated: Path) -> View:
        """The published tables."""
        names = [path for table in TABLES for path in published_files(table, curated)]
        return cls({path: curated / path for path in names})

    @classmethod
    def merged(cls, merged: Merged, staging: Path, curated: Path) -> View:
        """The tables as they will be once the staged files are published."""
        staged = {path: staging / path for path in merged.staged}
        return cls({**{path: curated / path for path in merged.kept}, **staged})

    def files_of(self, table: Table) -> list[tuple[str, Path]]:
        """The files that hold a table, in the order of its rows, each with its path below the curated folder."""
        return [
            item for item in sorted(self.files.items()) if item[0].split("/")[0].removesuffix(".parquet") == table.name
        ]

    def pieces(self, table: Table, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Rows of a table in its order, a few thousand at a time."""
        names = list(columns) if columns else [column.name for column in table.columns]
        schema = pa.schema([table.schema().field(name) for name in names], metadata=table.schema().metadata)
        for _, path in self.files_of(table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=table.row_group, columns=names):
                    yield pa.Table.from_batches([batch]).select(names).cast(schema)

    def counted(self, table: Table, column: str) -> dict[Any, int]:
        """How often each value stands in a column, the commonest first; nulls are not counted."""
        counts: Counter[Any] = Counter()
        for piece in self.pieces(table, [column]):
            for pair in pc.value_counts(piece[column]).to_pylist():
                counts[pair["values"]] += pair["counts"]
        del counts[None]
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def nulls(self, table: Table, column: str) -> int:
        """Rows in which a column is null."""
        return sum(piece[column].null_count for piece in self.pieces(table, [column]))

    def first(self, table: Table, columns: Sequence[str], most: int) -> list[dict[str, Any]]:
        """The first rows of a table."""
        rows: list[dict[str, Any]] = []
        for piece in self.pieces(table, columns):
            rows += piece.slice(0, most - len(rows)).to_pylist()
            if len(rows) >= most:
                break
        return rows

    def groups(self, most_statements: int, sources: Collection[str] | None = None) -> Iterator[dict[str, pa.Table]]:
        """Whole articles with all their statements, about `most_statements` at a time, then all refusals.

        Args:
            most_statements: Statements of a group, unless a single article has more.
            sources: Source paths of the files whose rows are wanted; all if None.
        """
        wanted = None if sources is None else pa.array(sorted(sources), pa.string())
        for piece in self.pieces(ARTICLES):
            for articles in _cut(_of(piece, wanted), most_statements):
                yield {
                    ARTICLES.name: articles,
                    STATEMENTS.name: self._statements_of(articles),
                    QUARANTINE.name: QUARANTINE.schema().empty_table(),
                }
        for piece in self.pieces(QUARANTINE):
            yield {
                ARTICLES.name: ARTICLES.schema().empty_table(),
                STATEMENTS.name: STATEMENTS.schema().empty_table(),
                QUARANTINE.name: _of(piece, wanted),
            }

    def _statements_of(self, articles: pa.Table) -> pa.Table:
        """Statements of some articles, which lie in the partitions of the same names."""
        names = set(pc.unique(partition_names(articles[PARTITION_COLUMN])).to_pylist())
        files = {path: file for path, file in self.files.items() if Path(path).stem in names}
        found = [
            piece.filter(pc.is_in(piece["article_id"], articles["article_id"]))
            for piece in View(files).pieces(STATEMENTS)
        ]
        return pa.concat_tables([STATEMENTS.schema().empty_table(), *found])


def _of(rows: pa.Table, sources: pa.Array | None) -> pa.Table:
    return rows if sources is None else rows.filter(pc.is_in(rows["source_path"], sources))


def _cut(articles: pa.Table, most_statements: int) -> Iterator[pa.Table]:
    """Slices of the articles, each with about so many statements."""
    start, statements = 0, 0
    for row, count in enumerate(articles["statement_count"].to_pylist()):
        statements += count or 0
        if statements >= most_statements:
            yield articles.slice(start, row + 1 - start)
            start, statements = row + 1, 0
    if start < articles.num_rows:
        yield articles.slice(start)
