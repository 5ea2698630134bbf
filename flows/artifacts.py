"""What every scheduled run leaves in Prefect's records: counts, verdict, changes, and where the report lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import flows.offline  # noqa: F401  isort: skip

import pyarrow.parquet as pq
from prefect.artifacts import create_markdown_artifact

from flows.quality.verdict import Audit
from flows.schema import TABLES, Table
from flows.stores.places import Place, is_url
from flows.summary import counts_table
from flows.tables.partitions import published_files
from flows.tables.versions import Version, read_version, versions

BUILD: Final = "build-summary"
CHECK: Final = "check-summary"
REPORT: Final = Path("report", "index.html")

_DESCRIPTIONS: Final = {BUILD: "What the build did", CHECK: "What the check found"}


def leave(key: str, markdown: str) -> None:
    """Leaves a summary as an artifact of the current run."""
    create_markdown_artifact(key=key, markdown=markdown, description=_DESCRIPTIONS[key])


def leave_failure(key: str, error: Exception, curated: Place) -> None:
    """Leaves why a run failed, and the tables that are published all the same, as an artifact of the current run."""
    try:
        # A store that failed is not asked again.
        lines = [curated] if is_url(curated) else published_lines(Path(curated))
        published = ["The published tables:", "", *lines]
    except (OSError, ValueError) as unreadable:
        # The run's own error is the one to show; this may well be its cause.
        published = [f"The published tables cannot be read: {unreadable}"]
    leave(key, "\n".join(["# Failed", f"{type(error).__name__}: {error}", "", *published]))


def check_markdown(verdict: Audit, curated: Path) -> str:
    """The summary of a check."""
    broken = [result for result in verdict.results if result.failing]
    lines = [
        f"# {'The checks fail' if any(result.severity != 'warn' for result in broken) else 'The checks hold'}",
        *published_lines(curated, {"rules checked": len(verdict.results)}),
        "",
        *(f"- {'worth a look' if each.severity == 'warn' else 'broken'}: {each.breach()}" for each in broken),
    ]
    return "\n".join(lines)


def published_lines(curated: Path, more: Mapping[str, Any] | None = None) -> list[str]:
    """Version and counts of the published tables, what changed with that version, and the path of the report."""
    rows = {table.name: _rows(curated, table) for table in TABLES}
    version = read_version(curated)
    counts: dict[str, Any] = {"rows of " + name: f"{count:,}" for name, count in rows.items()}
    return [*counts_table({**_version_counts(curated, version), **counts, **(more or {})}), *report_lines(curated)]


def report_lines(curated: Path | str) -> list[str]:
    """Where the report of the published tables lies."""
    path = Path(curated).absolute() / REPORT
    return ["", f"Report: `{path}`" if path.is_file() else "Report: none is published yet."]


def _rows(curated: Path, table: Table) -> int:
    return sum(pq.read_metadata(curated / path).num_rows for path in published_files(table, curated))


def _version_counts(curated: Path, version: Version | None) -> dict[str, Any]:
    if version is None:
        return {"version": "none"}
    earlier = [each for each in versions(curated) if each.number < version.number]
    before = {f"since version {earlier[0].number}": _changes(version, earlier[0])} if earlier else {}
    return {"version": f"{version.number}, published {version.published}", **before}


def _changes(now: Version, before: Version) -> str:
    return ", ".join(
        f"{now.summary.get(name, 0) - before.summary.get(name, 0):+,} {name}"
        for name in ("files", "articles", "statements")
    )
