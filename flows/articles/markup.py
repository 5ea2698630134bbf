"""XML and HTML to trees and plain paragraphs, safe on any bytes: nothing is fetched, no entity is expanded."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from flows.articles.decoding import decoded, mend
from flows.articles.errors import ReadError

MAX_BYTES: Final = 20_000_000
"""Most bytes of one document; a tree takes about ten times as much memory."""

MAX_DEPTH: Final = 200
"""Deepest nesting of elements; the parsers would cut the rest off in silence at 256."""

MAX_ELEMENTS: Final = 100_000
"""Most elements of one HTML page; long transcripts have some thousands."""

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
    " block body.content body.head body.end bq hedline hl1 hl2 nitf".split()
)
"""Names of HTML and NITF elements that stand on lines of their own."""

WORDLESS: Final = frozenset(
    "audio button canvas head iframe input math media noscript nav object script select style svg template textarea"
    " title video".split()
)
"""Names of elements whose content is none of the article's words."""

# Outside a DTD it can only stand in a comment or in CDATA, where no news has it.
_ENTITY_DECLARATION = b"<!ENTITY"
_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_HTML_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What browsers read under these names.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# Servers claim them for everything; a page in one of them is never UTF-8 by chance.
_OFTEN_CLAIMED = ("cp125", "iso8859", "utf")
_OF_PAGES = (
    "big5",
    "cp",
    "euc",
    "gb",
    "iso2022",
    "iso8859",
    "koi8",
    "mac",
    "shift_jis",
    "tis",
    "utf-8",
    "utf-16",
    "ascii",
)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_ROOT = re.compile(
    rb"\s*(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[]|\[.*?\]\s*(?=>))*+>)\s*)*+<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)",
    re.IGNORECASE | re.DOTALL,
)


def root_name(head: bytes) -> str | None:
    """Local name of the element with which a document begins, in lower case; None where none is in `head`.

    Example:
        `<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "x.dtd"><nitf>` gives `nitf`.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    found = _ROOT.match(head.removeprefix(codecs.BOM_UTF8))
    return found[1].decode("ascii").lower() if found else None


def parse_xml(raw: bytes) -> etree._Element:
    """The root of an XML document.

    HTML's named characters (`&eacute;`) are read, since agencies use them and rely on a DTD that is never fetched.

    Raises:
        ReadError: The document is no XML, declares entities, or is too large or too deep.
    """
    check_xml(raw)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_NAMED_ENTITY.sub(_numbered, raw), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "xcessive depth" in str(error):
            raise _too_deep() from error
        raise ReadError("bad-xml", f"The file is no XML ({_brief(error)}); mend it or save it again.") from error
    _check_tree(root)
    return root


def check_xml(raw: bytes) -> None:
    """Refuses XML that must not come before a parser.

    Raises:
        ReadError: The document declares entities, or is too large.
    """
    _check_size(raw)
    if _ENTITY_DECLARATION in raw.replace(b"\0", b""):
        raise _unsafe()


def parse_html(raw: bytes, charset: str | None = None) -> etree._Element:
    """The root of an HTML page or fragment.

    Args:
        raw: The page's bytes.
        charset: Encoding that the page's carrier states; the page's own byte order mark wins over it.

    Raises:
        ReadError: The page is empty, binary, too large or too deep.
    """
    _check_size(raw)
    return parse_html_text(decode_html(raw, charset))


def parse_html_text(page: str) -> etree._Element:
    """The root of an HTML page or fragment that is decoded already.

    Raises:
        ReadError: The page is empty or too deep.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    clean = _REFERENCE.sub(_without_controls, _NOT_TEXT.sub("", page)).encode("utf-8")
    try:
        root = lxml_html.document_fromstring(clean, parser=parser) if clean.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise _no_page() from error
    if root is None:
        raise _no_page()
    _check_tree(root)
    if count_elements(root) > MAX_ELEMENTS:
        raise ReadError("too-large", f"The page has more than {MAX_ELEMENTS:,} elements; save its text alone.")
    return root


def decode_html(raw: bytes, charset: str | None = None) -> str:
    """The characters of a page, by byte order mark, the carrier's word, the page's own word, or as they look.

    Raises:
        ReadError: The bytes are no text.
    """
    if raw.startswith(_BYTE_ORDER_MARKS):
        return decoded(raw)
    stated = _HTML_CHARSET.search(raw[:4096])
    for name in (charset, stated[1].decode("ascii") if stated else None):
        codec = _codec(name)
        if codec and not (codec.startswith(_OFTEN_CLAIMED) and _is_utf8(raw)):
            return raw.decode(codec, "replace")
    return decoded(raw)


def text_of(root: etree._Element, skipped: frozenset[str] = WORDLESS) -> str:
    """The words below `root`: blocks are parted by blank lines, `<br>` gives a line end, white space is made single."""
    return "\n\n".join(block for block in _blocks(root, skipped))


def plain_html(fragment: str) -> str:
    """The words of an HTML fragment, such as the content of a feed's entry.

    Raises:
        ReadError: The fragment is too deep.
    """
    if not fragment.strip():
        return ""
    if "<" not in fragment:
        return mend(_NOT_TEXT.sub("", fragment))
    return mend(text_of(parse_html_text(f"<div>{fragment}</div>")))


def count_elements(root: etree._Element) -> int:
    """How many elements a tree has."""
    return sum(1 for _ in root.iter())


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _blocks(root: etree._Element, skipped: frozenset[str]) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _pieces(root, skipped):
        if piece is not None:
            pieces.append(piece)
        elif block := _joined(pieces):
            yield block
            pieces = []
    if block := _joined(pieces):
        yield block


def _pieces(root: etree._Element, skipped: frozenset[str]) -> Iterator[str | None]:
    """The characters below `root` in order; None where a block begins or ends."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = local_name(element)
        block = name in BLOCKS
        if event == "start":
            if name in skipped and element is not root:
                walker.skip_subtree()
                continue
            if block:
                yield None
            yield "\v" if name == "br" else (element.text or "")
            continue
        if block:
            yield None
        if element is not root:
            yield element.tail or ""


def _joined(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def _check_size(raw: bytes) -> None:
    if len(raw) > MAX_BYTES:
        raise ReadError(
            "too-large", f"The document has more than {MAX_BYTES:,} bytes; split it or save its text alone."
        )


def _check_tree(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _too_deep()
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise _unsafe(f" ({entity.text})")


def _too_deep() -> ReadError:
    return ReadError("too-deep", f"Its elements are nested more than {MAX_DEPTH} deep; save the article's text alone.")


def _unsafe(which: str = "") -> ReadError:
    return ReadError(
        "unsafe-xml",
        f"The XML brings entities of its own{which}, which are never expanded; write the characters instead.",
    )


def _no_page() -> ReadError:
    return ReadError("no-text", "The page holds no words; save it again, with its text.")


def _numbered(entity: re.Match[bytes]) -> bytes:
    if entity[1] in _XML_OWN:
        return entity[0]
    characters = html.unescape(entity[0].decode("ascii"))
    if characters.startswith("&"):
        return entity[0]
    return "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def _without_controls(reference: re.Match[str]) -> str:
    """The reference to a character, nothing in the place of one that no tree may hold."""
    # No character has more figures; Python would take long to read thousands of them.
    figures = (reference[1] or reference[2]).lstrip("0")[:8]
    code = int(figures or "0", 16 if reference[1] else 10)
    return "" if code > 0x10FFFF or _NOT_TEXT.match(chr(code)) else reference[0]


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name.strip("\"' ")) if name else None
    except (LookupError, ValueError):
        return None
    if found is None or not found.name.startswith(_OF_PAGES):
        return None
    return _READ_AS.get(found.name, found.name)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
