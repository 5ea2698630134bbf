"""Interviews: questions that a dash, or nothing but their mark, sets apart, and answers without a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.articles.article import Article, Span
from flows.statements.quotations import MARKS, scan
from flows.statements.statement import Statement
from flows.statements.whole import is_statement_title

METHOD = "interview-answer"
"""Method of an answer in an interview: the introduction names who answers."""

_DASH = re.compile(r"[–—―-]\s*(?=[^\s\d–—-])")
_ASKED = re.compile(r"\?[\"”’)\]*_\s]*$")
_CREDIT = re.compile(
    r"\W*(?:Interview(?:ed)?\b.{0,20}\b(?:by|with)\b|The interview (?:was|took)\b|This interview\b|"
    r"(?:Questions|Interviewer|Conducted|Recorded|Translated)\b.{0,10}\bby\b)",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\W*(?:(?:Many )?thanks|thank you)\b(?:\s\S+){0,9}\s*", re.IGNORECASE)
_SECOND_PERSON = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|us|my|our|me)\b", re.IGNORECASE)
_LEAST_QUESTIONS = 3
_LONGEST_QUESTION = 70
_WORDS_A_PERSON = 60
_LONGEST_ANSWER = 8


def interview_statements(article: Article) -> list[Statement]:
    """One statement per answer; empty if the article is no interview.

    It is one if at least three paragraphs ask, most of them with `you` or behind a dash, and what stands between them
    is said in the first person and is not quoted. Words before the first question are no part of it.

    Example:
        `– Will it sail?`, `– We think so.`, `– And who pays?`, ... gives the second and the fourth paragraph.
    """
    text = article.text
    answers = list(_answers(text, article.paragraphs))
    spoken = " ".join(words.of(text) for answer in answers for words in answer)
    quoted = sum(len(each.outer.of(text)) for each in scan(text, [words for answer in answers for words in answer]))
    persons = len(_FIRST_PERSON.findall(spoken))
    headlines = (article.title or "", *article.header)
    if len(answers) < _LEAST_QUESTIONS or persons * _WORDS_A_PERSON < len(spoken.split()) or quoted * 3 > len(spoken):
        return []
    if any(is_statement_title(line) for line in headlines):
        return []
    return [Statement(answer, "transcript", None, None, METHOD, 0.9) for answer in answers]


def first_question(article: Article) -> int:
    """Offset of the first paragraph that asks, where there is one; the end of the text where there is none."""
    asks = _questions(article.text, article.paragraphs)
    return article.paragraphs[asks[0]].start if asks else len(article.text)


def _answers(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The paragraphs of each answer, dashes left out."""
    asks = _questions(text, paragraphs)
    for at, following in pairwise([*asks, len(paragraphs)]):
        words: list[Span] = []
        for paragraph in paragraphs[at + 1 : following]:
            if _CREDIT.match(text, *paragraph) or (following == len(paragraphs) and _thanks(text, paragraph, words)):
                break
            dash = _DASH.match(text, *paragraph)
            words.append(Span(dash.end(), paragraph.end) if dash else paragraph)
        if words:
            yield tuple(words)


def _thanks(text: str, paragraph: Span, before: Sequence[Span]) -> bool:
    """Whether the interviewer ends the conversation."""
    return bool(before) and _THANKS.fullmatch(text, *paragraph) is not None


def _questions(text: str, paragraphs: Sequence[Span]) -> list[int]:
    """Which paragraphs ask: those that a dash opens, each of them or by turns, or those that end in a question mark."""
    dashed = [at for at, each in enumerate(paragraphs) if _DASH.match(text, *each)]
    asking = [at for at, each in enumerate(paragraphs) if _is_question(text, each)]
    by_turns = dashed[::2]
    if len(set(by_turns) & set(asking)) * 2 > len(by_turns) >= _LEAST_QUESTIONS and (
        len(set(dashed[1::2]) & set(asking)) * 3 < len(by_turns)
    ):
        return by_turns
    if len(set(dashed) & set(asking)) * 3 >= 2 * len(dashed) and len(dashed) >= _LEAST_QUESTIONS:
        return dashed
    addressed = sum(1 for at in asking if _SECOND_PERSON.search(paragraphs[at].of(text)))
    frequent = asking and (len(paragraphs) - asking[0]) <= _LONGEST_ANSWER * len(asking)
    return asking if frequent and addressed * 2 >= len(asking) >= _LEAST_QUESTIONS else []


def _is_question(text: str, paragraph: Span) -> bool:
    words = paragraph.of(text)
    return bool(_ASKED.search(words)) and words[0] not in MARKS and len(words.split()) <= _LONGEST_QUESTION
