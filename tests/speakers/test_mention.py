from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.speakers.mention import parse_mention


def _table(lines: str) -> list[list[str | None]]:
    return [[cell.strip() or None for cell in line.split("|")] for line in lines.strip().splitlines()]


# phrase | kind | name | role | countries | organization
PHRASES = _table("""
Ana Lind                                         | person | Ana Lind | | |
Ana María Quispe-Flores                          | person | Ana María Quispe-Flores | | |
Petrova                                          | person | Petrova | | |
Mr. Okafor                                       | person | Okafor | | |
H.E. Mr. Kofi Mensah                             | person | Kofi Mensah | | |
Mohammed bin Rashid al-Harbi                     | person | Mohammed bin Rashid al-Harbi | | |
Pieter van der Meer                              | person | Pieter van der Meer | | |
He Chengyu                                       | person | He Chengyu | | |
ANA LIND                                         | person | Ana Lind | | |
PIETER VAN DEN BERG (Belgium)                    | person | Pieter van den Berg | | BEL |
JUDITH BISHOP (Rwanda)                           | person | Judith Bishop | | RWA |
Ana Lind, who heads the delegation               | person | Ana Lind | | |
Rep. Ana Lind of the Democratic Party            | person | Ana Lind | | |
Russian Ambassador to Serbia Oleg Karpenko-Drozd | person | Oleg Karpenko-Drozd | Ambassador to Serbia | RUS |
Norway's ambassador to the European Union, Ana Lind | person | Ana Lind | ambassador to the European Union | NOR |
Wang Haoran, China's foreign minister,           | person | Wang Haoran | foreign minister | CHN |
China's foreign minister, Wang Haoran            | person | Wang Haoran | foreign minister | CHN |
Finland's Prime Minister Aino Kallio             | person | Aino Kallio | Prime Minister | FIN |
the Norwegian Deputy Foreign Minister, Ana Lind, | person | Ana Lind | Deputy Foreign Minister | NOR |
Foreign Minister Sari Lestari of Indonesia       | person | Sari Lestari | Foreign Minister | IDN |
President of the Republic of Korea Kim Dae-ho    | person | Kim Dae-ho | President of the Republic of Korea | KOR |
U.S. Secretary of State Dana Whitfield           | person | Dana Whitfield | Secretary of State | USA |
Secretary of State for Foreign Affairs Ana Lind  | person | Ana Lind | Secretary of State for Foreign Affairs | |
Minister of Foreign Affairs and Trade Ana Lind   | person | Ana Lind | Minister of Foreign Affairs and Trade | |
Trade and Industry Minister Ana Lind             | person | Ana Lind | Trade and Industry Minister | |
Acting Uzbek Ambassador to Kyrgyzstan Sherzod Olimov | person | Sherzod Olimov | Acting Ambassador to Kyrgyzstan | UZB |
Former Armenian Foreign Minister Ruben Sarafyan  | person | Ruben Sarafyan | Former Foreign Minister | ARM |
ex-President Ana Lind                            | person | Ana Lind | ex-President | |
opposition leader Ana Lind                       | person | Ana Lind | opposition leader | |
Kremlin Spokesman Dmitry Volkov                  | person | Dmitry Volkov | Kremlin Spokesman | RUS |
Pentagon spokesman Col. Ana Lind                 | person | Ana Lind | Pentagon spokesman | USA |
Ana Lind, the ministry's spokeswoman             | person | Ana Lind | ministry's spokeswoman | |
Nigerien Foreign Minister Ana Lind               | person | Ana Lind | Foreign Minister | NER |
Nigerian Foreign Minister Ana Lind               | person | Ana Lind | Foreign Minister | NGA |
New Jersey Governor Ana Lind                     | person | Ana Lind | New Jersey Governor | |
UN Secretary-General Ana Lind                    | person | Ana Lind | UN Secretary-General | | UN
UN Special Envoy for Yemen Ana Lind              | person | Ana Lind | UN Special Envoy for Yemen | | UN
EU foreign policy chief Ana Lind                 | person | Ana Lind | EU foreign policy chief | | EU
AU Commissioner for Agriculture Thabisa Mokoena  | person | Thabisa Mokoena | AU Commissioner for Agriculture | | AU
the Russian diplomat                             | role | | diplomat | RUS |
the ambassador to Lima                           | role | | ambassador to Lima | |
the representative of Belgium                    | role | | representative of Belgium | BEL |
the spokesman's deputy                           | role | | spokesman's deputy | |
its spokeswoman                                  | role | | spokeswoman | |
the minister                                     | role | | minister | |
a senior Foreign Ministry official               | unnamed | | senior Foreign Ministry official | |
U.S. officials                                   | unnamed | | officials | USA |
a Norwegian diplomat                             | unnamed | | diplomat | NOR |
a source close to the talks                      | unnamed | | source close to the talks | |
he                                               | pronoun | | | |
They                                             | pronoun | | | |
the two countries                                | pronoun | | | |
Moscow                                           | state | Moscow | | RUS |
The United States                                | state | United States | | USA |
Taiwan                                           | state | Taiwan | | TWN |
New Jersey                                       | unnamed | | | |
the Kremlin                                      | institution | Kremlin | | RUS |
Downing Street                                   | institution | Downing Street | | GBR |
the Russian Defence Ministry                     | institution | Russian Defence Ministry | | RUS |
Chad's Foreign Ministry                          | institution | Chad's Foreign Ministry | | TCD |
the Norwegian embassy in Lima                    | institution | Norwegian embassy in Lima | | NOR |
the ministry                                     | institution | ministry | | |
the EU delegation                                | institution | EU delegation | | | EU
NATO                                             | organization | NATO | | | NATO
the Security Council                             | organization | Security Council | | | UN
the UN report                                    | document | | | | UN
a joint communique                               | document | | | |
Reuters                                          | medium | Reuters | | |
the Xinhua news agency                           | medium | Xinhua news agency | | |
state television                                 | unnamed | | | |
a statement by Foreign Minister Ana Lind         | person | Ana Lind | Foreign Minister | |
a statement from the Norwegian Foreign Ministry  | institution | Norwegian Foreign Ministry | | NOR |
a statement issued on Monday                     | document | | | |
a communique read out by an announcer            | document | | | |
a statement by the crowd                         | document | | | |
a statement office                               | institution | statement office | | |
the foreign ministers of Estonia                 | unnamed | | foreign ministers of Estonia | EST |
farmer Toktosun Aliev                            | person | Toktosun Aliev | farmer | |
ferry builder Ana Maria Lind                     | person | Ana Maria Lind | ferry builder | |
a passer-by                                         | unnamed | | | |
weaver Toktosun                                  | unnamed | | | |
the daily Harbour Courier                        | medium | Harbour Courier | | |
senior fellow Ana Lind of the Straits Institute  | person | Ana Lind | senior fellow | |
analyst Bo Berg from Oslo University             | person | Bo Berg | analyst | |
mayor Ana Lind of Oslo                           | person | Ana Lind | mayor | |
analyst Ana Lind of Norway                       | person | Ana Lind | analyst | NOR |
a senior fellow at the Straits Institute         | unnamed | | senior fellow at the Straits Institute | |
Bo Berg from Oslo University                     | person | Bo Berg | | |
the Greens                                       | institution | Greens | | |
the Norwegian Conservatives                      | institution | Norwegian Conservatives | | NOR |
Harbour, an opposition party,                    | institution | Harbour | | |
Ana Lind, leader of an opposition party          | person | Ana Lind | leader of an opposition party | |
Ambassador Ana Lind, Norway's envoy for trade,   | person | Ana Lind | envoy for trade | NOR |
Colonel Bo Berg, the Norwegian army spokesman,   | person | Bo Berg | army spokesman | NOR |
Foreign Minister Ana Lind, chair of the board,   | person | Ana Lind | Foreign Minister | |
the ministry's press department                  | institution | ministry's press department | | |
the press service of the Norwegian president     | institution | press service of the Norwegian president | | NOR |
press secretary Ana Lind                         | person | Ana Lind | press secretary | |
the Norwegian press                              | unnamed | | | |
the speaker of parliament                        | role | | speaker of parliament | |
the parliament                                   | institution | parliament | | |
His namesake, Finnish President Bo Berg,         | person | Bo Berg | President | FIN |
Her ally Bo Berg, the Finnish president,         | person | Bo Berg | president | FIN |
Ana Lind, her rival,                             | person | Ana Lind | | |
head of Norway's Board for Seals Ana Lind | person | Ana Lind | head of Norway's Board for Seals | NOR |
the head of Norway's Board for Seals, Ana Lind | person | Ana Lind | head of Norway's Board for Seals | NOR |
AU special envoy for the White Lake, Ana Lind | person | Ana Lind | AU special envoy for the White Lake | | AU
Head of the Europe Department Vo Minh Chau | person | Vo Minh Chau | Head of the Europe Department | |
Director of the Harbour Service Ana Lind         | person | Ana Lind | Director of the Harbour Service | |
Ambassador of Viet Nam to Peru Pham Hoai An      | person | Pham Hoai An | Ambassador of Viet Nam to Peru | VNM |
Mr. Bui The Khai, head of the Press Department   | person | Bui The Khai | head of the Press Department | |
commander of the Southern Fleet Vice Admiral Bo Berg | person | Bo Berg | commander of the Southern Fleet | |
Norway's agent, Ambassador Bo Berg               | person | Bo Berg | agent | NOR |
Retired Vice Adm. Bo Berg, a former head of the yard | person | Bo Berg | former head of the yard | |
the head of the Lake Authority (LA), Gen. (Rtd) Bo Berg | person | Bo Berg | head of the Lake Authority | |
the author of the report, Ana Lind               | person | Ana Lind | author of the report | |
Sultan Bekov, former governor of the province    | person | Sultan Bekov | former governor of the province | |
Sultan Haitham of Oman                           | person | Haitham | Sultan | OMN |
Selim, a ferryman who saved four of them         | person | Selim | ferryman | |
Ana Lind, widow of the second mate               | person | Ana Lind | widow of the second mate | |
Seed Watch, an advocacy group in Oslo            | institution | Seed Watch | | |
General Secretariat of the OAS | institution | General Secretariat of the OAS | | | OAS
General Bo Berg                                  | person | Bo Berg | General | |
One of them, a Norwegian lawmaker                | unnamed | | lawmaker | NOR |
its                                              | pronoun | | | |
who                                              | pronoun | | | |
""")


@pytest.mark.parametrize(("phrase", "kind", "name", "role", "countries", "organization"), PHRASES)
def test_source_phrases(
    phrase: str, kind: str, name: str | None, role: str | None, countries: str | None, organization: str | None
) -> None:
    mention = parse_mention(phrase, date(2024, 3, 14))
    assert (mention.kind, mention.name) == (kind, name)
    assert (mention.office.role if mention.office else None) == role
    assert mention.countries == ((countries,) if countries else ())
    assert mention.organization == organization


@pytest.mark.parametrize(
    ("phrase", "gender", "plural", "definite", "possessive"),
    [
        ("she", "f", False, True, False),
        ("both", None, True, True, False),
        ("Mrs. Lind", "f", False, True, False),
        ("the spokeswoman", "f", False, True, False),
        ("its spokeswoman", "f", False, True, True),
        ("a spokeswoman", "f", False, False, False),
        ("several officials", None, True, False, False),
        ("King Olaf of Norway", "m", False, True, False),
    ],
)
def test_what_the_words_tell_about_the_person(
    phrase: str, gender: str | None, plural: bool, definite: bool, possessive: bool
) -> None:
    mention = parse_mention(phrase)
    assert (mention.gender, mention.plural, mention.definite, mention.possessive) == (
        gender,
        plural,
        definite,
        possessive,
    )


@pytest.mark.parametrize(
    ("phrase", "names", "codes"),
    [
        ("Beijing and Moscow", ["Beijing", "Moscow"], ("CHN", "RUS")),
        ("Estonia as well as Latvia", ["Estonia", "Latvia"], ("EST", "LVA")),
        ("Foreign Minister Ana Lind and Defence Minister Bo Berg", ["Ana Lind", "Bo Berg"], ()),
        (
            "Norwegian Foreign Minister Ana Lind and her Finnish counterpart Pekka Aalto",
            ["Ana Lind", "Pekka Aalto"],
            ("NOR", "FIN"),
        ),
    ],
)
def test_joint_sources(phrase: str, names: list[str], codes: tuple[str, ...]) -> None:
    mention = parse_mention(phrase)
    assert [part.name for part in mention.parts] == names
    assert mention.countries == codes


@pytest.mark.parametrize(
    "phrase", ["the Food and Agriculture Organization", "Bosnia and Herzegovina", "the Ministry of Trade and Industry"]
)
def test_one_body_with_and_in_its_name_is_no_joint_source(phrase: str) -> None:
    assert parse_mention(phrase).parts == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "Ana",
                "Lind",
                "the",
                "of",
                ",",
                "and",
                "minister",
                "Peru",
                "(",
                ")",
                "(Peru)",
                "its",
                "UN",
                "ministry",
                "van",
                "who",
                "'s",
                "’s",
                "-",
                "said",
                "TASS",
            ]
        ),
        max_size=12,
    )
)
def test_any_phrase_is_some_kind_of_source(words: list[str]) -> None:
    phrase = " ".join(words)
    mention = parse_mention(phrase)
    assert (mention.kind == "person") <= bool(mention.name)
    assert (mention.kind == "role") <= (mention.office is not None)


def test_a_joint_source_has_its_parts() -> None:
    mention = parse_mention("The Baltic states, Estonia, Latvia and Lithuania")
    assert [part.name for part in mention.parts] == ["Estonia", "Latvia", "Lithuania"]
    assert mention.countries == ("EST", "LVA", "LTU")


def test_names_behind_a_title_in_the_plural_share_it() -> None:
    parts = parse_mention("judges Berg and Lind").parts
    assert [(part.name, part.office.role if part.office else None) for part in parts] == [
        ("Berg", "judges"),
        ("Lind", "judges"),
    ]
    assert parse_mention("judges of Chile and Peru").parts == ()


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


@pytest.mark.parametrize(
    ("phrase", "name", "role", "organization"),
    [
        ("Ambassador Ana Lind on behalf of the European Union", "Ana Lind", "Ambassador", "EU"),
        ("a spokesman on behalf of the European Union", None, "spokesman", "EU"),
        ("a spokesman on behalf of the growers", None, "spokesman", None),
        ("Ambassador Ana Lind on behalf of the growers", "Ana Lind", "Ambassador", None),
    ],
)
def test_speaking_on_behalf_of_an_organisation(
    phrase: str, name: str | None, role: str | None, organization: str | None
) -> None:
    mention = parse_mention(phrase)
    assert (mention.name, mention.office.role if mention.office else None) == (name, role)
    assert mention.organization == organization


@pytest.mark.parametrize(
    ("phrase", "kind", "role", "codes", "plural"),
    [
        ("the foreign ministers of Estonia, Latvia and Lithuania", "unnamed", "foreign ministers",
         ("EST", "LVA", "LTU"), True),
        ("presidents of Peru and the United States", "unnamed", "presidents", ("PER", "USA"), True),
        ("the foreign ministers of Estonia and the crews", "unnamed", "foreign ministers of Estonia and the crews",
         ("EST",), True),
        ("the foreign minister of Bosnia and Herzegovina", "role", "foreign minister of Bosnia and Herzegovina",
         ("BIH",), False),
    ],
)  # fmt: skip
def test_one_office_of_several_states(phrase: str, kind: str, role: str, codes: tuple[str, ...], plural: bool) -> None:
    mention = parse_mention(phrase)
    assert mention.office is not None
    assert (mention.kind, mention.office.role, mention.countries, mention.plural) == (kind, role, codes, plural)


def test_the_president_in_capitals_is_an_office_and_a_name_in_capitals_is_a_name() -> None:
    office, name = parse_mention("THE PRESIDENT"), parse_mention("ANA BISHOP")
    assert (office.kind, office.name) == ("role", None)
    assert (name.kind, name.name) == ("person", "Ana Bishop")


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Reef Watch International, an advocacy group in Nairobi", "institution"),
        ("a spokesman for the Coordination of Reefs, an alliance of fishing towns", "unnamed"),
        ("Ana Lee, an opposition party leader in Peru", "person"),
    ],
)
def test_a_body_called_so_behind_its_name(phrase: str, kind: str) -> None:
    assert parse_mention(phrase).kind == kind


@pytest.mark.parametrize(
    ("phrase", "role", "name"),
    [
        ("Minister Pohl briefed Ms. Roth", "Minister", "Pohl"),
        ("newly appointed Minister Roth", "newly appointed Minister", "Roth"),
    ],
)
def test_what_somebody_did_is_no_part_of_a_title(phrase: str, role: str, name: str) -> None:
    mention = parse_mention(phrase)
    assert mention.office is not None
    assert (mention.office.role, mention.name) == (role, name)


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        ("The President and Prime Minister", ["President", "Prime Minister"]),
        ("The Secretary and Foreign Minister", ["Secretary", "Foreign Minister"]),
        ("the Deputy Prime Minister and Foreign Minister", []),
        ("The President and Commander-in-Chief", []),
    ],
)
def test_two_leaders_under_one_article(phrase: str, roles: list[str]) -> None:
    parts = parse_mention(phrase).parts
    assert [part.office.role for part in parts if part.office] == roles


@pytest.mark.parametrize("phrase", ["the UK and our allies", "UK and its closest partners", "the UK"])
def test_allies_without_a_name_are_no_speakers(phrase: str) -> None:
    mention = parse_mention(phrase)
    assert (mention.kind, mention.name, mention.countries) == ("state", "UK", ("GBR",))
