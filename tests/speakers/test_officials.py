"""Officials by name and day, and what they add to the people of an article; all of them invented."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from helpers import article, dateline
from hypothesis import given
from hypothesis import strategies as st

from flows.rows import rows_of
from flows.speakers.officials import KNOWN_UNTIL, Hints, Officials, shipped, with_own
from flows.speakers.terms import COLUMNS, OfficialsError, parse

TABLE = """name,surname,aliases,role,role_category,country,organization,from,to,gender,wikidata,source
Ingrid Solhaug,,,Foreign Minister,foreign_minister,NOR,,2020-01-10,2024-05-31,f,Q1,invented
Sergei Vyatkin,,Sergiy Vjatkin,Foreign Minister,foreign_minister,UKR,,2019-05,,m,,invented
Bo Kim,Kim,,President,head_of_state,KOR,,2022-05-10,,m,,invented
Kim Hyok Nam,Kim,,Foreign Minister,foreign_minister,PRK,,2020-01-01,,m,,invented
Ana Brown,,,Prime Minister,head_of_government,NZL,,2021-01-01,,f,,invented
Aino Lahtinen-Voss,,,Secretary General,international_official,,NATO,2023-10-01,,f,,invented
Pieter van Aertsen,,,Permanent Representative to the UN,permanent_representative,NLD,,2022-09-01,,m,,invented
Omar Tarhuni,,,Prime Minister,head_of_government,LBY,,2023-01-01,,m,,invented
Omar Tarhuni,,,Foreign Minister,foreign_minister,LBY,,2022-01-01,,m,,invented
"""
DAY = date(2024, 3, 14)


@pytest.fixture(scope="module")
def officials() -> Officials:
    return Officials(parse(TABLE, "table.csv", date.max))


def rows(officials: Officials, *paragraphs: str, **changes: object) -> list[dict[str, Any]]:
    return rows_of(article(*paragraphs, **changes), officials)[1]


def name_of(officials: Officials, name: str, day: date = DAY, hints: Hints | None = None) -> str | None:
    term = officials.holder(name, day, hints or Hints())
    return term.name if term else None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Ingrid Solhaug", "Ingrid Solhaug"),
        ("Solhaug", "Ingrid Solhaug"),
        ("Ingríd Sólhaug", "Ingrid Solhaug"),
        ("Sergey Vyatkin", "Sergei Vyatkin"),
        ("Serhii Vyatkin", None),
        ("Sergiy Vjatkin", "Sergei Vyatkin"),
        ("Vyatkin", "Sergei Vyatkin"),
        ("Vjatkin", "Sergei Vyatkin"),
        ("Vyatkina", None),
        ("Viatkin", None),
        ("Igor Vyatkin", None),
        ("van Aertsen", "Pieter van Aertsen"),
        ("Pieter J. van Aertsen", "Pieter van Aertsen"),
        ("Lahtinen-Voss", "Aino Lahtinen-Voss"),
        ("Kim Hyok-nam", "Kim Hyok Nam"),
        ("Kim", None),
        ("Brown", None),
        ("Ana Brown", None),
        ("Nobody Known", None),
        ("", None),
    ],
)
def test_a_name_leads_to_its_official(officials, written, canonical):
    hints = Hints(named=frozenset({"PRK"})) if written.startswith("Kim H") else Hints()
    assert name_of(officials, written, hints=hints) == canonical


@pytest.mark.parametrize(
    ("day", "in_office"),
    [
        (date(2020, 1, 9), False),
        (date(2020, 1, 10), True),
        (date(2024, 5, 31), True),
        (date(2024, 6, 1), False),
    ],
)
def test_an_official_holds_the_office_from_the_first_day_to_the_last(officials, day, in_office):
    assert (name_of(officials, "Solhaug", day) is not None) == in_office


def test_of_a_month_only_what_is_certain_counts(officials):
    assert name_of(officials, "Vyatkin", date(2019, 5, 30)) is None
    assert name_of(officials, "Vyatkin", date(2019, 5, 31)) == "Sergei Vyatkin"


@pytest.mark.parametrize(
    ("hints", "canonical"),
    [
        (Hints(), None),
        (Hints(named=frozenset({"KOR", "PRK"})), None),
        (Hints(named=frozenset({"KOR", "USA"})), "Bo Kim"),
        (Hints(countries=frozenset({"PRK"})), "Kim Hyok Nam"),
        (Hints(category="head_of_state", heads=("president",), named=frozenset({"KOR", "PRK"})), "Bo Kim"),
        (Hints(gender="f", named=frozenset({"KOR"})), None),
        (Hints(organization="UN", named=frozenset({"KOR"})), None),
        (Hints(category="expert", heads=("professor",), named=frozenset({"KOR"})), None),
    ],
)
def test_of_two_with_one_surname_the_articles_words_choose(officials, hints, canonical):
    assert name_of(officials, "Kim", hints=hints) == canonical


def test_a_common_surname_needs_its_country_in_the_article(officials):
    assert name_of(officials, "Brown", hints=Hints(named=frozenset({"NZL"}))) == "Ana Brown"
    assert name_of(officials, "Brown", hints=Hints(named=frozenset({"GBR"}))) is None


def test_of_two_offices_of_one_person_the_article_names_one_or_the_highest_counts(officials):
    assert officials.holder("Omar Tarhuni", DAY).role == "Prime Minister"
    minister = Hints(category="foreign_minister", heads=("foreign minister",))
    assert officials.holder("Omar Tarhuni", DAY, minister).role == "Foreign Minister"


def test_the_shipped_table_says_nothing_beyond_what_it_knows():
    open_term = next(term for term in shipped().terms if term.last == KNOWN_UNTIL and term.country == "DEU")
    hints = Hints(countries=frozenset({"DEU"}))
    assert shipped().holder(open_term.name, KNOWN_UNTIL, hints) is not None
    assert shipped().holder(open_term.name, date.fromordinal(KNOWN_UNTIL.toordinal() + 1), hints) is None


@given(st.text(max_size=40), st.dates())
def test_any_name_on_any_day_gives_an_official_in_office_or_none(name, day):
    found = shipped().holder(name, day)
    assert found is None or found.in_office(day)


def test_a_table_survives_the_way_to_a_worker(officials):
    assert pickle.loads(pickle.dumps(officials)) == officials  # noqa: S301


def test_a_users_rows_go_before_the_shipped_ones(tmp_path: Path):
    own = tmp_path / "own.csv"
    own.write_text("name,role,role_category,country,from\nIngrid Solhaug,Foreign Minister,foreign_minister,NOR,2020\n")
    table = with_own(own)
    assert table.terms[0].name == "Ingrid Solhaug"
    assert table.terms[1:] == shipped().terms
    assert table.holder("Ingrid Solhaug", date(2100, 1, 1)).role == "Foreign Minister"
    assert with_own(None) is shipped()


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("name", "", "line 2, column name: '' must not be empty"),
        ("role", "", "line 2, column role: '' must not be empty"),
        ("role_category", "boss", "line 2, column role_category: 'boss' is not one of head_of_state"),
        ("country", "NOW", "line 2, column country: 'NOW' is not a code of ISO 3166-1 alpha-3"),
        ("country", "", "line 2, column country: '' and organization are both empty"),
        ("organization", "UN", "line 2, column organization: 'UN' stands beside a country"),
        ("from", "", "line 2, column from: '' must not be empty"),
        ("from", "10 May 2020", "line 2, column from: '10 May 2020' is no day"),
        ("from", "2020-02-30", "line 2, column from: '2020-02-30' is no day"),
        ("to", "2019-12-31", "line 2, column to: '2019-12-31' lies before the first day of the term, 2020-01-10"),
        ("to", "2020", "line 2, column to: '2020' leaves no day that certainly belongs to the term"),
        ("gender", "x", "line 2, column gender: 'x' is not m, f or empty"),
        ("wikidata", "42", "line 2, column wikidata: '42' is no item of Wikidata"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(tmp_path: Path, column, cell, complaint):
    cells = dict(zip(COLUMNS, TABLE.splitlines()[1].split(","), strict=True)) | {column: cell}
    own = tmp_path / "own.csv"
    own.write_text(f"{','.join(COLUMNS)}\n{','.join(cells.values())}\n")
    with pytest.raises(OfficialsError) as refused:
        with_own(own)
    assert f"{own}, {complaint}" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "line 1, column name: is missing"),
        (b"name,role,role_category,country\n", "line 1, column from: is missing"),
        (b"name,role,role_category,from,nation\n", "line 1, column nation: is unknown"),
        (b"name,role,role_category,from\nAna,Envoy\n", "line 2: 2 cells for 4 columns"),
        (b'name,role,role_category,from\n"Ana,Envoy\n', "mend the quoting"),
        (b"name\xff", "cannot be read as UTF-8"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, content, complaint):
    own = tmp_path / "own.csv"
    own.write_bytes(content)
    with pytest.raises(OfficialsError, match=complaint):
        with_own(own)


def test_a_missing_table_is_refused(tmp_path: Path):
    with pytest.raises(OfficialsError, match=r"none\.csv: cannot be read"):
        with_own(tmp_path / "none.csv")


def test_the_table_gives_role_country_and_full_name_of_a_bare_surname(officials):
    (row,) = rows(officials, '"The ferry will sail," Solhaug said.')
    assert (row["speaker"], row["role"], row["country"]) == ("Ingrid Solhaug", "Foreign Minister", "NOR")
    assert (row["role_category"], row["role_basis"], row["role_as_written"]) == ("foreign_minister", "officials", None)
    assert row["speaker_mention"] == "Solhaug"


def test_the_articles_own_words_win(officials):
    (row,) = rows(officials, '"The ferry will sail," Norwegian Fisheries Envoy Ingrid Solhaug said.')
    assert (row["role"], row["country"], row["role_basis"]) == ("Fisheries Envoy", "NOR", "article")
    (row,) = rows(officials, '"I merely paint," Danish painter Ingrid Solhaug said.')
    assert (row["country"], row["role_basis"]) != ("NOR", "officials")


def test_a_former_official_is_not_given_todays_office(officials):
    (row,) = rows(officials, '"I remember it well," former Norwegian Foreign Minister Ingrid Solhaug said.')
    assert (row["role"], row["role_basis"]) == ("former Foreign Minister", "article")


def test_an_official_abroad_speaks_for_the_own_state_not_for_the_datelines(officials):
    (row,) = rows(officials, '"It sails," Foreign Minister Ingrid Solhaug said.', dateline=dateline("Berlin"))
    assert (row["country"], row["role"], row["role_basis"]) == ("NOR", "Foreign Minister", "officials")


def test_the_day_of_the_dateline_counts(officials):
    late = {"published": date(2024, 6, 1)}
    (row,) = rows(officials, '"It sails," Solhaug said.', dateline=dateline("Oslo", date(2024, 5, 31)), **late)
    assert row["role"] == "Foreign Minister"
    (row,) = rows(officials, '"It sails," Solhaug said.', **late)
    assert (row["speaker"], row["role"]) == ("Solhaug", None)


def test_a_private_namesake_keeps_name_and_silence(officials):
    found = rows(officials, "Mia Solhaug sells tickets in Bergen.", '"The queue is long," Solhaug said.')
    assert [(row["speaker"], row["role"], row["role_basis"]) for row in found] == [("Mia Solhaug", None, None)]


def test_a_common_surname_in_an_article_without_its_country_stays_as_it_is(officials):
    (row,) = rows(officials, '"The queue is long," Brown said in Oslo.')
    assert (row["speaker"], row["role"], row["country"]) == ("Brown", None, None)
    (row,) = rows(officials, '"The queue is long," Brown said in New Zealand.')
    assert (row["speaker"], row["role"], row["country"]) == ("Ana Brown", "Prime Minister", "NZL")


def test_officials_who_do_not_speak_leave_no_trace(officials):
    (row,) = rows(officials, 'Solhaug will travel. "The queue is long," Pekka Aalto said.')
    assert (row["speaker"], row["role_basis"]) == ("Pekka Aalto", None)


def test_another_spelling_becomes_the_canonical_one_and_pronouns_still_find_it(officials):
    found = rows(officials, '"It is signed," Sergey Vyatkin said.', '"It is sealed," he said.')
    assert [row["speaker"] for row in found] == ["Sergei Vyatkin"] * 2
    assert {row["country"] for row in found} == {"UKR"}


def test_a_permanent_representative_is_posted(officials):
    (row,) = rows(officials, '"We abstain," Pieter van Aertsen said.')
    assert (row["speaker"], row["country"], row["accredited_to"]) == ("Pieter van Aertsen", "NLD", ["UN"])


def test_an_official_of_an_organisation_has_no_country(officials):
    (row,) = rows(officials, '"We stand by," Lahtinen-Voss said.')
    assert (row["country"], row["organization"], row["role"]) == (None, "NATO", "Secretary General")


def test_a_former_official_is_still_spelt_in_the_canonical_way(officials):
    (row,) = rows(officials, '"It was signed," former Ukrainian Foreign Minister Sergey Vyatkin said.')
    assert (row["speaker"], row["role"], row["country"]) == ("Sergei Vyatkin", "former Foreign Minister", "UKR")
