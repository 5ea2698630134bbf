"""Markdown with YAML front matter, as people keep saved pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import frontmatter
import yaml

from flows.articles.decoding import decode
from flows.articles.errors import ReadError
from flows.articles.field_names import Fields, first_day, first_words, given_by
from flows.articles.story import Story

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))+(?:\s\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
# A look behind stands after the mark, so that the search can leap from mark to mark.
_STRONG = re.compile(r"\*(?<!\\\*)\*+")
_EMPHASIS = re.compile(
    r"([*_])(?<![\w*_\\][*_])(?=[^\s*_])([^*\n]{1,300}?(?:\n[^*\n]{1,300}?)?)(?<=[^\s\\])\1(?![\w*])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|\"'])")
_LINE_BREAK = re.compile(r"\\$", re.MULTILINE)
_LINE_MARK = re.compile(r"\n[ \t]*[-+*_>#]")


def stories(raw: BinaryIO, names: Fields) -> Iterator[tuple[int | None, Story]]:
    """The one story of a Markdown file.

    Args:
        raw: The file's bytes.
        names: Under which names the front matter keeps what.

    Raises:
        ReadError: The bytes are no text, or the front matter is no YAML.
    """
    text = decode(raw.read())
    try:
        fields, body = frontmatter.parse(text)
    except (yaml.YAMLError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ReadError(
            "bad-front-matter",
            f"The front matter is no YAML ({' '.join(str(error).split())[:160]}); mend it or take it out.",
        ) from error
    published = first_day(fields, names.published)
    given, language = given_by(fields, names), first_words(fields, names.language)
    yield None, Story(plain(body), published, "front_matter" if published else None, given, language)


def plain(text: str) -> str:
    """Markdown without its marks; every word stays."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if _LINE_MARK.search("\n" + text):
        for pattern, words in ((_RULE, ""), (_HEADING, r"\n\1\n"), (_QUOTE, ""), (_BULLET, "")):
            text = pattern.sub(words, text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub("", text))
    for pattern, words in ((_AUTOLINK, r"\1"), (_LINE_BREAK, ""), (_ESCAPE, r"\1")):
        text = pattern.sub(words, text)
    return text
