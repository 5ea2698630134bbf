"""Published statements as a data frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.schema import STATEMENTS
from flows.stores.places import default_cache, is_url, place
from flows.tables.partitions import published_files

if TYPE_CHECKING:
    from pandas import DataFrame

LOCK_SECONDS: Final = 600.0
"""How long to wait for another program of this machine that fetches the same table."""

_CODE = re.compile(r"[A-Z]{3}")


def load_statements(
    curated: str | Path = "curated",
    *,
    columns: Sequence[str] | None = None,
    min_confidence: float | None = None,
    duplicates: bool = False,
    countries: Iterable[str] | None = None,
    cache: Path | None = None,
) -> DataFrame:
    """The published statements as a data frame, one row each, days as `datetime64`.

    Only the columns and rows asked for are read into memory.

    Args:
        curated: Folder of the tables, or their URL in a store.
        columns: Columns wanted, in this order; None for all.
        min_confidence: Least confidence, 0 to 1; rows without one are left out then.
        duplicates: Whether rows that retell an earlier article's statement come too.
        countries: ISO 3166-1 alpha-3 codes; rows whose speaker speaks for one of them, joint statements included.
        cache: Folder for a copy of the table where it lies in a store; None for the user's own.

    Raises:
        FileNotFoundError: There are no tables under `curated`.
        StoreError: The store fails.
        ValueError: A column is unknown, a code is not three capitals, or `min_confidence` lies outside 0 to 1.

    Example:
        >>> load_statements("curated", columns=["date", "speaker", "text"], countries=["NOR", "SWE"])
    """
    wanted = _known(columns) if columns is not None else [column.name for column in STATEMENTS.columns]
    rows_wanted = _wanted(min_confidence, duplicates, countries)
    with _tables(curated, cache) as folder:
        files = [str(folder / path) for path in published_files(STATEMENTS, folder)]
        if not files:
            raise FileNotFoundError(f"{curated}: no tables there; run `statements build` first, or name their folder")
        rows = ds.dataset(files, schema=STATEMENTS.schema(), format="parquet")
        table = rows.to_table(columns=wanted, filter=rows_wanted)
    frame: DataFrame = table.to_pandas(date_as_object=False)
    return frame


def _tables(curated: str | Path, cache: Path | None) -> AbstractContextManager[Path]:
    where = place(curated)
    if not is_url(where):
        return nullcontext(Path(where))
    # Only what lies in a store waits for what stores need.
    from flows.stores.at_hand import of_table, tables_at_hand  # noqa: PLC0415

    return tables_at_hand(where, cache or default_cache(), LOCK_SECONDS, wanted=of_table(STATEMENTS.name))


def _wanted(min_confidence: float | None, duplicates: bool, countries: Iterable[str] | None) -> ds.Expression | None:
    """The filter that the arguments of `load_statements` stand for; None for all rows."""
    tests = [] if duplicates else [ds.field("duplicate_of").is_null()]
    if min_confidence is not None:
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is {min_confidence}; give a number from 0 to 1")
        tests.append(ds.field("confidence") >= min_confidence)
    if countries is not None:
        tests.append(pc.match_substring_regex(ds.field("country"), f"(^|;)({'|'.join(_codes(countries))})(;|$)"))
    found = None
    for test in tests:
        found = test if found is None else found & test
    return found


def _codes(countries: Iterable[str]) -> list[str]:
    codes = [countries] if isinstance(countries, str) else list(countries)
    for code in codes:
        if not _CODE.fullmatch(code):
            raise ValueError(f"country {code!r}: give ISO 3166-1 alpha-3 codes, such as NOR")
    if not codes:
        raise ValueError("countries is empty; leave it out for all countries")
    return codes


def _known(columns: Sequence[str]) -> list[str]:
    known = [column.name for column in STATEMENTS.columns]
    for name in columns:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(known)}"
            raise ValueError(f"the table statements has no column {name!r}; {hint}")
    return list(columns)
