"""A comparison as one flat table, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from policykit.comparison.comparing import SECTIONS, kinds_of
from policykit.formats.spreadsheet import safe_cell

#: what each side has, with `old_` or `new_` before it; its text stands in `old` and `new` themselves
_OF_A_SIDE = ("id", "", "line", "comparator", "value", "value_max", "unit", "kind", "deadline")
#: what measures the difference
_MEASURES = ("value", "percent", "points", "days", "effect", "log_likelihood", "log_ratio")
COLUMNS = (
    *("section", "change", "what"),
    *(f"{side}_{name}".rstrip("_") for side in ("old", "new") for name in _OF_A_SIDE),
    "similarity",
    *_MEASURES,
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
    cells: dict[str, Any] = {name: measured.get(name) for name in _MEASURES}
    if section == "domains":
        cells["points"] = round(100 * measured["share"], 2)
    cells["similarity"] = row.get("similarity")
    for side in ("old", "new"):
        if row[side]:
            found = _side(section, row, row[side])
            cells |= {f"{side}_{name}".rstrip("_"): cell for name, cell in found.items()}
    cells["what"] = _what(section, row)
    return cells


def _what(section: str, row: Mapping[str, Any]) -> str | None:
    if section == "deadlines":
        sentence: str | None = row["sentences"]["new"] or row["sentences"]["old"]
        return sentence
    name = {"targets": "indicator", "domains": "name", "references": "title", "vocabulary": "term", "passages": "text"}
    return row[name[section]] if section in name else None


def _side(section: str, row: Mapping[str, Any], data: Any) -> dict[str, Any]:
    """What a row has on one side, by the names of `_OF_A_SIDE`."""
    match section:
        case "tasks":
            return {
                "id": _joined(unit["id"] for unit in data),
                "": _joined(unit["heading"] or unit["opening"] or "" for unit in data),
                "line": _joined(unit["span"]["line"] for unit in data),
            }
        case "targets":
            stated = {name: data[name] for name in _OF_A_SIDE[3:]}
            return {"id": data["id"], "": _on_a_line(data["quote"]), "line": data["span"]["line"], **stated}
        case "deadlines":
            day = data["to"] or data["from"]
            return {"id": data["id"], "": _on_a_line(data["quote"]), "line": data["span"]["line"], "deadline": day}
        case "domains":
            return {"id": row["id"], "": data["share"]}
        case "responsibilities":
            return {"id": _joined(data["tasks"]), "": _joined([*data["lead"], *data["support"]])}
        case "references":
            return {"": data["number"], "line": data["span"]["line"]}
        case "vocabulary":
            return {"": data["count"]}
    return {"id": data["section"], "line": data["span"]["line"] if data["span"] else None}


def _on_a_line(quote: str) -> str:
    """A quote without the line breaks that the layout of a source puts into it."""
    return " ".join(quote.split())


def _joined(values: Iterable[Any]) -> str:
    return "; ".join(map(str, values))
