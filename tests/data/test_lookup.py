"""The lookup files: that each loads, holds no doubles and no codes of its own invention, and knows the traps."""

from __future__ import annotations

import csv
import re
from importlib import resources
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.data import DataError, parse, rows
from flows.schema import ROLE_CATEGORIES

COLUMNS = {
    "cues": "forms frame sense source",
    "countries": "iso3 form kind from to source",
    "traps": "phrase reason source",
    "organizations": "code form kind source",
    "titles": "head plural category gender source",
    "role_nouns": "noun categories source",
    "honorifics": "form gender title source",
    "media": "form name kind country source",
    "outlets": "outlet country organization speaks_for_state source",
    "first_names": "name gender source",
}
KEYS = {
    "countries": ("form", "kind", "from"),
    "traps": ("phrase",),
    "organizations": ("form",),
    "titles": ("head",),
    "role_nouns": ("noun",),
    "honorifics": ("form",),
    "media": ("form",),
    "outlets": ("outlet",),
    "first_names": ("name",),
}
VOCABULARIES = [
    ("cues", "frame", {"clause", "act", "both"}),
    ("cues", "sense", {"neutral", "belief", "turning", "written"}),
    ("countries", "kind", {"name", "adjective", "people", "capital", "city", "institution"}),
    ("organizations", "kind", {"igo", "body", "ngo"}),
    ("titles", "category", set(ROLE_CATEGORIES)),
    ("titles", "gender", {"m", "f", ""}),
    ("honorifics", "gender", {"m", "f", ""}),
    ("media", "kind", {"agency", "newspaper", "broadcaster", "platform"}),
    ("outlets", "speaks_for_state", {"yes", "no"}),
    ("first_names", "gender", {"m", "f", ""}),
]
FORMER_CODES = {"SUN", "YUG", "CSK", "DDR", "SCG"}


def column(name: str, wanted: str) -> list[str]:
    return [row[wanted] for row in rows(name)]


def converter_table() -> list[dict[str, str]]:
    text = (resources.files("country_converter") / "country_data.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def codes_of(form: str) -> set[str]:
    return {row["iso3"] for row in rows("countries") if row["form"] == form}


def test_every_file_in_the_folder_loads():
    files = [file.name for file in resources.files("flows.data").iterdir() if file.name.endswith(".csv")]
    assert {f"{name}.csv" for name in COLUMNS} <= set(files)
    for file in files:
        assert rows(file.removesuffix(".csv")), file


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_stand_as_documented(name):
    assert list(rows(name)[0]) == COLUMNS[name].split()


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_are_trimmed_and_apostrophes_straight(name):
    cells = list(chain.from_iterable(row.values() for row in rows(name)))
    assert [cell for cell in cells if cell != " ".join(cell.split()) or "’" in cell] == []


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_no_form_stands_twice(name, key):
    keys = [tuple(row[part] for part in key) for row in rows(name)]
    assert [double for double in set(keys) if keys.count(double) > 1] == []


@pytest.mark.parametrize(("name", "wanted", "vocabulary"), VOCABULARIES)
def test_closed_columns_keep_to_their_vocabulary(name, wanted, vocabulary):
    assert set(column(name, wanted)) - vocabulary == set()


def test_role_nouns_name_known_categories():
    named = {category for cell in column("role_nouns", "categories") for category in cell.split("|")}
    assert named <= set(ROLE_CATEGORIES)


def test_no_inflected_form_belongs_to_two_cues():
    forms = [form for cell in column("cues", "forms") for form in cell.split("|")]
    assert [double for double in set(forms) if forms.count(double) > 1] == []


@pytest.mark.parametrize("name", ["countries", "media", "outlets"])
def test_country_codes_are_known(name):
    known = {row["ISO3"] for row in converter_table()} | FORMER_CODES
    used = set(column(name, "iso3" if name == "countries" else "country")) - {""}
    assert used <= known


def test_every_member_of_the_un_is_named():
    members = {row["ISO3"] for row in converter_table() if row["UNmember"]}
    assert len(members) == 193
    named = {row["iso3"] for row in rows("countries") if row["kind"] == "name"}
    assert members | {"VAT", "PSE", "XKX", "TWN", "HKG", "MAC"} <= named


def test_names_agree_with_the_patterns_of_country_converter():
    patterns = [(row["ISO3"], re.compile(row["regex"], re.IGNORECASE)) for row in converter_table() if row["regex"]]
    ours_differ = {"Congo", "Tanganyika", "South West Africa", "South-West Africa"}
    for row in rows("countries"):
        if row["kind"] != "name" or row["iso3"] in FORMER_CODES or row["form"] in ours_differ:
            continue
        theirs = {code for code, pattern in patterns if pattern.search(row["form"])}
        assert theirs <= {row["iso3"]}, row["form"]


def test_former_states_have_their_first_and_last_day():
    for row in rows("countries"):
        if row["iso3"] in FORMER_CODES:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["from"]), row
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["to"]), row
            assert row["from"] < row["to"], row


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Niger", "NER"),
        ("Nigerien", "NER"),
        ("Nigeria", "NGA"),
        ("Nigerian", "NGA"),
        ("Republic of the Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("North Korea", "PRK"),
        ("DPRK", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Sudan", "SDN"),
        ("South Sudan", "SSD"),
        ("South Sudanese", "SSD"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Georgia", "GEO"),
        ("Macedonia", "MKD"),
        ("Swaziland", "SWZ"),
        ("Burma", "MMR"),
        ("Kremlin", "RUS"),
        ("Foggy Bottom", "USA"),
        ("Itamaraty", "BRA"),
        ("The Hague", "NLD"),
        ("Soviet Union", "SUN"),
    ],
)
def test_forms_that_are_easily_mixed_up(form, code):
    assert codes_of(form) == {code}


@pytest.mark.parametrize("phrase", ["Latin American", "New Jersey", "Georgia Tech", "South China Sea", "Niger Delta"])
def test_traps_hold_a_form_but_are_none(phrase):
    assert phrase in column("traps", "phrase")
    assert codes_of(phrase) == set()
    assert any(codes_of(word) for word in re.findall(r"\w+", phrase))


def test_no_trap_is_a_form_of_a_country():
    assert set(column("traps", "phrase")) & set(column("countries", "form")) == set()


def test_bodies_belong_to_a_listed_organisation():
    parents = {row["code"] for row in rows("organizations") if row["kind"] != "body"}
    assert {row["code"] for row in rows("organizations") if row["kind"] == "body"} <= parents


def test_outlets_speak_for_somebody_known():
    codes = set(column("organizations", "code"))
    for row in rows("outlets"):
        assert bool(row["country"]) != bool(row["organization"]), row
        assert not row["organization"] or row["organization"] in codes, row


def test_unknown_file_is_refused():
    with pytest.raises(DataError, match=r"planets\.csv: no such file"):
        rows("planets")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("noun,categories\nenvoy,envoy\n", r"line 1: .*source"),
        ("", r"line 1: .*source"),
        ("noun,categories,source\nenvoy,envoy,usage\nleader,other\n", r"line 3: 2 cells for 3 columns"),
        ("noun,categories,source\nenvoy,,usage\n", r"line 2: categories must not be empty"),
        ('noun,categories,source\n"envoy,envoy,usage\n', r"line 2: .*quoting"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text, complaint):
    with pytest.raises(DataError, match=complaint):
        parse("role_nouns", text)


def test_only_columns_listed_so_may_be_empty():
    assert parse("titles", "head,gender,source\nking,,usage\n") == ({"head": "king", "gender": "", "source": "usage"},)


@given(st.text())
def test_parsing_any_text_gives_rows_or_a_data_error(text):
    try:
        found = parse("cues", f"forms,source\n{text}")
    except DataError:
        return
    assert all(set(row) == {"forms", "source"} for row in found)
