"""How true the rows are: rows of articles against gold rows that people made.

A gold row is one JSON object a line: `file`, `text` (list of pieces), `type`, `speaker`, `role`, `country`, `date`
(may be partial: `2016-02`), `tags`. Rows pair one to one within a file, best overlap of words first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from rapidfuzz import fuzz

from flows.articles.article import Article
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import list_raw, read_file
from flows.rows import statements_of

Row = Mapping[str, Any]

FIELDS = ("speaker", "role", "country", "date", "type")
FOUND, _EXACT = 0.5, 0.9
_NAME, _SURNAME, _ROLE, _ROLE_ORDER = 88, 75, 80, 60
_UNASKED = "name-needs-metadata"


class GoldError(ValueError):
    """A gold file that cannot be used; the message names file, line and remedy."""


@dataclass(slots=True)
class Score:
    """Counts of one comparison.

    Attributes:
        gold: Gold rows.
        found: Rows of the pipeline.
        detected: Pairs whose texts share at least half of their words.
        exact: Pairs whose texts share nine in ten.
        whole: Exact pairs with the right speaker, role, country and date.
        right: Detected pairs with the field right, by field.
        misses: Each fault in one line.
    """

    gold: int = 0
    found: int = 0
    detected: int = 0
    exact: int = 0
    whole: int = 0
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        """Harmonic mean of precision and recall for `hits`, 0 to 1."""
        return 2 * hits / (self.gold + self.found) if self.gold + self.found else 0.0

    def share(self, name: str) -> float:
        """Share of the detected pairs in which the field is right, 0 to 1."""
        return self.right[name] / self.detected if self.detected else 0.0

    def figures(self) -> dict[str, float]:
        """All figures by name."""
        return {
            "detection_f1": self.f1(self.detected),
            "exact_text_f1": self.f1(self.exact),
            "row_f1": self.f1(self.whole),
            **{name: self.share(name) for name in FIELDS},
        }


def evaluate(raw: Path, gold: Path, reading: Reading = USUAL) -> Score:
    """Extracts the articles under `raw` and compares their rows with the gold rows.

    Raises:
        GoldError: A line of the gold file is no gold row.
    """
    wanted = read_gold(gold)
    return compare(wanted, (row for article in articles_of(raw, reading) for row in statements_of(article)))


def articles_of(raw: Path, reading: Reading = USUAL) -> Iterator[Article]:
    """The articles of a folder that can be read, in the order of its files."""
    for path in list_raw(raw):
        yield from (item for item in read_file(path, raw, reading) if isinstance(item, Article))


def judged(gold: Sequence[Row], rows: Sequence[Row]) -> list[bool]:
    """Whether text (nine words in ten shared) and speaker of each row are those of a gold row; rows of one file."""
    names = {PurePath(row["source_path"]).name for row in rows}
    wanted = [row for row in gold if PurePath(row["file"]).name in names]
    right = {
        id(row)
        for gold_row, row, overlap in _pairs(wanted, rows)
        if overlap >= _EXACT and _fields(gold_row, row)["speaker"]
    }
    return [id(row) in right for row in rows]


def read_gold(path: Path) -> list[Row]:
    """The gold rows of a file.

    Raises:
        GoldError: The file is no text; a line is no JSON object, or lacks `file`, `text` or `type`.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is no UTF-8 text ({error.reason} at byte {error.start})") from error
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({**row, "text": " ".join(row["text"]), "file": row["file"], "type": row["type"]})
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise GoldError(f"{path}, line {number}: {error!r}; a gold row needs file, text and type") from error
    return rows


def compare(gold: Sequence[Row], rows: Iterable[Row]) -> Score:
    """Compares rows with gold rows, file by file."""
    wanted: dict[str, list[Row]] = defaultdict(list)
    having: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        wanted[PurePath(row["file"]).name].append(row)
    for row in rows:
        having[PurePath(row["source_path"]).name].append(row)
    score = Score()
    for name in sorted(wanted):
        _compare_file(name, wanted[name], having[name], score)
    return score


def _compare_file(name: str, gold: Sequence[Row], rows: Sequence[Row], score: Score) -> None:
    score.gold += len(gold)
    score.found += len(rows)
    pairs = _pairs(gold, rows)
    for wanted, row, overlap in pairs:
        right = _fields(wanted, row)
        whole = overlap >= _EXACT and all(right[key] for key in FIELDS[:4])
        score.detected += 1
        score.exact += overlap >= _EXACT
        score.whole += whole
        score.right.update(key for key, value in right.items() if value)
        if not whole:
            wrong = [key for key in FIELDS if not right[key]] + ([] if overlap >= _EXACT else ["text"])
            score.misses.append(
                f"{name}: wrong {', '.join(wrong)}: {wanted['text'][:80]!r} against {row['text'][:80]!r}"
            )
    matched = [id(item) for pair in pairs for item in pair[:2]]
    score.misses += [f"{name}: missed {row['text'][:100]!r}" for row in gold if id(row) not in matched]
    score.misses += [f"{name}: extra {row['text'][:100]!r}" for row in rows if id(row) not in matched]


def _pairs(gold: Sequence[Row], rows: Sequence[Row]) -> list[tuple[Row, Row, float]]:
    overlaps = sorted(
        (
            (shared_words(wanted["text"], row["text"]), i, j)
            for i, wanted in enumerate(gold)
            for j, row in enumerate(rows)
        ),
        reverse=True,
    )
    pairs: list[tuple[Row, Row, float]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for overlap, i, j in overlaps:
        if overlap >= FOUND and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], rows[j], overlap))
    return pairs


def shared_words(one: str, other: str) -> float:
    """Share of the words of both texts together that they have in common (Jaccard index of multisets), 0 to 1."""
    a, b = Counter(_words(one)), Counter(_words(other))
    union = (a | b).total()
    return (a & b).total() / union if union else 1.0


def _words(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", text or "").replace("’", "'")
    return re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char)).lower())


def _fields(gold: Row, row: Row) -> dict[str, bool]:
    unasked = _UNASKED in (gold.get("tags") or ())
    return {
        "speaker": unasked or _same_names(gold.get("speaker"), row["speaker"]),
        "role": unasked or _same_role(gold.get("role"), row["role"]),
        "country": _codes(gold.get("country")) == _codes(row["country"]),
        "date": _same_day(gold.get("date"), row["date"]),
        "type": gold["type"] == row["quotation_type"],
    }


def _same_names(gold: str | None, found: str | None) -> bool:
    one, other = (sorted(" ".join(_words(name)) for name in (names or "").split(";")) for names in (gold, found))
    return len(one) == len(other) and all(_same_name(a, b) for a, b in zip(one, other, strict=True))


def _same_name(gold: str, found: str) -> bool:
    if not gold or not found:
        return gold == found
    alike = fuzz.token_set_ratio(gold, found) >= _NAME
    surnames = (name.rsplit(maxsplit=1)[-1] for name in (gold, found))
    return alike and fuzz.ratio(*surnames) >= _SURNAME


def _same_role(gold: str | None, found: str | None) -> bool:
    one, other = (" ".join(word for word in _words(role) if word not in ("the", "of", "s")) for role in (gold, found))
    if not one or not other:
        return one == other
    return fuzz.token_set_ratio(one, other) >= _ROLE and fuzz.token_sort_ratio(one, other) >= _ROLE_ORDER


def _codes(codes: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z]{3}", codes or ""))


def _same_day(gold: str | None, found: object) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return str(found)[:10].startswith(str(gold)[:10])
