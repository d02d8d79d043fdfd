"""Tables as an SQLite database, with keys and views, as Datasette opens it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from policykit.tables.columns import TABLES, Column, Table
from policykit.tables.rows import DocumentRows

_TYPES = {
    "text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "list": "TEXT"
}  # fmt: skip
_VIEWS = (
    """CREATE VIEW targets_in_full AS SELECT d.title, d.level, d.region, d.issued, k.heading AS task_heading, t.*
FROM targets t JOIN documents d ON d.id = t.document LEFT JOIN tasks k ON k.document = t.document AND k.id = t.task""",
    """CREATE VIEW bodies AS SELECT body, sum(role = 'lead') AS leads, sum(role = 'support') AS supports,
count(DISTINCT document) AS documents FROM responsibilities GROUP BY body ORDER BY leads DESC, supports DESC, body""",
)


def write_sqlite(path: str, documents: Iterable[DocumentRows]) -> int:
    """Make a database of the rows in a new file; returns the number of documents. Raises `sqlite3.Error` and `OSError`.

    Dates are ISO texts, lists JSON arrays, truth is 0 or 1. The same rows give the same bytes with the same SQLite.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    count = 0
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(_definition(table))
        for table in TABLES:
            for columns, _, _ in table.foreign:
                names = ", ".join(f'"{column}"' for column in columns)
                connection.execute(f'CREATE INDEX "{table.name}_{columns[-1]}" ON "{table.name}" ({names})')
        for view in _VIEWS:
            connection.execute(view)
        insert = {
            table.name: f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})' for table in TABLES
        }
        for document in documents:
            count += 1
            for name, rows in document.tables.items():
                connection.executemany(insert[name], ([_value(cell) for cell in row] for row in rows))
        connection.execute("COMMIT")
    finally:
        connection.close()
    return count


def _value(cell: Any) -> Any:
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False)
    return cell.isoformat() if isinstance(cell, date) else cell


def _definition(table: Table) -> str:
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [
        f'FOREIGN KEY ({_names(columns)}) REFERENCES "{other}" ({_names(there)})'
        for columns, other, there in table.foreign
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column) -> str:
    return f'"{column.name}" {_TYPES[column.kind]}{" NOT NULL" if column.is_needed else ""}'


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
