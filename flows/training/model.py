"""The network: a BERT or MPNet encoder with a tagging head and two pointing heads."""

# Without torch its classes are unknown to mypy, with it they are half typed: both must pass.
# mypy: disallow-subclassing-any=False, warn-return-any=False, disallow-untyped-calls=False

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from flows.statements.tagger.pieces import KINDS

TAGS = 7
POINTERS = 2
_POSITIONS = 512
_FAR = 128
_MASKED = -10_000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network.

    Attributes:
        layers: Encoder layers.
        vocabulary: Rows of the table of word pieces.
        width: Size of a piece's vector.
        inner: Size of the layer between the two feed-forward matrices.
        heads: Attention heads.
        pointer: Size of the vectors that pointers compare.
        distances: Classes of distance between pieces that attention weighs, as in MPNet; 0 for none, as in BERT.
        epsilon: Least variance that the norms divide by.
    """

    layers: int = 6
    vocabulary: int = 30_522
    width: int = 384
    inner: int = 1_536
    heads: int = 12
    pointer: int = 96
    distances: int = 0
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One encoder layer of BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Builds an untrained layer."""
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the next layer."""
        x = self.attended_norm(x + self.dropout(self.attended(self._attention(x, mask))))
        return self.norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))

    def _attention(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        split = self.query_key_value(x).reshape(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        return mixed.transpose(1, 2).reshape(batch, length, width)


class Network(nn.Module):
    """Tags every piece and gives the vectors by which pieces point at each other.

    The first pointer goes from content to cue, the second from cue to source; both point at `[CLS]` for "none".
    """

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        """Builds an untrained network."""
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(_POSITIONS, shape.width)
        self.kinds = nn.Embedding(KINDS, shape.width)
        self.distances = nn.Embedding(shape.distances, shape.heads) if shape.distances else None
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.tag = nn.Linear(shape.width, TAGS)
        self.pointing = nn.Linear(shape.width, POINTERS * shape.pointer)
        self.pointed = nn.Linear(shape.width, POINTERS * shape.pointer)

    def forward(self, ids: Tensor, kinds: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the tags `[batch, piece, tag]` and of the pointers `[batch, pointer, from, to]`."""
        mask = ((1.0 - present) * _MASKED)[:, None, None, :]
        weights = mask if self.distances is None else mask + _by_distance(self.distances, ids.shape[1])
        x = self.embed(ids, kinds)
        for layer in self.layers:
            x = layer(x, weights)
        x = self.dropout(x)
        pointing, pointed = self._pointers(self.pointing(x)), self._pointers(self.pointed(x))
        links = pointing @ pointed.transpose(-1, -2) / math.sqrt(self.shape.pointer)
        return self.tag(x), links + mask

    def embed(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Vectors that the first layer reads."""
        embedded = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.kinds(kinds)
        return self.dropout(self.norm(embedded))

    def _pointers(self, x: Tensor) -> Tensor:
        batch, length, _ = x.shape
        return x.reshape(batch, length, POINTERS, self.shape.pointer).transpose(1, 2)


def _by_distance(table: nn.Embedding, length: int) -> Tensor:
    """What each head adds to the attention between two pieces, `[1, head, from, to]`; all layers share it."""
    at = torch.arange(length, device=table.weight.device)
    classes = distance_classes(at[None, :] - at[:, None], table.num_embeddings)
    return table(classes).permute(2, 0, 1)[None]


def distance_classes(steps: Tensor, classes: int) -> Tensor:
    """The class of each distance: one half of the classes for pieces before, one for pieces behind.

    In each half, one half of the classes holds one distance each; the others widen up to `_FAR` pieces, and the last
    one holds everything beyond.
    """
    half = classes // 2
    single = half // 2
    away = steps.abs()
    wide = single + (torch.log(away.clamp(min=1) / single) / math.log(_FAR / single) * (half - single)).long()
    return torch.where(steps > 0, half, 0) + torch.where(away < single, away, wide.clamp(max=half - 1))


def pretrained(weights: Path, shape: Shape, dropout: float = 0.1) -> Network:
    """A network whose encoder has the BERT weights of a safetensors file; its heads are untrained.

    Raises:
        ValueError: The file lacks weights that the shape needs.
    """
    network = Network(shape, dropout)
    given = {name.removeprefix("bert."): weight.float() for name, weight in load_file(weights).items()}
    try:
        state = _embeddings(given)
        for n in range(shape.layers):
            state |= layer_weights(given, n, _BERT_ATTENTION, _BERT)
    except KeyError as missing:
        raise ValueError(f"{weights}: no weight {missing}; give the safetensors file of a BERT encoder") from missing
    absent = network.load_state_dict(state, strict=False)
    if absent.unexpected_keys:
        raise ValueError(f"{weights}: weights without a place: {absent.unexpected_keys}")
    return network


def _embeddings(given: dict[str, Tensor]) -> dict[str, Tensor]:
    # BERT types pieces by sentence, we by kind: all kinds begin as its first sentence.
    sentence_type = given["embeddings.token_type_embeddings.weight"][:1]
    return {
        "pieces.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"][:_POSITIONS],
        "kinds.weight": sentence_type.repeat(KINDS, 1),
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }


_BERT = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
_BERT_ATTENTION = ("attention.self.query", "attention.self.key", "attention.self.value")


def layer_weights(
    given: Mapping[str, Tensor], n: int, attention: Sequence[str], names: Mapping[str, str]
) -> dict[str, Tensor]:
    """The weights of layer `n` by our names.

    Args:
        given: All weights of an encoder, whose layers are called `encoder.layer.0` and so on.
        n: Number of the layer, from 0.
        attention: What the encoder calls its matrices of query, key and value, which are one matrix of ours.
        names: What it calls our other parts.

    Raises:
        KeyError: A weight is missing.
    """
    theirs = f"encoder.layer.{n}"
    state: dict[str, Tensor] = {}
    for kind in ("weight", "bias"):
        parts = [given[f"{theirs}.{part}.{kind}"] for part in attention]
        state[f"layers.{n}.query_key_value.{kind}"] = torch.cat(parts)
        for our, their in names.items():
            state[f"layers.{n}.{our}.{kind}"] = given[f"{theirs}.{their}.{kind}"]
    return state


def average(networks: Sequence[Network]) -> Network:
    """The network whose every weight is the mean of those of `networks`, which grew from the same start."""
    mean = copy.deepcopy(networks[0])
    states = [network.state_dict() for network in networks]
    mean.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return mean
