"""The only declaration of the tables.

Parquet schemas, Great Expectations suites, the data dictionary and the documentation are all made from `TABLES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

Vocabulary = tuple[str, ...]

QUOTATION_TYPES: Final[Vocabulary] = ("direct", "indirect", "mixed", "transcript")
SPEAKER_TYPES: Final[Vocabulary] = ("person", "institution", "state", "document", "unnamed")
ROLE_CATEGORIES: Final[Vocabulary] = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "deputy_minister",
    "ambassador",
    "permanent_representative",
    "spokesperson",
    "envoy",
    "legislator",
    "military",
    "international_official",
    "expert",
    "other",
)
DATE_PRECISIONS: Final[Vocabulary] = ("day", "month", "year")
DATE_BASES: Final[Vocabulary] = ("phrase", "dateline", "published", "unknown")
PUBLISHED_BASES: Final[Vocabulary] = ("prefix", "metadata", "front_matter", "document", "dateline", "retrieved")
ROLE_BASES: Final[Vocabulary] = ("article", "officials")
STAGES: Final[Vocabulary] = ("read", "extract", "check")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: Column name in Parquet.
        type: Arrow type.
        description: What the column says, in one or two sentences.
        nullable: Whether null is allowed.
        vocabulary: The only values allowed, where the column has a closed list.
        pattern: Regular expression that every value matches in full.
        minimum: Smallest value allowed.
        maximum: Largest value allowed.
        unit: Unit of measurement, where there is one.
    """

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True
    vocabulary: Vocabulary | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None

    def field(self) -> pa.Field:
        """The Arrow field, with description, unit and vocabulary in its metadata."""
        notes = {"description": self.description}
        if self.unit:
            notes["unit"] = self.unit
        if self.vocabulary:
            notes["vocabulary"] = ", ".join(self.vocabulary)
        return pa.field(self.name, self.type, nullable=self.nullable, metadata=notes)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset.

    Attributes:
        name: Folder or file name below `curated/`.
        description: What one row is.
        key: Column that identifies a row.
        sort: Columns by which rows are ordered on disk.
        columns: The columns in their order on disk.
        row_group: Rows of a Parquet row group: so many are in memory at once when the table is written or read, some
            20 MB.
    """

    name: str
    description: str
    key: str
    sort: tuple[str, ...]
    columns: tuple[Column, ...]
    row_group: int = 20_000

    def schema(self) -> pa.Schema:
        """The Arrow schema, with the table's description in its metadata."""
        return pa.schema([column.field() for column in self.columns], metadata={"description": self.description})

    def column(self, name: str) -> Column:
        """The column called `name`.

        Raises:
            KeyError: The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


TEXT: Final = pa.string()
DAY: Final = pa.date32()
SPAN: Final = pa.struct([pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False)])
SPEAKER: Final = pa.struct(
    [pa.field("speaker", TEXT), pa.field("role", TEXT), pa.field("country", TEXT), pa.field("speaker_id", TEXT)]
)
ROLE: Final = pa.struct(
    [pa.field("role", TEXT, nullable=False), pa.field("first_date", DAY), pa.field("last_date", DAY)]
)

_ID = r"[0-9a-f]{16}"
_COUNTRIES = r"[A-Z]{3}(;[A-Z]{3})*"

STATEMENTS: Final = Table(
    name="statements",
    description="One row per statement: words attributed to a source by an article.",
    key="statement_id",
    sort=("date", "article_id", "sequence"),
    columns=(
        Column("speaker", TEXT, "Canonical full name of the person or institution; null for unnamed sources. Names of a joint statement are joined by '; '."),
        Column("role", TEXT, "Office of the speaker as the article words it, without the person's name and without the country adjective."),
        Column("country", TEXT, "ISO 3166-1 alpha-3 code of the state for which the speaker speaks; several codes are joined by ';'. Null for officials of UN, EU, NATO: see organization.", pattern=_COUNTRIES),
        Column("date", DAY, "Day the statement was made, as well as the article supports it; null when the article puts it at an unknown earlier time."),
        Column("text", TEXT, "The words: content without the outer quotation marks, pieces of one split quotation joined by a space.", nullable=False),
        Column("date_precision", TEXT, "How much of the date is known; for month and year the date is the first day of it.", vocabulary=DATE_PRECISIONS),
        Column("statement_id", TEXT, "Stable identifier, made from article_id and spans.", nullable=False, pattern=_ID),
        Column("article_id", TEXT, "Identifier of the article in the table articles.", nullable=False, pattern=_ID),
        Column("sequence", pa.int32(), "Order of the statement in its article, from 0.", nullable=False, minimum=0),
        Column("quotation_type", TEXT, "direct: a quotation that stands as its own sentence; indirect: no quoted words; mixed: reporter's clause with quoted words in it; transcript: a speaker's turn.", nullable=False, vocabulary=QUOTATION_TYPES),
        Column("cue", TEXT, "Attributing words as written; null where there are none."),
        Column("speaker_mention", TEXT, "Source as written at the cue ('he', 'the Russian diplomat'); null where there is none."),
        Column("speaker_type", TEXT, "What kind of source it is.", vocabulary=SPEAKER_TYPES),
        Column("role_category", TEXT, "Kind of office.", vocabulary=ROLE_CATEGORIES),
        Column("role_basis", TEXT, "What the role rests on: the article's own words, or the table of officials, which also gave the country where the article does not.", vocabulary=ROLE_BASES),
        Column("role_as_written", TEXT, "Full title phrase, with the country adjective ('Russian Ambassador to Serbia')."),
        Column("organization", TEXT, "Organisation for which the speaker speaks: UN, EU, NATO, OSCE, IAEA, ..."),
        Column("speakers", pa.list_(SPEAKER), "One entry per speaker; two or more for a joint statement."),
        Column("speaker_id", TEXT, "Identifier of the speaker in the table speakers; of a joint statement the first, the others' stand in the list speakers. Null for unnamed sources.", pattern=_ID),
        Column("candidates", pa.list_(TEXT), "Names of those whom a mention such as 'the minister' could mean, where the article leaves open who of them it is; null where the speaker is known or nobody named fits."),
        Column("accredited_to", pa.list_(TEXT), "ISO codes or organisations to which an ambassador or envoy is posted."),
        Column("date_basis", TEXT, "What the date rests on: a phrase in the text, the dateline, the day of publication, or unknown.", vocabulary=DATE_BASES),
        Column("published", DAY, "Day the article was published."),
        Column("venue", TEXT, "Where or to whom the words were said ('told reporters', 'on Telegram')."),
        Column("context", TEXT, "The sentences that hold the statement, whole."),
        Column("spans", pa.list_(SPAN), "Offsets of the pieces in articles.text: text is exactly these slices, joined by a space.", nullable=False, unit="characters"),
        Column("paragraph", pa.int32(), "Index of the paragraph in which the statement begins, from 0.", nullable=False, minimum=0),
        Column("countries_mentioned", pa.list_(TEXT), "ISO 3166-1 alpha-3 codes of the countries named in the text."),
        Column("confidence", pa.float32(), "How sure the pipeline is that speaker and text are right.", minimum=0.0, maximum=1.0, unit="1"),
        Column("method", TEXT, "Rule or model that found the statement.", nullable=False),
        Column("duplicate_of", TEXT, "article_id of the original story, where an earlier telling of it has this statement already; rows without it count each statement once.", pattern=_ID),
        Column("outlet", TEXT, "Publisher of the article."),
        Column("url", TEXT, "Address of the article."),
        Column("language", TEXT, "ISO 639-1 code of the article's language."),
        Column("source_path", TEXT, "Path of the raw file below the raw folder.", nullable=False),
        Column("extractor_version", TEXT, "Version of the code that made the row.", nullable=False),
    ),
)  # fmt: skip

ARTICLES: Final = Table(
    name="articles",
    description="One row per article that was read, with the cleaned text that the spans of statements index.",
    key="article_id",
    sort=("published", "article_id"),
    row_group=2_000,
    columns=(
        Column("article_id", TEXT, "Stable identifier, made from the article's source path and content.", nullable=False, pattern=_ID),
        Column("source_path", TEXT, "Path of the raw file below the raw folder.", nullable=False),
        Column("member", pa.int32(), "Line or record inside a container file, from 0; null where the file is one article.", minimum=0),
        Column("url", TEXT, "Address of the article."),
        Column("outlet", TEXT, "Publisher of the article."),
        Column("title", TEXT, "Headline."),
        Column("language", TEXT, "ISO 639-1 code of the article's language."),
        Column("published", DAY, "Day of publication."),
        Column("published_basis", TEXT, "Where the day of publication was found.", vocabulary=PUBLISHED_BASES),
        Column("dateline_place", TEXT, "City of the dateline."),
        Column("dateline_country", TEXT, "ISO 3166-1 alpha-3 code of the dateline's city.", pattern=_COUNTRIES),
        Column("text", TEXT, "Cleaned body; paragraphs are parted by one blank line.", nullable=False),
        Column("word_count", pa.int32(), "Words in text, parted by white space.", nullable=False, minimum=1, unit="words"),
        Column("statement_count", pa.int32(), "Rows that the article has in the table statements; null where none were looked for.", minimum=0, unit="rows"),
        Column("skipped", TEXT, "Why no statements were looked for; null where they were."),
        Column("duplicate_of", TEXT, "article_id of the earliest telling of this story, where this one is nearly identical with it.", pattern=_ID),
        Column("raw_sha256", TEXT, "SHA-256 of the raw file's bytes.", nullable=False, pattern=r"[0-9a-f]{64}"),
        Column("signature", pa.binary(), "MinHash, names and digest of the body, by which near-identical stories are found (flows/articles/signature.py); null where the article is not compared."),
        Column("conflicts", pa.list_(TEXT), "Where the article's own words and its metadata disagree; the article's words were used."),
    ),
)  # fmt: skip

QUARANTINE: Final = Table(
    name="quarantine",
    description="One row per refusal: a file or record that could not be read, or a row that broke a rule.",
    key="refusal_id",
    sort=("source_path", "refusal_id"),
    columns=(
        Column("refusal_id", TEXT, "Stable identifier, made from stage, source_path, place and rule.", nullable=False, pattern=_ID),
        Column("stage", TEXT, "Stage that refused it.", nullable=False, vocabulary=STAGES),
        Column("source_path", TEXT, "Path of the raw file below the raw folder.", nullable=False),
        Column("place", TEXT, "Where in the file: line, record or row identifier."),
        Column("rule", TEXT, "Name of the rule that it broke.", nullable=False),
        Column("reason", TEXT, "What is wrong and what to do about it, in plain words.", nullable=False),
        Column("row", TEXT, "The refused row as JSON, where a row was refused."),
        Column("raw_sha256", TEXT, "SHA-256 of the raw file's bytes.", pattern=r"[0-9a-f]{64}"),
    ),
)  # fmt: skip

SPEAKERS: Final = Table(
    name="speakers",
    description="One row per speaker over the whole dataset: who is who, in all spellings and roles.",
    key="speaker_id",
    sort=("speaker", "speaker_id"),
    columns=(
        Column("speaker_id", TEXT, "Stable identifier, made from the canonical name and the state or organisation spoken for.", nullable=False, pattern=_ID),
        Column("speaker", TEXT, "Canonical name: that of the table of officials, else the fullest name that articles give.", nullable=False),
        Column("speaker_type", TEXT, "What kind of source it is.", nullable=False, vocabulary=SPEAKER_TYPES),
        Column("names_as_written", pa.list_(TEXT), "Every spelling and short form of the name in the articles, in order of the alphabet."),
        Column("roles", pa.list_(ROLE), "Every wording of the speaker's offices, with the first and the last day of a statement made in it."),
        Column("country", TEXT, "ISO 3166-1 alpha-3 code of the state for which the speaker spoke last; several codes are joined by ';'.", pattern=_COUNTRIES),
        Column("organization", TEXT, "Organisation for which the speaker spoke last."),
        Column("statement_count", pa.int32(), "Statements of the speaker, joint ones included.", nullable=False, minimum=1, unit="rows"),
        Column("first_date", DAY, "Day of the speaker's first statement; null where no day is known."),
        Column("last_date", DAY, "Day of the speaker's last statement; null where no day is known."),
        Column("wikidata", TEXT, "Item of the person in Wikidata, where the table of officials knows it.", pattern=r"Q[1-9]\d*"),
    ),
)  # fmt: skip

TABLES: Final = (STATEMENTS, ARTICLES, QUARANTINE, SPEAKERS)
