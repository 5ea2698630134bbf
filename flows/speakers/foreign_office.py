"""Whose `Foreign Office` is meant: Britain's, Pakistan's, or that of the state that the story is about."""

from __future__ import annotations

import re

from flows.articles.article import Article
from flows.speakers.places import medium_country, outlet_country, states_in
from flows.speakers.surroundings import dateline_country

_WORDS = re.compile(r"\bForeign Office\b|\bFO\b")
_BRITAIN, _PAKISTAN = "GBR", "PAK"


def is_foreign_office(words: str) -> bool:
    """Whether an office or institution is a `Foreign Office`, a name that several states give to their ministry."""
    return _WORDS.search(words) is not None


def state_of_foreign_office(article: Article) -> str | None:
    """ISO code of the state whose Foreign Office a story means that does not say so.

    It is Pakistan's in a story from Pakistan, or in one that speaks of Pakistan more than of Britain; else it is
    Britain's wherever Britain is at home or named.

    Args:
        article: The article.

    Returns:
        The code; None where neither state plays a part, so that whatever else the story tells decides.
    """
    home = dateline_country(article) or article.country or outlet_country(article.outlet)
    home = home or medium_country(article.outlet)
    if home in (_BRITAIN, _PAKISTAN):
        return home
    words = f"{article.title or ''}\n{article.text}"
    named = [found.value.iso3 for found in states_in(words, today=article.published)]
    if named.count(_PAKISTAN) > named.count(_BRITAIN):
        return _PAKISTAN
    return _BRITAIN if _BRITAIN in named else None
