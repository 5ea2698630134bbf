from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.arrow import to_arrow
from flows.tables.partitions import published_files, read_rows
from flows.tables.publishing import JOURNAL, PublicationError, publish, recover
from flows.tables.staging import STAGING, Staged, StagingError, stage

# Old and new differ in every file but 2022's: 2021 vanishes, 2024 comes, 2023 and undated change.
OLD = {2021: "old", 2022: "same", 2023: "old", None: "old"}
NEW = {2022: "same", 2023: "new", 2024: "new", None: "new"}
FILES = {"old": ("2021", "2022", "2023", "undated"), "new": ("2022", "2023", "2024", "undated")}


def statements(years: dict[int | None, str]) -> list[dict[str, object]]:
    return [
        {
            "text": f"The {said} word of {year}, sentence {number}.",
            "statement_id": f"{(year or 0) * 100 + number:016x}",
            "article_id": f"{year or 0:016x}",
            "sequence": number,
            "quotation_type": "direct",
            "spans": [(0, 5)],
            "paragraph": 0,
            "published": date(year, 5, 4) if year else None,
            "method": "marks",
            "source_path": "wire/a.txt",
            "extractor_version": "1",
        }
        for year, said in years.items()
        for number in range(50)
    ]


def staged(curated: Path, years: dict[int | None, str], run: str) -> Staged:
    return stage(
        {
            "statements": to_arrow(STATEMENTS, statements(years)),
            "articles": to_arrow(ARTICLES, []),
            "quarantine": to_arrow(QUARANTINE, []),
        },
        curated,
        run,
    )


def content(curated: Path) -> dict[str, bytes]:
    return {path.relative_to(curated).as_posix(): path.read_bytes() for path in curated.rglob("*") if path.is_file()}


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    publish(staged(tmp_path / "curated", OLD, "first"), tmp_path / "curated")
    return tmp_path / "curated"


@pytest.fixture
def undisturbed(curated: Path, tmp_path: Path) -> dict[str, bytes]:
    other = tmp_path / "undisturbed"
    shutil.copytree(curated, other)
    publish(staged(other, NEW, "second"), other)
    return content(other)


def test_publication_replaces_adds_and_removes(curated):
    publish(staged(curated, NEW, "second"), curated)
    assert published_files(STATEMENTS, curated) == [f"statements/{name}.parquet" for name in FILES["new"]]
    said = read_rows(STATEMENTS, curated)["text"].to_pylist()
    assert not [text for text in said if "old" in text]
    assert len(said) == 200


def test_nothing_of_the_publication_stays_behind(curated):
    publish(staged(curated, NEW, "second"), curated)
    assert not (curated / JOURNAL).exists()
    assert list((curated / STAGING).iterdir()) == []
    assert recover(curated) == "nothing to do"


def test_a_file_whose_bytes_stay_is_not_touched(curated):
    before = (curated / "statements/2022.parquet").stat()
    done = publish(staged(curated, NEW, "second"), curated)
    after = (curated / "statements/2022.parquet").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(done.replace) == [f"statements/{name}.parquet" for name in ("2023", "2024", "undated")]
    assert done.remove == ["statements/2021.parquet"]


def test_partitions_that_are_kept_do_not_vanish(curated):
    only_new = stage({"statements": to_arrow(STATEMENTS, statements({2024: "new"}))}, curated, "second")
    publish(only_new, curated, keep=["statements/2021.parquet", "statements/2022.parquet"])
    assert [Path(file).stem for file in published_files(STATEMENTS, curated)] == ["2021", "2022", "2024"]


def test_a_table_that_is_not_staged_stays_whole(curated):
    before = content(curated)
    publish(stage({"quarantine": to_arrow(QUARANTINE, [])}, curated, "second"), curated)
    assert content(curated) == before


def test_further_staged_files_are_published_with_the_tables(curated):
    second = staged(curated, NEW, "second")
    (second.folder / "dictionary.json").write_text("{}")
    publish(second, curated)
    assert (curated / "dictionary.json").read_text() == "{}"


def test_a_reader_that_opened_the_old_file_reads_it_to_its_end(curated):
    with pq.ParquetFile(curated / "statements/2023.parquet") as reader:
        publish(staged(curated, NEW, "second"), curated)
        assert "old" in reader.read()["text"][0].as_py()
    assert "new" in pq.ParquetFile(curated / "statements/2023.parquet").read()["text"][0].as_py()


def _die_at(step: int, curated: Path, action: Callable[[], object]) -> None:
    """Runs the action and kills this process just before its n-th change to the curated folder."""
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        changes = event in {"os.rename", "os.remove", "os.rmdir", "os.mkdir"} or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if changes:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    action()
    os._exit(0)


def killed_at(step: int, curated: Path, action: Callable[[], object]) -> bool:
    """Whether the action was still running at its n-th change and was killed there."""
    process = multiprocessing.get_context("fork").Process(target=_die_at, args=(step, curated, action))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def assert_each_file_is_old_or_new(curated: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    for name, found in content(curated).items():
        if not name.startswith("."):
            assert found in (old.get(name), new.get(name)), name
    assert read_rows(STATEMENTS, curated).num_rows >= 150


def test_killed_at_any_step_the_tables_are_whole_and_recovery_ends_in_old_or_new(curated, undisturbed, tmp_path):
    old, outcomes = content(curated), []
    for step in range(1, 100):
        copy = tmp_path / f"copy{step}"
        shutil.copytree(curated, copy)
        second = staged(copy, NEW, "second")
        running = killed_at(step, copy, lambda: publish(second, copy))  # noqa: B023
        assert_each_file_is_old_or_new(copy, old, undisturbed)
        if not running:
            break
        outcomes.append(recover(copy))
        assert content(copy) == (old if outcomes[-1] == "rolled back" else undisturbed)
        publish(staged(copy, NEW, "third"), copy)
        assert content(copy) == undisturbed
    assert not running
    # Draft and rename of the journal come first; then three files, one removal, and the cleaning up.
    assert outcomes[:2] == ["rolled back"] * 2
    assert len(outcomes) >= 8
    assert set(outcomes[2:7]) == {"rolled forward"}


def test_recovery_killed_at_any_step_is_finished_by_the_next(curated, undisturbed, tmp_path):
    second = staged(curated, NEW, "second")
    assert killed_at(4, curated, lambda: publish(second, curated))
    steps = 0
    for step in range(1, 100):
        copy = tmp_path / f"copy{step}"
        shutil.copytree(curated, copy)
        if not killed_at(step, copy, lambda: recover(copy)):  # noqa: B023
            break
        steps += 1
        recover(copy)
        assert content(copy) == undisturbed
    assert steps >= 4


def test_a_run_killed_while_staging_is_rolled_back(curated):
    before = content(curated)
    assert killed_at(4, curated, lambda: staged(curated, NEW, "second"))
    assert recover(curated) == "rolled back"
    assert content(curated) == before


def test_publishing_over_an_interrupted_publication_is_refused(curated):
    second = staged(curated, NEW, "second")
    assert killed_at(4, curated, lambda: publish(second, curated))
    with pytest.raises(PublicationError, match="call recover first"):
        publish(staged(curated, NEW, "third"), curated)


def test_a_lost_staging_folder_is_an_error_that_names_the_file(curated):
    second = staged(curated, NEW, "second")
    assert killed_at(4, curated, lambda: publish(second, curated))
    shutil.rmtree(second.folder)
    with pytest.raises(PublicationError, match=r"2023\.parquet.*delete \.publication\.json"):
        recover(curated)


def test_a_damaged_journal_is_an_error_that_says_what_to_do(curated):
    (curated / JOURNAL).write_text(json.dumps({"run": "second"}))
    with pytest.raises(PublicationError, match="damaged; delete it"):
        recover(curated)


def test_publishing_nothing_is_refused(tmp_path):
    with pytest.raises(PublicationError, match="nothing is staged"):
        publish(Staged("empty", tmp_path / STAGING / "empty"), tmp_path)


def test_recovery_of_a_folder_that_is_not_there_does_nothing(tmp_path):
    assert recover(tmp_path / "curated") == "nothing to do"
    assert not (tmp_path / "curated").exists()


def test_a_null_in_a_required_column_is_not_staged(tmp_path):
    broken = to_arrow(STATEMENTS, [{**statements(OLD)[0], "text": None}])
    with pytest.raises(StagingError, match="table statements, column text: 1 rows hold null"):
        stage({"statements": broken}, tmp_path, "first")


def test_a_table_with_other_columns_is_not_staged(tmp_path):
    broken = to_arrow(STATEMENTS, []).drop_columns(["venue"])
    with pytest.raises(StagingError, match="table statements: its columns are not the schema's"):
        stage({"statements": broken}, tmp_path, "first")


def test_an_unknown_table_is_not_staged(tmp_path):
    with pytest.raises(StagingError, match="table planets: not declared"):
        stage({"planets": to_arrow(STATEMENTS, [])}, tmp_path, "first")


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(tmp_path):
    (tmp_path / "curated").write_text("a file, not a folder")
    with pytest.raises(StagingError, match=r"curated/\.staging/first: cannot be written"):
        staged(tmp_path / "curated", OLD, "first")
