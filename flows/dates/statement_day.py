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
from flows.statements.whole import METHOD as WHOLE

Precision = Literal["day", "month", "year"]
Basis = Literal["phrase", "dateline", "published", "unknown"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WEEKDAY = re.compile(rf"\b(?P<last>last\s+)?(?P<day>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_DAY = re.compile(rf"\b{DAY}", re.IGNORECASE)
_MONTHS = "|".join(name for name in MONTHS if len(name) > 3)
_MONTH_ONLY = re.compile(
    rf"\b[Ii]n\s+(?:early\s+|late\s+|mid-)?(?P<month>{_MONTHS})\b(?:\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE
)
_YEAR_ONLY = re.compile(r"\b[Ii]n\s+(?P<year>(?:19|20)\d\d)\b")
_RELATIVE = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|seven)\s+days?\s+(?P<way>later|earlier|ago)\b", re.IGNORECASE
)
_YESTERDAY = re.compile(r"\byesterday\b", re.IGNORECASE)
_UNKNOWN_PAST = re.compile(
    r"\b(?:earlier|recent|previously|in the past|before that|long ago|recently)\b", re.IGNORECASE
)
_RELATIVE_CLAUSE = re.compile(r",\s+(?:which|who|where|whose)\b[^,]*,?")
_QUESTION = re.compile(r"^\s*(?:when\s+)?asked\s[^,]*,", re.IGNORECASE)
_EARLIER_THIS = re.compile(r"\bearlier\s+(?:today|in the day|on)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had)\b(?!\s+to\b)", re.IGNORECASE)
_LAST = re.compile(r"\blast\s+(?P<unit>week|month|year)\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:said|told|added|warned|insisted)\s+(?:then|at the time)\b|\bat the time\b", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:spoke|met|meets|held|hosted|traveled|travelled|convened|visited|received|called|participated)\b",
    re.IGNORECASE,
)
_FOLLOWING_DAY = re.compile(r"\b(?:the\s+(?:following|next)\s+day|a\s+day\s+later)\b", re.IGNORECASE)
_LEAD_PARAGRAPHS = 3
_LONGEST_DATE_LINE = 80
_AUXILIARIES = 3
_LONGEST_DELAY = timedelta(days=14)
_EVENT = re.compile(
    rf"(?P<day>(?i:{DAY}))\s+(?P<event>meeting|summit|session|talks|conference|debate|briefing|speech|address)\s+(?:of|at|in|with)\s+(?:the\s+)?(?P<body>[A-Z][\w.]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w.]*){{0,4}})"
)


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
    article: Article,
    statements: Sequence[Statement],
    sentences: Sequence[Span],
    same_speaker: Sequence[bool],
    sides: Sequence[str | None] = (),
) -> list[Day]:
    """The day of each statement, in order; a pure function.

    A day named beside the cue wins; further sentences of the same speaker keep it. `Earlier` without a day and the
    present perfect (`has repeatedly called`) leave it unknown, but a lead in the perfect has the day that the body
    names for the same side. Everything else has the day of the occasion that opens the story, of the dateline, or of
    publication.

    Args:
        article: The article; its published day completes weekdays and days without a year.
        statements: Its statements, in order.
        sentences: Spans of all sentences of the article's text.
        same_speaker: For each statement, whether its speaker is the one of the statement before.
        sides: For each statement, the states spoken for; empty where nobody knows.
    """
    scene = _Scene(
        article.text,
        sentences,
        statements,
        [piece for statement in statements for piece in statement.pieces],
        usual := _usual_day(article, statements, sentences),
        _events(article.text, usual),
    )
    days: list[Day] = []
    for index, statement in enumerate(statements):
        named = _named_day(scene, statement, lead=index == 0)
        if index:
            named = _reckoned(scene, statement, days[-1], named) or _kept(scene, index, days[-1], same_speaker[index])
        days.append(named or usual)
    return [_day_of_lead(scene, index, days, sides) or day for index, day in enumerate(days)]


def _reckoned(scene: _Scene, statement: Statement, before: Day, named: Day | None) -> Day | None:
    """`Warned the following day`, `said then`: reckoned from the day of the statement before."""
    around = _beside(scene, statement)
    past = before.day if before.day and scene.usual.day and before.day < scene.usual.day else None
    if past and _FOLLOWING_DAY.search(around):
        return Day(past + timedelta(days=1), "day", "phrase") if before.precision == "day" else before
    return before if named is None and _THEN.search(around) else named


def _kept(scene: _Scene, index: int, before: Day, same_speaker: bool) -> Day | None:
    """The day of the statement before, which a speaker who goes on keeps."""
    statement = scene.statements[index]
    if not same_speaker or before.basis not in ("phrase", "unknown"):
        return None
    near = statement.source is None or "\n" not in scene.text[scene.statements[index - 1].start : statement.start]
    return before if near or before.basis == "phrase" else None


def _day_of_lead(scene: _Scene, index: int, days: Sequence[Day], sides: Sequence[str | None]) -> Day | None:
    """A lead in the perfect tense has the day that the body names for a statement of the same side."""
    statement = scene.statements[index]
    opens = scene.text.count("\n\n", 0, statement.start) < _LEAD_PARAGRAPHS
    if not sides or not sides[index] or not opens or days[index].basis == "phrase":
        return None
    if not _is_perfect(scene, statement):
        return None
    bodies = (day for side, day in zip(sides[index + 1 :], days[index + 1 :], strict=True) if side == sides[index])
    return next((day for day in bodies if day.basis == "phrase" and day.precision == "day"), None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is the same for all statements of an article.

    Attributes:
        text: The article's text.
        sentences: All its sentences.
        statements: Its statements.
        said: All their pieces.
        usual: The day of a statement beside which no day is named.
        events: Names of bodies whose meeting the story dates, with that day.
    """

    text: str
    sentences: Sequence[Span]
    statements: Sequence[Statement]
    said: Sequence[Span]
    usual: Day
    events: Sequence[tuple[frozenset[str], Day]]


def _events(text: str, usual: Day) -> list[tuple[frozenset[str], Day]]:
    """Meetings that the story dates: `the February 8 meeting of the UN Security Council`."""
    found = []
    for match in _EVENT.finditer(text) if usual.day else ():
        named = day_and_month(match["day"])
        day = complete(named[0], named[1], usual.day) if named and usual.day else None
        if day:
            words = match["body"].split()
            found.append((frozenset((" ".join(words), " ".join(words[-2:]))), Day(day, "day", "phrase")))
    return found


def _usual_day(article: Article, statements: Sequence[Statement], sentences: Sequence[Span]) -> Day:
    default = UNKNOWN_DAY
    if article.published:
        default = Day(article.published, "day", "published")
    if article.dateline and article.dateline.day:
        default = Day(article.dateline.day, "day", "dateline")
    elif day := _day_of_record(article, statements):
        default = Day(day, "day", "phrase")
    if not sentences or default.day is None or any(sentences[0].overlaps(each.pieces[0]) for each in statements):
        return default
    lead = sentences[0].of(article.text)
    return (_phrase_day(lead, default.day) if _OCCASION.search(lead) else None) or default


def _day_of_record(article: Article, statements: Sequence[Statement]) -> date | None:
    """The day that the head of a record or of remarks names in a line of its own: `Santiago, March 7, 2022`.

    The preface of a whole statement (`issued on March 7, 2022, by ...`) names it too. A day after publication, or long
    before it, is not that of the occasion.
    """
    prefaced = bool(statements) and statements[0].method == WHOLE
    preface = [article.text[: statements[0].start]] if prefaced else []
    for line in (*preface, *article.header):
        day = full_date(line) if line in preface or len(line) <= _LONGEST_DATE_LINE else None
        if day and article.published and timedelta(0) <= article.published - day <= _LONGEST_DELAY:
            return day
    return None


def _named_day(scene: _Scene, statement: Statement, *, lead: bool) -> Day | None:
    """The day that the words around the cue name; None where they name none."""
    if statement.quotation_type == "transcript" or scene.usual.day is None:
        return None
    around = _beside(scene, statement)
    named = _phrase_day(around, scene.usual.day) or _event_day(scene, around)
    if named and named.day and named.day <= scene.usual.day + timedelta(days=1):
        return named  # a day to come is when something will happen, not when it was said
    past = _UNKNOWN_PAST.search(around) and not _EARLIER_THIS.search(around)
    return UNKNOWN_DAY if past or (not lead and _is_perfect(scene, statement)) else None


def _is_perfect(scene: _Scene, statement: Statement) -> bool:
    """`has said`, `had repeatedly complained`."""
    cue = statement.cue.of(scene.text) if statement.cue else ""
    return bool(_PERFECT.search(cue) or _PERFECT.search(_attribution_words(scene, statement)))


def _beside(scene: _Scene, statement: Statement) -> str:
    """The sentence that holds the cue (or the source), without what anybody says or asks in it."""
    anchor = statement.cue or statement.source
    if anchor is None:
        return ""
    around = next((sentence for sentence in scene.sentences if sentence.overlaps(anchor)), anchor)
    words = list(_reporters_words(scene, around))
    own = [part for part in (statement.cue, statement.source) if part]
    for other in scene.statements:
        region = _attribution(other) if other.source != statement.source else None
        if region and around.covers(region) and not any(region.overlaps(part) for part in own):
            words[region.start - around.start : region.end - around.start] = " " * (region.end - region.start)
    return _QUESTION.sub("", "".join(words))


def _attribution(statement: Statement) -> Span | None:
    """From the source over the cue to the words said; None where the words come first or a part is missing."""
    if statement.source is None or statement.cue is None or statement.start < statement.cue.end:
        return None
    return Span(min(statement.source.start, statement.cue.start), statement.start)


def _attribution_words(scene: _Scene, statement: Statement) -> str:
    """The last words between source and cue, in which auxiliaries stand, and the cue."""
    if statement.cue is None or statement.source is None:
        return ""
    if statement.source.end <= statement.cue.start:
        words = _RELATIVE_CLAUSE.sub(" ", _reporters_words(scene, Span(statement.source.end, statement.cue.end)))
        return " ".join(words.split()[-_AUXILIARIES - len(statement.cue.of(scene.text).split()) :])
    return statement.cue.of(scene.text)


def _reporters_words(scene: _Scene, around: Span) -> str:
    """The words of `around` without those that anybody says, which spaces stand for."""
    words = list(around.of(scene.text))
    for piece in scene.said:
        for at in range(max(piece.start, around.start), min(piece.end, around.end)):
            words[at - around.start] = " "
    return "".join(words)


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
    if match := _LAST.search(words):
        return _last(match["unit"].lower(), base)
    if match := _MONTH_ONLY.search(words):
        month = MONTHS[match["month"].lower()]
        year = int(match["year"]) if match["year"] else base.year - (month > base.month)
        return Day(date(year, month, 1), "month", "phrase")
    if (match := _YEAR_ONLY.search(words)) and int(match["year"]) <= base.year:
        return Day(date(int(match["year"]), 1, 1), "year", "phrase")
    return None


def _last(unit: str, base: date) -> Day:
    """`Last week` and `last month` are known to the month, `last year` to the year."""
    if unit == "year":
        return Day(date(base.year - 1, 1, 1), "year", "phrase")
    before = base - timedelta(days=7) if unit == "week" else base.replace(day=1) - timedelta(days=1)
    return Day(before.replace(day=1), "month", "phrase")


def _last_weekday(name: str, base: date, *, before: bool) -> date:
    """The nearest such day not after `base`; with `last`, before it."""
    back = (base.weekday() - _WEEKDAYS.index(name.lower())) % 7
    return base - timedelta(days=back or (7 if before else 0))


def _event_day(scene: _Scene, around: str) -> Day | None:
    """`During his speech at the UN Security Council`, where the story dates that body's meeting elsewhere."""
    for names, day in scene.events:
        for name in names:
            if re.search(rf"\b(?:during|at|addressing)\b[^.;]*{re.escape(name)}", around, re.IGNORECASE):
                return day
    return None
