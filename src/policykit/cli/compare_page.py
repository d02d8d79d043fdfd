"""A comparison on a terminal: both documents side by side where the width allows, else below each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from policykit.cli.page import console_for, pieces, text_of
from policykit.cli.wrapping import WrappedText
from policykit.comparison.view import ChangeTable
from policykit.formats.page import Part

#: From this width on both documents stand side by side.
SIDE_BY_SIDE = 90
_STYLES = {
    **dict.fromkeys(("added", "new", "newly cited", "joined", "raised", "more"), "green"),
    **dict.fromkeys(
        ("dropped", "gone", "no longer cited", "left", "lowered", "loosened", "later", "longer", "less"), "red"
    ),
    **dict.fromkeys(("reworded", "split", "merged", "lead changed", "unit changed", "restated"), "yellow"),
    **dict.fromkeys(("tightened", "earlier", "shorter"), "cyan"),
    **dict.fromkeys(("moved", "renumbered"), "blue"),
}


def write_comparison(parts: Iterable[Part], *, colour: bool, width: int | None = None) -> str:
    """A page as text for a terminal of a width (in cells), with colours on demand."""
    console, stream = console_for(colour=colour, width=width)
    for part in parts:
        if isinstance(part, ChangeTable):
            is_wide = console.width >= SIDE_BY_SIDE or _width(part) <= console.width
            shown = _side_by_side(part) if is_wide else _below_each_other(part)
        else:
            shown = pieces(part, console.width)
        for piece in shown:
            console.print(piece)
        console.print()
    lines = stream.getvalue().split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _width(table: ChangeTable) -> int:
    """How wide a table is where no cell is broken over lines."""
    rows = [[column.name for column in table.columns], *table.rows]
    return sum(max(cell_len(row[index]) for row in rows) + 2 for index in _used(table))


def _side_by_side(table: ChangeTable) -> Iterator[RenderableType]:
    yield text_of(table.heading, "bold cyan")
    shown = RichTable(box=None, pad_edge=True, header_style="dim")
    used = _used(table)
    for index in used:
        column = table.columns[index]
        shown.add_column(
            text_of(column.name),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number,
            overflow="fold",
            ratio=1 if column.is_long else None,
            max_width=18 if index == 0 else None,
        )
    for kind, row in zip(table.kinds, table.rows, strict=True):
        shown.add_row(*(_cell(row[index], index, kind) for index in used))
    yield shown


def _below_each_other(table: ChangeTable) -> Iterator[RenderableType]:
    """Each row as a few lines: what changed, then each cell under its name."""
    yield text_of(table.heading, "bold cyan")
    names = [column.name for column in table.columns]
    width = max(map(cell_len, names))
    for kind, row in zip(table.kinds, table.rows, strict=True):
        yield _cell(row[0], 0, kind)
        grid = RichTable.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=width + 2, no_wrap=True)
        grid.add_column(overflow="fold")
        for index, cell in enumerate(row):
            if index and cell:
                name = Text("  ").append_text(text_of(names[index], "dim"))
                grid.add_row(name, _cell(cell, index, kind))
        yield grid


def _used(table: ChangeTable) -> list[int]:
    """The columns that have something in some row."""
    return [index for index in range(len(table.columns)) if index == 0 or any(row[index] for row in table.rows)]


def _cell(cell: str, index: int, kind: str) -> Text:
    if index == 0:
        return text_of(cell, _STYLES.get(kind, ""))
    if cell.startswith(("−", "＋")) and len(cell) > 1:
        return _words(cell.split("  "))
    return text_of(cell)


def _words(stretches: Sequence[str]) -> Text:
    """Words that went and came, each in the colour of going and coming."""
    text = WrappedText(overflow="fold")
    for number, stretch in enumerate(stretches):
        if number:
            text.append("  ")
        text.append_text(text_of(stretch, "red" if stretch.startswith("−") else "green"))
    return text
