"""Every document format against what a reader of the file would write down: `formats/expected.json`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from flows.articles.errors import ReadError
from flows.articles.field_names import Fields
from flows.articles.loading import buffered
from flows.articles.reading import Reading
from flows.articles.registry import FORMATS
from flows.articles.story import Story

HERE = Path(__file__).parent / "formats"
EXPECTED = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
CHOSEN = {
    "anpa-1312.anpa": "wire-text",
    "archive.warc": "web-archive",
    "atom.atom": "xml",
    "iptc-7901.txt": "wire-text",
    "newsml-1.xml": "xml",
    "newsml-g2.xml": "xml",
    "ninjs.json": "json",
    "nitf-in-text.txt": "xml",
    "nitf.xml": "xml",
    "page-behind-fold.html": "web-page",
    "page-in-text.txt": "web-page",
    "page.html": "web-page",
    "rss.xml": "xml",
    "snapshot.mhtml": "web-snapshot",
    "xhtml.xml": "xml",
}


def stories(name: str) -> tuple[str, list[tuple[int | None, Story | ReadError]]]:
    """Name of the format that is chosen for a file, and the file's stories."""
    raw = (HERE / name).read_bytes()
    form = next(form for form in FORMATS if form.fits(name, raw, Fields()))
    return form.name, list(form.stories(buffered(io.BytesIO(raw)), Reading()))


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


def test_every_file_has_golden_stories() -> None:
    files = {path.name for path in HERE.iterdir()} - {"expected.json"}
    assert files == set(CHOSEN) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_file_gives_its_golden_stories(name: str) -> None:
    chosen, found = stories(name)
    assert chosen == CHOSEN[name]
    assert [seen(member, story) for member, story in found] == EXPECTED[name]


@pytest.mark.parametrize("other_name", ["story.txt", "story.dat", "story", "story.html", "story.xml"])
@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_content_tells_the_format_whatever_the_name(name: str, other_name: str) -> None:
    raw = (HERE / name).read_bytes()
    chosen = next(form for form in FORMATS if form.fits(other_name, raw, Fields()))
    # A page that is XHTML is read alike under both names.
    assert chosen.name == CHOSEN[name] or {chosen.name, CHOSEN[name]} == {"web-page", "xml"}
    assert [seen(*each) for each in chosen.stories(buffered(io.BytesIO(raw)), Reading())] == EXPECTED[name]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said the page began with <html> and ended in tears.",
        "MIME-Version: a word in a text about mail.",
        "NITF is a format, the envoy said.",
        "WARC files were sent to Riga, he said.",
    ],
)
def test_text_about_formats_is_text(text: str) -> None:
    assert next(form.name for form in FORMATS if form.fits("a.txt", text.encode(), Fields())) == "text"
