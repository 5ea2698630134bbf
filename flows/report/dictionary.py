"""The data dictionary: every table and column in Markdown, from `flows.schema` alone.

The page is committed, so that a change of the schema shows in review; a test holds it against the schema.

    python -m flows.report.dictionary
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa

from flows.schema import TABLES, Column, Table
from flows.settings import PROJECT
from flows.tables.partitions import is_partitioned

DICTIONARY: Final = "docs/data-dictionary.md"

_OPENING = """# Data dictionary

Made from `flows/schema.py` by `python -m flows.report.dictionary`; change it there. Types are Arrow's. A column without
"null" is filled in every row. The same descriptions travel in the Parquet files, in `curated/datapackage.json` and in
`curated/croissant.json`."""


def write_dictionary(path: Path) -> None:
    """Writes the data dictionary to `path`; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary(), encoding="utf-8")


def dictionary() -> str:
    """The data dictionary as Markdown, one section per table."""
    contents = "\n".join(f"- [{table.name}](#{table.name}): {table.description}" for table in TABLES)
    return "\n\n".join((_OPENING, contents, *map(_section, TABLES))) + "\n"


def allowed_values(column: Column) -> str:
    """What a column's values must be beyond their type, in words; empty where nothing more is asked."""
    rules = (
        f"one of {', '.join(column.vocabulary)}" if column.vocabulary else "",
        f"matches `{column.pattern}`" if column.pattern else "",
        f"from {column.minimum:g}" if column.minimum is not None else "",
        f"to {column.maximum:g}" if column.maximum is not None else "",
        f"unit {column.unit}" if column.unit and column.unit != "1" else "",
    )
    return "; ".join(rule for rule in rules if rule)


def type_name(kind: pa.DataType) -> str:
    """Arrow's name of a type, without the names that lists give their items."""
    if pa.types.is_list(kind):
        return f"list<{type_name(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {type_name(field.type)}' for field in kind)}>"
    return str(kind)


def _section(table: Table) -> str:
    where = f"`curated/{table.name}/<year>.parquet`" if is_partitioned(table) else f"`curated/{table.name}.parquet`"
    order = ", ".join(f"`{name}`" for name in table.sort)
    place = f"Files: {where}. Key: `{table.key}`. Order of rows: {order}."
    return "\n\n".join((f"## {table.name}", table.description, place, _columns(table.columns)))


def _columns(columns: Iterable[Column]) -> str:
    lines = [("column", "type", "null", "meaning", "values"), ("---",) * 5]
    for column in columns:
        null = "null" if column.nullable else ""
        lines.append(
            (f"`{column.name}`", f"`{type_name(column.type)}`", null, column.description, allowed_values(column))
        )
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    write_dictionary(PROJECT / DICTIONARY)
    print(PROJECT / DICTIONARY)
