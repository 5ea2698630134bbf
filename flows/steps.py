"""How a step runs: plainly, as a task of Prefect, or as a task that is tried again after an I/O error."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, ParamSpec, Protocol, TypeVar

import flows.offline  # noqa: F401  isort: skip

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff
from prefect.utilities.annotations import quote

P = ParamSpec("P")
T = TypeVar("T")

_JITTER: Final = 0.2
"""Waits differ by up to this share, so that machines that lost the same disk do not all come back at once."""


class Step(Protocol):
    """Runs one step of a flow: plainly, or as a task of Prefect."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns for these arguments."""
        ...


def plainly(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs a step as a plain function."""
    return function(*args, **kwargs)


def as_task(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs a step as a task of the current flow run."""
    return _run_task({}, function, *args, **kwargs)


def patiently(retries: int, retry_seconds: float) -> Step:
    """Runs a step as a task that is tried again after an I/O error, and after no other.

    Args:
        retries: How often to try again; 0 runs the step plainly.
        retry_seconds: Seconds to wait before the first new try; each further wait is twice as long.
    """
    if not retries:
        return plainly
    options = {
        "retries": retries,
        "retry_delay_seconds": exponential_backoff(retry_seconds),
        "retry_jitter_factor": _JITTER,
        "retry_condition_fn": failed_by_io,
    }
    return partial(_run_task, options)


def failed_by_io(task: Any, task_run: Any, state: Any) -> bool:  # noqa: ANN401 - any task's, whatever it returns
    """Whether a step failed by an I/O error, which may pass; a failed check or bad input stays what it is."""
    del task, task_run
    return isinstance(state.result(raise_on_failure=False), OSError)


def _run_task(
    options: dict[str, Any],
    function: Callable[P, T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    description = (function.__doc__ or "").partition("\n")[0]
    name = function.__name__.replace("_", "-")
    step: Any = task(name=name, description=description, cache_policy=NO_CACHE, **options)(function)
    # Without `quote` Prefect looks into every value in search of futures.
    found: T = step(*map(quote, args), **{name: quote(value) for name, value in kwargs.items()})
    return found
