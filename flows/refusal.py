"""What the pipeline refuses, and why: the rows of the table quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["read", "extract", "check"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file, record or row that was refused.

    Attributes:
        stage: Stage that refused it.
        source_path: Path of the raw file below the raw folder.
        place: Where in the file: line, record or row identifier; None for the whole file.
        rule: Short name of the rule that it broke, such as `no-date`.
        reason: What is wrong and what to do about it, in one plain sentence or two.
        row: The refused row as JSON, where a row was refused.
        raw_sha256: SHA-256 of the raw file's bytes, where they could be read.
    """

    stage: Stage
    source_path: str
    place: str | None
    rule: str
    reason: str
    row: str | None = None
    raw_sha256: str | None = None
