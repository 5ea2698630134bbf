"""Every document format against what a reader of the file would write down: `formats/expected.json`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from flows.articles import feed, ninjs, web_page, web_snapshot, wire_text, xml_document
from flows.articles.errors import ReadError
from flows.articles.story import Story

FORMATS = Path(__file__).parent / "formats"
EXPECTED = json.loads((FORMATS / "expected.json").read_text(encoding="utf-8"))
READERS = {
    "anpa-1312.anpa": wire_text.stories,
    "atom.atom": feed.stories,
    "iptc-7901.txt": wire_text.stories,
    "newsml-1.xml": xml_document.stories,
    "newsml-g2.xml": xml_document.stories,
    "ninjs.json": ninjs.stories,
    "nitf.xml": xml_document.stories,
    "page-behind-fold.html": web_page.stories,
    "page-in-text.txt": web_page.stories,
    "page.html": web_page.stories,
    "rss.xml": xml_document.stories,
    "snapshot.mhtml": web_snapshot.stories,
}


def seen(member: int | None, story: Story | ReadError) -> dict[str, object]:
    """What a golden file holds of one story; fields that say nothing are left out."""
    if isinstance(story, ReadError):
        return {"member": member, "refused": story.rule}
    fields = {
        "member": member,
        "title": story.given.title,
        "published": story.published and story.published.isoformat(),
        "retrieved": story.retrieved and story.retrieved.isoformat(),
        "outlet": story.given.outlet,
        "url": story.given.url,
        "language": story.language,
        "removed": dict(story.removed),
        "text": story.text.split("\n\n"),
    }
    return {name: value for name, value in fields.items() if value not in (None, {})}


def test_every_file_has_a_reader_and_golden_stories() -> None:
    files = {path.name for path in FORMATS.iterdir()} - {"expected.json"}
    assert files == set(READERS) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(READERS))
def test_file_gives_its_golden_stories(name: str) -> None:
    raw = io.BytesIO((FORMATS / name).read_bytes())
    assert [seen(member, story) for member, story in READERS[name](raw)] == EXPECTED[name]
