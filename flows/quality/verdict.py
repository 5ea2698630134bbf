"""What the checks found, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flows.quality.rules import Severity

TOO_MANY_SHARE: Final = 0.2
TOO_MANY_ROWS: Final = 100
"""A row rule that more rows than both of these break is no matter of single rows: it stops publication."""

BrokenRows = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How one rule fared.

    Attributes:
        name: The rule's name.
        table: The suite it belongs to: a table's name, or `dataset`.
        severity: `row`, `table` or `warn`; see `flows.quality.rules.Rule`.
        sentence: What must hold, in plain words.
        checked: Rows looked at; 1 for a rule about the table as a whole.
        failing: Rows that break it; 1 if the table as a whole does.
        examples: Keys of some of them.
    """

    name: str
    table: str
    severity: Severity
    sentence: str
    checked: int
    failing: int
    examples: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """Whether the breach stops publication."""
        if self.severity == "table":
            return self.failing > 0
        return self.severity == "row" and self.failing > max(TOO_MANY_ROWS, TOO_MANY_SHARE * self.checked)

    def breach(self) -> str:
        """The breach in one sentence."""
        examples = f", such as {', '.join(self.examples[:3])}" if self.examples else ""
        count = f" ({self.failing} of {self.checked} rows break it{examples})" if self.checked > 1 else ""
        return f"{self.table}, {self.name}: {self.sentence.rstrip('.')}{count}."


@dataclass(frozen=True, slots=True)
class Audit:
    """What the checks found.

    Attributes:
        results: Every rule's result, table by table.
        broken_rows: The rows to set aside: by table and key, the names of the row rules that the row breaks. Empty
            if the tables may not be published.
        validations: What each suite's expectations found, in Great Expectations' own form, with a few examples each.
    """

    results: tuple[RuleResult, ...]
    broken_rows: BrokenRows
    validations: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether what is left after setting broken rows aside may be published."""
        return not any(result.stops for result in self.results)

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        stopped = [result.breach() for result in self.results if result.stops]
        if stopped:
            return f"The checks stop publication. {' '.join(stopped)}"
        rows = sum(len(keys) for keys in self.broken_rows.values())
        warned = [result.breach() for result in self.results if result.failing and result.severity == "warn"]
        return " ".join(
            [
                f"The checks hold: {len(self.results)} rules.",
                *([f"{rows} rows break a row rule and are set aside in quarantine."] if rows else []),
                *(f"Worth a look: {breach}" for breach in warned),
            ]
        )
