from __future__ import annotations

from datetime import date

import pytest

from flows.speakers.mention import parse_mention

# phrase, kind, name, role, countries, organization
PHRASES = [
    ("Russian Ambassador to Serbia Oleg Karpenko-Drozd", "person", "Oleg Karpenko-Drozd", "Ambassador to Serbia", ("RUS",), None),
    ("Wang Haoran, China's foreign minister,", "person", "Wang Haoran", "foreign minister", ("CHN",), None),
    ("China's foreign minister, Wang Haoran", "person", "Wang Haoran", "foreign minister", ("CHN",), None),
    ("Finland's Prime Minister Aino Kallio", "person", "Aino Kallio", "Prime Minister", ("FIN",), None),
    ("U.S. Secretary of State Dana Whitfield", "person", "Dana Whitfield", "Secretary of State", ("USA",), None),
    ("Acting Uzbek Ambassador to Kyrgyzstan Sherzod Olimov", "person", "Sherzod Olimov", "Acting Ambassador to Kyrgyzstan", ("UZB",), None),
    ("Former Armenian Foreign Minister Ruben Sarafyan", "person", "Ruben Sarafyan", "Former Foreign Minister", ("ARM",), None),
    ("Foreign Minister Sari Lestari of Indonesia", "person", "Sari Lestari", "Foreign Minister", ("IDN",), None),
    ("Kremlin Spokesman Dmitry Volkov", "person", "Dmitry Volkov", "Kremlin Spokesman", ("RUS",), None),
    ("AU Commissioner for Agriculture Thabisa Mokoena", "person", "Thabisa Mokoena", "AU Commissioner for Agriculture", (), "AU"),
    ("PIETER VAN DEN BERG (Belgium)", "person", "Pieter van den Berg", None, ("BEL",), None),
    ("JUDITH BISHOP (Rwanda)", "person", "Judith Bishop", None, ("RWA",), None),
    ("Mr. Okafor", "person", "Okafor", None, (), None),
    ("Petrova", "person", "Petrova", None, (), None),
    ("the Russian diplomat", "role", None, "diplomat", ("RUS",), None),
    ("the minister", "role", None, "minister", (), None),
    ("a senior Foreign Ministry official", "unnamed", None, "senior Foreign Ministry official", (), None),
    ("U.S. officials", "unnamed", None, "officials", ("USA",), None),
    ("he", "pronoun", None, None, (), None),
    ("They", "pronoun", None, None, (), None),
    ("the two countries", "pronoun", None, None, (), None),
    ("Moscow", "state", "Moscow", None, ("RUS",), None),
    ("The United States", "state", "United States", None, ("USA",), None),
    ("the Kremlin", "institution", "Kremlin", None, ("RUS",), None),
    ("the Russian Defence Ministry", "institution", "Russian Defence Ministry", None, ("RUS",), None),
    ("NATO", "organization", "NATO", None, (), "NATO"),
    ("Reuters", "medium", "Reuters", None, (), None),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "kind", "name", "role", "countries", "organization"), PHRASES)
def test_source_phrases(
    phrase: str, kind: str, name: str | None, role: str | None, countries: tuple[str, ...], organization: str | None
) -> None:
    mention = parse_mention(phrase, date(2024, 3, 14))
    assert (mention.kind, mention.name) == (kind, name)
    assert (mention.office.role if mention.office else None) == role
    assert mention.countries == countries
    assert mention.organization == organization


def test_a_joint_source_has_its_parts() -> None:
    mention = parse_mention("The Baltic states, Estonia, Latvia and Lithuania")
    assert [part.name for part in mention.parts] == ["Estonia", "Latvia", "Lithuania"]
    assert mention.countries == ("EST", "LVA", "LTU")


def test_a_portfolio_with_and_is_no_joint_source() -> None:
    mention = parse_mention("Minister of Foreign Affairs and Trade Ana Kovacs")
    assert (mention.parts, mention.name) == ((), "Ana Kovacs")


def test_speaking_on_behalf_of_others_adds_their_states() -> None:
    mention = parse_mention("ANA LEE (Rwanda), speaking also on behalf of Kenya and Uganda,")
    assert (mention.name, mention.countries) == ("Ana Lee", ("RWA", "KEN", "UGA"))


@pytest.mark.parametrize(
    ("phrase", "posted"),
    [
        ("Russian Ambassador to Serbia Oleg Karpenko", ("SRB",)),
        ("U.S. ambassador to the United Nations Dana Whitfield", ("UN",)),
        ("Russian Foreign Minister Oleg Karpenko", ()),
    ],
)
def test_where_an_ambassador_is_posted(phrase: str, posted: tuple[str, ...]) -> None:
    office = parse_mention(phrase).office
    assert office is not None
    assert office.accredited_to == posted
    assert office.organization is None
