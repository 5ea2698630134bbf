"""The one door to the statements of an article."""

from __future__ import annotations

from flows.articles.article import Article
from flows.statements.quotations import scan
from flows.statements.reported import attributions_by_rule
from flows.statements.sentences import sentences
from flows.statements.shaping import join_split_quotations, shape
from flows.statements.statement import Statement
from flows.statements.transcripts import transcript_statements


def extract(article: Article) -> list[Statement]:
    """All statements of `article`, in the order of the text; a pure function.

    A transcript gives its turns. Any other article is searched for quotations and reported speech.
    """
    turns = transcript_statements(article)
    if turns:
        return turns
    quotations = scan(article.text, article.paragraphs)
    found = attributions_by_rule(article.text, sentences(article.text, article.paragraphs, quotations), quotations)
    return join_split_quotations(article.text, shape(article.text, quotations, found), quotations)
