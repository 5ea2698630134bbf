"""Fits the weights of `flows.confidence` to gold rows, and shows how well confidences hold."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from flows.articles.article import Article, Span
from flows.confidence import BIAS, confidence, features
from flows.door import article_from
from flows.evaluation import FOUND, Row, articles_of, judged, read_gold, shared_words
from flows.rows import attributed, borders_of, rows_from
from flows.statements.extract import why_skipped
from flows.training.corpus import Document, load_jsonl

BORDERS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
_STRENGTH: Final = 1.0
_CORPUS_DAY: Final = date(2016, 10, 1)
"""Attribution corpora do not say when; this one's news is of the campaign of 2016."""
_DECIMALS: Final = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """One row that was compared with gold rows.

    Attributes:
        features: What its confidence rests on.
        right: Whether its text and speaker are right.
    """

    features: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of about one confidence.

    Attributes:
        low: Least confidence.
        high: Greatest confidence; the last bin includes it.
        rows: How many rows there are.
        expected: Mean confidence.
        right: Share of the rows whose text and speaker are right.
    """

    low: float
    high: float
    rows: int
    expected: float
    right: float


def judge(gold: Path, raw: Path) -> list[Judged]:
    """Extracts the articles under `raw` and judges each row by the gold rows.

    Raises:
        GoldError: A line of the gold file is no gold row.
    """
    wanted = read_gold(gold)
    return [each for article in articles_of(raw) for each in _judged(article, wanted)]


def _judged(article: Article, wanted: Sequence[Row]) -> Iterator[Judged]:
    if why_skipped(article):
        return
    borders = borders_of(article)
    found = attributed(article, borders)
    right = judged(wanted, rows_from(article, found, borders))
    for (statement, resolution, _), true in zip(found, right, strict=True):
        yield Judged(features(statement, resolution), true)


def judge_attributions(corpus: Path) -> list[Judged]:
    """Extracts the documents of an attribution corpus and judges each row by the marked attributions.

    A row is right if it shares half of its words with a marked content whose source shares a word with the mention, as
    the corpus's scorer has it (Newell, Margolin and Ruths, LREC 2018). To whom a mention is resolved is not marked.

    Raises:
        CorpusError: A line is no annotated document.
    """
    return [each for document in load_jsonl(corpus) for each in _judged_by_marks(document)]


def _judged_by_marks(document: Document) -> Iterator[Judged]:
    article = article_from(document.text, _CORPUS_DAY)
    marked = [(_text(document, mark.content), _text(document, mark.source)) for mark in document.annotations or ()]
    for statement, resolution, _ in attributed(article, borders_of(article)):
        text, mention = statement.text_in(article.text), resolution.mention or ""
        right = any(
            shared_words(text, content) >= FOUND and (shared_words(mention, source) > 0 or not source or not mention)
            for content, source in marked
        )
        yield Judged(features(statement, resolution), right)


def _text(document: Document, spans: Sequence[Span]) -> str:
    return " ".join(span.of(document.text) for span in spans)


def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """The weight of each feature, by logistic regression with an L2 penalty; the same rows give the same weights."""
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  part of the extra `train`
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    names = DictVectorizer(sparse=False)
    values = names.fit_transform([{k: v for k, v in row.features.items() if k != BIAS} for row in rows])
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(values, [row.right for row in rows])
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0], strict=True))
    return {BIAS: float(model.intercept_[0]), **{str(name): float(weight) for name, weight in weights.items()}}


def held_to(weights: Mapping[str, float], unseen: Sequence[Judged]) -> dict[str, float]:
    """The weights stretched and shifted so that they hold on articles for which no rule was made.

    Rows by which rules were mended are right more often than others, so that weights fitted to them alone are too sure.
    Two numbers, a factor and a shift of the log-odds, are few enough to be fitted to some hundred rows (Platt,
    Probabilistic outputs for support vector machines, 1999).

    Args:
        weights: What `fit` gives.
        unseen: Rows of such articles, some of them right and some wrong.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  part of the extra `train`

    odds = [[sum(value * weights.get(name, 0.0) for name, value in row.features.items())] for row in unseen]
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(odds, [row.right for row in unseen])
    factor, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    stretched = {name: factor * weight for name, weight in weights.items()}
    return {**stretched, BIAS: stretched[BIAS] + shift}


def write_weights(weights: dict[str, float], path: Path, source: str) -> None:
    """Writes the lookup file of the weights.

    Args:
        weights: Weight of each feature.
        path: `confidence.csv`.
        source: What they were fitted to.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("feature", "weight", "source"))
        lines.writerows((name, round(weight, _DECIMALS), source) for name, weight in sorted(weights.items()))


def reliability(rows: Sequence[Judged]) -> list[Bin]:
    """Confidence against what came true, in bins; empty bins are left out."""
    told = [(confidence(row.features), row.right) for row in rows]
    bins = []
    for low, high in pairwise(BORDERS):
        inside = [(sure, right) for sure, right in told if low <= sure < high or (high == 1 and sure == 1)]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, sum(right for _, right in inside) / len(inside)))
    return bins
