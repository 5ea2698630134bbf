"""Runs the Great Expectations suites over tables that wait for publication, and says what may be published."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

import pandas as pd
import pyarrow as pa

from flows.quality.figures import Figures, figure_frame, figures_of
from flows.quality.frames import frames, speaker_frame
from flows.quality.rules import DATASET, Severity
from flows.quality.suites import BATCH, DATASOURCE, EXAMPLES, key_of
from flows.quality.verdict import Audit, BrokenRows, RuleResult
from flows.schema import ARTICLES, QUARANTINE, SPEAKERS, STATEMENTS

with warnings.catch_warnings():
    # Great Expectations 1.24 imports a module that Python 3.11 deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx

_REGENERATE: Final = "write the project again with `python -m flows.quality.suites`"


class AuditError(Exception):
    """The checks could not be run, so nothing may be published."""


@dataclass(slots=True)
class Found:
    """What one expectation found in the rows looked at so far; `RuleResult` describes the common attributes.

    Attributes:
        counted: Whether it counts failing rows, or judges the table as a whole.
        missing: Rows in which the column is null.
        values: Some failing values.
        config: The expectation, as Great Expectations writes it.
        observed: What it saw, where it judges the table as a whole.
    """

    suite: str
    name: str
    severity: Severity
    sentence: str
    counted: bool
    checked: int
    failing: int
    missing: int
    examples: list[str]
    values: list[Any]
    config: dict[str, Any]
    observed: Any

    def copy(self) -> Found:
        """The same, to be added to."""
        return replace(self, examples=list(self.examples), values=list(self.values))

    def add(self, other: Found) -> None:
        """Adds what the same expectation found in further rows."""
        self.checked = self.checked + other.checked if self.counted else 1
        self.failing = self.failing + other.failing if self.counted else max(self.failing, other.failing)
        self.missing += other.missing
        self.examples = [*self.examples, *other.examples][:EXAMPLES]
        self.values = [*self.values, *other.values][:EXAMPLES]
        self.observed = other.observed

    def result(self) -> RuleResult:
        """The same for people."""
        return RuleResult(
            self.name, self.suite, self.severity, self.sentence, self.checked, self.failing, tuple(self.examples)
        )

    def validation(self) -> dict[str, Any]:
        """The same in Great Expectations' form."""
        share = 100 * self.failing / self.checked if self.checked else 0.0
        counts = {
            "element_count": self.checked,
            "unexpected_count": self.failing,
            "unexpected_percent": share,
            "missing_count": self.missing,
            "partial_unexpected_list": [str(value) for value in self.values],
            "examples": self.examples,
        }
        result = counts if self.counted else {"observed_value": self.observed}
        return {"success": self.failing == 0, "expectation_config": self.config, "result": result}


@dataclass(frozen=True, slots=True)
class Earlier:
    """Rows that stay as they are, checked by the same suites when they came.

    Attributes:
        rows: How many of each table were checked.
        set_aside: How many of them each rule set aside, by table and rule.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    set_aside: Mapping[tuple[str, str], int] = field(default_factory=dict)


NOTHING_EARLIER: Final = Earlier()
SUITES: Final = (STATEMENTS.name, ARTICLES.name, SPEAKERS.name, QUARANTINE.name, DATASET)


def audit(
    statements: pa.Table,
    articles: pa.Table,
    quarantine: pa.Table,
    expectations: Path,
    speakers: pa.Table | None = None,
) -> Audit:
    """Runs every suite of the Great Expectations project over whole tables; see `Auditor` for large ones.

    Args:
        statements: Rows of the table statements.
        articles: Rows of the table articles.
        quarantine: Rows of the table quarantine.
        expectations: Folder of the project.
        speakers: Rows of the table speakers; None where it is not made yet.

    Raises:
        AuditError: The project is not whole, a table lacks a column, or a check failed to run.
    """
    with Auditor(expectations) as auditor:
        auditor.check(statements, articles, quarantine)
        if speakers is not None:
            auditor.check_speakers(speakers)
        return auditor.verdict(figures_of(statements, articles, quarantine))


class Auditor:
    """Runs the suites over groups of whole articles, one after the other, and adds up what they find.

    Every row rule looks at one row and its article alone, so it makes no difference how rows are grouped. The project
    itself is only read: Great Expectations writes into a copy that is thrown away. A context manager.

    Args:
        expectations: Folder of the project.

    Raises:
        AuditError: On entering, if the project is not whole.
    """

    def __init__(self, expectations: Path) -> None:
        self._project = expectations
        self._copy = TemporaryDirectory(prefix="expectations-")
        self._context: Any = None
        self._found: dict[tuple[str, str], Found] = {}
        self._broken: dict[str, dict[str, tuple[str, ...]]] = {}

    def __enter__(self) -> Self:
        """Opens the project."""
        try:
            self._context = _open(self._project, Path(self._copy.name) / "expectations")
        except AuditError:
            self._copy.cleanup()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Throws the copy away."""
        self._copy.cleanup()

    def check(self, statements: pa.Table, articles: pa.Table, quarantine: pa.Table) -> BrokenRows:
        """Runs the suites of the tables over some rows.

        Args:
            statements: Rows of the table statements.
            articles: All articles of those statements.
            quarantine: Rows of the table quarantine.

        Returns:
            Rows that break a row rule, to be set aside; none of a table that breaks a table rule.

        Raises:
            AuditError: A table lacks a column, or a check failed to run.
        """
        broken: dict[str, dict[str, tuple[str, ...]]] = {}
        for suite, frame in _frames(statements, articles, quarantine).items():
            if suite == QUARANTINE.name and frame.empty and self._ran(suite):
                continue
            found = self._run(suite, frame)
            rows_can_go = suite in (STATEMENTS.name, ARTICLES.name)
            if rows_can_go and not any(each.severity == "table" and each.failing for each in found):
                broken[suite] = _broken_rows(self._context, suite, frame, found)
                self._broken.setdefault(suite, {}).update(broken[suite])
        return {suite: rows for suite, rows in broken.items() if rows}

    def check_speakers(self, speakers: pa.Table) -> None:
        """Runs the suite of the table speakers, which is made from the statements of all groups."""
        self._run(SPEAKERS.name, speaker_frame(speakers))

    def verdict(self, figures: Figures, before: Figures | None = None, earlier: Earlier = NOTHING_EARLIER) -> Audit:
        """Runs the rules about all tables together and says what all checks came to.

        Args:
            figures: Figures over all tables as they will be.
            before: Figures of the version that is published now.
            earlier: Rows that were checked by the same suites before and stay as they are.
        """
        self._run(DATASET, figure_frame(figures, before))
        for (suite, name), count in earlier.set_aside.items():
            if found := self._found.get((suite, name)):
                found.failing += count
        for (suite, _), found in self._found.items():
            if found.counted:
                found.checked += earlier.rows.get(suite, 0)
        ordered = sorted(self._found.items(), key=lambda item: (SUITES.index(item[0][0]), item[0][1]))
        results = tuple(found.result() for _, found in ordered)
        complete = Audit(results, {suite: rows for suite, rows in self._broken.items() if rows}, self._validations())
        return complete if complete.holds else replace(complete, broken_rows={})

    def _ran(self, suite: str) -> bool:
        return any(of == suite for of, _ in self._found)

    def _validations(self) -> dict[str, tuple[dict[str, Any], ...]]:
        """For each suite what its expectations found, in Great Expectations' own form."""
        return {
            suite: tuple(found.validation() for (of, _), found in sorted(self._found.items()) if of == suite)
            for suite in SUITES
        }

    def _run(self, suite: str, frame: pd.DataFrame) -> list[Found]:
        found = _run(self._context, suite, frame, self._project)
        for each in found:
            known = self._found.get((suite, each.name))
            if known is None:
                self._found[suite, each.name] = each.copy()
            else:
                known.add(each)
        return found


def _open(project: Path, copy: Path) -> Any:  # noqa: ANN401 - Great Expectations is untyped to us
    if not (project / "great_expectations.yml").is_file():
        raise AuditError(f"{project}: no Great Expectations project there; {_REGENERATE}")
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("uncommitted"))
    try:
        return gx.get_context(mode="file", context_root_dir=copy)
    except OSError:
        raise  # the disk's fault, not the project's
    except Exception as error:
        raise AuditError(f"{project}: cannot be opened ({error}); {_REGENERATE}") from error


def _frames(statements: pa.Table, articles: pa.Table, quarantine: pa.Table) -> dict[str, pd.DataFrame]:
    try:
        return frames(statements, articles, quarantine)
    except (KeyError, pa.ArrowException) as error:
        raise AuditError(
            f"the tables lack a column that the checks need ({error}); make them with flows.tables.arrow.to_arrow"
        ) from error


def _run(context: Any, suite: str, frame: pd.DataFrame, project: Path) -> list[Found]:  # noqa: ANN401
    place = project / "checkpoints" / f"{suite}.json"
    try:
        run = context.checkpoints.get(suite).run(batch_parameters={"dataframe": frame})
    except OSError:
        raise  # the disk's fault, not the project's
    except Exception as error:
        raise AuditError(f"{place}: the checks of {suite} cannot be run ({error}); {_REGENERATE}") from error
    found = [result for validation in run.run_results.values() for result in validation.results]
    if not found:
        raise AuditError(f"{place}: nothing is checked there, so nothing is known of {suite}; {_REGENERATE}")
    return [_read(result, suite, len(frame)) for result in found]


def _read(result: Any, suite: str, rows: int) -> Found:  # noqa: ANN401
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
    return Found(
        suite=suite,
        name=name,
        severity=meta["severity"],
        sentence=meta["sentence"],
        counted=counted,
        checked=rows if counted else 1,
        failing=failing,
        missing=result.result.get("missing_count") or 0,
        examples=list(_keys(suite, result.result.get("partial_unexpected_index_list"))),
        values=list(result.result.get("partial_unexpected_list") or ()),
        config=result.expectation_config.to_json_dict(),
        observed=result.result.get("observed_value"),
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
    results: Sequence[Found],
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
