import numpy as np
import pytest

from flows.articles.article import Span
from flows.statements.tagger.decoding import Part, best_tags, decode, parts_of
from flows.statements.tagger.network import Reading, log_softmax
from flows.statements.tagger.tags import CONTENT, CUE, SOURCE, TAGS, beginning, inside

S, S_, Q, Q_, C, C_ = (tag for part in (SOURCE, CUE, CONTENT) for tag in (beginning(part), inside(part)))


def words_of(text):
    spans, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        spans.append(Span(start, start + len(word)))
        start += len(word)
    return spans


def scores(tags, sureness=8.0):
    """Log chances by which each word has its tag of `tags`, or the two of a pair equally."""
    raw = np.zeros((len(tags), TAGS), np.float32)
    for word, tag in enumerate(tags):
        raw[word, tag] = sureness
    return log_softmax(raw)


def reading(tags, cue_of=(), source_of=(), first_word=0, sureness=8.0):
    """A window in which `cue_of` and `source_of` say at which word each word points; words not named point at none."""
    size = len(tags) + 1
    pointing, pointed = np.zeros((len(tags), 2, size), np.float32), np.zeros((size, 2, size), np.float32)
    pointed[:, :] = np.eye(size)[:, None]
    for pointer, targets in enumerate((dict(cue_of), dict(source_of))):
        for word in range(len(tags)):
            pointing[word, pointer, targets.get(word, -1) + 1] = 40
    return Reading(first_word, scores(tags, sureness), pointing, pointed)


def found(text, *readings):
    return [
        tuple([span.of(text) for span in part] for part in (each.source, each.cue, each.content))
        for each in decode(readings, words_of(text), text)
    ]


def test_the_best_tags_are_those_of_the_scores():
    tags = [S, S_, Q, C, C_, 0, C]

    assert best_tags(scores(tags)) == tags


def test_an_inside_never_lacks_its_beginning():
    raw = scores([0, C_, C_, 0, Q_, S_])

    tags = best_tags(raw)

    for before, tag in zip([0, *tags], tags, strict=False):
        assert tag in (0, S, Q, C) or before in (tag, tag - 1)


def test_no_words_have_no_tags():
    assert best_tags(np.zeros((0, TAGS), np.float32)) == []


def test_parts_of_tags():
    assert parts_of([C, C_, C, 0, S, Q]) == [
        Part(CONTENT, 0, 1),
        Part(CONTENT, 2, 2),
        Part(SOURCE, 4, 4),
        Part(CUE, 5, 5),
    ]


def test_content_finds_its_cue_and_the_cue_its_source():
    text = "Oslo waits , the envoy said . Lima denied delays"
    tags = [C, C_, 0, S, S_, Q, 0, S, Q, C]

    assert found(text, reading(tags, {0: 5, 1: 5, 9: 8}, {5: 3, 8: 7})) == [
        (["the envoy"], ["said"], ["Oslo waits"]),
        (["Lima"], ["denied"], ["delays"]),
    ]


def test_the_nearest_cue_is_not_taken_against_the_pointers():
    text = "She said little . He added that Rome agrees"
    tags = [S, Q, 0, 0, S, Q, C, C_, C_]

    assert found(text, reading(tags, {6: 1, 7: 1, 8: 1}, {1: 0})) == [(["She"], ["said"], ["that Rome agrees"])]


def test_content_without_a_cue_stands_alone():
    assert found('Then : "No one waits"', reading([0, 0, C, C_, C_])) == [([], [], ['"No one waits"'])]


def test_both_sides_of_a_cue_are_one_content():
    text = '"We wait," she said. "For now."'

    assert found(text, reading([C, C_, S, Q, C, C_], {0: 3, 1: 3, 4: 3, 5: 3}, {3: 2})) == [
        (["she"], ["said."], ['"We wait,"', '"For now."'])
    ]


def test_further_quotations_of_a_cue_stand_for_themselves_and_further_words_are_left_out():
    text = 'She said "we wait" \n\n Then came "a storm" \n\n and then hope'
    tags = [S, Q, C, C_, 0, 0, C, C_, 0, 0, C]

    assert found(text, reading(tags, dict.fromkeys((2, 3, 6, 7, 10), 1), {1: 0})) == [
        (["She"], ["said"], ['"we wait"']),
        (["She"], ["said"], ['"a storm"']),
    ]


@pytest.mark.parametrize(
    ("between", "pieces"),
    [
        ("so far", ["Rome waits so far with hope"]),
        ("so far and then", ["Rome waits"]),
        ("\n\n", ["Rome waits"]),
    ],
)
def test_fragments_near_each_other_are_one(between, pieces):
    text = f"He said Rome waits {between} with hope"
    gap = len(between.split())
    tags = [S, Q, C, C_, *[0] * gap, C, C_]
    cue_of = {2: 1, 3: 1, 4 + gap: 1, 5 + gap: 1}

    assert found(text, reading(tags, cue_of, {1: 0})) == [(["He"], ["said"], pieces)]


def test_no_content_runs_into_the_next_paragraph():
    text = "He said Rome waits \n\n Rain fell"
    tags = [S, Q, C, C_, C_, C_]

    assert found(text, reading(tags, {2: 1, 3: 1}, {1: 0})) == [
        (["He"], ["said"], ["Rome waits"]),
        ([], [], ["Rain fell"]),
    ]


def test_windows_count_on():
    text = "Nothing here . Lima waits , he said"
    first, second = reading([0, 0, 0]), reading([C, C_, 0, S, Q], {0: 4, 1: 4}, {4: 3}, first_word=3)

    assert found(text, first, second) == [(["he"], ["said"], ["Lima waits"])]


def test_the_score_grows_with_sureness():
    text = "He said no"
    low, high = (
        decode([reading([S, Q, C], {2: 1}, {1: 0}, sureness=sureness)], words_of(text), text)[0].score
        for sureness in (4.0, 9.0)
    )

    assert 0 < low < high <= 1
