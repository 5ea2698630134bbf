"""NewsML 1: news items with their components."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from flows.articles.agency_text import agency_story, withdrawn
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of, words_of
from flows.articles.markup import WORDLESS, plain_html, text_of
from flows.articles.sidecar import NOTHING, Metadata
from flows.articles.story import Story
from flows.articles.xml_paths import LANGUAGE, all_named, at, value_at, words_at

_NO_CONTENT = WORDLESS | {"body.head", "body.end"}
_DAYS = ("NewsManagement/ThisRevisionCreated", "NewsManagement/FirstCreated", "Identification/NewsIdentifier/DateId")


def stories_of(root: etree._Element) -> Iterator[Story | ReadError]:
    """The stories of a NewsML document, one for each component that carries text.

    What a component does not say itself (headline, dateline, language, provider), the components around it say.
    """
    items = all_named(root, "NewsItem")
    if not items:
        yield ReadError("no-text", "The NewsML holds no NewsItem; put the items themselves into the raw folder.")
    for item in items:
        yield from _stories(item)


def _stories(item: etree._Element) -> Iterator[Story | ReadError]:
    if refusal := withdrawn(value_at(item, "NewsManagement/Status", "FormalName")):
        yield refusal
        return
    try:
        found = [(component, text) for component in all_named(item, "NewsComponent") if (text := _text(component))]
    except ReadError as error:
        yield error
        return
    published = day_of(*(words_at(item, path) for path in _DAYS))
    for component, text in found:
        yield _story(component, text, published)
    if not found:
        yield agency_story("", NOTHING, published)


def _story(component: etree._Element, text: str, published: date | None) -> Story | ReadError:
    around = [component, *component.iterancestors("{*}NewsComponent")]
    # A sidebar with a headline of its own has not been sent from where the main story was.
    lines = next((found for each in around if (found := at(each, "NewsLines")) is not None), None)
    provider = words_of(*(value_at(each, "AdministrativeMetadata/Provider/Party", "FormalName") for each in around))
    language = [value_at(each, "DescriptiveMetadata/Language", "FormalName") for each in around]
    headline, dateline = words_at(lines, "HeadLine", "SlugLine"), words_at(lines, "DateLine")
    given = Metadata(None, provider, None, headline, None)
    return agency_story(text, given, published, language_of(*language, component.get(LANGUAGE)), dateline)


def _text(component: etree._Element) -> str:
    """Words of the component's own content; the first of its content items where they say the same in other ways."""
    texts = [text for item in component.iterfind("{*}ContentItem") if (text := _content(item)).strip()]
    return texts[0] if texts and component.get("EquivalentsList") == "yes" else "\n\n".join(texts)


def _content(item: etree._Element) -> str:
    data = at(item, "DataContent")
    if (
        data is None
        or at(item, "Encoding") is not None
        or value_at(item, "MediaType", "FormalName") not in (None, "Text")
    ):
        return ""
    if len(data):
        return text_of(data, _NO_CONTENT)
    words = data.text or ""
    return plain_html(words) if "<p" in words.lower() else words
