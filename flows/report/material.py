"""What every section of the report is made of."""

from __future__ import annotations

from dataclasses import dataclass

from flows.quality.verdict import Audit
from flows.report.asking import Asker


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of.

    Attributes:
        asker: Answers queries over the tables.
        verdict: What the checks found.
        version: Version of the tables by their bytes, such as `0.1.0+3f2c9a5d11e07b64`.
        number: Number of the published version.
    """

    asker: Asker
    verdict: Audit
    version: str
    number: int
