"""What must hold of each table, as data: most rules follow from `flows.schema`, the rest are written out below.

To add a rule, add it to the function of its table and run `python -m flows.quality.suites`, which rewrites the files
in `expectations/`. A rule that one expectation cannot say looks at a helper column, whose name begins with an
underscore; `flows.quality.frames` reckons those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import pyarrow as pa

from flows.quality.codes import country_codes
from flows.schema import ARTICLES, QUARANTINE, SPEAKERS, STATEMENTS, Column, Table

Severity = Literal["row", "table", "warn"]

FIRST_YEAR: Final = 1900
SILENT_WORDS: Final = 2_000
"""So many words of articles without a single statement mean that extraction is broken."""

STATEMENT_HELPERS: Final = (
    "_date_year",
    "_published_year",
    "_article_known",
    "_text_equals_slices",
    "_spans_ordered",
    "_listed_countries_known",
    "_days_after_publication",
    "_country_of_its_day",
    "_role_present",
    "_said_once",
)
ARTICLE_HELPERS: Final = ("_published_year", "_statement_count_true", "_statement_count_plausible")
SPEAKER_HELPERS: Final = ("_first_date_year", "_last_date_year")
DATASET: Final = "dataset"
DATASET_FIGURES: Final = (
    "articles",
    "statements",
    "refusals",
    "words_without_statements",
    "refused_share",
    "speaker_null_share",
    "country_null_share",
    "date_null_share",
    "speaker_drift",
    "country_drift",
    "date_drift",
    "articles_lost_share",
)
DRIFTING: Final = ("speaker", "country", "date")
DRIFT: Final = 0.1
"""A share of nulls that moves by more than this from one version to the next is worth a look."""
LOST: Final = 0.1

_TYPE_NAMES: Final = {
    # Names by which pandas 3 knows the columns, as Great Expectations compares them.
    pa.string(): "str",
    pa.binary(): "object",
    pa.date32(): "datetime64",
    pa.int32(): "int32",
    pa.float32(): "float32",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold.

    Attributes:
        name: Short name, unique in its table.
        severity: What a breach does: `row` sets the row aside in quarantine, `table` stops publication, `warn` is
            told and changes nothing.
        sentence: What must hold, in plain words.
        expectation: Type of the Great Expectations expectation that tests it.
        kwargs: The expectation's arguments.
    """

    name: str
    severity: Severity
    sentence: str
    expectation: str
    kwargs: Mapping[str, object]


def rules() -> dict[str, tuple[Rule, ...]]:
    """All rules, by the name of their suite: one per table, and `dataset` for figures over all tables."""
    return {
        STATEMENTS.name: (*_from_schema(STATEMENTS, STATEMENT_HELPERS), *_statement_rules()),
        ARTICLES.name: (*_from_schema(ARTICLES, ARTICLE_HELPERS), *_article_rules()),
        # A refusal has nowhere to be set aside to, and an odd one must not keep good rows from publication.
        QUARANTINE.name: tuple(_told(rule) for rule in _from_schema(QUARANTINE, ())),
        # Speakers are made from statements that were checked; no row of theirs can be set aside alone.
        SPEAKERS.name: tuple(
            rule if rule.severity == "table" else _told(rule) for rule in _from_schema(SPEAKERS, SPEAKER_HELPERS)
        ),
        DATASET: tuple(_dataset_rules()),
    }


def year_helper(column: Column) -> str:
    """The helper column with the year of a day: Great Expectations compares numbers far faster than days."""
    return f"_{column.name}_year"


def _told(rule: Rule) -> Rule:
    if rule.name == "columns" or rule.name.endswith(("-type", "-required")):
        return replace(rule, severity="table")
    return replace(rule, severity="warn")


def _from_schema(table: Table, helpers: tuple[str, ...]) -> Iterator[Rule]:
    names = [column.name for column in table.columns]
    yield Rule(
        "columns",
        "table",
        f"The table has exactly the {len(names)} columns of the schema, in its order.",
        "expect_table_columns_to_match_ordered_list",
        {"column_list": [*names, *helpers]},
    )
    yield Rule(
        f"{table.key}-unique",
        "table",
        f"No two rows have the same {table.key}.",
        "expect_column_values_to_be_unique",
        {"column": table.key},
    )
    for column in table.columns:
        yield from _of_column(column, is_key=column.name == table.key)


def _of_column(column: Column, *, is_key: bool) -> Iterator[Rule]:
    name, on = column.name, {"column": column.name}
    kind = "list" if pa.types.is_list(column.type) else _TYPE_NAMES[column.type]
    yield Rule(
        f"{name}-type",
        "table",
        f"{name} is stored as {column.type}.",
        "expect_column_values_to_be_of_type",
        {**on, "type_": kind},
    )
    if not column.nullable:
        severity: Severity = "table" if is_key else "row"
        sentence = f"{name} is filled in every row."
        yield Rule(f"{name}-required", severity, sentence, "expect_column_values_to_not_be_null", on)
    if column.vocabulary:
        yield Rule(
            f"{name}-vocabulary",
            "row",
            f"{name} is one of: {', '.join(column.vocabulary)}.",
            "expect_column_values_to_be_in_set",
            {**on, "value_set": list(column.vocabulary)},
        )
    if column.pattern:
        yield _pattern(column)
    if column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        yield Rule(
            f"{name}-bounds",
            "row",
            f"{name} is {_bounds(column)}.",
            "expect_column_values_to_be_between",
            {**on, **{bound: value for bound, value in bounds.items() if value is not None}},
        )
    if pa.types.is_date(column.type):
        yield Rule(
            f"{name}-not-before-{FIRST_YEAR}",
            "row",
            f"{name} is not before {FIRST_YEAR}.",
            "expect_column_values_to_be_between",
            {"column": year_helper(column), "min_value": FIRST_YEAR},
        )


def _bounds(column: Column) -> str:
    words = [
        f"{word} {limit:g}"
        for word, limit in (("at least", column.minimum), ("at most", column.maximum))
        if limit is not None
    ]
    return " and ".join(words)


def _pattern(column: Column) -> Rule:
    if column.pattern == STATEMENTS.column("country").pattern:
        code = f"(?:{'|'.join(sorted(country_codes()))})"
        return Rule(
            f"{column.name}-code",
            "row",
            f"{column.name} holds ISO 3166-1 alpha-3 codes (XKX for Kosovo), joined by ';'.",
            "expect_column_values_to_match_regex",
            {"column": column.name, "regex": f"^{code}(?:;{code})*\\Z"},
        )
    return Rule(
        f"{column.name}-pattern",
        "row",
        f"{column.name} has the form {column.pattern}.",
        "expect_column_values_to_match_regex",
        {"column": column.name, "regex": f"^(?:{column.pattern})\\Z"},
    )


def _statement_rules() -> Iterator[Rule]:
    yield _not_empty("text")
    yield _holds("article-known", "row", "The statement's article is in the table articles.", "_article_known")
    yield _holds(
        "text-equals-slices",
        "row",
        "text is exactly the slices of the article's text that spans name, joined by a space.",
        "_text_equals_slices",
    )
    yield _holds(
        "spans-ordered",
        "row",
        "spans has at least one piece; no piece is empty, overlaps the one before or leaves the article's text.",
        "_spans_ordered",
    )
    yield _holds(
        "listed-countries-known",
        "row",
        "countries_mentioned and the countries of speakers are ISO 3166-1 alpha-3 codes.",
        "_listed_countries_known",
    )
    yield Rule(
        "date-not-after-publication",
        "row",
        "The statement was made at most one day after the article's day of publication (time zones differ).",
        "expect_column_values_to_be_between",
        {"column": "_days_after_publication", "max_value": 1},
    )
    yield _holds(
        "country-of-its-day",
        "row",
        "A state that is no more (Soviet Union, Yugoslavia) speaks on no day after its last.",
        "_country_of_its_day",
    )
    yield _holds(
        "role-present",
        "warn",
        "A person whose title or kind of office is known has a role.",
        "_role_present",
    )
    yield _holds(
        "said-once",
        "warn",
        "No paragraph gives the same words of the same speaker twice.",
        "_said_once",
    )


def _article_rules() -> Iterator[Rule]:
    yield _not_empty("text")
    yield _holds(
        "statement-count-true",
        "table",
        "statement_count is the number of rows that the article has in the table statements.",
        "_statement_count_true",
    )
    yield _holds(
        "statement-count-plausible",
        "row",
        "The article has no more than one statement per five words, or twenty statements if that is more.",
        "_statement_count_plausible",
    )


def _dataset_rules() -> Iterator[Rule]:
    yield Rule(
        "figures",
        "table",
        "The figures over all tables are complete.",
        "expect_table_columns_to_match_ordered_list",
        {"column_list": list(DATASET_FIGURES)},
    )
    yield Rule(
        "articles-present",
        "table",
        "There is at least one article.",
        "expect_column_values_to_be_between",
        {"column": "articles", "min_value": 1},
    )
    # A handful of short notes may well quote nobody, so only a body of text without statements is a fault.
    yield Rule(
        "statements-present",
        "table",
        f"Articles of more than {SILENT_WORDS} words together give at least one statement.",
        "expect_column_values_to_be_between",
        {"column": "words_without_statements", "max_value": SILENT_WORDS},
    )
    yield _share("refused", "Fewer than half of what was read is refused.")
    yield _share("speaker_null", "At least half of the statements name their speaker.")
    yield _share("country_null", "At least half of the statements name the country spoken for.")
    yield _share("date_null", "At least half of the statements have a date.")
    points = f"{100 * DRIFT:.0f} points"
    for name in DRIFTING:
        yield Rule(
            f"{name}-drift",
            "warn",
            f"The share of statements without a {name} moved by at most {points} since the version before.",
            "expect_column_values_to_be_between",
            {"column": f"{name}_drift", "max_value": DRIFT},
        )
    yield Rule(
        "articles-lost",
        "warn",
        f"At most {100 * LOST:.0f} % of the articles of the version before are gone.",
        "expect_column_values_to_be_between",
        {"column": "articles_lost_share", "max_value": LOST},
    )


def _holds(name: str, severity: Severity, sentence: str, helper: str) -> Rule:
    kwargs = {"column": helper, "value_set": [True]}
    return Rule(name, severity, sentence, "expect_column_values_to_be_in_set", kwargs)


def _not_empty(column: str) -> Rule:
    kwargs = {"column": column, "min_value": 1}
    return Rule(
        f"{column}-not-empty",
        "row",
        f"{column} has at least one character.",
        "expect_column_value_lengths_to_be_between",
        kwargs,
    )


def _share(what: str, sentence: str) -> Rule:
    kwargs = {"column": f"{what}_share", "max_value": 0.5}
    return Rule(f"{what.replace('_', '-')}-share", "warn", sentence, "expect_column_values_to_be_between", kwargs)
