"""The articles that a person asks to inspect: of a raw file, or by an identifier in the published tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow.dataset as ds

from flows.articles.article import Article, Dateline, Span
from flows.articles.reading import Reading
from flows.articles.registry import read_file
from flows.printing import placed
from flows.refusal import Refusal
from flows.report.inspection import Basis
from flows.schema import ARTICLES
from flows.settings import Settings
from flows.stores.at_hand import of_table, tables_at_hand
from flows.stores.places import raw_folder
from flows.tables.partitions import published_files

_ID: Final = re.compile(r"[0-9a-f]{16}")
_PARAGRAPH: Final = re.compile(r"[^\n](?:(?!\n\n).)*", re.DOTALL)


class NotFoundError(Exception):
    """There is neither a file nor an article of that name; the message says where it was looked for."""


def look_up(target: str, settings: Settings) -> Iterator[tuple[Article, Basis] | Refusal]:
    """The articles of a raw file with what was refused of it, or the article with an identifier.

    An article of the tables is read from its raw file again if that still gives it, else it is made from its row.

    Where raw articles lie in a store, the copy that the last build left on this machine is their raw file.

    Raises:
        NotFoundError: `target` is neither a file nor an article_id in the tables.
        StoreError: The tables lie in a store, and it fails.
        LockedError: Somebody else reads those on this machine.
    """
    path, raw = Path(target), raw_folder(settings.raw, settings.cache)
    if path.is_file():
        for item in read_file(*placed(path, raw), settings.reading()):
            yield item if isinstance(item, Refusal) else (item, "raw file")
        return
    row = _row_of(target, settings)
    again = _read_again(row, raw, settings.reading())
    yield (again, "raw file") if again else (article_of_row(row), "stored text")


def _row_of(article_id: str, settings: Settings) -> dict[str, Any]:
    if not _ID.fullmatch(article_id):
        raise NotFoundError(f"{article_id}: no such file, and no article_id, which has 16 digits from 0 to f")
    curated = settings.curated
    with tables_at_hand(curated, settings.cache, settings.lock_seconds, wanted=of_table(ARTICLES.name)) as tables:
        files = [str(tables / path) for path in published_files(ARTICLES, tables)]
        if not files:
            raise NotFoundError(
                f"{curated}: no tables there; run `statements build` first, or name them with --curated"
            )
        table = ds.dataset(files, schema=ARTICLES.schema(), format="parquet")
        rows: list[dict[str, Any]] = table.to_table(filter=ds.field("article_id") == article_id).to_pylist()
    if not rows:
        raise NotFoundError(
            f"{article_id}: no such article in {curated}; take an article_id of that folder's tables, "
            "or name another with --curated"
        )
    return rows[0]


def _read_again(row: dict[str, Any], raw: Path, reading: Reading) -> Article | None:
    """The article as its raw file gives it now; None where the file is gone or has changed."""
    path = raw / row["source_path"]
    while path != raw and not path.is_file():  # a member's path goes on behind its archive's
        path = path.parent
    if path == raw:
        return None
    wanted = row["article_id"]
    items = read_file(path, raw, reading)
    return next((item for item in items if isinstance(item, Article) and item.article_id == wanted), None)


def article_of_row(row: dict[str, Any]) -> Article:
    """An article made from its row of the table articles, as far as that tells.

    Header lines, the day of the dateline and the publisher's country are not stored.
    """
    place = row["dateline_place"]
    return Article(
        article_id=row["article_id"],
        source_path=row["source_path"],
        member=row["member"],
        raw_sha256=row["raw_sha256"],
        text=row["text"],
        paragraphs=tuple(Span(*found.span()) for found in _PARAGRAPH.finditer(row["text"])),
        title=row["title"],
        published=row["published"],
        published_basis=row["published_basis"],
        dateline=Dateline(place, None, None, place) if place else None,
        outlet=row["outlet"],
        url=row["url"],
        language=row["language"],
        conflicts=tuple(row["conflicts"] or ()),
    )
