from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.decoding import decode, mend
from flows.articles.errors import ReadError


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Peruâ€™s â€œferryâ€\x9d", "Peru’s “ferry”"),
        ("the CafÃ© in MÃ¡laga", "the Café in Málaga"),
        ("«Peru» – naïve café in Málaga", "«Peru» – naïve café in Málaga"),
        ("a\u00a0hard\u202fspace\u2009and\u3000more", "a hard space and more"),
        ("mini\u00adster\u200b of\ufeff\u200e the\u2060 interior", "minister of the interior"),
        ("Peru&rsquo;s R&amp;D &ensp;&#8212; plan", "Peru’s R&D  — plan"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("cafe\u0301", "café"),
        ("åŒ—äº¬ and the “café”—he said", "åŒ—äº¬ and the “café”—he said"),
        ("åŒ—äº¬å¸‚é•¿", "北京市长"),
        ("Peru?s envoy didn?t go, the ministers? aide said", "Peru’s envoy didn’t go, the ministers’ aide said"),
        ("Who is Peru? So, who? “The ministers?” he asked.", "Who is Peru? So, who? “The ministers?” he asked."),
        ("می\u200cرود", "می\u200cرود"),
        ("fer\u200cry", "ferry"),
    ],
)
def test_mend(broken, mended):
    assert mend(broken) == mended


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (rb"b'Peru\xe2\x80\x99s plan\xc2\xa0fails'", "Peru’s plan fails"),
        (rb"date 2024-01-02 b'Peru\xe2\x80\x99s\nplan'", "date 2024-01-02 Peru’s\nplan"),
        (rb'b"Peru\'s \"plan\""', 'Peru\'s "plan"'),
        (b"b'sea, the envoy said, and 'c'", "b'sea, the envoy said, and 'c'"),
    ],
)
def test_text_saved_as_a_byte_string(raw, text):
    assert decode(raw) == text


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.builds(lambda start, rest: start + rest, st.sampled_from([b"b'", b"\xff\xfe", b"\xef\xbb\xbf"]), st.binary())
)
def test_bytes_give_text_or_a_read_error(raw):
    try:
        text = decode(raw)
    except ReadError as error:
        assert str(error).endswith(".")  # noqa: PT017  either outcome is right
    else:
        assert "\r" not in text
        assert "\x00" not in text


WORDS = [
    "Peru’s",
    "“café”",
    "naïve",
    "–",
    "Ångström",
    "sœur",
    "(São",
    "Tomé)",
    "end.",
    "“No”—he",
    "É”“L",
    "plan…",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_clean_words_stay_and_mending_twice_changes_nothing(text):
    assert mend(text) == text
