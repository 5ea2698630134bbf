"""The attribution tagger: a small network that marks sources, cues and contents and says which belong together."""

from __future__ import annotations

from collections.abc import Sequence

from flows.articles.article import Span
from flows.statements.attribution import Attribution
from flows.statements.tagger.decoding import decode
from flows.statements.tagger.network import load_network, read
from flows.statements.tagger.pieces import line_paragraphs, load_tokenizer, pack, read_paragraphs


def attribute(text: str, paragraphs: Sequence[Span] | None = None) -> list[Attribution]:
    """All attributions of `text`, in the order of their content; the same text gives the same attributions.

    Args:
        text: An article's text, of any length: it is read in windows of whole paragraphs.
        paragraphs: Its paragraphs; None for one a line.
    """
    tokenizer, network = load_tokenizer(), load_network()
    if paragraphs is None:
        paragraphs = line_paragraphs(text)
    read_in = read_paragraphs(text, paragraphs, tokenizer)
    words = [word for paragraph in read_in for word in paragraph.words]
    return decode([read(window, network) for window in pack(read_in, tokenizer)], words, text)
