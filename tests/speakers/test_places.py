from __future__ import annotations

from datetime import date

import pytest

from flows.speakers.places import organizations_in, outlet_country, state, states_in


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
    ],
)
def test_states_and_their_traps(text: str, codes: list[str]) -> None:
    assert [found.value.iso3 for found in states_in(text)] == codes


def test_historical_states_are_known_in_their_time_only() -> None:
    before, after = state("Soviet Union", date(1985, 5, 1)), state("Soviet Union", date(2024, 5, 1))
    assert before is not None
    assert before.iso3 == "SUN"
    assert after is None


def test_organisations_by_code() -> None:
    assert [found.value.code for found in organizations_in("NATO and the U.N. Security Council")] == ["NATO", "UN"]


def test_only_official_publishers_speak_for_a_state() -> None:
    assert outlet_country("White House") == "USA"
    assert outlet_country("TASS") is None
    assert outlet_country(None) is None
