"""Rows become Parquet files, staged aside and then published whole."""
