"""The tables as a Frictionless Data Package: one resource per Parquet file, with the schema of its table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pyarrow as pa

from flows.report.data_files import DESCRIPTION, KEYWORDS, NAME, TITLE, DataFile
from flows.schema import ARTICLES, SPEAKERS, STATEMENTS, Column, Table

_TYPES: Final = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int32(): "integer",
    pa.float32(): "number",
    # The format has a string of base64 digits, but no type for bytes as they are.
    pa.binary(): "any",
}


def data_package(files: Sequence[DataFile], version: str) -> dict[str, Any]:
    """The descriptor of the files as a JSON object."""
    return {
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "keywords": list(KEYWORDS),
        "resources": [_resource(file, files) for file in files],
    }


def _resource(file: DataFile, files: Sequence[DataFile]) -> dict[str, Any]:
    return {
        "name": resource_name(file.path),
        "type": "table",
        "path": file.path,
        "title": file.table.name,
        "description": file.table.description,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [_field(column) for column in file.table.columns],
            "primaryKey": [file.table.key],
            "foreignKeys": _foreign_keys(file, {other.path for other in files}),
        },
    }


def resource_name(path: str) -> str:
    """The name of a file's resource: `statements/2024.parquet` is `statements-2024`."""
    return path.removesuffix(".parquet").replace("/", "-")


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": True if not column.nullable else None,
        "enum": list(column.vocabulary) if column.vocabulary else None,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    field = {
        "name": column.name,
        "type": "array" if pa.types.is_list(column.type) else _TYPES[column.type],
        "description": column.description,
        "constraints": {name: value for name, value in constraints.items() if value is not None},
    }
    return {**field, "unit": column.unit} if column.unit else field


def _foreign_keys(file: DataFile, paths: set[str]) -> list[dict[str, Any]]:
    """Keys of other files that rows of this one hold: a statement lies in the same year as its article."""
    if file.table.name != STATEMENTS.name:
        return []
    articles = f"{ARTICLES.name}/{PurePosixPath(file.path).name}"
    targets = ((ARTICLES, articles), (SPEAKERS, f"{SPEAKERS.name}.parquet"))
    return [_foreign_key(table, path) for table, path in targets if path in paths]


def _foreign_key(table: Table, path: str) -> dict[str, Any]:
    return {"fields": [table.key], "reference": {"resource": resource_name(path), "fields": [table.key]}}
