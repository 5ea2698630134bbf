"""A draw of rows, the data dictionary, and how to cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flows.report.data_files import TITLE
from flows.report.dictionary import allowed_values, type_name
from flows.report.markup import Look, figure, plain_table, section, words
from flows.report.material import Material
from flows.schema import TABLES, Table
from flows.tables.partitions import is_partitioned

_DRAW: Final = """
SELECT text, speaker, role, country, date, round(confidence::DOUBLE, 2) AS confidence, article_id
FROM {statements}
WHERE duplicate_of IS NULL AND length(text) <= 300
ORDER BY statement_id
LIMIT 8
"""


def draw(material: Material) -> str:
    """Some rows to look at."""
    return section(
        "rows",
        "Rows to look at",
        figure(
            "Eight rows, drawn by their identifiers, which are as good as random",
            material.asker.ask(_DRAW),
            Look(wide=frozenset({"text"})),
            note="<code>statements inspect ARTICLE_ID</code> shows the whole article with every statement marked, and "
            "why each was attributed as it was.",
        ),
    )


def dictionary(material: Material) -> str:
    """Every table and column."""
    del material
    return section(
        "dictionary",
        "Data dictionary",
        *map(_table, TABLES),
        lead="The same descriptions travel in the Parquet files and in <code>datapackage.json</code>.",
    )


def cite(material: Material) -> str:
    """How to cite exactly these tables."""
    line = f"{TITLE}, version {material.version}, built from <your collection of articles>, <day of the build>."
    return section(
        "cite",
        "How to cite this version",
        f'<pre class="cite"><code>{words(line)}</code></pre>'
        "<p>The part before the plus sign is the version of the code, the part after it a digest of all table files: "
        "other bytes have another version. <code>croissant.json</code> and <code>datapackage.json</code> beside the "
        "tables carry the same version, and <code>citeAs</code> in <code>croissant.json</code> the same line for "
        "BibTeX.</p><p>Articles and quotations stay under the terms of their publishers; most may not be passed on. "
        "To share rows without them, leave out the tables <code>articles</code> and <code>quarantine</code> and the "
        "columns <code>text</code> and <code>context</code>.</p>",
    )


def _table(table: Table) -> str:
    files = f"{table.name}/*.parquet" if is_partitioned(table) else f"{table.name}.parquet"
    heads = ("column", "type", "null", "meaning", "values")
    return (
        f"<details><summary><strong>{table.name}</strong>: {words(table.description)}</summary>"
        f'<p class="note">Files: <code>{files}</code>. Key: <code>{table.key}</code>.</p>'
        f"{plain_table(heads, _columns(table))}</details>"
    )


def _columns(table: Table) -> Iterator[tuple[str, ...]]:
    for column in table.columns:
        name, kind = (f"<code>{words(each)}</code>" for each in (column.name, type_name(column.type)))
        yield name, kind, "null" if column.nullable else "", words(column.description), words(allowed_values(column))
