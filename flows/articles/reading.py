"""How raw files are read: the limits that hold, and under which names records keep their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from flows.articles.field_names import Fields


@dataclass(frozen=True, slots=True)
class Reading:
    """Limits and field names, built once from the settings and handed down to every reader.

    Attributes:
        max_file_bytes: Most bytes that a raw file may have, and that a file inside a container may have where its
            format must be held in memory (zip in zip, Parquet in gzip).
        max_unpacked_bytes: Most bytes that one raw file may unpack to, all its layers and members together.
        max_ratio: Most unpacked bytes for each byte on disk.
        max_nesting: How many packings may lie inside each other; `archive.zip/day.jsonl.gz` has two.
        max_records: Most articles and refusals that one raw file may give.
        max_bad_records: So many bad records at its beginning, and not one good, and a file is given up.
        max_record_bytes: Most bytes of one record, or of one file that holds a single article.
        fields: Names under which records keep their fields.
    """

    max_file_bytes: int = 200_000_000
    max_unpacked_bytes: int = 2_000_000_000
    max_ratio: int = 200
    max_nesting: int = 3
    max_records: int = 1_000_000
    max_bad_records: int = 1_000
    max_record_bytes: int = 20_000_000
    fields: Fields = field(default_factory=Fields)


USUAL: Final = Reading()
"""The limits and names that hold where the settings say nothing."""
