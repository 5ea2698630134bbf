"""Raw stories in the shapes in which wires are kept: what is read out of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.articles.article import Article
from flows.articles.reading import USUAL
from flows.articles.registry import read_file

LEAD = "The Norwegian minister said on Friday that the ferry between the two ports would run again before the winter."
NEXT = "“Nobody should wait for spring,” she told reporters. “The harbour master has been asked to mend the pier.”"
SOFT = LEAD.replace(" ", "\u00a0").replace("minister", "mini\u00adster\u200b")
TASS = "KIRKENES, February 9. /TASS/. "
DATELINE = ("Kirkenes", date(2024, 2, 9), "TASS")


class Shape(NamedTuple):
    """A raw story and what must be read out of it."""

    raw: str
    title: str | None = None
    dateline: tuple[str, date | None, str | None] | None = DATELINE
    published: date = date(2024, 2, 9)
    body: tuple[str, ...] = (LEAD, NEXT)


OPENINGS = {
    "prefix and dateline": Shape(f" date 2024-02-09 {TASS}{LEAD}\n\n{NEXT}"),
    "prefix of the next day": Shape(f" date 2024-02-10 {TASS}{LEAD}\n\n{NEXT}", published=date(2024, 2, 10)),
    "prefix and headline": Shape(
        f" date 2024-02-09 Ferry to run before winter, says minister\n\n{TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter, says minister",
    ),
    "headline and dateline on one line": Shape(
        f" date 2024-02-09 Ferry to run before winter {TASS}{LEAD}\n\n{NEXT}", "Ferry to run before winter"
    ),
    "headline of two lines": Shape(
        f" date 2024-02-09 Ferry to run before winter,\nsays minister\n\n{TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter,",
    ),
    "address": Shape(
        f" date 2024-02-09 https://news.example/a/123\nFerry to run before winter\n\n{TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
    ),
    "site menu": Shape(
        f" date 2024-02-09 All news\nLeft Menu\nEnglish | Русский\nFerry to run before winter\n\n"
        f"{TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
    ),
    "photo credit": Shape(
        f" date 2024-02-09 Photo: Harbour Agency\nFerry to run before winter\n\n{TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
    ),
    "sidebar with time stamps": Shape(
        f" date 2024-02-09 Ferry to run before winter 9 Feb, 14:30 Envoy hails talks 8 Feb, 09:05 "
        f"{{{{element.title}}}} {TASS}{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
    ),
    "headline again on top of the body": Shape(
        f" date 2024-02-09 Ferry to run before winter\n\n{TASS}Ferry to run before winter\n\n{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
    ),
    "lead again with its dateline": Shape(f" date 2024-02-09 {TASS}{LEAD}\n\n{TASS}{LEAD}\n\n{NEXT}"),
    "teaser of the lead": Shape(
        f" date 2024-02-09 {TASS}The Norwegian minister said on Friday that the ferry between the two...\n\n"
        f"{LEAD}\n\n{NEXT}"
    ),
    "caption twice": Shape(
        f" date 2024-02-09 {TASS}{LEAD}\n\nThe old pier in Kirkenes, seen from the ferry in January.\n\n{NEXT}\n\n"
        "The old pier in Kirkenes, seen from the ferry in January.",
        body=(LEAD, "The old pier in Kirkenes, seen from the ferry in January.", NEXT),
    ),
    "no prefix, year in the dateline": Shape(f"KIRKENES, February 9, 2024. /TASS/. {LEAD}\n\n{NEXT}"),
    "city on a line of its own": Shape(
        f" date 2024-02-09 Ferry to run before winter\n\nANKARA\n\n{LEAD}\n\n{NEXT}",
        "Ferry to run before winter",
        ("Ankara", None, None),
    ),
    "hard-wrapped lines": Shape(
        f" date 2024-02-09 {TASS}The Norwegian minister said on Friday\n"
        f"that the ferry between the two ports would run again before the\nwinter.\n\n{NEXT}"
    ),
    "byte string": Shape(f" date 2024-02-09 {(TASS + LEAD).encode()!s}", body=(LEAD,)),
    "byte string with odd characters": Shape(
        f" date 2024-02-09 {(TASS + LEAD + chr(10) * 2 + NEXT).encode()!s}",
    ),
    "struck out and translated": Shape(f" date 2024-02-09 *** TRANSLATED *** {TASS}<s>{LEAD}</s>\n\n{NEXT}"),
    "hard spaces, soft hyphens, zero widths": Shape(f" date 2024-02-09 {TASS}{SOFT}\n\n{NEXT}"),
    "mojibake": Shape(f" date 2024-02-09 {TASS}{LEAD}\n\n{NEXT.encode().decode('latin-1')}"),
    "lost apostrophe": Shape(
        f" date 2024-02-09 {TASS}{LEAD}\n\nNorway?s pier wasn?t mended.",
        body=(LEAD, "Norway’s pier wasn’t mended."),
    ),
    "wire header and footer": Shape(
        f" date 2024-02-09 (2nd LD) Ferry to run before winter\n(ATTN: UPDATES with quote in last para)\n"
        f"By Ana Ruiz\n\n{TASS}{LEAD}\n\n{NEXT}\n\ndesk@harbour.example\n(END)",
        "Ferry to run before winter",
    ),
}

TAILS = {
    "credits": "(Reporting by Ana Ruiz in Oslo; Editing by Tom Lee)",
    "credits on two lines": "(Reporting by Ana Ruiz in Oslo;\nEditing by Tom Lee)",
    "source link": "Source link",
    "copyright": "© 2024 Harbour News. All rights reserved.",
    "tags": "Tags: Norway, ferry, ports",
    "wire's end": "-0-",
    "number signs": "###",
    "end with the hour": "END      1:02 P.M. EDT",
    "advertisement mark": "[ad_2]",
    "read more and headlines": "Read more: Envoy hails talks\n\nFerry prices fall for the third week",
    "related headlines": "Related stories\n\nEnvoy hails talks in Quito\n\nFerry prices fall for the third week",
    "editor's note with a telephone number": "Editor's note: questions to +00 000 0000, desk@harbour.example",
    "post": "— Ana Ruiz (@anaruiz) February 9, 2024",
    "dpa's notebook": "# Notizblock\n\n## Internet\n- Ministry: https://ministry.example",
}


def article(folder: Path, raw: str) -> Article:
    (folder / "story.txt").write_text(raw, encoding="utf-8")
    (found,) = read_file(folder / "story.txt", folder, USUAL)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", OPENINGS)
def test_opening(tmp_path, name):
    shape = OPENINGS[name]
    found = article(tmp_path, shape.raw)
    assert [span.of(found.text) for span in found.paragraphs] == list(shape.body)
    assert found.title == shape.title
    assert found.published == shape.published
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.day, found.dateline.agency) == shape.dateline
    assert found.language == "en"


@pytest.mark.parametrize("name", TAILS)
def test_tail(tmp_path, name):
    found = article(tmp_path, f" date 2024-02-09 {TASS}{LEAD}\n\n{NEXT}\n\n{TAILS[name]}\n")
    assert found.text == f"{LEAD}\n\n{NEXT}"
    assert found.removed


@pytest.mark.parametrize("name", ["credits", "wire's end"])
def test_tail_at_the_end_of_the_last_paragraph(tmp_path, name):
    found = article(tmp_path, f" date 2024-02-09 {TASS}{LEAD}\n\n{NEXT} {TAILS[name]}")
    assert found.text == f"{LEAD}\n\n{NEXT}"


def test_story_without_litter_loses_nothing(tmp_path):
    found = article(tmp_path, f" date 2024-02-09 {TASS}{LEAD}\n\n{NEXT}")
    assert found.removed == {}


def test_article_in_another_language_is_not_mangled(tmp_path):
    words = "Министр заявил в пятницу, что паром между двумя портами снова начнёт ходить до зимы. «Ждать незачем»."
    found = article(tmp_path, f" date 2024-02-09 МОСКВА, 9 февраля. /ТАСС/. {words}")
    assert (found.text, found.language) == (words, "ru")
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency) == ("Москва", "ТАСС")


def test_field_against_the_text_is_noted(tmp_path):
    (tmp_path / "story.md").write_text(f"---\ndate: 2024-02-09\nlanguage: fr\n---\n{LEAD}\n\n{NEXT}", encoding="utf-8")
    (found,) = read_file(tmp_path / "story.md", tmp_path, USUAL)
    assert isinstance(found, Article)
    assert (found.language, found.conflicts) == ("en", ("language: en by the article's text, fr by its field",))
