"""The flow of the full check: every rule over the published tables, which stay as they are."""

from __future__ import annotations

from pathlib import Path

import flows.offline  # noqa: F401  isort: skip

from prefect import flow

from flows.artifacts import CHECK, check_markdown, leave, leave_failure
from flows.quality.verdict import Audit
from flows.schema import ARTICLES
from flows.steps import patiently
from flows.stores.at_hand import tables_at_hand
from flows.stores.places import Place, default_cache, is_url, place
from flows.tables.locking import locked_if_allowed
from flows.tables.partitions import published_files


class NothingToCheckError(Exception):
    """There are no tables; the message says where."""


class ChecksFailedError(Exception):
    """The published tables break a rule; the message says which, on one line."""


@flow(
    name="check-statements",
    description="Runs every check over the published tables; a broken rule fails the run.",
    flow_run_name="check {curated}",
)
def check_statements(
    curated: Path | str,
    expectations: Path,
    lock_seconds: float = 0.0,
    retries: int = 0,
    retry_seconds: float = 30.0,
    cache: Path | None = None,
) -> str:
    """Checks the tables under `curated`.

    Args:
        curated: Folder of the published tables, or their URL in a store.
        expectations: Great Expectations project with the suites.
        lock_seconds: How long to wait for a build of the same tables.
        retries: How often to try again after an I/O error.
        retry_seconds: Seconds before the first new try; each further wait is twice as long.
        cache: Folder for a copy of tables that lie in a store; None for the user's own.

    Returns:
        The verdict in plain words.

    Raises:
        ChecksFailedError: A rule is broken.
        NothingToCheckError: There are no tables.
        LockedError: A build still holds the lock.
        AuditError: The checks could not be run.
        OSError: The tables could not be read, however often it was tried.
    """
    where, cache = place(curated), cache or default_cache()
    try:
        verdict, summary = patiently(retries, retry_seconds)(check_place, where, cache, expectations, lock_seconds)
    except Exception as error:
        leave_failure(CHECK, error, where)
        raise
    leave(CHECK, summary)
    if not is_clean(verdict):
        raise ChecksFailedError(why_broken(verdict))
    return verdict.sentence


def check_place(curated: Place, cache: Path, expectations: Path, lock_seconds: float) -> tuple[Audit, str]:
    """Checks the tables of a folder, or a copy of those in a store; the verdict, and its summary."""
    with tables_at_hand(curated, cache, lock_seconds) as tables:
        if is_url(curated) and not published_files(ARTICLES, tables):
            raise NothingToCheckError(f"{curated}: no tables there; run `statements build` first.")
        verdict = check_tables(tables, expectations, lock_seconds)
        return verdict, check_markdown(verdict, tables)


def check_tables(curated: Path, expectations: Path, lock_seconds: float) -> Audit:
    """Runs the Great Expectations suites over the published tables, while no build replaces them.

    Raises:
        NothingToCheckError: There are no tables.
        LockedError: A build still holds the lock when patience is over.
        AuditError: The checks could not be run.
    """
    # Great Expectations takes seconds to import, which whoever serves the flow does not wait for.
    from flows.quality.checking import check_published  # noqa: PLC0415

    if not published_files(ARTICLES, curated):
        raise NothingToCheckError(f"{curated}: no tables there; run `statements build` first.")
    with locked_if_allowed(curated, lock_seconds):
        return check_published(curated, expectations)


def is_clean(verdict: Audit) -> bool:
    """Whether published rows break no rule but those that only warn: a build leaves none that break a row rule."""
    return not any(result.failing and result.severity != "warn" for result in verdict.results)


def why_broken(verdict: Audit) -> str:
    """The broken rules on one line."""
    broken = [result.breach() for result in verdict.results if result.failing and result.severity != "warn"]
    count = f"The published tables break {len(broken)} of {len(verdict.results)} rules."
    return " ".join(" ".join([count, *broken]).split())
