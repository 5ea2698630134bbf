"""Tables are written aside first, below `curated/.staging/`, where nobody reads them but the checks."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from flows.schema import TABLES
from flows.tables.partitions import partition, write_rows

STAGING: Final = ".staging"


class StagingError(Exception):
    """Tables could not be written aside."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Files that wait for publication.

    Attributes:
        run: Name of the run, which is the folder's name too.
        folder: The folder that stands for `curated/`: `folder/statements/2024.parquet` becomes
            `curated/statements/2024.parquet`. Any further file put there is published with the tables.
    """

    run: str
    folder: Path

    def files(self) -> list[str]:
        """Paths of the staged files below the folder, sorted."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())


def work_folder(curated: Path, run: str) -> Path:
    """Folder for what a run needs on its way and never publishes."""
    return curated / STAGING / f"{run}.work"


def stage(tables: Mapping[str, pa.Table], curated: Path, run: str) -> Staged:
    """Writes tables aside, partitioned and sorted, in place of anything an earlier run of that name left there.

    Args:
        tables: Rows by the table's name in `flows.schema.TABLES`.
        curated: Folder into which the tables will be published.
        run: A name that no other run has, such as Prefect's flow-run id.

    Raises:
        StagingError: A table's name or columns are not the schema's, a column that may not be null is, or the folder
            cannot be written.
    """
    declared = {table.name: table for table in TABLES}
    if unknown := sorted(tables.keys() - declared.keys()):
        raise StagingError(f"table {unknown[0]}: not declared in flows/schema.py, so it cannot be staged")
    staged = Staged(run, curated / STAGING / run)
    try:
        if staged.folder.exists():
            shutil.rmtree(staged.folder)
        for name, rows in tables.items():
            refuse_other_columns(name, rows, declared[name].schema())
            for path, part in partition(declared[name], rows).items():
                write_rows(declared[name], part, staged.folder / path)
    except OSError as error:
        raise StagingError(f"{staged.folder}: cannot be written ({error}); free space or mend its rights") from error
    return staged


def refuse_other_columns(name: str, rows: pa.Table, schema: pa.Schema) -> None:
    """Lets only rows pass that have the schema's columns, filled where they must be.

    Raises:
        StagingError: A column is missing, of another type, or null where it may not be.
    """
    if not rows.schema.equals(schema):
        raise StagingError(f"table {name}: its columns are not the schema's; make it with flows.tables.arrow.to_arrow")
    for field in schema:
        if not field.nullable and rows[field.name].null_count:
            raise StagingError(
                f"table {name}, column {field.name}: {rows[field.name].null_count} rows hold null where none is "
                f"allowed; check the table and set those rows aside first"
            )
