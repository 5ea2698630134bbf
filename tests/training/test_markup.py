from itertools import pairwise
from pathlib import Path

import pytest

from flows.training import markup
from flows.training.corpus import CorpusError
from flows.training.markup import load_wires

HEAD = "# licence: CC0-1.0\n# a comment\n\n"
WIRES = Path(markup.__file__).parent / "wires"


def load(tmp_path, body, head=HEAD):
    path = tmp_path / "wires.txt"
    path.write_text(head + body, encoding="utf-8")
    return load_wires(path)


def words(document):
    return [
        tuple([span.of(document.text) for span in part] for part in (mark.source, mark.cue, mark.content))
        for mark in document.annotations
    ]


def test_reads_text_and_marks(tmp_path):
    (document,) = load(
        tmp_path,
        "=== talks\n"
        '{s1+2: The minister} {q1: said} on Tuesday {c1: that the talks were "useful"}, {q2: adding}\n'
        "{c2: that they would go on}.\n\n"
        '{c4: "We wait,"} {s4: she} {q4: said}. {c4: "For now."} {c7: Nobody was hurt.}\n',
    )

    assert document.name == "wires.txt:talks"
    assert document.text == (
        'The minister said on Tuesday that the talks were "useful", adding that they would go on.\n\n'
        '"We wait," she said. "For now." Nobody was hurt.'
    )
    assert words(document) == [
        (["The minister"], ["said"], ['that the talks were "useful"']),
        (["The minister"], ["adding"], ["that they would go on"]),
        (["she"], ["said"], ['"We wait,"', '"For now."']),
        ([], [], ["Nobody was hurt."]),
    ]


def test_a_document_may_hold_no_statement(tmp_path):
    (document,) = load(tmp_path, "=== storm\nTwo bridges were closed.\n")

    assert document.annotations == ()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("stray\n", "line 4: text before the first document"),
        ("=== a\n{c1: one\n", "line 5: '{c1: ' is not closed"),
        ("=== a\n{c1: one {s1: two}}\n", "line 5: '{c1: ' is not closed"),
        ("=== a\nfine\n\n{x1: one}\n", "line 7: a brace that opens nothing"),
        ("=== a\none} two\n", "line 5: a brace that opens nothing"),
        ("=== a\n{c1: }\n", "marks no words"),
        ("=== a\n{s1: She} {q1: left}.\n", "document a at line 5: number 1 has no content"),
        ("=== a\n{s1: She} and {s1: he} {q1: said} {c1: no}.\n", "number 1 has 2 sources"),
        ("=== a\n\n=== b\ntext\n", "the document a is empty"),
        ("=== a\none\n=== a\ntwo\n", "two documents are called wires.txt:a"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path, body, complaint):
    with pytest.raises(CorpusError) as error:
        load(tmp_path, body)

    assert complaint in str(error.value)
    assert "wires.txt" in str(error.value)


def test_a_file_states_its_licence(tmp_path):
    with pytest.raises(CorpusError, match="must begin with the line '# licence: CC0"):
        load(tmp_path, "=== a\ntext\n", head="# no licence\n")


@pytest.mark.parametrize("path", sorted(WIRES.glob("*.txt")), ids=lambda path: path.name)
def test_our_wires_can_be_read(path):
    documents = load_wires(path)

    assert documents
    for document in documents:
        for mark in document.annotations:
            spans = sorted((*mark.source, *mark.cue, *mark.content))
            assert all(one.end <= other.start for one, other in pairwise(spans))
