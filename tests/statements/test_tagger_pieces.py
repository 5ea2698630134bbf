import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.article import Span
from flows.statements.tagger import MODEL_FOLDER
from flows.statements.tagger.pieces import WINDOW, line_paragraphs, load_tokenizer, pack, read_paragraphs

TOKENIZER = load_tokenizer(MODEL_FOLDER / "tokenizer.json")


def read(text):
    return read_paragraphs(text, line_paragraphs(text), TOKENIZER)


def words(text):
    return [word.of(text) for paragraph in read(text) for word in paragraph.words]


def kinds(text):
    return [paragraph.kinds[first] for paragraph in read(text) for first in paragraph.firsts]


def test_paragraphs_are_the_lines_that_hold_something():
    assert line_paragraphs("One.\n\n  \nTwo.\n") == [Span(0, 4), Span(9, 13)]


def test_words_keep_their_place_in_the_text():
    text = "Lima waits.\n\nŁódź – “Café” İstanbul"

    assert words(text) == ["Lima", "waits", ".", "Łódź", "–", "“", "Café", "”", "İstanbul"]


@pytest.mark.parametrize("quoted", ['He said "no Way".', "He said “no Way”."])
def test_kinds_tell_marks_quoted_words_and_case(quoted):
    assert kinds(quoted) == [1, 0, 8, 4, 5, 9, 3]


def test_a_word_in_capitals_has_a_kind_of_its_own():
    assert kinds("NATO met in A") == [2, 0, 0, 1]


def test_windows_hold_whole_paragraphs_and_every_word_once():
    text = "\n\n".join(f"Paragraph {n} of the story says that {'talks ' * (n % 37)}went on." for n in range(80))
    paragraphs = read(text)

    windows = pack(paragraphs, TOKENIZER)

    assert all(len(window.ids) <= WINDOW for window in windows)
    assert sum(len(window.firsts) for window in windows) == len(words(text))
    counts = [len(window.firsts) for window in windows]
    assert [window.first_word for window in windows] == [sum(counts[:n]) for n in range(len(counts))]
    assert len(windows) < len(paragraphs) / 3


def test_an_overlong_paragraph_is_cut_behind_a_sentence():
    text = "The minister spoke again about the long road. " * 90

    paragraphs = read(text)

    assert len(paragraphs) > 1
    assert all(len(paragraph.ids) <= WINDOW - 2 for paragraph in paragraphs)
    assert [paragraph.words[-1].of(text) for paragraph in paragraphs] == ["."] * len(paragraphs)
    assert sum(len(paragraph.words) for paragraph in paragraphs) == 9 * 90


def test_a_paragraph_without_sentences_is_cut_between_words():
    text = "unpronounceablenesses " * 400

    paragraphs = read(text)

    assert all(len(paragraph.ids) <= WINDOW - 2 for paragraph in paragraphs)
    assert sum(len(paragraph.words) for paragraph in paragraphs) == 400


def test_first_windows_can_be_kept_short():
    text = "\n".join(["Oslo waits for Lima to sign."] * 40)

    first, second, *_ = pack(read(text), TOKENIZER, [64])

    assert len(first.ids) <= 64 < len(second.ids) <= WINDOW


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aZ é“”\"\n.,'1\u200b中\x00😀 "), max_size=400))
def test_any_text_can_be_read(text):
    paragraphs = read(text)
    windows = pack(paragraphs, TOKENIZER)

    ends = [word for paragraph in paragraphs for word in paragraph.words]
    assert all(0 <= word.start < word.end <= len(text) for word in ends)
    assert sum(len(window.firsts) for window in windows) == len(ends)
    assert all(len(window.ids) == len(window.kinds) <= WINDOW for window in windows)
