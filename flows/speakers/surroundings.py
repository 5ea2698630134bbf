"""For which state an office or institution speaks that does not name it: read from what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from flows.articles.article import Article, Span
from flows.phrases import Found
from flows.speakers.places import (
    INTERNATIONAL_SEATS,
    Body,
    Naming,
    medium_country,
    organizations_in,
    outlet_country,
    state,
    states_in,
)
from flows.speakers.speaker import Resolution, Speaker

_LOCALITY = re.compile(r"(?:^|[.!?]\s+|\n)(?:In|From)\s+(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)")
_BODY_WORD = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s)*(?P<word>(?i:commission|council|secretariat|tribunal|court|forum|union|alliance|bloc|fund|bank|"
    r"agency|assembly|organi[sz]ation|league|centre|center|community|mission))\b"
)
_QUOTATION = re.compile(r"\s*[\"“]")
# Offices that a state does not have under that name.
_NO_OFFICES = {
    "USA": re.compile(
        r"\b(?:(?:foreign|external|interior|defen[cs]e|finance)(?:\s(?:affairs|relations))?\s(?:minist(?:er|ry)|office)|"
        r"minist(?:er|ry)\s(?:of|for)\s|prime\sminister|premier\b|parliament|cabinet\sminister)",
        re.IGNORECASE,
    ),
}
_LETTERHEAD = re.compile(
    r"(?:The\s)?(?:(?:Prime\sMinister|President|Chancellor)['’]?s['’]?\sOffice|Office\sof\sthe\s(?:Prime\sMinister|President)|"
    r"(?:[A-Z]\w+\s)?(?:Ministry|Embassy|Department|Government|Permanent\sMission|Foreign\sOffice))\b(?!.*\b[a-z]+(?:s|ed)\b)"
)
# `Lima - ANDINA - The minister ...` behind a lead that stands alone.
_PLACE_AND_AGENCY = re.compile(r"(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s[–—-]\s[A-Z]{3,12}\s[–—-]\s(?=[A-Z])")
_LETTERHEAD_LINES = 3
_LONGEST_LETTERHEAD = 12
_METONYMS = frozenset(("capital", "institution"))
_LEAD_PARAGRAPHS = 2
_LASTING_FRAME = 2
_OFTEN = 3
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
        self._spoken: list[tuple[int, Resolution]] = []
        self._names: dict[str, list[Span]] = {}
        self._frame: tuple[int, tuple[str, ...]] = (0, ())

    def add(self, resolution: Resolution, place: int) -> None:
        """Remembers who has spoken, and where."""
        self._spoken.append((place, resolution))

    def states(self, place: int, *, possessive: bool, spokesperson: bool = False, words: str = "") -> tuple[str, ...]:
        """The state of an office or institution that does not name it.

        Asked in this order: whom `its` means, the institution for which a spokesperson goes on, then what `_sides`
        gives. A state that has no such office is passed over: `the foreign ministry` is not that of the United States.

        Args:
            place: Offset of the office.
            possessive: Whether `its`, `his` or `her` stands before it.
            spokesperson: Whether it is a bare `spokesman`, who goes on for the body that spoke before.
            words: The office or institution as written.
        """
        owner = self._states_before(place) if possessive else self._body_before(place) if spokesperson else ()
        if owner is None or owner:
            return owner or ()
        elsewhere = frozenset(code for code, offices in _NO_OFFICES.items() if offices.search(words))
        for side, lasting in self._sides(place):
            if side and elsewhere.isdisjoint(side):
                return self._framed(place, side) if lasting else side
        return ()

    def _sides(self, place: int) -> Iterator[tuple[tuple[str, ...], bool]]:
        """Whose view the story can have taken at `place`, and whether it keeps that side; the likeliest first.

        The place or government that opens the paragraph (`In Tokyo, ...`, `Tokyo hit back.`), the publisher whose
        documents speak for a state, the government whose answer a quotation goes on, the dateline's city, the
        metadata, a medium's own country if the lead is about it, the paragraph's subject, who spoke in the same
        paragraph, the side of the office before, the state that opens the lead, the state named most, who spoke right
        before.
        """
        if naming := self._locality(place) or self._government_speaking_up(place):
            yield (naming.iso3,), True
        if code := outlet_country(self._article.outlet):
            yield (code,), True
        yield self._body_answering(place), True
        if home := dateline_country(self._article) or self._article.country or self._home_country():
            yield (home,), False
        if (subject := self._subject_of_paragraph(place)) and subject.kind != "city":
            yield (subject.iso3,), True
        yield self._states_of_last_speaker(place, apart=0), False
        yield self._frame_before(place), False
        yield from ((states, False) for states in self._states_of_lead())
        yield self._dominant_state(), False
        yield self._states_of_last_speaker(place), False

    def _dominant_state(self) -> tuple[str, ...]:
        """The state of which a story speaks most, if there is one; a record, which is all speech, is none."""
        if 2 * sum(piece.end - piece.start for piece in self._said) > len(self._article.text):
            return ()
        named = states_in(self._article.text, today=self._article.published)
        counted = Counter(found.value.iso3 for found in named).most_common(2)
        clear = counted and counted[0][1] >= _OFTEN and (len(counted) < 2 or counted[0][1] > counted[1][1])
        return (counted[0][0],) if clear else ()

    def _framed(self, place: int, states: tuple[str, ...]) -> tuple[str, ...]:
        """Remembers the side to which the story has turned."""
        self._frame = (self._article.paragraph_of(max(place, 0)), states)
        return states

    def _frame_before(self, place: int) -> tuple[str, ...]:
        """The side to which the story turned, in this paragraph or up to two before."""
        paragraph, states = self._frame
        return states if 0 <= self._article.paragraph_of(max(place, 0)) - paragraph <= _LASTING_FRAME else ()

    def states_opening_with(self, head: str, place: int) -> tuple[str, ...]:
        """The state that opens a sentence of this paragraph in which the office stands: `Peru's minister ...`."""
        found = [naming for naming, sentence in self._subjects(place) if head in sentence]
        return (found[-1].iso3,) if found else ()

    def _subject_of_paragraph(self, place: int) -> Naming | None:
        """The state that opens a sentence of this paragraph before `place`: `Peru stands by the fee. ...`."""
        return next((naming for naming, _ in reversed(list(self._subjects(place)))), None)

    def _subjects(self, place: int) -> Iterator[tuple[Naming, str]]:
        """States that open a sentence of this paragraph before the one at `place`, with the sentence, in order."""
        at = self._article.paragraphs[self._article.paragraph_of(max(place, 0))].start
        for sentence in _SENTENCE_BREAK.split(self._article.text[at : max(place, 0)])[:-1]:
            at = self._article.text.index(sentence, at)
            named = states_in(self._article.text, at, at + len(sentence), self._article.published)
            if named and named[0].span.start <= at + len("The ") and not self._is_said(named[0].span.start):
                yield named[0].value, sentence

    def _government_speaking_up(self, place: int) -> Naming | None:
        """`The Kremlin stands by the fee.` before `place`: a government by its seat, which no place of events is."""
        subject = self._subject_of_paragraph(place)
        return subject if subject and subject.kind in _METONYMS else None

    def _body_answering(self, place: int) -> tuple[str, ...]:
        """The government that answered in the paragraph before, if this one goes on with a quotation."""
        number = self._article.paragraph_of(max(place, 0))
        opens = _QUOTATION.match(self._article.text, self._article.paragraphs[number].start)
        last = self._last_nearby(place, nearest=1)
        return last.countries if opens and last and last.type == "state" else ()

    def _is_said(self, place: int) -> bool:
        return any(piece.start <= place < piece.end for piece in self._said)

    def _body_before(self, place: int) -> tuple[str, ...]:
        """The state of the institution that spoke last, in this paragraph or the one before."""
        last = self._last_nearby(place)
        return last.countries if last and last.type in ("institution", "state") else ()

    def organization_of_last_speaker(self, place: int) -> str | None:
        """The organisation that spoke last, in this paragraph or the one before; None if it was a state or nobody."""
        last = self._last_nearby(place)
        return last.organization if last and last.type == "institution" and not last.countries else None

    def _states_of_last_speaker(self, place: int, apart: int = 1) -> tuple[str, ...]:
        last = self._last_nearby(place, apart)
        return last.countries if last else ()

    def _last_nearby(self, place: int, apart: int = 1, nearest: int = 0) -> Speaker | None:
        """Who spoke last before `place`, if that was at most `apart` and at least `nearest` paragraphs before."""
        last = next(((at, told) for at, told in reversed(self._spoken) if at <= max(place, 0)), None)
        if last is None:
            return None
        between = self._article.paragraph_of(max(place, 0)) - self._article.paragraph_of(last[0])
        return last[1].speakers[-1] if nearest <= between <= apart else None

    def _home_country(self) -> str | None:
        """The country of a medium, which leaves its own nationality unsaid, if the opening paragraphs are about it."""
        code = medium_country(self._article.outlet)
        if code is None:
            return None
        opening = self._article.paragraphs[:_LEAD_PARAGRAPHS][-1].end
        named = states_in(self._article.text, 0, opening, self._article.published)
        return code if code in {found.value.iso3 for found in named} else None

    def _states_of_lead(self) -> list[tuple[str, ...]]:
        """The states that the lead names, in order; none if a mere city opens them."""
        named = states_in(self._article.text, 0, self._article.paragraphs[0].end, self._article.published)
        if not named or named[0].value.kind == "city":
            return []
        return [(found.value.iso3,) for found in named if found.value.kind != "city"]

    def _locality(self, place: int) -> Naming | None:
        """The state of the place that opens a sentence of this paragraph before `place`: `In Tokyo, ...`."""
        paragraph = self._article.paragraphs[self._article.paragraph_of(max(place, 0))]
        found = [
            state(match["place"], self._article.published)
            for match in _LOCALITY.finditer(self._article.text[paragraph.start : max(place, 0) + 1])
            if not self._is_said(paragraph.start + match.start("place"))
        ]
        return next((naming for naming in reversed(found) if naming), None)

    def body_meant(self, words: str, place: int) -> Found[Body] | None:
        """The organisation that a short form means: `the Council`, `a Commission spokesman`, `the court's head`.

        It is the one named last before `place` with that word, unless a body of another name has stood in between.
        """
        short = _BODY_WORD.search(words)
        if short is None:
            return None
        said, lower = short.group().removeprefix("The "), short["word"].islower()
        named = [
            span for span in self._longer_names(short["word"]) if span.end <= place and self._written(span) != said
        ]
        # `Council of the European Union`, whose name begins with the short form
        named += [body.span for body in self._bodies if self._written(body.span).startswith(f"{said} of ")]
        named = sorted(span for span in named if span.end <= place)
        within = (body for body in reversed(self._bodies) if named and body.span.overlaps(named[-1]))
        return next((body for body in within if lower or said in self._written(body.span)), None)

    def _written(self, span: Span) -> str:
        return span.of(self._article.text)

    @cached_property
    def _bodies(self) -> list[Found[Body]]:
        return organizations_in(self._article.text)

    def _longer_names(self, word: str) -> list[Span]:
        """All names in capitals that end in `word`: `UN Security Council`, `Election Commission`."""
        if word not in self._names:
            name = re.compile(rf"\b(?:(?!The\b)[A-Z][\w’'-]*\s(?:for\s|of\s)?)+(?i:{word})\b")
            self._names[word] = [Span(*found.span()) for found in name.finditer(self._article.text)]
        return self._names[word]

    def organization_before(self, place: int) -> str | None:
        """The organisation whose `its spokeswoman` is: the subject of the sentence before, where it is one."""
        opening = self.sentence_before(place)
        bodies = organizations_in(opening[:_LONGEST_NAME])
        return bodies[0].value.code if bodies and bodies[0].span.start <= len("The ") else None

    def _states_before(self, place: int) -> tuple[str, ...] | None:
        """The state that `its` means; None where it means a body that speaks for no state.

        It is the subject of the sentence so far or of the one before, else whoever spoke last, else what is named last.
        """
        for opening in (self._sentence_so_far(place), self.sentence_before(place)):
            named = states_in(opening, 0, _LONGEST_NAME, self._article.published)
            if named and named[0].span.start <= len("The "):
                return (named[0].value.iso3,)
        last = self._last_nearby(place)
        if last and last.type == "institution" and not last.countries:
            return None
        for _, resolution in reversed(self._spoken):
            if resolution.speakers[-1].countries:
                return resolution.speakers[-1].countries
        found = states_in(self._article.text, 0, place, self._article.published)
        return (found[-1].value.iso3,) if found else ()

    def _sentence_so_far(self, place: int) -> str:
        paragraph = self._article.paragraphs[self._article.paragraph_of(max(place, 0))]
        return _SENTENCE_BREAK.split(self._article.text[paragraph.start : max(place, 0)])[-1]

    def sentence_before(self, place: int) -> str:
        """The sentence before the one at `place`, in the same paragraph; empty where there is none."""
        paragraph = self._article.paragraphs[self._article.paragraph_of(max(place, 0))]
        sentences = _SENTENCE_BREAK.split(self._article.text[paragraph.start : max(place, 0)])
        return sentences[-2] if len(sentences) > 1 else ""


def dateline_country(article: Article) -> str | None:
    """ISO code of the dateline's city, or of the office whose letterhead stands above the text.

    None where the city hosts organisations of many states, or is not known.
    """
    if article.dateline is None or not article.dateline.place:
        return _letterhead_country(article)
    for place in article.dateline.place.split("/"):
        if place.strip() in INTERNATIONAL_SEATS:
            return None
        if naming := state(place.strip(), article.published):
            return naming.iso3
    return None


def _letterhead_country(article: Article) -> str | None:
    """ISO code of the state of a letterhead (`Prime Minister's Office`) on top, or of a dateline behind the lead."""
    for line in article.header[:_LETTERHEAD_LINES]:
        if _LETTERHEAD.match(line) and len(line.split()) <= _LONGEST_LETTERHEAD:
            named = [found.value for found in states_in(line, today=article.published) if found.value.kind != "city"]
            return named[0].iso3 if named else None
    for paragraph in article.paragraphs[:_LETTERHEAD_LINES]:
        signed = _PLACE_AND_AGENCY.match(article.text, *paragraph)
        if signed and (naming := state(signed["place"], article.published)):
            return naming.iso3
    return None
