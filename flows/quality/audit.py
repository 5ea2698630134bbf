"""Runs the Great Expectations suites over tables that wait for publication, and says what may be published."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from flows.quality.frames import frames
from flows.quality.rules import Severity
from flows.quality.suites import BATCH, DATASOURCE, key_of
from flows.schema import ARTICLES, STATEMENTS

with warnings.catch_warnings():
    # Great Expectations 1.24 imports a module that Python 3.11 deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx

TOO_MANY_SHARE: Final = 0.2
TOO_MANY_ROWS: Final = 100
"""A row rule that more rows than both of these break is no matter of single rows: it stops publication."""

_REGENERATE: Final = "write the project again with `python -m flows.quality.suites`"

BrokenRows = Mapping[str, Mapping[str, tuple[str, ...]]]


class AuditError(Exception):
    """The checks could not be run, so nothing may be published."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How one rule fared.

    Attributes:
        name: The rule's name.
        table: The suite it belongs to: a table's name, or `dataset`.
        severity: `row`, `table` or `warn`; see `flows.quality.rules.Rule`.
        sentence: What must hold, in plain words.
        checked: Rows looked at; 1 for a rule about the table as a whole.
        failing: Rows that break it; 1 if the table as a whole does.
        examples: Keys of some of them.
    """

    name: str
    table: str
    severity: Severity
    sentence: str
    checked: int
    failing: int
    examples: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """Whether the breach stops publication."""
        if self.severity == "table":
            return self.failing > 0
        return self.severity == "row" and self.failing > max(TOO_MANY_ROWS, TOO_MANY_SHARE * self.checked)

    def breach(self) -> str:
        """The breach in one sentence."""
        examples = f", such as {', '.join(self.examples[:3])}" if self.examples else ""
        count = f" ({self.failing} of {self.checked} rows break it{examples})" if self.checked > 1 else ""
        return f"{self.table}, {self.name}: {self.sentence.rstrip('.')}{count}."


@dataclass(frozen=True, slots=True)
class Audit:
    """What the checks found.

    Attributes:
        results: Every rule's result, table by table.
        broken_rows: The rows to set aside: by table and key, the names of the row rules that the row breaks. Empty
            if the tables may not be published.
    """

    results: tuple[RuleResult, ...]
    broken_rows: BrokenRows

    @property
    def holds(self) -> bool:
        """Whether what is left after setting broken rows aside may be published."""
        return not any(result.stops for result in self.results)

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        stopped = [result.breach() for result in self.results if result.stops]
        if stopped:
            return f"The checks stop publication. {' '.join(stopped)}"
        rows = sum(len(keys) for keys in self.broken_rows.values())
        warned = [result.breach() for result in self.results if result.failing and result.severity == "warn"]
        return " ".join(
            [
                f"The checks hold: {len(self.results)} rules.",
                *([f"{rows} rows break a row rule and are set aside in quarantine."] if rows else []),
                *(f"Worth a look: {breach}" for breach in warned),
            ]
        )


def audit(
    statements: pa.Table,
    articles: pa.Table,
    quarantine: pa.Table,
    expectations: Path,
    speakers: pa.Table | None = None,
) -> Audit:
    """Runs every suite of the Great Expectations project over the tables.

    The project itself is only read: Great Expectations writes its results into a copy that is thrown away.

    Args:
        statements: Rows of the table statements.
        articles: Rows of the table articles.
        quarantine: Rows of the table quarantine.
        expectations: Folder of the project.
        speakers: Rows of the table speakers; None where it is not made yet.

    Raises:
        AuditError: The project is not whole, a table lacks a column, or a check failed to run.
    """
    results: list[RuleResult] = []
    broken: dict[str, Mapping[str, tuple[str, ...]]] = {}
    with TemporaryDirectory(prefix="expectations-") as copy:
        context = _open(expectations, Path(copy) / "expectations")
        for suite, frame in _frames(statements, articles, quarantine, speakers).items():
            of_suite = _run(context, suite, frame, expectations)
            results.extend(of_suite)
            if suite in (STATEMENTS.name, ARTICLES.name) and not any(result.stops for result in of_suite):
                broken[suite] = _broken_rows(context, suite, frame, of_suite)
    complete = Audit(tuple(results), {suite: rows for suite, rows in broken.items() if rows})
    return complete if complete.holds else Audit(complete.results, {})


def _open(project: Path, copy: Path) -> Any:  # noqa: ANN401 - Great Expectations is untyped to us
    if not (project / "great_expectations.yml").is_file():
        raise AuditError(f"{project}: no Great Expectations project there; {_REGENERATE}")
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("uncommitted"))
    try:
        return gx.get_context(mode="file", context_root_dir=copy)
    except Exception as error:
        raise AuditError(f"{project}: cannot be opened ({error}); {_REGENERATE}") from error


def _frames(
    statements: pa.Table, articles: pa.Table, quarantine: pa.Table, speakers: pa.Table | None
) -> dict[str, pd.DataFrame]:
    try:
        return frames(statements, articles, quarantine, speakers)
    except (KeyError, pa.ArrowException) as error:
        raise AuditError(
            f"the tables lack a column that the checks need ({error}); make them with flows.tables.arrow.to_arrow"
        ) from error


def _run(context: Any, suite: str, frame: pd.DataFrame, project: Path) -> list[RuleResult]:  # noqa: ANN401
    place = project / "checkpoints" / f"{suite}.json"
    try:
        run = context.checkpoints.get(suite).run(batch_parameters={"dataframe": frame})
    except Exception as error:
        raise AuditError(f"{place}: the checks of {suite} cannot be run ({error}); {_REGENERATE}") from error
    found = [result for validation in run.run_results.values() for result in validation.results]
    if not found:
        raise AuditError(f"{place}: nothing is checked there, so nothing is known of {suite}; {_REGENERATE}")
    return sorted((_read(result, suite, len(frame)) for result in found), key=lambda result: result.name)


def _read(result: Any, suite: str, rows: int) -> RuleResult:  # noqa: ANN401
    meta = result.expectation_config.meta or {}
    name = meta.get("name", result.expectation_config.type)
    if error := next(_exceptions(result.exception_info), None):
        raise AuditError(f"{suite}, {name}: the check failed to run ({error}); a column is missing or of a wrong type")
    if not {"name", "severity", "sentence"} <= meta.keys():
        raise AuditError(f"{suite}, {name}: the expectation's meta must say name, severity and sentence; {_REGENERATE}")
    counted = "unexpected_count" in result.result
    failing = result.result["unexpected_count"] if counted else int(not result.success)
    if result.success != (failing == 0):
        raise AuditError(f"{suite}, {name}: success is {result.success} with {failing} failing rows; do not use mostly")
    return RuleResult(
        name=name,
        table=suite,
        severity=meta["severity"],
        sentence=meta["sentence"],
        checked=rows if counted else 1,
        failing=failing,
        examples=tuple(_keys(suite, result.result.get("partial_unexpected_index_list"))),
    )


def _exceptions(info: Mapping[str, Any]) -> Iterator[str]:
    """Messages of the exceptions that Great Expectations caught, which it keeps per metric or for the whole."""
    for part in (info, *info.values()):
        if isinstance(part, Mapping) and part.get("raised_exception"):
            yield str(part.get("exception_message"))


def _keys(suite: str, rows: Sequence[Mapping[str, object]] | None) -> Iterator[str]:
    for row, key in ((row, key) for row in rows or () for key in key_of(suite)):
        if isinstance(value := row.get(key), str):
            yield value


def _broken_rows(
    context: Any,  # noqa: ANN401
    suite: str,
    frame: pd.DataFrame,
    results: Sequence[RuleResult],
) -> dict[str, tuple[str, ...]]:
    """The names of the row rules that each broken row breaks, by the row's key.

    Only rules that some rows break are run a second time, now listing every row.
    """
    names = {result.name for result in results if result.severity == "row" and result.failing}
    if not names:
        return {}
    asset = context.data_sources.get(DATASOURCE).get_asset(suite)
    batch = asset.get_batch_definition(BATCH).get_batch(batch_parameters={"dataframe": frame})
    complete = {"result_format": "COMPLETE", "unexpected_index_column_names": key_of(suite)}
    broken: dict[str, list[str]] = {}
    for expectation in context.suites.get(suite).expectations:
        if (name := expectation.meta["name"]) in names:
            result = batch.validate(expectation, result_format=complete)
            keys = list(_keys(suite, result.result["unexpected_index_list"]))
            if not keys:
                raise AuditError(f"{suite}, {name}: rows break the rule, but none of them could be named")
            for key in keys:
                broken.setdefault(key, []).append(name)
    return {key: tuple(rules) for key, rules in broken.items()}
