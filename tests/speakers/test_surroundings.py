"""For which state an office speaks that does not name it."""

from __future__ import annotations

import pytest
from helpers import article, dateline

from flows.rows import rows_of

LEAD = "Peru's foreign ministry on Monday summoned the Chilean consul over a speech about anchovies."
CHILE = "Chilean Deputy Foreign Minister Ines Tapia said that the consul would stay."


def _countries(speaker: str, *paragraphs: str, **fields: object) -> set[str | None]:
    rows = rows_of(article(*paragraphs, **fields))[1]
    assert any(row["speaker"] == speaker for row in rows)
    return {row["country"] for row in rows if row["speaker"] == speaker}


@pytest.mark.parametrize(
    ("paragraphs", "country"),
    [
        ((LEAD, CHILE, "Trade Minister Raul Vega said that the anchovies were ours."), "PER"),
        ((LEAD, f"{CHILE} Trade Minister Raul Vega said that the anchovies were ours."), "CHL"),
        ((LEAD, 'Chile stands by him. "The anchovies swim," Trade Minister Raul Vega said.'), "CHL"),
        ((LEAD, 'In Santiago nobody slept. "The anchovies swim," Trade Minister Raul Vega said.'), "CHL"),
    ],
)
def test_without_a_dateline_the_paragraph_and_then_the_lead_tell(paragraphs: tuple[str, ...], country: str) -> None:
    assert _countries("Raul Vega", *paragraphs) == {country}


def test_an_office_keeps_the_side_to_which_the_story_turned() -> None:
    turned = 'The Casa Rosada stands by the fee. "It pays for the buoys," presidential spokesman Leo Duarte said.'
    further = "Energy Secretary Mara Ponce told reporters that barges would wait."
    assert _countries("Mara Ponce", LEAD, turned, further) == {"ARG"}
    assert _countries("Mara Ponce", LEAD, further) == {"PER"}


@pytest.mark.parametrize(
    ("answer", "country"),
    [
        ('"Chile begs for no fish," Deputy Minister Hugo Leiva said in a communique.', "CHL"),
        ("Deputy Minister Hugo Leiva said that Lima had not been asked.", "PER"),
    ],
)
def test_a_quotation_goes_on_with_the_governments_answer(answer: str, country: str) -> None:
    story = (LEAD, "Santiago hit back within hours, calling the summons a comedy.", answer)
    assert _countries("Hugo Leiva", *story, dateline=dateline("Lima")) == {country}


def test_the_second_of_two_datelines_counts_where_the_first_is_unknown() -> None:
    words = "Foreign Ministry spokesman Budi Hartono said that the boats would land."
    assert _countries("Budi Hartono", words, dateline=dateline("Tanjung Layar/Jakarta")) == {"IDN"}


@pytest.mark.parametrize(
    ("opening", "country"),
    [
        ("Reef Watch International, an advocacy group in Nairobi, said that fourteen nets had been lost.", None),
        ("Norway's fisheries ministry said that fourteen nets had been lost.", "NOR"),
    ],
)
def test_its_director_speaks_for_the_body_that_spoke(opening: str, country: str | None) -> None:
    closing = '"We are poor guards," its director, Philippa Stone, said.'
    before = "Tunisia said that the nets were worthless."
    assert _countries("Philippa Stone", before, opening, closing) == {country}


BODY = "The International Tribunal for the Law of the Sea will hear Peru and Chile on Thursday."


@pytest.mark.parametrize(
    ("words", "country", "organization"),
    [
        ("The tribunal's president, Alma Reyes, said that the hearing would be short.", None, "ITLOS"),
        ("Peru's Supreme Court waits. The court's president, Alma Reyes, said that it would be short.", "PER", None),
        ("Tribunal spokeswoman Alma Reyes said that the hearing would be short.", None, "ITLOS"),
    ],
)
def test_the_short_form_of_an_organisation_speaks_for_no_state(
    words: str, country: str | None, organization: str | None
) -> None:
    rows = [row for row in rows_of(article(LEAD, BODY, words))[1] if row["speaker"] == "Alma Reyes"]
    assert [(row["country"], row["organization"]) for row in rows] == [(country, organization)]


def test_the_council_is_the_one_named_in_full_before() -> None:
    rows = rows_of(article(f"{LEAD} The UN Security Council met.", "The Council called on both states to sign."))[1]
    assert [(row["speaker"], row["country"], row["organization"]) for row in rows[-1:]] == [
        ("UN Security Council", None, "UN")
    ]


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Fiji's fisheries minister left early. A spokesperson for the minister said that the boats were safe.", "FJI"),
        ("A spokesperson for the minister said that the boats were safe.", "NZL"),
    ],
)
def test_who_serves_a_minister_speaks_for_the_ministers_state(words: str, country: str) -> None:
    rows = rows_of(article("New Zealand Fisheries Minister Anahera Cole said that the boats had sailed.", words))[1]
    assert rows[-1]["country"] == country


@pytest.mark.parametrize(("office", "country"), [("deputy spokesman", None), ("lawyer", None)])
def test_her_deputy_spokesman_speaks_for_her_organisation(office: str, country: str | None) -> None:
    words = f"UN chief Mariana Teixeira called, her {office}, Jens Aakre, said."
    rows = rows_of(article(words, dateline=dateline("Nairobi")))[1]
    assert rows[-1]["country"] == country


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Deputy Minister receives Ambassador of Iceland", "ISL"),
        ("Deputy Minister receives Ambassador of Iceland and Ambassador of Peru", "VNM"),
    ],
)
def test_an_ambassador_speaks_for_the_only_sending_state(title: str, country: str) -> None:
    words = "Ambassador Helga Jonsdottir said that trade had doubled."
    assert _countries("Helga Jonsdottir", words, title=title, dateline=dateline("Hanoi")) == {country}


@pytest.mark.parametrize(
    ("medium", "speaker", "country"),
    [
        ("The North's state-run Korean Central News Agency", "Korean Central News Agency", "PRK"),
        ("The Korean Central News Agency", "Korean Central News Agency", None),
    ],
)
def test_an_organ_of_the_state_speaks_for_it(medium: str, speaker: str, country: str | None) -> None:
    assert _countries(speaker, f"{medium} said in a commentary that the ferry was rotten.") == {country}


@pytest.mark.parametrize(
    ("body", "country", "organization"),
    [
        ("The OSCE Centre in Bishkek", None, "OSCE"),
        ("The General Secretariat of the Organization of American States (OAS)", None, "OAS"),
        ("The Finnish embassy in Bishkek", "FIN", None),
    ],
)
def test_the_seat_of_a_body_is_not_whom_it_speaks_for(body: str, country: str | None, organization: str | None) -> None:
    (row,) = rows_of(article(f"{body} said that the map was wrong."))[1]
    assert (row["country"], row["organization"]) == (country, organization)


def test_states_on_whose_behalf_somebody_speaks_once() -> None:
    words = "South African Ambassador Thandi Phiri, speaking also on behalf of Togo and Morocco, deplored the delay."
    rows = rows_of(article(words, '"We will pay," Phiri said.'))[1]
    assert [row["country"] for row in rows] == ["ZAF;TGO;MAR", "ZAF"]


def test_a_province_is_no_state() -> None:
    words = "Chairwoman of the Lao Cai provincial people's committee Lan Nguyen said that homes were ready."
    assert _countries("Lan Nguyen", words, dateline=dateline("Hanoi")) == {"VNM"}


@pytest.mark.parametrize(
    ("office", "country"), [("a member of its delegation", "THA"), ("a member of the delegation", "MYS")]
)
def test_its_within_an_office_means_the_subject_of_the_sentence(office: str, country: str) -> None:
    rows = rows_of(
        article(
            "Malaysian Deputy Minister Hamdan Salleh said that the boats were late.",
            f"Thailand was \u201cstudying its law,\u201d {office} said after the talks.",
        )
    )[1]
    assert rows[-1]["country"] == country


@pytest.mark.parametrize(
    ("office", "country"),
    [("Director-General of the Europe Department", "VNM"), ("Director-General of the World Trade Organization", None)],
)
def test_a_director_general_of_a_department_speaks_for_a_state(office: str, country: str | None) -> None:
    words = f"Lan Nguyen, {office}, said that the door was open."
    assert _countries("Lan Nguyen", words, dateline=dateline("Hanoi")) == {country}
