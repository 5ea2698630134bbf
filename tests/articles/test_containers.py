from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.articles.article import Article
from flows.articles.field_names import Fields, first_day
from flows.articles.reading import USUAL, Reading
from flows.articles.registry import list_raw, read_file
from flows.batches import process
from flows.engines import in_processes
from flows.refusal import Refusal

FORMS = Path(__file__).parent / "containers"
EXPECTED = json.loads((FORMS / "expected.json").read_text(encoding="utf-8"))
TEXT = "The envoy said the ferry would run again before the winter."
STORY = f" date 2024-01-02 {TEXT}".encode()


def read(folder: Path, name: str, content: bytes, reading: Reading = USUAL) -> list[Article | Refusal]:
    (folder / name).write_bytes(content)
    return list(read_file(folder / name, folder, reading))


def line(**changes: object) -> bytes:
    return json.dumps({"text": TEXT, "date": "2024-01-02", **changes}).encode() + b"\n"


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in members.items():
            archive.writestr(name, inner)
    return content.getvalue()


def parquet(columns: dict[str, object], **options: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, **options)
    return content.getvalue()


def rules(items: list[Article | Refusal]) -> list[str]:
    return ["article" if isinstance(item, Article) else item.rule for item in items]


@pytest.mark.parametrize("path", [path for path in sorted(FORMS.iterdir()) if path.name != "expected.json"], ids=str)
def test_every_form_gives_the_same_articles(path):
    articles = list(read_file(path, FORMS, USUAL))
    assert not [item for item in articles if isinstance(item, Refusal)]
    found = [
        {
            "title": article.title,
            "published": str(article.published),
            "url": article.url,
            "outlet": article.outlet,
            "text": article.text,
        }
        for article in articles
    ]
    assert found == EXPECTED


def test_any_number_of_workers_gives_the_same_rows():
    files = list_raw(FORMS)
    parts = [tuple(files[:3]), tuple(files[3:5]), tuple(files[5:])]
    reading = Reading(fields=Fields.called({"text": "content"}))
    tasks = [partial(process, part, FORMS, reading) for part in parts]
    alone, many = (list(in_processes(tasks, workers)) for workers in (1, 2))
    assert [batch.articles for batch in alone] == [batch.articles for batch in many]
    assert [batch.quarantine for batch in alone] == [batch.quarantine for batch in many]
    assert sum(batch.articles.num_rows for batch in alone) == 3 * len(files)


# Field names


@pytest.mark.parametrize(
    ("record", "names"),
    [
        ({"story_body": TEXT, "ts": 1704196800}, {"text": "story_body", "published": "ts"}),
        ({"Story Body": TEXT, "ts": "1704196800123"}, {"text": "story_body", "published": "ts"}),
        (
            {"story": {"body": TEXT}, "when": {"$date": "2024-01-02T00:00:00Z"}},
            {"text": "story.body", "published": "when"},
        ),
    ],
)
def test_other_field_names_come_from_the_settings(tmp_path, record, names):
    content = json.dumps(record).encode()
    (refusal,) = read(tmp_path, "a.jsonl", content)
    assert isinstance(refusal, Refusal)
    assert "`fields`" in refusal.reason
    (article,) = read(tmp_path, "a.jsonl", content, Reading(fields=Fields.called(names)))
    assert isinstance(article, Article)
    assert (article.text, article.published) == (TEXT, date(2024, 1, 2))


def test_a_named_field_wins_over_the_usual_ones(tmp_path):
    reading = Reading(fields=Fields.called({"text": "clean"}))
    (article,) = read(tmp_path, "a.jsonl", line(clean="The envoy said yes."), reading)
    assert isinstance(article, Article)
    assert article.text == "The envoy said yes."


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05T23:15:00Z", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 23:15:00 GMT", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("20240305T231500Z", date(2024, 3, 5)),
        ("2024/03/05", date(2024, 3, 5)),
        (20240305, date(2024, 3, 5)),
        (1709680500, date(2024, 3, 5)),
        (1709680500000, date(2024, 3, 5)),
        (1709680500.25, date(2024, 3, 5)),
        (datetime(2024, 3, 5, 23, tzinfo=UTC), date(2024, 3, 5)),
        (date(2024, 3, 5), date(2024, 3, 5)),
        ("03/05/2024", None),
        (20241305, None),
        (12, None),
        (True, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (None, None),
    ],
)
def test_days_of_fields(value, day):
    assert first_day({"Date": value}, ("date",)) == day


# JSON


def test_a_broken_value_in_an_array_is_refused_alone_with_its_place(tmp_path):
    good = line().strip()
    first, bad, word, last = read(tmp_path, "a.json", b"[" + good + b',{"text" 1}, nothing,' + good + b"]")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.member, last.member) == (0, 3)
    assert isinstance(bad, Refusal)
    assert (bad.rule, bad.place) == ("bad-record", "record 2")
    assert f"At byte {len(good) + 2}:" in bad.reason
    assert isinstance(word, Refusal)


def test_brackets_and_marks_inside_strings_part_nothing(tmp_path):
    text = 'The envoy said: "No [not now]", then } and { and a \\ behind.'
    items = read(tmp_path, "a.json", b"[" + line(text=text, pad="\\") + b"," + line(pad='\\\\"', text=text) + b"]")
    assert [item.text for item in items if isinstance(item, Article)] == [text, text]


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072])
def test_values_over_the_edges_of_the_buffer(tmp_path, size):
    first = line(pad="é" * 7 + '\\"' * ((size - 130) // 4)).strip()
    items = read(tmp_path, "a.json", b"[" + first + b",\n" + line() + b"]")
    assert rules(items) == ["article", "article"]
    assert read(tmp_path, "b.json", b"[" + line().strip() + b", " * (size - 90) + line() + b"]")[1].text == TEXT


def test_an_array_cut_off_keeps_what_is_whole(tmp_path):
    items = read(tmp_path, "a.json", b"[" + b",".join([line()] * 3)[:-20])
    assert rules(items) == ["article", "article", "bad-container"]
    assert "begins at byte" in items[-1].reason


def test_deep_nesting_costs_one_record(tmp_path):
    deep = b"[" * 200_000 + b"]" * 200_000
    items = read(tmp_path, "a.json", b'[{"text": "x", "date": ' + deep + b"}," + line() + b"]")
    assert rules(items) == ["bad-record", "article"]


def test_json_as_python_writes_it(tmp_path):
    content = b'{"text": "%s", "date": "2024-01-02", "score": NaN, "title": "Half \\ud83d here"}\n' % TEXT.encode()
    (article,) = read(tmp_path, "a.jsonl", content)
    assert isinstance(article, Article)
    assert article.title == "Half � here"


def test_a_damaged_first_line_costs_itself(tmp_path):
    assert rules(read(tmp_path, "a.jsonl", b'tail of a line"}\n' + line() + line())) == [
        "bad-record",
        "article",
        "article",
    ]
    assert rules(read(tmp_path, "a.json", b'{"text": "a\n' + line() + line())) == ["bad-record", "article", "article"]


def test_text_kept_as_html_loses_its_marks_and_no_word(tmp_path):
    body = "<p>The envoy&rsquo;s boat left <b>again</b>.</p><script>x()</script><div>&quot;No,&quot; she said.</div>"
    (article,) = read(tmp_path, "a.jsonl", line(text=body, language="en-GB"))
    assert isinstance(article, Article)
    assert article.text == 'The envoy’s boat left again.\n\n"No," she said.'
    assert article.language == "en"
    (article,) = read(tmp_path, "b.jsonl", line(text="The <b>envoy</b> asked for p < 5, said <x>."))
    assert isinstance(article, Article)
    assert "p < 5" in article.text


def test_an_article_cut_short_by_its_service_is_refused(tmp_path):
    (refusal,) = read(tmp_path, "a.jsonl", line(content="The envoy said the… [+2104 chars]", text=None))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "summary-only"


# Tables


def test_bad_rows_are_refused_alone_with_their_lines(tmp_path):
    rows = [
        b'title,text,date\nA,"The envoy\nsaid no.",2024-01-02',
        b'B,too,many,cells\nC,"x"y,2024-01-02\nD,The envoy left.,2024-01-03\n',
    ]
    content = b"\n".join(rows)
    items = read(tmp_path, "a.csv", content)
    assert rules(items) == ["article", "bad-record", "bad-record", "article"]
    assert [item.reason.split(":")[0] for item in items if isinstance(item, Refusal)] == ["Line 4", "Line 5"]
    assert [item.member for item in items if isinstance(item, Article)] == [0, 3]


def test_a_quotation_mark_never_closed_is_no_article(tmp_path):
    items = read(tmp_path, "a.csv", b'title,text,date\nA,The envoy left.,2024-01-03\nB,"The envoy said')
    assert rules(items) == ["article", "bad-record"]


def test_a_table_in_two_encodings(tmp_path):
    utf_8 = "A,“No” said the minister’s envoy.,2024-01-02".encode()
    older = 'B,"The minister’s “plan” isn’t dead, the ministry’s office said on Friday.",2024-01-02'.encode("cp1252")
    first = b"P," + b"The envoy left again. " * 4000 + b",2024-01-01"
    items = read(tmp_path, "a.csv", b"\n".join([b"title,text,date", first, older, utf_8]))
    assert rules(items) == ["article"] * 3
    assert [item.text for item in items[1:]] == [
        "The minister’s “plan” isn’t dead, the ministry’s office said on Friday.",
        "“No” said the minister’s envoy.",
    ]


def test_a_table_without_a_known_column_names_the_remedy(tmp_path):
    for name, content in (("a.csv", b"id,story\n1,x\n"), ("a.parquet", parquet({"id": [1], "story": ["x"]}))):
        (refusal,) = read(tmp_path, name, content)
        assert isinstance(refusal, Refusal)
        assert refusal.rule == "unknown-columns"
        assert "`fields`" in refusal.reason


@pytest.mark.parametrize(
    "words",
    [
        b"Text, title and date of the note\nwere left open, the envoy said.",
        b"Title, text\n\nThe envoy said that it was late.",
        b"Body, soul; text | date\nThe envoy said that it was late.",
    ],
)
def test_prose_with_commas_is_no_table(tmp_path, words):
    (article,) = read(tmp_path, "a.txt", b" date 2024-01-02 " + words)
    assert isinstance(article, Article)
    (tmp_path / "metadata.csv").write_text("file,published\nb.txt,2024-01-05\n")
    (article,) = read(tmp_path, "b.txt", words)
    assert isinstance(article, Article)
    assert article.member is None


def test_text_kept_as_bytes_and_rows_without_text(tmp_path):
    columns = {
        "body": pa.array([TEXT.encode(), None, b"\xff\xfe\x00", "The envoy’s boat left.".encode()]),
        "date": ["2024-01-02"] * 4,
    }
    items = read(tmp_path, "a.parquet", parquet(columns))
    assert rules(items)[0] == "article"
    assert rules(items)[1] == "bad-record"
    assert items[3].text == "The envoy’s boat left."


def test_a_damaged_row_group_costs_itself(tmp_path):
    texts = [f"{TEXT} Number {number}." for number in range(300)]
    columns = {"text": texts, "date": ["2024-01-02"] * 300}
    content = bytearray(
        parquet(columns, row_group_size=100, compression="none", write_page_checksum=True, use_dictionary=False)
    )
    at = content.index(b"Number 150.")
    content[at : at + 3] = b"???"
    items = read(tmp_path, "a.parquet", bytes(content))
    members = [item.member for item in items if isinstance(item, Article)]
    assert members[:100] == list(range(100))
    assert members[-100:] == list(range(200, 300))
    (refusal,) = [item for item in items if isinstance(item, Refusal)]
    assert "row group 2" in refusal.reason


# Archives


def test_members_are_files_of_their_own(tmp_path):
    inner = zipped({"deep/c.txt": STORY})
    content = zipped(
        {
            "a/one.txt": TEXT.encode(),
            "a/metadata.csv": b"file,published,outlet\none.txt,2024-01-05,TASS\n",
            "two.jsonl.gz": gzip.compress(line() + b"[1]\n" + line()),
            "empty.txt": b"",
            "more.zip": inner,
        }
    )
    items = read(tmp_path, "archive.zip", content)
    assert [(item.source_path, rule) for item, rule in zip(items, rules(items), strict=True)] == [
        ("archive.zip/a/one.txt", "article"),
        ("archive.zip/two.jsonl.gz", "article"),
        ("archive.zip/two.jsonl.gz", "bad-record"),
        ("archive.zip/two.jsonl.gz", "article"),
        ("archive.zip/empty.txt", "empty-file"),
        ("archive.zip/more.zip/deep/c.txt", "article"),
    ]
    assert len({item.raw_sha256 for item in items}) == 1
    assert (items[0].published, items[0].outlet) == (date(2024, 1, 5), "TASS")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["archive.zip"]


def test_metadata_beside_the_archive_serves_its_members(tmp_path):
    (tmp_path / "metadata.csv").write_text("file,published,outlet\na.zip,2024-01-05,TASS\n")
    (article,) = read(tmp_path, "a.zip", zipped({"one.txt": TEXT.encode()}))
    assert isinstance(article, Article)
    assert (article.published, article.outlet) == (date(2024, 1, 5), "TASS")


def test_bad_metadata_in_an_archive_costs_its_folder(tmp_path):
    content = zipped({"a/one.txt": STORY, "a/metadata.csv": b"name\nx\n", "two.txt": STORY})
    assert rules(read(tmp_path, "a.zip", content)) == ["bad-metadata", "article"]


@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a/../../up.txt", "C:/up.txt", "..\\up.txt"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path, name):
    items = read(tmp_path, "a.zip", zipped({name: STORY, "good.txt": STORY}))
    assert rules(items) == ["unsafe-name", "article"]
    assert items[0].source_path == "a.zip"


def test_links_doubles_and_encrypted_members_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(link, b"/etc/hostname")
        archive.writestr("one.txt", STORY)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("one.txt", STORY)
        archive.writestr("secret.txt", STORY)
    raw = bytearray(content.getvalue())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.rindex(mark) + flags] |= 1
    assert rules(read(tmp_path, "a.zip", bytes(raw))) == ["unsafe-name", "article", "bad-container", "encrypted"]


def test_a_damaged_member_costs_itself(tmp_path):
    content = bytearray(zipped({"one.txt": STORY * 9, "two.txt": STORY}))
    content[50] ^= 0xFF
    assert rules(read(tmp_path, "a.zip", bytes(content))) == ["bad-container", "article"]


def test_a_member_without_a_name_costs_itself(tmp_path):
    content = bytearray(zipped({"x": STORY, "good.txt": STORY}))
    content[content.index(b"PK\x01\x02") + 46] = 0
    assert rules(read(tmp_path, "a.zip", bytes(content))) == ["bad-container", "article"]


def test_office_documents_and_empty_archives_say_what_to_do(tmp_path):
    assert rules(read(tmp_path, "a.docx", zipped({"[Content_Types].xml": b"<x/>", "word/a.txt": STORY}))) == [
        "unknown-format"
    ]
    assert rules(read(tmp_path, "a.zip", zipped({".hidden.txt": STORY, "b/": b""}))) == ["empty-file"]


# The bytes on disk


def test_a_file_written_to_while_it_is_read_gives_no_mixture(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line() * 3)
    items = read_file(path, tmp_path, USUAL)
    first = next(items)
    with path.open("ab") as file:
        file.write(line())
    (refusal,) = items
    assert isinstance(first, Article)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.raw_sha256) == ("changed-while-reading", first.raw_sha256)


def test_a_file_replaced_while_it_is_read_goes_on_as_it_was(tmp_path):
    path, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_bytes(line() * 3)
    other.write_bytes(line(text="Other words."))
    whole = list(read_file(path, tmp_path, USUAL))
    items = read_file(path, tmp_path, USUAL)
    first = next(items)
    other.replace(path)
    assert [first, *items] == whole


def test_hash_is_of_the_bytes_on_disk(tmp_path):
    import hashlib

    content = gzip.compress(line())
    (article,) = read(tmp_path, "a.jsonl.gz", content)
    assert article.raw_sha256 == hashlib.sha256(content).hexdigest()
