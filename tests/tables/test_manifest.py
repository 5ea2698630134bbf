from __future__ import annotations

from pathlib import Path

import pytest

from flows.tables.manifest import MANIFEST, Entry, Manifest, plan, read_manifest, write_manifest
from flows.tables.raw_files import content_digest, stamp


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(name)
    return folder


def entry(path: Path, raw: Path, **changes: object) -> Entry:
    seen = stamp(path)
    return Entry(
        **{
            "source_path": path.relative_to(raw).as_posix(),
            "size": seen.size,
            "mtime_ns": seen.mtime_ns,
            "ctime_ns": seen.ctime_ns,
            "sidecar": seen.sidecar,
            "sha256": content_digest(path),
            "settled": True,
            "fingerprint": "f",
            "partitions": ("2023", "undated"),
            "articles": 3,
            **changes,
        }
    )


def manifest(raw: Path, listed_ns: int = 2**62, **changes: object) -> Manifest:
    return Manifest(listed_ns, {path.name: entry(path, raw, **changes) for path in sorted(raw.glob("*.txt"))})


def test_a_manifest_reads_back_as_it_was_written(raw, tmp_path):
    written = manifest(raw, 17, sha256=None)
    write_manifest(written, tmp_path / MANIFEST)
    assert read_manifest(tmp_path) == written
    assert written.total("articles") == 6


def test_an_empty_manifest_reads_back(tmp_path):
    write_manifest(Manifest(17), tmp_path / MANIFEST)
    assert read_manifest(tmp_path) == Manifest(17)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not Parquet at all"])
def test_a_damaged_manifest_is_none(tmp_path, content):
    (tmp_path / MANIFEST).parent.mkdir()
    (tmp_path / MANIFEST).write_bytes(content)
    assert read_manifest(tmp_path) == Manifest()


def test_files_plainly_older_than_the_manifest_are_not_even_hashed(raw, monkeypatch):
    monkeypatch.setattr("flows.tables.manifest.content_digest", lambda path: pytest.fail(f"{path} was hashed"))
    found = plan(sorted(raw.iterdir()), raw, manifest(raw), "f")
    assert found.is_empty
    assert not found.refreshed
    assert found.changes == (0, 0, 0, 0, 2)


def test_files_as_young_as_the_manifest_are_hashed(raw):
    young = manifest(raw, stamp(raw / "a.txt").mtime_ns)
    found = plan(sorted(raw.iterdir()), raw, young, "f")
    assert found.is_empty
    assert found.refreshed


def test_each_kind_of_change_is_told_apart(raw):
    before = manifest(raw)
    (raw / "a.txt").write_text("another")
    (raw / "b.txt").rename(raw / "c.txt")
    found = plan(sorted(raw.iterdir()), raw, before, "f")
    assert [path.name for path in found.files] == ["a.txt", "c.txt"]
    assert found.changes == (1, 1, 0, 1, 0)
    assert {each.source_path for each in found.dropped} == {"a.txt", "b.txt"}


def test_another_fingerprint_and_an_unsettled_file_are_read_again(raw):
    files = sorted(raw.iterdir())
    assert plan(files, raw, manifest(raw), "g").changes.outdated == 2
    assert plan(files, raw, manifest(raw, settled=False), "f").changes.changed == 2
    assert plan(files, raw, manifest(raw), "f", {"a.txt"}).files == (raw / "a.txt",)


def test_a_line_of_the_sidecar_concerns_its_file_alone(raw):
    before = manifest(raw)
    (raw / "metadata.csv").write_text("file,outlet\na.txt,NTB\n")
    assert plan(sorted(raw.glob("*.txt")), raw, before, "f").files == (raw / "a.txt",)
    (raw / "metadata.csv").write_text("no,such,columns\n")
    assert len(plan(sorted(raw.glob("*.txt")), raw, before, "f").files) == 2
