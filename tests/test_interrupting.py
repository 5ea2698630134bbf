"""Progress on a terminal and in a log; Ctrl-C on the real command: one line, status 130, and the next build goes on."""

from __future__ import annotations

import io
import logging
import os
import pty
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from quick import line, story, work, write_rules
from rich.console import Console

from flows.articles.reading import USUAL
from flows.progress import Progress, shown_on
from flows.settings import PROJECT

SAID = "interrupted; the published tables are whole"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """More than a build can do while a test looks on."""
    folder = tmp_path / "raw"
    folder.mkdir()
    words = '"The ferry sails in May," Norwegian Foreign Minister Ines Roth told reporters. ' * 60
    for number in range(400):
        (folder / f"{number:03d}.txt").write_text(story(2024, f"Ferry {number} waits.", words))
    return folder


def command(raw: Path, curated: Path) -> list[str]:
    """The command, without Prefect's server, which takes longer to start than the build."""
    rules = write_rules(raw.parent / "rules")
    begin = (
        # A program started in the background, as these tests may be, ignores Ctrl-C.
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import logging, pathlib, flows.build, flows.cli, quick\n"
        "logging.basicConfig(level='INFO' if not sys.stderr.isatty() else 'WARNING')\n"
        "def build_with(settings, full):\n"
        f"    return quick.build(settings.raw, settings.curated, pathlib.Path({str(rules)!r}),\n"
        "                       work=flows.build.process, workers=settings.workers, batch_bytes=settings.batch_bytes)\n"
        "flows.build.build_with = build_with\n"
        "flows.cli.main()"
    )
    return [sys.executable, "-c", begin, "build", "--raw", str(raw), "--curated", str(curated)]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STATEMENTS_"))}
    return {**clean, "PREFECT_HOME": str(tmp_path / "prefect"), "STATEMENTS_BATCH_BYTES": "10000", **more}


def test_ctrl_c_on_a_terminal_with_two_workers(raw, tmp_path):
    curated = tmp_path / "curated"
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(PROJECT)
        env = environment(tmp_path, COLUMNS="200", TERM="xterm", STATEMENTS_WORKERS="2")
        os.execve(sys.executable, command(raw, curated), env)  # noqa: S606
    shown = ""
    for piece in output(terminal):
        interrupted = "\x03" in shown
        shown += piece
        # Some articles are done, so both workers are at it; a rate takes two batches.
        if not interrupted and re.search(r"[1-9]\d* articles, \d+ statements", shown) and "/s" in shown:
            shown += "\x03"
            os.write(terminal, b"\x03")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130, shown
    assert "reading and extracting" in shown
    assert "/s" in shown
    assert shown.count(SAID) == 1
    assert "Traceback" not in shown
    assert not list(curated.rglob("*.parquet"))
    assert not list(curated.rglob("*.articles"))


def output(terminal: int) -> Iterator[str]:
    """What appears on the terminal until its last process ends."""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # how Linux says that nobody has the other end open
            return
        if not piece:
            return
        yield piece.decode(errors="replace")


def test_a_bar_on_a_terminal(tmp_path):
    screen = io.StringIO()
    batch = work(written(tmp_path), tmp_path, USUAL)
    with shown_on(Console(file=screen, force_terminal=True, width=200)), Progress(1_000, logging.getLogger()) as bar:
        bar.advance(1, batch)
    shown = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", screen.getvalue())
    assert f"{batch.raw_bytes / 10:.0f}%" in shown
    assert "2 articles, 2 statements" in shown


def test_no_bar_where_no_person_waits(tmp_path, caplog):
    screen = io.StringIO()
    batch = work(written(tmp_path), tmp_path, USUAL)
    logger = logging.getLogger("tried")
    with (
        caplog.at_level("INFO"),
        shown_on(Console(file=screen)),
        Progress(2 * batch.raw_bytes, logger) as progress,
    ):
        progress.advance(1, batch)
    assert not screen.getvalue()
    assert "batch 1: 2 articles, 2 statements, 0 refused; 50.0% of 0.0 MB" in caplog.text


def written(folder: Path) -> list[Path]:
    (folder / "a.jsonl").write_text(line("2023-01-02", "One sails.") + line("2023-02-03", "Two sail."))
    return [folder / "a.jsonl"]
