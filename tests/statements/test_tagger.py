import json
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.article import Span
from flows.statements.tagger import MODEL_FOLDER, attribute
from flows.statements.tagger.network import load_network, write_form

TEXT = (
    'Norwegian Foreign Minister Kari Lund said on Monday that Oslo "will not wait".\n\n'
    "According to the Kenyan embassy, the ferry left without its crew.\n\n"
    "Rain fell on the harbour for two days."
)


def found(text):
    return [
        tuple(" ".join(span.of(text) for span in part) for part in (each.source, each.cue, each.content))
        for each in attribute(text)
    ]


def test_finds_source_cue_and_content():
    assert found(TEXT) == [
        ("Norwegian Foreign Minister Kari Lund", "said", 'that Oslo "will not wait"'),
        ("the Kenyan embassy", "According to", "the ferry left without its crew"),
    ]


def test_the_same_text_gives_the_same_attributions():
    assert attribute(TEXT) == attribute(TEXT)


def test_a_long_article_loses_nothing():
    story = "\n\n".join([TEXT] * 25)

    assert len(attribute(story)) == 50


def test_paragraphs_can_be_given():
    paragraphs = [Span(0, TEXT.index("\n\n"))]

    assert [each.source[0].of(TEXT) for each in attribute(TEXT, paragraphs)] == ["Norwegian Foreign Minister Kari Lund"]


@pytest.mark.parametrize("text", ["", "\n\n", "\x00", "“", '"', "a", "“” " * 500])
def test_odd_texts_do_no_harm(text):
    attribute(text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["said", "she", '"', "“", "”", "Oslo", "that", "will", ",", ".", "\n\n", "wait", "the envoy"]),
        max_size=60,
    )
)
def test_spans_lie_in_the_text_and_contents_are_in_order(words):
    text = " ".join(words)
    attributions = attribute(text)

    for each in attributions:
        assert each.content
        assert 0 < each.score <= 1
        for span in (*each.source, *each.cue, *each.content):
            assert 0 <= span.start < span.end <= len(text)
        assert all(one.end <= other.start for one, other in pairwise(each.content))
    assert attributions == sorted(attributions, key=lambda each: each.content)


def test_the_model_is_loaded_by_the_first_text_and_needs_nothing_of_what_trained_it():
    code = (
        "import sys; from flows.statements.tagger import attribute\n"
        "print('onnxruntime' in sys.modules); attribute('He said no.')\n"
        "print('onnxruntime' in sys.modules, sorted({'torch', 'transformers', 'spacy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout

    assert found.splitlines() == ["False", "True []"]


def test_a_model_of_another_form_is_refused(tmp_path):
    (tmp_path / "model.onnx").write_bytes((MODEL_FOLDER / "model.onnx").read_bytes())
    write_form(tmp_path)
    form = json.loads((tmp_path / "model.json").read_text())
    (tmp_path / "model.json").write_text(json.dumps(form | {"kinds": 8}))

    with pytest.raises(ValueError, match="trained for other tags, kinds or windows"):
        load_network(tmp_path)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"model\.onnx: the model is missing"):
        load_network(tmp_path)


def test_the_model_is_small_enough_for_the_package():
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) < 25_000_000
