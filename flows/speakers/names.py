"""Personal names: which tokens can belong to one, and the shapes they take."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.articles.article import Span
from flows.speakers.places import medium, organization, state
from flows.speakers.titles import Gender, first_names, honorifics, title
from flows.statements.cues import lexicon

_TOKEN = re.compile(r"[\w][\w’'.\-]*[\w.]|\w|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s$")
_DOTTED = re.compile(r"(?:\w\.)+$")

PARTICLES = frozenset(
    "de da do dos das del della di du des van von der den ten ter bin bint ibn al el la le af av zu zum y e ben abu "
    "ould mint ag und st".split()
)
_ARABIC_PREFIX = re.compile(r"^(?:al|el|as|ash|an|ad|ar|at|az)[-’'](?=\w{3})", re.IGNORECASE)
_ARABIC_ARTICLE = re.compile(r"(?:al|el|as|ash|an|ad|ar|at|az|ul|ur)[-’']\w", re.IGNORECASE)

# Capitalised words that open sentences or stand in headlines and titles but never in a name.
_NEVER = frozenset(
    "the a an in on at of for to by with from and but or as his her its their this that these those he she it they "
    "we i according after before during while when where who which what why how if not no yes also speaking asked "
    "earlier later meanwhile however monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december today yesterday tomorrow both such is was "
    "are were has have mr mrs ms dr former acting deputy vice first second senior special permanent foreign prime "
    "minister ministry department government parliament embassy mission council committee commission union party "
    "office army force forces security general assembly agency news bank court university institute center centre "
    "affairs defense defence state republic statement readout briefing conference press joint remarks "
    "secretariat directorate inspectorate association society academy foundation federation organization organisation "
    "authority corporation confederation over against amid about through under into without between upon until among "
    "despite regarding toward towards across beyond within via onto".split()
)


# Parts of names that look like common words: `Bui The Khai`, `Pham Hoai An`.
COMMON_LOOKING_NAMES = frozenset(("He", "An", "So", "No", "Her", "Mr", "The", "In", "On", "To"))


class Token(NamedTuple):
    """A word or mark with its place in the text."""

    text: str
    span: Span


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words (hyphens, apostrophes and dotted initials kept) and marks of `text[start:end]`.

    A full stop is part of a word only in initials, acronyms and forms of address.
    """
    end = len(text) if end is None else end
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word, begin = match.group(), match.start()
        word = _POSSESSIVE.sub("", word) or word
        if len(word) > 1 and word.endswith(".") and not _keeps_stop(word):
            word = word.rstrip(".")
        found.append(Token(word, Span(begin, begin + len(word))))
    return found


def _keeps_stop(word: str) -> bool:
    return bool(_DOTTED.fullmatch(word)) or word.rstrip(".").lower() in honorifics() or word in ("Jr.", "Sr.", "St.")


def is_name_word(word: str) -> bool:
    """Whether `word` can be a part of a name by its shape: capitalised, no common word, no state, no title."""
    bare = word.rstrip(".")
    if _ARABIC_ARTICLE.match(word):
        return True
    if not bare or not bare[0].isupper() or bare.lower() in _NEVER:
        return False
    naming = state(word)
    if naming is not None and naming.kind in ("name", "adjective", "people") and bare.lower() not in first_names():
        return False
    if bare.endswith("s") and bare.lower() in lexicon() and bare.lower() not in first_names():
        return False  # a headline's verb: `Envoy Says`
    return organization(word) is None and medium(word) is None


def is_particle(word: str) -> bool:
    """Whether `word` is a lower-case part of a name, such as `van` or `bin`."""
    return word in PARTICLES


def name_at_end(words: list[Token]) -> int:
    """Index in `words` where the longest name that ends the list begins; its length if there is none."""
    begin = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index].text
        if is_name_word(word) or (index and word in COMMON_LOOKING_NAMES and is_name_word(words[index - 1].text)):
            begin = index
        elif not is_particle(word) or begin == len(words):
            break
    return begin


_LONGEST_ACRONYM = 5


def in_normal_capitals(name: str, *, acronyms: bool = True) -> str:
    """`PIETER VAN AERTSEN` becomes `Pieter van Aertsen`, and `KUROSAWA Michiru` `Kurosawa Michiru`.

    Args:
        name: The name as written.
        acronyms: Whether a short word alone, such as `NATO`, can be one and stays as it is.
    """
    words = name.split()
    spelt_large = [word for word in words if len(word) > 2 and word.isupper() and "." not in word]
    if not spelt_large or (acronyms and len(words) == 1 and len(name) <= _LONGEST_ACRONYM):
        return name
    all_large = all(word.isupper() for word in words)
    return " ".join(_capitalised(word) if all_large or word in spelt_large else word for word in words)


def _capitalised(word: str) -> str:
    if word.lower() in PARTICLES:
        return word.lower()
    parts = re.split(r"([-’'])", word.lower())
    return "".join(part[:1].upper() + part[1:] for part in parts)


def gender_of(name: str, title_words: str = "") -> Gender:
    """Gender told by a form of address, by the title, or by the given name; None where none tells."""
    for word in title_words.split():
        if told := honorifics().get(word.lower().rstrip(".")):
            return told
    for found in (title(title_words),):
        if found and found.gender:
            return found.gender
    for word in name.split():
        if told := honorifics().get(word.lower().rstrip(".")):
            return told
    words = [word.lower() for word in name.split()]
    for word in words[:-1]:
        if told := first_names().get(word):
            return told
    return None


def without_honorifics(name: str) -> str:
    """The name without leading forms of address: `H.E. Mr. Ana Lee` gives `Ana Lee`."""
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in honorifics():
        words = words[1:]
    return " ".join(words)


def names_same_person(short: str, full: str) -> bool:
    """Whether `short` can be a shorter form of `full`: all its words stand in `full`, in order."""
    wanted = [_folded(word) for word in short.split()]
    having = [_folded(word) for word in full.split()]
    at = 0
    for word in having:
        if at < len(wanted) and word == wanted[at]:
            at += 1
    return at == len(wanted)


def _folded(word: str) -> str:
    word = _ARABIC_PREFIX.sub("", word)
    return re.sub(r"[’'.\-]", "", word).casefold()
