"""One build at a time: a lock on the curated folder that says who holds it.

The operating system ties the lock to the process that took it, so a build that dies, however it dies, frees it
at that moment; nothing has to judge from a process number or a clock whether the owner is still alive. The file's
content, which names the owner, is for people and for the message of `LockedError`.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

LOCK: Final = ".lock"

_POLL_SECONDS: Final = 0.1
_held: set[int] = set()


class LockedError(Exception):
    """Another build holds the lock."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that holds a lock, or held it when it died.

    Attributes:
        pid: Process number.
        host: Name of its machine.
        since: When it took the lock, in UTC, ISO 8601.
    """

    pid: int
    host: str
    since: str


@contextmanager
def locked(curated: Path, patience: float = 0.0) -> Iterator[Owner | None]:
    """Holds the lock on the curated folder, which is made if it does not exist.

    Args:
        curated: Folder into which the tables are published.
        patience: Seconds to wait for another build to finish.

    Yields:
        The owner who died with the lock in hand, so that the log can say so; None where the last build ended well.

    Raises:
        LockedError: Another build still holds the lock when patience is over.
    """
    curated.mkdir(parents=True, exist_ok=True)
    path = curated / LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    _held.add(descriptor)
    try:
        _acquire(descriptor, path, patience)
        dead = _read_owner(path)
        _write(descriptor, json.dumps(asdict(_this_process())).encode())
        try:
            yield dead
        finally:
            _write(descriptor, b"")
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


@contextmanager
def locked_if_allowed(curated: Path, patience: float = 0.0) -> Iterator[None]:
    """Holds the lock while tables are read, so that none is replaced meanwhile; does without where it may not write.

    Raises:
        LockedError: A build still holds the lock when patience is over.
    """
    with ExitStack() as held:
        # Somebody who may not write here cannot hold a lock, and may read all the same.
        with suppress(PermissionError):
            held.enter_context(locked(curated, patience))
        yield


def _acquire(descriptor: int, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise LockedError(_who_holds(path, patience)) from error
            time.sleep(_POLL_SECONDS)
        else:
            return


def _who_holds(path: Path, patience: float) -> str:
    owner = _read_owner(path)
    who = f"process {owner.pid} on {owner.host} since {owner.since}" if owner else "a process that just began"
    return (
        f"{path.parent}: another build holds the lock ({who}), waited {patience:g} s; wait until it ends, or stop "
        f"it: the lock {path} goes with it"
    )


def _read_owner(path: Path) -> Owner | None:
    try:
        return Owner(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        # Empty after a build that ended well; half written if its owner died at that very moment.
        return None


def _write(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, content, 0)


def _this_process() -> Owner:
    return Owner(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))


def _close_in_child() -> None:
    # A worker forked by the owner would otherwise keep the lock alive after the owner's death.
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_in_child)
