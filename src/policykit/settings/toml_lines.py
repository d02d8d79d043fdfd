"""The lines of TOML values: `tomllib` does not tell them, and a mistake in a settings file must be named by its line."""

from __future__ import annotations

import re
from collections.abc import Callable

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]{1,200})\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(
    r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]{0,200}\"|'[^']{0,200}')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]{0,200}\"|'[^']{0,200}')){0,20})\s*="
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s.\"']+)")


def line_finder(text: str) -> Callable[[tuple[str | int, ...]], int | None]:
    """A function from the keys of a value to its line (from 1); None for what stands within another value.

    Reads table headers and the beginnings of assignments; what is written inside braces and brackets counts for the assignment.

    >>> find = line_finder('[tool.policykit]\\nquiet = true\\n[[tool.policykit.require.targets]]\\nindicator = "国家标准"\\n')
    >>> find(("tool", "policykit", "quiet")), find(("tool", "policykit", "require", "targets", 0, "indicator"))
    (2, 4)
    """
    lines: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _within(_parts(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            keys = (*table, *_parts(assignment[1]))
            for length in range(len(table) + 1, len(keys) + 1):
                lines.setdefault(keys[:length], number)
    return lines.get


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple("".join(part) for part in _PART.findall(dotted))


def _within(names: tuple[str, ...], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """The keys of a table; a name of an array of tables on the way stands for its last entry."""
    found: tuple[str | int, ...] = ()
    for place, name in enumerate(names):
        found = (*found, name)
        if found in counts and place < len(names) - 1:
            found = (*found, counts[found])
    return found
