"""How far reading and extracting has come: a bar on a terminal where a person waits, lines in the log elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from rich import progress
from rich.console import Console

from flows.batches import Batch

_terminal: ContextVar[Console | None] = ContextVar("terminal", default=None)

_RATE_SECONDS: Final = 3_600.0
"""The bar's rate is that of the last hour: a batch may take minutes."""


@contextmanager
def shown_on(console: Console) -> Iterator[None]:
    """Shows bars there, if it is a terminal, for as long as the context lasts."""
    token = _terminal.set(console if console.is_terminal else None)
    try:
        yield
    finally:
        _terminal.reset(token)


def size_of(paths: Iterable[Path]) -> int:
    """Bytes of the files that are there."""
    return sum(path.stat().st_size for path in paths if path.is_file())


class Progress:
    """Tells of each batch; a context manager that gives itself.

    Args:
        raw_bytes: Raw bytes of all batches together.
        logger: Gets a line for each batch where there is no terminal.
    """

    def __init__(self, raw_bytes: int, logger: Any) -> None:  # noqa: ANN401 - Prefect's adapter or the standard one
        self._raw_bytes = raw_bytes
        self._logger = logger
        self._began = time.monotonic()
        self._done = self._articles = self._statements = 0
        self._bar = _bar(console) if (console := _terminal.get()) else None

    def __enter__(self) -> Self:
        """Shows the bar."""
        if self._bar:
            self._bar.add_task("reading and extracting", total=self._raw_bytes, found="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the bar, which stays to be seen."""
        if self._bar:
            self._bar.stop()

    def advance(self, number: int, batch: Batch) -> None:
        """Counts one batch, the `number`-th from 1, as done."""
        self._done += batch.raw_bytes
        self._articles += batch.articles.num_rows
        self._statements += batch.statements.num_rows
        if self._bar:
            found = f"{self._articles:,} articles, {self._statements:,} statements"
            self._bar.update(self._bar.task_ids[0], completed=self._done, found=found)
        elif batch.rest:
            names = ", ".join(read.source_path for read in batch.files[:3])
            self._logger.info("batch %d: %s is extracted in %d pieces", number, names, len(batch.rest))
        else:
            counts = (batch.articles.num_rows, batch.statements.num_rows, batch.quarantine.num_rows)
            line = "batch %d: %d articles, %d statements, %d refused; %s"
            self._logger.info(line, number, *counts, self._so_far())

    def _so_far(self) -> str:
        seconds = time.monotonic() - self._began
        share = self._done / self._raw_bytes if self._raw_bytes else 1.0
        rate = self._done / 1e6 / seconds if seconds else 0.0
        left = timedelta(seconds=round(seconds / share - seconds)) if share else "unknown"
        return f"{share:.1%} of {self._raw_bytes / 1e6:.1f} MB, {rate:.3g} MB/s, time left {left}"


def _bar(console: Console) -> progress.Progress:
    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=None),
        progress.TaskProgressColumn(),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[found]}"),
        console=console,
        speed_estimate_period=_RATE_SECONDS,
    )
