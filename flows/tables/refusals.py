"""The quarantine by stage and rule, with places."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.schema import QUARANTINE
from flows.tables.view import View


@dataclass(frozen=True, slots=True)
class Place:
    """One refusal.

    Attributes:
        source_path: Path of the raw file below the raw folder.
        place: Where in the file: line, record or row identifier; None for the whole file.
        reason: What is wrong and what to do about it.
    """

    source_path: str
    place: str | None
    reason: str


@dataclass(slots=True)
class RuleRefusals:
    """What was refused under one rule.

    Attributes:
        stage: Stage that refused it.
        rule: The rule.
        count: How many refusals there are.
        places: Some of them.
    """

    stage: str
    rule: str
    count: int = 0
    places: list[Place] = field(default_factory=list)


def refusals_by_rule(curated: Path, places: int, rule: str | None = None) -> list[RuleRefusals]:
    """The published quarantine by stage and rule, the commonest first.

    A row that breaks several rules counts under each of them.

    Args:
        curated: Folder of the published tables.
        places: How many places to give of each rule.
        rule: Only refusals under this rule, if named.
    """
    found: dict[tuple[str, str], RuleRefusals] = {}
    columns = ["stage", "rule", "source_path", "place", "reason"]
    for piece in View.published(curated).pieces(QUARANTINE, columns):
        for row in piece.to_pylist():
            for name in row["rule"].split("; "):
                if rule is None or name == rule:
                    group = found.setdefault((row["stage"], name), RuleRefusals(row["stage"], name))
                    group.count += 1
                    if len(group.places) < places:
                        group.places.append(Place(row["source_path"], row["place"], row["reason"]))
    return sorted(found.values(), key=lambda group: (-group.count, group.stage, group.rule))
