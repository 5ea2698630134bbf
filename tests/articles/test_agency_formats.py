from __future__ import annotations

import io
from datetime import date

import pytest

from flows.articles import feed, ninjs, wire_text, xml_document
from flows.articles.errors import ReadError
from flows.articles.field_values import day_of, language_of
from flows.articles.markup import parse_xml, plain_html, root_name, text_of
from flows.articles.story import Story

WORDS = "The ferry is back, the minister said."


def xml(document: str) -> list[Story | ReadError]:
    return [story for _, story in xml_document.stories(io.BytesIO(document.encode()))]


def nitf(content: str, head: str = "", doctype: str = "") -> str:
    return f"{doctype}<nitf><body><body.head>{head}</body.head><body.content>{content}</body.content></body></nitf>"


def refusal(document: bytes) -> str:
    with pytest.raises(ReadError) as refused:
        list(xml_document.stories(io.BytesIO(document)))
    return refused.value.rule


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE nitf [<!ENTITY l9 "{"ha" * 50_000}">]>',
        '<!DOCTYPE nitf [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE nitf [<!ENTITY l9 SYSTEM "https://a.example/secret">]>',
        '<!DOCTYPE nitf [<!ENTITY % dtd SYSTEM "https://a.example/evil.dtd"> %dtd;]>',
        '<!-- <nitf> --><!DOCTYPE nitf [<!-- ]> --><!ENTITY l9 "x">]>',
    ],
)
@pytest.mark.parametrize("root", ["nitf", "rss"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(doctype, root, encoding):
    body = {"nitf": nitf("<p>&l9;</p>" * 20), "rss": "<rss><channel><title>&l9;</title><item/></channel></rss>"}[root]
    assert refusal((doctype.replace("nitf", root) + body).encode(encoding)) == "unsafe-xml"


def test_entity_that_nothing_declares_is_refused_where_a_dtd_could_have_it():
    assert (
        refusal(nitf("<p>&secret;</p>", doctype='<!DOCTYPE nitf SYSTEM "file:///etc/nitf.dtd">').encode())
        == "unsafe-xml"
    )


@pytest.mark.parametrize("depth", [201, 300, 100_000])
def test_deep_nesting_is_refused(depth):
    assert refusal(nitf("<block>" * depth + "</block>" * depth).encode()) == "too-deep"


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (b"<nitf>", "bad-xml"),
        (b"<?xml version='1.0'?><invoice/>", "unknown-xml"),
        (b"<?xml version='1.0'?>", "unknown-xml"),
        (b"<nitf>" + b"x" * 20_000_001, "too-large"),
        (b"<rss/>", "no-text"),
    ],
)
def test_xml_that_cannot_be_read_is_refused(document, rule):
    assert refusal(document) == rule


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<nitf>", "nitf"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <rss> -->\n<!DOCTYPE nitf SYSTEM "x"><nitf a="1">', "nitf"),
        (b"<!DOCTYPE x [<!ELEMENT a ANY>]><rdf:RDF>", "rdf"),
        ("<?xml version='1.0'?><feed>".encode("utf-16"), "feed"),
        (b"no XML <nitf>", None),
        (b"<!--" * 5000, None),
        (b"<!---->" * 2000, None),
    ],
)
def test_root_name(head, name):
    assert root_name(head) == name


def test_dateline_field_is_put_before_the_text_unless_it_stands_there():
    head = "<dateline><location>GENEVA</location>, <story.date norm='20240305'>March 5</story.date></dateline>"
    (apart,) = xml(nitf(f"<p>{WORDS}</p>", head))
    (inside,) = xml(nitf(f"<p>GENEVA, March 5 (Wire) - {WORDS}</p>", head))
    assert (apart.text, inside.text) == (f"GENEVA, March 5 - {WORDS}", f"GENEVA, March 5 (Wire) - {WORDS}")
    assert apart.published == inside.published == date(2024, 3, 5)


def test_item_of_a_package_that_is_broken_costs_only_itself():
    item = "<newsItem guid='x'><contentSet><inlineData contenttype='{}'>{}</inlineData></contentSet></newsItem>"
    deep = item.format("text/html", "&lt;div>" * 400)
    good = item.format("text/html", f"&lt;p>{WORDS}&lt;/p>")
    message = (
        f"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{good}{deep}{good}</itemSet></newsMessage>"
    )
    first, second, third = xml(message)
    assert (first.text, third.text, second.rule) == (WORDS, WORDS, "too-deep")


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ("<packageItem xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta/></packageItem>", "no-text"),
        ("<NewsML/>", "no-text"),
        (
            "<NewsML><NewsItem><NewsManagement><Status FormalName='Canceled'/></NewsManagement></NewsItem></NewsML>",
            "withdrawn",
        ),
        ("<NewsML><NewsItem><NewsComponent/></NewsItem></NewsML>", "no-text"),
        ("<nitf><head><docdata management-status='canceled'/></head></nitf>", "withdrawn"),
        (nitf(""), "no-text"),
    ],
)
def test_items_without_text_of_their_own(document, rule):
    assert [story.rule for story in xml(document)] == [rule]


NINJS = {"uri": "https://a.example/1", "versioncreated": "2024-03-05T23:30:00-05:00", "headline": "Ferry"}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"body_text": "One.\n\nTwo."}, "One.\n\nTwo."),
        ({"body_xhtml": "<p>One.</p><p>Two &amp; three.</p>", "body_text": "other"}, "One.\n\nTwo & three."),
        ({"bodies": [{"role": "main", "contentType": "text/html", "value": "<p>One.</p><p>Two.</p>"}]}, "One.\n\nTwo."),
        ({"bodies": [{"contentType": "text/plain", "value": "1 < 2, she said."}]}, "1 < 2, she said."),
        ({"body_text": "half \ud83d of it"}, "half \ufffd of it"),
    ],
)
def test_ninjs_bodies(fields, text):
    story = ninjs.story_of({**NINJS, **fields})
    assert (story.text, story.published, story.given.title) == (text, date(2024, 3, 5), "Ferry")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "no-text"),
        ({"body_text": 3}, "no-text"),
        ({"body_text": WORDS, "pubstatus": "canceled"}, "withdrawn"),
        ({"body_text": WORDS, "pubStatus": "withheld"}, "withdrawn"),
        ({"body_xhtml": "<div>" * 300}, "too-deep"),
    ],
)
def test_ninjs_that_gives_no_story(fields, rule):
    assert ninjs.story_of({**NINJS, **fields}).rule == rule


def test_other_json_is_no_ninjs():
    assert ninjs.is_ninjs({**NINJS})
    assert not ninjs.is_ninjs({"uri": "x", "text": WORDS})
    assert not ninjs.is_ninjs({"versioncreated": "x", "text": WORDS})
    assert not ninjs.is_ninjs([NINJS])


@pytest.mark.parametrize(
    ("footer", "published"),
    [
        (b"051230 GMT Mar 24", date(2024, 3, 5)),
        (b"051230 MAR 99", date(1999, 3, 5)),
        (b"051230Z December 2024", date(2024, 12, 5)),
        (b"AP-NY-03-05-24 1230EST", date(2024, 3, 5)),
        (b"311230 GMT Feb 24", None),
        (b"", None),
    ],
)
def test_day_on_which_a_wire_message_was_filed(footer, published):
    ((member, story),) = wire_text.stories(io.BytesIO(b"\x16\x01h\x02" + WORDS.encode() + b"\x03" + footer + b"\x04"))
    assert (member, story.text, story.published) == (None, WORDS, published)


def test_wire_message_that_is_cut_off_is_read_and_an_empty_one_refused():
    (_, first), (_, second) = wire_text.stories(io.BytesIO(b"\x01h\x02\x03\x04\x01h\x02" + WORDS.encode()))
    assert (first.rule, second.text) == ("no-text", WORDS)


def entry(inner: str) -> str:
    return f"<item><title>Ferry</title>{inner}</item>"


def rss(*entries: str, end: str = "</channel></rss>") -> list[Story | ReadError]:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>Wire</title>'
    return [story for _, story in feed.stories(io.BytesIO((head + "".join(entries) + end).encode()))]


LONG = " ".join(f"<p>{WORDS}</p>" for _ in range(20)).replace("<", "&lt;")


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        (f"<content:encoded>&lt;p>{WORDS}&lt;/p></content:encoded>", True),
        (f"<content:encoded>&lt;p>{WORDS} [&amp;#8230;]&lt;/p></content:encoded>", False),
        (f"<content:encoded>{WORDS} Read more</content:encoded>", False),
        (f"<content:encoded>{WORDS} “We read more than they do.”</content:encoded>", True),
        (f"<description>{WORDS}</description>", False),
        (f"<description>{LONG}</description>", True),
        (f"<description>{LONG} Continue reading the story →</description>", False),
        ("", False),
    ],
)
def test_entry_is_an_article_when_it_carries_its_full_text(inner, kept):
    (story,) = rss(entry(inner))
    assert isinstance(story, Story) is kept
    assert kept or story.rule == "summary-only"


def test_feed_that_breaks_off_keeps_its_whole_entries():
    full = entry(f"<content:encoded>{WORDS}</content:encoded>")
    first, last = rss(full, full[:-30], end="")
    assert (first.text, last.rule) == (WORDS, "bad-record")


def test_feed_that_is_no_xml_is_read_none_the_less():
    (story,) = rss(entry(f"<content:encoded>{WORDS}</content:encoded><author>A & B</author>"))
    assert story.text == WORDS


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("20240305T231500+0900", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("2024-03-05T23:15:00Z", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 23:15:00 GMT", date(2024, 3, 5)),
        ("20241305T000000Z", None),
        ("March", None),
        (None, None),
    ],
)
def test_day_of_a_stamp(stamp, day):
    assert day_of(stamp) == day


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("EN", "en"), ("eng", "en"), ("pt_BR", "pt"), ("english", None), ("", None), (None, None)],
)
def test_language_of_a_tag(tag, code):
    assert language_of(tag) == code


def test_markup_to_paragraphs():
    root = parse_xml(
        b"<body>loose<p>a <b>b</b>\n c<br/>d</p> tail <ul><li>e</li><li>f</li></ul><script>x</script>g</body>"
    )
    assert text_of(root) == "loose\n\na b c\nd\n\ntail\n\ne\n\nf\n\ng"
    assert plain_html("a &lt; b") == "a < b"
