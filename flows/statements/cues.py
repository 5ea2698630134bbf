"""The cue lexicon: which words attribute, what complement they take, which of them turn the meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from flows.articles.article import Span
from flows.data import rows

Frame = Literal["clause", "act", "both"]
Sense = Literal["neutral", "belief", "turning", "written"]

# A clause has a finite verb of its own before any relative word opens another one.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|isn|aren|wasn|weren|has|had|have|hasn|hadn|haven|does|did|do|doesn|didn|don|"
    r"will|would|can|could|may|might|must|shall|should|won|wouldn|cannot|couldn|shouldn|ought|needed|"
    r"saw|went|came|took|made|gave|knew|held|kept|left|stood|became|began|met|found|lost|won|paid|sent|built|fell|grew|"
    r"remains|remained|wants|wanted|seems|seemed|planned|hoped|expected)\b(?!\sby\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:which|who|whom|whose|that|where|when|while|if|as|because|so|to)\b|[;:]", re.IGNORECASE)
_LONGEST_SUBJECT = 10
_CONJUNCTION = re.compile(r"(?:that|whether|how|why)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:he|she|they|it|we|I|there|nobody|no one|nothing|everybody|everyone)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon.

    Attributes:
        forms: Inflected forms, the base form first.
        frame: `clause`: takes a clause; `act`: takes a noun phrase, an infinitive or a name with its complement, and
            the statement's text begins at the verb; `both`: the complement decides.
        sense: `turning` verbs (deny, reject) always stay in the text.
    """

    forms: tuple[str, ...]
    frame: Frame
    sense: Sense


UNKNOWN = Cue(("",), "both", "neutral")


@cache
def lexicon() -> dict[str, Cue]:
    """Every inflected form in lower case, with its entry."""
    entries: dict[str, Cue] = {}
    for row in rows("cues"):
        forms = tuple(form.strip().lower() for form in row["forms"].split("|"))
        cue = Cue(forms, cast(Frame, row["frame"]), cast(Sense, row["sense"]))
        for form in forms:
            entries.setdefault(form, cue)
    return entries


@cache
def cue_pattern() -> re.Pattern[str]:
    """A pattern that matches any form of the lexicon as whole words, longest first, in any case."""
    forms = sorted(lexicon(), key=lambda form: (-len(form), form))
    alternatives = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


def look_up(text: str, span: Span) -> tuple[Cue, int]:
    """The entry for the cue words in `span`, and the offset where its verb begins.

    Auxiliaries and adverbs before the verb are passed over: `had repeatedly called` gives the entry of `call`. Words
    that the lexicon lacks give `UNKNOWN` and the beginning of the span.
    """
    matches = list(cue_pattern().finditer(text, span.start, span.end))
    if not matches:
        return UNKNOWN, span.start
    best = max(matches, key=lambda match: (len(match.group().split()), match.start()))
    return lexicon()[" ".join(best.group().lower().split())], best.start()


def is_known(text: str, span: Span) -> bool:
    """Whether a form of the lexicon stands among the cue words in `span`."""
    return cue_pattern().search(text, span.start, span.end) is not None


def is_clause(content: str) -> bool:
    """Whether the complement `content` is a finite clause, judged by its words.

    Example:
        `the plan was dead` is one; `the plan that was dead` and `Peru to sign` are none.
    """
    content = content.lstrip('“"«„ ')
    if _CONJUNCTION.match(content) or _SUBJECT.match(content):
        return True
    finite = _FINITE.search(content)
    if finite is None:
        return False
    if len(content[: finite.start()].split()) > _LONGEST_SUBJECT:
        return False
    relative = _RELATIVE.search(content)
    return relative is None or finite.start() < relative.start()
