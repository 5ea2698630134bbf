"""The tables as Great Expectations sees them: pandas frames, with helper columns for what one column cannot say.

Strings are pandas 3's `str`, days `datetime64`, whole numbers `Int32` (nulls stay nulls), list columns stay Arrow.
A helper column is null where its rule has nothing to say, as for the slices of an article that is not there.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.quality.codes import country_codes, former_states
from flows.schema import ARTICLES, QUARANTINE, ROLE_CATEGORIES, STATEMENTS

Pieces = list[tuple[int, int]]
_OFFICES = sorted(set(ROLE_CATEGORIES) - {"expert", "other"})


def frames(statements: pa.Table, articles: pa.Table, quarantine: pa.Table) -> dict[str, pd.DataFrame]:
    """The frame of each suite of a table whose rows come from articles, by its name."""
    return {
        STATEMENTS.name: _statement_frame(statements, articles),
        ARTICLES.name: _article_frame(articles, statements),
        QUARANTINE.name: _frame(quarantine),
    }


def _frame(rows: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False, types_mapper=_pandas_type)
    return frame


def _pandas_type(arrow: pa.DataType) -> Any:  # noqa: ANN401 - pandas has no one name for the types of its columns
    if pa.types.is_int32(arrow):
        return pd.Int32Dtype()
    return pd.ArrowDtype(arrow) if pa.types.is_nested(arrow) else None


def _statement_frame(statements: pa.Table, articles: pa.Table) -> pd.DataFrame:
    frame = _frame(statements)
    texts: dict[str, str] = dict(zip(articles["article_id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    article_texts = [texts.get(article) for article in statements["article_id"].to_pylist()]
    pieces = _pieces(statements["spans"])
    said = statements["text"].to_pylist()
    return frame.assign(
        _date_year=_years(frame["date"]),
        _published_year=_years(frame["published"]),
        _article_known=[text is not None for text in article_texts],
        _text_equals_slices=_booleans(map(_equals_slices, said, pieces, article_texts)),
        _spans_ordered=_booleans(map(_ordered, pieces, article_texts)),
        _listed_countries_known=_listed_countries_known(statements),
        _days_after_publication=(frame["date"] - frame["published"]).dt.days,
        _country_of_its_day=_country_of_its_day(statements),
        _role_present=_role_present(frame),
        _said_once=~frame.duplicated(["article_id", "paragraph", "speaker", "text"], keep=False),
    )


def _years(days: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    return days.dt.year.astype("float64")


def _booleans(values: Any) -> pd.Series[bool]:  # noqa: ANN401
    return pd.Series(list(values), dtype="boolean")


def _pieces(spans: pa.ChunkedArray) -> list[Pieces]:
    """The spans of each row; unlike `to_pylist` it makes no mapping for each of them."""
    lists = spans.combine_chunks()
    values = lists.flatten()
    starts, ends = (values.field(part).fill_null(-1).to_pylist() for part in ("start", "end"))
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    bounds = np.concatenate([[0], np.cumsum(lengths)]).tolist()
    return [list(zip(starts[first:last], ends[first:last], strict=True)) for first, last in pairwise(bounds)]


def _equals_slices(said: str | None, pieces: Pieces, text: str | None) -> bool | None:
    if said is None or text is None:
        return None
    return said == " ".join(text[start:end] for start, end in pieces)


def _ordered(pieces: Pieces, text: str | None) -> bool | None:
    if text is None:
        return None
    edges = [0, *(edge for piece in pieces for edge in piece), len(text)]
    filled = all(start < end for start, end in pieces)
    return bool(pieces) and filled and all(first <= second for first, second in pairwise(edges))


def _listed_countries_known(statements: pa.Table) -> np.ndarray[Any, np.dtype[np.bool_]]:
    known = np.ones(statements.num_rows, dtype=bool)
    mentioned = statements["countries_mentioned"].combine_chunks()
    speakers = statements["speakers"].combine_chunks()
    for lists, codes in ((mentioned, mentioned.flatten()), (speakers, speakers.flatten().field("country"))):
        wrong = [value for value in codes.unique().to_pylist() if value is not None and not _are_codes(value)]
        rows = pc.list_parent_indices(lists).filter(pc.is_in(codes, pa.array(wrong, pa.string())))
        known[rows.to_numpy()] = False
    return known


def _country_of_its_day(statements: pa.Table) -> Any:  # noqa: ANN401
    """False where a former state speaks after its last day."""
    holds = pa.array(np.ones(statements.num_rows, dtype=bool))
    for code, last in former_states().items():
        speaks = pc.fill_null(pc.match_substring(statements["country"], code), False)
        later = pc.fill_null(pc.greater(statements["date"], pa.scalar(last)), False)
        holds = pc.and_not(holds, pc.and_(speaks, later))
    return holds.to_numpy(zero_copy_only=False)


def _role_present(frame: pd.DataFrame) -> Any:  # noqa: ANN401
    titled = frame["role_as_written"].notna() | frame["role_category"].isin(_OFFICES)
    asked = (frame["speaker_type"] == "person") & titled
    return (frame["role"].notna() | ~asked).to_numpy(dtype=bool)


def _are_codes(value: str) -> bool:
    return country_codes().issuperset(value.split(";"))


def _article_frame(articles: pa.Table, statements: pa.Table) -> pd.DataFrame:
    frame = _frame(articles)
    rows = statements["article_id"].to_pandas().value_counts()
    count = frame["article_id"].map(rows).fillna(0).astype("Int32")
    return frame.assign(
        _published_year=_years(frame["published"]),
        _statement_count_true=frame["statement_count"] == count,
        _statement_count_plausible=count <= (frame["word_count"] // 5).clip(lower=20),
    )


def speaker_frame(speakers: pa.Table) -> pd.DataFrame:
    """The frame of the suite of the table speakers."""
    frame = _frame(speakers)
    return frame.assign(_first_date_year=_years(frame["first_date"]), _last_date_year=_years(frame["last_date"]))
