"""What is not known and why, and how sure the rows are."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

from flows.data import rows
from flows.report.asking import quoted
from flows.report.charts import histogram, reliability
from flows.report.inspection import DATES, ROLES, RULES
from flows.report.markup import Look, figure, plain_table, section
from flows.report.material import Material

_SHARES: Final = """
SELECT what, count(*) FILTER (value IS NULL) AS unknown,
  round(100.0 * count(*) FILTER (value IS NULL) / count(*), 1) AS percent
FROM (
  SELECT unnest(['speaker', 'role', 'country', 'country or organisation', 'date']) AS what,
    unnest([speaker, role, country, coalesce(country, organization), date::VARCHAR]) AS value
  FROM {statements} WHERE duplicate_of IS NULL
)
GROUP BY what
ORDER BY unknown DESC, what
"""
_WHY_NO_SPEAKER: Final = f"""
SELECT CASE
    WHEN speaker_mention IS NULL THEN {quoted(RULES["no-source"])}
    WHEN regexp_full_match(lower(speaker_mention), 'he|she|they|it|we|i|you|who')
      THEN {quoted(RULES["pronoun-unresolved"])}
    WHEN role IS NOT NULL AND regexp_matches(lower(speaker_mention), '^(the|his|her|its|their) ')
      THEN {quoted(RULES["role-unresolved"])}
    ELSE {quoted(RULES["unnamed"])}
  END AS why, count(*) AS statements,
  round(100.0 * count(*) / (SELECT count(*) FROM {{statements}} WHERE duplicate_of IS NULL), 1) AS percent_of_all
FROM {{statements}}
WHERE duplicate_of IS NULL AND speaker IS NULL
GROUP BY why
ORDER BY statements DESC, why
"""  # noqa: S608
_MENTIONS: Final = """
SELECT lower(speaker_mention) AS source_as_written, count(*) AS statements
FROM {statements}
WHERE duplicate_of IS NULL AND speaker IS NULL AND speaker_mention IS NOT NULL
GROUP BY source_as_written
ORDER BY statements DESC, source_as_written
LIMIT 10
"""
_WHY_NO_COUNTRY: Final = """
SELECT CASE
    WHEN organization IS NOT NULL THEN 'the speaker speaks for an organisation'
    WHEN speaker IS NULL THEN 'the speaker is not known'
    WHEN speaker_type = 'person' THEN 'a person: the article does not tell for whom'
    ELSE 'an institution or document: the article does not tell whose'
  END AS why, count(*) AS statements,
  round(100.0 * count(*) / (SELECT count(*) FROM {statements} WHERE duplicate_of IS NULL), 1) AS percent_of_all
FROM {statements}
WHERE duplicate_of IS NULL AND country IS NULL
GROUP BY why
ORDER BY statements DESC, why
"""
_DATES: Final = """
SELECT date_basis AS the_day_is_known, date_precision AS known_to_the, count(*) AS statements,
  round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent
FROM {statements}
WHERE duplicate_of IS NULL
GROUP BY date_basis, date_precision
ORDER BY statements DESC, date_basis, date_precision
"""
_ROLE_BASIS: Final = """
SELECT role_basis AS rests_on, count(*) AS statements, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent
FROM {statements}
WHERE duplicate_of IS NULL AND role_basis IS NOT NULL
GROUP BY role_basis
ORDER BY statements DESC, role_basis
"""
_CONFIDENCE: Final = """
SELECT least(floor(confidence * 20)::INT, 19) * 5 AS from_percent, count(*) AS statements
FROM {statements}
WHERE duplicate_of IS NULL AND confidence IS NOT NULL
GROUP BY from_percent
ORDER BY from_percent
"""
_THRESHOLDS: Final = """
SELECT least_confidence, count(*) AS statements,
  round(100.0 * count(*) / (SELECT count(*) FROM {statements} WHERE duplicate_of IS NULL), 1) AS percent_kept,
  round(avg(confidence::DOUBLE), 3) AS mean_confidence
FROM {statements}, (SELECT unnest([0.0, 0.5, 0.7, 0.8, 0.9, 0.95]) AS least_confidence)
WHERE duplicate_of IS NULL AND confidence >= least_confidence
GROUP BY least_confidence
ORDER BY least_confidence
"""
_Z: Final = 1.96


def unknown(material: Material) -> str:
    """What the rows do not tell, and why."""
    ask = material.asker.ask
    by_article = {**ROLES, "article": "the article's own words", "officials": "the table of officials"}
    return section(
        "unknown",
        "What is not known, and why",
        figure("Statements without a value", ask(_SHARES), Look(bar="percent")),
        figure(
            "Why a statement has no speaker",
            ask(_WHY_NO_SPEAKER),
            note="<code>statements inspect ARTICLE_ID</code> shows for each statement by which rule its source was "
            "resolved, or why it was not.",
        ),
        '<div class="pair">',
        figure("Sources that stay without a name, as written", ask(_MENTIONS), Look(bar="statements")),
        figure("Why a statement has no country", ask(_WHY_NO_COUNTRY)),
        figure("How the day is known", ask(_DATES), Look(plain={"the_day_is_known": DATES})),
        figure("What role and country rest on", ask(_ROLE_BASIS), Look(plain={"rests_on": by_article})),
        "</div>",
        lead="A null is not a no: unnamed sources have no speaker, officials of international organisations no "
        "country, remarks from an unknown earlier time no date.",
    )


def confidence(material: Material) -> str:
    """How sure the rows are, and whether that can be believed."""
    answer = material.asker.ask(_CONFIDENCE)
    chart = histogram(answer.dicts()) if answer.rows else ""
    return section(
        "confidence",
        "Confidence",
        figure("Statements by confidence", answer, Look(titles={"from_percent": "from, %"}), chart=chart),
        figure(
            "What is left above a threshold",
            material.asker.ask(_THRESHOLDS),
            Look(titles={"least_confidence": "confidence from", "percent_kept": "% kept", "statements": "rows"}),
            note="The mean confidence is the share of the rows that are likely to be right, if confidence holds for "
            "your sources as it did where it was measured. A high threshold loses more reported than quoted speech.",
        ),
        _calibration(),
        lead="<code>confidence</code> is the estimated chance that both text and speaker of a row are right.",
    )


@cache
def _calibration() -> str:
    """The measurement that came with the package."""
    bins = [_bin(row) for row in rows("reliability")]
    lines = (
        (
            f"{each['from']:.2f} to {each['to']:.2f}",
            str(each["rows"]),
            str(each["expected"]),
            str(each["right"]),
            f"{each['low']} to {each['high']}",
        )
        for each in bins
    )
    heads = ("confidence", "rows", "mean confidence, %", "right, %", "95 % interval, %")
    total = sum(each["rows"] for each in bins)
    return (
        "<figure><figcaption>How well confidence holds: told against true</figcaption>"
        f'<p class="note">Measured once on {total} rows of {rows("reliability")[0]["source"]}, not on the articles of '
        "this build. On the dashed line confidences would hold exactly; strokes are 95 % intervals (Wilson).</p>"
        f'{reliability(bins)}<details class="numbers"><summary>The same as a table</summary>'
        f"{plain_table(heads, lines)}</details>"
        '<details class="query"><summary>How to measure it on your own articles</summary>'
        "<pre><code>statements calibrate --set DIR</code></pre></details></figure>"
    )


def _bin(row: dict[str, str]) -> dict[str, Any]:
    """A bin with a 95 % interval of what was right, by Wilson's formula; shares in %."""
    count, right = int(row["rows"]), float(row["right"])
    middle = (right + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    reach = _Z * math.sqrt(right * (1 - right) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return {
        "from": float(row["low"]),
        "to": float(row["high"]),
        "rows": count,
        "expected": round(100 * float(row["expected"]), 1),
        "right": round(100 * right, 1),
        "low": round(100 * (middle - reach), 1),
        "high": round(100 * (middle + reach), 1),
    }
