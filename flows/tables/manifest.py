"""The manifest: what was read from each raw file, so that the next run reads only what changed.

    curated/.state/manifest.parquet    one row per raw file, published in one step with the tables it describes

A raw file is known to be unchanged if size and times are those of the manifest and the file is plainly older than
the manifest; anything else is decided by the hash of its bytes. So a clock that was set back, or a change within the
same tick of the clock, costs a hash and never a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, astuple, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.tables.raw_files import Stamp, content_digest, stamp

STATE: Final = ".state"
MANIFEST: Final = f"{STATE}/manifest.parquet"

MARGIN_NS: Final = 2_000_000_000
"""Two seconds: no file system keeps its times more coarsely."""
_LISTED: Final = b"listed_ns"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables hold of one raw file.

    Attributes:
        source_path: Path of the raw file below the raw folder.
        size: See `Stamp`.
        mtime_ns: See `Stamp`.
        ctime_ns: See `Stamp`.
        sidecar: See `Stamp`.
        sha256: SHA-256 of the bytes that were read; None where the reader gave none.
        settled: False if the file could not be read or changed meanwhile: the next run reads it again.
        fingerprint: Of the code, model and settings that made the rows; see `flows.fingerprint`.
        partitions: Years, or `undated`, under which its rows lie.
        articles: Rows in the table articles.
        words: Words of those articles in which statements were looked for.
        statements: Rows in the table statements.
        without_speaker: Those of them without a speaker.
        without_country: Those of them without a country.
        without_date: Those of them without a date.
        refusals: Rows in the table quarantine.
        set_aside: Those of them that the checks put there.
    """

    source_path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sidecar: str
    sha256: str | None
    settled: bool
    fingerprint: str
    partitions: tuple[str, ...] = ()
    articles: int = 0
    words: int = 0
    statements: int = 0
    without_speaker: int = 0
    without_country: int = 0
    without_date: int = 0
    refusals: int = 0
    set_aside: int = 0

    def without_counts(self) -> Entry:
        """The entry before its rows were counted."""
        return Entry(*(getattr(self, each.name) for each in fields(self) if each.default is MISSING))

    def with_stamp(self, seen: Stamp) -> Entry:
        """The entry with the stamp that the unchanged file has now."""
        return replace(self, size=seen.size, mtime_ns=seen.mtime_ns, ctime_ns=seen.ctime_ns, sidecar=seen.sidecar)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All entries by source path, and when the files were listed.

    Attributes:
        listed_ns: Time just before the raw folder was listed, in nanoseconds since 1970.
        entries: Entry of each raw file.
    """

    listed_ns: int = 0
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def total(self, count: str) -> int:
        """Sum of one of the counts over all files."""
        return sum(getattr(entry, count) for entry in self.entries.values())


class Changes(NamedTuple):
    """How the raw files differ from those of the manifest, as counts of files."""

    new: int
    changed: int
    outdated: int
    vanished: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    Attributes:
        files: The raw files to read: new ones, changed ones, and those whose rows are outdated.
        kept: Entries of the files whose rows stay, by source path.
        dropped: Entries of the files whose published rows go.
        changes: The same as counts.
        rechecked: Entries of unchanged files whose rows must pass the checks anew, since the rules changed.
        refreshed: Whether a kept file had to be hashed, so that a manifest of now saves the next run that work.
    """

    files: tuple[Path, ...]
    kept: Mapping[str, Entry]
    dropped: tuple[Entry, ...]
    changes: Changes
    refreshed: bool
    rechecked: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the published tables are already those of the raw files."""
        return not self.files and not self.dropped

    def with_new_rules(self) -> Plan:
        """The same plan, but with the rows of unchanged files checked again as if they were new."""
        return replace(self, kept={}, rechecked=self.kept, dropped=(*self.dropped, *self.kept.values()))


def plan(
    files: Sequence[Path], raw: Path, before: Manifest, fingerprint: str, suspects: Collection[str] = frozenset()
) -> Plan:
    """Compares raw files with the manifest.

    Args:
        files: Raw files, in the order in which they are to be read.
        raw: The raw folder.
        before: Manifest of the published tables.
        fingerprint: Fingerprint of the code and settings that would read them now.
        suspects: Source paths of files that must be read again whatever the manifest says.
    """
    work: list[Path] = []
    kept: dict[str, Entry] = {}
    counts = dict.fromkeys(Changes._fields, 0)
    for path in files:
        source_path = path.relative_to(raw).as_posix()
        entry = before.entries.get(source_path)
        if entry is None:
            counts["new"] += 1
            work.append(path)
        elif entry.fingerprint != fingerprint or source_path in suspects:
            counts["outdated"] += 1
            work.append(path)
        elif (now := _unchanged(path, entry, before.listed_ns)) is None:
            counts["changed"] += 1
            work.append(path)
        else:
            counts["unchanged"] += 1
            kept[source_path] = now
    dropped = tuple(entry for source_path, entry in before.entries.items() if source_path not in kept)
    counts["vanished"] = len(before.entries) - counts["unchanged"] - counts["changed"] - counts["outdated"]
    refreshed = any(entry is not before.entries[source_path] for source_path, entry in kept.items())
    return Plan(tuple(work), kept, dropped, Changes(**counts), refreshed)


def _unchanged(path: Path, entry: Entry, listed_ns: int) -> Entry | None:
    """The entry of an unchanged file, with its present stamp; None if the file changed."""
    seen = stamp(path)
    if seen is None or not entry.settled or seen.sidecar != entry.sidecar:
        return None
    same = (seen.size, seen.mtime_ns, seen.ctime_ns) == (entry.size, entry.mtime_ns, entry.ctime_ns)
    if same and max(seen.mtime_ns, seen.ctime_ns) < listed_ns - MARGIN_NS:
        return entry
    if entry.sha256 is None or content_digest(path) != entry.sha256:
        return None
    # A new entry even if it is equal: the manifest is then written with a new time, and the file not hashed again.
    return entry.with_stamp(seen)


_SCHEMA: Final = pa.schema(
    [
        pa.field("source_path", pa.string(), nullable=False),
        *(pa.field(name, pa.int64(), nullable=False) for name in ("size", "mtime_ns", "ctime_ns")),
        pa.field("sidecar", pa.string(), nullable=False),
        pa.field("sha256", pa.string()),
        pa.field("settled", pa.bool_(), nullable=False),
        pa.field("fingerprint", pa.string(), nullable=False),
        pa.field("partitions", pa.list_(pa.string()), nullable=False),
        *(pa.field(each.name, pa.int64(), nullable=False) for each in fields(Entry) if each.default == 0),
    ]
)


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Writes the manifest, sorted by source path."""
    entries = [manifest.entries[name] for name in sorted(manifest.entries)]
    columns = zip(*(map(astuple, entries)), strict=True) if entries else [()] * len(_SCHEMA)
    arrays = [pa.array(column, each.type) for column, each in zip(columns, _SCHEMA, strict=True)]
    schema = _SCHEMA.with_metadata({_LISTED: str(manifest.listed_ns)})
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def read_manifest(curated: Path) -> Manifest:
    """The manifest of the published tables; an empty one if there is none, or one of another form.

    Rows without a usable manifest are rows of which nothing is known, so everything is then read again.
    """
    path = curated / MANIFEST
    try:
        table = pq.read_table(path, partitioning=None)
    except (FileNotFoundError, pa.ArrowInvalid):
        return Manifest()
    if not table.schema.equals(_SCHEMA):
        return Manifest()
    listed = int((table.schema.metadata or {}).get(_LISTED, b"0"))
    return Manifest(listed, {entry.source_path: entry for entry in _entries(table)})


def _entries(table: pa.Table) -> Iterator[Entry]:
    for batch in table.to_batches(max_chunksize=10_000):
        columns: list[list[Any]] = [column.to_pylist() for column in batch.columns]
        for values in zip(*columns, strict=True):
            named = dict(zip(table.column_names, values, strict=True))
            yield Entry(**{**named, "partitions": tuple(named["partitions"])})


def partitions_of(entries: Iterable[Entry]) -> set[str]:
    """Years, or `undated`, under which rows of these files lie."""
    return {name for entry in entries for name in entry.partitions}
