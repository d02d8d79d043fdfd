"""How wide text stands on a terminal, where Han characters take two cells."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def width(text: str) -> int:
    """The cells that a text takes.

    >>> width("到2027年"), width("é"), width("e\\u0301")
    (8, 1, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def fitting(text: str, cells: int) -> int:
    """How many characters from the beginning of a text fit into so many cells.

    >>> fitting("到2027年", 4), fitting("年年", 3)
    (3, 1)
    """
    taken = 0
    for number, character in enumerate(text):
        taken += _cells(character)
        if taken > cells:
            return number
    return len(text)


def fitting_behind(text: str, cells: int) -> int:
    """How many characters from the end of a text fit into so many cells."""
    return fitting(text[::-1], cells)
