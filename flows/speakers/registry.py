"""Who is who over many articles: names that belong to one speaker, and namesakes that do not.

Names are matched carefully: two speakers kept apart can be joined by whoever reads the table, two who were mixed up
cannot be told apart again. A person is one with

- whoever the table of officials knows under that full name for that state or organisation, in any spelling;
- a full name equal but for diacritics and transliteration, of the same state or organisation, or of none where the
  name belongs to one state alone; somebody cited as an expert is not the official of that name;
- a surname alone, with initials or without middle names, where the state has one such longer name only.

The outcome depends on the set of identities alone, not on their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from flows.speakers.officials import Officials
from flows.speakers.spelling import are_variants, consonants, folded, sounded

SEPARATOR: Final = "\x1f"
EXPERT: Final = "expert"


class Identity(NamedTuple):
    """What the statements say of one speaker, before speakers are matched.

    Attributes:
        type: What kind of source it is.
        name: Name as the statements give it.
        country: ISO codes of the states spoken for; empty for none.
        organization: Organisation spoken for, where no state is.
        standing: `expert`, `office`, or empty where the statements tell neither.
    """

    type: str
    name: str
    country: str
    organization: str
    standing: str

    @property
    def code(self) -> str:
        """The state or organisation spoken for; empty for none."""
        return self.country or self.organization


@dataclass(slots=True)
class Use:
    """How often, when and in which roles and spellings an identity speaks."""

    count: int = 0
    first: date | None = None
    last: date | None = None
    roles: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    spellings: set[str] = field(default_factory=set)

    def add(self, other: Use) -> None:
        """Takes in the use of another identity of the same speaker, or another role of this one."""
        self.count += other.count
        self.first, self.last = span_of(self.first, self.last, other.first, other.last)
        for role, days in other.roles.items():
            self.roles[role] = span_of(*self.roles.get(role, (None, None)), *days)
        self.spellings |= other.spellings


@dataclass(slots=True)
class Cluster:
    """Identities that are one speaker.

    Attributes:
        members: The identities.
        name: Canonical name.
        code: State or organisation spoken for; empty for none, or for an official who has spoken for several.
        standing: See `Identity`.
        wikidata: Item of the person in Wikidata, where the table of officials knows it.
        official: Whether the table of officials knows the person.
    """

    members: list[Identity]
    name: str
    code: str = ""
    standing: str = ""
    wikidata: str | None = None
    official: bool = False

    @property
    def speaker_id(self) -> str:
        """16 hexadecimal digits, the same as long as the speaker's name and state are."""
        kind = self.members[0].type
        name = sounded(self.name) if kind == "person" else folded(self.name) or self.name
        parts = (kind, name, "official") if self.official else (kind, name, self.code, self.standing)
        return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:16]


def who_is_who(uses: Mapping[Identity, Use], officials: Officials) -> list[Cluster]:
    """All speakers; each identity belongs to exactly one."""
    known: dict[str, Cluster] = {}
    people: list[Identity] = []
    others: dict[tuple[str, str, str], list[Identity]] = defaultdict(list)
    for identity in sorted(uses):
        if identity.type != "person":
            others[identity.type, folded(identity.name) or identity.name, identity.code].append(identity)
        elif official := _official(identity, officials):
            cluster = known.setdefault(official[0], Cluster([], official[0], official=True))
            cluster.members.append(identity)
            cluster.wikidata = cluster.wikidata or official[1]
        else:
            people.append(identity)
    full = [cluster for group in _spelling_groups(people) for cluster in _by_state(group, uses)]
    return [
        *_with_short_forms([*known.values(), *full]),
        *(Cluster(same, _most_used(same, uses), code) for (_, _, code), same in others.items()),
    ]


def _official(identity: Identity, officials: Officials) -> tuple[str, str | None] | None:
    """Canonical name and Wikidata item of the official who bears this full name for this state or organisation."""
    if identity.standing == EXPERT or " " not in identity.name:
        return None
    term = officials.person(identity.name, frozenset(identity.code.split(";")))
    return (term.name, term.wikidata) if term else None


def _spelling_groups(people: Sequence[Identity]) -> Iterator[list[Identity]]:
    """People whose full names differ in spelling at most, whatever their state."""
    by_name: dict[str, list[Identity]] = defaultdict(list)
    for identity in people:
        by_name[_run_together(identity.name)].append(identity)
    leader = {name: name for name in by_name}

    def lead(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    near: dict[str, list[str]] = defaultdict(list)
    for name, found in by_name.items():
        near[consonants(found[0].name)].append(name)
    for names in near.values():
        for one, other in combinations(sorted(names), 2):
            if are_variants(by_name[one][0].name, by_name[other][0].name):
                first, second = sorted((lead(one), lead(other)))
                leader[second] = first
    groups: dict[str, list[Identity]] = defaultdict(list)
    for name, found in by_name.items():
        groups[lead(name)].extend(found)
    yield from (sorted(group) for group in groups.values())


def _run_together(name: str) -> str:
    return sounded(name).replace(" ", "") or name


def _by_state(group: Sequence[Identity], uses: Mapping[Identity, Use]) -> Iterator[Cluster]:
    """Parts people of one name by state, and experts from holders of offices.

    Who speaks for nobody, or in no standing, is joined to the only one there is, else left alone.
    """
    codes = {identity.code for identity in group} - {""}
    parts: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    standings: dict[str, set[str]] = defaultdict(set)
    placed = [(identity, identity.code or (next(iter(codes)) if len(codes) == 1 else "")) for identity in group]
    for identity, code in placed:
        standings[code] |= {identity.standing} - {""}
    for identity, code in placed:
        only = next(iter(standings[code])) if len(standings[code]) == 1 else ""
        parts[code, identity.standing or only].append(identity)
    for (code, standing), members in sorted(parts.items()):
        yield Cluster(members, _most_used(members, uses), code, standing)


def _with_short_forms(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Joins `Lee` and `A. Lee` to `Ana Lee` where the state has no other speaker whose short form they can be."""
    longer: dict[int, list[int]] = {}
    by_surname: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        by_surname[folded(cluster.name).split()[-1] if folded(cluster.name) else ""].append(index)
    for alike in by_surname.values():
        for index in alike:
            longer[index] = [other for other in alike if _is_short_form(clusters[index], clusters[other])]
    kept = [cluster for index, cluster in enumerate(clusters) if len(_longest(index, longer)) != 1]
    for index, cluster in enumerate(clusters):
        if len(full := _longest(index, longer)) == 1:
            clusters[next(iter(full))].members.extend(cluster.members)
    return kept


def _longest(index: int, longer: Mapping[int, Sequence[int]]) -> set[int]:
    """The longest names of which one can be a short form; none for a name that is no short form."""
    return {found for other in longer[index] for found in (_longest(other, longer) if longer[other] else {other})}


def _is_short_form(short: Cluster, full: Cluster) -> bool:
    codes = {full.code} if full.code else {member.code for member in full.members}
    if short.official or not short.code or short.code not in codes:
        return False
    if short.standing and full.standing and short.standing != full.standing:
        return False
    wanted, having = folded(short.name).split(), folded(full.name).split()
    return wanted != having and _abbreviates(wanted, having)


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of `short`, or words that begin with its initials, stand in `full` in order, the last last.

    More than a surname must begin with the same letter: `Maria Lee` is no short form of `Ana Maria Lee`.
    """
    if len(short) > len(full) or short[-1:] != full[-1:] or (len(short) > 1 and short[0][:1] != full[0][:1]):
        return False
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in rest) for word in short)


def _most_used(members: Iterable[Identity], uses: Mapping[Identity, Use]) -> str:
    """The longest name, the most frequent of equally long ones, else the first by the alphabet."""
    counts: Counter[str] = Counter()
    for identity in members:
        counts[identity.name] += uses[identity].count
    return min(counts, key=lambda name: (-len(name.split()), -counts[name], name))


def span_of(
    first: date | None, last: date | None, other_first: date | None, other_last: date | None
) -> tuple[date | None, date | None]:
    """The first and the last of the days that are known."""
    days = [day for day in (first, last, other_first, other_last) if day]
    return min(days, default=None), max(days, default=None)
