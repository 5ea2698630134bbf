"""The hand-made gold rows agree with the articles they were read from."""

import csv
import json
import re
from pathlib import Path

import pytest

from flows.schema import QUOTATION_TYPES, STATEMENTS

GOLDEN = Path(__file__).parent
RAW = GOLDEN.parent.parent / "raw"
SETS = sorted(path.parent for path in GOLDEN.glob("*/gold.jsonl"))
GOLD = {
    folder: [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for folder in SETS
}
METADATA = sorted([*RAW.glob("*/metadata.csv"), *GOLDEN.glob("*/articles/metadata.csv")])


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_article_has_gold_rows(folder):
    articles = {path.name for path in (folder / "articles").iterdir()} - {"metadata.csv"}
    assert {row["file"] for row in GOLD[folder]} == articles


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_gold_rows_are_read_from_their_articles(folder):
    for row in GOLD[folder]:
        text, offset = (folder / "articles" / row["file"]).read_text(encoding="utf-8"), 0
        for piece in row["text"]:
            offset = text.index(piece, offset) + len(piece)
        mention = row["speaker_mention"]
        assert mention is None or " ".join(mention.split()) in " ".join(text.split()), row


def test_gold_values_are_those_of_the_schema():
    countries = STATEMENTS.column("country").pattern
    rows = [row for folder in SETS for row in GOLD[folder]]
    assert {row["type"] for row in rows} == set(QUOTATION_TYPES)
    for country in filter(None, (row["country"] for row in rows)):
        assert re.fullmatch(countries, country)


@pytest.mark.parametrize("sidecar", METADATA, ids=lambda path: path.parent.name)
def test_metadata_names_files_that_exist(sidecar):
    with sidecar.open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    assert records
    for record in records:
        assert None not in record, f"{sidecar}: too many cells beside {record['file']}"
        assert (sidecar.parent / record["file"]).is_file()
