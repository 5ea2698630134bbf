"""Real rows of the sample articles, published with few checks."""

from __future__ import annotations

import shutil
import socket
from functools import partial
from pathlib import Path

import pytest
from quick import write_rules

from flows.batches import process
from flows.build import Job, build_tables
from flows.settings import PROJECT
from flows.speakers.officials import with_own
from flows.tables.duplicates import duplicate_links
from flows.tables.speakers import speaker_links


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of all sample articles and of one that is refused."""
    home = tmp_path_factory.mktemp("published")
    shutil.copytree(PROJECT / "raw", home / "raw")
    (home / "raw" / "empty.txt").write_bytes(b"")
    build_published(home / "raw", home / "curated", write_rules(home / "rules"))
    return home / "curated"


def build_published(raw: Path, curated: Path, rules: Path) -> None:
    linkers = (duplicate_links, partial(speaker_links, officials=with_own(None)))
    assert build_tables(Job(raw, curated, rules, docs=False, work=process, linkers=linkers)).published


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something wants to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
