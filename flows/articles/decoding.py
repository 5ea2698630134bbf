"""Raw bytes to characters, and the mending of what encodings broke."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

import ftfy
from charset_normalizer import from_bytes
from ftfy.badness import is_bad

from flows.articles.errors import ReadError

CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTE_STRING = re.compile(
    r"""(?P<before>\s*(?:date[ \t]+[\d-]{10}\s+)?)b(?P<mark>['"])(?P<inner>(?:(?!(?P=mark))[^\\]|\\.)*+)(?P=mark)\s*""",
    re.DOTALL,
)
_BYTE_ESCAPE = re.compile(rb"\\(?:x(?P<code>[0-9a-fA-F]{2})|(?P<sign>[nrt'\"\\]))")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_LOST_APOSTROPHE = re.compile(r"\?(?:(?<=[^\W\d_]\?)(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=s\?)(?=\s[a-z]))")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# Persian, the scripts of India and emoji are spelt with joiners; Latin and Cyrillic are not.
_JOINER = re.compile("(?<![\u0590-\u1fff\U0001f000-\U0001faff])[\u200c\u200d]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_C1 = re.compile("[\x80-\x9f]")
_PERHAPS_MOJIBAKE = re.compile("[^\x00-\x7f\u00a0\u2000-\u206f](?:[^\x00-\x7f]|(?<=[\x80-\x9f])|(?<=Ã) )")
_PERHAPS_AMONG_ODD = re.compile("[^\x00-\x7f\u00a0\u2000-\u206f][^\x00-\x7f]|[\x80-\x9fÃ]")
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LEAST_SHARE = 0.5
_USUAL = bytes(range(0x20, 0x7F)) + b"\t\n"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def decode(raw: bytes) -> str:
    r"""The characters of a text file in any usual encoding, with line feeds as line ends.

    Example:
        A text saved as `date 2024-01-02 b'no to Peru\xe2\x80\x99s plan'` gives `date 2024-01-02 no to Peru’s plan`.

    Raises:
        ReadError: The bytes are no text, or in no encoding that can be told.
    """
    text = decoded(raw)
    if literal := _BYTE_STRING.fullmatch(text):
        text = literal["before"] + _unescaped(literal["inner"])
    return mend(text)


def mend(text: str) -> str:
    """Mends mojibake, entities, lost apostrophes and odd spaces; takes invisible characters out.

    Example:
        `Itâ€™s Peru&rsquo;s plan, isn?t it?` gives `It’s Peru’s plan, isn’t it?`.
    """
    if not text.isascii():
        text = _without_mojibake(unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    odd = _odd_characters(text)
    for pattern, instead in ((_LINE_END, "\n"), (_SPACES, " "), (_NO_TEXT, "")):
        if pattern.search(odd):
            text = pattern.sub(instead, text)
    if "\u200c" in odd or "\u200d" in odd:
        text = _JOINER.sub("", text)
    return _LOST_APOSTROPHE.sub("’", text) if "?" in text else text


def _without_mojibake(text: str) -> str:
    # is_bad and fix_text are slow; most texts have no two odd characters side by side.
    if not _PERHAPS_AMONG_ODD.search(_odd_characters(text)) or not _PERHAPS_MOJIBAKE.search(text):
        return text
    if not is_bad(text) and not _C1.search(text):
        return text
    return "\n".join(map(_mended_line, text.split("\n")))


def _mended_line(line: str) -> str:
    """The line without mojibake; `“café”—he` is none, though its bytes would make a Chinese sign."""
    mended: str = ftfy.fix_text(line, uncurl_quotes=False, fix_latin_ligatures=False, unescape_html=False)
    signs = len(_EAST_ASIAN.findall(mended)) - len(_EAST_ASIAN.findall(line))
    return line if 0 < signs < _LEAST_SHARE * sum(map(str.isalpha, mended)) else mended


def _odd_characters(text: str) -> str:
    """The characters of `text` that are not printable ASCII, in order; far faster than looking for each kind."""
    return text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")


def _unescaped(inner: str) -> str:
    """The characters that a Python byte string stands for; an escape that none knows stays as it is."""
    return _BYTE_ESCAPE.sub(_byte_of, inner.encode("utf-8")).decode("utf-8", "replace")


def _byte_of(escape: re.Match[bytes]) -> bytes:
    if escape["code"]:
        return bytes.fromhex(escape["code"].decode("ascii"))
    return _SIGNS.get(escape["sign"], escape["sign"])


def decoded(raw: bytes) -> str:
    """The characters of a text file as they are, nothing mended.

    Raises:
        ReadError: The bytes are no text, or in no encoding that can be told.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _in(raw, encoding)
    if CONTROL.search(raw[:65536]):
        raise ReadError(
            "binary", "The file is binary, no text; export its text as UTF-8, or take it out of the raw folder."
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        best = from_bytes(raw).best()
        if best is None or best.chaos > 0.3:
            raise _undecodable(error) from error
        return str(best)


def _in(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(error) from error


def _undecodable(error: UnicodeDecodeError) -> ReadError:
    return ReadError(
        "undecodable",
        f"The text is in no encoding that can be told (byte {error.start} is no {error.encoding}); save it as UTF-8.",
    )
