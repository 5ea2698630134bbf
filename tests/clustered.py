"""What the tests of the cluster have its workers do; a module of its own, which they can import."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import quick

from flows.articles.reading import USUAL, Reading
from flows.batches import Batch
from flows.pile import Overflow


def stuck_once(
    paths: Sequence[Path], raw: Path, reading: Reading, overflow: Overflow | None, *, victim: str, flag: Path
) -> Batch:
    """Makes a batch; the first time at that of the victim, tells its process in the flag and waits to be killed."""
    if victim in {path.name for path in paths} and not flag.exists():
        aside = flag.with_suffix(".aside")
        aside.write_text(str(os.getpid()))
        aside.rename(flag)
        threading.Event().wait()
    return quick.work(paths, raw, reading, overflow)


def blind(paths: Sequence[Path], raw: Path, reading: Reading, overflow: Overflow | None) -> Batch:
    """What a worker makes of files that it does not see: their batch, with each of them gone."""
    seen = [path.with_name(f"{path.name}.hidden") for path in paths]
    for path, hidden in zip(paths, seen, strict=True):
        path.rename(hidden)
    try:
        return quick.work(paths, raw, reading, overflow)
    finally:
        for path, hidden in zip(paths, seen, strict=True):
            hidden.rename(path)


def die() -> Batch:
    """Ends its worker."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def noted(note: Path) -> Batch:
    """An empty batch, noted in a file."""
    note.touch()
    return quick.work([], note.parent, USUAL)
