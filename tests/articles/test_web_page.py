from __future__ import annotations

import io
import json
import socket
from datetime import date

import pytest

from flows.articles import web_page, web_snapshot
from flows.articles.errors import ReadError
from flows.articles.reading import Reading
from flows.articles.registry import read_file
from flows.articles.story import Story
from flows.articles.web_page import page_story

SENTENCE = (
    "The harbour master of Peleliu told delegation number {} that the evening boat would be late again this week."
)


def paragraphs(count: int, **attributes: str) -> str:
    marks = "".join(f' {name.strip("_")}="{value}"' for name, value in attributes.items())
    return "".join(f"<p{marks}>{SENTENCE.format(number)}</p>" for number in range(count))


def story(body: str, head: str = "", **given: object) -> Story:
    return page_story(f"<html><head>{head}</head><body>{body}</body></html>".encode(), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2023-05-04T23:59:00-04:00">', date(2023, 5, 4)),
        ('<meta property="article:modified_time" content="2024-05-04">', None),
        (
            (
                '<meta property="article:modified_time" content="2024-05-04">'
                '<meta property="article:published_time" content="2023-05-04">'
            ),
            date(2023, 5, 4),
        ),
        (
            (
                '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2024-05-04",'
                ' "datePublished": "2023-05-04T01:00:00Z"}</script>'
            ),
            date(2023, 5, 4),
        ),
        ('<link rel="canonical" href="https://courier.example/2023/05/04/late-boats">', date(2023, 5, 4)),
        ('<meta name="date" content="2023-05">', None),
        ('<meta property="og:image" content="https://a.example/uploads/2019/03/02/boat.jpg">', None),
        ('<script>var built = "2018-03-04T00:00:00"</script>', None),
        ("", None),
    ],
)
def test_day_of_publication_is_not_the_day_of_a_change(head, published):
    found = story(paragraphs(3), head)
    assert (found.published, found.published_basis) == (published, "document" if published else None)


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<aside><time datetime="2019-01-01">x</time></aside><time datetime="2023-05-04">y</time>', date(2023, 5, 4)),
        ('<time class="updated" datetime="2024-01-01">x</time><time datetime="2023-05-04">y</time>', date(2023, 5, 4)),
        ('<time class="published updated" datetime="2023-05-04">y</time>', date(2023, 5, 4)),
        ('<div class="date">4 May 2023</div>', date(2023, 5, 4)),
        ('<div class="date">May 2023</div><time datetime="2023-05">May 2023</time>', None),
        ("<footer>© 2023 Palau Courier, 4 May 2022</footer>", None),
    ],
)
def test_day_of_publication_in_the_body(body, published):
    assert story(body + paragraphs(3)).published == published


def test_day_of_publication_is_not_after_the_page_was_fetched():
    head = '<meta property="article:published_time" content="2023-05-04">'
    assert story(paragraphs(3), head, retrieved=date(2023, 5, 3)).published == date(2023, 5, 4)
    late = story(paragraphs(3), head, retrieved=date(2023, 4, 30))
    assert (late.published, late.retrieved) == (None, date(2023, 4, 30))


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://a.example/1"><meta property="og:url" content="https://a.example/2">',
            "1",
        ),
        ('<link rel="canonical" href="/1"><meta property="og:url" content="https://a.example/2">', "2"),
        ('<script type="application/ld+json">{"@type": "Article", "url": "https://a.example/3"}</script>', "3"),
        ("", "4"),
    ],
)
def test_canonical_address_wins_over_the_address_of_the_fetch(head, url):
    assert story(paragraphs(3), head, address="https://a.example/4").given.url == f"https://a.example/{url}"


def test_address_that_a_browser_notes_when_it_saves():
    raw = f"<!DOCTYPE html>\n<!-- saved from url=(0023)https://a.example/boats -->\n<html>{paragraphs(3)}</html>"
    assert page_story(raw.encode()).given.url == "https://a.example/boats"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (
            (
                '<meta property="og:site_name" content="Palau &amp; Sea"><script type="application/ld+json">'
                '{"@type": "NewsArticle", "publisher": {"name": "Sea Media Holding"}}</script>'
            ),
            "Palau & Sea",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "publisher": "Sea Media"}</script>', "Sea Media"),
        ("", None),
    ],
)
def test_outlet(head, outlet):
    assert story(paragraphs(3), head).given.outlet == outlet


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1251", "windows-1251"),
        ("utf-16", "x"),
    ],
)
def test_encodings(encoding, declared):
    words = "Посол сказал, что паром пойдёт весной" if encoding == "cp1251" else "Señor Pérez’s “ferry” to Lomé"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words} and the harbour agreed.</p>{paragraphs(2)}'
    assert words in page_story(page.encode(encoding)).text


def test_body_that_the_extractor_takes_for_comments_is_not_lost():
    found = story(f'<div class="comments">{paragraphs(6)}</div>')
    assert found.text.split("\n\n") == [SENTENCE.format(number) for number in range(6)]
    assert found.removed == {"page-read-by-paragraphs": 1}


def test_way_of_reading_is_counted_in_the_article(tmp_path):
    page = (
        f'<html><head><meta name="date" content="2023-05-04"></head><body><div class="comments">{paragraphs(6)}</div>'
    )
    (tmp_path / "boats.html").write_text(page, encoding="utf-8")
    (article,) = read_file(tmp_path / "boats.html", tmp_path, Reading())
    assert (len(article.paragraphs), article.removed) == (6, {"page-read-by-paragraphs": 1})


def test_body_in_linked_data_is_used_where_it_is_wholer():
    whole = "\n\n".join(SENTENCE.format(number) for number in range(5))
    data = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": whole}]})
    found = story(paragraphs(1), f'<script type="application/ld+json">{data}</script>')
    assert (found.text, found.removed) == (whole, {"page-read-by-json-ld": 1})


def test_body_in_linked_data_that_is_a_mere_teaser_is_left_alone():
    data = json.dumps({"@type": "NewsArticle", "articleBody": SENTENCE.format(0)[:40]})
    found = story(f"<article>{paragraphs(5)}</article>", f'<script type="application/ld+json">{data}</script>')
    assert (len(found.text.split("\n\n")), found.removed) == (5, {})


def test_paragraph_that_stays_away_is_counted():
    aside = f'<div class="related-posts">{paragraphs(1).replace("Peleliu", "Angaur")}</div>'
    found = story(f"<article>{paragraphs(9)}{aside}</article>")
    assert "Angaur" not in found.text
    assert found.removed == {"page-paragraph": 1}


def test_page_around_the_article_stays_away():
    around = "<p>We and our partners use cookies to remember what you like and to count our readers.</p>"
    found = story(f'<div id="cookie-consent">{around}</div><article>{paragraphs(3)}</article><footer>{around}</footer>')
    assert found.text.split("\n\n") == [SENTENCE.format(number) for number in range(3)]
    assert found.removed == {}


def test_inline_words_of_a_layout_table_stay():
    row = "<p>If the <i>left</i> pier is shut, the <b>middle</b> one takes <i>half</i> the boats, <b>Tia</b> said.</p>"
    found = story(f'<table><tr><td><a href="/">Home</a></td><td><h1>Piers</h1>{row}{paragraphs(2)}</td></tr></table>')
    assert "If the left pier is shut, the middle one takes half the boats, Tia said." in found.text


@pytest.mark.parametrize(
    "raw", [b"", b"<html></html>", b"<html><head><title>x</title></head><body><script>x()</script></body></html>"]
)
def test_page_without_words_is_refused(raw):
    with pytest.raises(ReadError) as refused:
        page_story(raw)
    assert refused.value.rule == "no-text"


def test_references_to_what_is_no_character_are_left_out():
    page = (
        "<p>The ferry&#1; is&#xD800; late&#99999999999999999999; again&#x0c; today&#8217;s minister &#x1F6A2; said.</p>"
    )
    script = '<script type="application/ld+json">{}</script>&#2;'
    assert "The ferry is late again today’s minister 🚢 said." in story(script + page + paragraphs(2)).text


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>"])
def test_deep_nesting_is_refused_and_not_cut_off(tags):
    with pytest.raises(ReadError) as refused:
        page_story((tags * 5000 + paragraphs(3)).encode())
    assert refused.value.rule == "too-deep"


def test_nesting_just_below_the_limit_is_read():
    assert SENTENCE.format(0) in page_story(("<div>" * 180 + paragraphs(3) + "</div>" * 180).encode()).text


def test_too_many_elements_are_refused():
    with pytest.raises(ReadError) as refused:
        page_story(b"<p>" + b"<br>" * 100_001)
    assert refused.value.rule == "too-large"


def test_same_page_gives_the_same_story_in_any_order_and_without_network(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader of saved pages opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    pages = [f"<html><body><article>{paragraphs(count)}</article></body></html>".encode() for count in (2, 3, 2, 3, 2)]
    first = [page_story(page) for page in pages]
    assert [page_story(page) for page in reversed(pages)] == first[::-1]
    assert first[0] == first[2] == first[4]


def snapshot(parts: str, kind: str = 'multipart/related; boundary="B"') -> bytes:
    head = f"MIME-Version: 1.0\nDate: Sun, 4 Dec 2022 18:10:03 -0000\nContent-Type: {kind}\n\n"
    return (head + parts).replace("\n", "\r\n").encode()


def test_snapshot_is_read_from_its_page_and_not_from_a_frame():
    page = f"--B\nContent-Type: text/html\nContent-Location: https://a.example/1\n\n<html>{paragraphs(2)}</html>\n"
    frame = (
        f"--B\nContent-Type: text/html\nContent-Location: https://ads.example\n\n<html>{paragraphs(9)}</html>\n--B--\n"
    )
    ((member, found),) = web_snapshot.stories(io.BytesIO(snapshot(page + frame)))
    assert (member, found.given.url, found.retrieved) == (None, "https://a.example/1", date(2022, 12, 4))
    assert len(found.text.split("\n\n")) == 2


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (snapshot("--B\nContent-Type: image/png\n\nx\n--B--\n"), "no-text"),
        (b"no MIME at all", "no-text"),
        (snapshot("", kind="text/html; " + "a=b; " * 9000), "bad-container"),
        (b"Content-Type: message/rfc822\r\n\r\n" * 20_000, "too-deep"),
    ],
)
def test_snapshot_that_cannot_be_read_is_refused(raw, rule):
    with pytest.raises(ReadError) as refused:
        list(web_snapshot.stories(io.BytesIO(raw)))
    assert refused.value.rule == rule


def test_page_under_the_name_of_a_snapshot_is_read():
    raw = f"<html>{paragraphs(2)}</html>".encode()
    assert list(web_snapshot.stories(io.BytesIO(raw))) == list(web_page.stories(io.BytesIO(raw)))
