from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from quick import write_rules

REQUEST = re.compile(r"(GET|HEAD|PUT|POST|DELETE) (\S+)")


class Requests(logging.Handler):
    """The requests that a server answered, as its log has them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if found := REQUEST.search(record.getMessage()):
            self.seen.append((found[1], found[2].split("?")[0]))

    def count(self) -> Counter[str]:
        """How many there were of each kind since the last call."""
        counts = Counter(method for method, _ in self.seen)
        self.seen.clear()
        return counts


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server on loopback that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, which the libraries find by their usual environment variables."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/nowhere",
        "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{uuid4().hex[:8]}"
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
    return name


@pytest.fixture
def requests(server: str) -> Iterator[Requests]:
    log, handler = logging.getLogger("werkzeug"), Requests()
    level, propagate = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel("INFO")
    log.propagate = False
    yield handler
    log.removeHandler(handler)
    log.setLevel(level)
    log.propagate = propagate


@pytest.fixture
def memory() -> Iterator[str]:
    """A folder in fsspec's memory file system."""
    from fsspec.implementations.memory import MemoryFileSystem

    name = f"place-{uuid4().hex[:8]}"
    yield f"memory://{name}"
    for path in [each for each in MemoryFileSystem.store if each.startswith(f"/{name}")]:
        del MemoryFileSystem.store[path]


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were just fetched are hashed by the next build, which then publishes a manifest with their times."""
    monkeypatch.setattr("flows.stores.mirror.MARGIN_NS", 0)
