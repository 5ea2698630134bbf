"""From a file or identifier to inspected articles, and from those to terminal, page or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from rich.console import Console

from flows.refusal import Refusal
from flows.report.inspection import Inspection, inspect
from flows.report.inspection_page import page_of
from flows.report.inspection_text import in_terminal
from flows.report.looking_up import look_up
from flows.settings import Settings
from flows.speakers.officials import with_own


@dataclass(frozen=True, slots=True)
class Shown:
    """The articles that a person asked for.

    Attributes:
        inspections: One per article.
        refused: What could not be read of the file.
        more: Whether the file has more articles.
    """

    inspections: tuple[Inspection, ...]
    refused: tuple[Refusal, ...]
    more: bool

    def page(self) -> str:
        """All of them as one HTML page."""
        return page_of(self.inspections)

    def json(self) -> str:
        """All of them as one JSON object."""
        return json.dumps({"articles": [asdict(each) for each in self.inspections]}, default=str)

    def print(self, console: Console) -> None:
        """All of them in a terminal."""
        for each in self.inspections:
            for part in in_terminal(each):
                console.print(part)


def inspected(target: str, settings: Settings, most: int) -> Shown:
    """Inspects the first `most` articles of a raw file, or the article with an identifier.

    Raises:
        NotFoundError: `target` is neither a file nor an article_id in the tables.
        OfficialsError: The user's table of officials is wrong.
    """
    officials = with_own(settings.officials)
    inspections: list[Inspection] = []
    refused: list[Refusal] = []
    for item in look_up(target, settings):
        if isinstance(item, Refusal):
            refused.append(item)
        elif len(inspections) == most:
            return Shown(tuple(inspections), tuple(refused), True)
        else:
            inspections.append(inspect(*item, officials))
    return Shown(tuple(inspections), tuple(refused), False)
