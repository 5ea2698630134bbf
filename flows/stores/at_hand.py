"""Folders of this machine that stand for the places that a build or a reader names."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.stores.copies import reading_copy, working_copy
from flows.stores.mirror import Tell, mirrored
from flows.stores.places import Place, is_url, refuse_overlap

LOG: Final = logging.getLogger("flows")


@dataclass(frozen=True, slots=True)
class Between:
    """From where to where a build goes.

    Attributes:
        raw: Where the raw articles lie.
        curated: Where the tables are published.
        cache: Folder for copies of what lies in stores.
        patience: Seconds to wait for another build on this machine.
    """

    raw: Place
    curated: Place
    cache: Path
    patience: float = 0.0


@contextmanager
def at_hand(between: Between, tell: Tell) -> Iterator[tuple[Path, Path]]:
    """The folder of raw articles and the folder of tables to build in; places that are folders are taken as they are.

    What was built for a URL is published to it at the end, if no error was raised.

    Args:
        between: From where to where the build goes.
        tell: Takes lines for the log.

    Raises:
        PlaceError: One of two URLs lies below the other.
        StoreError: A store fails.
        LockedError: Another build on this machine still works there when patience is over.
        OSError: The disk fails.
    """
    raw, curated, kept = between.raw, between.curated, (between.cache, between.patience, tell)
    refuse_overlap(raw, curated)
    with ExitStack() as held:
        tables = held.enter_context(working_copy(curated, *kept)) if is_url(curated) else Path(curated)
        articles = held.enter_context(mirrored(raw, *kept)) if is_url(raw) else Path(raw)
        yield articles, tables


@contextmanager
def tables_at_hand(
    curated: Place,
    cache: Path,
    patience: float = 0.0,
    tell: Tell = LOG.info,
    wanted: Callable[[str], bool] = lambda path: True,
) -> Iterator[Path]:
    """The folder of published tables to read; see `reading_copy` for what lies in a store."""
    if not is_url(curated):
        yield Path(curated)
        return
    with reading_copy(curated, cache, patience, tell, wanted) as folder:
        yield folder


def of_table(name: str) -> Callable[[str], bool]:
    """Whether a file, by its path below `curated/`, belongs to a table."""
    return lambda path: path.partition("/")[0].removesuffix(".parquet") == name
