"""Batches by the workers of a Dask cluster that is there already, reached through prefect-dask.

The batches are plain functions on Dask, within one task of Prefect. As tasks of Prefect they would make every worker
reach Prefect's server, or start one of its own, and a hundred thousand batches would be as many records there. Dask
itself sees to it that the batch of a worker that died is made by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from flows.batches import Batch, Task
from flows.engines import in_order
from flows.fingerprint import DISTRIBUTION, fingerprint

CONNECT_SECONDS: Final = 15
"""How long a scheduler may take to answer."""

PATIENCE_SECONDS: Final = 60
"""How long a cluster may be without any worker."""

_INSTALL: Final = (
    "install the same version of the package, with the versions of requirements.lock and the extra `dask`, on every"
    " worker, and start the workers anew"
)


class ClusterError(Exception):
    """The cluster cannot do the work as it is set up; the message says what to do."""


class ClusterLostError(ClusterError, ConnectionError):
    """The scheduler or all workers are out of reach, which may pass; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every worker must have.

    Attributes:
        raw: The raw folder, by its absolute path.
        work: The run's own folder below `curated/.staging/`, by its absolute path.
    """

    raw: Path
    work: Path


def on_cluster(tasks: Sequence[Task], scheduler: str, site: Site) -> Iterator[Batch]:
    """The batches of all tasks, in order, by the workers of a Dask cluster.

    Args:
        tasks: Make the batches.
        scheduler: Address of the cluster's scheduler, such as `tcp://10.0.0.1:8786`.
        site: What every worker must have.

    Raises:
        ClusterError: The extra is not installed, a worker lacks the package or a folder, or a batch costs the life of
            every worker that tries it.
        ClusterLostError: The scheduler cannot be reached, or has no workers.
    """
    site.work.mkdir(parents=True, exist_ok=True)
    with _connected(scheduler) as client:
        _check_package(client)
        code = fingerprint(())
        begun: list[Any] = []

        def begin(task: Task) -> Any:  # noqa: ANN401 - Dask is there only with the extra
            begun[:] = [future for future in begun if not future.done()]
            begun.append(client.submit(_on_worker, task, site, code, pure=False))
            return begun[-1]

        def room() -> int:
            # Asked each time: workers may come and go.
            threads: dict[str, int] = client.nthreads()
            return 2 * sum(threads.values()) + 1

        try:
            yield from in_order(tasks, begin, lambda future: _result(client, future, scheduler, site), room)
        finally:
            # After an error or Ctrl-C nobody wants the batches that are still waiting.
            client.cancel(begun)


_TIMES_ASKED: Final = 5


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        from prefect_dask import PrefectDaskClient  # noqa: PLC0415 - there only with the extra
    except ImportError as error:
        raise ClusterError(f"{error}; the engine dask needs the extra: uv sync --extra dask") from error
    try:
        client = PrefectDaskClient(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterLostError(
            f"no Dask scheduler answers at {scheduler} ({error}); start one with `dask scheduler`, or set"
            " STATEMENTS_DASK_SCHEDULER to the address that its log names"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError as error:
            raise _without_workers(scheduler) from error
        yield client


def _check_package(client: Any) -> None:  # noqa: ANN401
    """Refuses workers without this package; nothing of it can run there to say so itself."""
    for worker, said in sorted(_versions(client).items()):
        if isinstance(said, PackageNotFoundError):
            raise ClusterError(f"worker {worker} has no package {DISTRIBUTION}; {_INSTALL}")
        if isinstance(said, Exception):
            raise ClusterLostError(f"worker {worker} does not answer ({said}); look at its log and build again")


def _versions(client: Any) -> dict[str, Any]:  # noqa: ANN401
    """What each worker says of this package; workers that leave while they are asked are not waited for."""
    found: dict[str, Any] = {}
    for _ in range(_TIMES_ASKED):
        found = client.run(version, DISTRIBUTION, on_error="return")
        here = client.nthreads()
        if there := {worker: said for worker, said in found.items() if worker in here}:
            return there
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    return found


def _on_worker(task: Task, site: Site, code: str) -> Batch:
    """Runs on a worker: makes a batch, if the worker would make it as any other does."""
    from distributed import get_worker  # noqa: PLC0415 - there only with the extra

    worker = get_worker().address
    if _code() != code:
        raise ClusterError(f"worker {worker} has other code or libraries than the build; {_INSTALL}")
    for folder in (site.raw, site.work):
        if not folder.is_dir():
            raise ClusterError(
                f"worker {worker} has no folder {folder}; mount the storage of raw and curated there, under the same"
                " path as where the build runs"
            )
    return task()


@cache
def _code() -> str:
    return fingerprint(())


def _result(client: Any, future: Any, scheduler: str, site: Site) -> Batch:  # noqa: ANN401
    """The batch of a task, awaited for as long as there are workers.

    Raises:
        ClusterError: The task cannot be done.
        ClusterLostError: Scheduler or workers are lost.
    """
    from distributed import CancelledError, KilledWorker, wait  # noqa: PLC0415 - there only with the extra

    try:
        while not future.done():
            try:
                with client.as_current():
                    wait(future, timeout=PATIENCE_SECONDS)
            except TimeoutError:
                if not client.nthreads():
                    raise _without_workers(scheduler) from None
        batch: Batch = future.result()
    except KilledWorker as error:
        raise ClusterError(
            "one batch cost several workers their life, most likely for want of memory; lower batch_bytes, or give"
            f" the workers more memory ({error})"
        ) from error
    except CancelledError as error:
        raise ClusterLostError(f"the Dask scheduler at {scheduler} went away; start it and build again") from error
    except ModuleNotFoundError as error:
        raise ClusterError(f"a worker lacks a module ({error}); {_INSTALL}") from error
    _check_seen(batch, site)
    return batch


def _check_seen(batch: Batch, site: Site) -> None:
    """Refuses a batch from a worker that found no file where there is one: an empty mount point looks like that."""
    for read in batch.files:
        if read.gone and (site.raw / read.source_path).exists():
            raise ClusterError(
                f"a worker does not see {site.raw / read.source_path}, which is there; mount the raw folder on every"
                " worker, or build again if the file was only just replaced"
            )


def _without_workers(scheduler: str) -> ClusterLostError:
    return ClusterLostError(
        f"the Dask scheduler at {scheduler} has had no worker for {PATIENCE_SECONDS} seconds; start some with"
        f" `dask worker {scheduler} --nworkers 2 --nthreads 1`, and build again"
    )
