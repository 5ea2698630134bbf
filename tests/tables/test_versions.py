from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from quick import build, story, table_bytes, write_rules

from flows.tables.restoring import restore
from flows.tables.versions import VERSIONS, VersionError, read_version, versions

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/same.txt").write_text(story(2018, "The ferry stays."))
    return tmp_path / "raw"


@pytest.fixture
def curated(raw: Path, rules: Path, tmp_path: Path) -> Path:
    for number in range(1, 5):
        (raw / "a.txt").write_text(story(2019 + number, f"Ferry {number} sails."))
        build(raw, tmp_path / "curated", rules)
    return tmp_path / "curated"


def numbers(curated: Path) -> list[int]:
    return [version.number for version in versions(curated)]


def test_the_last_versions_stay_and_share_their_unchanged_files(curated):
    assert numbers(curated) == [4, 3, 2]
    assert (curated / "statements/2018.parquet").stat().st_nlink == 4


def test_fewer_versions_can_be_kept_and_none(raw, curated, rules):
    (raw / "a.txt").write_text(story(2024, "The ferry waits."))
    build(raw, curated, rules, keep_versions=1)
    assert numbers(curated) == [5]
    (raw / "a.txt").write_text(story(2024, "The ferry fails."))
    build(raw, curated, rules, keep_versions=0)
    assert numbers(curated) == []
    assert read_version(curated).number == 6


def test_a_version_comes_back_whole_and_the_next_build_goes_on_from_it(raw, curated, rules):
    newest = table_bytes(curated)
    restored = restore(curated, 2, keep_versions=3)
    assert (restored.number, restored.restored_from) == (5, 2)
    assert "statements/2021.parquet" in table_bytes(curated)
    assert "statements/2023.parquet" not in table_bytes(curated)
    assert numbers(curated) == [5, 4, 3]
    assert build(raw, curated, rules).changes["changed"] == 1
    assert table_bytes(curated) == newest


def test_numbers_count_up_whatever_the_clock_says(raw, curated, rules, monkeypatch):
    class Past:
        @staticmethod
        def now(zone):
            from datetime import datetime

            return datetime(1999, 1, 1, tzinfo=zone)

    monkeypatch.setattr("flows.publication.datetime", Past)
    (raw / "a.txt").write_text(story(2024, "The ferry waits."))
    build(raw, curated, rules)
    assert numbers(curated) == [5, 4, 3]
    assert versions(curated)[0].published.startswith("1999")


def test_a_version_that_is_not_there_or_not_whole_is_refused(curated):
    before = table_bytes(curated)
    with pytest.raises(VersionError, match="no version 1 there; versions that can be restored: 4, 3, 2"):
        restore(curated, 1, keep_versions=3)
    (curated / VERSIONS / "3/quarantine.parquet").unlink()
    with pytest.raises(VersionError, match="missing or cut short"):
        restore(curated, 3, keep_versions=3)
    assert numbers(curated) == [4, 2]
    assert table_bytes(curated) == before


def test_a_file_system_without_hard_links_gets_copies(raw, curated, rules, monkeypatch):
    def refuse(old: Path, new: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", refuse)
    (raw / "a.txt").write_text(story(2024, "The ferry waits."))
    build(raw, curated, rules)
    assert numbers(curated) == [5, 4, 3]
    assert table_bytes(curated / VERSIONS / "5") == table_bytes(curated)
    shutil.rmtree(curated / VERSIONS / "5")
    assert numbers(curated) == [4, 3]
