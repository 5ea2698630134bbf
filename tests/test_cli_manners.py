"""Manners of the command line: help, exit statuses, colours, completion, and errors that say what to do next."""

from __future__ import annotations

import json
import logging
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from quick import build, story, write_rules
from typer.testing import CliRunner

from flows.cli import app, main
from flows.complaints import OneLine
from flows.tables.locking import locked

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
STATEMENTS = Path(sys.executable).with_name("statements")


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["statements", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Done(int(left.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(story(2018, "The ferry stays."), encoding="utf-8")
    (tmp_path / "raw/b.txt").write_text(story(2019, "Atlantis waits."), encoding="utf-8")
    build(tmp_path / "raw", tmp_path / "curated", write_rules(tmp_path / "rules"))
    return tmp_path / "curated"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_has_an_example_the_exit_statuses_and_the_defaults(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
    assert f"Example: statements {command}" in shown
    assert "Exit status: " in shown
    for option, default in (("--raw ", "raw"), ("--curated ", "curated"), ("--workers ", "1")):
        lines = [line for line in shown.splitlines() if option in line and line.startswith("│")]
        assert lines or command != "build"
        assert all(f"[default: {default}]" in line for line in lines)


def test_help_tells_commands_statuses_and_completion() -> None:
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
    assert all(f"│ {command}" in shown for command in COMMANDS)
    assert "Exit status: 0 done" in shown
    assert "--install-completion" in shown
    assert "pip install -e '.[train]'" in CliRunner().invoke(app, ["train", "--help"], env={"COLUMNS": "200"}).stdout


def test_the_version_is_told(run) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("arguments", "status", "what_to_do"),
    [
        ("buid", 2, "Did you mean 'build'?"),
        ("build --rwa x", 2, "No such option: --rwa"),
        ("build --raw nowhere", 2, "nowhere: no such folder; name the folder of raw articles with --raw"),
        ("extract nowhere.txt", 2, "nowhere.txt: no such file"),
        ("extract .", 2, ".: is a folder; name files, or read all of it with `statements build --raw .`"),
        ("extract broken.parquet", 1, "The Parquet file is damaged"),
        ("inspect nonsense", 2, "no such file, and no article_id, which has 16 digits from 0 to f"),
        ("inspect 0123456789abcdef", 2, "curated: no tables there; run `statements build` first"),
        ("check", 2, "curated: no tables there; run `statements build` first"),
        ("versions --curated broken.parquet", 2, "no tables there"),
        ("attribute bytes.jsonl out.jsonl", 2, "bytes.jsonl: is no UTF-8 text"),
        ("attribute texts.jsonl no/out.jsonl", 2, "no/out.jsonl: cannot be written"),
        (
            "attribute broken.jsonl out.jsonl",
            2,
            'line 1: KeyError(\'text\'); each line is an object with "id" and "text"',
        ),
        ("evaluate --gold bytes.jsonl", 2, "bytes.jsonl: is no UTF-8 text"),
        ("calibrate --set .", 2, "gold.jsonl: no such file"),
        ("calibrate --set gold", 2, "a gold row needs file, text and type"),
    ],
)
def test_wrong_calls_end_with_one_sentence(run, arguments: str, status: int, what_to_do: str) -> None:
    Path("broken.parquet").write_bytes(b"PAR1 not a table PAR1")
    Path("bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    Path("texts.jsonl").write_text('{"id": 1, "text": "It rained."}\n', encoding="utf-8")
    Path("broken.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    Path("gold/raw").mkdir(parents=True)
    Path("gold/gold.jsonl").write_text('{"file": "a.txt"}\n', encoding="utf-8")
    done = run(*arguments.split())
    assert (done.status, done.out) == (status, "")
    assert what_to_do in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("statements.toml", "[tool", "statements.toml is no TOML file"),
        ("pyproject.toml", "[tool", "pyproject.toml is no TOML file"),
        ("statements.toml", "wrokers = 2", "statements.toml: there is no setting wrokers; did you mean workers?"),
        ("pyproject.toml", "[tool.statements]\nxyz = 2", "pyproject.toml: there is no setting xyz"),
        ("statements.toml", "workers = 0", "setting workers: Input should be greater than or equal to 1 (got 0)"),
        ("statements.toml", "openlineage = 'ftp://x'", "setting openlineage: Value error, give the path of a file"),
        (".env", "STATEMENTS_FIELDS={bad", 'error parsing value for field "fields"'),
    ],
)
def test_broken_settings_are_named_with_their_place(run, file: str, content: str, why: str) -> None:
    Path(file).write_text(content, encoding="utf-8")
    done = run("versions")
    assert done.status == 2
    assert why in done.err
    assert len(done.err.splitlines()) == 1


def test_variables_of_other_programs_in_env_are_left_alone(run) -> None:
    Path(".env").write_text("OTHER=1\nSTATEMENTS_CURATED=mine\n", encoding="utf-8")
    assert "mine: no tables there" in run("versions").err


def test_a_damaged_table_ends_with_the_way_to_mend_it(run, curated: Path) -> None:
    (curated / "articles/2018.parquet").write_bytes(b"garbage")
    for arguments in (["check"], ["inspect", "0123456789abcdef"]):
        done = run(*arguments)
        assert done.status == 1
        assert "a file of the tables is damaged; `statements build` makes it anew" in done.err


def test_checking_while_a_build_is_at_work_says_who_holds_the_lock(run, curated: Path) -> None:
    with locked(curated, 0):
        done = run("check")
    assert done.status == 2
    assert str(os.getpid()) in done.err


def test_checks_that_cannot_be_run_are_no_verdict(run, curated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATEMENTS_EXPECTATIONS", "nowhere")
    done = run("check", "--json")
    assert (done.status, done.out) == (2, "")
    assert "nowhere: no Great Expectations project there" in done.err


def test_a_rule_under_which_nothing_was_refused_is_named_beside_those_that_there_are(run, curated: Path) -> None:
    done = run("quarantine", "--rule", "no-such")
    assert done.status == 2
    assert "rules under which something was: country-code" in done.err
    assert (
        json.loads(CliRunner().invoke(app, ["quarantine", "--rule", "country-code", "--json"]).stdout)["refused"] == 1
    )


def test_a_full_disk_is_one_sentence(run, curated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "curated/x.parquet")

    monkeypatch.setattr("flows.tables.versions.read_version", full)
    done = run("versions")
    assert done.status == 1
    assert "curated/x.parquet: No space left on device; mend that and run it again" in done.err


def test_machines_get_json(curated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    formats = json.loads(CliRunner().invoke(app, ["formats", "--json"]).stdout)["formats"]
    assert {"format", "usual_names", "reads"} == set(formats[0])
    (tmp_path / "raw/c.txt").write_text(story(2020, "The ferry sails."), encoding="utf-8")
    build(tmp_path / "raw", curated, tmp_path / "rules")
    restored = json.loads(CliRunner().invoke(app, ["restore", "1", "--json"]).stdout)
    assert (restored["number"], restored["restored_from"]) == (3, 1)
    quiet = CliRunner().invoke(app, ["restore", "1", "--quiet"])
    assert (quiet.exit_code, quiet.stdout) == (0, "")


def test_errors_that_say_what_to_do_are_logged_without_traceback(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("flows.tests.one-line")
    logger.addFilter(OneLine(LookupError))
    for error in (LookupError("put it there"), ZeroDivisionError("a fault")):
        try:
            raise error
        except (LookupError, ZeroDivisionError):
            logger.exception("it failed")
    assert [record.exc_info is None for record in caplog.records] == [True, False]


def complete(words: str) -> list[str]:
    count = len(words.split()) - (not words.endswith(" "))
    env = {**os.environ, "_STATEMENTS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = subprocess.run([STATEMENTS], env=env, capture_output=True, text=True, check=False)
    return done.stdout.split()


def test_the_shell_completes_commands_and_options() -> None:
    assert sorted(complete("statements ")) == COMMANDS
    assert complete("statements vers") == ["versions"]
    assert "--workers" in complete("statements build --")


def coloured(**env: str) -> str:
    """What a wrong call prints on a terminal."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [STATEMENTS, "versions", "--curated", "nowhere"]
    subprocess.run(command, env={**clean, "TERM": "xterm-256color", **env}, stdout=theirs, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    return shown


def test_colours_are_for_terminals_and_for_those_who_want_them() -> None:
    red = re.compile(r"\x1b\[[0-9;]*31m")
    assert red.search(coloured())
    without = coloured(NO_COLOR="1")
    assert "nowhere: no tables there" in without
    assert not red.search(without)
    piped = subprocess.run([STATEMENTS, "versions", "--curated", "nowhere"], capture_output=True, check=False)
    assert piped.returncode == 2
    assert b"\x1b" not in piped.stderr


@pytest.mark.flow
def test_a_quiet_build_says_nothing_but_what_is_wrong(tmp_path: Path, prefect_server: None) -> None:
    from prefect.settings import PREFECT_API_URL

    (tmp_path / "empty").mkdir()
    command = [STATEMENTS, "build", "--quiet", "--raw", "empty"]
    # Commands that ran in this process have set the level of the log.
    inherited = {name: value for name, value in os.environ.items() if name != "PREFECT_LOGGING_LEVEL"}
    env = {**inherited, "PREFECT_API_URL": PREFECT_API_URL.value() or ""}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "statements: empty: no raw files there; put articles into it or name another folder with --raw.\n"
    )
