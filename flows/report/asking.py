"""Questions to the tables in DuckDB's SQL: what the report shows is what its queries answer.

A query names tables in braces: `SELECT count(*) FROM {statements}`. To run, they stand for the files of a build that
waits for publication; to be shown, for paths below `curated/`, so that a reader can run the same query there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Self

import pyarrow as pa

from flows.schema import TABLES, Table
from flows.tables.manifest import MANIFEST
from flows.tables.partitions import is_partitioned
from flows.tables.versions import VERSIONS
from flows.tables.view import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BEFORE: Final = "_before"
_NAME: Final = re.compile(r"\{(\w+)\}")
_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    # One thread adds floats up in one order; and nothing is fetched, whatever a query needs.
    "threads": 1,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tables of one version.

    Attributes:
        view: Their files.
        manifest: File of the manifest that belongs to them.
        number: Number of the version.
    """

    view: View
    manifest: Path
    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answers.

    Attributes:
        query: The query as a reader can run it in `curated/`.
        columns: Names of the columns.
        rows: The rows, in the query's order.
        missing: Paths that the query reads and that are not there, since their tables have no rows.
    """

    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    missing: tuple[str, ...] = ()

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def first(self) -> dict[str, Any]:
        """The first row by the names of its columns."""
        return dict(zip(self.columns, self.rows[0], strict=True))

    def dicts(self) -> list[dict[str, Any]]:
        """All rows by the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Asker:
    """Answers queries over the tables, and over those of the version before as `{statements_before}` and so on.

    Rows are read piece by piece; what is in memory does not grow with the tables. A context manager.

    Args:
        now: The tables that are reported on.
        before: Those of the version before; None for the first version.
    """

    def __init__(self, now: Snapshot, before: Snapshot | None = None) -> None:
        self._snapshots = {"": now} | ({BEFORE: before} if before else {})
        self._paths: dict[str, str] = {}
        self._missing: set[str] = set()
        self._spill = TemporaryDirectory(prefix="report-")
        self._connection: DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        """Opens the tables."""
        import duckdb  # noqa: PLC0415  a run with nothing to do does not wait for it

        self._connection = duckdb.connect(config={**_SETTINGS, "temp_directory": self._spill.name})
        for suffix, snapshot in self._snapshots.items():
            home = f"{VERSIONS}/{snapshot.number}/" if suffix else ""
            for table in TABLES:
                files = [file for _, file in snapshot.view.files_of(table)] or table.schema().empty_table()
                self._register(f"{table.name}{suffix}", home + _pattern(table), files)
            self._register(f"manifest{suffix}", home + MANIFEST, [snapshot.manifest])
        return self

    def __exit__(self, *_: object) -> None:
        """Closes them."""
        if self._connection is not None:
            self._connection.close()
        self._spill.cleanup()

    @property
    def before(self) -> int | None:
        """Number of the version before."""
        return self._snapshots[BEFORE].number if BEFORE in self._snapshots else None

    def ask(self, query: str) -> Answer:
        """Runs a query.

        Raises:
            KeyError: It names a table that there is not.
        """
        if self._connection is None:
            raise RuntimeError("open the tables with `with Asker(...) as asker` first")
        names = _NAME.findall(query)
        paths = {name: self._paths[name] for name in names}
        result = self._connection.execute(_NAME.sub(r"\1", query))
        columns = tuple(column[0] for column in result.description)
        missing = tuple(paths[name] for name in dict.fromkeys(names) if name in self._missing)
        return Answer(shown(query, paths), columns, tuple(result.fetchall()), missing)

    def _register(self, name: str, path: str, rows: list[Path] | pa.Table) -> None:
        assert self._connection is not None  # noqa: S101  for mypy: called on entering alone
        self._paths[name] = path
        if isinstance(rows, pa.Table):
            self._connection.register(name, rows)
            self._missing.add(name)
        else:
            self._connection.read_parquet([str(file) for file in rows]).create_view(name)


def shown(query: str, paths: Mapping[str, str]) -> str:
    """The query with paths below `curated/` in place of the names of tables, without common indentation."""
    lines = query.strip("\n").splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    plain = "\n".join(line[margin:].rstrip() for line in lines).strip()
    return _NAME.sub(lambda found: f"'{paths[found.group(1)]}'", plain)


def quoted(words: str) -> str:
    """The words as a string of SQL."""
    return "'" + words.replace("'", "''") + "'"


def _pattern(table: Table) -> str:
    return f"{table.name}/*.parquet" if is_partitioned(table) else f"{table.name}.parquet"
