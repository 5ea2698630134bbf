"""What a person reads when a store cannot be used: one line, and an error after which a run may be tried again."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import httpx
import pytest

from flows.stores.errors import StoreError
from flows.stores.places import Place, PlaceError, home_of, is_url, place, refuse_overlap
from flows.stores.store import Store

pytestmark = pytest.mark.filterwarnings("default")


def complaint(action: object) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    assert isinstance(caught.value, OSError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_extra_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    for scheme in ("s3", "s3a"):
        monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, scheme, raising=False)
    assert "pip install 'diplomatic-statements[s3]'" in complaint(lambda: Store("s3://bucket/raw"))


def test_no_library_knows_the_scheme():
    assert complaint(lambda: Store("wire://bucket/raw")).startswith("wire://bucket/raw: ")


def test_no_such_bucket(bucket):
    assert "no such bucket" in complaint(lambda: Store(f"s3://{bucket}-2/raw").listing())


def test_no_such_bucket_to_write_to(bucket):
    assert "no such bucket" in complaint(lambda: Store(f"s3://{bucket}-2/x").replace("name", b"content", None))


def test_a_bucket_name_that_cannot_be(bucket):
    assert complaint(lambda: Store("s3://No_Bucket!/raw").listing()).startswith("s3://No_Bucket!/raw: ")


@pytest.fixture
def guarded(bucket: str, server: str) -> Iterator[str]:
    """The bucket, at a server that asks who is there."""

    def after(requests: str) -> None:
        httpx.post(f"{server}/moto-api/reset-auth", content=requests).raise_for_status()

    after("0")
    yield bucket
    after("inf")


def test_access_denied(guarded):
    said = complaint(lambda: Store(f"s3://{guarded}/raw").listing())
    assert "access denied" in said
    assert "AWS_ACCESS_KEY_ID" in said


def test_no_credentials(bucket, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "check the credentials" in complaint(lambda: Store(f"s3://{bucket}/raw").listing())


def test_no_network(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    said = complaint(lambda: Store(f"s3://{bucket}/raw").listing())
    assert "not reachable" in said
    assert "AWS_ENDPOINT_URL" in said


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("raw", "folder raw"),
        ("/data/raw", "folder /data/raw"),
        ("file:///data/raw", "folder /data/raw"),
        ("local://data/raw", "folder data/raw"),
        ("s3://bucket/raw/", "url s3://bucket/raw"),
        ("s3://bucket", "url s3://bucket"),
        ("memory://raw", "url memory://raw"),
    ],
)
def test_places(given, where):
    found = place(given)
    assert f"{'url' if is_url(found) else 'folder'} {found}" == where


@pytest.mark.parametrize(
    ("raw", "curated", "together"),
    [
        ("s3://bucket/raw", "s3://bucket/raw/tables", False),
        ("s3://bucket/data/raw", "s3://bucket/data", False),
        ("s3://bucket", "s3://bucket", False),
        ("s3://bucket/raw", "s3://bucket/raw2", True),
        ("s3://bucket/raw", "folder", True),
        ("folder", "folder", True),
    ],
)
def test_urls_that_lie_in_each_other_are_refused(raw, curated, together):
    def refuse(one: Place, other: Place) -> None:
        refuse_overlap(one, other)

    if together:
        refuse(place(raw), place(curated))
    else:
        with pytest.raises(PlaceError, match="neither lies below the other"):
            refuse(place(raw), place(curated))


def test_each_url_has_a_home_of_its_own(tmp_path):
    urls = ["s3://bucket/raw", "s3://bucket-raw", "s3://bucket/raw/" + "x" * 300, "s3://bucket/raw/" + "x" * 301]
    homes = {home_of(url, tmp_path, "raw") for url in urls}
    assert len(homes) == len(urls)
    assert all(home.parent == tmp_path / "raw" and len(home.name) < 100 for home in homes)
