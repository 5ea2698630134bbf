"""Whose words: from each statement's source phrase to a person, an institution, a state, or nobody known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from flows.articles.article import Article, Span
from flows.speakers.incumbents import Incumbents, completed
from flows.speakers.mention import Mention, parse_mention
from flows.speakers.office import Office
from flows.speakers.officials import Officials, shipped
from flows.speakers.people import Cast, Person
from flows.speakers.places import INTERNATIONAL_SEATS, Naming, outlet_country, state, states_in
from flows.speakers.titles import categories_meant
from flows.statements.statement import Statement
from flows.statements.whole import METHOD as WHOLE

SpeakerType = Literal["person", "institution", "state", "document", "unnamed"]

_LOCALITY = re.compile(r"(?:^|[.!?]\s+|\n)(?:In|From)\s+(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*),")
_AUTHOR = re.compile(
    r"\b(?:by|from|of)\s+(?P<author>.+?)(?=\s+(?:on|regarding|about|at|to|in|following|after|for|marking)\s|$)"
)
_STATE_BODY = re.compile(
    r"ministry|government|embassy|military|presiden|cabinet|parliament|republic|kingdom|state|national|navy|army|police",
    re.IGNORECASE,
)
_FORMER = re.compile(r"^(?:former|ex-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, as well as the article tells.

    Attributes:
        type: What kind of source it is.
        name: Longest name, without title; None for unnamed sources.
        role: Office without the country adjective.
        role_as_written: Office with it.
        role_category: Kind of office.
        countries: ISO codes of the states spoken for.
        organization: Organisation spoken for.
        accredited_to: Where an ambassador or envoy is posted.
        role_basis: `officials` if the table of officials gave role or country; None if the article did.
    """

    type: SpeakerType
    name: str | None = None
    role: str | None = None
    role_as_written: str | None = None
    role_category: str | None = None
    countries: tuple[str, ...] = ()
    organization: str | None = None
    accredited_to: tuple[str, ...] = ()
    role_basis: Literal["officials"] | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers of one statement; two or more for a joint one.

    Attributes:
        speakers: One entry per speaker, never empty.
        mention: Source as written; None where there is none.
        rule: How the mention was resolved: `named`, `pronoun`, `role`, `previous`, ...
        certainty: 0 to 1, how often this rule is right; not calibrated.
    """

    speakers: tuple[Speaker, ...]
    mention: str | None
    rule: str
    certainty: float


UNKNOWN = Speaker("unnamed")


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
        self._history: list[Resolution] = []
        self._institutions: list[tuple[int, Speaker]] = []
        self._mentions = {
            statement.source: parse_mention(_source_phrase(article, statement), article.published)
            for statement in statements
            if statement.source
        }
        for source, mention in self._mentions.items():
            for part in mention.parts or (mention,):
                if part.kind == "person" and part.name:
                    self._cast.add(part, source.start)
        self._add_offices_named_apart()

    def _add_offices_named_apart(self) -> None:
        """Gives a person the office under which they are spoken of without their name.

        `The representative of Belgium` is whoever the record names with `(Belgium)`; and a titled source without a
        name is the untitled person who speaks next, in the same paragraph or right after the lead.
        """
        sources = sorted(self._mentions)
        for index, source in enumerate(sources):
            mention = self._mentions[source]
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
                later.titled_at = source.start

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
        return resolution

    def _resolution(self, statement: Statement) -> Resolution:
        if statement.method == WHOLE:
            return self._author()
        if statement.source is None:
            return self._previous(None, statement)
        mention = self._mentions[statement.source]
        place = statement.source.start
        mention = replace(mention, as_written=statement.source.of(self._article.text))
        if mention.parts:
            speakers = tuple(self._one(part, place)[0] for part in mention.parts)
            return Resolution(speakers, mention.as_written, "joint", 0.85)
        if mention.kind == "pronoun":
            return self._pronoun(mention, statement)
        speaker, rule, certainty = self._one(mention, place)
        if statement.quotation_type == "transcript" and speaker.type == "person" and not speaker.countries:
            speaker = self._for_the_publisher(speaker)
        return Resolution((speaker,), mention.as_written, rule, certainty)

    def _for_the_publisher(self, speaker: Speaker) -> Speaker:
        """Who answers at a ministry's own briefing without a title speaks for the ministry's state."""
        code = outlet_country(self._article.outlet)
        return replace(speaker, countries=(code,)) if code and speaker.role is None else speaker

    def _author(self) -> Resolution:
        """Whoever a whole document's title names (`Statement by ...`), else the state that its publisher speaks for."""
        title = self._article.title or ""
        for found in _AUTHOR.finditer(title):
            mention = parse_mention(found["author"], self._article.published)
            if mention.kind in ("person", "institution", "organization"):
                return Resolution((self._one(mention, 0)[0],), None, "title", 0.85)
        if self._cast.people and min(self._cast.people[0].places) < 0:
            person = self._cast.people[0]
            return Resolution((self._person(person, parse_mention(person.name), 0),), None, "title", 0.7)
        countries = self._surroundings(0, possessive=False)
        if not countries:
            first = states_in(self._article.text, 0, 200, self._article.published)
            countries = (first[0].value.iso3,) if first else ()
        return Resolution((Speaker("document", countries=countries),), None, "document", 0.4)

    def _one(self, mention: Mention, place: int) -> tuple[Speaker, str, float]:
        """The speaker whom one phrase names, the rule that says so, and how sure it is."""
        if mention.kind == "person":
            return self._person(self._cast.add(mention, place), mention, place), "named", 0.95
        if mention.kind == "role":
            if person := self._surnamed_like_a_title(mention):
                return (
                    self._person(
                        self._cast.add(replace(mention, name=person.name, office=None), place), mention, place
                    ),
                    "named",
                    0.9,
                )
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
        unsaid = not countries and not organization and official is None
        if unsaid and office and (person.possessive or self._speaks_for_state(office)):
            at = place if person.titled_at is None else person.titled_at
            countries = self._surroundings(at, possessive=person.possessive)
        if office is not None and office.accredited_to and organization in office.accredited_to:
            organization = None
        speaker = Speaker(
            "person",
            person.name,
            office.role if office else None,
            office.as_written if office else None,
            office.category if office else None,
            countries,
            organization,
            office.accredited_to if office else (),
        )
        return completed(speaker, official)

    def _surnamed_like_a_title(self, mention: Mention) -> Person | None:
        """`Pope`, where the article has named a minister Beverley Pope."""
        word = mention.as_written
        if len(word.split()) != 1 or not word[0].isupper():
            return None
        return next((person for person in self._cast.people if person.name.split()[-1:] == [word]), None)

    def _role(self, mention: Mention, place: int) -> tuple[Speaker, str, float]:
        """`the Russian diplomat`: the last speaker, else the last person named, whose office and state agree."""
        if earlier := self._same_unnamed(mention):
            return earlier, "role", 0.8
        person = self._holder(mention, place)
        if person is not None:
            person.places.append(place)
            return self._person(person, mention, place), "role", 0.85
        return self._unnamed(mention, place), "role-unresolved", 0.6

    def _same_unnamed(self, mention: Mention) -> Speaker | None:
        """`the official` after `a ministry official`: the unnamed speaker before, if the words agree."""
        if self._history and mention.office and mention.definite:
            last = self._history[-1].speakers[-1]
            if last.type == "unnamed" and last.role_as_written and last.role_as_written.endswith(mention.office.role):
                return last
        return None

    def _holder(self, mention: Mention, place: int) -> Person | None:
        fitting = [person for person in self._cast.people if self._fits(person, mention)]
        if not fitting or not mention.definite:
            return None
        heads = set(mention.office.heads) if mention.office else set()
        exact = [person for person in fitting if any(heads & set(office.heads) for office in person.offices)]
        fitting = exact or fitting
        spoken = self._last_person()
        if spoken in fitting:
            return spoken
        before = [person for person in fitting if any(at <= place for at in person.places)]
        if before:
            return max(before, key=lambda person: max(at for at in person.places if at <= place))
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, person: Person, mention: Mention) -> bool:
        office = mention.office
        if office is None or not person.offices:
            return False
        if mention.countries and person.states and not set(mention.countries) & set(person.states):
            return False
        if mention.gender and person.gender and mention.gender != person.gender:
            return False
        if mention.organization and mention.organization != person.organization:
            return False
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
            speaker = self._last_institution(statement)
            if speaker is not None:
                return Resolution((speaker,), mention.as_written, "pronoun", 0.75)
            return self._previous(mention.as_written, statement)
        assert statement.source is not None  # noqa: S101  a pronoun is a source
        place = statement.source.start
        if self._history and _is_somebody(self._history[-1].speakers[-1]):
            return replace(self._history[-1], mention=mention.as_written, rule="pronoun", certainty=0.75)
        person = self._last_person(mention.gender) or self._nearest(place, mention)
        if person is None:
            return Resolution((UNKNOWN,), mention.as_written, "pronoun-unresolved", 0.3)
        person.gender = person.gender or mention.gender
        person.places.append(place)
        return Resolution((self._person(person, mention, place),), mention.as_written, "pronoun", 0.85)

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
        name = mention.name or mention.as_written
        if mention.kind == "medium":
            return Speaker("institution", name)
        short = mention.kind == "institution" and not mention.countries and not mention.organization
        if short and (fuller := self._fuller_institution(name)):
            return fuller
        countries = mention.countries
        if not countries and not mention.organization:
            countries = self._surroundings(place, possessive=mention.possessive)
        kind: SpeakerType = "state" if mention.kind == "state" else "institution"
        return Speaker(kind, name, countries=countries, organization=mention.organization)

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
        countries = mention.countries
        if not countries and not mention.organization and office and office.category != "expert":
            speaks = self._speaks_for_state(office)
            countries = self._surroundings(place, possessive=mention.possessive) if speaks else ()
        return Speaker(
            "unnamed",
            None,
            office.role if office else words,
            words,
            office.category if office else "other",
            countries,
            mention.organization,
            office.accredited_to if office else (),
        )

    @staticmethod
    def _speaks_for_state(office: Office) -> bool:
        """An office that only a state gives, so that it must be somebody's."""
        if re.search(r"\bof the [a-z]", office.as_written) and not _STATE_BODY.search(office.as_written):
            return False  # `president of the growers' federation`
        return office.category not in ("other", "expert", "international_official") or bool(
            _STATE_BODY.search(office.as_written)
        )

    def _surroundings(self, place: int, *, possessive: bool) -> tuple[str, ...]:
        """The state of an office or institution that does not name it.

        Asked in this order: the institution before (`its spokeswoman`), the place that opens the paragraph
        (`In Tokyo, ...`), the dateline's city, the publisher whose documents speak for a state.
        """
        if possessive and (states := self._states_before(place)):
            return states
        if naming := self._locality(place):
            return (naming.iso3,)
        if code := outlet_country(self._article.outlet):
            return (code,)
        if code := dateline_country(self._article):
            return (code,)
        return (self._article.country,) if self._article.country else ()

    def _locality(self, place: int) -> Naming | None:
        """The state of the place that opens a sentence of this paragraph before `place`: `In Tokyo, ...`."""
        paragraph = self._article.paragraphs[self._article.paragraph_of(place)]
        found = list(_LOCALITY.finditer(self._article.text[paragraph.start : place + 1]))
        return state(found[-1]["place"], self._article.published) if found else None

    def _states_before(self, place: int) -> tuple[str, ...]:
        for resolution in reversed(self._history):
            if resolution.speakers[-1].countries:
                return resolution.speakers[-1].countries
        found = states_in(self._article.text, 0, place, self._article.published)
        return (found[-1].value.iso3,) if found else ()


def _source_phrase(article: Article, statement: Statement) -> str:
    """The source as marked, with `speaking also on behalf of ...` if that stands between it and the cue."""
    source, cue = statement.source, statement.cue
    assert source is not None  # noqa: S101  callers ask for statements with a source
    if cue is not None and source.end < cue.start <= source.end + 160:
        between = article.text[source.end : cue.start]
        if "on behalf of" in between and "\n" not in between:
            return article.text[source.start : cue.start]
    return source.of(article.text)


def _is_somebody(speaker: Speaker) -> bool:
    """An unnamed person of whom `he` or `she` can go on to speak."""
    return speaker.type == "unnamed" and speaker.role_category not in (None, "other")


def dateline_country(article: Article) -> str | None:
    """ISO code of the dateline's city; None where it hosts organisations of many states, or is not known."""
    if article.dateline is None or not article.dateline.place:
        return None
    place = article.dateline.place.split("/")[0].strip()
    if place in INTERNATIONAL_SEATS:
        return None
    naming = state(place, article.published)
    return naming.iso3 if naming else None


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
