"""The day on which a statement was made: a phrase beside the cue, the occasion's day, the dateline, publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flows.articles.article import Article, Span
from flows.dates.words import DAY, MONTHS, WEEKDAYS, complete, day_and_month, full_date
from flows.statements.statement import Statement
from flows.statements.whole import METHOD as WHOLE

Precision = Literal["day", "month", "year"]
Basis = Literal["phrase", "dateline", "published", "unknown"]

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WEEKDAY = re.compile(rf"\b(?P<last>last\s+)?(?P<day>{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_DAY = re.compile(rf"\b{DAY}", re.IGNORECASE)
_MONTHS = "|".join(name for name in MONTHS if len(name) > 3)
_MONTH_ONLY = re.compile(
    rf"\b[Ii]n\s+(?:early\s+|late\s+|mid-)?(?P<month>{_MONTHS}|may)\b(?:\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE
)
_YEAR_ONLY = re.compile(r"\b[Ii]n\s+(?P<year>(?:19|20)\d\d)\b")
_RELATIVE = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|seven)\s+days?\s+(?P<way>later|earlier|ago)\b", re.IGNORECASE
)
_LONG_AGO = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|seven)\s(?P<unit>week|month|year)s?\s(?:ago|earlier)\b", re.IGNORECASE
)
_EARLIER_IN = re.compile(r"\bearlier\sthis\s(?P<unit>month|year)\b", re.IGNORECASE)
_WEEKEND = re.compile(r"\b(?:over|at|on|during)\sthe\sweekend\b", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(
    r"\b[Oo]n\sthe\s(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b(?=\s*(?:$|[,.]|(?:of\sthis\smonth|that|in|at)\b))"
)
_BEFORE_YESTERDAY = re.compile(r"\b(?:the\s)?day\sbefore\syesterday\b", re.IGNORECASE)
# `Speaking ahead of Friday's talks`: a day to come.
_AHEAD_OF = re.compile(
    r"\b(?:ahead\sof|prior\sto|on\sthe\seve\sof)\s[^,.;]*?\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(r"\b(?:yesterday|last\snight)\b", re.IGNORECASE)
_UNKNOWN_PAST = re.compile(
    r"\b(?:earlier|previously|in the past|before that|long ago|recently|"
    r"recent\s(?:\w+\s)?(?:interviews?|speech(?:es)?|statements?|remarks?|comments?|articles?|letters?|posts?|tweets?|reports?|"
    r"address|briefings?|debates?|editorials?|talks|visits?|calls?|meetings?|days|weeks|months|years|times))\b",
    re.IGNORECASE,
)
# What something came after is no day of speech: `After the launch in April, Peru said ...`.
_SINCE = re.compile(
    r"\b(?:after|following|since|before|until|ahead of|prior to)\s(?:(?!\bsaid\b)[^,.;])*?"
    r"\bin\s(?:early\s|late\s|mid-)?$",
    re.IGNORECASE,
)
_RELATIVE_CLAUSE = re.compile(r",?[\"”’]?\s+(?:which|who|where|whose)\b[^,.]*,?")
# What a speaker did, other than speak, is no day of speech: `a lawmaker who was briefed on Monday`.
_DOING_CLAUSE = re.compile(
    r",?[\"”’]?\s+(?:who|whose)\b(?![^,.]*\b(?:spoke|speaking|said|told|wrote|addressed|met|visited|testified)\b)"
    r"[^,.]*,?"
)
_OPEN_CLAUSE = re.compile(r",[\"”’]?\s+(?:which|who|where|whose)\b[^,.]*$")
_CLAUSE_END = re.compile(r"[,.;]")
_ASKED = re.compile(r"^\s*(?:when\s+)?asked\b", re.IGNORECASE)
# What is asked is left out, not when: `Asked on Tuesday whether ...,`.
_QUESTION = re.compile(
    r"^(?P<when>\s*(?:when\s+)?asked\b[^,]*?)\b(?:whether|if|about|why|how|what|when|where|who|which|for|to)\b[^,]*,",
    re.IGNORECASE,
)
# What is spoken of may be recent; when, that does not tell: `in response to the recent statement`.
_TOPIC = re.compile(
    r"\b(?:regarding|concerning|including|about|over|against|(?:response|referring|reacting|responding)\sto)\s"
    r"(?:(?:the|an?|his|her|its|their|some|media\squer\w+\s\w+\sthe)\s)?recent\b",
    re.IGNORECASE,
)
_IN_A_DOCUMENT = re.compile(
    r"\bin\s(?:an?|the|its|his|her|their)\s(?:\w+\s){0,2}(?:statement|press\srelease|communiqu[eé]|letter|message|tweet|post)\b",
    re.IGNORECASE,
)
_EARLIER_THIS = re.compile(r"\bearlier\s+(?:today|in the day|on)\b", re.IGNORECASE)
_EARLIER_BEHIND_CUE = re.compile(r"(?:earlier|previously|recently)\s", re.IGNORECASE)
_LONGEST_ADVERB = 40
_PERFECT = re.compile(r"\b(?:has|have|had)\b(?!\s+to\b)", re.IGNORECASE)
_LAST = re.compile(r"\blast\s+(?P<unit>week|month|year)\b(?!['’]s)", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:said|told|added|warned|insisted)\s+(?:then|at the time)\b|\bat (?:the|that) time\b", re.IGNORECASE
)
_A_DAY_AFTER = re.compile(r"\b(?P<count>a|one|two|three|four|five|six|seven)\sdays?\safter\s(?:the\s)?$", re.IGNORECASE)
_REMARKS = (
    r"(?:comments?|remarks?|speech|statements?|words|address|interview|announcement|warning|criticism|appeal|claims?)"
)
_SPEECH_OF_MONTH = re.compile(
    rf"\b(?P<month>{_MONTHS})(?:\s(?P<year>(?:19|20)\d\d))?\s(?:article|letter|report|post|{_REMARKS})\b", re.IGNORECASE
)
_DOCUMENT = re.compile(
    r"(?:the|this|that|its)\s(?:\w+\s)?(?P<noun>memorandum|commentary|statement|letter|communiqu[eé]|report|declaration|article|"
    r"editorial|note|message|resolution|document)$",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"(?:has|have)\s(?:(?:also|now|just|today)\s)?(?:announced|unveiled)\b", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:spoke|met|meets|held|hosted|welcomed|traveled|travelled|convened|visited|received|called|participated)\b",
    re.IGNORECASE,
)
_INTERVIEWED = re.compile(r"\b(?:spoke|talked|sat down|was interviewed|met our|answered (?:our|the))\b", re.IGNORECASE)
_FOLLOWING_DAY = re.compile(r"\b(?:the\s+(?:following|next)\s+day|a\s+day\s+later)\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?:\bthe|^)\s+(?:day\s+before|previous\s+day)\b", re.IGNORECASE)
_NEW_TIME = re.compile(
    r"\b(?:in\s+the\s+(?:morning|afternoon|evening)|this\s+(?:morning|afternoon|evening)|overnight|tonight|today|later|now)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"(?!was\b)[a-z]+s\b")
_SAME_DAY = re.compile(r"\b(?:the|that)\s+same\s+day\b", re.IGNORECASE)
_HAVING_SPOKEN = re.compile(
    r"(?:\S+\s){1,3}?(?:(?:spoke|(?:was|were)\s+speaking)\b|made\s+(?:the|his|her|their)\s+(?:remarks?|comments?|statement)\b)"
    r"|(?:The|His|Her|Their|These|Those)\s(?:remarks?|comments?|statement)\s(?:came|was\smade|were\smade)\s(?:late\s)?(?:on|in|at|during)\b"
)
_PERSONAL = re.compile(r"(?:he|she|they)", re.IGNORECASE)
_OPENING = 2
_LEAD_PARAGRAPHS = 3
_LONGEST_DATE_LINE = 80
_AUXILIARIES = 3
_LONGEST_DELAY = timedelta(days=14)
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z]\w*)"
_EVENT = re.compile(
    rf"(?P<day>(?i:{DAY}))\s+(?P<event>meeting|summit|session|talks|conference|debate|briefing|speech|address)\s+"
    rf"(?:of|at|in|with)\s+(?:the\s+)?(?:(?:[a-z]+\s+){{1,3}}(?:of|at|in|on)\s+)?(?P<body>{_WORD}(?:\s+(?:of\s+|the\s+)*{_WORD}){{0,4}})"
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
    names: Sequence[str | None] = (),
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
        names: For each statement, the person or institution that speaks; None for anybody else.
    """
    scene = _Scene(
        article.text,
        sentences,
        statements,
        [piece for statement in statements for piece in statement.pieces],
        (default := _default_day(article, statements)).day,
        usual := _usual_day(article, statements, sentences, default),
        _events(article.text, usual),
    )
    remarks = {name: day for name in set(names) if name and (day := _day_of_remarks(scene, name))}
    days: list[Day] = []
    so_far: dict[str, Day] = {}
    for index, statement in enumerate(statements):
        named = _named_day(scene, statement, lead=index == 0 and article.paragraph_of(statement.start) < _OPENING)
        if index:
            named = _reckoned(scene, statement, days[-1], named)
        named = named or _day_told_before(scene, statement) or _day_told_behind(scene, statement)
        named = named or _day_of_document(scene, index, days) or remarks.get((names[index] if names else None) or "")
        if index and named is None:
            agreed = so_far.get((names[index] if names else None) or "")
            named = _kept(scene, index, days[-1], agreed, same_speaker=same_speaker[index])
        days.append(named or _day_of_scene(article, scene, index, days) or usual)
        if names and (name := names[index]) and days[-1] != UNKNOWN_DAY:
            so_far[name] = days[-1] if so_far.get(name, days[-1]) == days[-1] else UNKNOWN_DAY
    days = [_day_of_lead(scene, index, days, sides) or day for index, day in enumerate(days)]
    return _with_documents_in_the_perfect(scene, days)


def _with_documents_in_the_perfect(scene: _Scene, days: Sequence[Day]) -> list[Day]:
    """The days, one for all that a lead in the perfect reports of one source, and for what `has said in a statement`.

    Example:
        `Peru has condemned the raid and called for talks.`: both on the day of the lead.
    """
    result: list[Day] = []
    for index, (statement, day) in enumerate(zip(scene.statements, days, strict=True)):
        told = day
        if day == UNKNOWN_DAY and statement.source and not _UNKNOWN_PAST.search(_beside(scene, statement)):
            same = index > 0 and scene.statements[index - 1].source == statement.source
            kept = index > 0 and result[-1] != days[index - 1] and not _is_perfect(scene, statement)
            if same or kept:
                told = result[-1]
            elif index and _IN_A_DOCUMENT.search(_beside(scene, statement)):
                told = scene.usual
        result.append(told)
    return result


def _reckoned(scene: _Scene, statement: Statement, before: Day, named: Day | None) -> Day | None:
    """`Warned the following day`, `the day before`, `said then`: reckoned from the day of the statement before."""
    around = _beside(scene, statement)
    past = before.day if before.day and scene.usual.day and before.day < scene.usual.day else None
    if past and _FOLLOWING_DAY.search(around):
        return Day(past + timedelta(days=1), "day", "phrase") if before.precision == "day" else before
    if before.day and before.precision == "day" and _DAY_BEFORE.search(around):
        return Day(before.day - timedelta(days=1), "day", "phrase")
    if named is None and _THEN.search(around):
        return _day_told_before(scene, statement, of_them=True) or before
    return before if named is None and _SAME_DAY.search(around) else named


def _day_of_document(scene: _Scene, index: int, days: Sequence[Day]) -> Day | None:
    """The day on which `the memorandum` came out, where words before say so: `in a memorandum released on Monday`."""
    statement = scene.statements[index]
    found = _DOCUMENT.search(statement.source.of(scene.text)) if statement.source else None
    if found is None:
        return None
    for earlier, day in zip(reversed(scene.statements[:index]), reversed(days), strict=True):
        if _is_named_day(day) and re.search(rf"\b{found['noun']}\b", _beside(scene, earlier), re.IGNORECASE):
            return day
    return None


def _day_of_remarks(scene: _Scene, name: str) -> Day | None:
    """The day that a sentence gives of a person's words: `Vela's comments to lawmakers on Sunday surprised them`.

    Two such days, or a day to come, tell nothing.
    """
    surname = name.rsplit(maxsplit=1)[-1]
    if not any(f"{surname}{mark}" in scene.text for mark in "'’"):
        return None
    remarks = re.compile(rf"\b{re.escape(surname)}(?:['’]s?)\s(?:[\w-]+\s){{0,3}}?{_REMARKS}\b(?P<when>[^.;:]*)")
    owning = (sentence for sentence in scene.sentences if surname in sentence.of(scene.text))
    told = (remarks.search(_reporters_words(scene, sentence)) for sentence in owning)
    days = {_phrase_day(found["when"], scene.today) for found in told if found and scene.today}
    named = [day for day in days if day and _is_named_day(day)]
    return named[0] if len(named) == 1 and named[0].day and scene.today and named[0].day <= scene.today else None


def _day_after(scene: _Scene, statement: Statement) -> Day | None:
    """The day of words in a clause that `a day after` opens: reckoned from the day of the main clause, else today's."""
    if statement.source is None or scene.today is None:
        return None
    sentence = next((each for each in scene.sentences if each.overlaps(statement.source)), None)
    before = scene.text[sentence.start : statement.source.start] if sentence else ""
    found = _A_DAY_AFTER.search(before)
    if found is None:
        return None
    main = _phrase_day(before[: found.start()], scene.today)
    base = main.day if main and main.precision == "day" and main.day else scene.usual.day or scene.today
    return Day(base - timedelta(days=_NUMBERS[found["count"].lower()]), "day", "phrase")


def _kept(scene: _Scene, index: int, before: Day, agreed: Day | None, *, same_speaker: bool) -> Day | None:
    """The day of the speaker's words before, which a speaker who goes on keeps.

    If others have spoken in between, all words so far of the speaker must be of one day that is named.
    """
    statement = scene.statements[index]
    if not same_speaker:
        anew = _says(scene, statement) or _NEW_TIME.search(_beside(scene, statement))
        return agreed if agreed and _is_named_day(agreed) and not anew else None
    if before.basis not in ("phrase", "unknown"):
        return None
    near = statement.source is None or "\n" not in scene.text[scene.statements[index - 1].start : statement.start]
    return before if near or before.basis == "phrase" else None


def _day_of_scene(article: Article, scene: _Scene, index: int, days: Sequence[Day]) -> Day | None:
    """The day before publication if a paper's first words are said `yesterday`, for all who speak on from there.

    It lasts while each speaks in the paragraph of the one before or in the next, in the past tense.
    """
    statement, first = scene.statements[index], scene.statements[0]
    if not index or statement.quotation_type == "transcript" or _says(scene, statement):
        return None
    yesterday = days[0] if _YESTERDAY.search(_beside(scene, first)) else None
    if any(day != yesterday for day in days):
        return None
    before = article.paragraph_of(scene.statements[index - 1].start)
    return yesterday if article.paragraph_of(statement.start) - before <= 1 else None


def _says(scene: _Scene, statement: Statement) -> bool:
    """Whether the cue is in the present tense."""
    return statement.cue is not None and _PRESENT.fullmatch(statement.cue.of(scene.text)) is not None


def _is_named_day(day: Day) -> bool:
    return day.basis == "phrase" and day.precision == "day"


def _day_told_before(scene: _Scene, statement: Statement, *, of_them: bool = False) -> Day | None:
    """The day in the sentence before, which tells the occasion: `Asked on Monday whether ..., she smiled. "..."`.

    Args:
        scene: The article.
        statement: The statement.
        of_them: Whether the sentence is known to speak of the same occasion (`At that time, ...`).
    """
    at = bisect_right(scene.sentences, statement.start, key=lambda sentence: sentence.end)
    if statement.source and statement.source.start < statement.start:
        at = bisect_right(scene.sentences, statement.source.start, key=lambda sentence: sentence.end)
    if not 0 < at < len(scene.sentences) or scene.today is None:
        return None
    before = scene.sentences[at - 1]
    if "\n" in scene.text[before.start : scene.sentences[at].start]:
        return None
    words = before.of(scene.text)
    personal = statement.source is not None and _PERSONAL.fullmatch(statement.source.of(scene.text))
    told = personal and _OCCASION.search(words) and not any(before.overlaps(piece) for piece in scene.said)
    if not (of_them or told or _ASKED.match(words)):
        return None
    day = _phrase_day(_QUESTION.sub(r"\g<when>,", words), scene.today)
    return day if day and day.day and day.day <= scene.today else None


def _day_told_behind(scene: _Scene, statement: Statement) -> Day | None:
    """The day in the sentence behind, where it says so (`Vela spoke on Sunday in an interview`)."""
    last = max(part.end for part in (*statement.pieces, *(span for span in (statement.cue,) if span)))
    at = bisect_right(scene.sentences, last - 1, key=lambda sentence: sentence.end) + 1
    if at >= len(scene.sentences) or scene.today is None:
        return None
    words = _RELATIVE_CLAUSE.sub(" ", scene.sentences[at].of(scene.text))
    return _phrase_day(words, scene.today) if _HAVING_SPOKEN.match(words) else None


def _day_of_lead(scene: _Scene, index: int, days: Sequence[Day], sides: Sequence[str | None]) -> Day | None:
    """A lead in the perfect tense has the day that the body names for a statement of the same side."""
    statement = scene.statements[index]
    opens = scene.text.count("\n\n", 0, statement.start) < _LEAD_PARAGRAPHS
    named = days[index].basis == "phrase" and days[index] != scene.usual
    if not sides or not sides[index] or not opens or named:
        return None
    if not _is_perfect(scene, statement):
        return None
    bodies = (day for side, day in zip(sides[index + 1 :], days[index + 1 :], strict=True) if side == sides[index])
    return next((day for day in bodies if _is_named_day(day) and day != scene.usual), None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is the same for all statements of an article.

    Attributes:
        text: The article's text.
        sentences: All its sentences.
        statements: Its statements.
        said: All their pieces.
        today: The day on which the story was written, from which days are reckoned.
        usual: The day of a statement beside which no day is named.
        events: Names of bodies whose meeting the story dates, with that day.
    """

    text: str
    sentences: Sequence[Span]
    statements: Sequence[Statement]
    said: Sequence[Span]
    today: date | None
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


def _default_day(article: Article, statements: Sequence[Statement]) -> Day:
    """The day of the dateline, of the head of a record, or of publication."""
    if article.dateline and article.dateline.day:
        return Day(article.dateline.day, "day", "dateline")
    if day := _day_of_record(article, statements):
        return Day(day, "day", "phrase")
    return Day(article.published, "day", "published") if article.published else UNKNOWN_DAY


def _usual_day(article: Article, statements: Sequence[Statement], sentences: Sequence[Span], default: Day) -> Day:
    """The day of the occasion that opens the story, else `default`."""
    if not sentences or default.day is None or any(sentences[0].overlaps(each.pieces[0]) for each in statements):
        return default
    lead = sentences[0].of(article.text)
    opened = _phrase_day(lead, default.day) if _OCCASION.search(lead) else None
    return opened or _day_of_interview(article, statements, sentences, default.day) or default


def _day_of_interview(
    article: Article, statements: Sequence[Statement], sentences: Sequence[Span], today: date
) -> Day | None:
    """The day that the introduction of an interview names (`She spoke to the paper in Oslo on Thursday`)."""
    if not statements or statements[0].quotation_type != "transcript":
        return None
    introduction = [span.of(article.text) for span in sentences if span.end <= statements[0].start]
    days = (_phrase_day(words, today) for words in introduction if _INTERVIEWED.search(words))
    return next((day for day in days if day), None)


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
    if statement.quotation_type == "transcript" or scene.today is None:
        return None
    if after := _day_after(scene, statement):
        return after
    around = _beside(scene, statement)
    named = _phrase_day(around, scene.today) or _event_day(scene, around)
    if named and named.precision in ("month", "year") and _is_when_else(around):
        return UNKNOWN_DAY
    if named and named.day and named.day <= scene.today + timedelta(days=1):
        return named  # a day to come is when something will happen, not when it was said
    said = scene.text[statement.start : statement.start + _LONGEST_ADVERB]
    dated = _EARLIER_THIS.search(around) or _EARLIER_THIS.match(said)
    past = not dated and (_UNKNOWN_PAST.search(around) or _EARLIER_BEHIND_CUE.match(said))
    perfect = _is_perfect(scene, statement) and not (lead and not _is_past_perfect(scene, statement))
    return UNKNOWN_DAY if past or perfect else None


def _is_when_else(words: str) -> bool:
    """Whether the month or year that `words` name is that of something before or after which the words were said."""
    found = _MONTH_ONLY.search(words) or _YEAR_ONLY.search(words)
    return found is not None and _SINCE.search(words[: found.start() + len("in ")]) is not None


def _is_perfect(scene: _Scene, statement: Statement) -> bool:
    """`Has said`, `had repeatedly complained`."""
    cue = statement.cue.of(scene.text) if statement.cue else ""
    if _ANNOUNCED.match(cue):
        return False  # what has just come out, unlike `has said`
    return bool(_PERFECT.search(cue) or _PERFECT.search(_attribution_words(scene, statement)))


def _is_past_perfect(scene: _Scene, statement: Statement) -> bool:
    """`Had said`, which speaks of a time before the story's own."""
    cue = statement.cue.of(scene.text) if statement.cue else ""
    return re.search(r"\bhad\b", f"{_attribution_words(scene, statement)} {cue}") is not None


def _beside(scene: _Scene, statement: Statement) -> str:
    """The sentence that holds the cue (or the source), without what anybody says or asks in it."""
    anchor = statement.cue or statement.source
    if anchor is None:
        return ""
    around = next((sentence for sentence in scene.sentences if sentence.overlaps(anchor)), anchor)
    words = list(_reporters_words(scene, around))
    own = [part for part in (statement.cue, statement.source) if part]
    for rest in _rests_of_clauses(scene, statement, around):
        words[rest.start - around.start : rest.end - around.start] = " " * (rest.end - rest.start)
    if (region := _source_region(scene, statement, around)) is not None:
        kept = "".join(words[region.start - around.start : region.end - around.start])
        words[region.start - around.start : region.end - around.start] = _DOING_CLAUSE.sub(_blank, kept)
    for other in scene.statements:
        region = _attribution(other) if other.source != statement.source else None
        if region and around.covers(region) and not any(region.overlaps(part) for part in own):
            words[region.start - around.start : region.end - around.start] = " " * (region.end - region.start)
    return _TOPIC.sub(" ", _QUESTION.sub(r"\g<when>,", "".join(words)))


def _source_region(scene: _Scene, statement: Statement, around: Span) -> Span | None:
    """The source with the rest of its relative clause: up to the cue behind it, or to the end of the clause."""
    source, cue = statement.source, statement.cue
    if source is None or not around.covers(source):
        return None
    stop = _CLAUSE_END.search(scene.text, source.end, around.end)
    end = cue.start if cue and cue.start >= source.end else stop.start() if stop else around.end
    return Span(source.start, min(end, around.end))


def _rests_of_clauses(scene: _Scene, statement: Statement, around: Span) -> Iterator[Span]:
    """What relative clauses that begin in the words said leave over: `in June` of `its divers, who dived in June`."""
    for piece in statement.pieces:
        if around.covers(piece) and _OPEN_CLAUSE.search(piece.of(scene.text)):
            stop = _CLAUSE_END.search(scene.text, piece.end, around.end)
            yield Span(piece.end, stop.start() if stop else around.end)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


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
    words = _AHEAD_OF.sub(" ", words)
    if whole := full_date(words):
        return Day(whole, "day", "phrase")
    if (match := _DAY.search(words)) and (named := day_and_month(match.group())):
        day = complete(named[0], named[1], base)
        return Day(day, "day", "phrase") if day else None
    return _reckoned_day(words, base) or _coarse_day(words, base)


def _reckoned_day(words: str, base: date) -> Day | None:
    """The day of a weekday, a bare number, `yesterday` or `two days ago`."""
    if match := _WEEKDAY.search(words):
        return Day(_last_weekday(match["day"], base, before=bool(match["last"])), "day", "phrase")
    if match := _DAY_OF_MONTH.search(words):
        return _nearest_day_of_month(int(match["day"]), base)
    if _YESTERDAY.search(words):
        return Day(base - timedelta(days=2 if _BEFORE_YESTERDAY.search(words) else 1), "day", "phrase")
    if match := _RELATIVE.search(words):
        days = _NUMBERS[match["count"].lower()]
        return Day(base + timedelta(days=days if match["way"].lower() == "later" else -days), "day", "phrase")
    return None


def _coarse_day(words: str, base: date) -> Day | None:
    """A month or a year named alone, or reckoned."""
    words = _RELATIVE_CLAUSE.sub(" ", words)
    if reckoned := _reckoned_month(words, base):
        return reckoned
    if match := _MONTH_ONLY.search(words) or _SPEECH_OF_MONTH.search(words):
        month = MONTHS[match["month"].lower()]
        year = int(match["year"]) if match["year"] else base.year - (month > base.month)
        return Day(date(year, month, 1), "month", "phrase")
    if (match := _YEAR_ONLY.search(words)) and int(match["year"]) <= base.year:
        return Day(date(int(match["year"]), 1, 1), "year", "phrase")
    return None


def _reckoned_month(words: str, base: date) -> Day | None:
    """`Last month`, `earlier this year`, `two weeks ago`, `over the weekend`: known to the month or year."""
    if match := _LAST.search(words):
        return _long_ago(1, match["unit"].lower(), base)
    if match := _EARLIER_IN.search(words):
        return _of_unit(match["unit"].lower(), base)
    if match := _LONG_AGO.search(words):
        return _long_ago(_NUMBERS[match["count"].lower()], match["unit"].lower(), base)
    return _of_unit("month", _last_weekday("sunday", base, before=True)) if _WEEKEND.search(words) else None


def _nearest_day_of_month(number: int, base: date) -> Day | None:
    """`On the 12th`: the nearest such day not after `base`."""
    for month in (base, base.replace(day=1) - timedelta(days=1)):
        try:
            day = month.replace(day=number)
        except ValueError:
            continue
        if day <= base:
            return Day(day, "day", "phrase")
    return None


def _long_ago(count: int, unit: str, base: date) -> Day:
    """`Two weeks ago`, `last week`, `a month earlier` are known to the month, `three years ago` to the year."""
    if unit == "week":
        return _of_unit("month", base - timedelta(weeks=count))
    months = base.year * 12 + base.month - 1 - count * (12 if unit == "year" else 1)
    return _of_unit(unit, date(months // 12, months % 12 + 1, 1))


def _of_unit(unit: str, day: date) -> Day:
    """The month or the year of a day."""
    return (
        Day(day.replace(day=1), "month", "phrase") if unit == "month" else Day(date(day.year, 1, 1), "year", "phrase")
    )


def _last_weekday(name: str, base: date, *, before: bool) -> date:
    """The nearest such day not after `base`; with `last`, before it."""
    back = (base.weekday() - WEEKDAYS.index(name.lower())) % 7
    return base - timedelta(days=back or (7 if before else 0))


def _event_day(scene: _Scene, around: str) -> Day | None:
    """`During his speech at the UN Security Council`, where the story dates that body's meeting elsewhere."""
    for names, day in scene.events:
        for name in names:
            if re.search(rf"\b(?:during|at|addressing)\b[^.;]*{re.escape(name)}", around, re.IGNORECASE):
                return day
    return None
