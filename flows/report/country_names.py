"""English short names of countries by their codes, for people."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from flows.data import rows


@cache
def country_names() -> dict[str, str]:
    """The name of each ISO 3166-1 alpha-3 code: that of country_converter, else the first of `countries.csv`."""
    names: dict[str, str] = {}
    for row in rows("countries"):
        if row["kind"] == "name":
            names.setdefault(row["iso3"], row["form"])
    with (resources.files("country_converter") / "country_data.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["ISO3"] and not row["obsolete"]:
                names[row["ISO3"]] = row["name_short"]
    return names
