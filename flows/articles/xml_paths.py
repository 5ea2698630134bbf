"""Short ways to what stands in an XML tree, whatever the namespace of its elements."""

from __future__ import annotations

from lxml import etree

from flows.articles.field_values import words_of

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""Name of the attribute `xml:lang`."""


def at(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at `path` below `element`, or None."""
    return None if element is None else element.find(_any(path))


def words_at(element: etree._Element | None, *paths: str) -> str | None:
    """Words of the first element that has some, path by path."""
    found = (at(element, path) for path in paths)
    return words_of(*("".join(each.itertext()) for each in found if each is not None))


def value_at(element: etree._Element | None, path: str, *attributes: str) -> str | None:
    """The first of the attributes that the first element at `path` has."""
    found = at(element, path)
    return None if found is None else words_of(*(found.get(name) for name in attributes))


def all_named(element: etree._Element, name: str) -> list[etree._Element]:
    """All elements of this name in `element`, itself included, in order."""
    return list(element.iter(f"{{*}}{name}"))


def _any(path: str) -> str:
    return "/".join(f"{{*}}{step}" for step in path.split("/"))
