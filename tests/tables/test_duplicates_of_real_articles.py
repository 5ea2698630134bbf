"""Edited copies of real articles: how many find their original, and how many go astray."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from flows.articles.signature import signature
from flows.tables.duplicates import link

Edit = Callable[[str, Random, list[str]], str]
Story = tuple[str, date, str]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _corrected(text: str, rng: Random, others: list[str]) -> str:
    words = text.split()
    for _ in range(2):
        words[rng.randrange(len(words))] = rng.choice(rng.choice(others).split())
    return " ".join(words) + " Correction: an earlier version of this story gave another day for the meeting."


def _updated(text: str, rng: Random, others: list[str]) -> str:
    added = _sentences(rng.choice(others))[:5]
    sentences = _sentences(text)
    place = rng.randrange(len(sentences) + 1)
    return " ".join([*sentences[:place], *added, *sentences[place:]])


def _reworded(text: str, rng: Random, others: list[str]) -> str:
    words = rng.choice(others).split()
    return " ".join(rng.choice(words) if rng.random() < 0.04 else word for word in text.split())


def _stories(shared: Path) -> list[Story]:
    with gzip.open(shared / "real" / "white-house-2023.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 0, None, 8)]
    return [
        (f"{number:04}", date.fromisoformat(record["published"][:10]), record["text"])
        for number, record in enumerate(records)
        if 100 <= len(record["text"].split()) <= 900
    ]


def _links(stories: list[Story]) -> dict[str, str]:
    return link(
        pa.chunked_array([[name for name, _, _ in stories]], pa.string()),
        pa.chunked_array([[day for _, day, _ in stories]], pa.date32()),
        pa.chunked_array([[signature(text) for _, _, text in stories]], pa.binary()),
    )


@pytest.mark.shared
@pytest.mark.parametrize(("edit", "least"), [(_corrected, 0.97), (_updated, 0.92), (_reworded, 0.97)])
def test_edited_copies_find_their_original_and_no_other(shared: Path, edit: Edit, least: float) -> None:
    stories = _stories(shared)
    rng = Random(3)  # noqa: S311
    already = _links(stories)
    others = [text for _, _, text in stories]
    copies = [
        (f"copy of {name}", day + timedelta(rng.randrange(3)), edit(text, rng, others))
        for name, day, text in stories
        if name not in already
    ]
    links = _links([*stories, *copies])
    own = sum(links.get(name) == name.removeprefix("copy of ") for name, _, _ in copies)
    strange = {name: original for name, original in links.items() if name.removeprefix("copy of ") != original}
    assert len(copies) > 100
    assert own / len(copies) >= least
    assert strange == already
