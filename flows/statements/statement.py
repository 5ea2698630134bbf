"""A statement as the article's text gives it, before anybody asks who the speaker is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.articles.article import Span

QuotationType = Literal["direct", "indirect", "mixed", "transcript"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Words attributed to a source by the article.

    Attributes:
        pieces: Spans of the content, in order, without the outer quotation marks.
        quotation_type: `direct`: a quotation that stands as its own sentence; `indirect`: no quoted words;
            `mixed`: reporter's clause with quoted words in it; `transcript`: a speaker's turn.
        source: Span of the whole source phrase at the cue ("the Russian diplomat"); None where there is none.
        cue: Span of the attributing words ("said"); None where there is none.
        method: Name of the rule or model that found it.
        score: 0 to 1, how sure that method is of the span; not calibrated.
        same_speaker_as_previous: The text plainly goes on with the speaker of the statement before (a quotation
            without a source of its own).
    """

    pieces: tuple[Span, ...]
    quotation_type: QuotationType
    source: Span | None
    cue: Span | None
    method: str
    score: float
    same_speaker_as_previous: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character of the content."""
        return self.pieces[0].start

    def text_in(self, text: str) -> str:
        """The content, its pieces joined by one space."""
        return " ".join(piece.of(text) for piece in self.pieces)
