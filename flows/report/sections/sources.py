"""Where the rows come from: outlets, languages, retellings, and what was refused."""

from __future__ import annotations

from typing import Final

from flows.report.markup import Look, figure, section
from flows.report.material import Material

_OUTLETS: Final = """
SELECT coalesce(outlet, 'not told') AS outlet, count(*) AS articles, sum(statement_count)::BIGINT AS statements,
  round(1000.0 * sum(statement_count) / sum(word_count), 1) AS statements_per_1000_words,
  min(published) AS first_day, max(published) AS last_day
FROM {articles}
GROUP BY ALL
ORDER BY articles DESC, outlet
LIMIT 20
"""
_LANGUAGES: Final = """
SELECT coalesce(language, 'not told') AS language, skipped AS why_not_searched, count(*) AS articles,
  sum(word_count)::BIGINT AS words
FROM {articles}
GROUP BY ALL
ORDER BY articles DESC, language, skipped
LIMIT 20
"""
_DAYS: Final = """
SELECT published_basis AS found_in, count(*) AS articles
FROM {articles}
GROUP BY ALL
ORDER BY articles DESC, found_in
"""
_BASES: Final = {
    "prefix": "the line before the story",
    "metadata": "metadata beside the file",
    "front_matter": "the front matter",
    "document": "fields of the document",
    "dateline": "the dateline",
    "retrieved": "the day of retrieval, which may be later",
}
_RETOLD: Final = """
SELECT
  (SELECT count(*) FROM {articles}) AS articles,
  (SELECT count(*) FROM {articles} WHERE duplicate_of IS NOT NULL) AS retellings,
  (SELECT count(*) FROM {statements}) AS statements,
  (SELECT count(*) FROM {statements} WHERE duplicate_of IS NOT NULL) AS statements_told_before
"""
_MOST_RETOLD: Final = """
SELECT first.title, first.outlet, first.published, count(*) AS retellings,
  count(DISTINCT again.outlet) FILTER (again.outlet IS DISTINCT FROM first.outlet) AS other_outlets
FROM {articles} AS again JOIN {articles} AS first ON again.duplicate_of = first.article_id
GROUP BY first.article_id, first.title, first.outlet, first.published
ORDER BY retellings DESC, first.published, first.article_id
LIMIT 10
"""
_STAGES: Final = {"read": "reading", "extract": "extraction", "check": "the checks"}
_REFUSED: Final = """
SELECT stage, rule, count(*) AS refused, count(DISTINCT source_path) AS files, min(reason) AS a_reason
FROM {quarantine}
GROUP BY stage, rule
ORDER BY refused DESC, stage, rule
LIMIT 30
"""
_EXAMPLES: Final = """
SELECT source_path, place, rule, reason
FROM (SELECT *, row_number() OVER (PARTITION BY rule ORDER BY source_path, refusal_id) AS turn FROM {quarantine})
WHERE turn <= 3
ORDER BY rule, source_path, turn
LIMIT 30
"""


def sources(material: Material) -> str:
    """Outlets, languages, days of publication."""
    ask = material.asker.ask
    return section(
        "sources",
        "Outlets and languages",
        figure(
            "The twenty outlets with most articles",
            ask(_OUTLETS),
            Look(bar="articles"),
            note="All articles, retellings included. Statements for 1,000 words show how densely an outlet quotes.",
        ),
        '<div class="pair">',
        figure("Languages", ask(_LANGUAGES)),
        figure("Where the day of publication was found", ask(_DAYS), Look(plain={"found_in": _BASES})),
        "</div>",
        lead="Counts measure what these outlets chose to print. Compare within an outlet, or weigh by it.",
    )


def retold(material: Material) -> str:
    """Near-identical stories."""
    ask = material.asker.ask
    return section(
        "retold",
        "Retellings",
        figure("Stories and statements told before", ask(_RETOLD)),
        figure("Stories retold most", ask(_MOST_RETOLD), Look(bar="retellings")),
        lead="Agencies print a story many times. <code>duplicate_of</code> names the first telling; rows without it "
        "count each statement once.",
    )


def refused(material: Material) -> str:
    """What was refused, and what to do about it."""
    ask = material.asker.ask
    counts = ask(_REFUSED)
    if not counts.rows:
        return section("refused", "Refused input", figure("Refusals by reason", counts))
    return section(
        "refused",
        "Refused input",
        figure(
            "Refusals by reason",
            counts,
            Look(plain={"stage": _STAGES}, titles={"stage": "refused by"}, wide=frozenset({"a_reason"})),
        ),
        figure(
            "Examples",
            ask(_EXAMPLES),
            Look(wide=frozenset({"reason"})),
            note="Up to three of each rule, the first by path.",
        ),
        lead="What could not be read, or broke a rule, is kept with its reason in <code>quarantine.parquet</code>; "
        "<code>statements quarantine</code> shows all of it.",
    )
