"""The shipped table of officials: what can be checked by machine without knowing the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from flows.data import rows
from flows.schema import ROLE_CATEGORIES
from flows.speakers.officials import KNOWN_UNTIL, shipped
from flows.speakers.spelling import folded, sounded
from flows.speakers.terms import COLUMNS, Official

SINGLE_OFFICES = ("head_of_state", "head_of_government", "foreign_minister")
HELD_BY_SEVERAL = {("CHN", "Foreign Ministry Spokesperson")}
SIDE_BY_SIDE = {"BIH", "IRN"}  # three members of one presidency; the Supreme Leader and the President


def terms_of_offices() -> Iterator[tuple[tuple[str, str], list[Official]]]:
    offices = defaultdict(list)
    for term in shipped().terms:
        offices[term.speaks_for, term.role].append(term)
    for office, terms in offices.items():
        yield office, sorted(terms, key=lambda term: term.first)


def overlapping(one: Official, other: Official) -> bool:
    return one.first < other.last and other.first < one.last


def test_columns_stand_as_documented():
    assert list(rows("officials")[0]) == list(COLUMNS)


def test_cells_are_trimmed_and_in_plain_letters():
    cells = [cell for row in rows("officials") for cell in row.values()]
    assert [cell for cell in cells if cell != " ".join(cell.split()) or not cell.isascii()] == []


def test_rows_are_sorted_and_none_stands_twice():
    keys = [(row["country"], row["organization"], row["role"], row["from"], row["name"]) for row in rows("officials")]
    assert len(keys) == len(set(keys))
    places = [(row["organization"] != "", row["country"], row["organization"]) for row in rows("officials")]
    assert places == sorted(places)


def test_organisations_are_those_of_the_lookup_file():
    known = {row["code"] for row in rows("organizations")}
    assert {row["organization"] for row in rows("officials")} - {""} <= known


def test_no_office_has_two_holders_at_one_time():
    found = [
        (office, one.name, other.name)
        for office, terms in terms_of_offices()
        for one, other in combinations(terms, 2)
        if office not in HELD_BY_SEVERAL and overlapping(one, other)
    ]
    assert found == []


@pytest.mark.parametrize("category", SINGLE_OFFICES)
def test_no_state_has_two_holders_of_one_kind_of_office_at_one_time(category):
    of_kind = [term for term in shipped().terms if term.role_category == category and term.country not in SIDE_BY_SIDE]
    by_state = defaultdict(list)
    for term in of_kind:
        by_state[term.speaks_for].append(term)
    found = [
        (one.country, one.name, other.name)
        for terms in by_state.values()
        for one, other in combinations(terms, 2)
        if overlapping(one, other)
    ]
    assert found == []


def test_terms_end_within_what_the_table_knows():
    assert [term for term in shipped().terms if term.last > KNOWN_UNTIL] == []
    assert all(term.first <= term.last for term in shipped().terms)


def test_open_terms_are_the_last_of_their_office():
    for office, terms in terms_of_offices():
        if office not in HELD_BY_SEVERAL:
            assert [one for one, _ in pairwise(terms) if one.last == KNOWN_UNTIL] == [], office


def test_no_spelling_means_two_people_who_could_be_mixed_up():
    """Only namesakes of different states may share a spelling: then the article's words must tell them apart."""
    people = defaultdict(set)
    for term in shipped().terms:
        for spelling in (term.name, *term.aliases):
            people[sounded(spelling).replace(" ", "")].add((term.name, term.speaks_for))
    for spelling, found in people.items():
        names = {name for name, _ in found}
        if len(names) > 1:
            assert len({state for _, state in found}) == len(found), spelling


def test_a_person_has_one_spelling_and_one_gender():
    spellings = defaultdict(set)
    genders = defaultdict(set)
    for term in shipped().terms:
        spellings[folded(term.name)].add(term.name)
        genders[term.name].add(term.gender)
    assert [names for names in spellings.values() if len(names) > 1] == []
    assert [name for name, told in genders.items() if len(told) > 1] == []


def test_all_terms_of_a_person_have_the_same_short_forms():
    forms = defaultdict(set)
    for term in shipped().terms:
        forms[term.name].add(term.surnames)
    differing = {name: found for name, found in forms.items() if len(found) > 1}
    assert differing == {}


@pytest.mark.parametrize("code", ["USA", "RUS", "CHN", "FRA", "GBR"])
def test_permanent_members_of_the_security_council_are_covered(code):
    kinds = {term.role_category for term in shipped().terms if term.country == code}
    assert {"head_of_state", "head_of_government", "foreign_minister", "permanent_representative"} - kinds <= (
        {"head_of_government"} if code == "USA" else set()
    )


@pytest.mark.parametrize("body", ["UN", "EU", "NATO", "IAEA", "OSCE", "WHO", "IMF", "World Bank", "AU", "Arab League"])
def test_main_organisations_are_covered(body):
    assert any(term.organization == body and term.last == KNOWN_UNTIL for term in shipped().terms)


def test_kinds_of_office_are_known():
    assert {term.role_category for term in shipped().terms} <= set(ROLE_CATEGORIES)


def test_common_surnames_stand_once_and_sorted():
    names = [row["name"] for row in rows("common_surnames")]
    assert names == sorted(set(names))
