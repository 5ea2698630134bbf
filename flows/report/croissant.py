"""The tables as Croissant, the JSON-LD vocabulary by which machine-learning tools find and load datasets.

Each Parquet file is a file object with its size and digest; each table is a record set over its file or files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from flows.report.data_files import DESCRIPTION, KEYWORDS, NAME, TITLE, DataFile
from flows.report.dictionary import allowed_values
from flows.schema import TABLES, Column, Table
from flows.tables.partitions import is_partitioned

# Croissant's own name for the type of Parquet files; it is not the registered media type.
_PARQUET: Final = "application/x-parquet"

# The vocabulary has no type for bytes: a binary column is left out.
_TYPES: Final = {
    pa.string(): "sc:Text",
    pa.date32(): "sc:Date",
    pa.int32(): "cr:Int32",
    pa.float32(): "cr:Float32",
}

_LICENCE: Final = "The words and the articles remain under the terms of their publishers; nothing is licensed anew."

_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{
        name: f"cr:{name}"
        for name in (
            "citeAs",
            "column",
            "equivalentProperty",
            "extract",
            "field",
            "fileProperty",
            "fileObject",
            "fileSet",
            "format",
            "includes",
            "isLiveDataset",
            "jsonPath",
            "key",
            "md5",
            "parentField",
            "path",
            "recordSet",
            "references",
            "regex",
            "repeated",
            "replace",
            "samplingRate",
            "separator",
            "source",
            "subField",
            "transform",
        )
    },
}


def croissant(files: Sequence[DataFile], version: str) -> dict[str, Any]:
    """The description of the files as a JSON-LD object; a table without a file is left out."""
    tables = [table for table in TABLES if any(file.table.name == table.name for file in files)]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "license": _LICENCE,
        "keywords": list(KEYWORDS),
        "citeAs": f"@misc{{{NAME}, title = {{{TITLE}}}, version = {{{version}}}}}",
        "distribution": [*map(_file_object, files), *(_file_set(table) for table in tables if is_partitioned(table))],
        "recordSet": [_record_set(table) for table in tables],
    }


def _file_object(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": _PARQUET,
        "sha256": file.sha256,
    }


def _file_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{table.name}-files",
        "name": f"{table.name}-files",
        "description": f"All files of the table {table.name}, one per year of publication.",
        "encodingFormat": _PARQUET,
        "includes": f"{table.name}/*.parquet",
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": {"@id": f"{table.name}/{table.key}"},
        "field": [_field(table, column) for column in table.columns if not pa.types.is_binary(column.type)],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    is_list = pa.types.is_list(column.type)
    kind = column.type.value_type if is_list else column.type
    values = allowed_values(column)
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.description} Values: {values}." if values else column.description,
    }
    if is_list:
        field["repeated"] = True
    if pa.types.is_struct(kind):
        return {**field, "subField": [_sub_field(table, column, part) for part in kind]}
    return {**field, "dataType": _TYPES[kind], "source": _source(table, column)}


def _sub_field(table: Table, column: Column, part: pa.Field) -> dict[str, Any]:
    source = {**_source(table, column), "transform": {"jsonPath": part.name}}
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}/{part.name}",
        "name": part.name,
        "dataType": _TYPES[part.type],
        "source": source,
    }


def _source(table: Table, column: Column) -> dict[str, Any]:
    files = (
        {"fileSet": {"@id": f"{table.name}-files"}}
        if is_partitioned(table)
        else {"fileObject": {"@id": f"{table.name}.parquet"}}
    )
    return {**files, "extract": {"column": column.name}}
