"""Machine-readable descriptions of the published files, written beside them by every build.

    curated/datapackage.json    Frictionless Data Package
    curated/croissant.json      Croissant, a JSON-LD vocabulary for datasets

Both depend on the tables' bytes and the schema alone: no clock, no path of this machine.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.report.croissant import croissant
from flows.report.data_files import content_version, data_files
from flows.report.data_package import data_package
from flows.tables.versions import CROISSANT, DATA_PACKAGE
from flows.tables.view import View


def write_descriptions(folder: Path, tables: View, extractor_version: str) -> str:
    """Writes both descriptions into `folder`, which stands for `curated/`; the folder is made.

    Returns:
        The version of the tables by their bytes.

    Raises:
        OSError: A table file cannot be read, or the folder not be written.
    """
    files = data_files(tables)
    version = content_version(files, extractor_version)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / DATA_PACKAGE, data_package(files, version))
    _write(folder / CROISSANT, croissant(files, version))
    return version


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
