"""The day on which a statement was made: a phrase beside the cue, the occasion's day, the dateline, publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flows.articles.article import Article, Span
from flows.dates.words import DAY, MONTHS, complete, day_and_month, full_date
from flows.statements.statement import Statement

Precision = Literal["day", "month", "year"]
Basis = Literal["phrase", "dateline", "published", "unknown"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WEEKDAY = re.compile(rf"\b(?P<last>last\s+)?(?P<day>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_DAY = re.compile(rf"\b{DAY}", re.IGNORECASE)
_MONTH_ONLY = re.compile(
    rf"\b[Ii]n\s+(?:early\s+|late\s+|mid-)?(?P<month>{'|'.join(name for name in MONTHS if len(name) > 3)})\b(?:\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"\b[Ii]n\s+(?P<year>(?:19|20)\d\d)\b")
_RELATIVE = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|seven)\s+days?\s+(?P<way>later|earlier|ago)\b", re.IGNORECASE
)
_YESTERDAY = re.compile(r"\byesterday\b", re.IGNORECASE)
_UNKNOWN_PAST = re.compile(r"\b(?:earlier|previously|in the past|before that|long ago|recently)\b", re.IGNORECASE)
_RELATIVE_CLAUSE = re.compile(r",\s+(?:which|who|where|whose)\b[^,]*,?")
_EARLIER_THIS = re.compile(r"\bearlier\s+(?:today|in the day|on)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have)\b(?!\s+to\b)", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:spoke|met|meets|held|hosted|traveled|travelled|convened|visited|received|called|participated)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    rf"(?P<day>(?i:{DAY}))\s+(?P<event>meeting|summit|session|talks|conference|debate|briefing|speech|address)\s+(?:of|at|in|with)\s+(?:the\s+)?(?P<body>[A-Z][\w.]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w.]*){{0,4}})"
)
_AT_EVENT = re.compile(r"\b(?:during|at|addressing|in)\b[^.,;]*?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as well as it is known.

    Attributes:
        day: The day; the first day of the month or year where only that is known; None where nothing is.
        precision: How much of it is known; None without a day.
        basis: What it rests on.
    """

    day: date | None
    precision: Precision | None
    basis: Basis


UNKNOWN_DAY = Day(None, None, "unknown")


def days_of(
    article: Article, statements: Sequence[Statement], sentences: Sequence[Span], same_speaker: Sequence[bool]
) -> list[Day]:
    """The day of each statement, in order; a pure function.

    A day named beside the cue wins; further sentences of the same speaker keep it. `Earlier` without a day and the
    present perfect (`has repeatedly called`) leave it unknown. Everything else has the day of the occasion that opens
    the story, of the dateline, or of publication.

    Args:
        article: The article; its published day completes weekdays and days without a year.
        statements: Its statements, in order.
        sentences: Spans of all sentences of the article's text.
        same_speaker: For each statement, whether its speaker is the one of the statement before.
    """
    usual = _usual_day(article, statements, sentences)
    said = [piece for statement in statements for piece in statement.pieces]
    days: list[Day] = []
    for index, statement in enumerate(statements):
        named = _named_day(article, statement, sentences, said, usual, first=index == 0)
        if named is None and index and same_speaker[index] and days[-1].basis in ("phrase", "unknown"):
            near = statement.source is None or "\n" not in article.text[statements[index - 1].start : statement.start]
            named = days[-1] if near or days[-1].basis == "phrase" else None
        days.append(named or usual)
    return days


def _usual_day(article: Article, statements: Sequence[Statement], sentences: Sequence[Span]) -> Day:
    default = UNKNOWN_DAY
    if article.published:
        default = Day(article.published, "day", "published")
    if article.dateline and article.dateline.day:
        default = Day(article.dateline.day, "day", "dateline")
    if sentences and default.day and _OCCASION.search(lead := sentences[0].of(article.text)):
        if not any(sentences[0].overlaps(statement.pieces[0]) for statement in statements):
            return _phrase_day(lead, default.day) or default
    return default


def _named_day(
    article: Article,
    statement: Statement,
    sentences: Sequence[Span],
    said: Sequence[Span],
    usual: Day,
    *,
    first: bool,
) -> Day | None:
    """The day that the words around the cue name; None where they name none."""
    if statement.quotation_type == "transcript" or usual.day is None:
        return None
    around = _beside(article.text, statement, sentences, said)
    if named := _phrase_day(around, usual.day):
        return named
    if event := _event_day(article, around, usual.day):
        return event
    cue = statement.cue.of(article.text) if statement.cue else ""
    attribution = _attribution_words(article.text, statement)
    if _UNKNOWN_PAST.search(around) and not _EARLIER_THIS.search(around):
        return UNKNOWN_DAY
    if not first and (_PERFECT.search(cue) or _PERFECT.search(attribution)):
        return UNKNOWN_DAY
    return None


def _beside(text: str, statement: Statement, sentences: Sequence[Span], said: Sequence[Span]) -> str:
    """The sentence that holds the cue (or the source), without the words that anybody says in it."""
    anchor = statement.cue or statement.source
    if anchor is None:
        return ""
    around = next((sentence for sentence in sentences if sentence.overlaps(anchor)), anchor)
    words = list(around.of(text))
    for piece in said:
        for at in range(max(piece.start, around.start), min(piece.end, around.end)):
            words[at - around.start] = " "
    return "".join(words)


def _attribution_words(text: str, statement: Statement) -> str:
    """The words between source and cue, in which auxiliaries stand."""
    if statement.cue is None or statement.source is None:
        return ""
    if statement.source.end <= statement.cue.start:
        return text[statement.source.end : statement.cue.end]
    return statement.cue.of(text)


def _phrase_day(words: str, base: date) -> Day | None:
    """The day that `words` name, reckoned from `base`: full date, day and month, weekday, relative, month, year."""
    if whole := full_date(words):
        return Day(whole, "day", "phrase")
    if (match := _DAY.search(words)) and (named := day_and_month(match.group())):
        day = complete(named[0], named[1], base)
        return Day(day, "day", "phrase") if day else None
    if match := _WEEKDAY.search(words):
        return Day(_last_weekday(match["day"], base, before=bool(match["last"])), "day", "phrase")
    if _YESTERDAY.search(words):
        return Day(base - timedelta(days=1), "day", "phrase")
    if match := _RELATIVE.search(words):
        days = _NUMBERS[match["count"].lower()]
        return Day(base + timedelta(days=days if match["way"].lower() == "later" else -days), "day", "phrase")
    return _coarse_day(words, base)


def _coarse_day(words: str, base: date) -> Day | None:
    """A month or a year named alone."""
    words = _RELATIVE_CLAUSE.sub(" ", words)
    if match := _MONTH_ONLY.search(words):
        month = MONTHS[match["month"].lower()]
        year = int(match["year"]) if match["year"] else base.year - (month > base.month)
        return Day(date(year, month, 1), "month", "phrase")
    if (match := _YEAR_ONLY.search(words)) and int(match["year"]) <= base.year:
        return Day(date(int(match["year"]), 1, 1), "year", "phrase")
    return None


def _last_weekday(name: str, base: date, *, before: bool) -> date:
    """The nearest such day not after `base`; with `last`, before it."""
    back = (base.weekday() - _WEEKDAYS.index(name.lower())) % 7
    return base - timedelta(days=back or (7 if before else 0))


def _event_day(article: Article, around: str, base: date) -> Day | None:
    """`During his speech at the UN Security Council`, where the story dates that body's meeting elsewhere."""
    if not around:
        return None
    for match in _EVENT.finditer(article.text):
        body = match["body"].split()
        keys = {" ".join(body), " ".join(body[-2:])}
        if any(
            re.search(rf"\b(?:during|at|addressing)\b[^.;]*{re.escape(key)}", around, re.IGNORECASE) for key in keys
        ):
            if named := day_and_month(match["day"]):
                day = complete(named[0], named[1], base)
                return Day(day, "day", "phrase") if day else None
    return None
