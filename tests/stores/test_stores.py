"""Builds from stores into stores: the same tables, only what is new on the way, whole whatever happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import pytest
from quick import build, story, table_bytes

from flows.build import build_between
from flows.stores.at_hand import Between
from flows.stores.store import Store
from flows.summary import Summary

pytestmark = pytest.mark.filterwarnings("default")


def filesystem() -> Any:
    return fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)


def put(url: str, files: dict[str, str]) -> None:
    system, root = fsspec.core.url_to_fs(url, skip_instance_cache=True, use_listings_cache=False)
    for name, text in files.items():
        system.pipe_file(f"{root}/{name}", text.encode())


def stored(url: str) -> dict[str, bytes]:
    """All objects by their names below a URL."""
    store = Store(url)
    return {name: store.read(name) for name in store.listing()}


def for_readers(url: str) -> dict[str, bytes]:
    return {name: content for name, content in stored(url).items() if not name.startswith(".store/")}


STORIES = {
    "tass/one.txt": story(2021, "The ferry sails.", "Roth agrees."),
    "tass/two.txt": story(2022, "The bridge opens."),
    "un/three.txt": story(2023, "The road is closed.", "Atlantis objects."),
    "un/metadata.csv": "file,outlet\nthree.txt,UN\n",
    "un/README.md": "Not an article.\n",
}


def test_from_bucket_to_bucket_is_as_from_folder_to_folder(bucket, requests, rules, tmp_path):
    raw, curated = f"s3://{bucket}/raw", f"s3://{bucket}/tables"
    put(raw, STORIES)
    folder = tmp_path / "raw"
    for name, text in STORIES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    build(folder, tmp_path / "curated", rules, docs=True)

    between = Between(raw, curated, tmp_path / "cache")
    summary = build_between(between, lambda *folders: build(*folders, rules, docs=True))

    assert summary.published
    assert summary.curated == curated
    found = for_readers(curated)
    assert {path: found[path] for path in table_bytes(tmp_path / "curated")} == table_bytes(tmp_path / "curated")
    assert {path for path in found if path.endswith(".parquet")} == {
        *table_bytes(tmp_path / "curated"),
        ".state/manifest.parquet",
    }
    for name in ("datapackage.json", "croissant.json"):
        assert found[name] == (tmp_path / "curated" / name).read_bytes()
    assert found.keys() == {
        path.relative_to(tmp_path / "curated").as_posix()
        for path in (tmp_path / "curated").rglob("*")
        if path.is_file() and ".versions" not in path.parts and path.name != ".lock"
    }
    asked = [path for method, path in requests.seen if method == "GET"]
    assert not [path for path in asked if path.endswith("README.md")]

    # As somebody reads them who knows nothing of this package.
    rows = pd.read_parquet(f"{curated}/statements")
    assert sorted(rows.text) == sorted(pd.read_parquet(tmp_path / "curated" / "statements").text)


def test_nothing_new_transfers_nothing(bucket, requests, rules, tmp_path):
    between = Between(f"s3://{bucket}/raw", f"s3://{bucket}/tables", tmp_path / "cache")
    put(between.raw, STORIES)
    go(between, rules)
    requests.count()
    summary = go(between, rules)
    assert summary.changes["unchanged"] == 3
    # One look at the snapshot and one listing.
    assert requests.count() == {"HEAD": 1, "GET": 1}

    put(between.raw, {"tass/four.txt": story(2024, "The ice goes.")})
    requests.count()
    summary = go(between, rules)
    assert (summary.changes["new"], summary.changes["unchanged"]) == (1, 3)
    fetched = [path for method, path in requests.seen if method == "GET" and path.endswith(".txt")]
    assert fetched == [f"/{bucket}/raw/tass/four.txt"]
    sent = [path.rpartition("/tables/")[2] for method, path in requests.seen if method == "PUT"]
    assert "statements/2024.parquet" in sent
    assert "statements/2021.parquet" not in sent


def go(between: Between, rules: Path, **changes: Any) -> Summary:
    return build_between(between, lambda *folders: build(*folders, rules, **changes))
