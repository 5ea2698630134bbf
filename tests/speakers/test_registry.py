"""Who is who over many articles; all people are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.speakers.officials import Officials
from flows.speakers.registry import Identity, Use, who_is_who
from flows.speakers.terms import parse

OFFICIALS = Officials(
    parse(
        "name,aliases,role,role_category,country,organization,from,to,wikidata\n"
        "Sergei Vyatkin,Serhiy Viatkin,Foreign Minister,foreign_minister,UKR,,2019,2021,Q7\n"
        "Sergei Vyatkin,Serhiy Viatkin,Secretary General,international_official,,OSCE,2022-01-01,,Q7\n",
        "table.csv",
        date.max,
    )
)


def person(name: str, country: str = "", organization: str = "", standing: str = "") -> Identity:
    return Identity("person", name, country, organization, standing)


def parted(*identities: Identity) -> list[set[Identity]]:
    clusters = who_is_who({identity: Use(count=1) for identity in identities}, OFFICIALS)
    return sorted((set(cluster.members) for cluster in clusters), key=sorted)


ONE_SPEAKER = [
    [person("Ana Ruiz", "PER"), person("Ana Ruíz", "PER")],
    [person("Ana Ruiz", "PER"), person("Ana Ruiz")],
    [person("Mohammed Tarhuni", "LBY"), person("Muhammad Tarhuni", "LBY")],
    [person("Bo Hyok-nam", "PRK"), person("Bo Hyok Nam", "PRK")],
    [person("Ana Ruiz", "PER"), person("Ruiz", "PER")],
    [person("Ana Ruiz", "PER"), person("A. Ruiz", "PER")],
    [person("Ana Maria Ruiz", "PER"), person("Ana Ruiz", "PER"), person("Ruiz", "PER")],
    [person("Ana Ruiz", "PER", standing="office"), person("Ana Ruiz", "PER")],
    [person("Ana Ruiz", "", "UN"), person("Ana Ruiz", "", "UN", "expert")],
    [person("Sergei Vyatkin", "UKR"), person("Serhiy Viatkin", "UKR"), person("Sergey Vyatkin", "", "OSCE")],
    [person("Sergei Vyatkin", "UKR"), person("Vyatkin", "UKR")],
]
SEVERAL_SPEAKERS = [
    [person("Ana Ruiz", "PER"), person("Ana Ruiz", "CHL")],
    [person("Ana Ruiz", "PER"), person("Ana Ruiz", "CHL"), person("Ana Ruiz")],
    [person("Ana Ruiz", "PER", standing="office"), person("Ana Ruiz", "PER", standing="expert")],
    [person("Ana Ruiz", "PER"), person("Ines Ruiz", "PER"), person("Ruiz", "PER")],
    [person("Ana Ruiz", "PER"), person("Alba Ruiz", "PER"), person("A. Ruiz", "PER")],
    [person("Ana Ruiz", "PER"), person("Ruiz", "CHL")],
    [person("Ana Ruiz", "PER"), person("Ruiz")],
    [person("Ana Ruiz", "PER"), person("Maria Ruiz", "PER")],
    [person("Ana Maria Ruiz", "PER"), person("Maria Ruiz", "PER")],
    [person("Ana Ruiz", "PER"), person("Ana Ruis", "PER")],
    [person("Sergei Vyatkin", "UKR"), person("Sergei Vyatkin", "UKR", standing="expert")],
    [person("Sergei Vyatkin", "UKR"), person("Sergei Vyatkin", "BLR")],
    [person("Ana Ruiz", "PER"), Identity("institution", "Ana Ruiz", "PER", "", "")],
    [Identity("institution", "Foreign Ministry", "PER", "", ""), Identity("institution", "Foreign Ministry", "CHL", "", "")],
]  # fmt: skip


@pytest.mark.parametrize("identities", ONE_SPEAKER)
def test_one_speaker_in_several_forms(identities):
    assert parted(*identities) == [set(identities)]


@pytest.mark.parametrize("identities", SEVERAL_SPEAKERS)
def test_namesakes_are_kept_apart(identities):
    assert parted(*identities) == sorted(({identity} for identity in identities), key=sorted)


def test_an_official_has_the_canonical_name_and_item_whatever_the_spelling():
    (cluster,) = who_is_who({person("Serhiy Viatkin", "UKR"): Use(count=1)}, OFFICIALS)
    assert (cluster.name, cluster.wikidata) == ("Sergei Vyatkin", "Q7")


def test_of_two_forms_the_longer_is_canonical_of_two_spellings_the_more_frequent():
    uses = {person("Ana Ruíz", "PER"): Use(3), person("Ana Ruiz", "PER"): Use(2), person("Ruiz", "PER"): Use(9)}
    (cluster,) = who_is_who(uses, OFFICIALS)
    assert cluster.name == "Ana Ruíz"


def test_the_id_stays_when_another_spelling_becomes_the_more_frequent():
    ids = {
        who_is_who({person("Ana Ruíz", "PER"): Use(many), person("Ana Ruiz", "PER"): Use(2)}, OFFICIALS)[0].speaker_id
        for many in (1, 3)
    }
    assert len(ids) == 1


_NAMES = st.sampled_from(
    "Ruiz;A. Ruiz;Ana Ruiz;Ana Maria Ruiz;Alba Ruiz;Mohammed Tarhuni;Muhammad Tarhuni;M. Tarhuni;Sergei Vyatkin;"
    "Sergey Vyatkin;Vyatkin;;~".split(";")
)
_IDENTITIES = st.builds(
    Identity,
    st.sampled_from(["person", "institution", "document"]),
    _NAMES,
    st.sampled_from(["", "PER", "UKR", "KEN;UGA"]),
    st.sampled_from(["", "OSCE"]),
    st.sampled_from(["", "expert", "office"]),
)


@given(st.dictionaries(_IDENTITIES, st.builds(Use, st.integers(1, 5)), max_size=14), st.randoms())
def test_the_outcome_does_not_depend_on_order_and_ids_are_unique(uses, random):
    def outcome(of: dict[Identity, Use]) -> list[tuple[str, str, list[Identity]]]:
        clusters = who_is_who(of, OFFICIALS)
        return sorted((cluster.speaker_id, cluster.name, sorted(cluster.members)) for cluster in clusters)

    shuffled = list(uses.items())
    random.shuffle(shuffled)
    first = outcome(uses)
    assert outcome(dict(shuffled)) == first
    assert len({speaker_id for speaker_id, _, _ in first}) == len(first)
    assert sorted(identity for _, _, members in first for identity in members) == sorted(uses)
