"""Spellings of one name: diacritics, apostrophes and ways of transliteration folded away."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

_ARTICLE = re.compile(r"(?<!\w)(?:al|el|as|ash|an|ad|ar|at|az)-(?=\w)")
_MARKS = re.compile(r"['’ʻ`.,]")
_SUFFIXES = frozenset(("jr", "sr"))
_SHORT = 3
_LONG_ENOUGH_TO_VARY = 5
_ALIKE = 70

# Each turns ways of writing one sound into one; the order matters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^y(?=e)", ""),
        (r"y", "i"),
        (r"i+j?$", "i"),
        (r"ks", "x"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"dj", "j"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouh]")


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """The name in lower-case ASCII, without marks; hyphens part words, an Arabic article before a hyphen goes.

    Example:
        `Željka Cvijanović` gives `zeljka cvijanovic`, `Kim Jong-un` gives `kim jong un`.
    """
    plain = _MARKS.sub("", anyascii(name).lower())
    words = re.split(r"[\s\-]+", _ARTICLE.sub("", plain))
    return " ".join(word for word in words if word and word not in _SUFFIXES)


@lru_cache(maxsize=100_000)
def sounded(name: str) -> str:
    """The folded name with ways of transliteration made one; words of three letters or fewer stay as they are.

    Example:
        `Sergey Lavrov` and `Sergei Lavrov` both give `sergei lavrov`.
    """
    return " ".join(word if len(word) <= _SHORT else _sound(word) for word in folded(name).split())


@lru_cache(maxsize=100_000)
def consonants(name: str) -> str:
    """The sounded name without vowels, but for the first letter of each word: a key under which variants meet."""
    return " ".join(word[0] + _VOWELS.sub("", word[1:]) for word in sounded(name).split())


def are_variants(one: str, other: str) -> bool:
    """Whether two full names differ only in transliteration, as `Mohammed Salem` and `Muhammad Salem` do.

    At least one word is the same in both; another may differ in its inner vowels, if it has five letters or more.
    """
    pairs = list(zip(sounded(one).split(), sounded(other).split(), strict=False))
    if len(sounded(one).split()) != len(sounded(other).split()) or len(pairs) < 2:
        return False
    equal = [a == b for a, b in pairs]
    return any(equal) and all(same or _is_variant(a, b) for same, (a, b) in zip(equal, pairs, strict=True))


def _is_variant(one: str, other: str) -> bool:
    long_enough = min(len(one), len(other)) >= _LONG_ENOUGH_TO_VARY
    edges = one[:1] == other[:1] and one[-1:] == other[-1:]
    return long_enough and edges and consonants(one) == consonants(other) and fuzz.ratio(one, other) >= _ALIKE


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
