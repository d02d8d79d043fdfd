"""A page as a list of parts, whichever way it is shown: on a terminal, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policykit.formats.characters import printable


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` marks the one whose numbers (0 to 1) are shown as bars on a terminal."""

    name: str
    is_number: bool = False
    is_share: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; a share is a number from 0 to 1 as text. `indents` are the depths of the rows, from 0."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    indents: Sequence[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Items:
    """A heading with items; each is a text and, perhaps, where it stands."""

    heading: str
    rows: Sequence[tuple[str, str]]


Part = Title | Facts | Table | Items


def percent(share: str) -> str:
    """A share as it is read.

    >>> percent("0.1114"), percent("")
    ('11%', '–')
    """
    return f"{float(share):.0%}" if share else "–"


def clip(text: str, length: int, around: str | None = None) -> str:
    """A text on one line, cut at `length` characters with …; from `around` on where that would be cut off.

    >>> clip("到2027年，建成体系", 8), clip("通过大力实施首都标准化战略，力争到2020年", 12, "到2020年")
    ('到2027年，…', '…力争到2020年')
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    found = line.find(around) if around else -1
    if found > length // 2:
        # from the clause that it stands in
        start = max(line.rfind(mark, 0, found) for mark in "，、：；") + 1
        start = start if found - start <= length // 2 else found
        rest = line[start:]
        return "…" + (rest if len(rest) < length else rest[: length - 2] + "…")
    return line[: length - 1] + "…"


def write_markdown(parts: Iterable[Part]) -> str:
    """A page as Markdown (with the tables of GitHub), ending with a line break; nothing in a text acts as markup."""
    return "\n".join(_markdown(part) for part in parts)


def _markdown(part: Part) -> str:
    match part:
        case Title(text):
            return f"# {_escaped(text)}\n"
        case Facts(rows):
            return "".join(f"- **{_escaped(label)}**: {_escaped(value)}\n" for label, value in rows)
        case Items(heading, items):
            lines = [f"- {_escaped(text)}" + (f" ({_escaped(where)})" if where else "") for text, where in items]
            return f"## {_escaped(heading)}\n\n" + "\n".join(lines) + "\n"
        case Table(heading, columns, rows, indents):
            return f"## {_escaped(heading)}\n\n" + "\n".join(_markdown_table(columns, rows, indents)) + "\n"


def _markdown_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], indents: Sequence[int]) -> Iterable[str]:
    yield "| " + " | ".join(_escaped(column.name) for column in columns) + " |"
    yield "|" + "|".join("--:" if column.is_number or column.is_share else "---" for column in columns) + "|"
    for number, row in enumerate(rows):
        cells = [
            _escaped(percent(cell) if column.is_share else cell) for column, cell in zip(columns, row, strict=True)
        ]
        if indents:
            cells[0] = "&emsp;" * indents[number] + cells[0]
        yield "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    r"""A text on one line without anything that Markdown or a terminal would act on.

    >>> _escaped("a|b *c* <d>\n[e](f)")
    'a\\|b \\*c\\* &lt;d&gt; \\[e\\](f)'
    """
    line = printable(" ".join(text.split()))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", line)
