"""Cells of CSV files that people open in a spreadsheet."""

from __future__ import annotations

from typing import TypeVar

_Cell = TypeVar("_Cell")

#: what a spreadsheet would take for the beginning of a formula (OWASP, CSV injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: _Cell) -> _Cell | str:
    """A cell that no spreadsheet runs: text that begins as a formula does is preceded by an apostrophe, numbers stay as they are.

    A mark alone is no formula: `-` stands for standard input.

    >>> safe_cell("=1+1"), safe_cell(-5), safe_cell("建设"), safe_cell("-")
    ("'=1+1", -5, '建设', '-')
    """
    return f"'{cell}" if isinstance(cell, str) and len(cell) > 1 and cell.startswith(_FORMULA) else cell
