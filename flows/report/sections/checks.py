"""What was checked, in plain words, and example rows of what did not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flows.quality.verdict import RuleResult
from flows.report.asking import Answer, quoted, shown
from flows.report.markup import Look, figure, section, words
from flows.report.material import Material
from flows.schema import ARTICLES, QUARANTINE, SPEAKERS, STATEMENTS

_COLUMNS: Final = ("rule", "about", "checked", "broken_by", "breach")
_RULES: Final = """
SELECT r.sentence AS rule, r."table" AS about, r.checked AS checked, r.failing AS broken_by, r.severity AS breach
FROM (SELECT unnest(rules) AS r FROM {validations})
ORDER BY r.failing = 0, r."table", r.name
"""
_PATHS: Final = {"validations": "quality/validations.json"}
_LOOK: Final = Look(
    titles={"checked": "rows checked", "broken_by": "rows that break it", "breach": "a breach"},
    plain={
        "breach": {
            "row": "sets the row aside",
            "table": "stops publication",
            "warn": "is told here",
        }
    },
)
_TEXTS: Final = Look(wide=frozenset({"text", "words", "reason"}))
_SET_ASIDE: Final = """
SELECT source_path, rule, left(coalesce(row ->> 'text', row), 160) AS words, reason
FROM {quarantine}
WHERE stage = 'check'
ORDER BY source_path, refusal_id
LIMIT 10
"""
_SHOWN: Final = {
    STATEMENTS.name: (STATEMENTS.key, "article_id, speaker, role, country, date, left(text, 160) AS text"),
    ARTICLES.name: (ARTICLES.key, "source_path, title, published, word_count, statement_count"),
    SPEAKERS.name: (SPEAKERS.key, "speaker, speaker_type, country, organization, statement_count"),
    QUARANTINE.name: (QUARANTINE.key, "source_path, place, rule, reason"),
}
_EXAMPLES: Final = 5


def checks(material: Material) -> str:
    """The section of the checks."""
    results = sorted(material.verdict.results, key=lambda each: (each.failing == 0, each.table, each.name))
    broken = [each for each in results if each.failing]
    lead = (
        f"{len(results)} rules were checked before publication, {_broken(len(broken))}. A row that breaks a rule is "
        "set aside in the table quarantine; a table that does is not published at all, so this page would not be here."
    )
    rules = figure("All rules", _answer(results), _LOOK)
    found = "".join(_examples(material, broken))
    folded = f"<details><summary>All {len(results)} rules</summary>{rules}</details>"
    return section("checks", "Checks", words(material.verdict.sentence), found, folded, lead=lead)


def _broken(count: int) -> str:
    return {0: "none is broken", 1: "one is broken"}.get(count, f"{count} are broken")


def _answer(results: list[RuleResult]) -> Answer:
    rows = tuple((each.sentence, each.table, each.checked, each.failing, each.severity) for each in results)
    return Answer(shown(_RULES, _PATHS), _COLUMNS, rows)


def _examples(material: Material, broken: list[RuleResult]) -> Iterator[str]:
    if not broken:
        return
    if any(each.severity == "row" for each in broken):
        yield figure("Rows that were set aside", material.asker.ask(_SET_ASIDE), _TEXTS)
    for each in broken:
        if each.severity != "row" and each.examples and each.table in _SHOWN:
            yield figure(f"Rows for which this does not hold: {each.sentence}", material.asker.ask(_rows(each)), _TEXTS)


def _rows(broken: RuleResult) -> str:
    key, columns = _SHOWN[broken.table]
    keys = ", ".join(quoted(each) for each in broken.examples[:_EXAMPLES])
    return f"""
SELECT {key}, {columns}
FROM {{{broken.table}}}
WHERE {key} IN ({keys})
ORDER BY {key}
"""  # noqa: S608  keys are quoted
