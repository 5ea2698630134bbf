"""What changed since the version before."""

from __future__ import annotations

from typing import Final

from flows.report.asking import BEFORE
from flows.report.country_names import country_names
from flows.report.markup import Look, figure, section
from flows.report.material import Material
from flows.schema import ARTICLES, SPEAKERS, STATEMENTS

_KEYS: Final = {
    "manifest": ("raw files", "source_path"),
    ARTICLES.name: ("articles", ARTICLES.key),
    STATEMENTS.name: ("statements", STATEMENTS.key),
    SPEAKERS.name: ("speakers", SPEAKERS.key),
}
_FILES: Final = """
SELECT
  count(*) FILTER (old.source_path IS NULL) AS new,
  count(*) FILTER (now.source_path IS NULL) AS gone,
  count(*) FILTER (now.sha256 <> old.sha256) AS with_other_bytes,
  count(*) FILTER (now.sha256 = old.sha256 AND now.fingerprint <> old.fingerprint) AS read_by_other_code,
  count(*) FILTER (now.sha256 IS NOT DISTINCT FROM old.sha256 AND now.fingerprint = old.fingerprint) AS as_they_were
FROM {manifest} AS now FULL JOIN {manifest_before} AS old USING (source_path)
"""
_COUNTRIES: Final = """
WITH
  now AS (SELECT country, count(*) AS speakers, sum(statement_count)::BIGINT AS statements
          FROM {speakers} WHERE country IS NOT NULL GROUP BY country),
  old AS (SELECT country, count(*) AS speakers, sum(statement_count)::BIGINT AS statements
          FROM {speakers_before} WHERE country IS NOT NULL GROUP BY country)
SELECT country,
  coalesce(old.speakers, 0) AS speakers_before, coalesce(now.speakers, 0) AS speakers_now,
  coalesce(old.statements, 0) AS statements_before, coalesce(now.statements, 0) AS statements_now
FROM now FULL JOIN old USING (country)
WHERE now.speakers IS DISTINCT FROM old.speakers OR now.statements IS DISTINCT FROM old.statements
ORDER BY abs(coalesce(now.statements, 0) - coalesce(old.statements, 0)) DESC, country
LIMIT 15
"""


_NO_VERSION: Final = "This is the first version: there is nothing to compare with."
_NO_WHOLE_VERSION: Final = (
    "The version before cannot be compared: its files are gone or changed, or it was made by much older code."
)


def changes(material: Material) -> str:
    """The section of changes."""
    before = material.asker.before
    if before is None:
        why = _NO_VERSION if material.number == 1 else _NO_WHOLE_VERSION
        return section("changes", "What changed", f"<p>{why}</p>")
    lead = (
        f"Against version {before}. The queries run as long as that version is kept: "
        "<code>statements versions</code> lists those that are."
    )
    name = ("country", "country", country_names())
    return section(
        "changes",
        f"What changed since version {before}",
        figure("Rows by their identifiers", material.asker.ask(_rows())),
        figure("Raw files", material.asker.ask(_FILES)),
        figure(
            "Named speakers and their statements by country, where they changed most",
            material.asker.ask(_COUNTRIES),
            Look(titles={"country": "code"}, extra=name),
            note="Statements of all kinds, retellings and joint ones included.",
        ),
        lead=lead,
    )


def _rows() -> str:
    parts = [
        f"""
SELECT {number} AS "#", '{name}' AS what, count(old.{key}) AS before, count(now.{key}) AS now,
  count(*) FILTER (old.{key} IS NULL) AS new, count(*) FILTER (now.{key} IS NULL) AS gone
FROM {{{table}}} AS now FULL JOIN {{{table}{BEFORE}}} AS old ON now.{key} = old.{key}"""  # noqa: S608
        for number, (table, (name, key)) in enumerate(_KEYS.items(), start=1)
    ]
    return "\nUNION ALL".join(parts) + "\nORDER BY 1\n"
