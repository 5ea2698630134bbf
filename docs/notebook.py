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
# A first look at the tables that `statements build` publishes. This file is a plain script and opens as a notebook
# (Jupyter with Jupytext: *Open With → Notebook*; VS Code: *Run Cell*). It needs no network and reads the folder named
# in `STATEMENTS_CURATED`, else `curated/`.

# %%
import os
from pathlib import Path

import altair as alt
import duckdb
import pandas as pd
import polars as pl

CURATED = Path(os.environ.get("STATEMENTS_CURATED", "curated"))

# %% [markdown]
# ## Load
#
# pandas takes a folder; DuckDB and polars take a pattern. All three give the same rows.

# %%
statements = pd.read_parquet(CURATED / "statements")
articles = pd.read_parquet(CURATED / "articles").set_index("article_id")

with_duckdb = duckdb.sql(f"SELECT * FROM '{CURATED}/statements/*.parquet'").df()
with_polars = pl.read_parquet(CURATED / "statements" / "*.parquet")

assert len(statements) == len(with_duckdb) == len(with_polars)
statements[["speaker", "role", "country", "date", "text"]].head()

# %% [markdown]
# ## Keep what you trust, count each statement once
#
# `duplicate_of` marks a statement that an earlier telling of the same story has already. `confidence` is how sure the
# pipeline is that speaker and text are right: 0.8 is a starting point, so look at the rows on both sides of it.

# %%
CONFIDENT = 0.8

once = statements[statements.duplicate_of.isna()]
sure = once[once.confidence >= CONFIDENT]
pd.Series({"all rows": len(statements), "without duplicates": len(once), "confident": len(sure)})

# %% [markdown]
# ## Who spoke for which country, by month
#
# A joint statement names several countries (`JOR;KWT;OMN`), so the codes are parted first. A date that is known only
# to the year says nothing about the month.

# %%
by_month = duckdb.sql(f"""
    WITH parted AS (
        SELECT strftime(date, '%Y-%m') AS month, unnest(string_split(country, ';')) AS country, speaker
        FROM '{CURATED}/statements/*.parquet'
        WHERE date IS NOT NULL AND date_precision <> 'year' AND speaker IS NOT NULL
          AND duplicate_of IS NULL AND confidence >= {CONFIDENT}
    )
    SELECT month, country, speaker, count(*) AS statements
    FROM parted
    GROUP BY ALL
    ORDER BY month, country, statements DESC, speaker
""").df()
by_month.head(10)

# %% [markdown]
# ## Direct quotations of one speaker, with their context
#
# Here the speaker with the most direct quotations; put a name in its place. `speaker_id` holds a person together over
# all spellings, which the table `speakers` lists.

# %%
direct = sure[(sure.quotation_type == "direct") & (sure.speaker_type == "person") & sure.speaker_id.notna()]
counts = direct.value_counts("speaker_id").rename("quotations").reset_index()
SPEAKER_ID = counts.sort_values(["quotations", "speaker_id"], ascending=[False, True]).speaker_id.iloc[0]

quotations = direct[direct.speaker_id == SPEAKER_ID].sort_values(["date", "article_id", "sequence"])
quotations[["date", "speaker", "role", "text", "context", "outlet"]]

# %%
who = pd.read_parquet(CURATED / "speakers.parquet").set_index("speaker_id").loc[SPEAKER_ID]
who[["speaker", "names_as_written", "country", "first_date", "last_date"]]

# %% [markdown]
# ## Back to the article
#
# `spans` are offsets into `articles.text`: each word can be looked up where it stood.

# %%
row = quotations.iloc[0]
body = articles.text[row.article_id]
in_place = " ".join(body[span["start"] : span["end"]] for span in row.spans)
assert in_place == row.text
print(body[max(0, row.spans[0]["start"] - 200) : row.spans[-1]["end"] + 200])

# %% [markdown]
# ## Two plots

# %%
countries = (
    with_polars.filter(pl.col("duplicate_of").is_null(), pl.col("confidence") >= CONFIDENT)
    .drop_nulls("country")
    .with_columns(pl.col("country").str.split(";"))
    .explode("country")
    .group_by("country", "quotation_type")
    .len("statements")
    .sort("country", "quotation_type")
)
by_country = (
    alt.Chart(countries, title="Statements by country spoken for")
    .mark_bar()
    .encode(
        x=alt.X("sum(statements):Q", title="statements"),
        y=alt.Y("country:N", title="country (ISO 3166-1)", sort="-x"),
        color=alt.Color("quotation_type:N", title="quotation", scale=alt.Scale(scheme="tableau10")),
        tooltip=["country", "quotation_type", "statements"],
    )
)
by_country

# %%
dated = sure.dropna(subset=["date"])
months = (
    dated.assign(month=pd.to_datetime(dated.date).dt.to_period("M").dt.start_time)
    .groupby("month", as_index=False)
    .agg(statements=("statement_id", "size"), speakers=("speaker_id", "nunique"))
)
over_time = (
    alt.Chart(months, title="Statements by month")
    .mark_line(point=True)
    .encode(
        x=alt.X("month:T", title="month of the statement"),
        y=alt.Y("statements:Q", title="statements"),
        tooltip=[alt.Tooltip("yearmonth(month):T", title="month"), "statements", "speakers"],
    )
)
over_time
