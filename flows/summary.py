"""What a build did, for a terminal, a Prefect artifact, or a machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import pyarrow as pa

COUNTED: Final = ("files", "articles", "statements")
"""Counts that are compared with those of the version before."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and verdict of one build.

    Attributes:
        published: Whether the tables under curated/ are now those of this build.
        verdict: The checks' verdict in plain words.
        files: Raw files found.
        articles: Articles read.
        statements: Rows of the table statements.
        by_type: Rows by quotation type.
        refused: Rows of the table quarantine by rule.
        refusals: Place and reason of the first refusals.
        rules_checked: How many rules the checks ran.
        rules_broken: Sentences of the rules that were broken.
        removed: How often each cleaning rule took something out.
        curated: Folder of the tables.
        changes: Raw files by what became of them since the version before.
        version: Number of the published version; None if nothing was published.
        before: Number and counts of the version before; empty for the first one.
    """

    published: bool
    verdict: str
    files: int
    articles: int
    statements: int
    by_type: dict[str, int]
    refused: dict[str, int]
    refusals: tuple[str, ...]
    rules_checked: int
    rules_broken: tuple[str, ...]
    removed: dict[str, int]
    curated: str
    changes: dict[str, int] = field(default_factory=dict)
    version: int | None = None
    before: dict[str, int] = field(default_factory=dict)

    @classmethod
    def again(cls, values: Mapping[str, Any], changes: dict[str, int]) -> Summary:
        """The summary of a build that found nothing to do, from that of the build before as plain values."""
        lists = {name: tuple(values[name]) for name in ("refusals", "rules_broken")}
        verdict = f"Nothing changed since version {values['version']}. {values['verdict']}"
        before = counts_of(values, values["version"])
        return cls(**{**values, **lists, "verdict": verdict, "changes": changes, "before": before})

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain values, for `--json`."""
        return asdict(self)

    def markdown(self) -> str:
        """The summary as a Prefect artifact."""
        counts = {
            "version": self.version or "none: the tables are as they were",
            "raw files": self.files,
            **{f"of them {name}": count for name, count in self.changes.items() if count},
            "articles read": self._compared("articles"),
            "statements": self._compared("statements"),
            **{f"of type {name}": count for name, count in self.by_type.items()},
            **{f"refused: {rule}": count for rule, count in self.refused.items()},
            "rules checked": self.rules_checked,
        }
        lines = [
            f"# {'Published' if self.published else 'Not published'}",
            self.verdict,
            "",
            *counts_table(counts),
            "",
            *(f"- broken: {sentence}" for sentence in self.rules_broken),
            *(f"- refused: {refusal}" for refusal in self.refusals),
        ]
        return "\n".join(lines)

    def _compared(self, name: str) -> str:
        count = getattr(self, name)
        if not self.before:
            return f"{count:,}"
        return f"{count:,} ({count - self.before[name]:+,} since version {self.before['version']})"


def counts_table(counts: Mapping[str, object]) -> list[str]:
    """Counts as the lines of a Markdown table."""
    return ["| what | how many |", "| --- | --- |", *(f"| {name} | {count} |" for name, count in counts.items())]


def counts_of(version: Mapping[str, Any], number: int) -> dict[str, int]:
    """What a later summary is compared with, from the summary of a version as plain values."""
    return {"version": number, **{name: version.get(name, 0) for name in COUNTED}}


def counted(column: pa.ChunkedArray) -> dict[str, int]:
    """How often each value stands in a column, the commonest first."""
    counts = Counter(value for value in column.to_pylist() if value is not None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def first_refusals(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """File, place and reason of some refusals."""
    return tuple(f"{row['source_path']}{', ' + row['place'] if row['place'] else ''}: {row['reason']}" for row in rows)
