"""Where the story begins."""

from __future__ import annotations

import pytest

from flows.articles.opening import find_dateline

ANSWER = "\n\nAnswer: It will sail in May, and it will carry everybody who has waited.\n"


@pytest.mark.parametrize("label", ["Question", "Answer", "Correspondent", "Spokesperson"])
def test_who_asks_is_no_place(label: str) -> None:
    assert find_dateline(f"Briefing\n\n{label} (Berit Aas, Harbour Post): Will the ferry sail?{ANSWER}", None) is None


def test_a_place_with_an_agency_is_one() -> None:
    found = find_dateline(f"Ferry sails\n\nOslo, May 2 (Reuters): The ferry will sail in May.{ANSWER}", None)
    assert found is not None
    assert found[0].place == "Oslo"
