"""Both flows on a schedule, served by one process on one machine without a work pool."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import flows.offline  # noqa: F401  isort: skip

from httpx import HTTPError
from prefect import Flow, serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from flows.build import build, parameters_of
from flows.recheck import check_statements
from flows.settings import Settings

_START: Final = "run `prefect server start` and set PREFECT_API_URL to its address, such as http://127.0.0.1:4200/api"

_UNWATCHED: Final = {"lock_seconds": 7200.0, "retries": 3, "retry_seconds": 60.0}
"""As in prefect.yaml."""


class ScheduleError(Exception):
    """A cron expression or time zone cannot be used; the message says which and why."""


def deployments(settings: Settings, cron: str, check_cron: str, timezone: str) -> tuple[RunnerDeployment, ...]:
    """The deployments of the build and of the full check.

    Args:
        settings: Paths, limits and retries of both.
        cron: When to build, as a cron expression.
        check_cron: When to check the published tables.
        timezone: Time zone of both, as the IANA names it.

    Raises:
        ScheduleError: An expression or the time zone is wrong.
    """
    given = _absolute(parameters_of(_patient(settings)))
    checking = {name: value for name, value in given.items() if name in check_statements.parameters.properties}
    return (
        _deployment(build, "served-nightly", schedule(cron, timezone), given),
        _deployment(check_statements, "served-weekly-check", schedule(check_cron, timezone), checking),
    )


def _deployment(served: Flow[..., Any], name: str, when: CronSchedule, parameters: dict[str, Any]) -> RunnerDeployment:
    # Prefect types the call for coroutines too; outside of one it returns the deployment itself.
    return cast(
        "RunnerDeployment",
        served.to_deployment(
            name=name,
            # With a slug the server knows the schedule again when the deployment is served another time.
            schedules=[DeploymentScheduleCreate(schedule=when, slug=name)],
            parameters=served.serialize_parameters(parameters),
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
    )


def serve_flows(settings: Settings, cron: str, check_cron: str, timezone: str) -> None:
    """Serves both flows, one run at a time, until Ctrl-C.

    Raises:
        ScheduleError: What `deployments` raises, or no Prefect server is set or answers.
    """
    served = deployments(settings, cron, check_cron, timezone)
    if not (url := PREFECT_API_URL.value()):
        raise ScheduleError(f"no Prefect server is set, and only a server starts runs on time; {_START}")
    try:
        with get_client(sync_client=True) as client:
            client.hello().raise_for_status()
    except HTTPError as error:
        raise ScheduleError(f"no Prefect server answers at {url} ({error}); {_START}") from error
    serve(*served, limit=1)


def schedule(cron: str, timezone: str) -> CronSchedule:
    """The schedule of a cron expression in a time zone.

    Raises:
        ScheduleError: One of them is wrong.
    """
    try:
        return CronSchedule(cron=cron, timezone=timezone)
    except ValidationError as error:
        first = error.errors()[0]
        problem = first["msg"].removeprefix("Value error, ")
        raise ScheduleError(f"{first['loc'][0]} {first['input']!r}: {problem}") from error


def _patient(settings: Settings) -> Settings:
    """Settings for runs that nobody watches: what is not set otherwise waits and tries again."""
    unset = {name: value for name, value in _UNWATCHED.items() if name not in settings.model_fields_set}
    return settings.model_copy(update=unset)


def _absolute(given: dict[str, Any]) -> dict[str, Any]:
    """Paths that hold wherever the run starts."""
    return {name: value.absolute() if isinstance(value, Path) else value for name, value in given.items()}
