"""A table of officials: its columns, its rows, and the checks of each cell."""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from flows.data import rows
from flows.schema import ROLE_CATEGORIES
from flows.speakers.names import is_particle
from flows.speakers.titles import Gender

REQUIRED: Final = ("name", "role", "role_category", "from")
COLUMNS: Final = (
    "name",
    "surname",
    "aliases",
    "role",
    "role_category",
    "country",
    "organization",
    "from",
    "to",
    "gender",
    "wikidata",
    "source",
)
_PARTIAL_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_NO_DAY = "is no day (YYYY-MM-DD, YYYY-MM or YYYY)"
_QID = re.compile(r"Q[1-9]\d*")


class OfficialsError(ValueError):
    """A table of officials cannot be used; the message names file, line, column and remedy."""


@dataclass(frozen=True, slots=True)
class Official:
    """One term of one person in one office.

    Attributes:
        name: Name in its canonical spelling.
        surnames: Short forms under which texts go on to speak of the person.
        aliases: Other spellings of the full name.
        role: Office without the state.
        role_category: Kind of office, one of `schema.ROLE_CATEGORIES`.
        country: ISO code of the state; None for officials of organisations.
        organization: Short code of the organisation; None for officials of states.
        first: First day that certainly belongs to the term.
        last: Last day that certainly does.
        gender: m or f where the table says.
        wikidata: Item of the person in Wikidata.
    """

    name: str
    surnames: tuple[str, ...]
    aliases: tuple[str, ...]
    role: str
    role_category: str
    country: str | None
    organization: str | None
    first: date
    last: date
    gender: Gender = None
    wikidata: str | None = None

    @property
    def speaks_for(self) -> str:
        """Code of the state or organisation."""
        return self.country or self.organization or ""

    def in_office(self, day: date) -> bool:
        """Whether `day` certainly belongs to the term."""
        return self.first <= day <= self.last


def parse(text: str, file: str, open_until: date) -> tuple[Official, ...]:
    """The rows of a table of officials.

    Args:
        text: Content of the CSV file.
        file: Its name, for messages.
        open_until: Last day of the terms that have no end.

    Raises:
        OfficialsError: A column is missing or unknown, or a cell is wrong.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, file)
        return tuple(_official(_Line(file, reader.line_num, header, cells), open_until) for cells in reader if cells)
    except csv.Error as error:
        raise OfficialsError(f"{file}, line {reader.line_num}: {error}; mend the quoting") from error


def _check_header(header: list[str], file: str) -> None:
    for column in (*REQUIRED, *header):
        if column not in header:
            raise OfficialsError(f"{file}, line 1, column {column}: is missing; the columns are {', '.join(COLUMNS)}")
        if column not in COLUMNS:
            raise OfficialsError(f"{file}, line 1, column {column}: is unknown; the columns are {', '.join(COLUMNS)}")


class _Line:
    """One line of a table, whose cells are checked as they are read."""

    def __init__(self, file: str, number: int, header: list[str], cells: list[str]) -> None:
        self._place = f"{file}, line {number}"
        if len(cells) != len(header):
            raise OfficialsError(
                f"{self._place}: {len(cells)} cells for {len(header)} columns; quote cells that hold a comma"
            )
        self._cells = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    def wrong(self, column: str, remedy: str) -> OfficialsError:
        return OfficialsError(f"{self._place}, column {column}: {self[column]!r} {remedy}")

    def required(self, column: str) -> str:
        if not self[column]:
            raise self.wrong(column, "must not be empty")
        return self[column]

    def one_of(self, column: str, allowed: Iterable[str], what: str) -> str | None:
        if self[column] and self[column] not in allowed:
            raise self.wrong(column, f"is not {what}")
        return self[column] or None

    def several(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self[column].split(";") if part.strip())

    def days(self, column: str) -> tuple[date, date] | None:
        """The first and the last day of the year, month or day in a cell; None for an empty one."""
        if not self[column]:
            return None
        written = _PARTIAL_DAY.fullmatch(self[column])
        if written is None:
            raise self.wrong(column, _NO_DAY)
        try:
            return _first_and_last(*(int(part) if part else None for part in written.groups()))
        except ValueError as error:
            raise self.wrong(column, _NO_DAY) from error


def _first_and_last(year: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    year = year or 0
    last_month = month or 12
    return date(year, month or 1, day or 1), date(year, last_month, day or monthrange(year, last_month)[1])


def _official(line: _Line, open_until: date) -> Official:
    name, role = line.required("name"), line.required("role")
    line.required("from")
    if not line["country"] and not line["organization"]:
        raise line.wrong("country", "and organization are both empty; fill one of them")
    if line["country"] and line["organization"]:
        raise line.wrong("organization", "stands beside a country; fill one of them")
    if line["wikidata"] and not _QID.fullmatch(line["wikidata"]):
        raise line.wrong("wikidata", "is no item of Wikidata (Q and digits)")
    category = line.one_of("role_category", ROLE_CATEGORIES, f"one of {', '.join(ROLE_CATEGORIES)}")
    gender = line.one_of("gender", ("m", "f"), "m, f or empty")
    aliases = line.several("aliases")
    first, last = _certain_days(line, open_until)
    return Official(
        name=name,
        surnames=_surnames(name, line.several("surname"), aliases),
        aliases=tuple(alias for alias in aliases if " " in alias),
        role=role,
        role_category=category or line.required("role_category"),
        country=line.one_of("country", _country_codes(), "a code of ISO 3166-1 alpha-3"),
        organization=line["organization"] or None,
        first=first,
        last=last,
        gender="m" if gender == "m" else "f" if gender else None,
        wikidata=line["wikidata"] or None,
    )


def _certain_days(line: _Line, open_until: date) -> tuple[date, date]:
    """First and last day that certainly belong to a term of which only months or years may be known."""
    earliest, first = line.days("from") or (date.min, date.min)
    last, latest = line.days("to") or (open_until, open_until)
    if earliest > latest:
        raise line.wrong("to", f"lies before the first day of the term, {line['from']}")
    if first > last:
        raise line.wrong("to", f"leaves no day that certainly belongs to the term from {line['from']}; be more precise")
    return first, last


def _surnames(name: str, given: tuple[str, ...], aliases: tuple[str, ...]) -> tuple[str, ...]:
    forms = list(given)
    if not given:
        # A longer alias can end in a second surname, by which nobody goes.
        alike = [full for full in (name, *aliases) if " " in full and len(full.split()) == len(name.split())]
        forms = [form for full in alike for form in _last_words(full)]
    return tuple(dict.fromkeys([*forms, *(alias for alias in aliases if " " not in alias)])) or (name,)


def _last_words(name: str) -> Iterator[str]:
    """The last word of a name, with and without the particles before it."""
    words = name.split()
    begin = len(words) - 1
    while begin > 1 and is_particle(words[begin - 1]):
        begin -= 1
    yield " ".join(words[begin:])


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(row["iso3"] for row in rows("countries"))
