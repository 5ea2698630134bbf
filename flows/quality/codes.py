"""The country codes that the tables may hold."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib import resources

from flows.data import rows


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes of today's countries, XKX for Kosovo, and the codes of states that are no more.

    Today's codes are those of the package country_converter. They are read from its table: the class
    `CountryConverter` of version 1.3 does not load under pandas 3. Former states (Soviet Union, Yugoslavia) are those
    of `flows/data/countries.csv` all of whose names have an end date; statements of their day speak for them.
    """
    table = resources.files("country_converter") / "country_data.tsv"
    with table.open(encoding="utf-8") as file:
        current = {row["ISO3"] for row in csv.DictReader(file, delimiter="\t") if not row["obsolete"]}
    return frozenset(current | {"XKX"} | former_states().keys())


@cache
def former_states() -> dict[str, date]:
    """The last day of each state that is no more, by its code."""
    last: dict[str, date] = {}
    names = [row for row in rows("countries") if row["kind"] == "name"]
    living = {row["iso3"] for row in names if not row["to"]}
    for row in names:
        if row["iso3"] not in living:
            day = date.fromisoformat(row["to"])
            last[row["iso3"]] = max(day, last.get(row["iso3"], day))
    return last
