"""The tables as a Frictionless Data Package: one resource per Parquet file, with the schema of its table.

`frictionless validate datapackage.json` accepts the files. That tool reads Parquet by way of pandas, which makes arrays
of lists and floats of integers beside nulls, so those columns are of type `any`; `arrowType` has each column's type.
It counts no bytes of such a file either, so the sizes stand in `croissant.json` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pyarrow as pa

from flows.report.data_files import DESCRIPTION, KEYWORDS, NAME, TITLE, DataFile
from flows.schema import ARTICLES, SPEAKERS, STATEMENTS, Column, Table

_ANY: Final = "any"
_TYPES: Final = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int32(): "integer",
    pa.float32(): "number",
    # The format has a string of base64 digits, but no type for bytes as they are.
    pa.binary(): _ANY,
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
    kind = _type(column)
    constraints = {
        "required": True if not column.nullable else None,
        "enum": list(column.vocabulary) if column.vocabulary else None,
        "pattern": column.pattern,
        "minimum": column.minimum if kind != _ANY else None,
        "maximum": column.maximum if kind != _ANY else None,
    }
    field = {
        "name": column.name,
        "type": kind,
        "arrowType": str(column.type),
        "description": column.description,
        "constraints": {name: value for name, value in constraints.items() if value is not None},
    }
    return {**field, "unit": column.unit} if column.unit else field


def _type(column: Column) -> str:
    is_changed_by_pandas = pa.types.is_list(column.type) or (column.nullable and pa.types.is_integer(column.type))
    return _ANY if is_changed_by_pandas else _TYPES[column.type]


def _foreign_keys(file: DataFile, paths: set[str]) -> list[dict[str, Any]]:
    """Keys of other files that rows of this one hold: a statement lies in the same year as its article."""
    if file.table.name != STATEMENTS.name:
        return []
    articles = f"{ARTICLES.name}/{PurePosixPath(file.path).name}"
    targets = ((ARTICLES, articles), (SPEAKERS, f"{SPEAKERS.name}.parquet"))
    return [_foreign_key(table, path) for table, path in targets if path in paths]


def _foreign_key(table: Table, path: str) -> dict[str, Any]:
    return {"fields": [table.key], "reference": {"resource": resource_name(path), "fields": [table.key]}}
