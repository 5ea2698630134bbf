from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows.tables.locking import LOCK, LockedError, locked

HOLDER = """
import sys, time
from pathlib import Path
from flows.tables.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_build_is_told_who_holds_the_lock(holder, tmp_path):
    with (
        pytest.raises(LockedError, match=rf"process {holder.pid} on \S+ since \d{{4}}-"),
        locked(tmp_path),
    ):
        pytest.fail("two builds at once")


def test_a_killed_owner_s_lock_is_taken_over(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with locked(tmp_path) as dead:
        assert dead.pid == holder.pid


def test_a_second_build_waits_for_the_first(holder, tmp_path):
    threading.Timer(0.3, holder.kill).start()
    begun = time.monotonic()
    with locked(tmp_path, patience=30):
        assert 0.2 < time.monotonic() - begun < 20


def test_patience_ends(holder, tmp_path):
    begun = time.monotonic()
    with pytest.raises(LockedError, match=r"waited 0\.3 s"), locked(tmp_path, patience=0.3):
        pytest.fail("two builds at once")
    assert time.monotonic() - begun >= 0.3


def test_two_builds_in_one_process_exclude_each_other(tmp_path):
    with (
        locked(tmp_path),
        pytest.raises(LockedError, match=f"process {os.getpid()}"),
        locked(tmp_path),
    ):
        pytest.fail("two builds at once")


def test_the_lock_is_free_after_a_build_that_ended_or_failed(tmp_path):
    with pytest.raises(RuntimeError, match="a failing build"), locked(tmp_path / "curated"):
        raise RuntimeError("a failing build")
    with locked(tmp_path / "curated") as dead:
        assert dead is None
    assert (tmp_path / "curated" / LOCK).read_bytes() == b""


def _hold_with_a_worker(curated: Path, worker_pid) -> None:
    with locked(curated):
        worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(30,))
        worker.start()
        worker_pid.value = worker.pid
        os.kill(os.getpid(), signal.SIGKILL)


def test_an_orphaned_worker_does_not_hold_the_lock(tmp_path):
    context = multiprocessing.get_context("fork")
    worker_pid = context.Value("i", 0)
    owner = context.Process(target=_hold_with_a_worker, args=(tmp_path, worker_pid))
    owner.start()
    owner.join()
    try:
        os.kill(worker_pid.value, 0)
        with locked(tmp_path, patience=5) as dead:
            assert dead.pid == owner.pid
    finally:
        os.kill(worker_pid.value, signal.SIGKILL)
