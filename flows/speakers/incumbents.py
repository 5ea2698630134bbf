"""The officials of one article: what the table of officials adds to the people whom the article names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from flows.speakers.office import Office, parse_office
from flows.speakers.officials import Hints, Officials
from flows.speakers.places import organizations_in, outlet_country, states_in
from flows.speakers.terms import Official

if TYPE_CHECKING:
    from flows.articles.article import Article
    from flows.speakers.people import Person
    from flows.speakers.speaker import Resolution, Speaker

_NOT_IN_OFFICE = ("former", "ex-", "then", "late ", "outgoing", "incoming", "future", "deputy", "vice")


class Incumbents:
    """Looks up who of an article's people held which office on its day.

    Args:
        article: The article; its own words go before the table.
        officials: The table.
    """

    def __init__(self, article: Article, officials: Officials) -> None:
        self._article = article
        self._officials = officials
        self._spellings: dict[str, str] = {}

    def of(self, person: Person) -> Official | None:
        """The term of office in which `person` speaks; None where the article's words say otherwise or nobody fits."""
        states = frozenset(person.states)
        known = self._officials.person(person.name, states)
        office = person.office
        official = None
        if self._day and not any(other.as_written.lower().startswith(_NOT_IN_OFFICE) for other in person.offices):
            official = self._officials.holder(person.name, self._day, self._hints(person, office))
        if canonical := official or known:
            self._spellings[person.name] = canonical.name
        return official

    def renamed(self, resolutions: Iterable[Resolution]) -> list[Resolution]:
        """The resolutions with officials in their canonical spelling, so that one name finds them in all articles."""
        return [
            replace(resolution, speakers=tuple(self._renamed(speaker) for speaker in resolution.speakers))
            for resolution in resolutions
        ]

    def _renamed(self, speaker: Speaker) -> Speaker:
        if speaker.type != "person" or speaker.name not in self._spellings:
            return speaker
        return replace(speaker, name=self._spellings[speaker.name])

    def _hints(self, person: Person, office: Office | None) -> Hints:
        return Hints(
            countries=frozenset(person.states),
            organization=None if person.states else person.organization,
            category=office.category if office else None,
            heads=tuple(head for other in person.offices for head in other.heads),
            gender=person.gender,
            named=self._named,
        )

    @property
    def _day(self) -> date | None:
        dateline = self._article.dateline
        return dateline.day if dateline and dateline.day else self._article.published

    @cached_property
    def _named(self) -> frozenset[str]:
        """Codes of the states and organisations that the article, its dateline or its publisher names."""
        article = self._article
        text = "\n".join((article.title or "", article.dateline.place or "" if article.dateline else "", article.text))
        codes = {found.value.iso3 for found in states_in(text, today=article.published)}
        codes |= {found.value.code for found in organizations_in(text)}
        return frozenset(codes | {code for code in (outlet_country(article.outlet), article.country) if code})


def completed(speaker: Speaker, official: Official | None) -> Speaker:
    """The speaker with the role and state of the official where the article gives none."""
    if official is None:
        return speaker
    if speaker.role is None:
        office = parse_office(official.role)
        speaker = replace(
            speaker,
            role=official.role,
            role_category=official.role_category,
            accredited_to=office.accredited_to if office else (),
            role_basis="officials",
        )
    if not speaker.countries and not speaker.organization:
        countries = (official.country,) if official.country else ()
        speaker = replace(speaker, countries=countries, organization=official.organization, role_basis="officials")
    return speaker
