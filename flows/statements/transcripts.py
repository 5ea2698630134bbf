"""Turn-taking documents: briefings, press conferences, verbatim records. Each turn of a speaker is one statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flows.articles.article import Article, Span
from flows.data import rows
from flows.speakers.titles import titles_in
from flows.statements.fields import is_field_label
from flows.statements.statement import Statement

_NAME = r"[A-Z][\w.'’-]*(?:[ ](?:[a-z]{1,3}[ ])?[A-Z][\w.'’-]*){0,6}"
_LABEL = re.compile(
    rf"(?P<label>Q(?=[ \u00a0]{{2,}}|:|\.\s|\s[A-Z\"“])|{_NAME}(?:[ ]\([A-Z][^()]{{2,40}}\)[ ]{_NAME})?)"
    r"(?P<title>,\s[A-Z][\w’'-]*(?:\s(?:(?:of|for|the|and|to)\s){0,2}[A-Z][\w’'-]*){0,5})?"
    r"(?P<country>\s\([A-Z][^)]{2,60}\))?"
    r"(?P<manner>(?:\s\([^)]{3,80}\)){0,2})"
    r"(?:\s*:\s+|(?<=\bQ)\.?[\s\u00a0]+)"
)
_STAGE = re.compile(
    r"\((?:Laughter|Applause|As interpreted|As translated|Via interpreter|Through interpreter|In \w+|"
    r"spoke in [^)]*|Inaudible|Crosstalk|Off mic)[^)]*\)\.?\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:Q|PRESS|STAFF|AIDE|(?i:question(?:er)?|reporter|journalist|correspondent|moderator|operator|interpreter|"
    r"interviewer|audience(?: member)?|participants?|host|anchor|presenter|media|student))$"
)
_CHAIR = re.compile(
    r"^(?:The |MADAM |MR\. )?(?:Acting |Vice-)?(?:President|Chair|Chairman|Chairperson|Speaker|PRESIDENT|CHAIR)$"
)
_OWN_CAPACITY = re.compile(
    r"in my (?:national )?capacity as|in my national capacity|as the representative of", re.IGNORECASE
)
_RESUMES = re.compile(r"\bI (?:now )?resume my (?:functions?|role)|\bI (?:now )?give the floor\b", re.IGNORECASE)
_ANSWERS = re.compile(r"A|ANSWER|Answer|REPLY|Reply|RESPONSE|Response")
_ANSWER_MARK = re.compile(r"A\.\s+(?=\S)")
_BREAK = re.compile(r"[*_=~—-](?:\s?[*_=~—-]){2,}$|The following questions?\b.{0,60}\b(?:asked|raised|put|submitted)\b")
_ASIDE = re.compile(r"\([A-Z][^()]*\)\.?|\[[A-Z][^\[\]]*\]\.?")
# `(2) The New Harbour` between paragraphs of a record.
_NUMBERED_HEADING = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-z])\)\s[A-Z“\"](?!.*[.!?:;…][\"”’)]*$).{3,200}$")
_CALLS_ON = re.compile(
    r"(?:Go ahead|Please|Yes,? please|Next(?: question)?|Last question)[.,!]?(?:\s[A-Z][\w’'-]+[.!])?"
    r"|(?!(?:When|Where|Who|Why|What|How|Really|Sorry|Me|You|Us|And|So)\b)[A-Z][\w’'-]+\?"
    r"|(?:All right|Okay|OK|Great|Good)[.,]\s(?i:thank you|thanks),?"
    r"(?:\s(?:everybody|everyone|all|guys|very much))*[.!](?:\s[A-Z][\w’'-]+,\s(?:all yours|go ahead|please)[.!])?"
)
_REMARKS = re.compile(r"\b(?:remarks|statement|speech|address|doorstep|interview|briefing)\b", re.IGNORECASE)
_PREFACE = re.compile(r"The following is\b|Below is\b|This is a (?:rush )?transcript\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my)\b", re.IGNORECASE)
_PROSE_END = re.compile(r"[.!?…:;,—–-][\"”’)\]]*$")
_CONDUCTS = re.compile(r"spokes|moderator|host", re.IGNORECASE)
_ADDRESSED = re.compile(r"M(?i:r|s|rs)\.?\s[A-Z]")
_LEAST_REMARKS = 20
_LONGEST_FOOT = 120
_LONGEST_CALL = 15
_LONGEST_QUESTION = 40
_INTRODUCTION = re.compile(
    r"(?:(?:Sir|Ma['’]am|Hi|Hello|Thanks|Thank you|Good \w+)[,.]?\s+){0,3}(?:I am\s|I['’]m\s|this is\s|It['’]s\s)?"
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,?\s(?:from|with)\s(?:the\s)?[A-Z]"
)
_MIN_TURNS = 2
ANSWER = "transcript-answer"
"""Method of an answer whose label names nobody: the document's headline does."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: who has the word, as the label names them, and the paragraphs that they say.

    Attributes:
        label: Span of the label without colon and brackets ("MR. KIRBY", "Mr. Delacourt"); None for an answer that
            follows its question without one, and for remarks before the first question.
        source: Span of the label with the country in brackets, where there is one; None without a label.
        words: Spans of the paragraphs, label and opening stage direction left out.
    """

    label: Span | None
    source: Span | None
    words: tuple[Span, ...]

    def name_in(self, text: str) -> str:
        """The label as written; empty without one."""
        return self.label.of(text) if self.label else ""


def turns(article: Article) -> list[Turn]:
    """The turns of `article`; empty if it is no transcript.

    An article is a transcript if at least two paragraphs open with a label and either half of its paragraphs or the
    greater part of its text belongs to them, so that a story in which one sentence carries a colon is left alone.
    """
    found: list[Turn] = []
    labelled = 0
    open_turn = False
    for paragraph in article.paragraphs:
        label = _LABEL.match(article.text, paragraph.start, paragraph.end)
        if label and _is_label(label["label"]):
            labelled += 1
            open_turn = True
            source_end = max(label.end("label"), label.end("title"), label.end("country"))
            words = _without_stage(article.text, Span(label.end(), paragraph.end))
            found.append(Turn(Span(*label.span("label")), Span(label.start(), source_end), (words,) if words else ()))
        elif open_turn and _BREAK.match(article.text, paragraph.start, paragraph.end):
            open_turn = False
        elif open_turn and not _stands_between(paragraph.of(article.text)):
            last = found[-1]
            found[-1] = Turn(last.label, last.source, (*last.words, paragraph))
    if labelled < _MIN_TURNS or not _mostly_turns(article, found):
        return []
    if all(_ASKS.match(turn.name_in(article.text)) for turn in found):
        found = [part for turn in found for part in _question_and_answer(article.text, turn)]
    return [*_opening_remarks(article, found[0]), *found[:-1], _without_foot(article.text, found[-1])]


def _stands_between(paragraph: str) -> bool:
    """Whether nobody says a paragraph inside a turn: an aside in brackets, a heading."""
    return bool(_ASIDE.fullmatch(paragraph) or _NUMBERED_HEADING.fullmatch(paragraph))


def _question_and_answer(text: str, turn: Turn) -> Iterator[Turn]:
    """A question in one paragraph and, behind it, the answer that no label, or nothing but `A.`, opens."""
    yield Turn(turn.label, turn.source, turn.words[:1])
    if answer := turn.words[1:]:
        mark = _ANSWER_MARK.match(text, *answer[0])
        yield Turn(None, None, (Span(mark.end(), answer[0].end), *answer[1:]) if mark else answer)


def _without_foot(text: str, last: Turn) -> Turn:
    """The last turn without what stands below the record: place and day, names, links."""
    for at, paragraph in enumerate(last.words):
        words = paragraph.of(text)
        if at and not _PROSE_END.search(words) and len(words) <= _LONGEST_FOOT and words[:1].isalnum():
            return Turn(last.label, last.source, last.words[:at])
    return last


def _opening_remarks(article: Article, first: Turn) -> Iterator[Turn]:
    """What the person of the headline says before the first label, in the first person."""
    if first.label is None:
        return
    start = first.label.start
    before = [each for each in article.paragraphs if each.end <= start and _PROSE_END.search(each.of(article.text))]
    headlines = " ".join((article.title or "", *article.header))
    words = tuple(
        each for each in before if not _ASIDE.fullmatch(article.text, *each) and not _PREFACE.match(article.text, *each)
    )
    said = " ".join(each.of(article.text) for each in words)
    if _REMARKS.search(headlines) and _FIRST_PERSON.search(said) and len(said.split()) >= _LEAST_REMARKS:
        yield Turn(None, None, words)


def transcript_statements(article: Article) -> list[Statement]:
    """One statement per turn of somebody who answers or speaks; empty if the article is no transcript.

    Questions, moderators and the procedural turns of a presiding officer give none. A presiding officer who speaks for
    a state ("in my capacity as the representative of ...") gives one with the words that follow that announcement.
    """
    found = turns(article)
    questioners = _questioners(article, found)
    statements = []
    for turn in found:
        name = turn.name_in(article.text)
        words = turn.words
        if name in questioners:
            continue
        if _CHAIR.match(name):
            words = _national_words(article.text, words)
        if not words or (len(words) == 1 and _CALLS_ON.fullmatch(words[0].of(article.text))):
            continue
        named = bool(name) and not _ANSWERS.fullmatch(name)
        statements.append(
            Statement(
                words, "transcript", turn.source if named else None, None, "transcript-turn" if named else ANSWER, 0.97
            )
        )
    return statements


def _is_label(name: str) -> bool:
    """Labels are short, and are no sentence such as `He added: ...`, nor the name of a part of a story."""
    words = name.split()
    if is_field_label(name):
        return False
    if name.casefold() in _media():
        return True
    return len(words) <= 7 and not re.match(
        r"(?:He|She|It|They|We|I|But|And|The (?!President|Chair|Secretary))\b", name
    )


def _mostly_turns(article: Article, found: Sequence[Turn]) -> bool:
    if not found:
        return False
    names = Counter(turn.name_in(article.text) for turn in found)
    repeats = len(names) < len(found) or len(found) >= 3 or all(map(_names_an_official, names))
    spoken = sum(words.end - words.start for turn in found for words in turn.words)
    labelled = sum(len(turn.words) <= 1 for turn in found) * 2 >= len(article.paragraphs)
    return repeats and (labelled or spoken * 2 > len(article.text))


def _names_an_official(label: str) -> bool:
    """`PRIME MINISTER LEE`, `Minister Lee`, `Mr. LEE Ana, Minister`: a form of address, or a title and a name."""
    heads = titles_in(label)
    titled = bool(heads) and heads[0].span.start == 0 and heads[-1].span.end < len(label)
    return titled or _ADDRESSED.match(label) is not None


def _without_stage(text: str, span: Span) -> Span | None:
    start = span.start
    while direction := _STAGE.match(text, start, span.end):
        start = direction.end()
    return Span(start, span.end) if start < span.end else None


def _questioners(article: Article, found: Sequence[Turn]) -> frozenset[str]:
    """Labels whose turns are questions or give the word: by their word, by a medium's name, or by all they say."""
    media = _media()
    header = " ".join((article.title or "", *article.header)).casefold()
    spoken: dict[str, list[str]] = {}
    for turn in found:
        words = " ".join(span.of(article.text) for span in turn.words)
        spoken.setdefault(turn.name_in(article.text), []).append(words)
    asks = set()
    for name, said in spoken.items():
        if not name:
            continue
        surname = name.split()[-1].casefold()
        if (
            _ASKS.match(name)
            or name.casefold() in media
            or name.split()[0].casefold() in media
            or _conducts(name, said)
        ):
            asks.add(name)
        elif surname in header or _CHAIR.match(name) or re.match(r"M(?i:r|s|rs)\.|[A-Z]{3,}", name):
            continue
        elif all(_is_question(words) for words in said):
            asks.add(name)
    return frozenset(asks)


def _conducts(name: str, said: Sequence[str]) -> bool:
    """A spokesperson or moderator who only gives the word to others."""
    return bool(_CONDUCTS.search(name)) and len(said) > 1 and all(len(words.split()) <= _LONGEST_CALL for words in said)


def _is_question(words: str) -> bool:
    """Words that end in a question, break off in one, or begin with `this is Ana Lee from the Courier`."""
    asked = words.rstrip(' ”"’').endswith("?") or re.search(r"\?\s*(?:Thank you|Thanks)[^?]{0,20}$", words)
    return bool(
        asked or _INTRODUCTION.match(words) or (re.search(r"[?—–]", words) and len(words.split()) <= _LONGEST_QUESTION)
    )


@cache
def _media() -> frozenset[str]:
    return frozenset(row["form"].casefold() for row in rows("media"))


def _national_words(text: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """What a presiding officer says for their own state, between announcing it and resuming the chair."""
    for index, paragraph in enumerate(words):
        if _OWN_CAPACITY.search(text, paragraph.start, paragraph.end):
            spoken = []
            for following in words[index + 1 :]:
                if _RESUMES.search(text, following.start, following.end):
                    break
                spoken.append(following)
            return tuple(spoken)
    return ()
