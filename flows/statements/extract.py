"""The one door to the statements of an article."""

from __future__ import annotations

from typing import Final

from flows.articles.article import Article
from flows.statements.apart import mended
from flows.statements.attributable import attributable_statement
from flows.statements.interviews import first_question, interview_statements
from flows.statements.meetings import with_free_sentences
from flows.statements.questions import without_arrivals, without_questions
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.shaping import join_split_quotations, shape
from flows.statements.sifting import sift
from flows.statements.statement import Statement
from flows.statements.tagger import attribute
from flows.statements.transcripts import transcript_statements
from flows.statements.unmarked import going_on, with_unmarked_words
from flows.statements.whole import break_of, whole_statement

LANGUAGES: Final = frozenset({"en"})
"""Languages, as ISO 639-1 codes, in which statements can be found."""


def why_skipped(article: Article) -> str | None:
    """Why no statements are looked for in `article`; None where they are.

    An article whose language nothing tells is taken for one in a language that is known.
    """
    if article.language is None or article.language in LANGUAGES:
        return None
    return f"The article is in a language that is not read for statements ({article.language})."


def extract(article: Article) -> list[Statement]:
    """All statements of `article`, in the order of the text; a pure function.

    What is handed out for a spokesperson is one statement. A transcript gives its turns, an interview its answers, a
    statement printed in the first person is one, and any other article, as well as what introduces an interview, is
    searched for quotations and reported speech.
    """
    handed_out = attributable_statement(article)
    if handed_out:
        rest = transcript_statements(article) or _reported(article)
        return [*handed_out, *(each for each in rest if each.pieces[0].start >= handed_out[-1].pieces[-1].end)]
    return transcript_statements(article) or _interview(article) or _whole(article) or _reported(article)


def _whole(article: Article) -> list[Statement]:
    """A whole statement, and what is reported behind the line that ends it."""
    found = whole_statement(article)
    end = break_of(article)
    return [*found, *(each for each in _reported(article) if each.start > end)] if found else []


def _interview(article: Article) -> list[Statement]:
    answers = interview_statements(article)
    if not answers:
        return []
    start = first_question(article)
    return [*(each for each in _reported(article) if each.pieces[-1].end <= start), *answers]


def _reported(article: Article) -> list[Statement]:
    text = article.text
    quotations = scan(text, article.paragraphs)
    borders = sentences(text, article.paragraphs, quotations)
    read = without_questions(text, attribute(text, article.paragraphs))
    found = sift(text, borders, quotations, mended(text, borders, read))
    shaped = without_arrivals(text, shape(text, quotations, found))
    statements = join_split_quotations(text, shaped, quotations)
    statements = going_on(article, borders, quotations, with_unmarked_words(article, quotations, statements))
    return with_free_sentences(article, borders, statements)
