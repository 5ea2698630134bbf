"""The attribution tagger: a small network that marks sources, cues and contents and says which belong together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.tagger.decoding import decode
from flows.statements.tagger.network import load_network, read
from flows.statements.tagger.pieces import line_paragraphs, load_tokenizer, pack, read_paragraphs

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL_FOLDER = Path(__file__).parent / "model"


def attribute(text: str, paragraphs: Sequence[Span] | None = None) -> list[Attribution]:
    """All attributions of `text`, in the order of their content; the same text gives the same attributions.

    Args:
        text: An article's text, of any length: it is read in windows of whole paragraphs.
        paragraphs: Its paragraphs; None for one a line.
    """
    return attribute_with(MODEL_FOLDER, text, paragraphs)


def attribute_with(folder: Path, text: str, paragraphs: Sequence[Span] | None = None) -> list[Attribution]:
    """Like `attribute`, with the model in `folder`."""
    tokenizer, network = _load(folder)
    spans = line_paragraphs(text) if paragraphs is None else paragraphs
    pieces = read_paragraphs(text, spans, tokenizer)
    words = [word for paragraph in pieces for word in paragraph.words]
    return decode([read(window, network) for window in pack(pieces, tokenizer)], words, text)


@cache
def _load(folder: Path) -> tuple[Tokenizer, InferenceSession]:
    """The model, loaded once per process."""
    return load_tokenizer(folder / "tokenizer.json"), load_network(folder)
