"""Who makes the batches: this process, or a pool of processes; `flows.cluster` has a Dask cluster do it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, Final, TypeVar

from flows.batches import Batch, Task

F = TypeVar("F")

_LOST: Final = (
    "A worker process was ended from outside, most likely because memory ran out; lower `workers` or `batch_bytes` and"
    " build again."
)


class WorkerLostError(Exception):
    """A worker process died; the message says what to do."""


def in_processes(tasks: Sequence[Task], workers: int) -> Iterator[Batch]:
    """The batches of all tasks, in order, by one process or a pool of them.

    Raises:
        WorkerLostError: A worker process died.
        OSError: The disk is full or failed.
    """
    if workers == 1:
        yield from in_order(tasks, _at_once, _result, lambda: 1)
        return
    if len(tasks) == 1:
        # Most often this is a single new file, which is done before a worker has started.
        batch = tasks[0]()
        yield batch
        tasks = batch.rest
    if tasks:
        yield from _in_pool(tasks, workers)


def in_order(
    tasks: Iterable[Task], begin: Callable[[Task], F], result: Callable[[F], Batch], room: Callable[[], int]
) -> Iterator[Batch]:
    """The batches of all tasks, in order; what a batch leaves to do comes directly behind it.

    Args:
        tasks: Make the batches.
        begin: Begins a task.
        result: The batch of a task that was begun, once it is done.
        room: How many tasks may be begun: no more than the workers need to stay busy, so that finished batches do not
            pile up in memory.
    """
    begun: deque[F] = deque()
    waiting = deque(tasks)
    while begun or waiting:
        while waiting and len(begun) < max(1, room()):
            begun.append(begin(waiting.popleft()))
        batch = result(begun.popleft())
        yield batch
        if batch.rest:
            # Those begun already stand behind the rest, and stay begun.
            yield from in_order(batch.rest, begin, result, room)


def _result(begun: Future[Batch]) -> Batch:
    return begun.result()


def _at_once(task: Task) -> Future[Batch]:
    done: Future[Batch] = Future()
    done.set_result(task())
    return done


class _Spawning(SpawnContext):
    """Starts processes anew, since forking one that runs Prefect's threads is unsafe; and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802, ANN401
        """A process to be started."""
        self.started.append(SpawnProcess(*args, **kwargs))
        return self.started[-1]


def _in_pool(tasks: Sequence[Task], workers: int) -> Iterator[Batch]:
    context = _Spawning()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_on_ctrl_c) as pool:

        def begin(task: Task) -> Future[Batch]:
            with _ctrl_c_held():
                return pool.submit(task)

        try:
            # One more than twice the workers: while the eldest is awaited or written aside, the others suffice.
            yield from in_order(tasks, begin, _result, lambda: 2 * workers + 1)
        except BaseException as error:
            # Nobody wants the batches any more, and each may take minutes.
            for process in context.started:
                process.terminate()
            if isinstance(error, BrokenProcessPool):
                raise WorkerLostError(_LOST) from error
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Holds Ctrl-C back; a process that is started meanwhile holds it back too until it asks for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_on_ctrl_c() -> None:
    """A terminal sends Ctrl-C to every process: workers end without a word, and the build says what there is to say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
