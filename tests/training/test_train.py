import json
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

from flows.statements.tagger import attribute_with  # noqa: E402
from flows.training.fit import Plan, fit  # noqa: E402
from flows.training.lessons import IGNORED, batches, lesson  # noqa: E402
from flows.training.markup import load_wires  # noqa: E402
from flows.training.model import Network, pretrained  # noqa: E402
from flows.training.train import Recipe, train  # noqa: E402


def test_tags_and_links_follow_the_marks(wires, tokenizer):
    (document,) = load_wires(wires / "a.txt")

    taught = lesson(document, tokenizer)

    words = [word.of(document.text) for paragraph in taught.paragraphs for word in paragraph.words]
    tag, link = dict(zip(words, taught.tags, strict=True)), dict(zip(words, taught.links, strict=True))
    assert [tag[word] for word in ("Oslo", "will", "the", "envoy", "denied", "Rain")] == [5, 6, 1, 2, 3, 0]
    assert words[link["Oslo"]] == "said"
    assert words[link["denied"]] == "Lima"
    assert link["Rain"] == link["envoy"] == IGNORED


def test_links_point_at_pieces_of_the_window(wires, tokenizer):
    (document,) = load_wires(wires / "a.txt")
    (batch,) = batches([lesson(document, tokenizer)], 8, tokenizer, seed=1)

    for pointer, (pointing, pointed_at) in enumerate(((5, 3), (3, 1))):
        targets = batch.links[pointer][batch.tags == pointing]
        rows = (batch.tags == pointing).nonzero()[:, 0]
        assert len(targets)
        assert all(batch.tags[row, target] == pointed_at for row, target in zip(rows, targets, strict=True))


def test_a_stopped_training_ends_like_an_unbroken_one(wires, tokenizer, shape, tmp_path):
    lessons = [lesson(document, tokenizer) for document in load_wires(wires / "a.txt")] * 3

    def trained(*epochs, name):
        for until in epochs:
            torch.manual_seed(1)
            network = Network(shape)
            plan = Plan(epochs=4, batch=1, save_every=1, hidden=0.1)
            fit(network, lessons, tokenizer, plan, tmp_path / name, stop_after=until)
        return network.state_dict()

    unbroken, resumed = trained(None, name="one"), trained(5, None, name="two")

    assert all(torch.equal(weights, resumed[name]) for name, weights in unbroken.items())


def test_from_corpus_to_model(wires, base, shape, tmp_path):
    text = "Oslo will wait, the envoy said."
    mark = {"source": [[16, 25]], "cue": [[26, 30]], "content": [[0, 14]]}
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"id": "a", "text": text, "attributions": [mark]}), encoding="utf-8")
    short = Plan(epochs=1, batch=2)
    out = tmp_path / "model"

    counts = train(
        [corpus],
        out,
        work=tmp_path / "work",
        wires=wires,
        development=[corpus],
        base=base,
        recipe=Recipe(short, short, short, repeat_wires=1, shape=shape),
    )

    assert {name: part.marked for name, part in counts.items()} == {"corpus.jsonl": 1, "wires": 3}
    assert attribute_with(out, text) == attribute_with(out, text)


def test_says_which_weight_is_missing(base, shape):
    with pytest.raises(ValueError, match=r"no weight 'encoder\.layer\.1\."):
        pretrained(base / "model.safetensors", replace(shape, layers=2))
