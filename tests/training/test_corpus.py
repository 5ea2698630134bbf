import gzip
import json

import pytest

from flows.articles.article import Span
from flows.training.corpus import Annotation, CorpusError, holds_attributions, load_jsonl

TEXT = "Lima will sign, the envoy said."
LINE = {"id": "a", "text": TEXT, "attributions": [{"source": [[16, 25]], "cue": [[26, 30]], "content": [[0, 14]]}]}


def test_reads_plain_and_gzipped_lines(tmp_path):
    plain, packed = tmp_path / "corpus.jsonl", tmp_path / "corpus.jsonl.gz"
    plain.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    with gzip.open(packed, "wt", encoding="utf-8") as file:
        file.write(json.dumps(LINE) + "\n")

    (document,) = load_jsonl(plain)

    assert document.annotations == (Annotation((Span(16, 25),), (Span(26, 30),), (Span(0, 14),)),)
    assert [span.of(TEXT) for span in document.annotations[0].source] == ["the envoy"]
    assert load_jsonl(packed) == [document]


def test_a_text_nobody_marked_has_no_annotations(tmp_path):
    path = tmp_path / "plain.jsonl"
    path.write_text(json.dumps({"url": "somewhere", "text": TEXT}), encoding="utf-8")

    assert load_jsonl(path)[0].annotations is None


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        json.dumps({"id": "a"}),
        json.dumps({**LINE, "attributions": [{"source": [], "cue": []}]}),
        json.dumps({**LINE, "attributions": [{"source": [[0, 99]], "cue": [], "content": []}]}),
        json.dumps({**LINE, "attributions": [{"source": [[5, 5]], "cue": [], "content": []}]}),
    ],
)
def test_names_the_line_that_is_wrong(tmp_path, line):
    path = tmp_path / "broken.jsonl"
    path.write_text(f"{json.dumps(LINE)}\n{line}\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"broken\.jsonl, line 2: "):
        load_jsonl(path)


@pytest.mark.parametrize(("line", "marked"), [(LINE, True), ({"file": "a.txt", "text": ["no"]}, False), ([], False)])
def test_tells_annotated_attributions_from_other_lines(tmp_path, line, marked):
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")

    assert holds_attributions(path) is marked
