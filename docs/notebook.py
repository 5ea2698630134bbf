# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Who said what, for which country, and when
#
# A first look at the tables that `statements build` publishes. This file is a plain script that opens as a notebook:
#
# - JupyterLab: `uv run --with jupyterlab jupyter lab`, then *Open With → Notebook* on `docs/notebook.py`
# - VS Code: *Run Cell* above each cell
# - a notebook file of its own: `uv run jupytext --to ipynb docs/notebook.py`
#
# It needs no network, and reads the folder named in `STATEMENTS_CURATED`, else `curated/`.

# %%
import os
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
from pandas.io.formats.style import Styler

pd.set_option("display.max_colwidth", 100)


def in_full(frame: pd.DataFrame) -> Styler:
    """The rows with their whole texts."""
    left = {"text-align": "left", "white-space": "normal"}
    return frame.style.hide().set_properties(**left).set_table_styles([{"selector": "th", "props": [*left.items()]}])


PLACES = [Path(os.environ.get("STATEMENTS_CURATED", "curated")), Path("../curated")]
CURATED = next((place for place in PLACES if (place / "statements").is_dir()), None)
assert CURATED, "no tables found: run `statements build` first, or set STATEMENTS_CURATED to their folder"

# %% [markdown]
# ## Load
#
# One row is one statement. pandas takes a folder, DuckDB and polars take a pattern; all three give the same rows.

# %%
statements = pd.read_parquet(CURATED / "statements")
articles = pd.read_parquet(CURATED / "articles").set_index("article_id")
speakers = pd.read_parquet(CURATED / "speakers.parquet").set_index("speaker_id")

with_duckdb = duckdb.sql(f"SELECT * FROM '{CURATED}/statements/*.parquet'").df()
with_polars = pl.read_parquet(CURATED / "statements" / "*.parquet")

assert len(statements) == len(with_duckdb) == len(with_polars)
statements[["speaker", "role", "country", "date", "text"]].head()

# %% [markdown]
# Each file carries the description of its columns.

# %%
schema = pq.read_schema(next((CURATED / "statements").glob("*.parquet")))
described = pd.DataFrame(
    [(field.name, str(field.type), field.metadata[b"description"].decode()) for field in schema],
    columns=["column", "type", "description"],
)
in_full(described[described.column.isin(["speaker", "country", "quotation_type", "confidence", "duplicate_of"])])

# %% [markdown]
# ## Keep what you trust, count each statement once
#
# `duplicate_of` marks a statement that an earlier telling of the same story has already. `confidence` is the chance
# that text and speaker are right; 0.8 is a starting point.

# %%
CONFIDENT = 0.8

once = statements[statements.duplicate_of.isna()]
sure = once[once.confidence >= CONFIDENT]
pd.Series(
    {"all rows": len(statements), "without duplicates": len(once), "and confident": len(sure)}, name="rows"
).to_frame()

# %% [markdown]
# Look at what such a filter drops before you settle on it.

# %%
dropped = once[once.confidence < CONFIDENT].sort_values("confidence")
dropped[["confidence", "speaker", "speaker_mention", "text"]].head()

# %% [markdown]
# ## Who spoke for which country, by month
#
# A joint statement has several speakers, each with a country, so the list `speakers` is parted first. A date that is
# known only to the year says nothing about the month.

# %%
by_month = duckdb.sql(f"""
    WITH parted AS (
        SELECT strftime(date, '%Y-%m') AS month, unnest(speakers, recursive := true)
        FROM '{CURATED}/statements/*.parquet'
        WHERE date_precision <> 'year' AND duplicate_of IS NULL AND confidence >= {CONFIDENT}
    )
    SELECT month, country, speaker, mode(role) AS role, count(*) AS statements
    FROM parted
    WHERE country IS NOT NULL AND speaker IS NOT NULL
    GROUP BY month, country, speaker
    ORDER BY month DESC, country, statements DESC, speaker
""").df()
by_month.head(10)

# %% [markdown]
# For one country, here the one that most was said for:

# %%
COUNTRY = by_month.groupby("country").statements.sum().sort_values(kind="stable").index[-1]
by_month[by_month.country == COUNTRY]

# %% [markdown]
# ## Direct quotations of one speaker, with their context
#
# Here the speaker with the most direct quotations; put an id of the table `speakers` in its place. `speaker_id` holds
# a person together over all spellings and articles.

# %%
direct = sure[(sure.quotation_type == "direct") & (sure.speaker_type == "person") & sure.speaker_id.notna()]
counts = direct.value_counts("speaker_id").rename("quotations").reset_index()
SPEAKER_ID = counts.sort_values(["quotations", "speaker_id"], ascending=[False, True]).speaker_id.iloc[0]

who = speakers.loc[SPEAKER_ID]
who[["speaker", "names_as_written", "country", "first_date", "last_date"]].to_frame()

# %% [markdown]
# `spans` are character offsets into `articles.text`, so the words can be shown where they stood, as far around as you
# like; the column `context` has the whole sentences.


# %%
def in_article(row: pd.Series, around: int = 80) -> str:
    """The statement between ▸ and ◂ in its article, with some characters before and after it."""
    body = articles.text[row.article_id]
    marked, end = "", max(0, row.spans[0]["start"] - around)
    for span in row.spans:
        marked += f"{body[end : span['start']]}▸{body[span['start'] : span['end']]}◂"
        end = span["end"]
    return " ".join(f"… {marked}{body[end : end + around]} …".split())


quotations = direct[direct.speaker_id == SPEAKER_ID].sort_values(["date", "article_id", "sequence"])
quotations = quotations.assign(in_article=quotations.apply(in_article, axis="columns"))
in_full(quotations[["date", "role", "text", "in_article"]])

# %% [markdown]
# Each word can be looked up: the slices of the article, joined by spaces, are the text of the row.

# %%
for row in quotations.itertuples():
    body = articles.text[row.article_id]
    assert " ".join(body[span["start"] : span["end"]] for span in row.spans) == row.text

# %% [markdown]
# ## Two plots
#
# For which countries do the articles let somebody speak, and how much of it is in quotation marks?

# %%
# Colours that colour-blind readers can tell apart.
COLOURS = {"direct": "#0072B2", "mixed": "#56B4E9", "indirect": "#E69F00", "transcript": "#009E73"}
MOST = 12

parted = sure.dropna(subset=["country"]).assign(country=sure.country.str.split(";")).explode("country")
countries = parted.groupby(["country", "quotation_type"]).size().unstack(fill_value=0)
countries = countries.reindex(columns=[kind for kind in COLOURS if kind in countries.columns])
shown = countries.loc[countries.sum(axis="columns").sort_values(kind="stable").index[-MOST:]]

figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
shown.plot.barh(stacked=True, ax=axes, color=COLOURS, width=0.8)
axes.set_title(f"Statements by country spoken for, the {len(shown)} most frequent", loc="left")
axes.set_xlabel("statements (count)")
axes.set_ylabel("country (ISO 3166-1 alpha-3)")
axes.legend(title="quotation", frameon=False, loc="lower right")
axes.spines[["top", "right"]].set_visible(False)
by_country = figure

# %% [markdown]
# When were the statements made? The day of a statement is not the day of its article: `date_basis` says what it rests
# on.

# %%
dated = sure[sure.date.notna() & (sure.date_precision != "year")]
months = pd.to_datetime(dated.date).dt.to_period("M").value_counts().sort_index()
months = months.reindex(pd.period_range(months.index[0], months.index[-1], freq="M"), fill_value=0)

figure, axes = plt.subplots(figsize=(8, 3.5), layout="constrained")
axes.bar(months.index.to_timestamp(), months, width=25, align="edge", color=COLOURS["direct"])
axes.set_title("Statements by month", loc="left")
axes.set_xlabel("month of the statement")
axes.set_ylabel("statements (count)")
axes.spines[["top", "right"]].set_visible(False)
over_time = figure
