"""The README's example must be what the pipeline really does."""

from __future__ import annotations

import re
from pathlib import Path

from flows.articles.reading import USUAL
from flows.articles.registry import read_file
from flows.rows import rows_of

PROJECT = Path(__file__).parent.parent
COLUMNS = ("speaker", "role", "country", "date", "quotation_type", "text")


def test_the_rows_of_the_example_are_those_of_its_article():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    article_file = PROJECT / re.search(r"`(raw/[^`]+\.txt)`", readme)[1]
    (article,) = read_file(article_file, PROJECT / "raw", USUAL)
    made = [tuple(str(row[column]) for column in COLUMNS) for row in rows_of(article)[1]]

    shown = _table_under(readme, COLUMNS)

    assert len(shown) >= 3
    assert [row for row in shown if row not in made] == []


def test_the_example_quotes_its_article():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    article = (PROJECT / re.search(r"`(raw/[^`]+\.txt)`", readme)[1]).read_text(encoding="utf-8")
    quoted = " ".join(line[2:] for line in readme.splitlines() if line.startswith("> "))
    pieces = [piece.strip() for piece in quoted.split("[…]")]

    assert len(pieces) > 1
    assert [piece for piece in pieces if piece not in " ".join(article.split())] == []


def test_every_linked_file_exists():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if "://" not in link]

    assert links
    assert [link for link in links if not (PROJECT / link).exists()] == []


def _table_under(text: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    lines = iter(text.splitlines())
    next(line for line in lines if _cells(line) == columns)
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
