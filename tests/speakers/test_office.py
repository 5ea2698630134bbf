"""Title phrases."""

from __future__ import annotations

import pytest

from flows.schema import ROLE_CATEGORIES
from flows.speakers.office import parse_office

# phrase | role | category | countries | organization | accredited to
OFFICES = [
    [cell.strip() or None for cell in line.split("|")]
    for line in """
the Russian Ambassador to Serbia     | Ambassador to Serbia          | ambassador | RUS | | SRB
Norway's ambassador to NATO          | ambassador to NATO            | permanent_representative | NOR | | NATO
Permanent Representative of Kenya    | Permanent Representative of Kenya | permanent_representative | KEN | |
U.S. Special Envoy for Sudan         | Special Envoy for Sudan       | envoy | USA | | SDN
UN special envoy for Syria           | UN special envoy for Syria    | international_official | | UN | SYR
NATO Secretary General               | NATO Secretary General        | international_official | | NATO |
President of Finland                 | President of Finland          | head_of_state | FIN | |
French President                     | President                     | head_of_state | FRA | |
Norwegian Prime Minister             | Prime Minister                | head_of_government | NOR | |
Finnish foreign minister             | foreign minister              | foreign_minister | FIN | |
Deputy Foreign Minister              | Deputy Foreign Minister       | deputy_minister | | |
Peru's trade minister                | trade minister                | minister | PER | |
Foreign Ministry spokeswoman         | Foreign Ministry spokeswoman  | spokesperson | | |
Kremlin spokesman                    | Kremlin spokesman             | spokesperson | RUS | |
former Kenyan senator                | former senator                | legislator | KEN | |
Lieutenant General                   | Lieutenant General            | military | | |
professor at the University of Oslo  | professor at the University of Oslo | expert | | |
visiting Norwegian foreign minister  | foreign minister              | foreign_minister | NOR | |
the influential, veteran senator     | influential, veteran senator  | legislator | | |
an influential veteran senator       | senator                       | legislator | | |
the new Norwegian trade minister     | trade minister                | minister | NOR | |
New Jersey Governor                  | New Jersey Governor           | other | | |
the newsletter's minister            | newsletter's minister         | minister | | |
the envoy who once lived in Peru     | envoy                         | envoy | | |
the minister, whose ship is Peruvian | minister                      | minister | | |
the minister of a state which waits  | minister of a state           | minister | | |
Norwegian diplomat in Lima           | diplomat in Lima              | other | NOR | | PER
Norwegian diplomat in Peru           | diplomat in Peru              | other | NOR | | PER
Norwegian diplomat                   | diplomat                      | other | NOR | |
Peruvian minister in Lima            | minister in Lima              | minister | PER | |
""".strip().splitlines()
]


@pytest.mark.parametrize(("phrase", "role", "category", "country", "organization", "posted"), OFFICES)
def test_offices(
    phrase: str, role: str, category: str, country: str | None, organization: str | None, posted: str | None
) -> None:
    office = parse_office(phrase)
    assert office is not None
    assert (office.role, office.category) == (role, category)
    assert office.countries == ((country,) if country else ())
    assert (office.organization, office.accredited_to) == (organization, (posted,) if posted else ())
    assert office.category in ROLE_CATEGORIES


@pytest.mark.parametrize(
    "phrase", ["", "Ana Lind", "the harbour", "ministerial talks", "the ministry", "15-member body"]
)
def test_what_is_no_office(phrase: str) -> None:
    assert parse_office(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "gender", "plural"),
    [
        ("spokeswoman", "f", False),
        ("spokesman", "m", False),
        ("spokesperson", None, False),
        ("officials", None, True),
        ("the Queen", "f", False),
    ],
)
def test_gender_and_number_of_the_words(phrase: str, gender: str | None, plural: bool) -> None:
    office = parse_office(phrase)
    assert office is not None
    assert (office.gender, office.plural) == (gender, plural)


def test_the_mayor_of_a_city_speaks_for_no_state() -> None:
    office = parse_office("mayor of Cusco")
    assert office is not None
    assert office.countries == ()


def test_an_office_whose_every_head_owns_something_keeps_one() -> None:
    office = parse_office("including the Peruvian Conference of Mayors")
    assert office is not None
    assert office.heads


@pytest.mark.parametrize(
    ("phrase", "countries"),
    [
        ("officials in Oslo and Lima", ("NOR", "PER")),
        ("the Peruvian commander in Norway", ("PER",)),
        ("a spokesman for the Peruvian Embassy in Oslo", ("PER",)),
        ("Peruvian embassy spokesman in Oslo", ("PER",)),
        ("foreign ministers of Norway and Peru", ("NOR", "PER")),
    ],
)
def test_where_somebody_serves_is_no_state_spoken_for_beside_ones_own(phrase: str, countries: tuple[str, ...]) -> None:
    office = parse_office(phrase)
    assert office is not None
    assert office.countries == countries
