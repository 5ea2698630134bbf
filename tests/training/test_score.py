import pytest

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.training.corpus import Annotation, Document
from flows.training.score import Counts, compare, score

TEXT = "Oslo will wait, the envoy said. Lima will sign, he said."


def at(words, start=0):
    begin = TEXT.index(words, start)
    return (Span(begin, begin + len(words)),)


MARKED = (
    Annotation(at("the envoy"), at("said"), at("Oslo will wait")),
    Annotation(at("he", 45), at("said", 45), at("Lima will sign")),
)


def found(source, content):
    return Attribution(source, (), content, 1.0, "test")


def test_everything_right():
    counts = compare(TEXT, MARKED, [found(mark.source, mark.content) for mark in MARKED])

    assert counts == Counts(marked=2, found=2, matched=2, exact=2, right=2)
    assert counts.f1(counts.right) == 100


def test_marks_and_stops_do_not_count_but_words_do():
    counts = compare(TEXT, MARKED, [found(at("envoy"), at("Oslo will wait,")), found((), at("Lima will"))])

    assert counts == Counts(marked=2, found=2, matched=2, exact=1, right=1)


def test_less_than_half_of_the_words_is_no_match():
    assert compare(TEXT, MARKED, [found((), at("Lima"))]).matched == 0


def test_each_marked_content_is_matched_once():
    twice = [found(at("the envoy"), at("Oslo will wait")), found(at("the envoy"), at("Oslo will"))]

    assert compare(TEXT, MARKED, twice) == Counts(marked=2, found=2, matched=1, exact=1, right=1)


def test_documents_add_up():
    document = Document("a", TEXT, MARKED)

    counts = score([document, document], lambda _: [found((), at("Oslo will wait"))])

    assert counts == Counts(marked=4, found=2, matched=2, exact=2, right=0)
    assert counts.f1(counts.exact) == pytest.approx(66.67, abs=0.01)
    assert "exact 66.7" in str(counts)


def test_nothing_gives_nought():
    assert Counts().f1(0) == 0
