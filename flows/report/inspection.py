"""One article with its statements marked, and why each was attributed as it was: for a person who checks a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from flows.articles.article import Article, Span
from flows.confidence import confidence, features, weights
from flows.dates.statement_day import Day
from flows.rows import attributed, statement_id
from flows.speakers.officials import Officials
from flows.speakers.speaker import Resolution, Speaker
from flows.statements.extract import why_skipped
from flows.statements.quotations import scan
from flows.statements.sentences import sentences
from flows.statements.statement import QuotationType, Statement

Part = Literal["content", "speaker", "cue"]
Basis = Literal["raw file", "stored text"]

RULES: Final = {
    "named": "the source names the person",
    "lead": "the opening line names the office of whom the next sentences name",
    "joint": "the source names several, who speak together",
    "role": "the title fits somebody whom the article has named, or the unnamed official before",
    "role-unresolved": "the title fits nobody whom the article names, or several",
    "institution": "the source is an institution, state or organisation",
    "document": "a document speaks for its issuer, the last speaker where there is one",
    "unnamed": "the source has no name",
    "pronoun": "the pronoun stands for the last speaker or person before it that agrees with it",
    "pronoun-unresolved": "nobody before the pronoun agrees with it",
    "previous": "no source of its own: the speaker of the statement before goes on",
    "no-source": "no source, and nobody has spoken before",
    "title": "the headline or the list of participants names the author",
    "interviewed": "headlines or introduction of an interview name who answers",
}
"""What each rule of resolution means, by its name."""

DATES: Final = {
    "phrase": "by a phrase in the text",
    "dateline": "by the dateline",
    "published": "by the day of publication",
    "unknown": "the article does not tell",
}
ROLES: Final = {"officials": "role or country by the table of officials", "article": "role by the article's own words"}
BASES: Final[dict[Basis, str]] = {
    "raw file": "read from the raw file",
    "stored text": "stored text, without header lines and the dateline's day, so that rows can differ from the tables",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that belongs to the same parts of the same statements.

    Attributes:
        text: Its characters.
        parts: Which parts of statements it is; none for the reporter's own words.
        quotation_type: Of the statement whose content it is; None where it is no content.
        opens: Number of the statement whose content, or next piece of it, begins here.
        closes: Number of the statement of which a piece ends here.
    """

    text: str
    parts: tuple[Part, ...] = ()
    quotation_type: QuotationType | None = None
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


class Term(NamedTuple):
    """What one feature adds to the log-odds of a row's confidence."""

    feature: str
    adds: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a statement was attributed as it was.

    Attributes:
        number: Order of the statement in its article, from 1.
        statement_id: Identifier of its row.
        text: Its words.
        quotation_type: See the table statements.
        cue: Attributing words as written.
        mention: Source as written.
        speakers: To whom the mention was resolved.
        candidates: Whom the mention could mean, where it could not be decided.
        rule: Rule by which it was resolved.
        rule_meaning: The rule in plain words.
        role_basis: What role and country rest on, in plain words; None where there is no role.
        date: The day.
        date_precision: How much of it is known.
        date_basis: What it rests on, in plain words.
        method: Rule or model that found the statement.
        confidence: As in the row.
        terms: What its features add to the log-odds, the weightiest first.
    """

    number: int
    statement_id: str
    text: str
    quotation_type: QuotationType
    cue: str | None
    mention: str | None
    speakers: tuple[Speaker, ...]
    candidates: tuple[str, ...]
    rule: str
    rule_meaning: str
    role_basis: str | None
    date: date | None
    date_precision: str | None
    date_basis: str
    method: str
    confidence: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in segments, with the reasons of the statements that begin in it."""

    segments: tuple[Segment, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One article as a person inspects it.

    Attributes:
        article_id: Its identifier.
        title: Its headline.
        facts: What is known of it, by name: source path, outlet, day of publication, ...
        skipped: Why no statements were looked for; None where they were.
        paragraphs: Its text.
    """

    article_id: str
    title: str | None
    facts: dict[str, str]
    skipped: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def heading(self) -> str:
        """The headline, or the file of an article without one."""
        return self.title or self.facts["file"]


def inspect(article: Article, basis: Basis, officials: Officials | None = None) -> Inspection:
    """Marks the statements of an article and says why each was attributed so; a pure function.

    Args:
        article: The article.
        basis: Whether it was read from its raw file or made from its row.
        officials: Table of officials; None for the one that comes with the package.
    """
    skipped = why_skipped(article)
    borders = sentences(article.text, article.paragraphs, scan(article.text, article.paragraphs))
    found = [] if skipped else attributed(article, borders, officials)
    reasons = [_reason(article, number, *each) for number, each in enumerate(found, start=1)]
    marks = _marks([statement for statement, _, _ in found])
    paragraphs = tuple(
        Paragraph(
            _segments(article.text, span, marks),
            tuple(
                reason
                for reason, (statement, _, _) in zip(reasons, found, strict=True)
                if article.paragraph_of(statement.start) == index
            ),
        )
        for index, span in enumerate(article.paragraphs)
    )
    return Inspection(article.article_id, article.title, _facts(article, basis), skipped, paragraphs)


def _facts(article: Article, basis: Basis) -> dict[str, str]:
    dateline = article.dateline
    published = f"{article.published} ({article.published_basis})" if article.published else None
    facts = {
        "article": article.article_id,
        "file": article.source_path + ("" if article.member is None else f", record {article.member + 1}"),
        "outlet": article.outlet,
        "published": published,
        "dateline": dateline.as_written if dateline else None,
        "language": article.language,
        "url": article.url,
        "conflicts": "; ".join(article.conflicts),
        "text": BASES[basis],
    }
    return {name: fact for name, fact in facts.items() if fact}


def _reason(article: Article, number: int, statement: Statement, resolution: Resolution, day: Day) -> Reason:
    found = features(statement, resolution)
    known = weights()
    terms = [Term(name, round(value * known.get(name, 0.0), 2)) for name, value in found.items()]
    return Reason(
        number=number,
        statement_id=statement_id(article.article_id, statement.pieces),
        text=statement.text_in(article.text),
        quotation_type=statement.quotation_type,
        cue=statement.cue.of(article.text) if statement.cue else None,
        mention=resolution.mention,
        speakers=resolution.speakers,
        candidates=resolution.candidates,
        rule=resolution.rule,
        rule_meaning=RULES.get(resolution.rule, ""),
        role_basis=_role_basis(resolution.speakers),
        date=day.day,
        date_precision=day.precision,
        date_basis=DATES[day.basis],
        method=statement.method,
        confidence=round(confidence(found), 4),
        terms=tuple(sorted((term for term in terms if term.adds), key=lambda term: (-abs(term.adds), term.feature))),
    )


def _role_basis(speakers: Sequence[Speaker]) -> str | None:
    if any(speaker.role_basis for speaker in speakers):
        return ROLES["officials"]
    return ROLES["article"] if any(speaker.role for speaker in speakers) else None


class _Mark(NamedTuple):
    span: Span
    part: Part
    number: int
    quotation_type: QuotationType


def _marks(statements: Iterable[Statement]) -> list[_Mark]:
    marks: list[_Mark] = []
    for number, statement in enumerate(statements, start=1):
        kind = statement.quotation_type
        marks += (_Mark(piece, "content", number, kind) for piece in statement.pieces)
        if statement.source:
            marks.append(_Mark(statement.source, "speaker", number, kind))
        if statement.cue:
            marks.append(_Mark(statement.cue, "cue", number, kind))
    return marks


def _segments(text: str, paragraph: Span, marks: Sequence[_Mark]) -> tuple[Segment, ...]:
    """The paragraph cut wherever a mark begins or ends."""
    here = [mark for mark in marks if mark.span.overlaps(paragraph)]
    cuts = {paragraph.start, paragraph.end}
    for mark in here:
        cuts |= {max(mark.span.start, paragraph.start), min(mark.span.end, paragraph.end)}
    edges = sorted(cuts)
    return tuple(_segment(text, Span(start, end), here) for start, end in pairwise(edges))


def _segment(text: str, span: Span, marks: Iterable[_Mark]) -> Segment:
    covering = [mark for mark in marks if mark.span.covers(span)]
    contents = [mark for mark in covering if mark.part == "content"]
    return Segment(
        span.of(text),
        tuple(dict.fromkeys(mark.part for mark in covering)),
        contents[-1].quotation_type if contents else None,
        tuple(mark.number for mark in contents if mark.span.start == span.start),
        tuple(mark.number for mark in contents if mark.span.end == span.end),
    )


def speaker_words(speaker: Speaker) -> str:
    """A speaker in one line: `Aino Koski, Foreign Minister (FIN)`."""
    spoken_for = ", ".join(filter(None, [";".join(speaker.countries), speaker.organization]))
    words = ", ".join(filter(None, [speaker.name, speaker.role])) or "nobody known"
    return f"{words} ({spoken_for})" if spoken_for else words


def lines_of(reason: Reason) -> list[tuple[str, str]]:
    """The reason as named lines, for terminal and page alike."""
    day = (
        str(reason.date)[: {"year": 4, "month": 7}.get(reason.date_precision or "", 10)] if reason.date else "not known"
    )
    terms = ", ".join(f"{term.feature} {term.adds:+.2f}" for term in reason.terms)
    rule = f"{reason.rule}: {reason.rule_meaning}" if reason.rule_meaning else reason.rule
    lines = [
        ("speaker", "; ".join(speaker_words(speaker) for speaker in reason.speakers)),
        ("mention", f"“{reason.mention}”" if reason.mention else "none"),
        ("could be", "; ".join(reason.candidates)),
        ("rule", rule),
        ("role", reason.role_basis or ""),
        ("date", f"{day}, {reason.date_basis}"),
        ("found by", reason.method + (f", cue “{reason.cue}”" if reason.cue else ", no cue")),
        ("confidence", f"{reason.confidence:.4f} (log-odds: {terms})"),
        ("statement", reason.statement_id),
    ]
    return [(name, words) for name, words in lines if words]
