"""`statements inspect`: an article with its statements marked, and why each was attributed so."""

from __future__ import annotations

import json
import math
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from helpers import article
from rich.console import Console
from typer.testing import CliRunner

from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import list_raw, read_file
from flows.cli import app
from flows.report.inspection import RULES, Inspection, inspect, lines_of
from flows.report.inspection_page import page_of
from flows.report.inspection_text import in_terminal
from flows.report.looking_up import article_of_row
from flows.rows import rows_of
from flows.schema import ARTICLES
from flows.settings import PROJECT
from flows.tables.arrow import to_arrow
from flows.tables.partitions import write_rows

STORY = article(
    "Finnish Foreign Minister Aino Koski said on Tuesday that the ferry to <Estonia> would sail in May.",
    '"We wait for the ice," she said, "and for nobody else."',
    "Estonia, Latvia and Lithuania condemned the delay.",
    title="Ferry & ice",
)
WIRE = "date 2024-03-14 HELSINKI, March 13. /STT/. Finnish Foreign Minister Aino Koski said the ferry would not sail.\n"


Found = list[tuple[Article, dict[str, Any], list[dict[str, Any]], Inspection]]


@pytest.fixture(scope="module")
def samples() -> Found:
    """Every sample article of the project with its rows and its inspection."""
    raw = PROJECT / "raw"
    stories = [item for path in list_raw(raw) for item in read_file(path, raw, USUAL) if isinstance(item, Article)]
    return [(story, *rows_of(story), inspect(story, "raw file")) for story in stories]


def _reasons(inspection: Inspection) -> list[str]:
    return [reason.statement_id for paragraph in inspection.paragraphs for reason in paragraph.reasons]


def _printed(inspection: Inspection) -> str:
    console = Console(width=160, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as capture:
        for part in in_terminal(inspection):
            console.print(part)
    return capture.get()


def test_segments_put_together_are_the_text_and_reasons_are_the_rows(samples: Found) -> None:
    for story, _, rows, inspection in samples:
        text = ["".join(segment.text for segment in each.segments) for each in inspection.paragraphs]
        assert text == [span.of(story.text) for span in story.paragraphs]
        assert _reasons(inspection) == [row["statement_id"] for row in rows]


def test_marks_open_and_close_with_each_piece(samples: Found) -> None:
    for _, _, rows, inspection in samples:
        segments = [segment for each in inspection.paragraphs for segment in each.segments]
        pieces = [len(row["spans"]) for row in rows]
        for number, count in enumerate(pieces, start=1):
            assert sum(segment.opens.count(number) for segment in segments) == count
            assert sum(segment.closes.count(number) for segment in segments) == count


def test_every_rule_is_put_in_plain_words(samples: Found) -> None:
    found = {
        reason.rule for *_, inspection in samples for paragraph in inspection.paragraphs for reason in paragraph.reasons
    }
    assert {"named", "pronoun", "institution"} <= found <= set(RULES)


def test_a_reason_says_mention_speaker_rule_day_and_confidence() -> None:
    inspection = inspect(STORY, "raw file")
    first, second = inspection.paragraphs[0].reasons[0], inspection.paragraphs[1].reasons[0]
    lines = dict(lines_of(first))
    assert lines["speaker"] == "Aino Koski, Foreign Minister (FIN)"
    assert lines["date"] == "2024-03-12, by a phrase in the text"
    assert lines["role"] == "role by the article's own words"
    assert (second.mention, second.rule, second.speakers[0].name) == ("she", "pronoun", "Aino Koski")
    assert dict(lines_of(second))["rule"] == f"pronoun: {RULES['pronoun']}"
    assert first.confidence == rows_of(STORY)[1][0]["confidence"]


def test_terms_add_up_to_the_confidence() -> None:
    for paragraph in inspect(STORY, "raw file").paragraphs:
        for reason in paragraph.reasons:
            total = sum(term.adds for term in reason.terms)
            assert 1 / (1 + math.exp(-total)) == pytest.approx(reason.confidence, abs=0.01)


def test_the_terminal_shows_marks_without_colours() -> None:
    shown = _printed(inspect(STORY, "raw file"))
    assert "\x1b" not in shown
    assert '"[2 We wait for the ice,]" she said, "[2 and for nobody else.]"' in shown
    assert "Estonia; Latvia; Lithuania" not in shown
    assert "Estonia (EST); Latvia (LVA); Lithuania (LTU)" in shown


def test_words_of_an_article_cannot_steer_the_terminal() -> None:
    shown = _printed(
        inspect(article("It rained \x1b[2J on [bold]Monday[/bold].", title="\x1b]0;x\x07 Rain"), "raw file")
    )
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[bold]Monday[/bold]" in shown


class _Page(HTMLParser):
    """Collects what a page shows, and complains where tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {"src", "href", "onload"} & {name for name, _ in attrs}
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_well_formed_self_contained_and_escaped() -> None:
    nasty = article(
        'Finnish Foreign Minister Aino Koski said <script>alert("x")</script> would sail in May.', title="<b>Ferry</b>"
    )
    page = _Page()
    page.feed(page_of([inspect(nasty, "raw file"), inspect(STORY, "stored text")]))
    assert page.open == []
    assert not {"script", "link", "img", "b"} & set(page.seen)
    assert "<b>Ferry</b>" in page.words
    assert '<script>alert("x")</script>' in page.words
    assert "the ferry to <Estonia> would sail in May" in page.words


def test_an_article_in_a_language_that_is_not_read_says_so() -> None:
    french = inspect(article("« Nous attendons la glace », a déclaré la ministre.", language="fr"), "raw file")
    assert "not read for statements (fr)" in _printed(french)
    assert "not read for statements (fr)" in page_of([french])
    assert _reasons(french) == []


def test_an_article_made_from_its_row_has_the_same_text_and_paragraphs(samples: Found) -> None:
    for story, head, *_ in samples:
        again = article_of_row({**head, "duplicate_of": None})
        assert (again.text, again.paragraphs, again.published) == (story.text, story.paragraphs, story.published)


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, str]:
    """A folder with a raw article and the table articles of it; and its article_id."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "ferry.txt").write_text(WIRE, encoding="utf-8")
    (story,) = read_file(raw / "ferry.txt", raw, USUAL)
    assert isinstance(story, Article)
    write_rows(ARTICLES, to_arrow(ARTICLES, [rows_of(story)[0]]), tmp_path / "curated" / "articles" / "2024.parquet")
    return tmp_path, story.article_id


def _run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    folders = ["--raw", str(folder / "raw"), "--curated", str(folder / "curated")]
    done = CliRunner().invoke(app, ["inspect", *arguments, *folders])
    return done.exit_code, done.stdout, done.stderr


def test_an_identifier_is_read_from_its_raw_file_again(published: tuple[Path, str]) -> None:
    folder, article_id = published
    status, out, _ = _run(folder, article_id, "--json")
    (found,) = json.loads(out)["articles"]
    assert (status, found["article_id"], found["facts"]["text"]) == (0, article_id, "read from the raw file")
    assert found["paragraphs"][0]["reasons"][0]["date"] == str(date(2024, 3, 13))


@pytest.mark.parametrize("gone", [True, False])
def test_the_stored_text_serves_where_the_raw_file_is_gone_or_changed(published: tuple[Path, str], gone: bool) -> None:
    folder, article_id = published
    raw = folder / "raw" / "ferry.txt"
    raw.unlink() if gone else raw.write_text("date 2024-03-14 It rained.", encoding="utf-8")
    status, out, _ = _run(folder, article_id, "--json")
    (found,) = json.loads(out)["articles"]
    assert status == 0
    assert found["facts"]["text"].startswith("stored text")
    assert found["paragraphs"][0]["reasons"][0]["speakers"][0]["name"] == "Aino Koski"


def test_a_file_is_shown_or_written_as_a_page(published: tuple[Path, str]) -> None:
    folder, article_id = published
    status, out, _ = _run(folder, str(folder / "raw" / "ferry.txt"))
    assert (status, "Aino Koski" in out, article_id in out) == (0, True, True)
    page = folder / "page.html"
    status, out, _ = _run(folder, article_id, "--html", str(page))
    assert (status, out) == (0, "")
    assert "Aino Koski" in page.read_text(encoding="utf-8")


def test_of_a_file_with_many_articles_the_first_are_shown(tmp_path: Path) -> None:
    record = json.dumps({"published": "2024-03-14", "text": "It rained in Turku."})
    (tmp_path / "many.jsonl").write_text("{}\n" + f"{record}\n" * 3, encoding="utf-8")
    status, out, errors = _run(tmp_path, str(tmp_path / "many.jsonl"), "--articles", "2", "--json")
    assert (status, len(json.loads(out)["articles"])) == (0, 2)
    assert "only the first 2 articles" in errors
    assert "record 1" in errors


def test_a_file_without_articles_shows_why(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    status, out, errors = _run(tmp_path, str(tmp_path / "empty.txt"))
    assert (status, out) == (1, "")
    assert "The file is empty" in errors


@pytest.mark.parametrize(("target", "why"), [("0" * 16, "no such article in"), ("nothing.txt", "no such file")])
def test_an_unknown_target_is_wrong_usage(published: tuple[Path, str], target: str, why: str) -> None:
    done = CliRunner().invoke(app, ["inspect", target, "--curated", str(published[0] / "curated")])
    assert why in str(done.exception)


def test_a_page_that_cannot_be_written_is_wrong_usage(published: tuple[Path, str]) -> None:
    folder, article_id = published
    page = str(folder / "nowhere" / "page.html")
    folders = ["--raw", str(folder / "raw"), "--curated", str(folder / "curated")]
    done = CliRunner().invoke(app, ["inspect", article_id, "--html", page, *folders])
    assert "cannot be written (No such file or directory)" in str(done.exception)
