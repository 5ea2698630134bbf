"""A tiny corpus, tokenizer and network for the tests of training."""

import pytest

WIRE = """# licence: CC0-1.0

=== ports
{c1: Oslo will wait}, {s1: the envoy} {q1: said}. {s2: Lima} {q2: denied} {c2: "any delay"}.

{c3: "We go on,"} {s3: she} {q3: said}. {c3: "And we pay."} Rain fell.
"""


@pytest.fixture
def wires(tmp_path):
    folder = tmp_path / "wires"
    folder.mkdir()
    (folder / "a.txt").write_text(WIRE, encoding="utf-8")
    (folder / "a-held.txt").write_text(WIRE, encoding="utf-8")
    return folder


@pytest.fixture
def tokenizer():
    import tokenizers

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"[unused{n}]" for n in range(99)), "[MASK]"]
    letters = 'abcdefghijklmnopqrstuvwxyz",.'
    vocabulary = [*marks, *letters, *(f"##{letter}" for letter in letters), "the", "envoy", "said"]
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    built = tokenizers.Tokenizer(tokenizers.models.WordPiece(numbers, unk_token="[UNK]"))  # noqa: S106
    built.normalizer = tokenizers.normalizers.BertNormalizer()
    built.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return built


@pytest.fixture
def shape():
    """Sizes of a tiny network."""
    from flows.training.model import Shape

    return Shape(layers=1, vocabulary=400, width=24, inner=48, heads=2, pointer=8)


@pytest.fixture
def base(tmp_path, tokenizer, shape):
    """Random weights of a tiny BERT."""
    import torch
    from safetensors.torch import save_file

    folder = tmp_path / "base"
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    width, inner = shape.width, shape.inner
    sizes = {
        "attention.self.query": (width, width),
        "attention.self.key": (width, width),
        "attention.self.value": (width, width),
        "attention.output.dense": (width, width),
        "intermediate.dense": (inner, width),
        "output.dense": (width, inner),
    }
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(shape.vocabulary, width),
        "embeddings.position_embeddings.weight": torch.randn(512, width),
        "embeddings.token_type_embeddings.weight": torch.randn(2, width),
        "embeddings.LayerNorm.weight": torch.ones(width),
        "embeddings.LayerNorm.bias": torch.zeros(width),
    }
    for name, size in sizes.items():
        weights[f"encoder.layer.0.{name}.weight"] = 0.1 * torch.randn(size)
        weights[f"encoder.layer.0.{name}.bias"] = torch.zeros(size[0])
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        weights[f"encoder.layer.0.{name}.weight"] = torch.ones(width)
        weights[f"encoder.layer.0.{name}.bias"] = torch.zeros(width)
    save_file(weights, folder / "model.safetensors")
    return folder
