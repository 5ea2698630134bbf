"""The rows that come pass the checks, group by group; what breaks a row rule goes to quarantine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.batches import quarantine_table
from flows.quality.audit import Auditor, Earlier
from flows.quality.figures import Figures, figures_of, figures_of_entries
from flows.quality.quarantine import set_aside
from flows.quality.verdict import Audit
from flows.schema import ARTICLES, QUARANTINE, SPEAKERS, STATEMENTS
from flows.tables.counting import counted_entries
from flows.tables.manifest import Entry, read_manifest
from flows.tables.partitions import read_rows
from flows.tables.spool import Spool, SpoolWriter
from flows.tables.versions import VERSIONS, read_version, versions
from flows.tables.view import View

_GROUP_STATEMENTS = 50_000
_GROUP_BYTES = 64_000_000
"""Arrow bytes of the rows that are checked at once. Great Expectations takes over a second however few they are."""
_ORDER = (STATEMENTS.name, ARTICLES.name, QUARANTINE.name)


def check_coming(
    coming: Spool,
    entries: Mapping[str, Entry],
    kept: Mapping[str, Entry],
    published: View,
    before: Mapping[str, Entry],
    expectations: Path,
    folder: Path,
) -> tuple[Audit, Spool, dict[str, Entry]]:
    """Checks the rows that come and writes those that may be published to `folder`.

    Args:
        coming: Rows that come.
        entries: Entries of their files, without counts.
        kept: Entries of the files whose published rows stay.
        published: The published tables.
        before: Entries of all files of the published tables.
        expectations: Great Expectations project.
        folder: Folder for the rows that hold.

    Returns:
        The verdict, the rows that hold with the refusals of the others, and the entries with their counts.

    Raises:
        AuditError: The checks could not be run.
    """
    with Auditor(expectations) as auditor:
        with SpoolWriter(folder) as held:
            for group in coming.groups(_GROUP_BYTES):
                statements, articles, quarantine = (group[name] for name in _ORDER)
                broken = auditor.check(statements, articles, quarantine)
                kept_rows = set_aside(statements, articles, broken)
                refusals = pa.concat_tables([quarantine, quarantine_table(kept_rows.refusals)])
                held.add(dict(zip(_ORDER, (kept_rows.statements, kept_rows.articles, refusals), strict=True)))
        rows = Spool(folder)
        counted = counted_entries(entries, rows)
        figures = figures_of_entries([*kept.values(), *counted.values()])
        verdict = auditor.verdict(
            figures, figures_of_entries(before.values()) if before else None, _earlier(kept, published)
        )
    return verdict, rows, counted


def check_published(curated: Path, expectations: Path) -> Audit:
    """Runs all checks over the published tables, a group of articles at a time.

    Raises:
        AuditError: The checks could not be run.
    """
    figures = Figures()
    with Auditor(expectations) as auditor:
        for group in View.published(curated).groups(_GROUP_STATEMENTS):
            tables = [group[name] for name in _ORDER]
            auditor.check(*tables)
            figures += figures_of(*tables)
        auditor.check_speakers(read_rows(SPEAKERS, curated))
        return auditor.verdict(figures, _figures_before(curated))


def _figures_before(curated: Path) -> Figures | None:
    """The figures of the version before the published one; None if it is not kept."""
    now = read_version(curated)
    earlier = [each for each in versions(curated) if now and each.number < now.number]
    if not earlier:
        return None
    return figures_of_entries(read_manifest(curated / VERSIONS / str(earlier[0].number)).entries.values())


def _earlier(kept: Mapping[str, Entry], published: View) -> Earlier:
    """What stays, as it was found when it was checked."""
    by_rule: Counter[tuple[str, str]] = Counter()
    by_table: Counter[str] = Counter()
    if any(entry.set_aside for entry in kept.values()):
        for piece in published.pieces(QUARANTINE, ["stage", "source_path", "rule", "reason"]):
            for row in piece.filter(pc.equal(piece["stage"], "check")).to_pylist():
                if row["source_path"] in kept:
                    table = row["reason"].partition(":")[0]
                    by_table[table] += 1
                    by_rule.update((table, rule) for rule in row["rule"].split("; "))
    return Earlier(
        {
            ARTICLES.name: by_table[ARTICLES.name] + sum(entry.articles for entry in kept.values()),
            STATEMENTS.name: by_table[STATEMENTS.name] + sum(entry.statements for entry in kept.values()),
            QUARANTINE.name: sum(entry.refusals for entry in kept.values()),
        },
        by_rule,
    )
