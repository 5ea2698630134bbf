"""The engine dask on a real scheduler with two worker processes: the same tables, or plain words about the reason."""

from __future__ import annotations

import gzip
import os
import signal
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from clustered import blind, die, noted, stuck_once
from quick import build, line, story, table_bytes, write_rules

dask = pytest.importorskip("dask", reason="the extra `dask` is not installed: uv sync --extra dask")
distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed: uv sync --extra dask")
pytest.importorskip("prefect_dask", reason="the extra `dask` is not installed: uv sync --extra dask")

from flows.cluster import ClusterError, ClusterLostError, Site, on_cluster  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # of Dask's own


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A scheduler with two worker processes of one thread each."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve small files, and one packed file with more text than a batch should have."""
    folder = tmp_path_factory.mktemp("raw")
    for number in range(12):
        (folder / f"{number:02d}.txt").write_text(story(2020 + number % 3, f"Ferry {number} sails.", "Roth agrees."))
    lines = (line(f"2023-01-{day:02d}", f"Ferry {day} waits.", "It rains. " * 40) for day in range(1, 29))
    (folder / "06-large.jsonl.gz").write_bytes(gzip.compress("".join(lines).encode()))
    (folder / "07-broken.txt").write_text("No day stands here.")
    return folder


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="module")
def wanted(raw: Path, rules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables that one process makes."""
    curated = tmp_path_factory.mktemp("alone")
    build(raw, curated, rules)
    return table_bytes(curated)


def test_the_tables_are_those_of_one_process(raw, rules, wanted, scheduler, tmp_path):
    build(raw, tmp_path, rules, engine="dask", dask_scheduler=scheduler, batch_bytes=2_000)
    assert table_bytes(tmp_path) == wanted


def test_a_folder_named_from_where_the_build_runs_is_found(raw, rules, wanted, scheduler, tmp_path, monkeypatch):
    monkeypatch.chdir(raw.parent)
    build(Path(raw.name), tmp_path, rules, engine="dask", dask_scheduler=scheduler)
    assert table_bytes(tmp_path) == wanted


@pytest.mark.parametrize("victim", ["04.txt", "06-large.jsonl.gz"])
def test_a_worker_killed_in_the_middle_costs_no_row(victim, raw, rules, wanted, scheduler, tmp_path):
    flag = tmp_path / "flag"
    killer = threading.Thread(target=kill_when_told, args=(flag,))
    killer.start()
    stuck = partial(stuck_once, victim=victim, flag=flag)
    build(raw, tmp_path / "curated", rules, engine="dask", dask_scheduler=scheduler, batch_bytes=1_000, work=stuck)
    killer.join()
    assert table_bytes(tmp_path / "curated") == wanted


def kill_when_told(flag: Path) -> None:
    wait = threading.Event().wait
    while not flag.exists():
        wait(0.05)
    os.kill(int(flag.read_text()), signal.SIGKILL)


def test_no_more_batches_are_begun_than_keep_the_workers_busy(raw, scheduler, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    batches = on_cluster([partial(noted, notes / str(number)) for number in range(40)], scheduler, Site(raw, tmp_path))
    next(batches)
    assert len(list(notes.iterdir())) <= 2 * 2 + 1
    assert len(list(batches)) == 39
    assert len(list(notes.iterdir())) == 40


def test_a_batch_that_kills_every_worker_is_given_up(raw, scheduler, tmp_path):
    with pytest.raises(ClusterError, match=r"cost several workers their life.*lower batch_bytes"):
        list(on_cluster([die], scheduler, Site(raw, tmp_path)))


def test_no_scheduler(raw, rules, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cluster.CONNECT_SECONDS", 1)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ClusterLostError, match=rf"no Dask scheduler answers at {address}.*`dask scheduler`"):
            build(raw, tmp_path, rules, engine="dask", dask_scheduler=address)
    assert table_bytes(tmp_path) == {}


def test_a_scheduler_without_workers(raw, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cluster.PATIENCE_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as cluster,
        pytest.raises(ClusterLostError, match=r"has had no worker.*`dask worker tcp://"),
    ):
        list(on_cluster([die], cluster.scheduler_address, Site(raw, tmp_path)))


def test_a_worker_without_the_package(raw, scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cluster.DISTRIBUTION", "not-installed-anywhere")
    with pytest.raises(ClusterError, match=r"worker tcp://\S+ has no package not-installed-anywhere; install the same"):
        list(on_cluster([die], scheduler, Site(raw, tmp_path)))


def test_a_worker_with_other_code(raw, scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cluster.fingerprint", lambda _: "another")
    with pytest.raises(ClusterError, match=r"worker tcp://\S+ has other code or libraries"):
        list(on_cluster([die], scheduler, Site(raw, tmp_path)))


def test_a_worker_that_has_no_raw_folder(scheduler, tmp_path):
    with pytest.raises(ClusterError, match=r"worker tcp://\S+ has no folder /nowhere/raw; mount"):
        list(on_cluster([die], scheduler, Site(Path("/nowhere/raw"), tmp_path)))


def test_a_worker_that_sees_an_empty_raw_folder(rules, scheduler, tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(story(2023, "The ferry sails."))
    with pytest.raises(ClusterError, match=r"does not see .*a\.txt, which is there; mount the raw folder"):
        build(raw, tmp_path / "curated", rules, engine="dask", dask_scheduler=scheduler, work=blind)


@pytest.mark.flow
def test_the_whole_flow(samples, scheduler, prefect_server, tmp_path, monkeypatch):
    from flows.build import build_with
    from flows.settings import Settings

    build_with(Settings(raw=samples, curated=tmp_path / "one"))
    settings = Settings(
        raw=samples, curated=tmp_path / "two", engine="dask", dask_scheduler=scheduler, batch_bytes=1_000
    )
    assert build_with(settings).published
    assert table_bytes(tmp_path / "two") == table_bytes(tmp_path / "one")
