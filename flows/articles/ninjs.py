"""IPTC ninjs: news items as JSON, in the spellings of its versions 1 to 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.articles.agency_text import agency_story, withdrawn
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of, web_address, words_of
from flows.articles.markup import plain_html
from flows.articles.sidecar import Metadata
from flows.articles.story import Story

_MARKS = frozenset("body_text body_xhtml body_html bodies versioncreated versionCreated pubstatus pubStatus".split())
_HTML = ("body_xhtml", "body_html")


def is_ninjs(record: object) -> bool:
    """Whether a JSON object is a ninjs item: it has a `uri` and another field that only ninjs has."""
    return isinstance(record, Mapping) and "uri" in record and not _MARKS.isdisjoint(record)


def story_of(record: Mapping[str, object]) -> Story | ReadError:
    """The story of a ninjs item; of its associations (pictures, sidebars) nothing is taken."""
    if refusal := withdrawn(words_of(record.get("pubstatus"), record.get("pubStatus"))):
        return refusal
    sources = _entries(record, "infosources", "infoSources")
    outlet = words_of(
        *(source.get("name") for source in sources),
        *(record.get(name) for name in ("provider", "source", "copyrightholder")),
    )
    headlines = [entry.get("value") for entry in _entries(record, "headlines")]
    title = words_of(record.get("headline"), *headlines, record.get("title"), record.get("slugline"))
    try:
        text = _text(record)
    except ReadError as error:
        return error
    return agency_story(
        text,
        Metadata(None, outlet, web_address(record.get("uri")), title, None),
        day_of(*(record.get(name) for name in ("versioncreated", "versionCreated", "firstcreated", "firstCreated"))),
        language_of(record.get("language")),
        words_of(record.get("dateline")),
    )


def _text(record: Mapping[str, object]) -> str:
    for name in _HTML:
        if words := _string(record.get(name)):
            return plain_html(words)
    for body in _entries(record, "bodies"):
        if words := _string(body.get("value")):
            return (
                words if "plain" in str(body.get("contentType") or body.get("contenttype") or "") else plain_html(words)
            )
    return _string(record.get("body_text"))


def _entries(record: Mapping[str, object], *names: str) -> Iterator[Mapping[str, object]]:
    """The objects in the lists of these names."""
    for name in names:
        listed = record.get(name)
        if isinstance(listed, list):
            yield from (entry for entry in listed if isinstance(entry, Mapping))


def _string(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""
