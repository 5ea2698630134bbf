"""`statements doctor`: what a build needs, and what to do where it is not there."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from flows import doctor
from flows.cli import app
from flows.data import DataError
from flows.doctor import Finding, NotWellError, check_model, examine, fault_of
from flows.settings import PROJECT, Settings
from flows.statements.tagger import MODEL_FOLDER

NAMES = [
    "Python",
    "libraries",
    "model",
    "lookup files",
    "raw folder",
    "curated folder",
    "free disk",
    "Prefect",
    "checks",
]


@pytest.fixture
def folders(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    return Settings(raw=tmp_path / "raw", curated=tmp_path / "curated", expectations=PROJECT / "expectations")


def _found(settings: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(settings)}


def _run(settings: Settings, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        app, ["doctor", "--raw", str(settings.raw), "--curated", str(settings.curated), *arguments]
    )
    return done.exit_code, done.stdout


def test_all_is_well_here(folders: Settings) -> None:
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        findings = examine(folders)
        status, out = _run(folders)
    assert [(finding.name, finding.ok) for finding in findings] == [(name, True) for name in NAMES], findings
    assert status == 0
    assert "TO DO" not in out
    assert not folders.curated.exists()


def test_one_fault_is_told_and_ends_with_status_1(folders: Settings) -> None:
    folders.raw.rmdir()
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        status, out = _run(folders, "--json")
    told = json.loads(out)
    assert (status, told["ok"]) == (1, False)
    assert [each["name"] for each in told["findings"] if not each["ok"]] == ["raw folder"]
    assert "make it, or name another with --raw" in out


def test_a_server_that_does_not_answer(folders: Settings) -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        found = _found(folders)["Prefect"]
    assert not found.ok
    assert found.says.startswith("http://127.0.0.1:9/api does not answer")


def test_a_file_in_the_place_of_the_tables(folders: Settings) -> None:
    folders.curated.write_text("", encoding="utf-8")
    found = _found(folders)["curated folder"]
    assert not found.ok
    assert "is a file, not a folder" in found.says


def test_rights_and_disk(folders: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (folders.raw / "story.txt").write_text("", encoding="utf-8")
    closed = {folders.raw / "story.txt", folders.curated.parent}
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.os, "access", lambda path, _: path not in closed)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(10, 9, 999_999_999))
    found = _found(folders)
    assert "story.txt: cannot be read" in found["raw folder"].says
    assert "cannot be written to" in found["curated folder"].says
    assert "free at least 1 GB" in found["free disk"].says
    assert not any(found[name].ok for name in ("raw folder", "curated folder", "free disk"))


def test_a_project_of_checks_that_is_not_whole(folders: Settings, tmp_path: Path) -> None:
    project = tmp_path / "expectations"
    shutil.copytree(PROJECT / "expectations", project)
    changed = Settings(raw=folders.raw, curated=folders.curated, expectations=project)
    (project / "great_expectations.yml").write_text("{}", encoding="utf-8")
    assert "1 differ from the package's own" in _found(changed)["checks"].says
    (project / "great_expectations.yml").unlink()
    found = _found(changed)["checks"]
    assert not found.ok
    assert "python -m flows.quality.suites" in found.says


def test_a_model_that_is_cut_off_or_marks_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MODEL_FOLDER, tmp_path / "model")
    (tmp_path / "model" / "model.onnx").write_bytes(b"\x08")
    with pytest.raises(NotWellError, match="cannot be loaded"):
        check_model(tmp_path / "model")
    monkeypatch.setattr(doctor, "SENTENCE", "It rained in Riga.")
    with pytest.raises(NotWellError, match="marks other words"):
        check_model()


def test_a_lookup_file_that_is_spoilt(folders: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(name: str) -> tuple[dict[str, str], ...]:
        raise DataError(f"{name}.csv, line 2: mend the quoting")

    monkeypatch.setattr(doctor, "rows", spoilt)
    found = _found(folders)["lookup files"]
    assert (found.ok, found.says) == (False, "common_surnames.csv, line 2: mend the quoting")


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        ("rich>=1", None),
        ("rich>=999", "rich is "),
        ("no-such-library-of-ours>=1", "no-such-library-of-ours is not installed"),
    ],
)
def test_libraries_are_compared_with_what_is_required(wanted: str, fault: str | None) -> None:
    found = fault_of(Requirement(wanted))
    assert found is None if fault is None else found is not None and found.startswith(fault)


def test_an_old_python(folders: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.9.2")
    assert _found(folders)["Python"] == Finding("Python", False, "3.9.2 is too old; install Python >=3.11")
