"""The Great Expectations project in `expectations/`, written from the rules.

The files are committed so that a change of a rule shows in review; a test holds them against the rules. Every id is
made from the thing's name, so writing the files again changes only what the rules changed.

    python -m flows.quality.suites
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from flows.quality.rules import DATASET, Rule, Severity, rules
from flows.schema import TABLES
from flows.settings import PROJECT

EXAMPLES: Final = 20

# Great Expectations' own word for how grave a breach is, shown in its Data Docs.
_GX_SEVERITY: Final[dict[Severity, str]] = {"table": "critical", "row": "warning", "warn": "info"}
DATASOURCE: Final = "tables"
BATCH: Final = "whole_table"


def write_suites(root: Path) -> list[Path]:
    """Writes the project's files below `root` and returns their paths."""
    written = []
    for name, content in suite_files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def suite_files() -> dict[str, str]:
    """The project's files: their content by their path below its root."""
    suites = rules()
    files = {"great_expectations.yml": _project(suites), ".gitignore": "uncommitted/\n"}
    for name, of_table in suites.items():
        files[f"expectations/{name}.json"] = _json(_suite(name, of_table))
        files[f"validation_definitions/{name}.json"] = _json(_validation(name))
        files[f"checkpoints/{name}.json"] = _json(_checkpoint(name))
    return files


def key_of(suite: str) -> list[str]:
    """The column that names a row of the suite's table; none for the figures over all tables."""
    return [table.key for table in TABLES if table.name == suite and suite != DATASET]


def _suite(name: str, of_table: Iterable[Rule]) -> dict[str, object]:
    return {
        "name": name,
        "id": _id("suite", name),
        "meta": {},
        "notes": None,
        "expectations": [_expectation(name, rule) for rule in of_table],
    }


def _expectation(suite: str, rule: Rule) -> dict[str, object]:
    return {
        "type": rule.expectation,
        "id": _id("expectation", suite, rule.name),
        "kwargs": dict(rule.kwargs),
        "severity": _GX_SEVERITY[rule.severity],
        "description": rule.sentence,
        "meta": {"name": rule.name, "severity": rule.severity, "sentence": rule.sentence},
    }


def _validation(name: str) -> dict[str, object]:
    return {
        "name": name,
        "id": _id("validation", name),
        "data": {
            "datasource": {"name": DATASOURCE, "id": _id("datasource")},
            "asset": {"name": name, "id": _id("asset", name)},
            "batch_definition": {"name": BATCH, "id": _id("batch", name)},
        },
        "suite": {"name": name, "id": _id("suite", name)},
    }


def _checkpoint(name: str) -> dict[str, object]:
    return {
        "name": name,
        "id": _id("checkpoint", name),
        "actions": [],
        # Only some failing rows are listed: listing a million of them takes longer than all checks together.
        "result_format": {
            "result_format": "SUMMARY",
            "partial_unexpected_count": EXAMPLES,
            "unexpected_index_column_names": key_of(name),
        },
        "validation_definitions": [{"name": name, "id": _id("validation", name)}],
    }


def _project(suites: Iterable[str]) -> str:
    assets = "".join(
        f"""
      {name}:
        type: dataframe
        id: {_id("asset", name)}
        batch_metadata: {{}}
        batch_definitions:
          {BATCH}:
            id: {_id("batch", name)}
            partitioner:"""
        for name in suites
    )
    stores = "".join(
        f"""
  {name}_store:
    class_name: {kind}Store
    store_backend:
      class_name: TupleFilesystemStoreBackend
      suppress_store_backend_id: true
      base_directory: {folder}/"""
        for name, kind, folder in (
            ("expectations", "Expectations", "expectations"),
            ("validation_results", "ValidationResults", "uncommitted/validations"),
            ("checkpoint", "Checkpoint", "checkpoints"),
            ("validation_definition", "ValidationDefinition", "validation_definitions"),
        )
    )
    return f"""# Written by `python -m flows.quality.suites`; change flows/quality/rules.py instead.
config_version: 4.0
data_context_id: {_id("project")}
analytics_enabled: false
progress_bars:
  globally: false
stores:{stores}
expectations_store_name: expectations_store
validation_results_store_name: validation_results_store
checkpoint_store_name: checkpoint_store
data_docs_sites:
  local_site:
    class_name: SiteBuilder
    show_how_to_buttons: false
    store_backend:
      class_name: TupleFilesystemStoreBackend
      base_directory: uncommitted/data_docs/local_site/
    site_index_builder:
      class_name: DefaultSiteIndexBuilder
fluent_datasources:
  {DATASOURCE}:
    type: pandas
    id: {_id("datasource")}
    assets:{assets}
"""


def _id(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("diplomatic-statements", *names))))


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path in write_suites(PROJECT / "expectations"):
        print(path)
