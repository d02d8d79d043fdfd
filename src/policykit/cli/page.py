"""A page on a terminal, by rich: tables, bars, colours. Texts go in as plain text, never as markup, and without control characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from policykit.cli.wrapping import WrappedText
from policykit.formats.characters import printable
from policykit.formats.page import Column, Facts, Items, Part, Table, Title, percent

#: how wide the bar of a whole is, and a page that no terminal shows
_BAR, _WIDTH = 20, 100
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def write_page(parts: Iterable[Part], *, colour: bool, width: int | None = None) -> str:
    """A page as text for a terminal of a width (in cells; 100 where there is none), with colours on demand."""
    console, stream = console_for(colour=colour, width=width)
    for part in parts:
        for piece in pieces(part, console.width):
            console.print(piece)
        console.print()
    lines = stream.getvalue().split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def console_for(*, colour: bool, width: int | None) -> tuple[Console, StringIO]:
    """A console that writes into a stream: no markup, no guessing, control characters only where colours are wanted."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=width or _WIDTH,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    return console, stream


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar.

    >>> bar(0.5), bar(0.01)
    ('██████████', '▎')
    """
    eighths = max(1 if share > 0 else 0, round(min(share, 1.0) * _BAR * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def text_of(text: str, style: str = "") -> Text:
    """A text on one line with nothing in it that a terminal or rich would act on."""
    return WrappedText(printable(" ".join(text.split())), style=style, overflow="fold")


def pieces(part: Part, width: int) -> Iterator[RenderableType]:
    match part:
        case Title(text):
            yield text_of(text, "bold")
        case Facts(rows):
            grid = RichTable.grid(padding=(0, 2, 0, 0))
            grid.add_column(no_wrap=True)
            grid.add_column(overflow="fold")
            for label, value in rows:
                grid.add_row(text_of(label, "dim"), text_of(value))
            yield grid
        case Items(heading, items):
            yield text_of(heading, "bold cyan")
            grid = RichTable.grid(padding=(0, 1, 0, 0))
            grid.add_column(width=2, no_wrap=True)
            grid.add_column(overflow="fold")
            for text, where in items:
                line = text_of(text)
                if where:
                    line.append(f"  [{printable(where)}]", style="dim")
                grid.add_row(Text(" ·"), line)
            yield grid
        case Table(heading, columns, rows, indents):
            yield text_of(heading, "bold cyan")
            for chosen in _that_fit(columns, rows, width):
                yield _table(
                    [columns[index] for index in chosen], [[row[index] for index in chosen] for row in rows], indents
                )


def _that_fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[list[int]]:
    """The columns of a wide table in groups that fit side by side, each with the first column; others stay together."""
    if len(columns) < 6 or any(column.is_long for column in columns):
        return [list(range(len(columns)))]
    widths = [
        max(
            [cell_len(column.name), *(cell_len(percent(row[index]) if column.is_share else row[index]) for row in rows)]
        )
        + 2
        for index, column in enumerate(columns)
    ]
    groups: list[list[int]] = []
    for index in range(1, len(columns)):
        if not groups or widths[0] + sum(widths[at] for at in groups[-1][1:]) + widths[index] > width:
            groups.append([0])
        groups[-1].append(index)
    return groups


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]], indents: Sequence[int]) -> RichTable:
    table = RichTable(box=None, pad_edge=True, header_style="dim", show_header=any(column.name for column in columns))
    with_bars = sum(column.is_share for column in columns) == 1
    for column in columns:
        is_right = column.is_number or (column.is_share and not with_bars)
        table.add_column(
            text_of(column.name),
            justify="right" if is_right else "left",
            # markers and names of documents stand whole
            no_wrap=is_right or not column.name,
            ratio=None,
            overflow="fold",
        )
    for number, row in enumerate(rows):
        cells = []
        for column, cell in zip(columns, row, strict=True):
            if column.is_share and with_bars:
                cells.append(Text(f"{bar(float(cell or 0)):{_BAR}} {percent(cell):>4}", style="green"))
            else:
                cells.append(text_of(percent(cell) if column.is_share else cell))
        if indents:
            cells[0] = WrappedText("  " * indents[number]).append_text(cells[0])
        table.add_row(*cells)
    return table
