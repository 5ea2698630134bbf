"""The last stretch: rows that come are merged with rows that stay, summed up, and published as a new version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.changes import Published
from flows.quality.records import write_records
from flows.quality.verdict import Audit
from flows.report.asking import Snapshot
from flows.report.descriptions import write_descriptions
from flows.report.page import write_report
from flows.rows import extractor_version
from flows.schema import QUARANTINE, STATEMENTS
from flows.summary import Summary, counted, counts_of, first_refusals
from flows.tables.links import Links
from flows.tables.manifest import MANIFEST, Entry, Manifest, Plan, partitions_of, read_manifest, write_manifest
from flows.tables.merging import Inputs, Merged, merge_tables
from flows.tables.publishing import changes_tables, publish
from flows.tables.spool import Spool
from flows.tables.staging import Staged
from flows.tables.versions import VERSION, Version, is_whole, next_number, read_version
from flows.tables.view import View

_REFUSALS_SHOWN = 10


class ChecksStoppedError(Exception):
    """A table rule is broken, so that nothing was published; the message says which.

    Attributes:
        summary: What the build found all the same.
        verdict: What the checks found.
    """

    def __init__(self, summary: Summary, verdict: Audit) -> None:
        super().__init__(f"{summary.verdict} Broken: {'; '.join(summary.rules_broken)}")
        self.summary = summary
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows that come, as the checks left them.

    Attributes:
        verdict: What the checks found.
        rows: Rows that hold, with the refusals of the others.
        entries: Entries of their files, with counts.
        removed: How often each cleaning rule took something out.
    """

    verdict: Audit
    rows: Spool
    entries: Mapping[str, Entry]
    removed: Counter[str]


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that a publication is made of.

    Attributes:
        plan: What the run had to do.
        checked: Rows that come.
        links: Values that the whole corpus decides.
        published: The tables before.
        listed_ns: Time just before the raw files were listed, in nanoseconds since 1970.
        expectations: Digest of the suites.
    """

    plan: Plan
    checked: Checked
    links: Links
    published: Published
    listed_ns: int
    expectations: str


def merge_and_publish(
    new: Publication, staged: Staged, curated: Path, keep_versions: int, *, docs: bool = True
) -> Summary:
    """Merges, sums up and publishes; a run that changed no row publishes its manifest alone.

    Raises:
        StagingError: A column that may not be null is.
        PublicationError: The publication cannot be carried out.
        OSError: The disk is full or failed.
    """
    merged = _merge(new, staged)
    view = View.merged(merged, staged.folder, new.published.curated)
    entries = {**new.plan.kept, **new.checked.entries}
    write_manifest(Manifest(new.listed_ns, entries), staged.folder / MANIFEST)
    content = write_descriptions(staged.folder, view, extractor_version())
    gone = sorted(set(View.published(curated).files) - set(view.files))
    version = new.published.version
    if version and version.expectations == new.expectations and not changes_tables(staged, curated, gone):
        publish(staged, curated, keep=merged.kept)
        return Summary.again(version.summary, new.plan.changes._asdict())
    number = next_number(curated)
    summary = _summary(new, view, entries, curated, number)
    now = Snapshot(view, staged.folder / MANIFEST, number)
    write_report(staged.folder / "report" / "index.html", now, new.checked.verdict, content, _before(curated))
    heading = f"Version {number}: {summary.statements:,} statements of {summary.articles:,} articles"
    write_records(staged.folder / "quality", new.checked.verdict, heading, docs=docs)
    _version(new, view, summary, number).write(staged.folder / VERSION)
    publish(staged, curated, keep=merged.kept, remove=gone, version=number, keep_versions=keep_versions)
    return summary


def publish_manifest(plan: Plan, listed_ns: int, staged: Staged, curated: Path) -> None:
    """Publishes the manifest of unchanged files with the stamps that they have now."""
    write_manifest(Manifest(listed_ns, plan.kept), staged.folder / MANIFEST)
    publish(staged, curated)


def summary_of_stopped(plan: Plan, checked: Checked, curated: Path) -> Summary:
    """What a build found whose rows may not be published; the kinds of statements and refusals are of its own rows."""
    rows, refused = checked.rows.rows(STATEMENTS, ["quotation_type"]), checked.rows.rows(QUARANTINE)
    entries = {**plan.kept, **checked.entries}
    return Summary(
        published=False,
        by_type=counted(rows["quotation_type"]),
        refused=counted(refused["rule"]),
        refusals=first_refusals(refused.slice(0, _REFUSALS_SHOWN).to_pylist()),
        curated=str(curated),
        changes=plan.changes._asdict(),
        removed=dict(sorted(checked.removed.items())),
        before=_counts_before(curated),
        **_totals(entries, checked.verdict),
    )


def _merge(new: Publication, staged: Staged) -> Merged:
    dropped = frozenset(entry.source_path for entry in new.plan.dropped)
    touched = frozenset(partitions_of(new.plan.dropped))
    return merge_tables(Inputs(new.checked.rows, new.published.curated, dropped, touched, new.links), staged.folder)


def _summary(new: Publication, view: View, entries: Mapping[str, Entry], curated: Path, number: int) -> Summary:
    shown = view.first(QUARANTINE, ["source_path", "place", "reason"], _REFUSALS_SHOWN)
    return Summary(
        published=True,
        by_type=view.counted(STATEMENTS, "quotation_type"),
        refused=view.counted(QUARANTINE, "rule"),
        refusals=first_refusals(shown),
        curated=str(curated),
        changes=new.plan.changes._asdict(),
        removed=dict(sorted(new.checked.removed.items())),
        version=number,
        before=_counts_before(curated),
        **_totals(entries, new.checked.verdict),
    )


def _counts_before(curated: Path) -> dict[str, int]:
    version = read_version(curated)
    return counts_of(version.summary, version.number) if version else {}


def _before(curated: Path) -> Snapshot | None:
    """The tables that are published now, if they are whole and of today's form."""
    version = read_version(curated)
    if version is None or not is_whole(version, curated) or not read_manifest(curated).entries:
        return None
    return Snapshot(View.published(curated), curated / MANIFEST, version.number)


def _totals(entries: Mapping[str, Entry], verdict: Audit) -> dict[str, Any]:
    return {
        "verdict": verdict.sentence,
        "files": len(entries),
        "articles": sum(entry.articles for entry in entries.values()),
        "statements": sum(entry.statements for entry in entries.values()),
        "rules_checked": len(verdict.results),
        "rules_broken": tuple(result.sentence for result in verdict.results if result.failing),
    }


def _version(new: Publication, view: View, summary: Summary, number: int) -> Version:
    return Version(
        number=number,
        published=datetime.now(UTC).isoformat(timespec="seconds"),
        extractor_version=extractor_version(),
        expectations=new.expectations,
        summary=summary.as_dict(),
        files={path: file.stat().st_size for path, file in sorted(view.files.items())},
    )
