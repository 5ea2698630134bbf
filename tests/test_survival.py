"""Builds that are killed, starved of disk, refused rights or run twice: the tables stay whole and the next build mends.

Short by default. The counts are set by the environment: STATEMENTS_KILLS (builds killed at random moments),
STATEMENTS_CLI_KILLS (the same of the command), STATEMENTS_FAULTS (failing system calls of each kind),
STATEMENTS_BUILD_AFTER_EVERY=1 (a build after every journal step), STATEMENTS_SEED.
"""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from quick import build, line, story, table_bytes, write_rules

from flows.schema import TABLES
from flows.settings import PROJECT
from flows.tables.locking import LockedError
from flows.tables.partitions import published_files
from flows.tables.publishing import JOURNAL, publish, recover
from flows.tables.staging import STAGING, Staged
from flows.tables.versions import VERSIONS, versions

pytestmark = pytest.mark.filterwarnings("default")

KILLS = int(os.environ.get("STATEMENTS_KILLS", "8"))
CLI_KILLS = int(os.environ.get("STATEMENTS_CLI_KILLS", "1"))
EVERY = int(os.environ.get("STATEMENTS_BUILD_AFTER_EVERY", "10"))
FAULTS = int(os.environ.get("STATEMENTS_FAULTS", "5"))
SEED = int(os.environ.get("STATEMENTS_SEED", "1"))

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate"}
_fork = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Scene:
    """Tables of an old state of the raw files, and what a build of the new state makes of them."""

    raw: Path
    rules: Path
    old_tables: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float

    def copy(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        return Path(shutil.copytree(self.old_tables, folder, symlinks=True))

    def build(self, curated: Path, **changes: object) -> None:
        build(self.raw, curated, self.rules, **changes)

    def check(self, curated: Path) -> None:
        """Every file can be read, and is wholly the old one or wholly the new one."""
        for path, found in table_bytes(curated).items():
            pq.read_table(curated / path)
            assert found in (self.old.get(path), self.new.get(path)), f"{path} is neither old nor new"
        for table in TABLES:
            if any(path.startswith(table.name) for path in self.old):
                assert published_files(table, curated)

    def mend(self, curated: Path) -> None:
        """The next build ends in the bytes of an undisturbed one, and leaves nothing behind."""
        self.build(curated)
        assert table_bytes(curated) == self.new
        assert not (curated / JOURNAL).exists()
        assert not (curated / STAGING).exists()
        assert [each.number for each in versions(curated)] == [2, 1]


def write_raw(raw: Path, state: str) -> None:
    """Old: years 2021 to 2023. New: 2021 vanishes, 2022 stays, 2023 changes, 2024 comes."""
    shutil.rmtree(raw, ignore_errors=True)
    raw.mkdir()
    (raw / "same.txt").write_text(story(2022, "The ferry sails.", "Roth agrees."))
    for number in range(20):
        years = (2021, 2023) if state == "old" else (2023, 2024)
        lines = "".join(line(f"{year}-02-{number + 1:02d}", f"The {state} ferry {number} sails.") for year in years)
        (raw / f"many{number:02d}.jsonl").write_text(lines)
    (raw / "broken.txt").write_text("No day stands here. " + state)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    rules = write_rules(folder / "rules")
    raw, tables = folder / "raw", folder / "old"
    write_raw(raw, "old")
    build(raw, tables, rules)
    write_raw(raw, "new")
    undisturbed = Path(shutil.copytree(tables, folder / "undisturbed"))
    began = time.monotonic()
    build(raw, undisturbed, rules)
    return Scene(raw, rules, tables, table_bytes(tables), table_bytes(undisturbed), time.monotonic() - began)


@pytest.fixture(autouse=True, scope="module")
def without_plots() -> Iterator[None]:
    """The engine that draws plots has threads, which a forked process lacks; what it draws matters to other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.report.charts.drawn", lambda spec, label: label)
        yield


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\n  {words}", end=" ", flush=True)

    return say


def in_child(action: Callable[[], object]) -> multiprocessing.Process:
    """The action in a process of its own, which ends with status 0, or 3 after an error of the system."""

    def act() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            action()
        except (OSError, LockedError):
            os._exit(3)
        os._exit(0)

    process = _fork.Process(target=act)
    process.start()
    return process


def at_change(step: int, act: Callable[[], None], counted: Callable[[], bool] = lambda: True) -> None:
    """From now on, does something just before this process changes the file system for the n-th time."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in _CHANGES or writes) and counted():
            seen += 1
            if seen == step:
                act()

    sys.addaudithook(hook)


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def ready(scene: Scene, tmp_path: Path) -> tuple[Path, Callable[[Path], object]]:
    """The old tables with everything staged that makes them new, and the publication that is still to come."""
    curated, note = scene.copy(tmp_path / "ready"), tmp_path / "publication.json"

    def stop_before_publishing() -> None:
        from flows import publication

        def write_down(staged: Staged, curated: Path, **how: object) -> None:
            note.write_text(json.dumps({"run": staged.run, **how}))
            kill_self()

        publication.publish = write_down
        scene.build(curated)

    in_child(stop_before_publishing).join()
    how = json.loads(note.read_text())
    run = how.pop("run")
    return curated, lambda copy: publish(Staged(run, copy / STAGING / run), copy, **how)


def test_killed_at_every_step_of_the_journal(scene, ready, tmp_path, tell):
    curated, publication = ready
    outcomes: Counter[str] = Counter()
    for step in range(1, 500):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(curated, copy)

        def killed(copy: Path = copy, step: int = step) -> None:
            at_change(step, kill_self)
            publication(copy)

        process = in_child(killed)
        process.join()
        scene.check(copy)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        outcome = recover(copy)
        outcomes[outcome] += 1
        assert table_bytes(copy) == (scene.new if outcome == "rolled forward" else scene.old)
        if outcome == "rolled back" or step % EVERY == 0:
            scene.mend(copy)
    assert process.exitcode == 0
    assert outcomes["rolled back"] >= 2
    # Seven table files, manifest, version and its links, and the cleaning up.
    assert outcomes["rolled forward"] >= 25
    tell(f"killed at {sum(outcomes.values())} journal steps: {dict(outcomes)}")


def test_recovery_killed_at_every_step(scene, ready, tmp_path, tell):
    curated, publication = ready

    def half() -> None:
        at_change(6, kill_self)
        publication(curated)

    in_child(half).join()
    kills = 0
    for step in range(1, 500):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(curated, copy)

        def recovering(copy: Path = copy, step: int = step) -> None:
            at_change(step, kill_self)
            recover(copy)

        process = in_child(recovering)
        process.join()
        scene.check(copy)
        if process.exitcode == 0:
            break
        kills += 1
        recover(copy)
        assert table_bytes(copy) == scene.new
        if kills % EVERY == 0:
            scene.mend(copy)
    assert process.exitcode == 0
    assert kills >= 15
    tell(f"recovery killed at {kills} steps")


def test_killed_at_random_moments(scene, tmp_path, tell):
    chance = random.Random(SEED)  # noqa: S311  which moments does not matter, only that they can be had again
    outcomes: Counter[str] = Counter()
    for _ in range(KILLS):
        curated = scene.copy(tmp_path / "copy")
        process = in_child(lambda curated=curated: scene.build(curated))
        process.join(chance.uniform(0, 1.1 * scene.seconds))
        process.kill()
        process.join()
        scene.check(curated)
        now = table_bytes(curated)
        state = "old" if now == scene.old else "new" if now == scene.new else "between"
        outcomes[f"{'killed' if process.exitcode else 'finished'}, tables {state}"] += 1
        scene.mend(curated)
    tell(f"{KILLS} builds killed at random moments: {dict(outcomes)}")
    assert sum(count for name, count in outcomes.items() if name.startswith("killed")) >= KILLS // 2


def fault(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=errno.errorcode.get)
def test_the_system_refuses_a_change(scene, tmp_path, tell, number):
    """The n-th change of the file system fails, for n spread over the whole build."""

    def refuse() -> None:
        raise fault(number)

    curated = scene.copy(tmp_path / "count")
    total = changes_of(lambda: scene.build(curated), tmp_path / "counted")
    failed = 0
    for step in sorted({1 + total * part // FAULTS for part in range(FAULTS)}):
        copy = scene.copy(tmp_path / "copy")

        def failing(copy: Path = copy, step: int = step) -> None:
            at_change(step, refuse)
            scene.build(copy)

        process = in_child(failing)
        process.join()
        assert process.exitcode in (0, 3)
        failed += process.exitcode == 3
        scene.check(copy)
        scene.mend(copy)
    tell(f"{errno.errorcode[number]} at {failed} of {total} changes")
    assert failed


def changes_of(action: Callable[[], object], note: Path) -> int:
    """How often an action changes the file system."""

    def counting() -> None:
        seen = [0]

        def count() -> bool:
            seen[0] += 1
            return False

        at_change(1, lambda: None, count)
        action()
        total = seen[0]
        note.write_text(str(total))

    in_child(counting).join()
    return int(note.read_text())


def test_files_may_not_grow_beyond_a_limit(scene, tmp_path, tell):
    """As under a quota: every write beyond so many bytes fails, wherever it happens."""
    outcomes: Counter[int] = Counter()
    for limit in (0, 1_000, 4_000, 10_000, 30_000):
        copy = scene.copy(tmp_path / "copy")

        def limited(copy: Path = copy, limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            scene.build(copy)

        process = in_child(limited)
        process.join()
        assert process.exitcode in (0, 3)
        outcomes[process.exitcode] += 1
        scene.check(copy)
        if process.exitcode:
            assert table_bytes(copy) == scene.old
        scene.mend(copy)
    tell(f"file size limits: {outcomes[3]} builds failed, {outcomes[0]} ended well")
    assert outcomes[3] >= 3


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_the_disk_is_full(scene, tmp_path, tell):
    outcomes: Counter[int] = Counter()
    # Such a file system gives out whole pages.
    used = sum(4096 * (1 + path.stat().st_size // 4096) for path in scene.old_tables.rglob("*"))
    for number, spare in enumerate((30_000, 80_000, 150_000, 400_000)):
        with small_disk(tmp_path / f"disk{number}", used + spare) as disk:
            copy = scene.copy(disk / "copy")
            process = in_child(lambda copy=copy: scene.build(copy))
            process.join()
            assert process.exitcode in (0, 3)
            outcomes[process.exitcode] += 1
            scene.check(copy)
            if process.exitcode:
                assert table_bytes(copy) == scene.old
            roomy = tmp_path / f"roomy{number}"
            shutil.copytree(copy, roomy)
            scene.mend(roomy)
    tell(f"small disks: {outcomes[3]} builds failed, {outcomes[0]} ended well")
    assert outcomes[3]


def test_two_builds_at_once(scene, tmp_path, tell):
    outcomes: Counter[int] = Counter()
    for _ in range(3):
        copy = scene.copy(tmp_path / "copy")
        pair = [in_child(lambda copy=copy: scene.build(copy)) for _ in range(2)]
        for process in pair:
            process.join()
            outcomes[process.exitcode] += 1
        scene.check(copy)
        scene.mend(copy)
    waiting = scene.copy(tmp_path / "waiting")
    pair = [in_child(lambda: scene.build(waiting, lock_seconds=60.0)) for _ in range(2)]
    for process in pair:
        process.join()
    assert [process.exitcode for process in pair] == [0, 0]
    scene.mend(waiting)
    tell(f"two at once: {outcomes[0]} built, {outcomes[3]} were told who holds the lock, 2 of 2 waited")
    assert outcomes[0] >= 3
    assert outcomes[0] + outcomes[3] == 6


def test_a_reader_never_sees_a_part_of_a_file(scene, tmp_path, tell):
    """Reads all tables over and over while they are published back and forth."""
    curated = scene.copy(tmp_path / "copy")
    reads, seen = 0, Counter()

    def back_and_forth() -> None:
        from flows.tables.restoring import restore

        scene.build(curated)
        for number in range(1, 31):
            restore(curated, number, keep_versions=40)

    process = in_child(back_and_forth)
    while process.is_alive():
        for table in TABLES:
            for path in published_files(table, curated):
                try:
                    found = (curated / path).read_bytes()
                except FileNotFoundError:
                    seen["gone with its partition"] += 1
                    continue
                assert found in (scene.old.get(path), scene.new.get(path)), path
                seen["old" if found == scene.old.get(path) else "new"] += 1
                reads += 1
    process.join()
    assert process.exitcode == 0
    tell(f"{reads} reads during 31 publications: {dict(seen)}")
    assert min(seen["old"], seen["new"]) > 0
    assert len(list((curated / VERSIONS).iterdir())) == 32


@pytest.mark.flow
def test_the_command_killed_at_random_moments(samples, tmp_path, tell):
    from flows.batches import process as real_work
    from flows.build import linkers_with
    from flows.speakers.officials import shipped

    linkers = linkers_with(shipped())
    build(samples, tmp_path / "undisturbed", PROJECT / "expectations", work=real_work, linkers=linkers)
    wanted = table_bytes(tmp_path / "undisturbed")
    chance = random.Random(SEED)  # noqa: S311
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STATEMENTS_"))}
    environment = {**clean, "PREFECT_HOME": str(tmp_path / "prefect")}
    curated = tmp_path / "curated"
    command = [sys.executable, "-m", "flows", "build", "--raw", str(samples), "--curated", str(curated)]
    killed = 0
    for _ in range(CLI_KILLS):
        running = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        next((words for words in running.stderr or () if "batch 1:" in words), None)
        time.sleep(chance.uniform(0, 8))
        killed += running.poll() is None
        # Prefect's server, a process of its own, goes with the build.
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if running.stderr:
            running.stderr.close()
        assert all(found == wanted[path] for path, found in table_bytes(curated).items())
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert table_bytes(curated) == wanted
    tell(f"{killed} of {CLI_KILLS} commands killed, the next one built {len(wanted)} files")
