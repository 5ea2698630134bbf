"""Who issued a whole document: read from its headlines and its preface."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.articles.article import Article
from flows.speakers.mention import Mention, parse_mention

_AUTHOR = re.compile(
    r"\b(?P<link>by|from|of)\s+(?P<author>.+?)(?=\s+(?i:on(?!\sbehalf)|regarding|about|at|to|in|with|following|after|for|marking)\s|$)"
)
_ISSUED = re.compile(
    r"\b(?:statement|remarks|message|declaration|communiqu[eé]|address|speech|letter|comment(?:ary)?|answers?|replies|"
    r"doorstep|interview|intervention|reply|issued|briefing|delivered)\b|^by\s",
    re.IGNORECASE,
)
_ISSUED_LAST = re.compile(
    r"\b(?:statements?|remarks|message|declaration|communiqu[eé]|address|speech|letter|comments?|commentary|answers?|"
    r"replies|interview|intervention|reply|briefing|transcript|text|words|introduction|conference)$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s(?:the\s)?")
_ASKS = re.compile(r"Q(?:uestion)?\b", re.IGNORECASE)
_RELEASED = re.compile(
    r"(?P<author>.{3,160}?),?\s(?:has\s)?(?:issued|released|made|published|delivered)\sthe following\b"
)


def _names_author(link: re.Match[str]) -> bool:
    """`Statement of Ana Lee`, but not `Statement on the Protection of Reefs`."""
    before = link.string[: link.start()].rstrip()
    return link["link"] != "of" or _BY.search(link["author"]) is not None or _ISSUED_LAST.search(before) is not None


def authors_of(article: Article, opening: int) -> Iterator[Mention]:
    """Whom headlines and preface say to have issued the document, those named with `by` first."""
    headlines = [article.title or "", *article.header]
    headlines += [line for line in article.text[:opening].split("\n\n") if not _ASKS.match(line)]
    for headline in sorted(filter(_ISSUED.search, headlines), key=str.isupper):
        found = [match["author"] for match in (_RELEASED.match(headline),) if match]
        links = sorted(filter(_names_author, _AUTHOR.finditer(headline)), key=lambda match: match["link"] != "by")
        for words in (*found, *(_BY.split(match["author"])[-1] for match in links)):
            mention = parse_mention(words, article.published)
            office = mention.office if mention.kind in ("role", "unnamed") else None
            if mention.kind in ("person", "institution", "organization") or (office and office.category != "other"):
                yield mention
