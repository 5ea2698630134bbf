"""Figures over all tables together, which are compared with bounds and with the version before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.quality.rules import DATASET_FIGURES, DRIFTING
from flows.tables.manifest import Entry


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over all tables.

    Attributes:
        articles: Rows of the table articles.
        statements: Rows of the table statements.
        refusals: Rows of the table quarantine.
        words: Words of all articles in which statements were looked for.
        without_speaker: Statements without a speaker.
        without_country: Statements without a country.
        without_date: Statements without a date.
    """

    articles: int = 0
    statements: int = 0
    refusals: int = 0
    words: int = 0
    without_speaker: int = 0
    without_country: int = 0
    without_date: int = 0

    def __add__(self, other: Figures) -> Figures:
        """The figures of both together."""
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def shares(self) -> dict[str, float]:
        """Shares that should not move much from one version to the next."""
        return {
            "speaker_null_share": _share(self.without_speaker, self.statements),
            "country_null_share": _share(self.without_country, self.statements),
            "date_null_share": _share(self.without_date, self.statements),
        }


def figures_of(statements: pa.Table, articles: pa.Table, quarantine: pa.Table) -> Figures:
    """The figures of tables that are at hand as a whole."""
    return Figures(
        articles=articles.num_rows,
        statements=statements.num_rows,
        refusals=quarantine.num_rows,
        words=pc.sum(articles.filter(pc.is_null(articles["skipped"]))["word_count"]).as_py() or 0,
        without_speaker=statements["speaker"].null_count,
        without_country=statements["country"].null_count,
        without_date=statements["date"].null_count,
    )


def figures_of_entries(entries: Iterable[Entry]) -> Figures:
    """The figures over all tables, from what the manifest knows of each raw file."""
    names = [each.name for each in fields(Figures)]
    totals = dict.fromkeys(names, 0)
    for entry in entries:
        for name in names:
            totals[name] += getattr(entry, name)
    return Figures(**totals)


def figure_frame(figures: Figures, before: Figures | None) -> pd.DataFrame:
    """The one row that the suite of the data set looks at; what has nothing to be compared with is null."""
    shares = figures.shares()
    earlier = before.shares() if before and before.statements and figures.statements else {}
    row = {
        "articles": figures.articles,
        "statements": figures.statements,
        "refusals": figures.refusals,
        "words_without_statements": 0 if figures.statements else figures.words,
        "refused_share": _share(figures.refusals, figures.refusals + figures.articles),
        **shares,
        **{
            f"{name}_drift": abs(shares[f"{name}_null_share"] - earlier[f"{name}_null_share"]) if earlier else None
            for name in DRIFTING
        },
        "articles_lost_share": _share(before.articles - figures.articles, before.articles) if before else None,
    }
    return pd.DataFrame([row], columns=list(DATASET_FIGURES)).astype("float64")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
