"""The hand-made gold rows agree with the articles they were read from."""

import csv
import json
import re
from pathlib import Path

import pytest

from flows.schema import QUOTATION_TYPES, STATEMENTS

GOLDEN = Path(__file__).parent
RAW = GOLDEN.parent.parent / "raw"
GOLD = [json.loads(line) for line in (GOLDEN / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
METADATA = sorted([*RAW.glob("*/metadata.csv"), GOLDEN / "articles" / "metadata.csv"])


def article(row):
    return (GOLDEN / "articles" / row["file"]).read_text(encoding="utf-8")


def test_every_article_has_gold_rows():
    assert {row["file"] for row in GOLD} == {path.name for path in (GOLDEN / "articles").glob("*.txt")}


@pytest.mark.parametrize("row", GOLD, ids=lambda row: f"{row['file']}:{row['text'][0][:30]}")
def test_gold_row_is_read_from_its_article(row):
    text, offset = article(row), 0
    for piece in row["text"]:
        offset = text.index(piece, offset) + len(piece)
    for mention in filter(None, (row["speaker_mention"], row["cue"] and row["cue"].rstrip(":"))):
        assert mention in text


def test_gold_values_are_those_of_the_schema():
    countries = STATEMENTS.column("country").pattern
    assert {row["type"] for row in GOLD} == set(QUOTATION_TYPES)
    for country in filter(None, (row["country"] for row in GOLD)):
        assert re.fullmatch(countries, country)


@pytest.mark.parametrize("sidecar", METADATA, ids=lambda path: path.parent.name)
def test_metadata_names_files_that_exist(sidecar):
    with sidecar.open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    assert records
    for record in records:
        assert None not in record, f"{sidecar}: too many cells beside {record['file']}"
        assert (sidecar.parent / record["file"]).is_file()
