"""Search results as a table for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from policykit.formats.characters import printable
from policykit.formats.spreadsheet import safe_cell

COLUMNS = (
    *("document", "title", "path", "section", "heading", "role", "line", "found", "sentence"),
    *("indicator", "comparator", "value", "value_max", "unit", "kind", "deadline"),
)
_TARGET_COLUMNS = COLUMNS[9:]


def write_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows of `policykit/search/1` as CSV with a header: a line for each match, or for each target in it."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        found = " | ".join(item["quote"] or item.get("text", "") for key in ("words", "deadlines") for item in row[key])
        for target in row["targets"] or [{}]:
            cells = {**row, **{name: target.get(name) for name in _TARGET_COLUMNS}}
            cells["found"] = found or target.get("quote")
            writer.writerow([_written(cells[name]) for name in COLUMNS])
    return stream.getvalue()


def _written(cell: Any) -> Any:
    """A cell as it is written: text on one line that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    # a tab at the beginning stands for something else to a spreadsheet, so what is looked at is the text as it was
    guarded = safe_cell(cell)
    return printable(str(guarded)) if isinstance(guarded, str) else guarded
