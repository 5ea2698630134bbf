"""OpenLineage: a build tells a file or a lineage service when it starts and how it ends.

Nothing is told unless the setting `openlineage` names where to. A service that does not answer costs a warning in the
log, never a build. How a service wants to be addressed besides its URL (a key, a longer timeout) is read by the client
from its own variables, such as `OPENLINEAGE__TRANSPORT__AUTH`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from openlineage.client import OpenLineageClient, event_v2, facet_v2
from openlineage.client.facet_v2 import (
    data_quality_assertions_dataset,
    dataset_version_dataset,
    datasource_dataset,
    documentation_dataset,
    error_message_run,
    input_statistics_input_dataset,
    job_type_job,
    output_statistics_output_dataset,
    processing_engine_run,
    schema_dataset,
    tags_run,
    test_run,
)

from flows.publication import ChecksStoppedError
from flows.quality.records import read_rules
from flows.quality.rules import DATASET
from flows.quality.verdict import RuleResult
from flows.report.data_files import DESCRIPTION, NAME
from flows.rows import extractor_version
from flows.schema import TABLES, Table
from flows.stores.at_hand import Between, tables_at_hand
from flows.stores.places import Place, is_url
from flows.tables.partitions import is_partitioned, published_files
from flows.tables.versions import DATA_PACKAGE

if TYPE_CHECKING:
    from flows.summary import Summary

JOB: Final = "build-statements"
_ENDPOINT: Final = "api/v1/lineage"
_RETRY: Final = {"total": 2, "connect": 2, "read": 2}
"""Fewer tries than is usual: a build does not wait a minute for a service that is gone."""

_SEVERITIES: Final = {"table": "error", "row": "error", "warn": "warn"}

P = ParamSpec("P")
State = event_v2.RunState
Facets = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lineage:
    """A run that is told of, and where to.

    Attributes:
        to: File for the events, one JSON object a line, or the URL of a lineage service: with a path the address to
            which events are sent, without one the service's host.
        run_id: UUID of the run.
        between: From where to where the build goes.
        made_by: Gives the fingerprint of everything but the raw bytes on which rows depend.
        log: Where a warning goes.
    """

    to: str
    run_id: str
    between: Between
    made_by: Callable[[], str]
    log: Any = field(default_factory=lambda: logging.getLogger(__name__))

    def tell_of(self, build: Callable[[], Summary]) -> Summary:
        """Runs a build and tells of its start and its end; raises what it raises, and nothing of its own."""
        self._tell(State.START, self._started)
        try:
            summary = build()
        except BaseException as error:
            self._tell(_end(error), self._failed, error)
            raise
        self._tell(State.COMPLETE, self._completed, summary)
        return summary

    def _tell(self, state: State, event: Callable[P, event_v2.RunEvent], *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            client = OpenLineageClient(config={"transport": transport(self.to)})
            client.emit(event(*args, **kwargs))
            client.close()
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            self.log.warning(
                "OpenLineage: the event %s could not be told to %s: %s. The build goes on; mend or unset the setting "
                "openlineage.",
                state.value,
                self.to,
                " ".join(str(error).split()),
            )

    def _started(self) -> event_v2.RunEvent:
        return self._event(State.START)

    def _failed(self, error: BaseException) -> event_v2.RunEvent:
        rules = error.verdict.results if isinstance(error, ChecksStoppedError) else ()
        message = error_message_run.ErrorMessageRunFacet(str(error) or type(error).__name__, "PYTHON")
        return self._event(_end(error), {"errorMessage": message}, rules=rules)

    def _completed(self, summary: Summary) -> event_v2.RunEvent:
        written = summary.before.get("version") != summary.version
        read = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(fileCount=summary.files)
        with tables_at_hand(self.between.curated, self.between.cache, self.between.patience) as tables:
            return self._event(
                State.COMPLETE,
                rules=read_rules(tables / "quality"),
                of_raw={"inputStatistics": read},
                of_table=lambda table: _statistics(tables, table) if written else {},
                version=_published_version(tables),
            )

    def _event(
        self,
        state: State,
        of_run: Facets | None = None,
        *,
        rules: Sequence[RuleResult] = (),
        of_raw: Facets | None = None,
        of_table: Callable[[Table], Facets] = lambda _: {},
        version: str | None = None,
    ) -> event_v2.RunEvent:
        raw = self.between.raw
        event_v2.set_producer(f"pkg:generic/{NAME}@{extractor_version()}")
        return event_v2.RunEvent(
            eventType=state,
            eventTime=datetime.now(UTC).isoformat(),
            producer=event_v2.PRODUCER,
            run=event_v2.Run(self.run_id, {**self._about_run(), **_corpus_tests(rules), **(of_run or {})}),
            job=event_v2.Job(NAME, JOB, _about_job()),
            inputs=[event_v2.InputDataset(*_named(raw), facets=_source(raw), inputFacets=dict(of_raw or {}))],
            outputs=[
                event_v2.OutputDataset(
                    *_named(self._of_table(table)),
                    facets={**self._about_table(table, version), **_assertions(table, rules)},
                    outputFacets=dict(of_table(table)),
                )
                for table in TABLES
            ],
        )

    def _about_run(self) -> dict[str, facet_v2.RunFacet]:
        tags = {"extractor_version": extractor_version(), **self._fingerprint()}
        fields = [tags_run.TagsRunFacetFields(key, value, "INTEGRATION") for key, value in tags.items()]
        return {
            "processing_engine": processing_engine_run.ProcessingEngineRunFacet(version("prefect"), "Prefect"),
            "tags": tags_run.TagsRunFacet(tags=fields),
        }

    def _fingerprint(self) -> dict[str, str]:
        try:
            return {"fingerprint": self.made_by()}
        except OSError:
            # A table of officials that cannot be read fails the build, and that is told.
            return {}

    def _about_table(self, table: Table, version: str | None) -> dict[str, facet_v2.DatasetFacet]:
        about: dict[str, facet_v2.DatasetFacet] = {
            **_source(self._of_table(table)),
            "schema": schema_dataset.SchemaDatasetFacet(fields=_fields(table.schema())),
            "documentation": documentation_dataset.DocumentationDatasetFacet(table.description),
        }
        if version:
            about["version"] = dataset_version_dataset.DatasetVersionDatasetFacet(version)
        return about

    def _of_table(self, table: Table) -> Place:
        name, curated = table.name if is_partitioned(table) else f"{table.name}.parquet", self.between.curated
        return f"{curated}/{name}" if is_url(curated) else Path(curated) / name


def transport(to: str) -> dict[str, Any]:
    """The client's configuration for a file or URL."""
    if "://" not in to:
        Path(to).parent.mkdir(parents=True, exist_ok=True)
        return {"type": "file", "log_file_path": to, "append": True}
    url = urlsplit(to)
    base, endpoint = url._replace(path="", query="").geturl(), url._replace(scheme="", netloc="").geturl()
    return {"type": "http", "url": base, "endpoint": endpoint.strip("/") or _ENDPOINT, "retry": dict(_RETRY)}


def _end(error: BaseException) -> State:
    """How a run ended that raised this: an interrupted one did not fail."""
    return State.FAIL if isinstance(error, Exception) else State.ABORT


def _named(at: Place) -> tuple[str, str]:
    """Namespace and name of files on this machine or in a store, as the OpenLineage naming convention has them."""
    if not is_url(at):
        return "file", Path(at).resolve().as_posix()
    url = urlsplit(str(at))
    return f"{url.scheme}://{url.netloc}", url.path.strip("/")


def _source(at: Place) -> dict[str, facet_v2.DatasetFacet]:
    uri = str(at) if is_url(at) else Path(at).resolve().as_uri()
    return {"dataSource": datasource_dataset.DatasourceDatasetFacet(name=_named(at)[0], uri=uri)}


def _about_job() -> dict[str, facet_v2.JobFacet]:
    return {
        "jobType": job_type_job.JobTypeJobFacet("BATCH", "PREFECT", "FLOW"),
        "documentation": facet_v2.documentation_job.DocumentationJobFacet(DESCRIPTION),
    }


def _fields(columns: Iterable[pa.Field]) -> list[schema_dataset.SchemaDatasetFacetFields]:
    return [
        schema_dataset.SchemaDatasetFacetFields(
            name=column.name,
            type=str(column.type),
            description=(column.metadata or {}).get(b"description", b"").decode() or None,
            ordinal_position=number,
            fields=_parts(column.type),
        )
        for number, column in enumerate(columns, start=1)
    ]


def _parts(kind: pa.DataType) -> list[schema_dataset.SchemaDatasetFacetFields] | None:
    if pa.types.is_list(kind):
        kind = kind.value_type
    return _fields(kind) if pa.types.is_struct(kind) else None


def _statistics(curated: Path, table: Table) -> Facets:
    files = [curated / path for path in published_files(table, curated)]
    return {
        "outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
            rowCount=sum(pq.read_metadata(file).num_rows for file in files),
            size=sum(file.stat().st_size for file in files),
            fileCount=len(files),
        )
    }


def _published_version(curated: Path) -> str | None:
    description = curated / DATA_PACKAGE
    if not description.is_file():  # restored from a version that was published before there were any
        return None
    published: str = json.loads(description.read_text(encoding="utf-8"))["version"]
    return published


def _assertions(table: Table, rules: Iterable[RuleResult]) -> Facets:
    found = [
        data_quality_assertions_dataset.Assertion(
            assertion=rule.name,
            success=not rule.failing,
            severity=_SEVERITIES[rule.severity],
            name=rule.name,
            description=rule.sentence,
            expected="0 failing rows",
            actual=f"{rule.failing} of {rule.checked}",
        )
        for rule in rules
        if rule.table == table.name
    ]
    facet = data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(assertions=found)
    return {"dataQualityAssertions": facet} if found else {}


def _corpus_tests(rules: Iterable[RuleResult]) -> dict[str, facet_v2.RunFacet]:
    """The rules that look at all tables together, which no one of them can carry."""
    found = [
        test_run.TestExecution(
            name=rule.name,
            status="fail" if rule.failing else "pass",
            severity=_SEVERITIES[rule.severity],
            type=rule.name,
            description=rule.sentence,
        )
        for rule in rules
        if rule.table == DATASET
    ]
    return {"test": test_run.TestRunFacet(tests=found)} if found else {}
