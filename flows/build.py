"""The flow: raw articles are read, extracted, staged, checked, and only then published."""

from __future__ import annotations

from pathlib import Path

import flows.offline  # noqa: F401  isort: skip

import pyarrow as pa
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.articles.reading import USUAL, Reading
from flows.articles.registry import list_raw
from flows.batches import Batch, parted, process_all, quarantine_table
from flows.quality.audit import Audit, audit
from flows.quality.quarantine import set_aside
from flows.report.page import write_report
from flows.settings import Settings
from flows.summary import Summary, counted, first_refusals
from flows.tables.locking import locked
from flows.tables.publishing import publish, recover
from flows.tables.staging import Staged, stage


class NothingToBuildError(Exception):
    """No article could be read; the message says from where, and why."""


class ChecksStoppedError(Exception):
    """A table rule is broken, so that nothing was published; the message says which.

    Attributes:
        summary: What the build found all the same.
    """

    def __init__(self, summary: Summary) -> None:
        super().__init__(f"{summary.verdict} Broken: {'; '.join(summary.rules_broken)}")
        self.summary = summary


@flow(
    name="build-statements",
    description="Reads raw articles, extracts who said what, checks the rows and publishes them as Parquet.",
    flow_run_name="build {raw} into {curated}",
)
def build(
    raw: Path,
    curated: Path,
    expectations: Path,
    workers: int = 1,
    batch_bytes: int = 4_000_000,
    reading: Reading = USUAL,
    lock_seconds: float = 0.0,
) -> Summary:
    """Builds the tables under `curated` from the articles under `raw`.

    Args:
        raw: Folder of raw articles.
        curated: Folder into which the tables are published.
        expectations: Great Expectations project with the suites.
        workers: Worker processes that read and extract.
        batch_bytes: Raw bytes per batch.
        reading: Limits of raw files, and the names of their fields.
        lock_seconds: How long to wait for another build that holds the lock on `curated`.

    Raises:
        NothingToBuildError: No article could be read.
        ChecksStoppedError: A table rule is broken; the published tables are as they were.
        LockedError: Another build holds the lock.
    """
    with locked(curated, lock_seconds):
        recover(curated)
        files = list_raw_files(raw)
        batch = read_and_extract(files, raw, batch_bytes, reading, workers)
        if not batch.articles.num_rows:
            raise NothingToBuildError(_why_nothing(raw, files, batch))
        verdict = check(batch, expectations)
        kept = quarantine_broken_rows(batch, verdict)
        summary = _summary(files, kept, verdict, curated)
        summarise(summary)
        if not verdict.holds:
            raise ChecksStoppedError(summary)
        publish_tables(kept, verdict, summary, curated)
        return summary


def build_with(settings: Settings) -> Summary:
    """Runs the flow with the paths and limits of `settings`; raises what `build` raises."""
    return build(
        raw=settings.raw,
        curated=settings.curated,
        expectations=settings.expectations,
        workers=settings.workers,
        batch_bytes=settings.batch_bytes,
        reading=settings.reading(),
        lock_seconds=settings.lock_seconds,
    )


@task(name="list-raw-files", cache_policy=NO_CACHE)
def list_raw_files(raw: Path) -> list[Path]:
    """The raw files, in a fixed order."""
    files = list_raw(raw)
    get_run_logger().info("%d raw files under %s", len(files), raw)
    return files


@task(name="read-and-extract", cache_policy=NO_CACHE)
def read_and_extract(files: list[Path], raw: Path, batch_bytes: int, reading: Reading, workers: int) -> Batch:
    """Reads and extracts all files, batch by batch."""
    logger = get_run_logger()
    parts = parted(files, batch_bytes)
    done = []
    for number, batch in enumerate(process_all(parts, raw, reading, workers), start=1):
        done.append(batch)
        logger.info(
            "batch %d of %d: %d articles, %d statements, %d refused",
            number,
            len(parts),
            batch.articles.num_rows,
            batch.statements.num_rows,
            batch.quarantine.num_rows,
        )
    return Batch.joined(done)


@task(name="check-with-great-expectations", cache_policy=NO_CACHE)
def check(batch: Batch, expectations: Path) -> Audit:
    """Runs the suites over the rows that wait for publication."""
    verdict = audit(batch.statements, batch.articles, batch.quarantine, expectations)
    get_run_logger().info(verdict.sentence)
    return verdict


@task(name="quarantine-broken-rows", cache_policy=NO_CACHE)
def quarantine_broken_rows(batch: Batch, verdict: Audit) -> Batch:
    """Moves rows that break a row rule from the tables into quarantine."""
    statements, articles, refusals = set_aside(batch.statements, batch.articles, verdict.broken_rows)
    quarantine = pa.concat_tables([batch.quarantine, quarantine_table(refusals)])
    return Batch(articles, statements, quarantine, batch.removed)


@task(name="publish-tables", cache_policy=NO_CACHE)
def publish_tables(batch: Batch, verdict: Audit, summary: Summary, curated: Path) -> None:
    """Stages the tables and the report aside, then replaces the published files one step each."""
    tables = {"statements": batch.statements, "articles": batch.articles, "quarantine": batch.quarantine}
    staged: Staged = stage(tables, curated, _run_name())
    write_report(staged.folder / "report" / "index.html", batch, verdict, summary)
    publish(staged, curated)
    get_run_logger().info("published %d statements under %s", batch.statements.num_rows, curated)


def summarise(summary: Summary) -> None:
    """Leaves the summary as an artifact in Prefect's records."""
    create_markdown_artifact(key="build-summary", markdown=summary.markdown(), description="What the build did")


def _run_name() -> str:
    return str(flow_run.get_id() or "run")


def _why_nothing(raw: Path, files: list[Path], batch: Batch) -> str:
    if not files:
        return f"{raw}: no raw files there; put articles into it or name another folder with --raw."
    reasons = first_refusals(batch.quarantine, 3)
    return f"{raw}: none of {len(files)} files could be read. " + " ".join(reasons)


def _summary(files: list[Path], batch: Batch, verdict: Audit, curated: Path) -> Summary:
    return Summary(
        published=verdict.holds,
        verdict=verdict.sentence,
        files=len(files),
        articles=batch.articles.num_rows,
        statements=batch.statements.num_rows,
        by_type=counted(batch.statements["quotation_type"]),
        refused=counted(batch.quarantine["rule"]),
        refusals=first_refusals(batch.quarantine),
        rules_checked=len(verdict.results),
        rules_broken=tuple(result.sentence for result in verdict.results if result.failing),
        removed=dict(sorted(batch.removed.items())),
        curated=str(curated),
    )
