"""The way in from Python: a text gives rows, without Prefect. `flows.tables.loading` gives the published rows."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from flows.articles.article import Article
from flows.articles.errors import ReadError
from flows.articles.plain_text import stories
from flows.articles.sidecar import NOTHING, Metadata
from flows.articles.story import Origin, article_of
from flows.refusal import Refusal
from flows.rows import Row, statements_of
from flows.schema import STATEMENTS
from flows.speakers.officials import with_own

SOURCE: Final = "text"
"""The source path of rows that come from a string."""


def extract(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    url: str | None = None,
    officials: str | Path | None = None,
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
        officials: CSV of officials besides those that the package knows, with the columns of
            `flows/data/officials.csv`.

    Returns:
        One dict per statement in the order of the text, with all columns of `flows.schema.STATEMENTS` in their order;
        `speaker_id` and `duplicate_of`, which a whole corpus decides, are None. No rows for an article that says
        nothing or is not in English.

    Raises:
        ValueError: Nothing is left of the text after cleaning, `published` is no day, or a row of `officials` is wrong.

    Example:
        >>> extract('"Nobody waits," Finnish Foreign Minister Aino Koski said.', published="2024-03-14")[0]["speaker"]
        'Aino Koski'
    """
    article = article_from(text, _day(published), Metadata(None, outlet, url, title, country))
    known = with_own(Path(officials) if officials else None)
    return [in_schema_order(row) for row in statements_of(article, known)]


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
