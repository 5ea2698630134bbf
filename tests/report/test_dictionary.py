from __future__ import annotations

import pyarrow as pa

from flows.report.dictionary import DICTIONARY, allowed_values, dictionary, type_name, write_dictionary
from flows.schema import TABLES, Column
from flows.settings import PROJECT


def test_the_committed_page_is_the_one_that_the_schema_gives():
    assert (PROJECT / DICTIONARY).read_text(encoding="utf-8") == dictionary(), "run python -m flows.report.dictionary"


def test_writing_makes_the_folder(tmp_path):
    write_dictionary(tmp_path / "docs/page.md")
    assert (tmp_path / "docs/page.md").read_text(encoding="utf-8") == dictionary()


def test_every_column_of_every_table_has_its_line_with_five_cells():
    sections = dictionary().split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == [table.name for table in TABLES]
    for section, table in zip(sections, TABLES, strict=True):
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == [column.name for column in table.columns]
        for line, column in zip(lines, table.columns, strict=True):
            assert line.replace("\\|", "").count("|") == 6
            assert column.description in line
            assert ("| null |" in line) == column.nullable


def test_the_rules_of_a_column_are_put_in_words():
    share = Column("share", pa.float32(), "", minimum=0, maximum=1, unit="1")
    assert allowed_values(share) == "from 0; to 1"
    assert allowed_values(Column("word_count", pa.int32(), "", minimum=1, unit="words")) == "from 1; unit words"
    assert allowed_values(Column("stage", pa.string(), "", vocabulary=("read", "check"))) == "one of read, check"
    assert allowed_values(Column("title", pa.string(), "")) == ""


def test_lists_and_structs_are_named_by_what_is_in_them():
    spans = pa.list_(pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())]))
    assert type_name(spans) == "list<struct<start: int32, end: int32>>"


def test_a_bar_in_a_pattern_does_not_end_the_cell(monkeypatch):
    from flows.report import dictionary as page
    from flows.schema import Table

    table = Table("codes", "Codes.", "code", ("code",), (Column("code", pa.string(), "A code.", pattern="a|b"),))
    monkeypatch.setattr(page, "TABLES", (table,))
    assert "matches `a\\|b` |" in page.dictionary()
