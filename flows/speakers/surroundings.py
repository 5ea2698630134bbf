"""For which state an office or institution speaks that does not name it: read from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.articles.article import Article, Span
from flows.speakers.places import (
    INTERNATIONAL_SEATS,
    Naming,
    medium_country,
    organizations_in,
    outlet_country,
    state,
    states_in,
)
from flows.speakers.speaker import Resolution, Speaker

_LOCALITY = re.compile(r"(?:^|[.!?]\s+|\n)(?:In|From)\s+(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*),")
_LEAD_PARAGRAPHS = 2
_LONGEST_NAME = 60
_SENTENCE_BREAK = re.compile(r"(?<=[.!?])[\"”’]?\s+")


class Surroundings:
    """What an article tells around a place in it; grows with each statement whose speaker is found.

    Args:
        article: The article.
        said: All pieces of its statements: places named in them say nothing about the reporter's scene.
    """

    def __init__(self, article: Article, said: Sequence[Span]) -> None:
        self._article = article
        self._said = said
        self._spoken: list[Resolution] = []
        self._last_place: int | None = None

    def add(self, resolution: Resolution, place: int) -> None:
        """Remembers who has spoken, and where."""
        self._spoken.append(resolution)
        self._last_place = place

    def states(self, place: int, *, possessive: bool, spokesperson: bool = False) -> tuple[str, ...]:
        """The state of an office or institution that does not name it.

        Asked in this order: whom `its` means, the institution for which a spokesperson goes on, the place that opens
        the paragraph (`In Tokyo, ...`), the publisher whose documents speak for a state, the dateline's city, the
        metadata, a medium's own country if the lead is about it, who spoke right before, the state that opens the lead.
        """
        owner = self._states_before(place) if possessive else self._body_before(place) if spokesperson else ()
        if owner:
            return owner
        naming = self._locality(place)
        known = (naming.iso3 if naming else None, outlet_country(self._article.outlet), dateline_country(self._article))
        for code in (*known, self._article.country, self._home_country()):
            if code:
                return (code,)
        return self._states_of_last_speaker(place) or self._state_of_lead()

    def _body_before(self, place: int) -> tuple[str, ...]:
        """The state of the institution that spoke last, in this paragraph or the one before."""
        last = self._last_nearby(place)
        return last.countries if last and last.type in ("institution", "state") else ()

    def organization_of_last_speaker(self, place: int) -> str | None:
        """The organisation that spoke last, in this paragraph or the one before; None if it was a state or nobody."""
        last = self._last_nearby(place)
        return last.organization if last and last.type == "institution" and not last.countries else None

    def _states_of_last_speaker(self, place: int) -> tuple[str, ...]:
        last = self._last_nearby(place)
        return last.countries if last else ()

    def _last_nearby(self, place: int) -> Speaker | None:
        if not self._spoken or self._last_place is None:
            return None
        apart = self._article.paragraph_of(max(place, 0)) - self._article.paragraph_of(self._last_place)
        return self._spoken[-1].speakers[-1] if apart <= 1 else None

    def _home_country(self) -> str | None:
        """The country of a medium, which leaves its own nationality unsaid, if the opening paragraphs are about it."""
        code = medium_country(self._article.outlet)
        if code is None:
            return None
        opening = self._article.paragraphs[:_LEAD_PARAGRAPHS][-1].end
        named = states_in(self._article.text, 0, opening, self._article.published)
        return code if code in {found.value.iso3 for found in named} else None

    def _state_of_lead(self) -> tuple[str, ...]:
        named = states_in(self._article.text, 0, self._article.paragraphs[0].end, self._article.published)
        return (named[0].value.iso3,) if named and named[0].value.kind != "city" else ()

    def _locality(self, place: int) -> Naming | None:
        """The state of the place that opens a sentence of this paragraph before `place`: `In Tokyo, ...`."""
        paragraph = self._article.paragraphs[self._article.paragraph_of(place)]
        found = [
            match["place"]
            for match in _LOCALITY.finditer(self._article.text[paragraph.start : place + 1])
            if not any(piece.start <= paragraph.start + match.start("place") < piece.end for piece in self._said)
        ]
        return state(found[-1], self._article.published) if found else None

    def organization_before(self, place: int) -> str | None:
        """The organisation whose `its spokeswoman` is: the subject of the sentence before, where it is one."""
        opening = self.sentence_before(place)
        bodies = organizations_in(opening[:_LONGEST_NAME])
        return bodies[0].value.code if bodies and bodies[0].span.start <= len("The ") else None

    def _states_before(self, place: int) -> tuple[str, ...]:
        """The state that `its` means: the subject of the sentence before, else of whom spoke last, else named last."""
        if opening := self.sentence_before(place):
            named = states_in(opening, 0, _LONGEST_NAME, self._article.published)
            if named and named[0].span.start <= len("The "):
                return (named[0].value.iso3,)
        for resolution in reversed(self._spoken):
            if resolution.speakers[-1].countries:
                return resolution.speakers[-1].countries
        found = states_in(self._article.text, 0, place, self._article.published)
        return (found[-1].value.iso3,) if found else ()

    def sentence_before(self, place: int) -> str:
        """The sentence before the one at `place`, in the same paragraph; empty where there is none."""
        paragraph = self._article.paragraphs[self._article.paragraph_of(max(place, 0))]
        sentences = _SENTENCE_BREAK.split(self._article.text[paragraph.start : max(place, 0)])
        return sentences[-2] if len(sentences) > 1 else ""


def dateline_country(article: Article) -> str | None:
    """ISO code of the dateline's city; None where it hosts organisations of many states, or is not known."""
    if article.dateline is None or not article.dateline.place:
        return None
    place = article.dateline.place.split("/")[0].strip()
    if place in INTERNATIONAL_SEATS:
        return None
    naming = state(place, article.published)
    return naming.iso3 if naming else None
