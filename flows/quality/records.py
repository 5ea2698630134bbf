"""The results of the checks as files: JSON for programs, and Great Expectations' Data Docs for people.

    quality/validations.json       verdict, every rule's counts and a few examples
    quality/data_docs/<suite>.html Data Docs of one suite; index.html lists them

Great Expectations' own pages fetch styles, fonts and scripts from other hosts. Those references are taken out, so that
the pages open without network and tell nobody that they were opened.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any, Final

from flows.quality.verdict import Audit, RuleResult

VALIDATIONS: Final = "validations.json"

_OUTSIDE: Final = re.compile(
    r"<script\b.*?</script>|<link\b[^>]*>|<img\b[^>]*>|<style>\s*@import.*?</style>|@import[^;]*;|url\([^)]*//[^)]*\)",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"""\s(?:href|src|action)=(["'])(?:https?:)?//.*?\1""", re.DOTALL | re.IGNORECASE)
_STYLE: Final = """<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 } th, td { text-align: left; vertical-align: top;
  padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ccd; overflow-wrap: anywhere }
.text-success { color: #1a6b3c } .text-danger { color: #a3262a }
nav, .modal, .navbar, .ge-walkthrough-modal { display: none }
</style>"""


def write_records(folder: Path, verdict: Audit, heading: str, *, docs: bool = True) -> None:
    """Writes verdict and Data Docs below `folder`.

    Args:
        folder: Folder for the files, which is made.
        verdict: What the checks found.
        heading: What was checked, in a few words.
        docs: Whether to write Data Docs too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rules = [asdict(result) for result in verdict.results]
    content = {"what": heading, "holds": verdict.holds, "verdict": verdict.sentence, "rules": rules}
    (folder / VALIDATIONS).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if docs:
        _write_docs(folder / "data_docs", verdict, heading)


def read_rules(folder: Path) -> tuple[RuleResult, ...]:
    """The results of the rules as `write_records` wrote them below `folder`; none if it wrote nothing there."""
    path = folder / VALIDATIONS
    if not path.is_file():
        return ()
    rules = json.loads(path.read_text(encoding="utf-8"))["rules"]
    return tuple(RuleResult(**{**rule, "examples": tuple(rule["examples"])}) for rule in rules)


def _write_docs(folder: Path, verdict: Audit, heading: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pages = {suite: _page(suite, found) for suite, found in verdict.validations.items() if found}
    for suite, page in pages.items():
        (folder / f"{suite}.html").write_text(page, encoding="utf-8")
    (folder / "index.html").write_text(_index(heading, verdict, list(pages)), encoding="utf-8")


def _page(suite: str, found: tuple[dict[str, Any], ...]) -> str:
    """The Data Docs page of one suite, without anything from elsewhere."""
    from great_expectations.core.expectation_validation_result import (  # noqa: PLC0415  takes seconds
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration  # noqa: PLC0415
    from great_expectations.render.renderer import ValidationResultsPageRenderer  # noqa: PLC0415
    from great_expectations.render.view import DefaultJinjaPageView  # noqa: PLC0415

    results = [
        ExpectationValidationResult(
            success=each["success"],
            expectation_config=ExpectationConfiguration(**each["expectation_config"]),
            result=each["result"],
            exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
        )
        for each in found
    ]
    good = sum(each["success"] for each in found)
    statistics = {
        "evaluated_expectations": len(found),
        "successful_expectations": good,
        "unsuccessful_expectations": len(found) - good,
        "success_percent": 100 * good / len(found),
    }
    validated = ExpectationSuiteValidationResult(
        success=good == len(found),
        results=results,
        suite_name=suite,
        statistics=statistics,
        meta={"run_id": {"run_name": suite, "run_time": "1970-01-01T00:00:00+00:00"}, "active_batch_definition": {}},
    )
    return offline(DefaultJinjaPageView().render(ValidationResultsPageRenderer().render(validated)))


def offline(page: str) -> str:
    """The page without scripts, images, fonts and styles of other hosts, and with a small style of its own."""
    return _ADDRESS.sub("", _OUTSIDE.sub("", page)).replace("</head>", f"{_STYLE}</head>", 1)


def _index(heading: str, verdict: Audit, suites: list[str]) -> str:
    links = "".join(f'<li><a href="{suite}.html">{escape(suite)}</a></li>' for suite in suites)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Checks</title>{_STYLE}</head><body>'
        f"<h1>Checks</h1><p>{escape(heading)}</p><p>{escape(verdict.sentence)}</p><ul>{links}</ul></body></html>"
    )
