from __future__ import annotations

import json
from pathlib import Path

from flows.quality.suites import suite_files, write_suites
from flows.settings import PROJECT

# What Great Expectations itself may leave beside the committed files.
LITTER = {"uncommitted", "plugins", ".ge_store_backend_id"}


def files_below(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file() and not LITTER & set(path.relative_to(root).parts)
    }


def test_the_committed_files_are_those_that_the_schema_gives():
    assert files_below(PROJECT / "expectations") == suite_files(), "run python -m flows.quality.suites"


def test_writing_again_changes_nothing(tmp_path):
    write_suites(tmp_path)
    first = files_below(tmp_path)
    write_suites(tmp_path)
    assert files_below(tmp_path) == first


def test_every_expectation_says_name_severity_and_sentence():
    for name, content in suite_files().items():
        if name.startswith("expectations/"):
            for expectation in json.loads(content)["expectations"]:
                assert set(expectation["meta"]) == {"name", "severity", "sentence"}
                assert expectation["meta"]["severity"] in {"row", "table", "warn"}
