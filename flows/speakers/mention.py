"""Reading a source phrase: "Russian Ambassador to Serbia Ana Petrova", "the ministry", "he", "Estonia and Latvia"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from flows.data import rows
from flows.speakers.names import (
    COMMON_LOOKING_NAMES,
    Token,
    gender_of,
    in_normal_capitals,
    is_name_word,
    name_at_end,
    tokens,
    without_honorifics,
)
from flows.speakers.office import Office, parse_office
from flows.speakers.places import STATE_KINDS, media_in, medium, organization, organizations_in, state, states_in
from flows.speakers.titles import Gender, first_names, honorifics, titles_in

Kind = Literal["person", "role", "pronoun", "institution", "state", "organization", "medium", "document", "unnamed"]

PRONOUNS: dict[str, tuple[Gender, bool]] = {
    "he": ("m", False),
    "him": ("m", False),
    "she": ("f", False),
    "her": ("f", False),
    "his": ("m", False),
    "their": (None, True),
    "its": (None, False),
    "they": (None, True),
    "it": (None, False),
    "who": (None, False),
    "which": (None, False),
    "that": (None, False),
    "i": (None, False),
    "we": (None, True),
    "both": (None, True),
    "the two": (None, True),
}
ONE_OF_THEM = frozenset(("one of them", "another of them", "one of these", "one of those", "the other", "another"))
PRONOUNS |= dict.fromkeys(ONE_OF_THEM, (None, False))
_INSTITUTION = re.compile(
    r"\b(?:ministry|ministries|department|embassy|mission|consulate|government|cabinet|parliament|senate|congress|"
    r"council|commission|committee|office|agency|administration|presidency|palace|delegation|bureau|army|military|"
    r"navy|air force|forces|police|guard|court|party|authority|authorities|secretariat|service|institute|centre|center|"
    r"foundation|group|bloc|alliance|coalition|union|organi[sz]ation|federation|league|movement|company|bank|fund|"
    r"board|team|campaign|community|chancellery|assembly|tribunal|watchdog|regulator|side|house|junta|regime|"
    r"association|society|chamber|university|academy|college|consortium|corporation|confederation|observatory|"
    r"directorate|inspectorate|chairmanship|chairpersonship|forum|panel|network|syndicate|museum|hospital)\b",
    re.IGNORECASE,
)
_INSTITUTION_LAST = re.compile(
    r"\b(?:ministry|department|embassy|government|parliament|council|commission|committee|group|union|league|movement|"
    r"chairmanship|chairpersonship|presidency|bloc|alliance|delegation|mission|party|court|(?<!-in-)office|agency|authority|army|"
    r"military|command|foundation|institute)$",
    re.IGNORECASE,
)
_BODY_OF = re.compile(
    r"(?:[A-Z][\w-]*\s){0,2}(?P<body>Secretariat|Ministry|Department|Commission|Committee|Council|Directorate|Bureau|Command|"
    r"Authority|Agency|Delegation|Embassy)\s(?:of|for|to|on)\s(?:the\s)?(?=[A-Z])[^,]*$"
)
_OFFICE_OF = re.compile(
    r"^(?:\w+\s){0,3}(?i:head|chief|leader|member|chair\w*|director|president|spokes\w+|secretary|speaker|commander|"
    r"governor|representative)\s(?:of|for)\s"
)
_DOCUMENT = re.compile(
    r"\b(?:statement|communiqu[eé]|readout|letter|report|document|declaration|resolution|transcript|note|press release|"
    r"post|message|memo|treaty|text|release|survey|poll|study|draft|memorandum|commentary|editorial|white paper|"
    r"notice|dispatch|article|op-ed|note verbale|aide-m[eé]moire)s?$",
    re.IGNORECASE,
)
# `General` is no rank in `General Secretariat of the League`.
_GENERAL_BODY = re.compile(
    r"General\s(?:Secretariat|Assembly|Staff|Command|Directorate|Council|Department|Authority|Consulate|Conference|"
    r"Confederation|Inspectorate|Prosecutor['’]s\sOffice)\b(?!\s(?i:president|chief|head|director|spokes\w+|member|speaker|vice|deputy)\b)"
)
_PARTY = re.compile(
    r"(?:\w+\s)?(?:Greens|Conservatives|Liberals|Democrats|Republicans|Socialists|Tories|Communists|Nationalists)$"
)
_BODY_APPOSED = re.compile(
    r"(?:the|an?)\s(?:[\w-]+\s){0,4}(?:party|group|movement|alliance|bloc|union|ministry|agency|federation)\b",
    re.IGNORECASE,
)
_WHOLE_BODY_APPOSED = re.compile(
    r"an?\s(?:(?!of\b)[\w-]+\s){0,3}(?:party|group|movement|alliance|bloc|union|federation|charity|organi[sz]ation|company|"
    r"firm|network|institute|think[- ]tank)(?=$|,|\s(?:of|in|at|for|from|based|that|which|to|with|on)\b)",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(
    r"(?P<head>(?:[\w’'-]+\s)*[a-z][\w’'-]*\s(?:[A-ZÀ-Þ][\w.’'-]+\s){1,3}?[A-ZÀ-Þ][\w’'-]+)\s(?:of|from|at|with)\s(?:the\s)?[A-Z]"
)
_COMMON_NOUN = re.compile(
    r"(?:Her|His|Its|Their|her|his|its|their)\s(?:namesake|ally|rival|predecessor|successor)\b"
    r"(?:\s(?P<name>[A-ZÀ-Þ][\w.’'-]+\s[A-ZÀ-Þ][^,]*)|[^,]*)"
)
_COUNTRYS = re.compile(
    r"^(?:the|this|that)\s(?:[\w-]+\s){0,2}?(?:country|nation|republic|kingdom|island|bloc|organi[sz]ation)['’]s\s",
    re.IGNORECASE,
)
_PRESS_OFFICE = re.compile(
    r"\b(?:press|media)\s+(?:department|office|service|cent(?:re|er)|bureau|team)\b", re.IGNORECASE
)
_ISSUED = re.compile(
    r"(?:[a-z]+\s){0,2}"
    r"(?:statement|communiqu[eé]|readout|letter|report|document|declaration|note|press release|post|message|memorandum|"
    r"commentary|editorial|article|dispatch|notice)"
    r"(?:\s(?:(?:issued|released|published|posted)\s)?(?:by|from)\s(?P<author>.+)|\s(?:read|issued|published|carried|released|posted|circulated|seen|obtained|signed|on)\b"
    r".*)$"
)
_ISSUERS = re.compile(
    r"(?:(?:joint|new|latest|recent|written|official|short)\s)*(?P<issuer>[^,]+?)(?:['’]s?)?\s"
    r"(?:statement|communiqu[eé]|readout|press release|memorandum|note verbale|declaration)"
)
_SERVING = re.compile(
    r"(?:[\w’'-]+\s){0,3}?(?:spokes(?:man|woman|person)|aides?|advis[eo]rs?|lawyers?|press secretary|chief of staff)\s"
    r"(?:for|to)\s(?!the\b)",
    re.IGNORECASE,
)
_PRESS_DOCUMENT = re.compile(r"\bpress\s(?:statement|communiqu[eé]|release|note)\b", re.IGNORECASE)
_COUNCIL = r"(?P<body>(?:(?:UN|U\.N\.|United Nations)\s)?(?:Security\s)?Council)"
_MEMBERS = re.compile(rf"(?:[\w]+-member\s)?{_COUNCIL}(?:['’]s)?\s[Mm]embers")
_MEMBERS_OF = re.compile(rf"(?:\w+\s)?[Mm]embers\sof\sthe\s{_COUNCIL}")
_NOUN_AND_NAME = re.compile(
    r"(?P<noun>(?:[A-Z]{2,4}\s)?(?:[a-z][\w’'-]*\s){1,3})(?P<name>(?:[A-ZÀ-Þ][\w.’'-]+\s?){2,4})$"
)
_COMPLEMENT = re.compile(r"\s+(?:of|to|for|at|in|on|with)\s")
_KINSHIP = "wife|husband|widow|widower|mother|father|son|daughter|brother|sister|cousin|uncle|aunt|nephew|niece"
_TRADE = re.compile(
    rf"(?:an?\s(?P<no>(?:day|week|month|year|few|number)\b)?|(?:the\s)?(?=(?:{_KINSHIP})\s(?:of|to)\s))"
    r"(?P<noun>[a-z][\w’'-]*(?:\s(?!who\b|whose\b|which\b|that\b|was\b|is\b|has\b|had\b|said\b|says\b)[\w’'-]+){0,9})"
)
_MEDIUM = re.compile(
    r"\b(?:news agency|newspaper|daily|weekly|broadcaster|television|tv|channel|radio|magazine|media|tabloid|outlet|"
    r"news site|press)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{3,7}")
_SEAT = re.compile(r"\b(?:in|to|at|for)\s(?:the\s)?$")
_DETERMINER = re.compile(
    r"^(?P<word>the|an?|its|his|her|their|our|this|that|these|those|some|several|many|two|three|one|another|other|"
    r"senior|unnamed|both|most|all|any)\s+",
    re.IGNORECASE,
)
_INDEFINITE = frozenset("a an some several many two three one another other unnamed most any senior".split())
_POSSESSIVE_PRONOUN = frozenset(("its", "his", "her", "their", "our"))
_COUNTRY_IN_BRACKETS = re.compile(r"\s*\((?P<inside>[^)]{2,60})\)")
_ASIDE = re.compile(
    r",\s+(?:who|which|whose|where|speaking|addressing|asking|citing|quoting|one of|also)\b.*$", re.IGNORECASE
)
_AND = re.compile(r"\s*,?\s+(?:and|as well as|along with|together with)\s+|,\s+", re.IGNORECASE)
_AND_ALONE = re.compile(r"\s*,?\s+(?:and|as well as|along with|together with)\s+", re.IGNORECASE)
_NAMED = frozenset(("person", "state", "organization", "institution"))
_RETIRED = frozenset(("retired", "ret", "rtd"))
# `Investments Anvar Aliyev` behind `Minister of`: one word at least belongs to the title, two to the name.
_COMPLEMENT_AND_NAME = 3
_LONGEST_RANK = 3
_CONNECTORS = frozenset(("and", "of", "the", "for", "&"))
_LINKS = _CONNECTORS | {"to", "at", "in", "on", "with"}
_LONGEST_NAME = 5
PORTFOLIOS = frozenset(row["word"] for row in rows("portfolios"))
ON_BEHALF = re.compile(r"\bon behalf of\b|\b(?:also\s+)?speaking\s+(?:also\s+)?for\b")
# `Minister Lee briefed Ms. Roth`: what the minister did is no part of anybody's title.
_DEED = re.compile(r"\s(?!appointed|elected|retired|named|designated)[a-z]+ed\s(?:Ms|Mrs?|Dr)\b.*$")
_KOREAS = {"North": ("PRK",), "South": ("KOR",)}
_KOREA = re.compile(r"(?i:the)\s(?:(?:communist|reclusive|isolated|impoverished|democratic)\s)?(?P<side>North|South)")
_KOREAS_OWN = re.compile(r"(?:^|\b[Tt]he\s)(?P<side>North|South)['’]s\s")
# `The UK and our allies`, in words of the UK.
_ALLIES = re.compile(
    r"\sand\s(?:its|our|their|his|her)\s(?:[a-z-]+\s)?(?:allies|partners|friends|colleagues|supporters|neighbou?rs|proxies)$"
)
_TIME_TAIL = re.compile(r"\s+(?:on|late on|earlier on|last)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_ONE_OF_THEM = re.compile(r"^(?:one|another) of (?:them|these|those), (?=an?\s)", re.IGNORECASE)
_PLURAL_REFERENCE = re.compile(
    r"(?:the|both|these|all)\s+(?:(?:two|three|four|five)\s+)?"
    r"(?:countries|states|sides|nations|governments|leaders|ministers|presidents|parties|allies|neighbou?rs|"
    r"pair|interlocutors|counterparts|diplomats|chief diplomats)",
    re.IGNORECASE,
)
_LEADERS = re.compile(
    r"[Tt]he\s((?:Vice\s)?President|King|Queen|Emperor|Emir|Sultan|Chancellor|Secretary)\sand\s(?!the\b)([A-Z].+)"
)
_OTHER_LEADERS = frozenset(("head_of_state", "head_of_government", "foreign_minister"))
_OF = re.compile(r"\sof\s(?:the\s)?")
_GROUP_NOUN = re.compile(
    r"^(?:the\s+)?[\w\s]{0,30}?(?:states|countries|nations|republics|powers|members|neighbou?rs)\s*,\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """What a source phrase says by itself, before the rest of the article is asked.

    Attributes:
        as_written: The phrase.
        kind: What kind of source the words name.
        name: Personal name without title, or the institution, state or organisation as worded without article.
        office: Title, where there is one.
        countries: ISO codes of the states spoken for.
        organization: Organisation spoken for.
        gender: m or f where the words tell.
        plural: Whether several people are meant.
        definite: Whether the phrase points to somebody known (`the envoy`), not somebody new (`an envoy`).
        possessive: `its` or `his` before the title: the state is that of somebody mentioned before.
        bracketed: Whether the states stand in brackets behind the name, as in records of meetings.
        parts: The members of a joint source; empty for one.
        also_for: ISO codes of the states on whose behalf the words are spoken besides.
    """

    as_written: str
    kind: Kind
    name: str | None = None
    office: Office | None = None
    countries: tuple[str, ...] = ()
    organization: str | None = None
    gender: Gender = None
    plural: bool = False
    definite: bool = True
    possessive: bool = False
    bracketed: bool = False
    parts: tuple[Mention, ...] = ()
    also_for: tuple[str, ...] = ()


def parse_mention(phrase: str, today: date | None = None) -> Mention:
    """Reads one source phrase; a pure function of its words, the lookup files and the day (for state names)."""
    phrase = " ".join(phrase.split()).strip(" ,;:–—-")
    phrase = _ONE_OF_THEM.sub("", _TIME_TAIL.sub("", phrase))
    if _PLURAL_REFERENCE.fullmatch(phrase):
        return Mention(phrase, "pronoun", plural=True)
    if pronoun := PRONOUNS.get(phrase.lower()):
        return Mention(phrase, "pronoun", gender=pronoun[0], plural=pronoun[1])
    bare = _ALLIES.sub("", _DEED.sub("", _ASIDE.sub("", phrase)))
    if joint := _joint(bare, today):
        return replace(joint, as_written=phrase)
    bare, bracketed = _take_brackets(bare, today)
    bare, represented = _take_represented(_without_affiliation(bare))
    bare, of_state = _take_state_behind_name(bare, today)
    bare = _COUNTRYS.sub("its ", bare)
    determiner = _DETERMINER.match(bare)
    word = determiner["word"].lower() if determiner else ""
    core = bare[determiner.end() :] if determiner else bare
    body = "," not in core and _INSTITUTION_LAST.search(core) and not _OFFICE_OF.search(core) and not _is_member(core)
    acronym = word == "the" and _ACRONYM.fullmatch(core) and not titles_in(core)
    outlet = "," not in core and _MEDIUM.search(core) and not titles_in(core)
    special = _PRESS_OFFICE.match(core) or _GENERAL_BODY.match(core) or _is_body_of(core)
    institution = bool(body or acronym or outlet or special)
    shapes = (_serving, _office_of, _issued, _offices_of_states, _whole)
    mention = _members(core) or next((found for shape in shapes if (found := shape(core, today))), None)
    if mention is None and word in ("a", "an") and "," not in core and (office := parse_office(core, today)):
        mention = _person_mention(core, None, office)
    if mention is None and not institution:
        mention = _person(bare, today)
    mention = mention or _by_trade(core) or _by_noun(core, today)
    if mention.kind == "role" and (word in _INDEFINITE or mention.plural):
        mention = replace(mention, kind="unnamed")
    also_for = _on_behalf_of(phrase, today)
    return replace(
        mention,
        as_written=phrase,
        countries=tuple(dict.fromkeys((*(bracketed or of_state or mention.countries), *also_for))),
        also_for=also_for,
        organization=represented or mention.organization,
        bracketed=bool(bracketed or of_state),
        definite=word not in _INDEFINITE,
        possessive=word in _POSSESSIVE_PRONOUN,
    )


def in_korea(mention: Mention) -> Mention:
    """What a mention says in a story on Korea: `the North` is North Korea, `the South's envoy` the South Korean one."""
    if mention.countries or mention.organization:
        return mention
    if alone := _KOREA.fullmatch(mention.as_written):
        name = f"{alone['side']} Korea"
        return Mention(mention.as_written, "state", name, countries=_KOREAS[alone["side"]])
    owner = _KOREAS_OWN.search(mention.as_written)
    if owner is None:
        return mention
    countries = _KOREAS[owner["side"]]
    office = replace(mention.office, countries=countries) if mention.office else None
    return replace(mention, countries=countries, office=office)


def _is_body_of(phrase: str) -> bool:
    """`General Secretariat of the Organization of American States`, though `General` alone is a title."""
    body = _BODY_OF.match(phrase)
    return body is not None and not titles_in(phrase, body.end("body"))


def _on_behalf_of(phrase: str, today: date | None) -> tuple[str, ...]:
    """States for which somebody speaks besides their own: `speaking also on behalf of Kenya and Uganda`."""
    lead = ON_BEHALF.search(phrase)
    if lead is None:
        return ()
    return tuple(found.value.iso3 for found in states_in(phrase, lead.end(), today=today) if found.value.kind == "name")


def _without_affiliation(phrase: str) -> str:
    """Takes ` of the Straits Institute` from behind a titled name; what belongs to the title stays."""
    found = _AFFILIATION.match(phrase)
    if found is None or not titles_in(found["head"]) or _of_a_state(phrase, found.end("head")):
        return phrase
    name = " ".join(found["head"].split()[-2:])
    return phrase if titles_in(name) or states_in(name) or organizations_in(found["head"][-40:]) else found["head"]


def _of_a_state(phrase: str, start: int) -> bool:
    """Whether a state, and no mere city such as that of `Oslo University`, stands behind the name."""
    return any(found.value.kind not in ("capital", "city") for found in states_in(phrase, start))


def _take_represented(phrase: str) -> tuple[str, str | None]:
    """Takes ` on behalf of the European Union` from behind a phrase and gives the organisation's code."""
    lead = ON_BEHALF.search(phrase)
    if lead is None or lead.start() == 0:
        return phrase, None
    bodies = organizations_in(phrase[lead.end() :])
    return phrase[: lead.start()].rstrip(" ,"), bodies[0].value.code if bodies else None


def _joint(phrase: str, today: date | None) -> Mention | None:
    """A coordination all of whose parts stand for themselves; None for anything else."""
    listed = _GROUP_NOUN.sub("", phrase)
    if any(" and " in found.span.of(listed) for found in organizations_in(listed)):
        return None  # `the head of the Food and Agriculture Organization` is one
    if not _AND_ALONE.search(listed):
        return None
    if shared := _under_one_title(phrase, today) or _two_leaders(phrase, today):
        return shared
    for pattern in (_AND_ALONE, _AND):
        parts = tuple(parse_mention(word, today) for word in pattern.split(listed) if word.strip())
        if len(parts) > 1 and all(_stands_alone(part) for part in parts):
            break
    else:
        return None
    if any(part.kind == "person" and len((part.name or "").split()) < 2 and _is_cut(part) for part in parts):
        return None
    return _together(phrase, parts)


def _under_one_title(phrase: str, today: date | None) -> Mention | None:
    """`judges Berg and Lind`: every name behind a title in the plural has it."""
    heads = titles_in(phrase)
    if not heads or not heads[-1].value.plural:
        return None
    end = heads[-1].span.end
    names = [words.strip() for words in _AND.split(phrase[end:]) if words.strip()]
    office = parse_office(phrase[:end], today)
    if office is None or len(names) < 2 or not all(_addressed_name(tokens(name)) == 0 for name in names):
        return None
    if any(state(name, today) or organization(name) for name in names):
        return None
    return _together(phrase, tuple(_person_mention(name, name, office) for name in names))


def _two_leaders(phrase: str, today: date | None) -> Mention | None:
    """`The President and Prime Minister`: two people under one article, as in readouts of calls."""
    found = _LEADERS.fullmatch(phrase)
    parts = tuple(parse_mention(f"the {words}", today) for words in found.groups()) if found else ()
    other = parts[-1].office.category if parts and parts[-1].office else None
    return _together(phrase, parts) if other in _OTHER_LEADERS and parts[-1].kind == "role" else None


def _together(phrase: str, parts: tuple[Mention, ...]) -> Mention:
    countries = tuple(dict.fromkeys(code for part in parts for code in part.countries))
    organizations = [part.organization for part in parts if part.organization]
    return Mention(
        phrase,
        parts[0].kind,
        name="; ".join(part.name or "" for part in parts),
        countries=countries,
        organization=organizations[0] if organizations else None,
        plural=True,
        parts=parts,
    )


def _is_cut(part: Mention) -> bool:
    """Whether nothing stands before a name of one word, or a title that breaks off at `for`: both speak for a cut."""
    if part.office is None:
        return part.as_written.split()[0].lower().rstrip(".") not in honorifics()
    return re.search(r"\s(?:of|for|to|and)$", part.office.as_written) is not None


def _stands_alone(part: Mention) -> bool:
    """A name, or an office that points to somebody: `the state secretary and the deputy minister`."""
    pointing = part.kind == "role" and not part.plural and part.as_written.lower().startswith("the ")
    return pointing or (part.kind in _NAMED and part.name is not None)


def _take_brackets(phrase: str, today: date | None) -> tuple[str, tuple[str, ...]]:
    """Takes `(Country)` out of a phrase and gives its code; other brackets are dropped."""
    inside = [found["inside"] for found in _COUNTRY_IN_BRACKETS.finditer(phrase)]
    namings = [state(words, today) or state(words.split(",")[0], today) for words in inside]
    rest = _COUNTRY_IN_BRACKETS.sub("", phrase)
    return rest.strip(" ,"), tuple(naming.iso3 for naming in namings if naming)[:1]


def _take_state_behind_name(phrase: str, today: date | None) -> tuple[str, tuple[str, ...]]:
    """Takes ` of the Republic of Peru` from behind a titled name: `Foreign Minister Ana Lee of Peru`."""
    for of in _OF.finditer(phrase):
        before, naming = phrase[: of.start()], state(phrase[of.end() :], today)
        words = tokens(before)
        named = bool(words) and is_name_word(words[-1].text) and not titles_in(words[-1].text)
        if naming and naming.kind == "name" and named and titles_in(before):
            return before, (naming.iso3,)
    return phrase, ()


def _whole(core: str, today: date | None) -> Mention | None:
    """The whole phrase is a state, organisation or medium by name."""
    naming = state(core, today)
    if naming and naming.kind in STATE_KINDS:
        kind: Kind = "institution" if naming.kind == "institution" else "state"
        return Mention(core, kind, name=core, countries=(naming.iso3,))
    if (body := organization(core)) and not _ends_in_title(core):
        return Mention(core, "organization", name=core, organization=body.code)
    if medium(core):
        return Mention(core, "medium", name=core)
    name, comma, apposition = core.partition(", ")
    one_word = re.fullmatch(r"[A-Z][\w-]*", name)
    titleless = one_word or (name[:1].isupper() and not titles_in(name))
    if comma and titleless and (_BODY_APPOSED if one_word else _WHOLE_BODY_APPOSED).match(apposition):
        return Mention(core, "institution", name=name)
    if _PARTY.match(name):
        countries = tuple(dict.fromkeys(found.value.iso3 for found in states_in(name, today=today)))
        return Mention(core, "institution", name=name, countries=countries)
    return None


def _office_of(core: str, today: date | None) -> Mention | None:
    """`office of the United Nations envoy` is an institution."""
    if not re.match(r"[Oo]ffice of\s", core):
        return None
    bodies, states = organizations_in(core), states_in(core, today=today)
    countries = tuple(found.value.iso3 for found in states[:1])
    return Mention(
        core, "institution", core, None, countries, bodies[0].value.code if bodies and not countries else None
    )


def _issued(core: str, today: date | None) -> Mention | None:
    """`statement by Foreign Minister Ana Lee` is hers; `communique read out by an announcer` is a document."""
    found = _ISSUED.match(core)
    if found is None:
        return _of_its_issuer(core, today)
    author = parse_mention(found["author"], today) if found["author"] else None
    if author and author.kind in ("person", "institution", "organization", "state"):
        return author
    return Mention(core, "document")


def _of_its_issuer(core: str, today: date | None) -> Mention | None:
    """The ministry of `Peru's foreign ministry statement`, the Kremlin of `the Kremlin readout`."""
    found = _ISSUERS.fullmatch(core)
    issuer = found["issuer"] if found else ""
    if not issuer or not (_INSTITUTION_LAST.search(issuer) or ((seat := state(issuer)) and seat.kind == "institution")):
        return None
    mention = parse_mention(issuer, today)
    return mention if mention.kind == "institution" else None


def _serving(core: str, today: date | None) -> Mention | None:
    """`spokesman for President Ana Lee` is somebody without a name; `adviser to the President Ana Lee` is Ana Lee."""
    found = _SERVING.match(core)
    superior = titles_in(core, found.end()) if found else []
    if found is None or not superior or superior[0].span.start != found.end() or superior[-1].span.end == len(core):
        return None
    office = parse_office(core, today)
    return _person_mention(core, None, office) if office and "," not in core else None


def _members(core: str) -> Mention | None:
    """`members of the UN Security Council` and `15-member Council's members` speak for the Council."""
    found = _MEMBERS.fullmatch(core) or _MEMBERS_OF.fullmatch(core)
    if found is None:
        return None
    bodies = organizations_in(found["body"])
    return Mention(core, "institution", found["body"], organization=bodies[0].value.code if bodies else None)


def _offices_of_states(core: str, today: date | None) -> Mention | None:
    """`foreign ministers of Estonia, Latvia and Lithuania`: one office, of several states."""
    title, of, listed = core.partition(" of ")
    heads = titles_in(title)
    if not of or not heads or not heads[-1].value.plural or heads[-1].span.end != len(title):
        return None
    namings = [state(word.removeprefix("the "), today) for word in _AND.split(listed) if word.strip()]
    office = parse_office(title, today)
    if len(namings) < 2 or office is None or not all(namings):
        return None
    countries = tuple(naming.iso3 for naming in namings if naming)
    return Mention(core, "unnamed", None, office, countries, plural=True)


def _ends_in_title(core: str) -> bool:
    """`NATO Secretary General` is an office, not the organisation."""
    return any(found.span.end == len(core) for found in titles_in(core))


def _person(phrase: str, today: date | None) -> Mention | None:
    """A name with a title before or behind it, or a bare name; a title without a name gives a `role`."""
    segments = [segment.strip() for segment in phrase.split(",") if segment.strip()]
    if not segments:
        return None
    if (noun := _COMMON_NOUN.fullmatch(segments[0])) and len(segments) > 1:
        segments = [noun["name"], *segments[1:]] if noun["name"] else segments[1:]
    first = _office_before_name(segments, today) or _segment(segments[0], today) or _member(segments[0])
    if first is None:
        return None
    name, office = _with_appositions(*first, segments[1:], today)
    if name is None and office is None:
        return None
    return _person_mention(phrase, name, office or (_trade_behind(segments[1]) if len(segments) > 1 else None))


def _with_appositions(
    name: str | None, office: Office | None, appositions: list[str], today: date | None
) -> tuple[str | None, Office | None]:
    """Name and office, with what the stretches behind the next commas add to them."""
    for index, segment in enumerate(appositions):
        if name and office and not _is_rank(office) and not _is_given_name(office):
            break
        further = _segment(segment, today)
        if further is None:
            continue
        if name is None and further[0]:
            name = further[0]
            office = _both(office, further[1], today)
        elif further[1] and (office is None or further[0] is None):
            if name and office and _is_given_name(office) and further[1].category != office.category:
                name = f"{office.as_written} {name}"
            office = parse_office(", ".join(appositions[index:]), today) or further[1]
    return name, office


def _both(organs: Office | None, states: Office | None, today: date | None) -> Office | None:
    """Of `OSCE Chair, Foreign Minister of Norway Ana Lee` both: an organisation's office held beside a state's."""
    if organs is None or states is None or not organs.organization or not states.countries:
        return organs
    if states.as_written.lower().startswith(("former", "ex-")):
        return organs
    return parse_office(f"{organs.as_written}, {states.as_written}", today) or organs


def _office_before_name(segments: list[str], today: date | None) -> tuple[None, Office] | None:
    """The office in `TITLE of the Agency for Fishery, Ana Lee`: before a full name no words of the title are a name."""
    heads = titles_in(segments[0])
    if len(segments) < 2 or not heads or not _COMPLEMENT.match(segments[0], heads[-1].span.end):
        return None
    named = _segment(segments[1], today)
    name = named[0] if named else None
    if name is None or len(name.split()) < 2 or states_in(name) or organizations_in(name) or medium(name):
        return None
    office = parse_office(segments[0], today)
    return (None, office) if office else None


def _is_given_name(office: Office) -> bool:
    """`Sultan` alone: a title, or a given name if an office stands behind the whole name."""
    return office.as_written.lower() in first_names()


def _trade_behind(segment: str) -> Office | None:
    """The occupation or kinship behind a name: `a fisherman`, `wife of the second engineer`."""
    found = _TRADE.match(segment)
    if found is None or found["no"]:
        return None
    head = re.split(r"\s(?:of|in|for|at|from|with|to)\s", found["noun"])[0]
    no_person = any(nouns.search(head) for nouns in (_INSTITUTION, _MEDIUM, _DOCUMENT))
    return None if no_person else _trade(found["noun"])


def _trade(noun: str) -> Office:
    return Office(noun, noun, "other", (), None, (), None, plural=False, heads=(noun,))


def _is_rank(office: Office) -> bool:
    """`Ambassador` or `Colonel` alone: an apposition behind the name says more."""
    words = len(office.as_written.split())
    return (office.category == "ambassador" and words == 1) or (
        office.category == "military" and words <= _LONGEST_RANK
    )


def _member(segment: str) -> tuple[str, None] | None:
    """The name in `Rep. Ana Lee of the Democratic Party` and `Bo Berg from Oslo University`."""
    found = re.match(r"(?P<name>.+?)\s(?:of|from|with|at)\s", segment)
    words = tokens(found["name"]) if found else []
    begin = _addressed_name(words)
    if found is None or begin is None or len(words) - begin < 2:
        return None
    return found["name"][words[begin].span.start :], None


def _is_member(phrase: str) -> bool:
    """A given name or a form of address opens `Ana Lee of the Democratic Party`."""
    first = phrase.split(maxsplit=1)[0].lower().rstrip(".")
    return (first in first_names() or first in honorifics()) and _member(phrase) is not None


def _person_mention(phrase: str, name: str | None, office: Office | None) -> Mention:
    countries = office.countries if office else ()
    told = (_gender_told(phrase, name) if name else None) or (office.gender if office else None)
    if name is None and office:
        return Mention(phrase, "role", None, office, countries, office.organization, told, office.plural)
    addressed = phrase.isupper() and phrase != name  # `MR. LEE`: no acronym
    plain = in_normal_capitals(without_honorifics(name or ""), acronyms=not addressed)
    return Mention(
        phrase, "person", plain, office, countries, office.organization if office else None, told, plural=False
    )


def _gender_told(phrase: str, name: str) -> Gender:
    """By the form of address before the name (`Mrs. Lee`), else by the given name."""
    before = phrase.partition(name)[0].split()
    return (honorifics().get(before[-1].lower().rstrip(".")) if before else None) or gender_of(name)


def _segment(segment: str, today: date | None) -> tuple[str | None, Office | None] | None:
    """Name and office in a stretch without commas; None if it holds neither.

    `JEANNE BISHOP` in capitals is a name whatever its words mean elsewhere, unless a title begins it (`SECRETARY LEE`).
    """
    heads = titles_in(segment)
    words = tokens(segment)
    named_in_capitals = segment.isupper() and len(words) > 1 and words[0].text != "THE"
    if not heads or (named_in_capitals and heads[0].span.start > 0):
        named = _addressed_name(words)
        return (segment[words[named].span.start :], None) if named is not None else None
    begin = _name_behind_title(segment, words, heads[-1].span.end, heads[-1].span.start, len(heads))
    if begin is None:
        return None, parse_office(segment, today)
    office = parse_office(segment[: words[begin].span.start], today) if words[begin].span.start else None
    return segment[words[begin].span.start :], office


def _addressed_name(words: list[Token]) -> int | None:
    """Index at which the name begins in words that are nothing but a name, forms of address before it."""
    begin = 0
    while begin < len(words) - 1 and (address := _address(words[begin : begin + 2])):
        begin += address
    if begin >= len(words):
        return None
    named = name_at_end(words) if not words[-1].text.isupper() else begin
    # Some family names look like common words at the start of a sentence: `He Chengyu`.
    looks_common = named == begin + 1 and words[begin].text[:1].isupper() and len(words) == begin + 2
    return begin if named <= begin or (looks_common and words[begin].text in COMMON_LOOKING_NAMES) else None


def _address(words: list[Token]) -> int:
    """How many words of a form of address open `words`: `Mr.`, `Vice Adm.`, `Retired` before a rank."""
    spelt = [word.text.lower().rstrip(".") for word in words]
    if " ".join(spelt) in honorifics():
        return len(words)
    return int(spelt[0] in honorifics() or spelt[0] in _RETIRED)


def _name_behind_title(segment: str, words: list[Token], end: int, start: int, heads: int) -> int | None:
    """Index of the word at which the name behind the last title head begins; None if no name follows."""
    rest = [index for index, word in enumerate(words) if word.span.start >= end]
    if not rest:
        last = len(words) - 1
        surname_like_title = heads > 1 and words[last].span.start >= start and words[last].text[:1].isupper()
        alone = last == 0 or words[last - 1].text.islower() or words[last - 1].text.lower() in _LINKS
        return last if surname_like_title and not alone else None
    begin = name_at_end(words)
    if begin >= len(words) or all(word.text.lower() in PORTFOLIOS for word in words[begin:]):
        return None
    begin = max(begin, rest[0])
    if words[rest[0]].text.lower() in ("of", "to", "for", "at", "in", "on", "with"):
        begin = _behind_complement(segment, words, rest[0] + 1, begin)
    elif rest[0] < begin < len(words) and words[begin - 1].text.lower() in _LINKS:
        begin = _behind_complement(segment, words, begin, begin)
    return begin if begin < len(words) and is_name_word(words[begin].text) else None


def _behind_complement(segment: str, words: list[Token], start: int, begin: int) -> int:
    """Where the name begins after `of the Republic of X`, `to Serbia`, `for Political Affairs`.

    Known states and organisations end the complement; in any other run of capitals a given name starts the name.
    """
    begin = _behind_body(words, _behind_entity(segment, words, begin))
    if begin >= len(words):
        return begin
    if start < begin and words[begin - 1].text.lower() in _LINKS:
        start = begin
    elif start < begin and _is_full_name(words[begin:]):
        return begin
    return _in_run_of_capitals(segment, words, start, begin)


def _behind_entity(segment: str, words: list[Token], begin: int) -> int:
    """Where the name begins behind a state or organisation whose last words look like one: `Pacific Islands Forum`."""
    at = words[begin].span
    spans = [found.span for found in states_in(segment)] + [found.span for found in organizations_in(segment)]
    ends = [span.end for span in spans if span.overlaps(at)]
    edge = max(ends, default=0)
    return next((index for index in range(begin, len(words)) if words[index].span.start >= edge), len(words))


def _behind_body(words: list[Token], begin: int) -> int:
    """Where the name begins behind words of `begin` and more that still belong to a body: `Customs Service Ana Lee`."""
    while begin < len(words) - 1 and words[begin].text.lower() in PORTFOLIOS:
        begin += 1
    bodies = (index for index in range(begin, len(words) - 2) if _INSTITUTION.fullmatch(words[index].text))
    return max(bodies, default=begin - 1) + 1


def _in_run_of_capitals(segment: str, words: list[Token], start: int, begin: int) -> int:
    """Where the name begins behind the last preposition of a complement, at `start`."""
    entities = [found.span.end for found in states_in(segment)]
    entities += [found.span.end for found in organizations_in(segment)]
    edge = max((end for end in entities if end > words[start - 1].span.start), default=0)
    index = begin
    while index < len(words) and words[index].span.start < edge:
        index += 1
    if not edge:
        at = start
        while at < len(words) and (words[at].text.lower() in PORTFOLIOS or words[at].text.lower() in _CONNECTORS):
            at += 1
        if start < at < len(words) and at >= begin:
            return at
    for at in range(max(index, start + (0 if edge else 1)), len(words)):
        if words[at].text.lower() in first_names() and at + 1 < len(words):
            return at
    if not edge and begin <= start and len(words) - start >= _COMPLEMENT_AND_NAME:
        return len(words) - 2
    if edge and index < len(words) and index > start:
        return index
    return len(words)


def _is_full_name(words: list[Token]) -> bool:
    """Two to five words none of which names a body or portfolio, as behind `of the Europe Department`."""
    spelt = " ".join(word.text for word in words)
    plain = not _INSTITUTION.search(spelt) and not any(word.text.lower() in PORTFOLIOS for word in words)
    return 1 < len(words) <= _LONGEST_NAME and plain and not organizations_in(spelt)


def _by_trade(core: str) -> Mention | None:
    """A name behind a common noun that is no title: `farmer Toktosun Aliev`."""
    found = _NOUN_AND_NAME.match(core)
    if found is None or _MEDIUM.search(found["noun"]) or _INSTITUTION.search(core):
        return None
    return _person_mention(core, found["name"].strip(), _trade(found["noun"].strip()))


def _by_noun(core: str, today: date | None) -> Mention:
    """Institutions, documents, media and unnamed sources by the noun that heads the phrase."""
    head = re.sub(r"^\d+-\w+\s+", "", core.split(",", maxsplit=1)[0])
    bodies = organizations_in(head)
    states = [
        found for found in states_in(head, today=today) if not any(body.span.overlaps(found.span) for body in bodies)
    ]
    countries = tuple(dict.fromkeys(found.value.iso3 for found in states if found.value.kind != "city"))
    seated = [
        found
        for found in states
        if bodies and found.span.start > bodies[0].span.end and _SEAT.search(head[: found.span.start])
    ]
    if bodies and len(seated) == len(states):
        countries = ()  # `OSCE Centre in Bishkek`
    body = bodies[0].value.code if bodies and not countries else None
    if _PRESS_DOCUMENT.search(head):
        return Mention(core, "document", name=None, countries=countries[:1], organization=body)
    if (_MEDIUM.search(head) and not _PRESS_OFFICE.search(head)) or media_in(head):
        words = [word for word in tokens(head) if not any(found.span.covers(word.span) for found in states)]
        named = bool(media_in(head)) or any(is_name_word(word.text) for word in words)
        return Mention(core, "medium" if named else "unnamed", name=_name_of_medium(head) if named else None)
    if _INSTITUTION.search(head) or _ACRONYM.fullmatch(head):
        return Mention(core, "institution", name=head, countries=countries[:1], organization=body)
    if _DOCUMENT.search(head):
        return Mention(core, "document", name=None, countries=countries[:1], organization=body)
    return Mention(core, "unnamed", countries=countries[:1], organization=body)


def _name_of_medium(head: str) -> str:
    """`Novaya Zhizn` of `independent newspaper Novaya Zhizn`; a name that holds the word itself stays whole."""
    words = tokens(head)
    begin = name_at_end(words)
    described = [word for word in words[:begin] if _MEDIUM.fullmatch(word.text) and word.text.islower()]
    return head[words[begin].span.start :] if described and begin < len(words) and not media_in(head) else head
