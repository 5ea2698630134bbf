"""Same story twice: near-identical stories are linked to the earliest telling, and their statements with them.

Two articles tell the same story if their bodies have the same words, or if both were published within `DAYS` days and
most of the shorter body's wording, and almost all its names and figures, are in the other. An article is linked to the
earliest original that it resembles itself: a chain of updates in which the last has little in common with the first
does not end as one story, and no duplicate is the original of another.

The links are a function of the set of articles alone. They are reckoned anew from all signatures, so that builds in
other orders, on more workers or in increments give the same links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from flows.articles.signature import LAYOUT, NO_NAME, PERMUTATIONS, Signatures
from flows.schema import ARTICLES, STATEMENTS
from flows.tables.links import Corpus, Links, changes

DAYS: Final = 7
"""Corrections, updates and reprints follow within days; the same form of words months later is another event."""
SHORT: Final = 40
"""Bodies of fewer words are the same story only if they are equal."""
LEAST_SHARED: Final = 0.35
"""Jaccard index of the two bodies' word triples."""
LEAST_CONTAINED: Final = 0.7
"""Share of the shorter body's word triples that the other body has."""
LEAST_NAMES: Final = 0.88
"""Share of the fewer names and figures that the other body has."""
SAME_WORDS: Final = 85.0
"""Two statements of one story with this likeness (of 100) are the same statement."""

_ROWS_PER_BAND: Final = 3
_NEIGHBOURS: Final = 32
_PAIRS_AT_ONCE: Final = 50_000
_STATEMENTS_AT_ONCE: Final = 20_000
_UNDATED: Final = 10**9
_EARLIER: Final = 0xFFFFFFFF

Ranks = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """All articles by rank, that is, in the order of publication and, on one day, of article_id.

    Attributes:
        signatures: Signatures in the order of the table, shape (articles,), type `LAYOUT`.
        rows: Row in the table of each rank.
        days: Day of publication of each rank, in days since 1970.
    """

    signatures: Signatures
    rows: Ranks
    days: Ranks

    def field(self, name: str, ranks: Ranks | slice = slice(None)) -> Signatures:
        """One field of the signatures of these ranks."""
        return self.signatures[name][self.rows[ranks]]


def with_duplicates(articles: pa.Table, statements: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Both tables with the column duplicate_of filled.

    Args:
        articles: Rows of the table articles, of the whole dataset.
        statements: Rows of the table statements, of the whole dataset.
    """
    compared = articles.filter(pc.is_valid(articles["signature"]))
    links = link(compared["article_id"], compared["published"], compared["signature"])
    return (
        _with_column(articles, _looked_up(links, articles["article_id"])),
        _with_column(statements, repeats(statements, links)),
    )


def duplicate_links(corpus: Corpus) -> Links:
    """What is set in `duplicate_of` of both tables; a linker."""
    columns = ["article_id", "published", "signature", "duplicate_of"]
    kept, coming = list(corpus.kept(ARTICLES, columns)), corpus.coming(ARTICLES, columns)
    articles = pa.concat_tables([*(rows for _, rows in kept), coming])
    compared = articles.filter(pc.is_valid(articles["signature"]))
    links = link(compared["article_id"], compared["published"], compared["signature"])
    originals = _looked_up(links, articles["article_id"])
    values = pa.table({"article_id": articles["article_id"], "duplicate_of": originals})
    of_articles = changes(ARTICLES, kept, coming, values, {})
    of_statements = _repeated_statements(corpus, links)
    return Links({**of_articles.values, **of_statements.values}, of_articles.partitions | of_statements.partitions, {})


def _repeated_statements(corpus: Corpus, links: Mapping[str, str]) -> Links:
    """Only statements of stories that are told again, or were, are held in memory."""
    columns = ["statement_id", "article_id", "published", "sequence", "text", "duplicate_of"]
    told = pa.array({*links, *links.values()}, type=pa.string())

    def concerned(rows: pa.Table) -> pa.Table:
        return rows.filter(pc.or_(pc.is_in(rows["article_id"], told), pc.is_valid(rows["duplicate_of"])))

    kept = [(path, concerned(rows)) for path, rows in corpus.kept(STATEMENTS, columns)]
    coming = concerned(corpus.coming(STATEMENTS, columns))
    statements = pa.concat_tables([*(rows for _, rows in kept), coming])
    values = pa.table({"statement_id": statements["statement_id"], "duplicate_of": repeats(statements, links)})
    return changes(STATEMENTS, kept, coming, values, {})


def link(article_id: pa.ChunkedArray, published: pa.ChunkedArray, signature: pa.ChunkedArray) -> dict[str, str]:
    """The original's article_id of each article that tells a story again.

    Memory grows by about a kilobyte per article beyond the columns themselves, whatever the articles are.

    Args:
        article_id: Identifiers, each once.
        published: Days of publication; articles without one are taken for the latest.
        signature: What `flows.articles.signature.signature` gives for each body.
    """
    corpus = _corpus(article_id, published, signature)
    copies = _first_copies(corpus)
    originals = _originals(corpus, copies, _matches(corpus, _compared(corpus)))
    later = np.flatnonzero(originals != np.arange(len(originals)))
    names = article_id.take(pa.array(corpus.rows[later])).to_pylist()
    sources = article_id.take(pa.array(corpus.rows[originals[later]])).to_pylist()
    return dict(zip(names, sources, strict=True))


def repeats(statements: pa.Table, links: Mapping[str, str]) -> pa.Array:
    """For each statement, the original's article_id if an earlier telling of the story has the statement already.

    What an update adds is null: it is said there for the first time.

    Args:
        statements: Rows of the table statements.
        links: What `link` gives.
    """
    repeated = np.zeros(statements.num_rows, dtype=bool)
    for _, rows in groupby(_retold(statements, links), key=itemgetter("story")):
        for place in _repeated(rows):
            repeated[place] = True
    return pc.if_else(pa.array(repeated), _looked_up(links, statements["article_id"]), None)


def _corpus(article_id: pa.ChunkedArray, published: pa.ChunkedArray, signature: pa.ChunkedArray) -> _Corpus:
    order = pc.sort_indices(
        pa.table({"published": published, "article_id": article_id}),
        sort_keys=[("published", "ascending"), ("article_id", "ascending")],
    )
    days = published.take(order).cast(pa.int32()).cast(pa.int64()).fill_null(_UNDATED)
    stored = signature.cast(pa.binary(LAYOUT.itemsize)).combine_chunks()
    signatures = np.frombuffer(stored.buffers()[1] or b"", dtype=LAYOUT)[stored.offset : stored.offset + len(stored)]
    return _Corpus(signatures, order.to_numpy().astype(np.int64), days.to_numpy())


def _first_copies(corpus: _Corpus) -> Ranks:
    """The rank of each article's earliest copy with the same words: its own where there is none."""
    digests = corpus.field("digest")
    order = np.argsort(digests, kind="stable")
    again = _as_before(digests[order])
    short = corpus.field("words", order) < SHORT
    again &= ~short | (np.diff(corpus.days[order], prepend=-_UNDATED) <= DAYS)
    starts = np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))
    first = np.empty_like(order)
    first[order] = order[starts]
    return first


def _as_before(values: Signatures) -> Truths:
    """Whether each value is equal to the one before it."""
    equal = np.zeros(len(values), dtype=bool)
    equal[1:] = values[1:] == values[:-1]
    return equal


def _compared(corpus: _Corpus) -> Ranks:
    """The ranks to look for near-identical stories among: one of the long copies of each day stands for the others."""
    digests, days = corpus.field("digest"), corpus.days
    order = np.lexsort((days, digests))
    again = _as_before(digests[order]) & _as_before(days[order])
    kept: Ranks = np.sort(order[~again])
    return kept[corpus.field("words", kept) >= SHORT]


def _matches(corpus: _Corpus, ranks: Ranks) -> dict[int, list[int]]:
    """For each article, the earlier ones that tell the same story, in order."""
    tested = found = np.empty(0, dtype=np.int64)
    for candidates in _candidates(corpus, ranks):
        pairs = _beyond(candidates, tested)
        alike = [_alike(corpus, part & _EARLIER, part >> 32) for part in _parts(pairs)]
        tested = _sorted_together(tested, pairs)
        found = _sorted_together(found, pairs[np.concatenate(alike)] if alike else pairs)
    matches: defaultdict[int, list[int]] = defaultdict(list)
    for pair in found.tolist():
        matches[pair >> 32].append(pair & _EARLIER)
    return matches


def _sorted_together(one: Ranks, other: Ranks) -> Ranks:
    # Two sorted runs are merged in one pass by a stable sort; numpy's set functions hash them, which is far slower.
    together: Ranks = np.sort(np.concatenate([one, other]), kind="stable")
    return together


def _beyond(pairs: Ranks, known: Ranks) -> Ranks:
    """Those of `pairs` that are not in `known`, which is sorted."""
    if not len(known):
        return pairs
    places = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    beyond: Ranks = pairs[known[places] != pairs]
    return beyond


def _candidates(corpus: _Corpus, ranks: Ranks) -> Iterator[Ranks]:
    """Pairs of articles that agree in a band of the MinHash, one sorted array for each band.

    A pair is one number: the later article's rank in the upper half, the earlier one's in the lower. Of many articles
    that agree in a band, each is paired with the `_NEIGHBOURS` before it: the work stays linear, and the others are
    reached through their original.
    """
    rows = corpus.rows[ranks]
    for band in range(0, PERMUTATIONS, _ROWS_PER_BAND):
        keys = _band_keys(corpus.signatures, rows, band)
        order = np.argsort(keys, kind="stable")
        steps = [(later << 32) | earlier for earlier, later in _neighbours(keys[order], ranks[order], corpus.days)]
        yield np.sort(np.concatenate([np.empty(0, dtype=np.int64), *steps]))


def _band_keys(signatures: Signatures, rows: Ranks, band: int) -> npt.NDArray[np.uint64]:
    keys = np.zeros(len(rows), dtype=np.uint64)
    for column in range(band, band + _ROWS_PER_BAND):
        keys = (keys << np.uint64(16)) | signatures["minhash"][:, column][rows]
    return keys


def _neighbours(keys: npt.NDArray[np.uint64], ranks: Ranks, days: Ranks) -> Iterator[tuple[Ranks, Ranks]]:
    """Pairs with equal keys and near days, by their distance in the order; keys are sorted, ranks rise in each key."""
    at = np.arange(len(keys))
    for step in range(1, _NEIGHBOURS + 1):
        at = at[at + step < len(keys)]
        at = at[keys[at] == keys[at + step]]
        at = at[days[ranks[at + step]] - days[ranks[at]] <= DAYS]
        if not len(at):
            return
        yield ranks[at], ranks[at + step]


def _parts(pairs: Ranks) -> Iterator[Ranks]:
    return (pairs[start : start + _PAIRS_AT_ONCE] for start in range(0, len(pairs), _PAIRS_AT_ONCE))


def _alike(corpus: _Corpus, one: Ranks, other: Ranks) -> Truths:
    """Whether the bodies of each pair tell the same story, whenever they were published."""
    jaccard = (corpus.field("minhash", one) == corpus.field("minhash", other)).mean(axis=1)
    sizes = np.stack([corpus.field("triples", one), corpus.field("triples", other)]).astype(np.float64)
    contained = jaccard / (1 + jaccard) * sizes.sum(axis=0) / sizes.min(axis=0)
    alike: Truths = (jaccard >= LEAST_SHARED) & (contained >= LEAST_CONTAINED)
    names = _shared_names(corpus.field("names", one[alike]), corpus.field("names", other[alike]))
    alike[alike] = names >= LEAST_NAMES
    return alike


def _shared_names(one: Signatures, other: Signatures) -> npt.NDArray[np.float64]:
    """Share of the fewer names that the other body has, from the hashes up to which both signatures are complete."""
    complete = np.minimum(one[:, -1], other[:, -1])[:, None]
    seen_one, seen_other = ((names <= complete) & (names != NO_NAME) for names in (one, other))
    fewer = np.minimum(seen_one.sum(axis=1), seen_other.sum(axis=1))
    both = ((one[:, :, None] == other[:, None, :]) & seen_one[:, :, None] & seen_other[:, None, :]).sum(axis=(1, 2))
    return np.where(fewer == 0, 1.0, both / np.maximum(fewer, 1))


def _originals(corpus: _Corpus, copies: Ranks, matches: Mapping[int, Sequence[int]]) -> Ranks:
    """The rank of each article's original: its own where the story is told for the first time."""
    originals = np.arange(len(copies))
    for later in sorted(matches):
        if copies[later] != later:
            continue
        earlier = matches[later]
        for root in sorted({int(originals[copies[each]]) for each in earlier}):
            if root in earlier or _alike(corpus, np.array([root]), np.array([later]))[0]:
                originals[later] = root
                break
    return originals[copies]


def _retold(statements: pa.Table, links: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The statements of stories that are told more than once, story by story, the earliest telling first."""
    told = pa.array({*links, *links.values()}, type=pa.string())
    places = pa.array(np.flatnonzero(pc.is_in(statements["article_id"], told).to_numpy()))
    found = statements.select(["article_id", "published", "sequence", "text"]).take(places)
    stories = pc.coalesce(_looked_up(links, found["article_id"]), found["article_id"])
    found = found.append_column("story", stories).append_column("place", places)
    keys = [(name, "ascending") for name in ("story", "published", "article_id", "sequence")]
    order = pc.sort_indices(found, sort_keys=keys)
    for start in range(0, len(order), _STATEMENTS_AT_ONCE):
        yield from found.take(order.slice(start, _STATEMENTS_AT_ONCE)).to_pylist()


def _repeated(story: Iterator[dict[str, object]]) -> Iterator[int]:
    """Places of the statements that an earlier telling of the story has; what one telling says twice stays twice."""
    seen: dict[str, None] = {}
    for _, telling in groupby(story, key=itemgetter("article_id")):
        said = list(telling)
        for row in said:
            text = str(row["text"])
            if text in seen or process.extractOne(text, seen.keys(), scorer=fuzz.ratio, score_cutoff=SAME_WORDS):
                yield int(str(row["place"]))
        seen.update(dict.fromkeys(str(row["text"]) for row in said))


def _looked_up(links: Mapping[str, str], keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """The link of each key, null where it has none."""
    places = pc.index_in(keys, pa.array(links.keys(), type=pa.string()))
    return pa.chunked_array([pa.array(links.values(), type=pa.string())]).take(places)


def _with_column(table: pa.Table, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index("duplicate_of")
    return table.set_column(place, table.schema.field(place), values)
