"""Everybody whom an article names with a title: the cast to which surnames, pronouns and offices are matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from flows.articles.article import Article, Span
from flows.speakers.mention import PORTFOLIOS, Mention, in_korea, parse_mention
from flows.speakers.names import Token, gender_of, is_name_word, is_particle, names_same_person, tokens
from flows.speakers.office import Office, is_rank, parse_office
from flows.speakers.places import organization, state, states_in
from flows.speakers.titles import Gender, first_names, titles_in, titles_of_address
from flows.statements.cues import lexicon

_HEADER_PLACE = -1
_MODIFIERS = frozenset(
    "acting former deputy vice first second third senior junior chief top special permanent national foreign prime "
    "defense defence interior finance economy energy trade health presidential ministerial cabinet state security "
    "opposition ruling party outgoing incoming interim caretaker newly-appointed then-foreign ex military naval army "
    "government ministry department embassy parliamentary council general assembly assistant under joint principal "
    "honorary visiting retired veteran regional political diplomatic public press communications spokesperson "
    "minister".split()
)
# Small words in the name of a body: `spokesman for the foreign ministry`.
_BODY_WORDS = PORTFOLIOS | frozenset("ministry department embassy council cabinet government parliament".split())
_PRESIDING = re.compile(
    r"^\s*(?P<chair>President|Chair|Chairman|Chairperson):\s*(?P<name>[^(]+?)[\s.]*\((?P<state>[^)]+)\)"
)
_ORGANS = "Assembly|Council|Committee|Commission|Conference|Group|Board|Forum|Bureau|Session|Union|Court|Tribunal"
_CHAIR = r"(?:Vice-|Co-)?(?:President|Chair(?:man|woman|person)?)"
_PRESIDES = re.compile(
    rf"\b(?:(?:{_CHAIR}|Rapporteur|(?:Co-)?Facilitator)\s(?:of|for)\sthe\s(?:[\w’'-]+\s){{0,8}}?(?:{_ORGANS})"
    rf"|(?:{_ORGANS})\s{_CHAIR}|Rapporteur|(?:Under-|Assistant\s)?Secretary-General)\b",
    re.IGNORECASE,
)
_STATE_BEHIND = re.compile(r"\s\((?P<state>[A-Z][^()\n]{2,40})\)")
_ACRONYM_BEHIND = re.compile(r"\s\([A-Z][A-Za-z/]{1,6}\)(?=\s[A-Z])")
_NAMELESS = re.compile(
    r"(?:^(?:[-–•]\s)?|(?<=\n[-–•]\s)|(?<=[.!?]\s)|(?<=[.!?][\"”]\s)|(?<=\n))(?P<phrase>(?:An?|The)\s(?=\w))"
    r"|\b(?:[Ss]tatement|[Cc]omments?|[Rr]emarks?|[Ll]etter|[Mm]essage|[Ww]arning|[Aa]nnouncement|[Tt]hreat|[Cc]all)\s"
    r"(?:made\s|issued\s)?(?:by|from|of)\s(?P<author>an?\s\w)"
)
_HALF_OF_A_NATION = re.compile(r"\b(?:North|South)(?:['’]s)?\b")
_OWNING = re.compile(r"\s(?:of|to|for)\s(?:the\s|an?\s|its\s|his\s|her\s)?")
_INDEFINITE = re.compile(r"\b[Aa]n?\s$")
_LONGEST_PHRASE = 80
_LONGEST_ANNOUNCEMENT = 300
_LONGEST_NAME = 4
_LONGEST_TITLE = 10
_LONGEST_NAMELESS = 40
_APPOSED_SUBJECT = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<phrase>(?:The|An?|Its|His|Her|[A-ZÀ-Þ]\w+['’]s?)\s[^.,;:\n\"“”]{5,120}),\s"
    r"(?P<name>(?:retired\s)?(?:[A-ZÀ-Þ][\w.’'-]+\s){1,5}[A-ZÀ-Þ][\w’'-]+),\s"
)
_INTRODUCED = re.compile(
    r"(?<![\w’'-])(?P<name>(?:[A-ZÀ-Þ][\w.’'-]*\s){1,4}[A-ZÀ-Þ][\w’'-]+)(?:\s?[–—-]+\s?|,\s|\.\s)(?i:he|she|who)"
    r"(?:,?\s(?:of\scourse|as\syou\sknow),?|,)?(?:\s(?:is|serves\sas)|[’']s)\s(?:also\s|currently\s)?(?:(?:the|our|an?)\s|"
    r"(?<=currently\s))(?P<title>[^,;:.()\n–—]{3,120})"
)
_VERB = re.compile(
    r"\b(?:said|says|is|was|were|has|had|have|told|will|would|met|spoke|held|led|sent|wrote|paid|saw|and|"
    r"(?!(?:appointed|elected|retired|named|designated|united|allied|unelected)\b)[a-z]{3,}ed)\b"
)
_APPOSITION_END = re.compile(r"[,;:.()\n–—]|\s(?:who|said|told|has|had|is|was|will|and)\s")


@dataclass(slots=True)
class Person:
    """One person of the article.

    Attributes:
        name: Longest name that the article gives, in normal capitals.
        offices: Offices attached to the name, in order of appearance.
        countries: ISO codes given beside the name, as in `NAME (Country)`.
        places: Offsets at which the person is named; headers count as before the text.
        gender: m or f where a title or the given name tells.
        titled_at: Where the first office stands beside the name.
        possessive: Whether that office is somebody's (`its spokeswoman`).
        ranks: Titles told by forms of address (`Gen.` tells `general`).
        surroundings: States and organisation for which the office speaks although it names none; None before anybody
            has asked.
    """

    name: str
    offices: list[Office] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    places: list[int] = field(default_factory=list)
    gender: Gender = None
    titled_at: int | None = None
    possessive: bool = False
    ranks: set[str] = field(default_factory=set)
    surroundings: tuple[tuple[str, ...], str | None] | None = None

    @property
    def office(self) -> Office | None:
        """The fullest wording of the person's office, the earliest of equally full ones.

        What somebody called by a present office once was (`said Lee, a former navy officer`) is not the office.
        """
        served = bool(self.offices) and _is_former(self.offices[0])
        held = [office for office in self.offices if served or not _is_former(office)]
        return max(held, key=lambda office: (not _is_counterpart(office), len(office.as_written)), default=None)

    @property
    def is_counterpart(self) -> bool:
        """Whether the article calls the person nothing but somebody's colleague."""
        return bool(self.offices) and all(map(_is_counterpart, self.offices))

    @property
    def states(self) -> tuple[str, ...]:
        """States spoken for, by any of the person's offices or the bracket behind the name.

        The bracket behind the name of who presides over an organ is a mere nationality.
        """
        held = [office for office in self.offices if not _is_former(office)]
        offices = held if any(office.organization for office in held) else self.offices
        of_office = next((office.countries for office in offices if office.countries), ())
        return of_office if self.presides else self.countries or of_office

    @property
    def presides(self) -> bool:
        """Whether the office is that of an organ of states, and no state's: `NAME (Country), Council President`."""
        office = self.office
        return office is not None and not office.countries and _PRESIDES.search(office.as_written) is not None

    @property
    def organization(self) -> str | None:
        """Organisation spoken for, where no state is."""
        return next((office.organization for office in self.offices if office.organization), None)

    @property
    def categories(self) -> frozenset[str]:
        """Kinds of office that the article gives the person."""
        return frozenset(office.category for office in self.offices)


def _is_part(office: Office, name: str) -> bool:
    """Whether what looked like a title is a given name: `Sultan` of `Sultan Bekov`."""
    return office.as_written in name.split() and office.as_written.lower() in first_names()


def _without_headline_verb(mention: Mention) -> Mention:
    """`Diplomat` of a headline's `Summons Diplomat`, where a verb in capitals looks like a part of the title."""
    office = mention.office
    first = office.role.split(" ")[0] if office else ""
    verb = first.lower() in lexicon() and not titles_in(first) and first.lower() not in _MODIFIERS
    if office is None or not verb:
        return mention
    behind = parse_office(office.as_written.partition(f"{first} ")[2])
    return replace(mention, office=behind, countries=behind.countries) if behind else mention


def _ranks(mention: Mention) -> set[str]:
    """The titles told by the words before the name: `Retired Vice Adm. Ana Lee` is an admiral."""
    name = mention.name or ""
    before = mention.as_written.partition(name)[0] if name else ""
    told = titles_of_address()
    words = {word.lower().rstrip(".") for word in before.split()}
    dropped = {found.value.head for found in titles_in(before)[-1:] if is_rank(found.value.head)}
    return {told[word] for word in words if word in told} | dropped


def _is_former(office: Office) -> bool:
    return office.as_written.lower().startswith(("former", "ex-"))


def _is_counterpart(office: Office) -> bool:
    return office.heads[-1] in ("counterpart", "colleague")


class Cast:
    """The people of one article, found by their titles; grows while sources are resolved.

    Args:
        article: The article; its title and header are read for names too.

    Attributes:
        people: The people, in the order in which they were found.
        on_korea: Whether `the North` and `the South` are the two Koreas in the article.
    """

    def __init__(self, article: Article) -> None:
        self._today = article.published
        self._text = article.text
        self._header = " \n ".join(dict.fromkeys((article.title or "", *article.header)))
        self.people: list[Person] = []
        self.on_korea = _is_on_korea(article)
        for text, offset in ((self._header, _HEADER_PLACE), (self._text, 0)):
            for span, titled in titled_names(text, self._today):
                mention = _without_headline_verb(titled) if offset < 0 else titled
                mention = in_korea(mention) if self.on_korea else mention
                if offset < 0 and mention.office and mention.office.plural:
                    continue  # `Speakers Warn of Shrinking Access` in a headline names nobody
                self.add(mention, _HEADER_PLACE if offset < 0 else span.start)
        for start, mention in (
            *apposed_subjects(self._text, self._today),
            *introduced_names(self._text, self._today),
        ):
            self.add(mention, start)
        self._add_presiding()
        self._add_announced((*article.header, *article.text[:_LONGEST_ANNOUNCEMENT].splitlines()))

    def _add_announced(self, lines: Sequence[str]) -> None:
        """Who stands on top of a briefing: the name in one line, the office in the next."""
        for name, title in pairwise(lines):
            words = tokens(name.strip())
            named = 1 < len(words) <= _LONGEST_NAME and all(is_name_word(word.text) for word in words)
            heads = titles_in(title.strip()[:_LONGEST_PHRASE])
            if named and not titles_in(name) and heads and len(title.split()) <= _LONGEST_TITLE:
                mention = parse_mention(f"{name.strip()}, {title.strip()}", self._today)
                if mention.kind == "person" and mention.office and not mention.office.plural:
                    self.add(mention, _HEADER_PLACE)

    def _add_presiding(self) -> None:
        """`President: Mr. Lee . . . (Japan)` on top of a verbatim record names who presides, and for which state."""
        for line in self._header.split("\n"):
            if found := _PRESIDING.search(line):
                mention = parse_mention(f"{found['name'].strip(' .')} ({found['state']})", self._today)
                if mention.name:
                    person = self.add(mention, _HEADER_PLACE)
                    for words in (f"representative of {found['state']}", found["chair"]):
                        if office := parse_office(words, self._today):
                            person.offices.append(office)

    def add(self, mention: Mention, place: int) -> Person:
        """Joins a named mention to the person whom it names, or adds a new one."""
        name = mention.name or ""
        person = self.find(name, mention.gender, place) or self._new(name, mention)
        if len(name.split()) > len(person.name.split()) and names_same_person(person.name, name):
            person.name = name
            person.offices = [office for office in person.offices if not _is_part(office, name)]
        person.ranks |= _ranks(mention)
        if mention.office and mention.office not in person.offices:
            if not person.offices:
                person.titled_at, person.possessive = place, mention.possessive
            person.offices.append(mention.office)
        more = mention.bracketed and set(mention.countries) > set(person.countries)
        if more or (mention.office is None and not person.countries):
            person.countries = mention.countries
        person.gender = person.gender or mention.gender or gender_of(person.name)
        person.places.append(place)
        return person

    def find(self, name: str, gender: Gender = None, before: int | None = None) -> Person | None:
        """The person whom `name` names: the whole name, or a part of it; of namesakes the one named last.

        Args:
            name: Name as written, titles and honorifics left out.
            gender: Gender told beside the name; namesakes of the other gender are passed over.
            before: Offset of the mention, to choose between namesakes.
        """
        exact = [person for person in self.people if person.name.casefold() == name.casefold()]
        matching = exact or [
            person
            for person in self.people
            if names_same_person(name, person.name) or names_same_person(person.name, name)
        ]
        agreeing = [person for person in matching if not gender or not person.gender or person.gender == gender]
        if not agreeing:
            return None
        return max(agreeing, key=lambda person: _last_place(person, before))

    def _new(self, name: str, mention: Mention) -> Person:
        person = Person(self._longest_form(name), gender=mention.gender)
        self.people.append(person)
        return person

    def _longest_form(self, name: str) -> str:
        """The longest form in which the article writes the surname `name`, given names before or behind it."""
        if len(name.split()) > 1:
            return name
        best = name
        for text in (self._text, self._header):
            places = list(re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
            for grow in (_grown, _grown_right):
                forms = [grow(text, match.start(), match.end()) for match in places]
                longest = max(forms, key=lambda form: len(form.split()), default=name)
                if len(longest.split()) > len(best.split()):
                    return longest
        return best


def _is_on_korea(article: Article) -> bool:
    """Whether a story names North Korea, so that `the North` and `the South` are the two Koreas in it."""
    if _HALF_OF_A_NATION.search(article.text) is None:
        return False
    return any(found.value.iso3 == "PRK" for found in states_in(article.text, today=article.published))


def _last_place(person: Person, before: int | None) -> int:
    places = [place for place in person.places if before is None or place <= before]
    return max(places, default=_HEADER_PLACE - 1)


def _grown(text: str, start: int, end: int) -> str:
    """Stretches the name at `text[start:end]` over the name words right before it."""
    before = tokens(text, max(0, start - 60), start)
    begin = start
    for token in reversed(before):
        if text[token.span.end : begin].strip() or not is_name_word(token.text):
            break
        if titles_in(token.text):
            break
        begin = token.span.start
    return " ".join(text[begin:end].split())


def _grown_right(text: str, start: int, end: int) -> str:
    """Stretches a family name that stands first, as in `Wang Yi`, over the one name word behind it."""
    behind = tokens(text, end, min(len(text), end + 30))
    if (
        behind
        and is_name_word(behind[0].text)
        and not titles_in(behind[0].text)
        and text[end : behind[0].span.start] == " "
    ):
        return text[start : behind[0].span.end]
    return text[start:end]


def titled_names(text: str, today: date | None) -> Iterator[tuple[Span, Mention]]:
    """Every name in `text` that stands beside a title, with its mention, in order.

    Read are `TITLE NAME`, `NAME, TITLE,`, `TITLE, NAME,` and `NAME (Country)`.
    """
    before = 0
    for heads in _groups(text):
        phrase = _title_phrase(text, heads)
        owner = _OWNING.fullmatch(text, before, phrase.start) and text[heads[-1].end : heads[-1].end + 1] == ","
        before = heads[-1].end
        if owner or _GENERAL_ASSEMBLY.match(text, heads[0].start):
            continue  # the name behind `Special Representative of the Chairperson,` is the representative's
        for span in (_name_behind(text, phrase, heads[-1]), _name_before(text, phrase)):
            if span is None:
                continue
            mention = parse_mention(span.of(text), today)
            if mention.kind == "person" and mention.office and mention.name:
                yield span, mention
                break


def nameless_subjects(text: str, today: date | None) -> Iterator[tuple[int, Mention]]:
    """Every office without a name that opens a sentence or gives a statement, with its offset, in order.

    Example:
        `A spokesman for the Ministry of Health of Peru answered` gives the office up to `Peru`.
    """
    for opening in _NAMELESS.finditer(text):
        start = max(opening.start("phrase"), opening.start("author"))
        heads = _owned_head(text[start : start + _LONGEST_PHRASE])
        if heads is None or re.search(r"[.,;:\n\"“”]|\s[a-z]+(?:ed|s)\s", text[start : start + heads[0].start]):
            continue
        phrase = Span(start, complement_end(text, start + heads[-1].end))
        mention = parse_mention(phrase.of(text), today)
        if mention.kind in ("role", "unnamed") and mention.office and not mention.plural:
            yield start, mention


def apposed_subjects(text: str, today: date | None) -> Iterator[tuple[int, Mention]]:
    """Every office that opens a sentence with its holder in apposition: `The head of the centre, Admiral Ana Lee,`."""
    for opening in _APPOSED_SUBJECT.finditer(text):
        heads = titles_in(opening["phrase"][:_LONGEST_NAMELESS])
        if heads and not _VERB.search(opening["phrase"]):
            mention = parse_mention(f"{opening['phrase']}, {opening['name']}", today)
            if mention.kind == "person" and mention.office and mention.name:
                yield opening.start("phrase"), mention


def introduced_names(text: str, today: date | None) -> Iterator[tuple[int, Mention]]:
    """Everybody who is introduced by name and office in two clauses: `Ana Lee – she is the Deputy Secretary`."""
    for found in _INTRODUCED.finditer(text):
        head = next(iter(titles_in(found["title"])), None)
        if head and not _VERB.search(found["title"].replace(" and ", " ")):
            mention = parse_mention(f"{found['name']}, {found['title'].strip()}", today)
            office = parse_office(found["title"], today)
            if mention.kind == "person" and mention.name and office:
                yield found.start("name"), replace(mention, office=office)


def states_of_office(text: str, category: str, today: date | None) -> frozenset[str]:
    """States named in `text` with an office of this kind, with or without its holder: `the Ambassador of Iceland`."""
    found: set[str] = set()
    for heads in _groups(text):
        if any(title.value.category == category for title in titles_in(text, heads[0].start, heads[-1].end)):
            phrase = _title_phrase(text, heads)
            office = parse_office(text[phrase.start : complement_end(text, phrase.end)], today)
            found.update(office.countries if office else ())
    return frozenset(found)


def office_before(text: str, place: int, today: date | None) -> Mention | None:
    """The office without a name that ends at the comma before `place`: `the speaker of parliament, who ...`."""
    start = max(0, place - _LONGEST_PHRASE)
    comma = len(text[start:place].rstrip(" ,")) + start
    heads = list(_groups(text[start:comma]))
    if not heads:
        return None
    phrase = _title_phrase(text, [Span(head.start + start, head.end + start) for head in heads[-1]])
    article = _INDEFINITE.search(text, start, phrase.start)
    mention = parse_mention(text[article.start() if article else phrase.start : comma], today)
    office = mention.kind == "role" or (article and mention.office and not mention.name)
    return mention if office and not re.search(r"[.;:]", text[phrase.start : comma]) else None


def _owned_head(text: str) -> list[Span] | None:
    """The first title heads of `text`; of `the spokesman's deputy` the deputy's."""
    groups = _groups(text)
    heads = next(groups, None)
    while heads and text[heads[-1].end : heads[-1].end + 2] in ("'s", "’s"):
        heads = next(groups, None)
    return heads


def complement_end(text: str, head_end: int) -> int:
    """End of what follows a title head: `of ...`, `for ...`, over capitals and small words, up to the first verb."""
    end = head_end
    following = tokens(text, head_end, min(len(text), head_end + 140))
    if not following or following[0].text not in _PREPOSITIONS | {"of", "at"}:
        return end
    for token in following:
        gap = text[end : token.span.start]
        if gap.strip() not in _POSSESSIVES or "\n" in gap:
            break
        owned = token.text in _OWNED_BODIES and bool(_OWNER_BEFORE.search(text, head_end, token.span.start))
        if not (token.text[:1].isupper() or token.text in _COMPLEMENT_WORDS | _TOPICS | _BODY_WORDS or owned):
            break
        end = token.span.end
    while (tail := text[head_end:end].rsplit(" ", 1)[-1]) in _COMPLEMENT_WORDS:
        end -= len(tail) + 1
    return end


def _groups(text: str) -> Iterator[list[Span]]:
    """Title heads that belong to one phrase, such as `vice` and `president`, together."""
    group: list[Span] = []
    for found in titles_in(text):
        if group and text[group[-1].end : found.span.start].strip():
            yield group
            group = []
        group.append(found.span)
    if group:
        yield group


def _title_phrase(text: str, heads: Sequence[Span]) -> Span:
    """Reaches left from the title head over its modifiers: states, organisations, `deputy`, `Foreign Ministry`."""
    start = heads[0].start
    for token in reversed(tokens(text, max(0, start - 90), start)):
        gap = text[token.span.end : start]
        if gap.strip() not in _POSSESSIVES or "\n" in gap or not _is_modifier(token, text):
            break
        start = token.span.start
    start = _whole_state(text, start, heads[0].start)
    if owner := re.search(r"\b(?i:its|his|her|their)\s$", text[max(0, start - 7) : start]):
        start = max(0, start - 7) + owner.start()
    return Span(start, heads[-1].end)


def _whole_state(text: str, start: int, head: int) -> int:
    """Where the state's name begins that reaches into the phrase: `South` of `South Sudan's Petroleum Minister`."""
    named = states_in(text, max(0, start - 30), head)
    return min([start, *(found.span.start for found in named if found.span.start < start < found.span.end)])


_NO_MODIFIERS = frozenset(
    "the a an in on at and of for to with by from monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december".split()
)
_OWNED_BODIES = frozenset(
    "foreign defence defense interior finance unification trade ministry office government military army navy embassy "
    "department parliament cabinet".split()
)
# `special envoy for the Kosovo-Serbia dialogue`
_TOPICS = frozenset(
    "dialogue process peace region conflict crisis negotiations relations affairs normalization".split()
)
_OWNER_BEFORE = re.compile(r"['’]s?\s(?:[a-z]+\s)?$")
_POSSESSIVES = frozenset(("", "'s", "’s"))


def _is_modifier(token: Token, text: str) -> bool:
    word = token.text
    bare = re.sub(r"['’]s?$", "", word)
    if bare.lower() in _MODIFIERS or word.lower().startswith(("ex-", "then-")):
        return True
    if state(bare) or organization(bare):
        return True
    capital = word[:1].isupper() and not word.isupper()
    opens = token.span.start == 0 or text[: token.span.start].rstrip(" ")[-1:] in '.!?\n“"'
    return capital and not opens and word.lower() not in _NO_MODIFIERS


def _name_behind(text: str, phrase: Span, head: Span) -> Span | None:
    """From the title phrase over its complement and the name behind it, up to the next comma or verb.

    Where the name follows at once, a preposition ends it: `Minister Ana Lee in Lima`.
    """
    acronym = _ACRONYM_BEHIND.match(text, head.end)  # `National Security Adviser (NSA) Ana Lee`
    end = acronym.end() if acronym else head.end
    seen_name = False
    behind = tokens(text, end, min(len(text), end + 140))
    named_at_once = bool(behind) and behind[0].text not in _COMPLEMENT_WORDS
    for token in behind:
        gap = text[end : token.span.start]
        word = token.text
        if named_at_once and word in _PREPOSITIONS and not text.endswith("of the", 0, token.span.end):
            break
        if "\n" in gap or (gap.strip() and not gap.isspace()):
            break
        if not (word[:1].isupper() or word in _COMPLEMENT_WORDS or re.match(r"(?:al|el)-", word)):
            break
        if word in _HEADLINE_WORDS and (seen_name or word.lower() not in _COMPLEMENT_WORDS):
            break
        if _NEXT_PERSON.match(text, token.span.start) or _next_title(text, token, end):
            break
        seen_name = seen_name or word[:1].isupper()
        end = token.span.end
    while seen_name and (tail := text[phrase.start : end].rsplit(" ", 1)[-1]) in _COMPLEMENT_WORDS:
        end -= len(tail) + 1
    if text[end : end + 1] == "," and (apposed := _apposed_name(text, end)):
        return Span(phrase.start, apposed)
    if bracket := _STATE_BEHIND.match(text, end):
        end = bracket.end() if state(bracket["state"]) else end
    return Span(phrase.start, end) if seen_name and end > head.end else None


def _next_title(text: str, token: Token, end: int) -> bool:
    """`and Deputy Minister ...` behind a name begins another person's title."""
    if token.text != "and":
        return False
    before = text[:end].rsplit(None, 1)[-1]
    behind = titles_in(text, token.span.end, min(len(text), token.span.end + 40))
    named = is_name_word(before) and not titles_in(before) and before.lower() not in PORTFOLIOS
    led = titles_in(text, max(0, end - len("prime minister")), end)
    if led and led[-1].span.end == end and behind:
        # nobody is both: `the Prime Minister and President Lee`
        named = {led[-1].value.category, behind[0].value.category} == {"head_of_government", "head_of_state"}
    return named and bool(behind) and not text[token.span.end : behind[0].span.start].strip()


def _apposed_name(text: str, comma: int) -> int | None:
    """End of the name in `TITLE, NAME,`; None if what follows the comma is no name closed by another comma."""
    stop = _APPOSITION_END.search(text, comma + 2)
    end = stop.start() if stop else len(text)
    words = tokens(text, comma + 2, end)
    named = 1 < len(words) <= 5 and all(is_name_word(word.text) or is_particle(word.text) for word in words)
    return end if named and text[end : end + 1] in (",", "") else None


# `Treaty is dead, diplomat says`: the title is whose words these are, not what stands before the comma.
_SPEAKS = re.compile(r"\s(?:says?|said|tells?|told|stress(?:es|ed)|warn(?:s|ed)|believes?|notes?|insists?)\b")
# A headline in capitals goes on behind the name: `Remarks by President Lee After Arrival`.
_HEADLINE_WORDS = frozenset(
    "Over Against Amid Despite Under Through Until Without "
    "After Before At On With In To During Following Upon From For As About By Says Meets Holds Visits Delivers "
    "Aboard En".split()
)
_GENERAL_ASSEMBLY = re.compile(r"General\s(?:Assembly|Secretariat|Debate|Conference|Council)\b", re.IGNORECASE)
_NEXT_PERSON = re.compile(r"And\b|and\s(?:the|an?|his|her|its|their)\s")
_PREPOSITIONS = frozenset("to for the and in on at".split())
_COMPLEMENT_WORDS = frozenset("of to for the and in on at de da do dos van von der den bin ibn al el la ben".split())


def _name_before(text: str, phrase: Span) -> Span | None:
    """`NAME, (the) TITLE ...`: the name right before a comma before the title phrase."""
    lead = re.search(r",\s+(?:the\s+|an?\s+|its\s+|their\s+)?$", text[max(0, phrase.start - 8) : phrase.start])
    if not lead or _SPEAKS.match(text, phrase.end):
        return None
    comma = max(0, phrase.start - 8) + lead.start()
    words = tokens(text, max(0, comma - 60), comma)
    begin = comma
    for token in reversed(words):
        if text[token.span.end : begin].strip() or not (is_name_word(token.text) or token.text in _COMPLEMENT_WORDS):
            break
        begin = token.span.start
    name = text[begin:comma].split()
    while name and name[0] in _COMPLEMENT_WORDS:
        begin += len(name[0]) + 1
        name = name[1:]
    if len(name) < 2:
        return None
    stop = _APPOSITION_END.search(text, phrase.end)
    return Span(begin, stop.start() if stop else len(text))
