from __future__ import annotations

from collections import Counter

import pytest

from flows.quality.codes import country_codes
from flows.quality.rules import rules
from flows.schema import TABLES


@pytest.mark.parametrize("suite", rules())
def test_names_are_unique_and_sentences_are_sentences(suite):
    assert max(Counter(rule.name for rule in rules()[suite]).values()) == 1
    assert all(rule.sentence.endswith(".") for rule in rules()[suite])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_the_schema_says_of_a_column_has_a_rule(table):
    names = {rule.name for rule in rules()[table.name]}
    for column in table.columns:
        assert f"{column.name}-type" in names
        assert (f"{column.name}-required" in names) == (not column.nullable)
        assert (f"{column.name}-vocabulary" in names) == (column.vocabulary is not None)
        assert (f"{column.name}-bounds" in names) == (column.minimum is not None or column.maximum is not None)
        assert (f"{column.name}-pattern" in names or f"{column.name}-code" in names) == (column.pattern is not None)


def test_countries_are_those_of_iso_with_kosovo_and_former_states():
    assert {"NOR", "SRB", "TUR", "NAM", "XKX", "SUN", "YUG", "DDR"} <= country_codes()
    # Not ISO codes, though country_converter lists them as obsolete.
    assert not {"CHI", "EAZ", "BA1"} & country_codes()
    assert 250 <= len(country_codes()) <= 260
