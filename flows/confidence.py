"""How sure the pipeline is of a row: the chance that its text and its speaker are right.

A logistic regression over what is known of the row before anybody judges it: the tagger's score, the rule by which the
mention was resolved, the kind of quotation, the rule that found it. The weights lie in `flows/data/confidence.csv`;
`statements calibrate` fits them to gold rows and shows how well they hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

from flows.data import rows
from flows.speakers.speaker import Resolution
from flows.statements.statement import Statement

BIAS: Final = "bias"
_CERTAIN: Final = 0.999
_UNCERTAIN: Final = 0.05


def features(statement: Statement, resolution: Resolution) -> dict[str, float]:
    """What the confidence of a row rests on, by name; features that are 0 are left out.

    Example:
        `score` is the log-odds of the tagger's score; `rule:pronoun`, `type:mixed`, `method:rule-act` are 1 or absent.
    """
    score = min(max(statement.score, _UNCERTAIN), _CERTAIN)
    certainty = min(max(resolution.certainty, _UNCERTAIN), _CERTAIN)
    found = {
        BIAS: 1.0,
        "score": math.log(score / (1 - score)),
        "certainty": math.log(certainty / (1 - certainty)),
        f"rule:{resolution.rule}": 1.0,
        f"type:{statement.quotation_type}": 1.0,
        f"method:{statement.method}": 1.0,
        "no cue": float(statement.cue is None),
        "no country": float(not any(speaker.countries or speaker.organization for speaker in resolution.speakers)),
        "pieces": math.log(len(statement.pieces)),
    }
    return {name: value for name, value in found.items() if value}


def confidence(found: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that text and speaker are right; features without a weight count nothing."""
    known = weights()
    return 1 / (1 + math.exp(-sum(value * known.get(name, 0.0) for name, value in found.items())))


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    return {row["feature"]: float(row["weight"]) for row in rows("confidence")}
