"""One row per speaker over the whole dataset, and each statement's way to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.schema import SPEAKERS, STATEMENTS
from flows.speakers.mention import parse_mention
from flows.speakers.officials import Officials
from flows.speakers.registry import EXPERT, SEPARATOR, Cluster, Identity, Use, who_is_who
from flows.speakers.spelling import consonants, sounded
from flows.tables.arrow import to_arrow
from flows.tables.links import Corpus, Links, changes

READ: Final = (
    "statement_id",
    "speaker_type",
    "organization",
    "role_category",
    "speakers",
    "date",
    "speaker_mention",
)
"""Columns of statements that decide who is who."""

_OFFICE = "office"


class Linked(NamedTuple):
    """Speakers and the statements that lead to them.

    Attributes:
        speakers: Rows of the table speakers.
        statements: Columns statement_id, speaker_id and speakers, in the order of the statements.
    """

    speakers: pa.Table
    statements: pa.Table


def linked_speakers(statements: pa.Table, officials: Officials) -> Linked:
    """Finds who is who; a pure function.

    Args:
        statements: Rows of the table statements, with the columns `READ` at least.
        officials: Table of officials.
    """
    named = _named(statements)
    uses = _uses(named)
    clusters = who_is_who(uses, officials)
    ids = {identity: cluster.speaker_id for cluster in clusters for identity in cluster.members}
    speakers = to_arrow(SPEAKERS, (_row(cluster, uses) for cluster in clusters))
    return Linked(speakers, _with_ids(statements, named, ids))


def speaker_links(corpus: Corpus, officials: Officials) -> Links:
    """The table speakers, and what is set in `speaker_id` and `speakers` of statements; a linker."""
    columns = [*READ, "speaker_id"]
    kept, coming = list(corpus.kept(STATEMENTS, columns)), corpus.coming(STATEMENTS, columns)
    found = linked_speakers(pa.concat_tables([*(rows for _, rows in kept), coming]), officials)
    return changes(STATEMENTS, kept, coming, found.statements, {SPEAKERS.name: found.speakers})


def _named(statements: pa.Table) -> pa.Table:
    """One row per name in `speakers`: the key of its identity, its statement's place, and what the roles need."""
    lists = statements["speakers"].combine_chunks()
    parents = pc.list_parent_indices(lists)
    listed = lists.flatten()
    alone = pc.equal(lists.value_lengths().take(parents), 1)

    def of_statement(column: str) -> pa.Array:
        return statements[column].combine_chunks().take(parents)

    def of_one(column: str) -> pa.Array:
        """Values that a statement has of its first speaker alone say nothing of the others."""
        return pc.if_else(alone, of_statement(column), None)

    country = pc.fill_null(listed.field("country"), "")
    organization = pc.if_else(pc.equal(country, ""), pc.fill_null(of_one("organization"), ""), "")
    parts = [
        pc.fill_null(of_statement("speaker_type"), "person"),
        listed.field("speaker"),
        country,
        organization,
        _standing(of_one("role_category")),
    ]
    return pa.table(
        {
            "key": pc.binary_join_element_wise(*parts, SEPARATOR),
            "role": listed.field("role"),
            "date": of_statement("date"),
            "mention": of_one("speaker_mention"),
        }
    )


def _standing(categories: pa.Array) -> pa.Array:
    expert = pc.fill_null(pc.equal(categories, "expert"), False)
    neither = pc.fill_null(pc.is_in(categories, pa.array(["other"])), False)
    office = pc.and_(pc.is_valid(categories), pc.invert(neither))
    return pc.if_else(expert, EXPERT, pc.if_else(office, _OFFICE, ""))


def _uses(named: pa.Table) -> dict[Identity, Use]:
    uses: dict[Identity, Use] = defaultdict(Use)
    said = named.filter(pc.is_valid(named["key"]))
    by_role = said.group_by(["key", "role"]).aggregate([("date", "min"), ("date", "max"), ("key", "count")])
    for row in by_role.to_pylist():
        days = (row["date_min"], row["date_max"])
        roles = {row["role"]: days} if row["role"] else {}
        uses[_identity(row["key"])].add(Use(row["key_count"], *days, roles))
    for row in said.group_by(["key", "mention"]).aggregate([]).to_pylist():
        identity = _identity(row["key"])
        uses[identity].spellings |= {identity.name, *_spelling(identity, row["mention"])}
    return dict(uses)


def _identity(key: str) -> Identity:
    return Identity(*key.split(SEPARATOR))


def _spelling(identity: Identity, mention: str | None) -> Iterator[str]:
    """The name in a mention that does not hold it as the statement's column does."""
    if identity.type == "person" and mention and identity.name not in mention and re.search(r"[^\W\d_]{2}", mention):
        written = _name_in(mention)
        if written and _can_be(written, identity.name):
            yield written


@lru_cache(maxsize=100_000)
def _name_in(mention: str) -> str | None:
    parsed = parse_mention(mention)
    return parsed.name if parsed.kind == "person" and not parsed.parts else None


def _can_be(written: str, name: str) -> bool:
    """Whether a name in a mention is a form of the speaker's, not somebody else's in a longer phrase."""
    theirs = set(sounded(name).split())
    return bool(theirs & set(sounded(written).split())) or consonants(written) == consonants(name)


def _row(cluster: Cluster, uses: Mapping[Identity, Use]) -> dict[str, Any]:
    use = Use()
    for identity in cluster.members:
        use.add(uses[identity])
    return {
        "speaker_id": cluster.speaker_id,
        "speaker": cluster.name,
        "speaker_type": cluster.members[0].type,
        "names_as_written": sorted(use.spellings),
        "roles": [
            {"role": role, "first_date": first, "last_date": last}
            for role, (first, last) in sorted(use.roles.items(), key=lambda item: (item[1][0] or date.max, item[0]))
        ],
        "country": _latest([identity for identity in cluster.members if identity.country], uses, "country"),
        "organization": _latest([item for item in cluster.members if item.organization], uses, "organization"),
        "statement_count": use.count,
        "first_date": use.first,
        "last_date": use.last,
        "wikidata": cluster.wikidata,
    }


def _latest(members: Sequence[Identity], uses: Mapping[Identity, Use], attribute: str) -> str | None:
    """The value spoken for last; of equally late ones the most frequent."""
    if not members:
        return None
    last = max(members, key=lambda member: (uses[member].last or date.min, uses[member].count, member))
    return str(getattr(last, attribute))


def _with_ids(statements: pa.Table, named: pa.Table, ids: Mapping[Identity, str]) -> pa.Table:
    """Statement_id, speaker_id and speakers with their ids."""
    keys = pa.array([SEPARATOR.join(identity) for identity in ids], pa.string())
    found = pa.array(ids.values(), pa.string()).take(pc.index_in(named["key"].combine_chunks(), keys))
    lists = statements["speakers"].combine_chunks()
    listed = lists.flatten()
    lengths = pc.fill_null(lists.value_lengths(), 0)
    ends = pc.cumulative_sum(lengths)
    starts = pc.subtract(ends, lengths)
    kind = STATEMENTS.column("speakers").type
    filled = pa.StructArray.from_arrays(
        [found if part.name == "speaker_id" else listed.field(part.name) for part in kind.value_type],
        fields=list(kind.value_type),
    )
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends.cast(pa.int32())])
    some = pc.greater(lengths, 0)
    first = found.take(pc.if_else(some, starts, None).cast(pa.int32()))
    return pa.table(
        {
            "statement_id": statements["statement_id"],
            "speaker_id": first,
            "speakers": pa.ListArray.from_arrays(offsets, filled, type=kind, mask=lists.is_null()),
        }
    )
