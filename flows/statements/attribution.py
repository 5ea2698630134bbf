"""What an attribution engine finds: who, by which word, which words. Borders and types are decided later."""

from __future__ import annotations

from dataclasses import dataclass

from flows.articles.article import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation as an engine marks it.

    Attributes:
        source: Spans of the source phrase, empty where there is none.
        cue: Spans of the attributing words, empty where there are none.
        content: Spans of the content, quotation marks and `that` included, in order.
        score: 0 to 1, how sure the engine is of the content.
        method: Name of the engine or rule.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    method: str
