"""Who held which office on which day, by `flows/data/officials.csv` and a table of the user's own.

The shipped table knows its open terms up to `KNOWN_UNTIL`; on later days it says nothing of them. An open term in a
user's table has no end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Final

from flows.data import rows
from flows.schema import ROLE_CATEGORIES
from flows.speakers.spelling import are_variants, consonants, folded, sounded
from flows.speakers.terms import Official, OfficialsError, parse
from flows.speakers.titles import Gender, first_names

KNOWN_UNTIL: Final = date(2025, 6, 30)
"""The last day on which the open terms of the shipped table are known to have run on."""

_SHORTEST_UNUSUAL: Final = 4


@dataclass(frozen=True, slots=True)
class Hints:
    """What an article itself says of a person.

    Attributes:
        countries: ISO codes of the states that its own words give the person.
        organization: Organisation that they give.
        category: Kind of the office that they give.
        heads: Heads of that office's title, in lower case.
        gender: Gender that they tell.
        named: Codes of the states and organisations named anywhere in the article.
    """

    countries: frozenset[str] = frozenset()
    organization: str | None = None
    category: str | None = None
    heads: tuple[str, ...] = ()
    gender: Gender = None
    named: frozenset[str] = frozenset()


NO_HINTS: Final = Hints()


@dataclass(frozen=True)
class Officials:
    """A table of officials, never changed once made.

    Attributes:
        terms: Its rows; where two name one person, the spelling of the first counts.
    """

    terms: tuple[Official, ...]

    def holder(self, name: str, day: date, hints: Hints = NO_HINTS) -> Official | None:
        """The term of the one official whom `name` can mean on `day`; None where nobody or several are meant.

        A full name needs no support by the article, unless its surname is common; neither does an unusual surname
        alone. Words of the article that speak against an official rule them out.

        Args:
            name: Full name, another spelling of it, or bare surname.
            day: Day of the article.
            hints: What the article says of the person.
        """
        found = [term for term in self._named(name) if term.in_office(day) and _agrees(term, hints)]
        chosen = _of_one_person(found, hints)
        if not chosen or not (_is_unusual(name) or chosen[0].speaks_for in hints.named | hints.countries):
            return None
        return min(chosen, key=lambda term: _rank(term, hints))

    def person(self, name: str, codes: Collection[str]) -> Official | None:
        """A term of the one person with this full name who ever spoke for one of `codes`; None for nobody or several.

        Args:
            name: Full name or another spelling of it.
            codes: Codes of states and organisations.
        """
        found = [term for term in self._full(name) if term.speaks_for in codes]
        return found[0] if len({sounded(term.name) for term in found}) == 1 else None

    def _named(self, name: str) -> Sequence[Official]:
        return self._full(name) or self._short_forms.get(folded(name), ())

    def _full(self, name: str) -> Sequence[Official]:
        for spelt in dict.fromkeys((name, _without_initials(name))):
            if exact := self._full_names.get(_run_together(spelt)):
                return exact
        near = self._near_names.get(consonants(name), ())
        return tuple(term for spelling, term in near if are_variants(name, spelling))

    @cached_property
    def _full_names(self) -> Mapping[str, tuple[Official, ...]]:
        return _indexed(self.terms, lambda term: {_run_together(name) for name in _full_forms(term)})

    @cached_property
    def _near_names(self) -> Mapping[str, tuple[tuple[str, Official], ...]]:
        index: dict[str, list[tuple[str, Official]]] = defaultdict(list)
        for term in self.terms:
            for name in _full_forms(term):
                index[consonants(name)].append((name, term))
        return {key: tuple(found) for key, found in index.items()}

    @cached_property
    def _short_forms(self) -> Mapping[str, tuple[Official, ...]]:
        return _indexed(self.terms, lambda term: {folded(form) for form in term.surnames})


@cache
def shipped() -> Officials:
    """The table that comes with the package."""
    file = resources.files("flows.data") / "officials.csv"
    return Officials(parse(file.read_text(encoding="utf-8"), "officials.csv", KNOWN_UNTIL))


def with_own(path: Path | None) -> Officials:
    """The shipped table with the rows of the user's table before it.

    Args:
        path: CSV with the columns of `officials.csv`; None for the shipped table alone.

    Raises:
        OfficialsError: The file cannot be read, or a row is wrong.
    """
    if path is None:
        return shipped()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OfficialsError(f"{path}: cannot be read as UTF-8 ({error}); see the setting officials") from error
    return Officials((*parse(text, str(path), date.max), *shipped().terms))


def _full_forms(term: Official) -> tuple[str, ...]:
    return (term.name, *term.aliases)


def _indexed(terms: Iterable[Official], keys: Callable[[Official], Iterable[str]]) -> dict[str, tuple[Official, ...]]:
    index: dict[str, list[Official]] = defaultdict(list)
    for term in terms:
        for key in keys(term):
            index[key].append(term)
    return {key: tuple(found) for key, found in index.items()}


def _run_together(name: str) -> str:
    """`Kim Jong-un`, `Kim Jong Un` and `Kim Jongun` are one."""
    return sounded(name).replace(" ", "")


def _without_initials(name: str) -> str:
    words = name.split()
    return " ".join(word for index, word in enumerate(words) if index == 0 or len(word.rstrip(".")) > 1)


def _agrees(term: Official, hints: Hints) -> bool:
    """Whether nothing that the article says of the person speaks against the official."""
    if hints.countries and term.country not in hints.countries:
        return False
    if hints.organization and term.organization != hints.organization:
        return False
    if hints.gender and term.gender and hints.gender != term.gender:
        return False
    return hints.category is None or _same_office(term, hints)


def _same_office(term: Official, hints: Hints) -> bool:
    """Whether the article's title can be the official's: of the same kind, or a part of its words."""
    words = set(re.findall(r"\w+", term.role.lower()))
    return hints.category == term.role_category or any(set(re.findall(r"\w+", head)) <= words for head in hints.heads)


def _of_one_person(found: Sequence[Official], hints: Hints) -> Sequence[Official]:
    """The terms if all are one person's; of several people those of the one whom the article's words point to."""
    narrowings: tuple[Callable[[Official], bool], ...] = (
        lambda term: True,
        lambda term: hints.category is not None and _same_office(term, hints),
        lambda term: term.speaks_for in hints.named,
    )
    for fits in narrowings:
        chosen = [term for term in found if fits(term)]
        if len({_identity(term) for term in chosen}) == 1:
            return chosen
    return ()


def _identity(term: Official) -> tuple[str, str]:
    """Two of one name at one time are two people if they speak for different states or organisations."""
    return sounded(term.name), term.speaks_for


def _rank(term: Official, hints: Hints) -> tuple[bool, int]:
    """Of two offices of one person, that which the article names counts, then the highest."""
    return term.role_category != hints.category, ROLE_CATEGORIES.index(term.role_category)


def _is_unusual(name: str) -> bool:
    """Whether a name alone points to somebody known: no common surname, and alone no given name or short word."""
    words = folded(name).split()
    last = words[-1] if words else ""
    if last in _common_surnames() or (words and words[0] in _common_surnames() and words[0] not in first_names()):
        return False
    return len(words) > 1 or (len(last) >= _SHORTEST_UNUSUAL and last not in first_names())


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(folded(row["name"]) for row in rows("common_surnames"))
