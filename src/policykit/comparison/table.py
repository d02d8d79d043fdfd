"""A comparison as one flat table, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from policykit.comparison.comparing import SECTIONS, kinds_of
from policykit.formats.spreadsheet import safe_cell

COLUMNS = (
    "section",
    "change",
    "what",
    "old_id",
    "old",
    "old_line",
    "new_id",
    "new",
    "new_line",
    "similarity",
    "value",
    "percent",
    "days",
    "effect",
    "log_likelihood",
    "log_ratio",
)


def write_csv(data: Mapping[str, Any]) -> str:
    """The rows of all sections as CSV with a header; several values in a cell are joined by a semicolon.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for section in SECTIONS:
        for row in data.get(section, ()):
            cells = {"section": section, "change": "; ".join(kinds_of(row)), **_cells(section, row)}
            writer.writerow({name: safe_cell(cell) for name, cell in cells.items() if cell is not None})
    return stream.getvalue()


def _cells(section: str, row: Mapping[str, Any]) -> dict[str, Any]:
    measured = row.get("difference") or {}
    cells: dict[str, Any] = {name: measured.get(name) for name in COLUMNS[COLUMNS.index("value") :]}
    cells["similarity"] = row.get("similarity")
    for side in ("old", "new"):
        for name, cell in zip(("id", "text", "line"), _side(section, row, side), strict=True):
            cells[side if name == "text" else f"{side}_{name}"] = cell
    cells["what"] = _what(section, row)
    return cells


def _what(section: str, row: Mapping[str, Any]) -> str | None:
    name = {"targets": "indicator", "domains": "name", "references": "title", "vocabulary": "term", "passages": "text"}
    return row[name[section]] if section in name else None


def _side(section: str, row: Mapping[str, Any], side: str) -> tuple[Any, Any, Any]:
    """The id, text and line that a row has on one side."""
    data = row[side]
    if not data:
        return None, None, None
    if section == "tasks":
        ids, headings = [unit["id"] for unit in data], [unit["heading"] or unit["opening"] or "" for unit in data]
        return _joined(ids), _joined(headings), _joined(unit["span"]["line"] for unit in data)
    if section in ("targets", "deadlines"):
        return data["id"], data["quote"], data["span"]["line"]
    if section == "domains":
        return row["id"], data["share"], None
    if section == "responsibilities":
        return _joined(data["tasks"]), _joined([*data["lead"], *data["support"]]), None
    if section == "references":
        return None, data["number"], data["span"]["line"]
    if section == "vocabulary":
        return None, data["count"], None
    return data["section"], None, data["span"]["line"] if data["span"] else None


def _joined(values: Iterable[Any]) -> str:
    return "; ".join(map(str, values))
