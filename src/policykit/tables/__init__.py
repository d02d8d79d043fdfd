"""Analyses as tables: which columns there are, the rows of an analysis, and writers for SQLite, CSV, data packages and Parquet."""
