"""Whose words: from each statement's source phrase to a person, an institution, a state, or nobody known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.articles.article import Article, Span
from flows.speakers.authors import authors_of
from flows.speakers.incumbents import Incumbents, completed
from flows.speakers.mention import ON_BEHALF, ONE_OF_THEM, Mention, parse_mention
from flows.speakers.office import Office, parse_office
from flows.speakers.officials import Officials, shipped
from flows.speakers.people import Cast, Person, nameless_subjects, office_before, states_of_office, titled_names
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
_LEAD = re.compile(r"[^.,;:\n\"“”]{3,80}")
_ACTS = re.compile(r"\s(?!(?:of|for|to|at|in|and|or)\b)[a-z]")
_SIDE_BY_SIDE = re.compile(r"\sand\s")
_ENDED = re.compile(r"[.!?\n]\s")
_SERVED = re.compile(
    r"\b(?:prime minister|premier|president|chancellor|king|queen|foreign minister)(?:['’]s\b|$)", re.IGNORECASE
)
_BARE_SPOKESPERSON = re.compile(r"(?:(?:deputy|chief|government|ministry)\s)*spokes(?:man|woman|person)", re.IGNORECASE)
_ANONYMOUS = re.compile(
    r"\banonym|\bnot authori[sz]ed\b|\bnot to be (?:named|identified)\b|\bwho declined\b", re.IGNORECASE
)
_ACRONYM = re.compile(r"[A-Z]{3,7}")
_CAPITALS = r"[A-Z][\w’'-]+(?:\s(?:(?:of|for|and|the|on)\s)*[A-Z][\w’'-]+){1,8}"
_SERVES = re.compile(
    r"\b(?:to|for|of)\sthe\s(?P<to>[a-z][a-z -]*)$|^(?P<of>[a-z][a-z -]*)['’]s?\s(?=(?:[a-z-]+\s)*[a-z-]+$)"
)
_BODY_ALONE = re.compile(r"(?:[A-Z][\w’'-]*\s)*[\w-]+")
_INTERNATIONAL = re.compile(
    r"\b(?:Secretary[- ]General|Chairperson|High\s(?:Representative|Commissioner)|Director[- ]General|"
    r"Executive Secretary)(?:['’]s\b|$)"
)
_STATES_ORGAN = re.compile(r"\b(?:state|government)-(?:run|controlled|owned)\b|\bofficial\b", re.IGNORECASE)
_NATIONAL_BODY = re.compile(r"\b(?:department|ministry|bureau)\b", re.IGNORECASE)
_SERVING = re.compile(r"\b(?:spokes\w+|aide|deputy|advis[eo]r|assistant|chief of staff)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"(?:his|her)\b", re.IGNORECASE)
_STATELESS = frozenset(("international_official", "expert"))
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
        self._institutions: list[tuple[int, Speaker]] = []
        self._nameless = list(nameless_subjects(article.text, article.published))
        self._mentions = {
            statement.source: parse_mention(
                _quoted(article, statement) or _source_phrase(article, statement), article.published
            )
            for statement in statements
            if statement.source
        }
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
        mentions = {**_lead_office(self._article), **self._mentions}
        sources = sorted(mentions)
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
        self._surroundings.add(resolution, statement.start)
        return resolution

    def _resolution(self, statement: Statement) -> Resolution:
        if statement.method in (WHOLE, ANSWER, INTERVIEW):
            answers = statement.method == ANSWER
            return self._interviewed(statement) if statement.method == INTERVIEW else self._author(answers=answers)
        if statement.source is None:
            return self._previous(None, statement)
        mention = self._mentions[statement.source]
        place = statement.source.start
        mention = replace(mention, as_written=statement.source.of(self._article.text))
        if statement.source in self._disclosed:
            person = self._disclosed[statement.source]
            return Resolution((self._person(person, mention, place),), mention.as_written, "lead", 0.75)
        if mention.kind == "pronoun":
            return self._pronoun(mention, statement)
        if together := self._together(mention, place):
            return Resolution(together, mention.as_written, "joint", 0.85)
        speaker, rule, certainty = self._one(mention, place)
        if statement.quotation_type == "transcript" and speaker.type == "person" and not speaker.countries:
            speaker = self._for_the_publisher(speaker)
        candidates = self._candidates(mention) if rule == "role-unresolved" else ()
        return Resolution((speaker,), mention.as_written, rule, certainty, candidates)

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
        return tuple(self._person(person, mention, place) for person in self._holders(mention))

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
            return self._document(mention)
        return self._unnamed(mention, place), "unnamed", 0.8

    def _person(self, person: Person, mention: Mention, place: int) -> Speaker:
        office, official = person.office, self._incumbents.of(person)
        countries = person.states
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
        if office.category == "ambassador" and (sending := self._only_sending_state()):
            return (sending,), None
        served = bool(_FORMER.match(office.as_written)) and office.category != "expert"
        if owned or served or self._speaks_for_state(office):
            return self._surroundings.states(at, possessive=person.possessive, spokesperson=bare), None
        return (), None

    def _only_sending_state(self) -> str | None:
        """The state of `the Ambassador of Iceland`, if the article knows ambassadors of no other."""
        texts = (self._article.title or "", self._article.text)
        states = {code for text in texts for code in states_of_office(text, "ambassador", self._article.published)}
        return states.pop() if len(states) == 1 else None

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

    def _owner(self, place: int) -> Person | None:
        """The person whom `his` or `her` at `place` means: the one named last before it, in the same paragraph."""
        owned = _PERSONAL.match(self._article.text, max(place, 0))
        if owned is None:
            return None
        start = self._article.paragraphs[self._article.paragraph_of(max(place, 0))].start
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

    def _holder(self, mention: Mention, place: int) -> Person | None:
        fitting = [person for person in self._cast.people if self._fits(person, mention)]
        if not fitting or not mention.definite:
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
        if self._history and _is_somebody(self._history[-1].speakers[-1]) and subject is None:
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
        if self._history and (len(self._history[-1].speakers) > 1 or self._history[-1].speakers[0].type == "unnamed"):
            return replace(self._history[-1], mention=mention.as_written, rule="pronoun", certainty=0.7)
        pair = self._cast.people[:2]
        if len(pair) == 2:
            speakers = tuple(self._person(person, mention, statement.start) for person in pair)
            return Resolution(speakers, mention.as_written, "pronoun", 0.6)
        return self._previous(mention.as_written, statement)

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

    def _institution(self, mention: Mention, place: int) -> Speaker:
        """An institution as worded; a short form (`the ministry`) takes the full name that came before."""
        name = self._in_full(mention.name or mention.as_written)
        if mention.kind == "medium":
            return self._medium(name)
        short = mention.kind == "institution" and not mention.countries and not mention.organization
        if short and (fuller := self._fuller_institution(name)):
            return fuller
        if short and (body := self._surroundings.body_meant(name, place)) and _BODY_ALONE.fullmatch(name):
            return Speaker("institution", body.span.of(self._article.text), organization=body.value.code)
        countries = mention.countries
        if (
            not countries
            and not mention.organization
            and (mention.possessive or _STATE_BODY.search(mention.as_written))
        ):
            countries = self._surroundings.states(place, possessive=mention.possessive)
        kind: SpeakerType = "state" if mention.kind == "state" else "institution"
        return Speaker(kind, name, countries=countries, organization=mention.organization)

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

    def _document(self, mention: Mention) -> tuple[Speaker, str, float]:
        """A document speaks for whoever issued it: the last speaker, where one is known."""
        if self._history and self._history[-1].speakers[0].name:
            return self._history[-1].speakers[0], "document", 0.6
        speaker = Speaker(
            "document", mention.as_written, countries=mention.countries, organization=mention.organization
        )
        return speaker, "document", 0.5

    def _unnamed(self, mention: Mention, place: int) -> Speaker:
        office = mention.office
        words = office.as_written if office else re.sub(r"^(?:the|an?)\s+", "", mention.as_written, flags=re.IGNORECASE)
        countries, organization = mention.countries, mention.organization
        if not countries and not organization:
            countries, organization = (
                self._served(office, place) if office else ((), self._organization_meant(words, place))
            )
        if not countries and not organization and office and office.category != "expert" and not _BLOC.match(words):
            speaks = self._speaks_for_state(office)
            bare = _BARE_SPOKESPERSON.fullmatch(office.role) is not None
            owned = mention.possessive or re.search(r"\bits\b", office.as_written) is not None
            countries = self._surroundings.states(place, possessive=owned, spokesperson=bare) if speaks else ()
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
        national = _NATIONAL_BODY.search(office.as_written)  # `Director-General of the Europe Department`
        if (office.category == "international_official" and not national) or _INTERNATIONAL.search(office.as_written):
            return False
        if re.search(r"\bof the [a-z]", office.as_written) and not _STATE_BODY.search(office.as_written):
            return False  # `president of the growers' federation`
        served = bool(_SERVED.search(office.as_written))  # `the prime minister's foreign affairs adviser`
        return office.category not in ("other", "expert") or served or bool(_STATE_BODY.search(office.as_written))


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
    goes_on = _GOES_ON.fullmatch(between) and not any(word in lexicon() for word in between.lower().split())
    if goes_on and parse_mention(marked).kind != "person":
        whole = parse_mention(longer)
        return longer if whole.kind == "person" and whole.office else marked
    return marked


def _quoted(article: Article, statement: Statement) -> str | None:
    """Whom a medium quotes: `her` in `the agency quoted her as saying`."""
    found = _QUOTED.match(article.text, statement.cue.start) if statement.cue else None
    return found["whom"] if found else None


def _lead_office(article: Article) -> dict[Span, Mention]:
    """The office that opens the lead without a name: `Chile's foreign minister met ...`; at most one."""
    opening = _LEAD.match(article.text)
    head = next(iter(titles_in(opening[0])), None) if opening else None
    if opening is None or head is None:
        return {}
    phrase = Span(0, head.span.end)
    mention = parse_mention(phrase.of(article.text), article.published)
    acts = _ACTS.match(article.text, phrase.end)
    return {phrase: mention} if acts and mention.kind == "role" and mention.countries else {}


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
