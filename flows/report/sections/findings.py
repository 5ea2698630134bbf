"""Who said how much, when, and in which way."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from flows.report.charts import over_time
from flows.report.country_names import country_names
from flows.report.markup import Look, figure, section
from flows.report.material import Material
from flows.schema import QUOTATION_TYPES, ROLE_CATEGORIES, STATEMENTS

_SPAN: Final = """
SELECT min(date) AS first, max(date) AS last, quantile_disc(date, 0.01) AS early, quantile_disc(date, 0.99) AS late
FROM {statements}
WHERE duplicate_of IS NULL
"""
_MOST_DAYS: Final = (("day", 45), ("week", 370), ("month", 10 * 366))
"""The finest unit that still gives columns wide enough to be seen."""
_COLUMNS_DAYS: Final = (("month", 370), ("year", 20 * 366))
_CROWDED: Final = 3
"""If the span is so many times that of all but the outermost days, those lie outside the plot."""


def _shares(column: str, unknown: str, name: str) -> str:
    """The query for how many statements have each value of a column, which may be null."""
    return f"""
SELECT coalesce({column}, '{unknown}') AS {name}, count(*) AS statements,
  round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent
FROM {{statements}}
WHERE duplicate_of IS NULL
GROUP BY {column}
ORDER BY statements DESC, {name}
"""  # noqa: S608  the words are our own


_ROLES: Final = _shares("role_category", "none told", "kind_of_office")
_SOURCES: Final = _shares("speaker_type", "not told", "kind_of_source")
_COUNTRIES: Final = """
SELECT code, count(*) AS statements, count(DISTINCT speaker_id) AS speakers,
  count(*) FILTER (quotation_type IN ('direct', 'mixed')) AS with_quoted_words
FROM (
  SELECT DISTINCT unnest(string_split(country, ';')) AS code, statement_id, speaker_id, quotation_type
  FROM {statements} WHERE duplicate_of IS NULL
)
GROUP BY code
ORDER BY statements DESC, code
LIMIT 20
"""
_TYPES: Final = """
SELECT quotation_type, count(*) AS statements,
  round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent,
  round(median(length(text)))::INT AS median_characters
FROM {statements}
WHERE duplicate_of IS NULL
GROUP BY quotation_type
ORDER BY statements DESC, quotation_type
"""
_SPEAKERS: Final = """
SELECT s.speaker, coalesce(s.country, s.organization) AS speaks_for, arg_max(said.role, said.date) AS last_role,
  count(*) AS statements, min(said.date) AS first_day, max(said.date) AS last_day
FROM (
  SELECT unnest(speakers, recursive := true), date
  FROM {statements} WHERE duplicate_of IS NULL
) AS said
JOIN {speakers} AS s USING (speaker_id)
GROUP BY s.speaker_id, s.speaker, s.country, s.organization
ORDER BY statements DESC, s.speaker, s.speaker_id
LIMIT 20
"""
ROLE_WORDS: Final = {name: name.replace("_", " ") for name in ROLE_CATEGORIES}


class Span(NamedTuple):
    """Days that a plot covers, and the unit of its periods."""

    first: date
    last: date
    unit: str


def when(material: Material) -> str:
    """Statements over time, by quotation type."""
    days = material.asker.ask(_SPAN).first()
    if days["first"] is None:
        return section("time", "Statements over time", "<p>No statement has a date.</p>")
    span = _span(days)
    answer = material.asker.ask(_periods(span))
    return section(
        "time",
        "Statements over time",
        figure(
            f"Statements by {span.unit} and quotation type",
            answer,
            Look(titles={"period": span.unit, "end": "up to, without"}),
            note=_outside(days, span),
            chart=over_time(answer.dicts(), span.unit),
        ),
        _shape_of_time(material, span),
        lead="By the day on which the words were said, as well as the article supports it; statements without one are "
        '<a href="#unknown">counted below</a>. Counts follow the choice of articles: a rise can be more speech or more '
        "coverage.",
    )


def _span(days: dict[str, Any], units: tuple[tuple[str, int], ...] = _MOST_DAYS) -> Span:
    first, last = days["first"], days["last"]
    if (last - first).days > _CROWDED * max((days["late"] - days["early"]).days, 365):
        first, last = days["early"], days["late"]
    return Span(first, last, _unit((last - first).days, units, "year"))


def _unit(days: int, units: tuple[tuple[str, int], ...], longest: str) -> str:
    return next((unit for unit, most in units if days <= most), longest)


def _outside(days: dict[str, Any], span: Span) -> str:
    if (days["first"], days["last"]) == (span.first, span.last):
        return ""
    return (
        f"The few statements outside {span.first} to {span.last} (from {days['first']} to {days['last']}) are left out."
    )


def _periods(span: Span) -> str:
    counts = ",\n  ".join(f"count(*) FILTER (quotation_type = '{name}') AS {name}" for name in QUOTATION_TYPES)
    return f"""
SELECT date_trunc('{span.unit}', date)::DATE AS period,
  (date_trunc('{span.unit}', date) + INTERVAL 1 {span.unit})::DATE AS "end",
  {counts}
FROM {{statements}}
WHERE duplicate_of IS NULL AND date BETWEEN '{span.first}' AND '{span.last}'
GROUP BY ALL
ORDER BY period
"""  # noqa: S608


def _shape_of_time(material: Material, span: Span) -> str:
    """Countries by coarser periods, as a table whose cells are shaded."""
    unit = _unit((span.last - span.first).days, _COLUMNS_DAYS, "decade")
    form = {"month": "%Y-%m", "year": "%Y", "decade": "%Ys"}[unit]
    named = f"strftime(date_trunc('{unit}', date), '{form}')"
    periods = material.asker.ask(_named_periods(named, span)).column("period")
    counts = ",\n  ".join(f"count(*) FILTER (period = '{each}') AS \"{each}\"" for each in periods)
    answer = material.asker.ask(f"""
SELECT code, count(*) AS all_periods,
  {counts}
FROM (
  SELECT DISTINCT unnest(string_split(country, ';')) AS code, statement_id, {named} AS period
  FROM {{statements}}
  WHERE duplicate_of IS NULL AND date BETWEEN '{span.first}' AND '{span.last}'
)
GROUP BY code
ORDER BY all_periods DESC, code
LIMIT 12
""")  # noqa: S608
    name = ("country", "code", country_names())
    look = Look(titles={"all_periods": "all"}, extra=name, heat=frozenset(periods))
    return figure(f"The twelve countries spoken for most, by {unit}", answer, look)


def _named_periods(named: str, span: Span) -> str:
    return f"""
SELECT DISTINCT {named} AS period
FROM {{statements}}
WHERE duplicate_of IS NULL AND date BETWEEN '{span.first}' AND '{span.last}'
ORDER BY period
"""  # noqa: S608


def who(material: Material) -> str:
    """By country, kind of office, kind of source, and speaker."""
    ask = material.asker.ask
    by_country = Look(
        titles={"with_quoted_words": "with quoted words"},
        bar="statements",
        extra=("country", "code", country_names()),
    )
    return section(
        "who",
        "Who speaks",
        figure(
            "The twenty countries spoken for most",
            ask(_COUNTRIES),
            by_country,
            note="A joint statement counts for each of its states. Officials of UN, EU and NATO speak for no state.",
        ),
        figure(
            "The twenty speakers with most statements",
            ask(_SPEAKERS),
            Look(bar="statements", plain={"speaks_for": {}}),
            note="Named persons, institutions and states; a joint statement counts for each of its speakers. The role "
            "is that of the last statement whose day is known.",
        ),
        '<div class="pair">',
        figure("Kinds of office", ask(_ROLES), Look(bar="statements", plain={"kind_of_office": ROLE_WORDS})),
        figure("Kinds of source", ask(_SOURCES), Look(bar="statements")),
        "</div>",
    )


def how(material: Material) -> str:
    """By quotation type, each explained."""
    description = STATEMENTS.column("quotation_type").description.rstrip(".")
    meanings = dict(part.split(": ", 1) for part in description.split("; "))
    look = Look(
        titles={"quotation_type": "type", "median_characters": "median length, characters"},
        bar="statements",
        extra=("which is", "quotation_type", meanings),
    )
    return section("types", "Quoted or reported", figure("Quotation types", material.asker.ask(_TYPES), look))
