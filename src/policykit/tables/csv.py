"""Tables as CSV files, and the Frictionless descriptor that declares them."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from typing import Any

from policykit.tables.columns import TABLES, Column
from policykit.tables.rows import DocumentRows

_TYPES = {
    "text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date", "list": "array"
}  # fmt: skip


def write_csv(folder: str, documents: Iterable[DocumentRows]) -> int:
    """Write `<table>.csv` for every table into a folder; returns the number of documents. Raises `OSError`.

    UTF-8, a header, line feeds; lists as JSON arrays, dates in ISO form, nothing for what is not stated.
    """
    count = 0
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            path = os.path.join(folder, f"{table.name}.csv")
            file = stack.enter_context(open(path, "w", encoding="utf-8", newline=""))
            writers[table.name] = csv.writer(file, lineterminator="\n")
            writers[table.name].writerow([column.name for column in table.columns])
        for document in documents:
            count += 1
            for name, rows in document.tables.items():
                writers[name].writerows([_value(cell) for cell in row] for row in rows)
    return count


def _value(cell: Any) -> Any:
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    return cell.isoformat() if isinstance(cell, date) else cell


def descriptor() -> dict[str, Any]:
    """The data package (`datapackage.json`) that declares the CSV files: types, descriptions, primary and foreign keys."""
    return {
        "profile": "tabular-data-package",
        "name": "policykit-export",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": f"{table.name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\n"},
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "missingValues": [""],
                    "primaryKey": list(table.key),
                    "foreignKeys": [
                        {"fields": list(columns), "reference": {"resource": other, "fields": list(there)}}
                        for columns, other, there in table.foreign
                        # validators take a key of which one part is not stated for a broken one
                        if all(column.is_needed for column in table.columns if column.name in columns)
                    ],
                },
            }
            for table in TABLES
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind], "description": column.description}
    # an empty cell means nothing stated: texts may be empty where they are needed
    if column.is_needed and column.kind != "text":
        field["constraints"] = {"required": True}
    return field


def write_datapackage(folder: str, documents: Iterable[DocumentRows]) -> int:
    """The CSV files with `datapackage.json`; returns the number of documents. Raises `OSError`."""
    count = write_csv(folder, documents)
    with open(os.path.join(folder, "datapackage.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(descriptor(), ensure_ascii=False, indent=1) + "\n")
    return count
