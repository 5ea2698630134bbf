from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.offline  # noqa: F401  sets the switches before Prefect is imported
from flows.settings import PROJECT

SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Prefect's own server over a throw-away database, once for the whole session."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy of a few sample articles that tests may change."""
    raw = tmp_path / "raw"
    for source in ("tass", "reuters", "un"):
        shutil.copytree(PROJECT / "raw" / source, raw / source)
    return raw


@pytest.fixture
def shared() -> Path:
    """The material kept beside the project; tests that need it are skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: this test measures on material that is kept beside the project")
    return SHARED
