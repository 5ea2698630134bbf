"""The pages for readers speak of things that exist."""

from __future__ import annotations

import re

import pytest

from flows.schema import TABLES
from flows.settings import PROJECT

PAGES = ("docs/dataset-card.md", "curated/README.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(page):
    text = (PROJECT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert len(links) >= 3
    for link in links:
        path, _, heading = link.partition("#")
        target = (PROJECT / page).parent / path
        assert target.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {title.lower().replace(" ", "-") for title in titles}, link


def test_the_two_pages_link_to_each_other():
    card, tables = ((PROJECT / page).read_text(encoding="utf-8") for page in PAGES)
    assert "(../curated/README.md)" in card
    assert "(../docs/dataset-card.md)" in tables


def test_columns_that_the_card_names_are_in_the_schema():
    card = (PROJECT / PAGES[0]).read_text(encoding="utf-8")
    known = {table.name for table in TABLES} | {column.name for table in TABLES for column in table.columns}
    # Keys of the two descriptions, not of the tables.
    known |= {"version"}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", card))
    assert {"confidence", "duplicate_of", "role_basis", "skipped"} <= named
    assert named <= known


def test_every_table_stands_in_the_readme_of_the_tables():
    text = (PROJECT / PAGES[1]).read_text(encoding="utf-8")
    assert [table.name for table in TABLES if f"| `{table.name}" not in text] == []
