from __future__ import annotations

from datetime import date

import pytest

from flows.articles.article import Span
from flows.speakers.places import (
    countries_mentioned,
    media_in,
    medium,
    medium_country,
    organization,
    organizations_in,
    outlet_country,
    state,
    states_in,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Niger and Nigeria", ["NER", "NGA"]),
        ("North Korea and South Korea", ["PRK", "KOR"]),
        ("the Democratic Republic of the Congo and the Republic of the Congo", ["COD", "COG"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea", ["GNB", "GNQ", "PNG", "GIN"]),
        ("Sudan and South Sudan", ["SDN", "SSD"]),
        ("the Dominican Republic and Dominica", ["DOM", "DMA"]),
        ("Latin American leaders met in New Jersey", []),
        ("South China Sea and the Persian Gulf", []),
        ("U.S. and Russian envoys", ["USA", "RUS"]),
        ("Nigeriens and Nigerians", ["NER", "NGA"]),
        ("the Niger Delta", []),
        ("Congo-Brazzaville and Congo-Kinshasa", ["COG", "COD"]),
        ("the DPRK and the ROK", ["PRK", "KOR"]),
        ("Georgia's president at Georgia Tech", ["GEO"]),
        ("Jersey and New Jersey", ["JEY"]),
        ("Mexico and New Mexico", ["MEX"]),
        ("Ireland and Northern Ireland", ["IRL", "GBR"]),
        ("Samoa and American Samoa", ["WSM", "ASM"]),
        ("Turkey bought turkey; China makes china", ["TUR", "CHN"]),
        ("the Côte d’Ivoire and the Ivory Coast", ["CIV", "CIV"]),
        ("pro-Russian and anti-American banners", []),
        ("Norwegian Sea and Gulf of Guinea", []),
    ],
)
def test_states_and_their_traps(text: str, codes: list[str]) -> None:
    assert [found.value.iso3 for found in states_in(text)] == codes


def test_historical_states_are_known_in_their_time_only() -> None:
    before, after = state("Soviet Union", date(1985, 5, 1)), state("Soviet Union", date(2024, 5, 1))
    assert before is not None
    assert before.iso3 == "SUN"
    assert after is None


@pytest.mark.parametrize(
    ("form", "day", "code"),
    [
        ("Burma", date(1985, 5, 1), "MMR"),
        ("Zaire", date(1985, 5, 1), "COD"),
        ("Yugoslavia", date(1985, 5, 1), "YUG"),
        ("Yugoslavia", date(2024, 5, 1), None),
        ("Czechoslovakia", date(1985, 5, 1), "CSK"),
        ("East Germany", date(1985, 5, 1), "DDR"),
        ("Russia", date(2024, 5, 1), "RUS"),
        ("South Sudan", date(2024, 5, 1), "SSD"),
        ("Norway", None, "NOR"),
        ("Norwa", None, None),
        ("", None, None),
    ],
)
def test_names_in_their_time(form: str, day: date | None, code: str | None) -> None:
    found = state(form, day)
    assert (found.iso3 if found else None) == code


def test_countries_mentioned_come_once_in_order_and_only_from_the_spans() -> None:
    text = "Peru met Norway. Finland and Peru met Norwegians in Lima."
    assert countries_mentioned(text, (Span(0, 8), Span(17, len(text))), None) == ["PER", "FIN", "NOR"]
    assert countries_mentioned(text, (), None) == []


def test_media_by_name() -> None:
    assert medium("Xinhua") == "Xinhua"
    assert medium("Ministry") is None
    assert [found.value for found in media_in("TASS and Reuters wrote")] == ["TASS", "Reuters"]


def test_organisations_by_code() -> None:
    assert [found.value.code for found in organizations_in("NATO and the U.N. Security Council")] == ["NATO", "UN"]


def test_only_official_publishers_speak_for_a_state() -> None:
    assert outlet_country("White House") == "USA"
    assert outlet_country("TASS") is None
    assert outlet_country(None) is None


@pytest.mark.parametrize(
    ("outlet", "code"),
    [
        ("Norwegian Ministry of Foreign Affairs", "NOR"),
        ("MFA Latvia", "LVA"),
        ("Embassy of Peru", "PER"),
        ("President of Finland", "FIN"),
        ("Permanent Mission of Kenya", "KEN"),
        ("Embassy of Peru in Norway", None),  # of two states nobody knows whose
        ("Ministry of Ferries", None),
        ("Norwegian Broadcasting", None),
        ("The Peru Courier", None),
    ],
)
def test_publishers_whose_name_is_that_of_a_states_body(outlet: str, code: str | None) -> None:
    assert outlet_country(outlet) == code


@pytest.mark.parametrize(
    ("outlet", "code"),
    [
        ("The Guardian", "GBR"),
        ("guardian", "GBR"),
        ("BBC", "GBR"),
        ("Reuters", None),
        ("The Harbour", None),
        (None, None),
    ],
)
def test_newspapers_and_broadcasters_are_at_home_somewhere(outlet: str | None, code: str | None) -> None:
    assert medium_country(outlet) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the Security Council", ["UN"]),
        ("the National Security Council", []),
        ("the National Security and Defense Council met NATO", ["NATO"]),
    ],
)
def test_bodies_of_a_state_are_no_organisations(text: str, codes: list[str]) -> None:
    assert [found.value.code for found in organizations_in(text)] == codes
    assert organization("National Security Council") is None
