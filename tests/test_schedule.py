"""The deployments of prefect.yaml and of `statements serve`, the retries, and the runs of both flows."""

from __future__ import annotations

import inspect
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.settings import PROJECT, Settings

pytestmark = pytest.mark.filterwarnings("default")


def test_every_deployment_names_a_flow_and_its_parameters() -> None:
    from prefect.flows import load_flow_from_entrypoint

    flows = {}
    for deployment in read_deployments():
        flow = load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
        parameters = inspect.signature(flow.fn).parameters
        required = {name for name, each in parameters.items() if each.default is inspect.Parameter.empty}
        assert required <= deployment["parameters"].keys() <= parameters.keys()
        flow.validate_parameters(deployment["parameters"])
        flows[deployment["name"]] = flow.name
    assert flows == {"nightly": "build-statements", "weekly-check": "check-statements"}


def test_prefect_reads_the_file_as_it_is_meant() -> None:
    from prefect.cli.deploy._models import PrefectYamlModel
    from prefect.client.schemas.schedules import CronSchedule

    read = PrefectYamlModel.model_validate(read_yaml())
    given = [
        CronSchedule(cron=schedule.cron, timezone=schedule.timezone)
        for deployment in read.deployments
        for schedule in deployment.schedules
    ]
    assert [schedule.cron for schedule in given] == ["0 3 * * *", "0 6 * * 0"]
    assert all(schedule.timezone for schedule in given)
    assert [deployment.concurrency_limit for deployment in read.deployments] == [1, 1]
    assert {deployment.work_pool.name for deployment in read.deployments} == {"statements"}


def test_served_deployments_wait_and_try_again_like_those_of_the_file() -> None:
    from flows.serving import deployments

    served = {
        each.name: each for each in deployments(Settings(raw=Path("raw")), "0 3 * * *", "0 6 * * 0", "Asia/Tokyo")
    }
    for given in read_deployments():
        deployment = served[f"served-{given['name']}"]
        for name, value in given["parameters"].items():
            assert deployment.parameters[name] == (str(PROJECT / value) if isinstance(value, str) else value)
        (schedule,) = deployment.schedules
        assert (schedule.schedule.cron, schedule.schedule.timezone) == (given["schedules"][0]["cron"], "Asia/Tokyo")
        assert deployment.entrypoint == given["entrypoint"]
        assert deployment.concurrency_limit == 1


def test_served_parameters_are_those_of_the_settings() -> None:
    from flows.build import build
    from flows.serving import deployments

    settings = Settings(retries=1, max_nesting=2, fields={"text": "story_body"})
    (served, _) = deployments(settings, "0 3 * * *", "0 6 * * 0", "UTC")
    parameters = build.validate_parameters(json.loads(json.dumps(served.parameters)))
    assert parameters["retries"] == 1
    assert parameters["reading"] == settings.reading()


@pytest.mark.parametrize(
    ("cron", "timezone", "complaint"),
    [("0 3 * *", "UTC", "cron '0 3 \\* \\*': Invalid cron string"), ("0 3 * * *", "Mars", "timezone 'Mars'")],
)
def test_wrong_schedules_are_refused(cron: str, timezone: str, complaint: str) -> None:
    from flows.serving import ScheduleError, deployments

    with pytest.raises(ScheduleError, match=complaint):
        deployments(Settings(), cron, "0 6 * * 0", timezone)


def test_serving_without_a_server_says_how_to_start_one(tmp_path: Path) -> None:
    done = statements("serve", PREFECT_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "prefect server start" in done.stderr
    done = statements("serve", PREFECT_HOME=str(tmp_path), PREFECT_API_URL="http://127.0.0.1:9/api")
    assert done.returncode == 2
    assert "no Prefect server answers at http://127.0.0.1:9/api" in done.stderr


@pytest.mark.flow
@pytest.mark.parametrize(
    ("error", "tries"),
    [(OSError("the disk failed"), 3), (PermissionError("not yours"), 3), (ValueError("a check failed"), 1)],
)
def test_only_io_errors_are_tried_again(error: Exception, tries: int, prefect_server: None) -> None:
    from prefect import flow

    from flows.steps import patiently

    calls = []

    def step() -> None:
        """Fails."""
        calls.append(1)
        raise error

    @flow
    def run() -> None:
        patiently(2, 0.01)(step)

    with pytest.raises(type(error)):
        run()
    assert len(calls) == tries


@pytest.mark.flow
def test_a_build_goes_on_after_an_io_error(
    samples: Path, tmp_path: Path, prefect_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.build

    curated = tmp_path / "curated"
    publish, failures = flows.build.merge_and_publish, [OSError("the disk failed"), None]

    def failing(*args: Any, **kwargs: Any) -> Any:
        if error := failures.pop(0):
            raise error
        return publish(*args, **kwargs)

    monkeypatch.setattr("flows.build.merge_and_publish", failing)
    summary = flows.build.build_with(Settings(raw=samples, curated=curated, retries=1, retry_seconds=0))
    assert summary.published
    assert not failures


@pytest.mark.flow
def test_a_stopped_build_is_a_failed_run_with_its_reason_and_summary(
    samples: Path, tmp_path: Path, prefect_server: None
) -> None:
    from flows.build import build, parameters_of

    strict = expectations_with(tmp_path, "articles-present", min_value=1_000_000)
    settings = Settings(raw=samples, curated=tmp_path / "curated", expectations=strict, retries=3, retry_seconds=60)
    state = build(**parameters_of(settings), return_state=True)
    assert state.is_failed()
    first_line = state.message.splitlines()[0]
    assert "The checks stop publication. dataset, articles-present" in first_line
    markdown = artifact(state, "build-summary")
    assert markdown.startswith("# Not published")
    assert "| of them new |" in markdown
    assert "Report: none is published yet." in markdown


@pytest.mark.flow
def test_a_failed_build_leaves_its_reason_beside_the_published_tables(
    samples: Path, tmp_path: Path, prefect_server: None
) -> None:
    from flows.build import build, build_with, parameters_of

    curated = tmp_path / "curated"
    build_with(Settings(raw=samples, curated=curated))
    empty = tmp_path / "empty"
    empty.mkdir()
    state = build(**parameters_of(Settings(raw=empty, curated=curated)), return_state=True)
    assert state.is_failed()
    assert f"{empty}: no raw files there" in state.message.splitlines()[0]
    markdown = artifact(state, "build-summary")
    assert markdown.startswith("# Failed\nNothingToBuildError")
    assert "| version | 1, published" in markdown
    assert str(curated / "report" / "index.html") in markdown


@pytest.mark.flow
def test_a_build_says_what_changed_since_the_last_version(samples: Path, tmp_path: Path, prefect_server: None) -> None:
    from flows.build import build, build_with, parameters_of

    curated = tmp_path / "curated"
    first = build_with(Settings(raw=samples, curated=curated))
    sorted((samples / "tass").glob("*.txt"))[0].unlink()
    state = build(**parameters_of(Settings(raw=samples, curated=curated)), return_state=True)
    second = state.result()
    markdown = artifact(state, "build-summary")
    assert f"| articles read | {second.articles} (-1 since version 1) |" in markdown
    assert f"| statements | {second.statements} ({second.statements - first.statements} since version 1) |" in markdown
    assert "| of them vanished | 1 |" in markdown


@pytest.mark.flow
def test_the_check_passes_and_fails_with_its_reason_on_the_first_line(
    samples: Path, tmp_path: Path, prefect_server: None
) -> None:
    from flows.build import build_with
    from flows.recheck import check_statements

    curated = tmp_path / "curated"
    build_with(Settings(raw=samples, curated=curated))
    good = check_statements(curated, PROJECT / "expectations", return_state=True)
    assert good.is_completed()
    assert artifact(good, "check-summary").startswith("# The checks hold\n| what | how many |")

    strict = expectations_with(tmp_path, "articles-present", min_value=1_000_000)
    bad = check_statements(curated, strict, retries=3, retry_seconds=60, return_state=True)
    assert bad.is_failed()
    first_line = bad.message.splitlines()[0]
    assert "The published tables break 1 of" in first_line
    assert "dataset, articles-present" in first_line
    markdown = artifact(bad, "check-summary")
    assert markdown.startswith("# The checks fail")
    assert "- broken: dataset, articles-present" in markdown


@pytest.mark.flow
def test_the_check_of_nothing_fails(tmp_path: Path, prefect_server: None) -> None:
    from flows.recheck import check_statements

    state = check_statements(tmp_path, PROJECT / "expectations", return_state=True)
    assert state.is_failed()
    assert "no tables there; run `statements build` first." in state.message.splitlines()[0]
    assert "| version | none |" in artifact(state, "check-summary")


def statements(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with no Prefect server but that of `environment`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STATEMENTS_"))}
    command = [sys.executable, "-m", "flows", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=PROJECT, env={**clean, **environment}, timeout=400
    )


def read_yaml() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))


def read_deployments() -> list[dict[str, Any]]:
    return read_yaml()["deployments"]


def expectations_with(folder: Path, name: str, **changes: object) -> Path:
    """A copy of the suites in which a rule of the suite of the dataset is another."""
    strict = folder / "expectations"
    shutil.copytree(PROJECT / "expectations", strict, ignore=shutil.ignore_patterns("uncommitted"))
    suite = strict / "expectations" / "dataset.json"
    rules = json.loads(suite.read_text(encoding="utf-8"))
    next(rule for rule in rules["expectations"] if rule["meta"]["name"] == name)["kwargs"].update(changes)
    suite.write_text(json.dumps(rules), encoding="utf-8")
    return strict


def artifact(state: Any, key: str) -> str:
    """The one summary that a run left."""
    from prefect import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterType

    of_run = ArtifactFilter(
        flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id]),
        type=ArtifactFilterType(any_=["markdown"]),
    )
    with get_client(sync_client=True) as client:
        (left,) = client.read_artifacts(artifact_filter=of_run)
    assert left.key == key
    return left.data


@pytest.mark.flow
def test_ctrl_c_ends_a_build_cleanly_and_the_next_one_goes_on(samples: Path, tmp_path: Path) -> None:
    curated = tmp_path / "curated"
    begin = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); import flows.cli, flows.build\n"
        "def interrupted(*_, **__): signal.raise_signal(signal.SIGINT)\n"
        "flows.build.merge_and_publish = interrupted\n"
        f"sys.argv = ['statements', 'build', '--raw', {str(samples)!r}, '--curated', {str(curated)!r}]\n"
        "flows.cli.main()\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STATEMENTS_"))}
    env = {**clean, "PREFECT_HOME": str(tmp_path / "prefect")}
    done = subprocess.run(
        [sys.executable, "-c", begin], capture_output=True, text=True, check=False, env=env, cwd=PROJECT
    )
    assert done.returncode == 130, done.stderr
    assert "interrupted; the published tables are whole" in done.stderr
    assert not list(curated.rglob("*.parquet"))
    again = statements("build", "--raw", str(samples), "--curated", str(curated), PREFECT_HOME=env["PREFECT_HOME"])
    assert again.returncode == 0, again.stderr
