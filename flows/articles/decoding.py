"""Raw bytes to characters, and the mending of what encodings broke."""

from __future__ import annotations

import ast
import re

import ftfy
from charset_normalizer import from_bytes

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTE_STRING = re.compile(r"""\s*b(?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*$""", re.DOTALL)
_LOST_APOSTROPHE = re.compile(r"(?<=[^\W\d_])\?(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=s)\?(?=\s[a-z])")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2002-\u200a\u202f\u205f\u3000]")
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class UndecodableError(ValueError):
    """Bytes that are no text; `rule` names why and the message says what to do.

    Attributes:
        rule: `binary` or `undecodable`.
    """

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def decode(raw: bytes) -> str:
    """The characters of a text file in any usual encoding, with `\\n` line ends.

    Raises:
        UndecodableError: The bytes are no text, or in no encoding that can be told.
    """
    text = _decoded(raw)
    if literal := _BYTE_STRING.match(text):
        text = ast.literal_eval("b" + literal["quoted"].encode("ascii", "backslashreplace").decode()).decode(
            "utf-8", "replace"
        )
    return mend(text)


def mend(text: str) -> str:
    """Mends mojibake, lost apostrophes and odd spaces; takes invisible characters out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = ftfy.fix_text(text, uncurl_quotes=False, fix_latin_ligatures=False, normalization="NFC")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _LOST_APOSTROPHE.sub("’", text)


def _decoded(raw: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise UndecodableError("undecodable", _SAVE_AS_UTF8.format(where=error.start)) from error
    if _CONTROL.search(raw[:65536]):
        raise UndecodableError(
            "binary", "The file is binary, no text; export its text as UTF-8, or take it out of the raw folder."
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        best = from_bytes(raw).best()
        if best is None or best.chaos > 0.3:
            raise UndecodableError("undecodable", _SAVE_AS_UTF8.format(where=error.start)) from error
        return str(best)


_SAVE_AS_UTF8 = "The text is in no encoding that can be told (byte {where} is no UTF-8); save it as UTF-8."
