"""Whose words: from each statement's source phrase to a person, an institution, a state, or nobody known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from flows.articles.article import Article, Span
from flows.speakers.authors import authors_of
from flows.speakers.foreign_office import is_foreign_office, state_of_foreign_office
from flows.speakers.incumbents import Incumbents, completed
from flows.speakers.mention import ON_BEHALF, ONE_OF_THEM, Mention, in_korea, parse_mention
from flows.speakers.office import Office, parse_office
from flows.speakers.officials import Officials, shipped
from flows.speakers.people import (
    Cast,
    Person,
    complement_end,
    nameless_subjects,
    office_before,
    states_of_office,
    titled_names,
)
from flows.speakers.places import media_in, outlet_country, seat_of_medium, states_in
from flows.speakers.speaker import UNKNOWN, Resolution, Speaker, SpeakerType
from flows.speakers.surroundings import Surroundings
from flows.speakers.titles import categories_meant, titles_in
from flows.statements.cues import lexicon
from flows.statements.interviews import METHOD as INTERVIEW
from flows.statements.statement import Statement
from flows.statements.transcripts import ANSWER
from flows.statements.whole import METHOD as WHOLE

_STATE_BODY = re.compile(
    r"\b(?:MFA|MoFA|DFA|MEA|MoD)\b|ministry|government|embassy|military|presiden|cabinet|parliament|republic|kingdom|state|\bnational|navy|army|police|"
    r"party|bloc|opposition|faction|caucus|whip|lawmaker|legislator|senator|coalition|movement|greens|democrat|"
    r"candidate|shadow|mayor|governor|department|office|agency|authorit|commission|council|senate|congress|court|service|command|"
    r"administration|mission|consulate|delegation|junta|regime|conservatives|liberals|socialists|republicans|tories|"
    r"communists|secretariat|chancellery|bureau|forces|guard|leadership|\bside|officials|\bfront\b|brotherhood|lawmakers|"
    r"provincial|municipal|people['’]s committee|oblast|prefectur",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:Afterwards?|Later|Then|Also|Earlier|Further|Furthermore|Moreover|Meanwhile|Subsequently|Besides|Additionally|"
    r"Finally|Separately|Previously|Likewise|Similarly)",
)
# Envoys of many states, for none of which the group speaks.
_OF_MANY_STATES = re.compile(
    r"(?:(?:number|group|handful|majority|top|chief|senior|world|some|several|many|most|two|three|four|five|six|other|all|"
    r"various|of|the)\s)*(?:delegates|negotiators|leaders|diplomats|envoys|ambassadors|representatives|members|"
    r"participants|speakers)",
    re.IGNORECASE,
)
_THE_MEMBERS = re.compile(r"the\s(?:(?:\d+|\w+teen|\w+een|five|ten|all)\s)?members", re.IGNORECASE)
_OTHERS = re.compile(r"(?:(?:yet|still|many|some|several)\s)?(?:others|some|many|most|several)", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?:(?:a\s)?(?:number|handful|group|majority|couple)\sof\s|(?:some|several|many|most|two|three|few)\s)(?:the\s)?"
)
_LEAD = re.compile(r"[^.,;:\n\"“”]{3,80}")
_ACTS = re.compile(r"\s(?!(?:of|for|to|at|in|and|or)\b)[a-z]")
_SEVERAL = re.compile(r"(?:the|all|both)\s(?:(?P<number>two|three|four)\s)?", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4}
_MOST_WHO_MEET = 4
_THREE = 3
_SIDE_BY_SIDE = re.compile(r"\sand\s")
_CUT_AT_AUTHOR = re.compile(r"\b(?:statement|letter|message|communiqu[eé]|declaration)\s(?:by|from|of)$")
_HEADLINE_SPEAKER = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2}):\s")
_ISSUED_JOINTLY = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<who>[A-Z][^.,;:\n\"“”]{3,100}?\sand\s[^.,;:\n\"“”]{2,60}?)\s"
    r"(?:(?:on\s)?\w+day\s|jointly\s|also\s|have\s|today\s|late\s)*(?:issued|released|published|adopted|signed)\s"
    r"(?:a|the|this|their)\s(?:[\w-]+\s){0,2}(?:communiqu[eé]|statement|declaration)"
)
_EMBASSY = re.compile(r"embassy|consulate|consulate[- ]general", re.IGNORECASE)
_EMBASSY_OF = re.compile(
    r"\b(?:[A-Z][\w.]*(?:['’]s?)?\s){1,3}(?P<word>[Ee]mbassy|[Cc]onsulate(?:[- ][Gg]eneral)?)\b"
    r"(?P<link>\s(?:in|to|at)\s(?:the\s)?)?"
)
_MET = re.compile(r"\b(?:met|meets?|received|receives?|hosted|hosts?|welcomed|talks|meeting)\b")
_ENDED = re.compile(r"[.!?\n]\s")
_SERVED = re.compile(
    r"\b(?:prime minister|premier|president|chancellor|king|queen|foreign minister)(?:['’]s\b|$)", re.IGNORECASE
)
_BARE_SPOKESPERSON = re.compile(r"(?:(?:deputy|chief|government|ministry)\s)*spokes(?:man|woman|person)", re.IGNORECASE)
_ANONYMOUS = re.compile(
    r"\banonym|\bnot authori[sz]ed\b|\bnot to be (?:named|identified)\b|\bwho declined\b", re.IGNORECASE
)
_MINISTRY = re.compile(
    r"\bMinistry\sof\s(?:the\s)?[A-Z]\w+(?:\s(?:(?:and|of|the)\s)*[A-Z]\w+)*|"
    r"\b(?:[A-Z][\w’'-]+\s)*(?:[A-Z]\w+|[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior)\s[Mm]inistry\b"
)
_ACRONYM = re.compile(r"[A-Z]{3,7}")
_CAPITALS = r"[A-Z][\w’'-]+(?:\s(?:(?:of|for|and|the|on)\s)*[A-Z][\w’'-]+){1,8}"
_SERVES = re.compile(
    r"\b(?:to|for|of)\sthe\s(?P<to>[a-z][a-z -]*)$|^(?P<of>[a-z][a-z -]*)['’]s?\s(?=(?:[a-z-]+\s)*[a-z-]+$)"
)
_SERVES_NAMED = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ][\w-]+\s){0,2}[A-ZÀ-Þ][\w-]+)['’]s?\s(?=(?:[\w-]+\s)*"
    r"(?:spokes\w+|aide|advis[eo]r|envoy|press secretary|chief of staff|deputy|office)\b)"
)
_BODY_ALONE = re.compile(r"(?:[A-Z][\w’'-]*\s)*[\w-]+")
_INTERNATIONAL = re.compile(
    r"\b(?:Secretary[- ]General|Chairperson|High\s(?:Representative|Commissioner)|Director[- ]General|"
    r"Executive Secretary)(?:['’]s\b|$)"
)
_STATES_ORGAN = re.compile(r"\b(?:state|government)-(?:run|controlled|owned)\b|\bofficial\b", re.IGNORECASE)
_NATIONAL_BODY = re.compile(r"\b(?:department|ministry|bureau)\b", re.IGNORECASE)
_SERVING = re.compile(r"\b(?:spokes\w+|aide|deputy|advis[eo]r|assistant|chief of staff)\b", re.IGNORECASE)
_NATIONAL_CAPACITY = re.compile(r"\bnational\s+capacity\b", re.IGNORECASE)
_PERSONAL = re.compile(r"(?:his|her)\b", re.IGNORECASE)
_STATELESS = frozenset(("international_official", "expert"))
_MEETING = frozenset(("envoy", "ambassador", "permanent_representative"))
_LONGEST_NAME = 60
_BLOC = re.compile(
    r"^(?:\w+\s)?(?:western|european|arab|african|asian|gulf|latin american|regional|"
    r"foreign(?!\s(?:minist|secretar|affairs|office)))\b",
    re.IGNORECASE,
)
_FORMER = re.compile(r"^(?:former|retired|ex-)", re.IGNORECASE)
_REPRESENTATIVE = re.compile(r"representative of (?:the )?[A-Z][\w’'-]*(?: (?:of |and )?[A-Z][\w’'-]*)*")
_FARTHEST_CUE = 160
_GOES_ON = re.compile(r"\s[A-Za-z][^.;:\n\"“”]*?,?\s(?:had\s|has\s|also\s)*")
_QUOTED = re.compile(r"(?:quot|cit)(?:ed|es|ing)\s(?P<whom>[^,.;:\n\"“”]{2,80}?)\sas\s(?:saying|telling|stating)\b")

_CITING = r"(?:citing|quoting|with reference to|referring to)"
_CITED = re.compile(
    rf"(?:\s(?:on\s)?(?:\w+day|earlier|today))?,?\s{_CITING}\s(?P<whom>[^,.;:\n\"“”]{{2,100}}?)(?=[,.\n]|$)"
)
_CITING_FIRST = re.compile(rf"(?i:{_CITING})\s(?P<whom>[^,.;:\n\"“”]{{2,100}}),\s(?:the\s)?$")


def resolve(article: Article, statements: Sequence[Statement], officials: Officials | None = None) -> list[Resolution]:
    """One resolution per statement, in order; a pure function.

    Args:
        article: The article.
        statements: Its statements.
        officials: Table of officials; None for the one that comes with the package.
    """
    incumbents = Incumbents(article, officials or shipped())
    resolver = _Resolver(article, statements, incumbents)
    return incumbents.renamed([resolver.resolve(statement) for statement in statements])


class _Resolver:
    """Walks through the statements of one article and remembers who has spoken."""

    def __init__(self, article: Article, statements: Sequence[Statement], incumbents: Incumbents) -> None:
        self._article = article
        self._incumbents = incumbents
        self._cast = Cast(article)
        self._opening = min((statement.start for statement in statements), default=0)
        said = [piece for statement in statements for piece in statement.pieces]
        self._surroundings = Surroundings(article, said)
        self._history: list[Resolution] = []
        self._statements: list[Statement] = []
        self._institutions: list[tuple[int, Speaker]] = []
        self._nameless = list(nameless_subjects(article.text, article.published))
        self._mentions = {
            statement.source: parse_mention(
                _quoted(article, statement) or _source_phrase(article, statement), article.published
            )
            for statement in statements
            if statement.source
        }
        if self._cast.on_korea:
            self._nameless = [(at, in_korea(mention)) for at, mention in self._nameless]
            self._mentions = {source: in_korea(mention) for source, mention in self._mentions.items()}
        for source, mention in self._mentions.items():
            for part in mention.parts or (mention,):
                if part.kind == "person" and part.name:
                    self._cast.add(part, source.start)
        self._disclosed: dict[Span, Person] = {}
        self._add_offices_named_apart()
        if not any(statement.quotation_type == "transcript" for statement in statements):
            self._add_representatives()

    def _add_offices_named_apart(self) -> None:
        """Gives a person the office under which they are spoken of without their name.

        `The representative of Belgium` is whoever the record names with `(Belgium)`; and a titled source without a
        name is the untitled person who speaks next, in the same paragraph or right after the lead.
        """
        lead = _lead_office(self._article)
        spoken = any(source.overlaps(span) for source in self._mentions for span in lead)
        mentions = self._mentions if spoken else {**lead, **self._mentions}
        sources = sorted(mentions)
        self._add_headline_speaker(mentions, sources)
        for index, source in enumerate(sources):
            mention = mentions[source]
            if index == 0:
                self._add_lead(source, mention, sources[1:])
            self._add_disclosed(source, mention, sources[index + 1 : index + 2])
            if mention.kind != "role" or mention.office is None or not mention.definite:
                continue
            for person in self._cast.people:
                if (
                    person.countries
                    and person.countries == mention.countries
                    and "representative" in mention.office.heads
                ):
                    person.offices.append(mention.office)
            if self._holder(mention, source.start) is None and (
                later := self._speaks_next(sources[index + 1 :], source)
            ):
                later.offices.append(mention.office)
                later.titled_at, later.possessive = source.start, mention.possessive

    def _add_lead(self, source: Span, mention: Mention, following: Sequence[Span]) -> None:
        """`A senior official` of the lead is whom the next paragraphs name, if office and state agree."""
        office = mention.office
        if office is None or mention.plural or mention.name or self._article.paragraph_of(source.start) > 0:
            return
        if _ANONYMOUS.search(self._article.text[: self._article.paragraphs[0].end]):
            return
        named = (self._mentions[span] for span in following[:2] if self._article.paragraph_of(span.start) <= 2)
        later = next((self._cast.find(other.name) for other in named if other.kind == "person" and other.name), None)
        if later and _can_be(later, mention) and (not later.offices or _means(office, later)):
            if not later.offices:
                later.titled_at, later.possessive = source.start, mention.possessive
            if office.category != "other":
                later.offices.append(office)
            self._disclosed[source] = later

    def _add_headline_speaker(self, mentions: Mapping[Span, Mention], sources: Sequence[Span]) -> None:
        """Whom `Lee: We will sail` in a headline names has the office of the first source that is named by one."""
        headline = _HEADLINE_SPEAKER.match(self._article.title or "")
        person = self._cast.find(headline["name"]) if headline else None
        if person is None or person.offices:
            return
        for source in sources:
            mention = mentions[source]
            if mention.kind == "person" and self._cast.find(mention.name or "") is not person:
                return
            if mention.kind == "role" and mention.office and mention.definite and not mention.plural:
                if self._holder(mention, source.start) is None and _can_be(person, mention):
                    person.offices.append(mention.office)
                    person.titled_at, person.possessive = source.start, mention.possessive
                return

    def _add_disclosed(self, source: Span, mention: Mention, following: Sequence[Span]) -> None:
        """`A ministry spokeswoman said`, whose name is given at the next words in the same paragraph."""
        office = mention.office
        if office is None or mention.kind != "unnamed" or mention.plural or mention.definite or not following:
            return
        later = self._mentions[following[0]]
        full = later.kind == "person" and later.office is None and len((later.name or "").split()) > 1
        person = self._cast.find(later.name or "", later.gender) if full else None
        together = self._article.paragraph_of(source.start) == self._article.paragraph_of(following[0].start)
        if (
            person
            and together
            and not person.offices
            and min(person.places) > source.start
            and _can_be(person, mention)
        ):
            person.offices.append(office)
            person.titled_at = source.start
            self._disclosed[source] = person

    def _add_representatives(self) -> None:
        """`The representative of Belgium`, of whom a summary speaks apart from `NAME (Belgium)`.

        In a verbatim record those are the words of whoever gives the floor.
        """
        for found in _REPRESENTATIVE.finditer(self._article.text):
            office = parse_office(found[0], self._article.published)
            for person in self._cast.people if office and office.countries else ():
                if office and not person.offices and person.countries == office.countries:
                    person.offices.append(office)

    def _speaks_next(self, following: Sequence[Span], source: Span) -> Person | None:
        """The person without an office who is the next named source near `source`."""
        paragraph = self._article.paragraph_of(source.start)
        for span in following:
            mention = self._mentions[span]
            if self._article.paragraph_of(span.start) - paragraph > (2 if paragraph == 0 else 0):
                return None
            if mention.kind in ("person", "role"):
                person = self._cast.find(mention.name) if mention.name else None
                return person if person and not person.offices else None
        return None

    def resolve(self, statement: Statement) -> Resolution:
        resolution = self._resolution(statement)
        self._history.append(resolution)
        self._statements.append(statement)
        self._surroundings.add(resolution, statement.start)
        return resolution

    def _resolution(self, statement: Statement) -> Resolution:
        if statement.method in (WHOLE, ANSWER, INTERVIEW):
            answers = statement.method == ANSWER
            return self._interviewed(statement) if statement.method == INTERVIEW else self._author(answers=answers)
        if statement.source is None or _ADVERB.fullmatch(statement.source.of(self._article.text)):
            return self._previous(None, statement)
        mention = self._mentions[statement.source]
        place = statement.source.start
        mention = replace(mention, as_written=statement.source.of(self._article.text))
        if statement.source in self._disclosed:
            person = self._disclosed[statement.source]
            return Resolution((self._person(person, mention, place),), mention.as_written, "lead", 0.75)
        if mention.kind == "pronoun":
            return self._pronoun(mention, statement)
        issuers = self._issuers(mention, place)
        if several := issuers or self._together(mention, place):
            rule, certainty = ("document", 0.7) if issuers else ("joint", 0.85)
            return Resolution(several, mention.as_written, rule, certainty)
        speaker, rule, certainty = self._one(mention, place)
        if statement.quotation_type == "transcript" and speaker.type == "person" and not speaker.countries:
            speaker = self._for_the_publisher(speaker)
        candidates = self._candidates(mention) if rule == "role-unresolved" else ()
        return Resolution((speaker,), mention.as_written, rule, certainty, candidates)

    def _issuers(self, mention: Mention, place: int) -> tuple[Speaker, ...]:
        """`The joint communique` of whom the article has named: `Peru and Chile issued a joint communique`."""
        if mention.kind != "document":
            return ()
        for found in _ISSUED_JOINTLY.finditer(self._article.text, 0, max(place, 0)):
            issuer = parse_mention(found["who"], self._article.published)
            if issuer.parts:
                return self._together(issuer, found.start())
        return ()

    def _candidates(self, mention: Mention) -> tuple[str, ...]:
        """`The minister` where two ministers are named: everybody whose office and state agree."""
        office = mention.office
        if not mention.definite or mention.plural or office is None:
            return ()
        return tuple(
            person.name for person in self._cast.people if _can_be(person, mention) and _may_hold(office, person)
        )

    def _together(self, mention: Mention, place: int) -> tuple[Speaker, ...]:
        """The speakers of a joint source; empty for one."""
        if mention.parts:
            return tuple(self._one(part, place)[0] for part in mention.parts)
        people = self._holders(mention) or self._met_in_lead(mention)
        return tuple(self._person(person, mention, place) for person in people)

    def _for_the_publisher(self, speaker: Speaker) -> Speaker:
        """Who answers at a ministry's own briefing without a title speaks for the ministry's state."""
        code = outlet_country(self._article.outlet)
        return replace(speaker, countries=(code,)) if code and speaker.role is None else speaker

    def _named_first(self, before: int, *, titled: bool = False) -> Person | None:
        """Whom headlines and introduction name first before an offset; with `titled`, of those with an office."""
        named = (p for p in self._cast.people if min(p.places) < before and (p.offices or not titled))
        return min(named, key=lambda person: min(person.places), default=None)

    def _author(self, *, answers: bool = False) -> Resolution:
        """Whom the headline of a whole document or of answers names, else the state that its publisher speaks for."""
        authors = list(authors_of(self._article, self._opening))
        named = next((author for author in authors if author.kind == "person"), None)
        if author := named or next(iter(authors), None):
            return Resolution((self._one(author, 0)[0],), None, "title", 0.85)
        if self._cast.people and min(self._cast.people[0].places) < 0:
            person = self._cast.people[0]
            return Resolution((self._person(person, parse_mention(person.name), 0),), None, "title", 0.7)
        if answers and (introduced := self._named_first(self._opening, titled=True)):
            return Resolution((self._person(introduced, parse_mention(introduced.name), 0),), None, "interviewed", 0.7)
        countries = self._surroundings.states(0, possessive=False)
        if not countries:
            first = states_in(self._article.text, 0, 200, self._article.published)
            countries = (first[0].value.iso3,) if first else ()
        return Resolution((Speaker("document", countries=countries),), None, "document", 0.4)

    def _interviewed(self, statement: Statement) -> Resolution:
        """Whom headlines and introduction of an interview name first, else who speaks in the introduction."""
        first = self._named_first(statement.start)
        if first is not None:
            return Resolution((self._person(first, parse_mention(first.name), 0),), None, "interviewed", 0.75)
        if not self._history:
            return self._author()
        return replace(self._history[-1], mention=None, rule="interviewed", candidates=())

    def _one(self, mention: Mention, place: int) -> tuple[Speaker, str, float]:
        """The speaker whom one phrase names, the rule that says so, and how sure it is."""
        if mention.kind == "person":
            return self._person(self._cast.add(mention, place), mention, place), "named", 0.95
        if mention.kind == "role":
            return self._role(mention, place)
        if mention.kind in ("institution", "state", "organization", "medium"):
            speaker = self._institution(mention, place)
            self._institutions.append((place, speaker))
            return speaker, "institution", 0.9
        if mention.kind == "document":
            return self._document(mention, place)
        return self._of_the_same(mention) or (self._unnamed(mention, place), "unnamed", 0.8)

    def _person(self, person: Person, mention: Mention, place: int) -> Speaker:
        office, official = person.office, self._incumbents.of(person)
        countries = person.countries if self._in_national_capacity(person, place) else person.states
        organization = person.organization if not countries else None
        if office and official is None and not countries and not organization:
            countries, organization = self._unsaid_side(person, office, place)
        if office is not None and office.accredited_to and organization in office.accredited_to:
            organization = None
        speaker = Speaker(
            "person",
            person.name,
            office.role if office else None,
            office.as_written if office else None,
            office.category if office else None,
            tuple(dict.fromkeys((*countries, *mention.also_for))),
            organization,
            office.accredited_to if office else (),
        )
        return completed(speaker, official)

    def _in_national_capacity(self, person: Person, place: int) -> bool:
        """Whether the paragraph says so of a president of an organ, who else speaks for the organ."""
        if not person.presides or place < 0:
            return False
        return _NATIONAL_CAPACITY.search(self._paragraph_at(place)) is not None

    def _unsaid_side(self, person: Person, office: Office, place: int) -> tuple[tuple[str, ...], str | None]:
        """For which states or which organisation an office speaks that names none; the first answer stays."""
        if person.surroundings is None:
            person.surroundings = ((), None)  # while it is looked for: nobody is their own superior
            person.surroundings = self._side_around(
                person, office, place if person.titled_at is None else person.titled_at
            )
        return person.surroundings

    def _side_around(self, person: Person, office: Office, at: int) -> tuple[tuple[str, ...], str | None]:
        owned = person.possessive and office.category != "expert"
        if owned and (organization := self._surroundings.organization_before(at)):
            return (), organization
        bare = _BARE_SPOKESPERSON.fullmatch(office.role) is not None
        if bare and (organization := self._surroundings.organization_of_last_speaker(at)):
            return (), organization
        countries, organization = self._served(office, at)
        if countries or organization:
            return countries, organization
        if sending := self._only_sending_state(office) or self._foreign_office(office.as_written):
            return sending, None
        served = bool(_FORMER.match(office.as_written)) and office.category != "expert"
        if owned or served or self._speaks_for_state(office):
            words = office.as_written
            states = self._surroundings.states(at, possessive=person.possessive, spokesperson=bare, words=words)
            return states, None
        return (), None

    def _foreign_office(self, words: str) -> tuple[str, ...]:
        """The state of a `Foreign Office spokesperson`; empty for any other office."""
        code = state_of_foreign_office(self._article) if is_foreign_office(words) else None
        return (code,) if code else ()

    def _only_sending_state(self, office: Office) -> tuple[str, ...]:
        """The state of `the Ambassador of Iceland`, if the article knows ambassadors of no other."""
        if office.category != "ambassador":
            return ()
        texts = (self._article.title or "", self._article.text)
        states = {code for text in texts for code in states_of_office(text, "ambassador", self._article.published)}
        return tuple(states) if len(states) == 1 else ()

    def _served(self, office: Office, place: int) -> tuple[tuple[str, ...], str | None]:
        """States and organisation of the body or superior that an office names by a short form only.

        `A Commission spokesman`; `an aide to the minister`, `the president's adviser`; `her deputy spokesman`.
        """
        if body := self._surroundings.body_meant(office.as_written, place):
            return (), body.value.code
        superior = self._superior(office, place)
        return (superior.countries, None if superior.countries else superior.organization) if superior else ((), None)

    def _superior(self, office: Office, place: int) -> Speaker | None:
        """Whom an office serves: the holder of the office in its words, or the person whose `her` it is."""
        if named := _SERVES_NAMED.match(office.as_written):
            return self._named_superior(named["name"])
        found = _SERVES.search(office.as_written)
        if found is None:
            person = self._owner(place) if _SERVING.search(office.role) else None
            return self._person(person, parse_mention(person.name), place) if person else None
        mention = parse_mention(f"the {found['to'] or found['of']}", self._article.published)
        if mention.kind != "role":
            return None
        head = mention.office.heads[-1] if mention.office else ""
        if states := self._surroundings.states_opening_with(head, place):
            return Speaker("unnamed", countries=states)
        if nameless := self._nameless_before(place, head):
            return self._unnamed(nameless[1], nameless[0])
        holder = self._holder(mention, place)
        return self._person(holder, mention, place) if holder else None

    def _named_superior(self, name: str) -> Speaker | None:
        """Whom `Vela's spokesman` serves: the article's person of that name, else an official of that day."""
        person = self._cast.find(name) or Person(name)
        official = self._incumbents.of(person)
        return self._person(person, parse_mention(name), 0) if person.offices or official else None

    def _owner(self, place: int) -> Person | None:
        """The person whom `his` or `her` at `place` means: the one named last before it, in the same paragraph.

        Where `his` or `her` opens a paragraph, in the one before.
        """
        owned = _PERSONAL.match(self._article.text, max(place, 0))
        if owned is None:
            return None
        number = self._article.paragraph_of(max(place, 0))
        start = self._article.paragraphs[number].start
        if start == place and number:
            start = self._article.paragraphs[number - 1].start
        gender = "m" if owned.group().lower() == "his" else "f"
        near = [
            (max(at for at in person.places if at < place), person)
            for person in self._cast.people
            if any(start <= at < place for at in person.places) and person.gender in (None, gender)
        ]
        return max(near, key=lambda pair: pair[0])[1] if near else None

    def _surnamed_like_a_title(self, mention: Mention) -> Person | None:
        """`Pope`, where the article has named a minister Beverley Pope."""
        word = mention.as_written
        if len(word.split()) != 1 or not word[0].isupper():
            return None
        return next((person for person in self._cast.people if person.name.split()[-1:] == [word]), None)

    def _role(self, mention: Mention, place: int) -> tuple[Speaker, str, float]:
        """`the Russian diplomat`: the last speaker, else the last person named, whose office and state agree."""
        if surnamed := self._surnamed_like_a_title(mention):
            named = self._cast.add(replace(mention, name=surnamed.name, office=None), place)
            return self._person(named, mention, place), "named", 0.9
        if earlier := self._same_unnamed(mention):
            return earlier, "role", 0.8
        person = self._holder(mention, place)
        if person is not None:
            person.places.append(place)
            if mention.countries and not person.states and not person.organization:
                person.countries = mention.countries  # of `its adviser`, later `the Peruvian adviser`
            return self._person(person, mention, place), "role", 0.85
        former = mention.definite and mention.office and _FORMER.match(mention.office.role)
        if former and (last := self._last_person()) and _can_be(last, mention):
            return self._person(last, mention, place), "role", 0.6
        nameless = self._nameless_before(place, mention.office.heads[0]) if mention.office else None
        if nameless and not mention.countries and mention.definite:
            return self._unnamed(nameless[1], nameless[0]), "role", 0.75
        return self._unnamed(mention, place), "role-unresolved", 0.6

    def _same_unnamed(self, mention: Mention) -> Speaker | None:
        """`the official` after `a ministry official`: the unnamed speaker before, if the words agree."""
        if self._history and mention.office and mention.definite:
            last = self._history[-1].speakers[-1]
            words = rf"(?<![\w-]){re.escape(mention.office.role)}(?![\w-])"
            if last.type == "unnamed" and re.search(words, last.role_as_written or ""):
                return last
        return None

    def _holders(self, mention: Mention) -> list[Person]:
        """`The foreign ministers of Peru and Chile`: the one person of each state with that office, or nobody."""
        office = mention.office
        if office is None or not office.plural or len(mention.countries) < 2:
            return []
        found: list[Person] = []
        for code in mention.countries:
            alone = replace(mention, countries=(code,), kind="role", definite=True)
            fitting = [person for person in self._cast.people if person.states == (code,) and self._fits(person, alone)]
            found += fitting[:1] if len(fitting) == 1 else []
        return found if len(found) == len(mention.countries) else []

    def _met_in_lead(self, mention: Mention) -> list[Person]:
        """`The foreign ministers`: those of the lead who hold that office; of advisors and the like, whoever met one.

        A readout gives each state's advisor another title: where one of two or three who met is `the advisor`, all are.
        """
        office, several = mention.office, _SEVERAL.match(mention.as_written)
        if office is None or not office.plural or several is None or mention.countries or mention.organization:
            return []
        people = [person for _, person in self._in_lead()]
        holders = [each for each in people if any(_same_head(office, other) for other in each.offices)]
        if office.category == "other" and holders and all(each.offices for each in people):
            holders = people
        wanted = _NUMBERS.get((several["number"] or "").lower(), len(holders))
        return holders if len(holders) == wanted and 2 <= wanted <= _MOST_WHO_MEET else []

    def _holder(self, mention: Mention, place: int) -> Person | None:
        fitting = [person for person in self._cast.people if self._fits(person, mention)]
        if not fitting and mention.definite:
            return self._incumbent(mention, place)
        if not mention.definite:
            return None
        fitting = [person for person in fitting if set(person.states) & set(mention.countries)] or fitting
        fitting = [person for person in fitting if min(person.places) <= place] or fitting
        heads = set(mention.office.heads) if mention.office else set()
        words = re.compile(rf"\b{re.escape(mention.office.role)}\b" if mention.office else "$^", re.IGNORECASE)
        exact = [
            person
            for person in fitting
            if any(heads & set(office.heads) or words.search(_without_owner(office)) for office in person.offices)
        ]
        fitting = exact or fitting
        spoken = self._last_person()
        if spoken in fitting:
            return spoken
        before = [person for person in fitting if any(at <= place for at in person.places)]
        if before:
            return self._named_last(before, place)
        return fitting[0] if len(fitting) == 1 else None

    def _incumbent(self, mention: Mention, place: int) -> Person | None:
        """`The President of Peru`: the person named without an office who holds that one by the table of officials."""
        office = mention.office
        for person in self._cast.people if office and mention.countries else ():
            official = self._incumbents.of(person) if not person.offices and min(person.places) < place else None
            held = parse_office(official.role, self._article.published) if official else None
            if office is None or official is None or held is None or mention.countries != (official.country,):
                continue
            if held.heads[-1] == office.heads[-1] and mention.gender in (None, person.gender):
                return person
        return None

    def _named_last(self, people: Sequence[Person], place: int) -> Person | None:
        """Who was named last before `place`; nobody where one sentence names two of them side by side."""
        last = {id(person): max(at for at in person.places if at <= place) for person in people}
        *others, latest = sorted(people, key=lambda person: last[id(person)])
        if others and latest.office is not None and latest.office.category != "spokesperson":
            between = self._article.text[max(0, last[id(others[-1])]) : max(0, last[id(latest)])]
            spoken = {speaker.name for resolution in self._history for speaker in resolution.speakers}
            if _SIDE_BY_SIDE.search(between) and not _ENDED.search(between) and not spoken & {p.name for p in people}:
                return None
        return latest

    def _fits(self, person: Person, mention: Mention) -> bool:
        office = mention.office
        if office is None or not person.offices:
            return False
        if office.heads[-1] in person.ranks:
            return _bears_rank(person, mention)
        if not _can_be(person, mention):
            return False
        if person.is_counterpart:
            return bool(set(mention.countries) & set(person.states))
        wanted = re.sub(r"^(?:top|senior|former|ex-)\s*", "", office.role.lower())
        meant = categories_meant(office.role.lower()) or categories_meant(wanted) or categories_meant(office.heads[-1])
        if office.category != "other" and office.heads[-1] in {head for o in person.offices for head in o.heads}:
            return _same_rank(office, person)
        # `presidential spokesman` can be the `Kremlin Spokesman`; a defence minister is no transport minister.
        alike = office.category in person.categories and office.category not in ("minister", "deputy_minister")
        return bool(alike or meant & person.categories) and _same_rank(office, person)

    def _pronoun(self, mention: Mention, statement: Statement) -> Resolution:
        """The last speaker who agrees with the pronoun; before anybody has spoken, the person named nearest before."""
        if mention.plural:
            return self._they(mention, statement)
        if mention.gender is None:
            return self._it(mention, statement)
        assert statement.source is not None  # noqa: S101  a pronoun is a source
        place = statement.source.start
        subject = self._subject_before(place, mention)
        if self._goes_on_from_unnamed(mention) and subject is None:
            return replace(self._history[-1], mention=mention.as_written, rule="pronoun", certainty=0.75)
        person = subject or self._last_person(mention.gender) or self._nearest(place, mention)
        nameless = self._nameless_before(place, gender=mention.gender)
        if nameless and (person is None or nameless[0] > max(person.places)):
            person = self._holder(replace(nameless[1], gender=mention.gender), nameless[0])
            if person is None:
                return Resolution((self._unnamed(nameless[1], nameless[0]),), mention.as_written, "pronoun", 0.6)
        if person is None:
            return Resolution((UNKNOWN,), mention.as_written, "pronoun-unresolved", 0.3)
        person.gender = person.gender or mention.gender
        person.places.append(place)
        return Resolution((self._person(person, mention, place),), mention.as_written, "pronoun", 0.85)

    def _goes_on_from_unnamed(self, mention: Mention) -> bool:
        """Whether `she` is the unnamed person who spoke last; one who did so in a clause (`who`) yields to a name."""
        if not self._history or not _is_somebody(self._history[-1].speakers[-1]):
            return False
        in_passing = (self._history[-1].mention or "").lower() == "who"
        return not (in_passing and self._last_person(mention.gender))

    def _it(self, mention: Mention, statement: Statement) -> Resolution:
        """`It` and `which`: the last institution; `who`: the person named right before."""
        assert statement.source is not None  # noqa: S101  a pronoun is a source
        place = statement.source.start
        if mention.as_written.lower() == "who" and (person := self._named_right_before(place)):
            return Resolution((self._person(person, mention, place),), mention.as_written, "pronoun", 0.85)
        if mention.as_written.lower() == "who" and (
            office := office_before(self._article.text, place, self._article.published)
        ):
            return Resolution((self._one(office, place)[0],), mention.as_written, "pronoun", 0.7)
        if mention.as_written.lower() in ONE_OF_THEM:
            return self._one_of_them(mention)
        bodies = (each for each in reversed(self._history) if each.speakers[-1].type in ("institution", "state"))
        if (issuers := next(bodies, None)) and len(issuers.speakers) > 1 and issuers.rule == "document":
            return replace(issuers, mention=mention.as_written)
        if speaker := self._last_institution(statement):
            return Resolution((speaker,), mention.as_written, "pronoun", 0.75)
        return self._previous(mention.as_written, statement)

    def _one_of_them(self, mention: Mention) -> Resolution:
        """`One of them` after `two diplomats`: somebody of those who spoke last."""
        last = self._history[-1].speakers[-1] if self._history else UNKNOWN
        if last.type == "unnamed" and last.role:
            return Resolution((last,), mention.as_written, "pronoun", 0.8)
        return Resolution((UNKNOWN,), mention.as_written, "pronoun-unresolved", 0.3)

    def _named_right_before(self, place: int) -> Person | None:
        """The person whose name ends at the comma before `place`."""
        before = self._article.text[max(0, place - _LONGEST_NAME) : place].rstrip(" ,")
        ending = [person for person in self._cast.people if before.endswith(person.name.split()[-1])]
        return max(ending, key=lambda person: max((at for at in person.places if at < place), default=-2), default=None)

    def _subject_before(self, place: int, mention: Mention) -> Person | None:
        """Whom the sentence before opens with: `Ozols was more guarded. He said ...`."""
        opening = self._surroundings.sentence_before(place)
        for span, mentioned in titled_names(opening, self._article.published):
            person = self._cast.find(mentioned.name or "")
            if span.start == 0 and person and person.gender in (None, mention.gender):
                return person
        for person in self._cast.people:
            names = (person.name, person.name.split()[-1])
            if person.gender in (None, mention.gender) and any(opening.startswith((f"{n} ", f"{n}, ")) for n in names):
                return person
        return None

    def _nameless_before(
        self, place: int, head: str | None = None, gender: str | None = None
    ) -> tuple[int, Mention] | None:
        """The last office without a name that opened a sentence before `place`, with its offset."""
        before = [
            (at, mention)
            for at, mention in self._nameless
            if at < place and mention.office and head in (None, mention.office.heads[0])
            if gender is None or mention.gender in (None, gender)
        ]
        return before[-1] if before else None

    def _nearest(self, place: int, mention: Mention) -> Person | None:
        agreeing = [person for person in self._cast.people if person.gender in (None, mention.gender)]
        before = [person for person in agreeing if any(at <= place for at in person.places)]
        if before:
            return max(before, key=lambda person: max(at for at in person.places if at <= place))
        return min(agreeing, key=lambda person: min(person.places), default=None)

    def _they(self, mention: Mention, statement: Statement) -> Resolution:
        """A plural source spoken before, else the two people whom a readout brings together."""
        last = self._history[-1].speakers if self._history else ()
        group = len(last) > 1 or (bool(last) and last[0].type == "unnamed" and not _is_somebody(last[0]))
        body = bool(last) and last[0].type in ("institution", "state") and mention.as_written.lower() == "they"
        if group or body:
            return replace(self._history[-1], mention=mention.as_written, rule="pronoun", certainty=0.7)
        pair = self._three_who_met() or self._brought_together()
        if len(pair) >= 2:
            speakers = tuple(self._person(person, mention, statement.start) for person in pair)
            return Resolution(speakers, mention.as_written, "pronoun", 0.6)
        return self._previous(mention.as_written, statement)

    def _brought_together(self) -> list[Person]:
        """The two people whom the text names first, in its order; the headlines count where it names nobody."""
        in_text = [person for _, person in self._in_order()]
        return (in_text + [person for person in self._cast.people if person not in in_text])[:2]

    def _in_order(self) -> list[tuple[int, Person]]:
        """Whom the text names, by where it does so first."""
        named = [person for person in self._cast.people if person.places[-1] >= 0]
        places = [min(at for at in person.places if at >= 0) for person in named]
        return sorted(zip(places, named, strict=True), key=lambda pair: pair[0])

    def _in_lead(self) -> list[tuple[int, Person]]:
        return [(at, person) for at, person in self._in_order() if at < self._article.paragraphs[0].end]

    def _three_who_met(self) -> list[Person]:
        """The three of a lead such as `Ana Lee and Bo Lind met with Eva Roth`; nobody where others are named."""
        named = self._in_lead()
        if len(named) != _THREE:
            return []
        gaps = [self._article.text[one:other] for (one, _), (other, _) in pairwise(named)]
        met = [bool(_MET.search(gap)) for gap in gaps]
        joined = [bool(_SIDE_BY_SIDE.search(gap)) for gap in gaps]
        hosts_or_guests = (joined[0] and met == [False, True]) or (joined[1] and met == [True, False])
        return [person for _, person in named] if hosts_or_guests else []

    def _previous(self, mention: str | None, statement: Statement) -> Resolution:
        """The speaker of the statement before; before anybody has spoken, nobody known."""
        if self._history:
            last = self._history[-1]
            return Resolution(last.speakers, mention, "previous", last.certainty * 0.85)
        del statement
        return Resolution((UNKNOWN,), mention, "no-source", 0.3)

    def _last_person(self, gender: str | None = None) -> Person | None:
        for resolution in reversed(self._history):
            for speaker in reversed(resolution.speakers):
                if speaker.type == "person" and speaker.name:
                    person = self._cast.find(speaker.name)
                    if person and (gender is None or person.gender in (None, gender)):
                        return person
        return None

    def _last_institution(self, statement: Statement) -> Speaker | None:
        for resolution in reversed(self._history):
            speaker = resolution.speakers[-1]
            if speaker.type in ("institution", "state"):
                return speaker
        del statement
        return None

    def _of_the_same(self, mention: Mention) -> tuple[Speaker, str, float] | None:
        """`The 15 members` of the body, and `others` of the group, that spoke before."""
        if _THE_MEMBERS.fullmatch(mention.as_written) and (body := self._last_organization()):
            return body, "members", 0.7
        if _OTHERS.fullmatch(mention.as_written) and (group := self._last_group()):
            return group, "others", 0.7
        return None

    def _last_organization(self) -> Speaker | None:
        """The body of an organisation that spoke last: `The 15 members` are its members."""
        bodies = (resolution.speakers[-1] for resolution in reversed(self._history))
        return next((body for body in bodies if body.type == "institution" and body.organization), None)

    def _last_group(self) -> Speaker | None:
        """The unnamed group that spoke last: `others` after `a number of delegates` are delegates too."""
        last = self._history[-1].speakers[-1] if self._history else UNKNOWN
        if last.type != "unnamed" or not last.role or _is_somebody(last):
            return None
        noun = _QUANTITY.sub("", last.role)
        return replace(last, role=noun, role_as_written=noun)

    def _institution(self, mention: Mention, place: int) -> Speaker:
        """An institution as worded; a short form (`the ministry`) takes the full name that came before."""
        name = self._in_full(mention.name or mention.as_written)
        if mention.kind == "medium":
            return self._medium(name)
        short = mention.kind == "institution" and not mention.countries and not mention.organization
        if short and (fuller := self._fuller_institution(name)):
            return fuller
        if short and (named := self._ministry_named(name, place)):
            return self._institution(named, place)
        if short and (body := self._surroundings.body_meant(name, place)) and _BODY_ALONE.fullmatch(name):
            return Speaker("institution", body.span.of(self._article.text), organization=body.value.code)
        if short and (embassy := self._embassy_meant(name, place)):
            return embassy
        countries = mention.countries or self._foreign_office(mention.as_written)
        if (
            not countries
            and not mention.organization
            and (mention.possessive or _STATE_BODY.search(f"{mention.as_written} {name}"))
        ):
            countries = self._surroundings.states(place, possessive=mention.possessive, words=mention.as_written)
        kind: SpeakerType = "state" if mention.kind == "state" else "institution"
        return Speaker(kind, name, countries=countries, organization=mention.organization)

    def _embassy_meant(self, name: str, place: int) -> Speaker | None:
        """`The embassy`, where the article has named `the Peruvian Embassy in Chile`, whoever spoke for it."""
        if not _EMBASSY.fullmatch(name):
            return None
        for found in reversed(list(_EMBASSY_OF.finditer(self._article.text, 0, max(place, 0)))):
            if found["word"].lower() != name.lower():
                continue
            seats = states_in(self._article.text, found.end(), today=self._article.published)
            at = found.end("link") if found["link"] else -1
            end = next((seat.span.end for seat in seats if seat.span.start == at), found.end("word"))
            full = parse_mention(self._article.text[found.start() : end], self._article.published)
            if full.countries:
                return Speaker("institution", full.name or full.as_written, countries=full.countries[:1])
        return None

    def _medium(self, name: str) -> Speaker:
        """A medium speaks for nobody, unless the article calls it an organ of its state: `state-run Peru TV`."""
        named = media_in(name)
        bare = named[0].span.of(name) if len(named) == 1 else name
        if not _STATES_ORGAN.search(name):
            return Speaker("institution", name)
        country = seat_of_medium(bare)
        return Speaker("institution", bare, countries=(country,) if country else ())

    def _in_full(self, name: str) -> str:
        """`the FDFA`, where the article has written `Federal Department of Foreign Affairs (FDFA)`."""
        if not _ACRONYM.fullmatch(name):
            return name
        found = re.search(rf"(?P<full>{_CAPITALS})\s\({name}\)", self._article.text)
        return found["full"].removeprefix("The ") if found else name

    def _fuller_institution(self, name: str) -> Speaker | None:
        wanted = set(_spelling(name).split())
        for _, speaker in reversed(self._institutions):
            if speaker.name and wanted <= set(_spelling(speaker.name).split()):
                return speaker
        return None

    def _ministry_named(self, name: str, place: int) -> Mention | None:
        """The one ministry that the article has named before `the ministry` speaks, though not as a speaker."""
        if name.lower() != "ministry":
            return None
        named = [found.group() for found in _MINISTRY.finditer(self._article.text, 0, max(place, 0))]
        mention = parse_mention(named[-1], self._article.published) if len(set(named)) == 1 else None
        return mention if mention and mention.kind == "institution" else None

    def _document(self, mention: Mention, place: int) -> tuple[Speaker, str, float]:
        """A document speaks for whoever issued it: who spoke `in a statement`, else the last speaker."""
        if issuer := self._issuer(mention, place):
            return issuer, "document", 0.7
        if self._history and self._history[-1].speakers[0].name:
            return self._history[-1].speakers[0], "document", 0.6
        named = (each for each in reversed(self._history) if each.speakers[0].type == "person")
        if self._history and self._history[-1].speakers[0].type == "document" and (before := next(named, None)):
            return before.speakers[0], "document", 0.5
        speaker = Speaker(
            "document", mention.as_written, countries=mention.countries, organization=mention.organization
        )
        return speaker, "document", 0.5

    def _issuer(self, mention: Mention, place: int) -> Speaker | None:
        """Who last spoke in a document that `the statement` takes up, in the paragraph that introduced it."""
        noun = mention.as_written.split()[-1].lower()
        introduced = re.compile(
            rf"\b(?:in|issued|released|with)\s(?:an?|its|his|her|their)\s(?:[\w-]+\s){{0,3}}{noun}\b"
        )
        for statement, resolution in zip(reversed(self._statements), reversed(self._history), strict=False):
            speaker = resolution.speakers[0]
            at = (statement.source or statement.pieces[0]).start
            if mention.definite and at < place and speaker.name and introduced.search(self._paragraph_at(at)):
                return speaker
        return None

    def _paragraph_at(self, place: int) -> str:
        return self._article.paragraphs[self._article.paragraph_of(place)].of(self._article.text)

    def _unnamed(self, mention: Mention, place: int) -> Speaker:
        office = mention.office
        words = office.as_written if office else re.sub(r"^(?:the|an?)\s+", "", mention.as_written, flags=re.IGNORECASE)
        countries, organization = mention.countries, mention.organization
        if not countries and not organization:
            countries = self._foreign_office(office.as_written if office else words)
        if not countries and not organization:
            countries, organization = (
                self._served(office, place) if office else ((), self._organization_meant(words, place))
            )
        if (
            not countries
            and not organization
            and office
            and office.category != "expert"
            and not _of_no_state(words, mention, office)
        ):
            speaks = self._speaks_for_state(office)
            bare = _BARE_SPOKESPERSON.fullmatch(office.role) is not None
            owned = mention.possessive or re.search(r"\bits\b", office.as_written) is not None
            countries = (
                self._surroundings.states(place, possessive=owned, spokesperson=bare, words=words) if speaks else ()
            )
        return Speaker(
            "unnamed",
            None,
            office.role if office else words,
            words,
            office.category if office else "other",
            countries,
            organization,
            office.accredited_to if office else (),
        )

    def _organization_meant(self, words: str, place: int) -> str | None:
        body = self._surroundings.body_meant(words, place)
        return body.value.code if body else None

    @staticmethod
    def _speaks_for_state(office: Office) -> bool:
        """An office that only a state gives, so that it must be somebody's."""
        if office.plural and office.heads[0].startswith(("head of ", "heads of ")):
            return False  # `Heads of State and Government`, each of another state
        national = _NATIONAL_BODY.search(office.as_written)  # `Director-General of the Europe Department`
        if (office.category == "international_official" and not national) or _INTERNATIONAL.search(office.as_written):
            return False
        if re.search(r"\bof the [a-z]", office.as_written) and not _STATE_BODY.search(office.as_written):
            return False  # `president of the growers' federation`
        served = bool(_SERVED.search(office.as_written))  # `the prime minister's foreign affairs adviser`
        return office.category not in ("other", "expert") or served or bool(_STATE_BODY.search(office.as_written))


def _same_head(office: Office, other: Office) -> bool:
    """Whether two offices are the same by their last title, which may be abbreviated: `NSA`."""
    head, theirs = office.heads[-1], other.heads[-1]
    initials = "".join(word[0] for word in theirs.split())
    return head == theirs or (len(head) > 1 and head == initials)


def _of_no_state(words: str, mention: Mention, office: Office) -> bool:
    """Whether a group without a state speaks for none: `Western diplomats`, `top negotiators`, who meet."""
    meeting = office.plural and office.category in _MEETING and not office.countries
    many = meeting or (mention.plural and _OF_MANY_STATES.fullmatch(words) is not None)
    return (many and not mention.possessive) or _BLOC.match(words) is not None


def _source_phrase(article: Article, statement: Statement) -> str:
    """The source as marked, with `speaking also on behalf of ...` if that stands between it and the cue.

    A title of which only the beginning is marked (`the envoy of` before `Peru, Ana Lee, said`) goes on up to the cue.
    """
    source, cue = statement.source, statement.cue
    assert source is not None  # noqa: S101  callers ask for statements with a source
    marked = source.of(article.text)
    if cue is None or not source.end < cue.start <= source.end + _FARTHEST_CUE:
        return marked
    between = article.text[source.end : cue.start]
    longer = article.text[source.start : cue.start]
    if ON_BEHALF.search(between) and "\n" not in between:
        return longer
    if _CUT_AT_AUTHOR.search(marked) and "\n" not in between and parse_mention(longer).kind == "person":
        return longer
    goes_on = _GOES_ON.fullmatch(between) and not any(word in lexicon() for word in between.lower().split())
    if goes_on and parse_mention(marked).kind != "person":
        whole = parse_mention(longer)
        return longer if whole.kind == "person" and whole.office else marked
    return marked


def _quoted(article: Article, statement: Statement) -> str | None:
    """Whom a medium quotes: `her` in `the agency quoted her as saying`, the ministry in `..., citing the ministry`."""
    if statement.cue is None:
        return None
    if found := _QUOTED.match(article.text, statement.cue.start):
        return found["whom"]
    assert statement.source is not None  # noqa: S101  callers ask for statements with a source
    begin = min(statement.source.start, statement.cue.start)
    opening = _CITING_FIRST.search(article.text, max(0, begin - _FARTHEST_CUE), begin)
    cited = opening or _CITED.match(article.text, max(statement.source.end, statement.cue.end))
    if cited is None or not media_in(statement.source.of(article.text)):
        return None
    mention = parse_mention(cited["whom"], article.published)
    return cited["whom"] if mention.kind in ("person", "role", "institution", "state", "organization") else None


def _lead_office(article: Article) -> dict[Span, Mention]:
    """The office that opens the lead without a name: `Chile's foreign minister met ...`; at most one."""
    opening = _LEAD.match(article.text)
    head = next(iter(titles_in(opening[0])), None) if opening else None
    if opening is None or head is None:
        return {}
    phrase = Span(0, complement_end(article.text, head.span.end))
    mention = parse_mention(phrase.of(article.text), article.published)
    acts = _ACTS.match(article.text, phrase.end)
    somebodys = mention.countries or mention.organization
    return {phrase: mention} if acts and mention.kind == "role" and somebodys else {}


def _is_somebody(speaker: Speaker) -> bool:
    """An unnamed person, and no group, of whom `he` or `she` can go on to speak."""
    heads = titles_in(speaker.role_as_written or "")
    group = bool(heads) and heads[-1].value.plural
    return speaker.type == "unnamed" and speaker.role_category not in (None, "other") and not group


def _can_be(person: Person, mention: Mention) -> bool:
    """Whether state, organisation and gender of the mention agree with what is known of the person."""
    if mention.possessive and person.possessive and not person.states:
        return False  # `its minister` and `its minister`: whose, only the places tell
    stateless = bool(person.organization) or person.categories <= _STATELESS
    if mention.countries and not set(mention.countries) & set(person.states) and (person.states or stateless):
        return False
    if mention.gender and person.gender and mention.gender != person.gender:
        return False
    return not mention.organization or mention.organization == person.organization


def _without_owner(office: Office) -> str:
    """`Special Representative` of `Special Representative of the Chairperson`; other complements stay."""
    before, of, behind = office.as_written.partition(" of the ")
    return before if of and any(found.span.start == 0 for found in titles_in(behind)) else office.as_written


def _bears_rank(person: Person, mention: Mention) -> bool:
    """`The Kenyan general`, who may be the envoy of an organisation; an ambassador's state must agree."""
    military = mention.office is not None and mention.office.category == "military"
    return mention.gender in (None, person.gender) if military else _can_be(person, mention)


def _means(office: Office, person: Person) -> bool:
    """Whether the office can be a looser word for one of the person's: `official`, `minister`, `water minister`."""
    head = office.heads[-1]
    if head in ("official", "leader", "politician", "diplomat"):
        return not person.categories <= {"expert"}
    alike = any(head.endswith(other.heads[-1]) or other.heads[-1].endswith(head) for other in person.offices)
    return (alike or bool(categories_meant(head) & person.categories)) and _same_rank(office, person)


def _may_hold(office: Office, person: Person) -> bool:
    """Whether nothing that the article says of the person rules the office out."""
    return not person.offices or person.is_counterpart or _means(office, person)


def _same_rank(office: Office, person: Person) -> bool:
    """A deputy is not the minister: `deputy` must stand in both titles or in none of the person's."""
    deputy = bool(re.search(r"\b(?:deputy|vice)\b", office.as_written, re.IGNORECASE))
    theirs = [bool(re.search(r"\b(?:deputy|vice)\b", other.as_written, re.IGNORECASE)) for other in person.offices]
    former = bool(_FORMER.match(office.as_written))
    if former and not any(_FORMER.match(other.as_written) for other in person.offices):
        return False
    return not deputy or any(theirs)


def _spelling(name: str) -> str:
    return name.lower().replace("defence", "defense").replace("'s", "").replace("’s", "")
