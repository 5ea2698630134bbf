"""The flow: raw files that changed are read, extracted, checked, merged with what stays, and only then published.

list ──▶ find changes ──▶ read and extract ──▶ check ──▶ link ──▶ merge ──▶ publish
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import flows.offline  # noqa: F401  isort: skip

from prefect import flow, get_run_logger
from prefect.exceptions import MissingContextError
from prefect.runtime import flow_run

from flows.articles.reading import USUAL, Reading
from flows.articles.registry import list_raw
from flows.artifacts import BUILD, leave, leave_failure, report_lines
from flows.batches import Batch, Task, Work, parted, process
from flows.changes import Published, find_changes, now_ns, read_published
from flows.coming import Coming, collect
from flows.engines import in_processes
from flows.fingerprint import fingerprint, folder_digest
from flows.pile import Overflow
from flows.progress import Progress, size_of
from flows.publication import (
    Checked,
    ChecksStoppedError,
    Publication,
    merge_and_publish,
    publish_manifest,
    summary_of_stopped,
)
from flows.rows import rows_of
from flows.schema import ARTICLES, QUARANTINE
from flows.settings import Engine, Settings
from flows.speakers.officials import Officials, with_own
from flows.steps import Step, as_task, patiently, plainly
from flows.stores.at_hand import Between, at_hand
from flows.stores.places import default_cache, place
from flows.summary import Summary, first_refusals
from flows.tables.duplicates import duplicate_links
from flows.tables.links import LINKERS, Corpus, Linker, Links, linked
from flows.tables.locking import locked
from flows.tables.manifest import Plan
from flows.tables.publishing import recover, tidy
from flows.tables.speakers import speaker_links
from flows.tables.staging import STAGING, Staged, work_folder
from flows.tables.view import View


class NothingToBuildError(Exception):
    """No article could be read; the message says from where, and why."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a build works on.

    Attributes:
        raw: Folder of raw articles.
        curated: Folder into which the tables are published.
        expectations: Great Expectations project with the suites.
        workers: Worker processes that read and extract.
        batch_bytes: Raw bytes per batch; of text at most about half as many characters again.
        engine: Who reads and extracts: processes of this machine, or the workers of a Dask cluster.
        dask_scheduler: Address of the cluster's scheduler.
        reading: Limits of raw files, and the names of their fields.
        lock_seconds: How long to wait for another build that holds the lock on `curated`.
        officials: CSV of officials besides those that the package knows.
        keep_versions: Published versions that stay restorable.
        full: Whether to read every raw file, whatever the manifest says.
        docs: Whether to write Great Expectations' Data Docs.
        work: Makes the rows of some raw files.
        linkers: Steps that need the whole corpus.
        run: A name that no other run has.
    """

    raw: Path
    curated: Path
    expectations: Path
    workers: int = 1
    batch_bytes: int = 4_000_000
    engine: Engine = "processes"
    dask_scheduler: str | None = None
    reading: Reading = USUAL
    lock_seconds: float = 0.0
    officials: Path | None = None
    keep_versions: int = 3
    full: bool = False
    docs: bool = True
    work: Work = process
    linkers: tuple[Linker, ...] = LINKERS
    run: str = field(default_factory=lambda: uuid4().hex)


@flow(
    name="build-statements",
    description="Reads raw articles, extracts who said what, checks the rows and publishes them as Parquet.",
    flow_run_name="build {raw} into {curated}",
)
def build(  # noqa: PLR0913  every setting stands in the form of Prefect's pages
    raw: Path | str,
    curated: Path | str,
    expectations: Path,
    workers: int = 1,
    batch_bytes: int = 4_000_000,
    reading: Reading = USUAL,
    lock_seconds: float = 0.0,
    officials: Path | None = None,
    keep_versions: int = 3,
    full: bool = False,
    retries: int = 0,
    retry_seconds: float = 30.0,
    openlineage: str | None = None,
    cache: Path | None = None,
    engine: Engine = "processes",
    dask_scheduler: str | None = None,
) -> Summary:
    """Builds the tables under `curated` from the articles under `raw`; `Job` describes the first arguments.

    Both may be URLs of stores, of which copies are kept below `cache`; see `flows.stores`.

    After an I/O error the build is tried again up to `retries` times, the first time after `retry_seconds`, then
    after twice as long each time. After any other error it is not: the same articles would fail the same checks.
    Start and end are told to `openlineage`, a file or a URL, if it is given.

    Raises:
        NothingToBuildError: No article could be read.
        ChecksStoppedError: A table rule is broken; the published tables are as they were.
        LockedError: Another build holds the lock.
        WorkerLostError: A worker process died.
        ClusterError: The Dask cluster cannot be reached, or a worker of it is not set up as it must be.
        OfficialsError: The table of officials is wrong.
        OSError: The disk is full or failed, however often it was tried.
    """
    job = partial(
        Job,
        expectations=expectations,
        workers=workers,
        batch_bytes=batch_bytes,
        engine=engine,
        dask_scheduler=dask_scheduler,
        reading=reading,
        lock_seconds=lock_seconds,
        officials=officials,
        keep_versions=keep_versions,
        full=full,
    )
    between = Between(place(raw), place(curated), cache or default_cache(), lock_seconds)
    try:
        run = partial(patiently(retries, retry_seconds), build_with_tasks, between, job)
        return _told(openlineage, between, partial(_made_by, reading, officials), run)
    except ChecksStoppedError:
        raise
    except Exception as error:
        leave_failure(BUILD, error, between.curated)
        raise


def _told(openlineage: str | None, between: Between, made_by: Callable[[], str], run: Callable[[], Summary]) -> Summary:
    if openlineage is None:
        return run()
    from flows.lineage import Lineage  # noqa: PLC0415  part of few builds, and takes a second

    return Lineage(openlineage, flow_run.get_id() or str(uuid4()), between, made_by, _logger()).tell_of(run)


def build_with_tasks(between: Between, job: Callable[[Path, Path], Job]) -> Summary:
    """Builds the tables, each step a task of Prefect; what lies in stores is brought here before."""
    return build_between(between, lambda *folders: build_job(job(*folders)))


def build_between(between: Between, build_folders: Callable[[Path, Path], Summary]) -> Summary:
    """Builds with folders that stand for two places, and publishes to the store that the tables may lie in.

    Raises:
        PlaceError: One of two URLs lies below the other.
        StoreError: A store fails.
    """
    with at_hand(between, _logger().info) as folders:
        try:
            summary = build_folders(*folders)
        except ChecksStoppedError as error:
            error.summary = replace(error.summary, curated=str(between.curated))
            raise
        except NothingToBuildError as error:
            raise NothingToBuildError(str(error).replace(str(folders[0]), str(between.raw))) from error
    return replace(summary, curated=str(between.curated))


def build_job(job: Job) -> Summary:
    """Builds the tables, each step a task of Prefect, with the officials and linkers of the package."""
    known = with_own(job.officials)
    ready = replace(
        job,
        work=partial(process, extract=partial(rows_of, officials=known)),
        linkers=linkers_with(known),
        run=uuid4().hex,
    )
    return build_tables(ready, as_task)


def linkers_with(officials: Officials) -> tuple[Linker, ...]:
    """The steps that need the whole corpus: near-identical stories, and who is who."""
    return duplicate_links, partial(speaker_links, officials=officials)


def build_with(settings: Settings, *, full: bool = False) -> Summary:
    """Runs the flow with the paths and limits of `settings`; raises what `build` raises."""
    summary: Summary = build(**parameters_of(settings), full=full)
    return summary


def parameters_of(settings: Settings) -> dict[str, Any]:
    """The parameters of the flow that `settings` decide."""
    names = (
        "raw curated expectations workers batch_bytes lock_seconds officials keep_versions retries retry_seconds "
        "openlineage cache engine dask_scheduler"
    ).split()
    return {**{name: getattr(settings, name) for name in names}, "reading": settings.reading()}


def build_tables(job: Job, step: Step = plainly) -> Summary:
    """Builds the tables; raises what `build` raises."""
    with locked(job.curated, job.lock_seconds) as dead:
        if dead:
            _logger().warning("the build of process %d on %s, begun %s, died", dead.pid, dead.host, dead.since)
        _logger().info("recovery: %s", recover(job.curated))
        try:
            summary = _build(job, step)
        finally:
            tidy(job.curated)
        summarise(summary, step)
        return summary


def _build(job: Job, step: Step) -> Summary:
    listed_ns = now_ns()
    files, plan, published = step(list_changes, job)
    if plan.is_empty:
        return nothing_changed(job, plan, published, listed_ns)
    coming = step(read_and_extract, job, plan, published)
    _refuse_nothing(job, files, plan, coming)
    checked = step(check, job, plan, coming, published)
    if not checked.verdict.holds:
        summary = summary_of_stopped(plan, checked, job.curated)
        summarise(summary, step)
        raise ChecksStoppedError(summary, checked.verdict)
    links = step(link, job, plan, checked, published)
    return step(publish, job, plan, checked, links, published, listed_ns)


def list_changes(job: Job) -> tuple[list[Path], Plan, Published]:
    """Lists the raw files in a fixed order, and what became of them since the published version."""
    published = read_published(job.curated, _work(job) / "nothing", job.full)
    files = list_raw(job.raw)
    expectations = folder_digest(job.expectations)
    plan = find_changes(files, job.raw, published, _made_by(job.reading, job.officials), expectations)
    _logger().info(
        "%d raw files under %s: %d new, %d changed, %d outdated, %d vanished, %d unchanged",
        len(files),
        job.raw,
        *plan.changes,
    )
    return files, plan, published


def read_and_extract(job: Job, plan: Plan, published: Published) -> Coming:
    """Reads and extracts the files that changed, batch by batch."""
    parts = parted(plan.files, job.batch_bytes)
    # Absolute: a worker may run in another folder. The half is for parts whose last file is larger than the room left.
    raw, overflow = job.raw.absolute(), Overflow(_work(job).absolute() / "pieces", job.batch_bytes * 3 // 2)
    tasks = [partial(job.work, [path.absolute() for path in part], raw, job.reading, overflow) for part in parts]
    made_by = _made_by(job.reading, job.officials)
    with Progress(size_of(plan.files), _logger()) as progress, closing(_batches(job, tasks)) as batches:
        return collect(
            batches, plan, View.published(published.curated), made_by, _work(job) / "coming", progress.advance
        )


def _batches(job: Job, tasks: Sequence[Task]) -> Generator[Batch]:
    if job.engine == "dask":
        # Dask takes a second to import, and is there only with the extra.
        from flows.cluster import Site, on_cluster  # noqa: PLC0415

        site = Site(job.raw.absolute(), _work(job).absolute())
        yield from on_cluster(tasks, job.dask_scheduler or "", site)
    else:
        yield from in_processes(tasks, job.workers)


def _made_by(reading: Reading, officials: Path | None) -> str:
    """The fingerprint of everything but the raw bytes on which rows depend."""
    own = hashlib.sha256(officials.read_bytes()).hexdigest() if officials else None
    return fingerprint((reading, own))


def check(job: Job, plan: Plan, coming: Coming, published: Published) -> Checked:
    """Runs the Great Expectations suites; rows that break a row rule go to quarantine."""
    # Great Expectations takes seconds to import, which a run with nothing to do does not wait for.
    from flows.quality.checking import check_coming  # noqa: PLC0415

    verdict, rows, entries = check_coming(
        coming.rows,
        coming.entries,
        plan.kept,
        View.published(published.curated),
        published.manifest.entries,
        job.expectations,
        _work(job) / "held",
    )
    _logger().info(verdict.sentence)
    return Checked(verdict, rows, entries, coming.removed)


def link(job: Job, plan: Plan, checked: Checked, published: Published) -> Links:
    """Finds the values that only the whole corpus decides."""
    gone = frozenset(entry.source_path for entry in plan.dropped)
    return linked(Corpus(published.curated, gone, checked.rows, _staged(job).folder), job.linkers)


def publish(job: Job, plan: Plan, checked: Checked, links: Links, published: Published, listed_ns: int) -> Summary:
    """Merges what comes with what stays, aside, then replaces the published files one step each."""
    publication = Publication(plan, checked, links, published, listed_ns, folder_digest(job.expectations))
    summary = merge_and_publish(publication, _staged(job), job.curated, job.keep_versions, docs=job.docs)
    _logger().info("published %d statements under %s", summary.statements, job.curated)
    return summary


def nothing_changed(job: Job, plan: Plan, published: Published, listed_ns: int) -> Summary:
    """Leaves every table as it is."""
    if published.version is None:
        raise NothingToBuildError(_why_nothing(job.raw, [], ()))
    if plan.refreshed:
        publish_manifest(plan, listed_ns, _staged(job), job.curated)
    return Summary.again(published.version.summary, plan.changes._asdict())


def summarise(summary: Summary, step: Step) -> None:
    """Leaves the summary as an artifact in Prefect's records, if it is Prefect that runs the build."""
    if step is as_task:
        leave(BUILD, "\n".join([summary.markdown(), *report_lines(summary.curated)]))


def _refuse_nothing(job: Job, files: Sequence[Path], plan: Plan, coming: Coming) -> None:
    articles = sum(batch.num_rows for batch in coming.rows.batches(ARTICLES.name))
    if not articles + sum(entry.articles for entry in plan.kept.values()):
        reasons = first_refusals(coming.rows.rows(QUARANTINE).slice(0, 3).to_pylist())
        raise NothingToBuildError(_why_nothing(job.raw, files, reasons))


def _why_nothing(raw: Path, files: Sequence[Path], reasons: Sequence[str]) -> str:
    if not files:
        return f"{raw}: no raw files there; put articles into it or name another folder with --raw."
    return f"{raw}: none of {len(files)} files could be read. {' '.join(reasons)}"


def _work(job: Job) -> Path:
    return work_folder(job.curated, job.run)


def _staged(job: Job) -> Staged:
    return Staged(job.run, job.curated / STAGING / job.run)


def _logger() -> Any:  # noqa: ANN401 - Prefect's adapter and the standard logger have no common type
    try:
        return get_run_logger()
    except MissingContextError:
        return logging.getLogger("flows")
