"""Who speaks, within whole small articles."""

from __future__ import annotations

from typing import Any

from helpers import article, dateline

from flows.rows import rows_of


def rows(*paragraphs: str, **changes: object) -> list[dict[str, Any]]:
    return rows_of(article(*paragraphs, **changes))[1]


def speakers(*paragraphs: str, **changes: object) -> list[str | None]:
    return [row["speaker"] for row in rows(*paragraphs, **changes)]


def test_surname_pronoun_and_office_lead_to_the_same_person() -> None:
    found = rows(
        '"The ferry is ready," Norwegian Transport Minister Ingrid Solhaug said.',
        '"It has been painted twice," she said.',
        '"It floats," Solhaug added.',
        '"We shall see who boards," the minister said.',
    )
    assert [row["speaker"] for row in found] == ["Ingrid Solhaug"] * 4
    assert {row["country"] for row in found} == {"NOR"}
    assert {row["role"] for row in found} == {"Transport Minister"}


def test_a_pronoun_agrees_in_gender_not_in_nearness() -> None:
    found = speakers(
        '"The ferry is ready," Norwegian Transport Minister Ingrid Solhaug said after meeting Finnish President Pekka Aalto.',
        '"It has been painted twice," she said.',
    )
    assert found == ["Ingrid Solhaug", "Ingrid Solhaug"]


def test_an_office_with_a_country_finds_its_holder() -> None:
    found = speakers(
        '"We pay," Norwegian Transport Minister Ingrid Solhaug told Finnish President Pekka Aalto.',
        '"We sail," the Finnish leader said.',
    )
    assert found == ["Ingrid Solhaug", "Pekka Aalto"]


def test_an_unknown_holder_stays_unknown() -> None:
    (row,) = rows('"We sail," the Finnish defence minister said.')
    assert (row["speaker"], row["role"], row["country"]) == (None, "defence minister", "FIN")


def test_namesakes_are_kept_apart() -> None:
    found = speakers(
        '"I was minister," former Kyrgyz Prime Minister Azamat Toktogulov said.',
        'His successor\'s spokeswoman, Aigul Toktogulova, said the accord "is in force".',
        '"I remember it well," he said.',
    )
    assert found[0] == found[2] == "Azamat Toktogulov"


def test_its_spokeswoman_speaks_for_the_state_before() -> None:
    found = rows(
        "The Armenian Foreign Ministry said the protocol was in force.",
        '"It binds both sides," its spokeswoman Lusine Harutyan said.',
    )
    assert [(row["speaker"], row["country"]) for row in found] == [
        ("Armenian Foreign Ministry", "ARM"),
        ("Lusine Harutyan", "ARM"),
    ]


def test_an_unqualified_ministry_is_that_of_the_dateline() -> None:
    (row,) = rows("The agreement is in force, the foreign ministry said.", dateline=dateline("Seoul"))
    assert row["country"] == "KOR"


def test_a_city_of_organisations_says_nothing_about_the_state() -> None:
    (row,) = rows("The agreement is in force, the foreign ministry said.", dateline=dateline("Geneva"))
    assert row["country"] is None


def test_the_place_that_opens_the_paragraph_comes_before_the_dateline() -> None:
    (row,) = rows("In Tokyo, the foreign ministry said the agreement was in force.", dateline=dateline("Seoul"))
    assert row["country"] == "JPN"


def test_a_joint_statement_is_one_row_with_all_speakers() -> None:
    (row,) = rows("Estonia, Latvia and Lithuania condemned the raid.")
    assert (row["speaker"], row["country"]) == ("Estonia; Latvia; Lithuania", "EST;LVA;LTU")
    assert [entry["speaker"] for entry in row["speakers"]] == ["Estonia", "Latvia", "Lithuania"]


def test_somebody_named_who_says_nothing_is_no_speaker() -> None:
    found = rows('"We pay," Norwegian Transport Minister Ingrid Solhaug told Finnish President Pekka Aalto.')
    assert "Pekka Aalto" not in [row["speaker"] for row in found]


def test_an_unnamed_official_keeps_speaking() -> None:
    found = rows(
        "A Norwegian defence ministry official said the radar was old.",
        '"It sees birds, mostly," the official said.',
    )
    assert [row["speaker"] for row in found] == [None, None]
    assert {row["country"] for row in found} == {"NOR"}


def test_a_medium_that_passes_words_on_is_not_the_speaker() -> None:
    found = speakers("Xinhua said Chinese Foreign Minister Wang Haoran urged Oslo to wait for the ice to go.")
    assert found == ["Wang Haoran"]
