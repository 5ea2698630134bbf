"""The way in from Python: a text or a raw file gives rows, published tables give a data frame; no Prefect."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.articles.article import Article
from flows.articles.errors import ReadError
from flows.articles.plain_text import stories
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import read_file
from flows.articles.sidecar import NOTHING, Metadata
from flows.articles.story import Origin, article_of
from flows.refusal import Refusal
from flows.rows import Row, rows_of
from flows.schema import STATEMENTS
from flows.speakers.officials import Officials
from flows.tables.partitions import published_files

if TYPE_CHECKING:
    from pandas import DataFrame

SOURCE: Final = "text"
"""The source path of rows that come from a string."""

_CODE = re.compile(r"[A-Z]{3}")


def extract(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    url: str | None = None,
) -> list[Row]:
    """The statements of one article, as rows of the table statements.

    The text is cleaned like a raw text file: a `date YYYY-MM-DD` in front, dateline, headline, byline and litter are
    read and taken out, so that `spans` index the cleaned text and not `text` as given.

    Args:
        text: The article, as published or as a raw file holds it.
        published: Day of publication, a date or `YYYY-MM-DD`; it goes before the text's own. Where it is None and the
            text tells none, `published` and every date that would be reckoned from it are None.
        title: Headline, where the text does not begin with it.
        outlet: Publisher, such as `TASS`; a ministry's name tells whom it speaks for.
        country: ISO 3166-1 alpha-3 code of the publisher's state.
        url: Address of the article.

    Returns:
        One dict per statement in the order of the text, with all columns of `flows.schema.STATEMENTS` in their order;
        `speaker_id` and `duplicate_of`, which a whole corpus decides, are None. No rows for an article that says
        nothing or is not in English.

    Raises:
        ValueError: Nothing is left of the text after cleaning, or `published` is no day.

    Example:
        >>> extract('"Nobody waits," Finnish Foreign Minister Aino Koski said.', published="2024-03-14")[0]["speaker"]
        'Aino Koski'
    """
    article = article_from(text, _day(published), Metadata(None, outlet, url, title, country))
    return [in_schema_order(row) for row in rows_of(article)[1]]


def article_from(text: str | bytes, published: date | None = None, given: Metadata = NOTHING) -> Article:
    """The cleaned article that a text holds, dated or not; `extract` describes the arguments.

    Raises:
        ReadError: Nothing is left of the text after cleaning, or the bytes are no text.
    """
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    ((_, story),) = stories(io.BytesIO(raw))
    story = replace(story, given=given)
    if published:
        story = replace(story, published=published, published_basis="metadata")
    origin = Origin(SOURCE, None, hashlib.sha256(raw).hexdigest())
    article = article_of(story, origin, NOTHING, undated=True)
    if isinstance(article, Refusal):
        raise ReadError(article.rule, "Nothing is left of the text after cleaning; give the words of an article.")
    return article


def rows_of_file(
    path: Path, raw: Path, reading: Reading = USUAL, officials: Officials | None = None
) -> Iterator[Row | Refusal]:
    """The rows of one raw file of any known format, article by article, and what was refused of it.

    Args:
        path: The raw file.
        raw: Folder from which its source path, and so the identifiers, are reckoned.
        reading: Limits and field names.
        officials: Table of officials; None for the one that comes with the package.
    """
    for item in read_file(path, raw, reading):
        if isinstance(item, Refusal):
            yield item
        else:
            yield from map(in_schema_order, rows_of(item, officials)[1])


def load_statements(
    curated: str | Path = "curated",
    *,
    columns: Sequence[str] | None = None,
    min_confidence: float | None = None,
    duplicates: bool = False,
    countries: Iterable[str] | None = None,
) -> DataFrame:
    """The published statements as a data frame, one row each, days as `datetime64`.

    Only the columns and rows asked for are read into memory.

    Args:
        curated: Folder of the tables.
        columns: Columns wanted, in this order; None for all.
        min_confidence: Least confidence, 0 to 1; rows without one are left out then.
        duplicates: Whether rows that retell an earlier article's statement come too.
        countries: ISO 3166-1 alpha-3 codes; rows whose speaker speaks for one of them, joint statements included.

    Raises:
        FileNotFoundError: There are no tables under `curated`.
        ValueError: A column is unknown, a code is not three capitals, or `min_confidence` lies outside 0 to 1.

    Example:
        >>> load_statements("curated", columns=["date", "speaker", "text"], countries=["NOR", "SWE"])
    """
    curated = Path(curated)
    files = [str(curated / path) for path in published_files(STATEMENTS, curated)]
    if not files:
        raise FileNotFoundError(f"{curated}: no tables there; run `statements build` first, or name their folder")
    wanted = _known(columns) if columns is not None else [column.name for column in STATEMENTS.columns]
    rows = ds.dataset(files, schema=STATEMENTS.schema(), format="parquet")
    table = rows.to_table(columns=wanted, filter=_wanted(min_confidence, duplicates, countries))
    frame: DataFrame = table.to_pandas(date_as_object=False)
    return frame


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


def _day(published: date | str | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, str):
        try:
            return date.fromisoformat(published[:10])
        except ValueError as error:
            raise ValueError(f"published is {published!r}; write it as YYYY-MM-DD") from error
    return published


def in_schema_order(row: Row) -> Row:
    """The row with all columns of the table statements, None where it has no value."""
    return {column.name: row.get(column.name) for column in STATEMENTS.columns}
