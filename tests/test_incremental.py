"""Any sequence of builds over changing raw files gives the bytes of one build from nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from quick import RULES, build, line, story, table_bytes, work, write_rules

from flows.articles.reading import Reading
from flows.batches import process
from flows.build import NothingToBuildError
from flows.schema import ARTICLES, QUARANTINE, STATEMENTS
from flows.tables.links import Corpus, Links
from flows.tables.manifest import read_manifest
from flows.tables.partitions import read_rows
from flows.tables.versions import read_version

pytestmark = pytest.mark.filterwarnings("default")

EXAMPLES = int(os.environ.get("STATEMENTS_EXAMPLES", "12"))

# Contents of files: one article or several, of one year or several, with and without dates, whole and broken.
CONTENTS = {
    "plain.txt": story(2023, "The ferry sails.", "Roth agrees."),
    "later.txt": story(2024, "The ferry waits.", "Nobody agrees."),
    "aside.txt": story(2023, "Atlantis agrees.", "The ferry sails."),
    "undated.txt": "The harbour is closed. Roth regrets it. The harbour stays closed for now.\n",
    "empty.txt": "",
    "binary.txt": b"\x00\x01\x02" * 50,
    "many.jsonl": line("2022-01-03", "One sails.")
    + line("2023-02-03", "Two sail.")
    + line("2024-03-04", "Three sail."),
    "same.jsonl": line("2023-02-03", "Two sail.") * 3,
    "partly.jsonl": line("2022-01-03", "One sails.") + "{broken\n" + line(None, "No day here."),
}
SIDECARS = (
    None,
    "file,published\na.txt,2021-07-08\nb.txt,2022-07-08\n",
    "file,outlet\na.txt,NTB\n",
    "no,columns\n1,2\n",
)
NAMES = ("a", "b", "c")

write = st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(sorted(CONTENTS)))
remove = st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none())
rename = st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES))
describe = st.tuples(st.just("describe"), st.sampled_from(range(len(SIDECARS))), st.none())
run = st.tuples(st.just("build"), st.sampled_from((1, 2_000)), st.none())
steps = st.lists(st.one_of(write, write, remove, rename, describe, run), min_size=3, max_size=9)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


def of(raw: Path, name: str) -> list[Path]:
    return sorted(raw.glob(f"{name}.*"))


def change(raw: Path, kind: str, what: object, how: object) -> None:
    if kind == "write":
        for old in of(raw, str(what)):
            old.unlink()
        content = CONTENTS[str(how)]
        path = raw / f"{what}{Path(str(how)).suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    elif kind == "remove":
        for old in of(raw, str(what)):
            old.unlink()
    elif kind == "rename":
        for old in of(raw, str(what)):
            old.replace(raw / f"{how}{old.suffix}")
    elif kind == "describe":
        (raw / "metadata.csv").unlink(missing_ok=True)
        if (sidecar := SIDECARS[int(str(what))]) is not None:
            (raw / "metadata.csv").write_text(sidecar, encoding="utf-8")


def try_build(raw: Path, curated: Path, rules: Path, **changes: object) -> bool:
    try:
        build(raw, curated, rules, **changes)
    except NothingToBuildError:
        return False
    return True


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(steps=[("write", "a", "plain.txt"), ("build", 1, None), ("write", "a", "later.txt"), ("build", 1, None)])
@example(steps=[("write", "a", "aside.txt"), ("write", "b", "many.jsonl"), ("build", 1, None), ("remove", "b", None)])
@example(steps=[("write", "a", "undated.txt"), ("write", "b", "same.jsonl"), ("build", 1, None), ("describe", 1, None)])
@example(steps=[("write", "a", "many.jsonl"), ("build", 1, None), ("rename", "a", "b"), ("build", 1, None)])
def test_any_sequence_of_builds_ends_in_the_bytes_of_one(steps: list[tuple[str, object, object]], rules: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, curated, fresh = (Path(folder) / name for name in ("raw", "curated", "fresh"))
        raw.mkdir()
        for kind, what, how in steps:
            if kind == "build":
                try_build(raw, curated, rules, batch_bytes=what)
            else:
                change(raw, kind, what, how)
        if try_build(raw, fresh, rules):
            assert try_build(raw, curated, rules)
            assert table_bytes(curated) == table_bytes(fresh)
            before = {path: path.stat() for path in curated.rglob("*.parquet") if ".state" not in path.parts}
            assert build(raw, curated, rules).verdict.startswith("Nothing changed")
            for path, was in before.items():
                assert (path.stat().st_ino, path.stat().st_mtime_ns) == (was.st_ino, was.st_mtime_ns)


class Counting:
    """Counts the files that were read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, paths, raw, limits, overflow):
        self.read += [path.name for path in paths]
        return work(paths, raw, limits, overflow)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(story(2023, "The ferry sails.", "Roth agrees."))
    (folder / "b.txt").write_text(story(2024, "The ferry waits."))
    (folder / "c.jsonl").write_text(line("2022-01-03", "One sails.") + line("2023-02-03", "Two sail."))
    return folder


@pytest.fixture
def curated(raw: Path, rules: Path, tmp_path: Path) -> Path:
    build(raw, tmp_path / "curated", rules)
    return tmp_path / "curated"


def read_by(raw: Path, curated: Path, rules: Path, **changes: object) -> list[str]:
    counting = Counting()
    build(raw, curated, rules, work=counting, **changes)
    return counting.read


def test_only_what_changed_is_read_and_only_its_partitions_are_written(raw, curated, rules):
    inodes = {path: (curated / path).stat().st_ino for path in table_bytes(curated)}
    (raw / "b.txt").write_text(story(2024, "The ferry sails at last."))
    assert read_by(raw, curated, rules) == ["b.txt"]
    changed = {path for path, inode in inodes.items() if (curated / path).stat().st_ino != inode}
    assert changed == {"statements/2024.parquet", "articles/2024.parquet"}


def test_nothing_to_do_reads_nothing(raw, curated, rules):
    assert read_by(raw, curated, rules) == []
    assert read_version(curated).number == 1


def test_a_touched_file_is_not_read_again(raw, curated, rules):
    os.utime(raw / "a.txt")
    assert read_by(raw, curated, rules) == []
    assert read_manifest(curated).entries["a.txt"].mtime_ns == (raw / "a.txt").stat().st_mtime_ns


def test_a_change_of_the_same_size_and_time_is_found(raw, curated, rules):
    was = (raw / "a.txt").stat()
    (raw / "a.txt").write_text(story(2023, "The ferry fails.", "Roth agrees."))
    os.utime(raw / "a.txt", ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (raw / "a.txt").stat().st_size == was.st_size
    assert read_by(raw, curated, rules) == ["a.txt"]


def test_a_clock_set_back_hides_no_change(raw, curated, rules, monkeypatch):
    long_ago = 1_000_000_000
    monkeypatch.setattr("flows.build.now_ns", lambda: long_ago)
    (raw / "a.txt").write_text(story(2023, "The ferry fails.", "Roth agrees."))
    os.utime(raw / "a.txt", ns=(long_ago, long_ago))
    assert read_by(raw, curated, rules) == ["a.txt"]
    (raw / "a.txt").write_text(story(2023, "The ferry waits.", "Roth agrees."))
    os.utime(raw / "a.txt", ns=(long_ago, long_ago))
    assert read_by(raw, curated, rules) == ["a.txt"]
    assert read_version(curated).number == 3
    assert read_by(raw, curated, rules) == []


def test_full_reads_everything_and_changes_no_byte(raw, curated, rules):
    before = table_bytes(curated)
    assert read_by(raw, curated, rules, full=True) == ["a.txt", "b.txt", "c.jsonl"]
    assert table_bytes(curated) == before


def test_another_extractor_reads_everything_again(raw, curated, rules, monkeypatch):
    monkeypatch.setattr("flows.build.fingerprint", lambda _: "another")
    assert read_by(raw, curated, rules) == ["a.txt", "b.txt", "c.jsonl"]
    assert read_by(raw, curated, rules) == []


def test_a_setting_that_matters_reads_everything_again(raw, curated, rules):
    assert read_by(raw, curated, rules, reading=Reading(max_file_bytes=1_000_000)) == ["a.txt", "b.txt", "c.jsonl"]


def test_workers_and_batches_make_no_difference(raw, curated, rules, tmp_path):
    build(raw, tmp_path / "other", rules, workers=2, batch_bytes=1)
    assert table_bytes(tmp_path / "other") == table_bytes(curated)


def test_a_table_file_that_was_deleted_comes_back(raw, curated, rules):
    before = table_bytes(curated)
    (curated / "statements/2023.parquet").unlink()
    build(raw, curated, rules)
    assert table_bytes(curated) == before


def test_a_manifest_of_another_form_is_as_good_as_none(raw, curated, rules):
    before = table_bytes(curated)
    (curated / ".state/manifest.parquet").write_bytes(b"PAR1")
    assert read_by(raw, curated, rules) == ["a.txt", "b.txt", "c.jsonl"]
    assert table_bytes(curated) == before


def test_a_mended_file_is_taken_up_again_by_itself(raw, curated, rules):
    (raw / "d.txt").write_text("The harbour is closed. Roth regrets it. It stays closed for now.\n")
    summary = build(raw, curated, rules)
    assert summary.refused == {"no-date": 1}
    assert read_by(raw, curated, rules) == []
    (raw / "metadata.csv").write_text("file,published\nd.txt,2024-05-06\n")
    assert read_by(raw, curated, rules) == ["d.txt"]
    assert read_rows(QUARANTINE, curated).num_rows == 0
    assert "d.txt" in read_rows(ARTICLES, curated)["source_path"].to_pylist()


def test_rows_set_aside_come_back_when_the_rules_change(raw, curated, rules, tmp_path):
    (raw / "d.txt").write_text(story(2023, "Atlantis agrees.", "The ferry sails."))
    build(raw, curated, rules)
    assert read_rows(QUARANTINE, curated)["rule"].to_pylist() == ["country-code"]
    assert read_by(raw, curated, rules) == []
    milder = write_rules(tmp_path / "milder", {**RULES, "statements": {"statement_id-unique"}})
    assert read_by(raw, curated, milder) == ["d.txt"]
    assert read_rows(QUARANTINE, curated).num_rows == 0
    build(raw, tmp_path / "fresh", milder)
    assert table_bytes(tmp_path / "fresh") == table_bytes(curated)


def test_stricter_rules_set_old_rows_aside_without_reading_them(raw, curated, rules, tmp_path):
    (raw / "d.txt").write_text(story(2023, "Atlantis agrees.", "The ferry sails."))
    milder = write_rules(tmp_path / "milder", {**RULES, "statements": {"statement_id-unique"}})
    build(raw, curated, milder)
    assert read_by(raw, curated, rules) == []
    assert read_rows(QUARANTINE, curated)["rule"].to_pylist() == ["country-code"]
    build(raw, tmp_path / "fresh", rules)
    assert table_bytes(tmp_path / "fresh") == table_bytes(curated)


def replaced_while_read(path: Path, times: int) -> Callable:
    """Work that finds the file changed each time it looks, so many times."""
    left = times

    def reading(paths, raw, limits, overflow):
        from flows import batches

        real = batches.read_file

        def read_file(read: Path, *rest: object):
            nonlocal left
            items = list(real(read, *rest))
            if read == path and left:
                left -= 1
                path.write_text(story(2023, f"The ferry sails {left} times."))
            return items

        batches.read_file = read_file
        try:
            return work(paths, raw, limits, overflow)
        finally:
            batches.read_file = real

    return reading


def test_a_file_replaced_while_it_is_read_is_read_again(raw, curated, rules):
    path = raw / "new.txt"
    path.write_text(story(2023, "The ferry sails many times."))
    build(raw, curated, rules, work=replaced_while_read(path, 1))
    assert "The ferry sails 0 times." in read_rows(STATEMENTS, curated)["text"].to_pylist()
    assert read_by(raw, curated, rules) == []


def test_a_file_that_never_rests_is_refused_and_read_by_the_next_run(raw, curated, rules):
    path = raw / "new.txt"
    path.write_text(story(2023, "The ferry sails many times."))
    build(raw, curated, rules, work=replaced_while_read(path, 99))
    assert read_rows(QUARANTINE, curated)["rule"].to_pylist() == ["changing"]
    assert read_by(raw, curated, rules) == ["new.txt"]
    assert read_rows(QUARANTINE, curated).num_rows == 0


def test_a_file_that_vanishes_before_it_is_read_is_as_if_it_had_never_been(raw, curated, rules, tmp_path):
    (raw / "new.txt").write_text(story(2023, "The ferry sails."))

    def vanish(paths, raw, limits, overflow):
        (raw / "new.txt").unlink(missing_ok=True)
        return work(paths, raw, limits, overflow)

    before = table_bytes(curated)
    build(raw, curated, rules, work=vanish)
    assert table_bytes(curated) == before
    build(raw, curated, rules)
    assert read_by(raw, curated, rules) == []


def test_no_article_left_after_the_checks_leaves_the_old_tables(raw, curated, rules, tmp_path):
    from flows.publication import ChecksStoppedError

    before = table_bytes(curated)
    for path in raw.iterdir():
        path.unlink()
    (raw / "a.txt").write_text(story(2023, "The ferry sails."))
    all_refused = write_rules(tmp_path / "all", {**RULES, "articles": {"raw_sha256-pattern"}})
    change_first_rule(all_refused, "articles", column="url", severity="row")
    with pytest.raises(ChecksStoppedError, match="at least one article"):
        build(raw, curated, all_refused)
    assert table_bytes(curated) == before


def change_first_rule(project: Path, suite: str, column: str, severity: str) -> None:
    """The suite's first rule now asks for a column that the quick rows leave empty."""
    import json

    path = project / "expectations" / f"{suite}.json"
    content = json.loads(path.read_text())
    rule = content["expectations"][0]
    rule.update(type="expect_column_values_to_not_be_null", kwargs={"column": column})
    rule["meta"].update(severity=severity, sentence=f"{column} is filled.")
    path.write_text(json.dumps(content))


def first_of_a_text(corpus: Corpus) -> Links:
    """Marks every article whose text an article with a smaller id has too."""
    import pyarrow as pa

    columns = ["article_id", "text", "duplicate_of"]
    pieces = [*corpus.kept(ARTICLES, columns), (None, corpus.coming(ARTICLES, columns))]
    rows = sorted(
        (row["text"], row["article_id"], row["duplicate_of"], path)
        for path, piece in pieces
        for row in piece.to_pylist()
    )
    first: dict[str, str] = {}
    marks, partitions = {}, set()
    for text, article, was, path in rows:
        of_article = None if (known := first.setdefault(text, article)) == article else known
        marks[article] = of_article
        if path and was != of_article:
            partitions.add(path)
    values = pa.table({"article_id": list(marks), "duplicate_of": pa.array(marks.values(), pa.string())})
    return Links({"articles": (values,)}, frozenset(partitions))


def test_links_over_the_whole_corpus_reach_partitions_in_which_nothing_changed(raw, curated, rules, tmp_path):
    reached: list[str] = []

    def linker(corpus: Corpus) -> Links:
        links = first_of_a_text(corpus)
        reached.extend(links.partitions)
        return links

    linkers = {"linkers": (linker,)}
    build(raw, curated, rules, full=True, **linkers)
    before = table_bytes(curated)
    for number, year in enumerate((2019, 2020, 2025, 2026)):
        (raw / f"copy{number}.txt").write_text(story(year, "The ferry sails.", "Roth agrees."))
        build(raw, curated, rules, **linkers)
    assert read_rows(ARTICLES, curated)["duplicate_of"].null_count == 4
    assert reached
    build(raw, tmp_path / "fresh", rules, **linkers)
    assert table_bytes(tmp_path / "fresh") == table_bytes(curated)
    for number in range(4):
        (raw / f"copy{number}.txt").unlink()
    build(raw, curated, rules, **linkers)
    assert table_bytes(curated) == before


def test_real_extraction_rebuilds_to_the_same_bytes(samples, rules, tmp_path):
    curated = tmp_path / "curated"
    changed = sorted((samples / "tass").glob("*.txt"))
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in changed[:2]:
        shutil.move(path, aside / path.name)
    build(samples, curated, rules, work=process)
    for path in aside.iterdir():
        shutil.copy(path, samples / "tass" / path.name)
    changed[2].unlink()
    build(samples, curated, rules, work=process)
    build(samples, tmp_path / "fresh", rules, work=process)
    assert table_bytes(tmp_path / "fresh") == table_bytes(curated)
