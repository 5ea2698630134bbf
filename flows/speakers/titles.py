"""Words of office: heads of titles, words that refer back to an office, forms of address."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from flows.data import rows
from flows.phrases import Found, PhraseIndex

Gender = Literal["m", "f"] | None


class Title(NamedTuple):
    """A head of titles: `foreign minister`.

    Attributes:
        head: The head in the singular, in lower case.
        category: Kind of office, one of `schema.ROLE_CATEGORIES`.
        gender: m or f where the word itself tells.
        plural: Whether the form found is the plural.
    """

    head: str
    category: str
    gender: Gender
    plural: bool


# Words that name nobody in particular: alone they are an unnamed source, never somebody's title.
GENERIC_HEADS = frozenset(
    "official source diplomat expert analyst aide insider lawmaker observer politician leader head chief member "
    "adviser advisor researcher historian economist scholar witness correspondent".split()
)


@cache
def _titles() -> PhraseIndex[Title]:
    forms = []
    for row in rows("titles"):
        gender = _gender(row["gender"])
        forms.append((row["head"], Title(row["head"].lower(), row["category"], gender, plural=False)))
        if row["plural"]:
            forms.append((row["plural"], Title(row["head"].lower(), row["category"], gender, plural=True)))
    return PhraseIndex(forms, ignore_case=True)


def titles_in(text: str, start: int = 0, end: int | None = None) -> list[Found[Title]]:
    """All title heads in `text[start:end]`, longest first at each place, in order."""
    return _titles().find(text, start, end)


def title(form: str) -> Title | None:
    """The title head that exactly `form` is, None if it is none."""
    return _titles().get(form)


@cache
def _role_nouns() -> dict[str, frozenset[str]]:
    return {row["noun"].lower(): frozenset(row["categories"].split("|")) for row in rows("role_nouns")}


def categories_meant(noun: str) -> frozenset[str]:
    """Kinds of office to which a word such as `diplomat` or `leader` can refer back; empty for other words."""
    return _role_nouns().get(noun.lower(), frozenset())


@cache
def honorifics() -> dict[str, Gender]:
    """Forms of address in lower case without their full stop, with the gender that they tell."""
    return {row["form"].lower().rstrip("."): _gender(row["gender"]) for row in rows("honorifics")}


@cache
def titles_of_address() -> dict[str, str]:
    """Forms of address that tell a title, in lower case without their full stop: `lt. gen` is a general."""
    return {row["form"].lower().rstrip("."): row["title"] for row in rows("honorifics") if row["title"]}


@cache
def first_names() -> dict[str, Gender]:
    """Given names in lower case, with the gender that they tell in general use."""
    return {row["name"].lower(): _gender(row["gender"]) for row in rows("first_names")}


def _gender(cell: str) -> Gender:
    return "m" if cell == "m" else "f" if cell == "f" else None
