"""Search results on a terminal, by rich: documents, and below each its sentences with what was found in them marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from policykit.cli.page import console_for, text_of
from policykit.cli.wrapping import WrappedText
from policykit.formats.characters import printable
from policykit.summary.view import quoted

#: how much of a long sentence is shown before the first match and behind it
_BEFORE, _BEHIND = 40, 120


def write_matches(rows: Sequence[Mapping[str, Any]], *, colour: bool, width: int | None = None) -> str:
    """The rows as text for a terminal of a width (100 where there is none), with colours on demand."""
    console, stream = console_for(colour=colour, width=width)
    for (document, path), group in groupby(rows, key=lambda row: (row["document"], row["path"])):
        found = list(group)
        head = text_of(document or path or "", "bold")
        head.append(f"  {printable(found[0]['title'] or '')}", style="dim")
        console.print(head)
        table = Table(box=None, show_header=False, padding=(0, 1, 0, 1))
        table.add_column(justify="right", no_wrap=True, style="dim")
        table.add_column(no_wrap=True, style="cyan")
        table.add_column(overflow="fold")
        for row in found:
            line = "" if row["line"] is None else str(row["line"])
            table.add_row(line, text_of(row["section"] or ""), _sentence(row))
        console.print(table)
    if rows:
        console.print(Text(f"{len(rows)} matches" if len(rows) > 1 else "1 match", style="dim"))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _sentence(row: Mapping[str, Any]) -> Text:
    """The sentence in the source's own letters with what was found in bold; its beginning and end are cut where it is long."""
    quote = quoted(row)
    marks = sorted(_marks(row, quote))
    first = marks[0][0] if marks else 0
    start = first - _BEFORE if first > 2 * _BEFORE else 0
    end = min(len(quote), max(first, start) + _BEHIND)
    text = WrappedText("…" if start else "")
    position = start
    for begin, behind in marks:
        if begin < position or begin >= end:
            continue
        text.append(_shown(quote[position:begin]))
        text.append(_shown(quote[begin : min(behind, end)]), style="bold red")
        position = min(behind, end)
    text.append(_shown(quote[position:end]) + ("…" if end < len(quote) else ""))
    return text


def _marks(row: Mapping[str, Any], quote: str) -> Iterator[tuple[int, int]]:
    """Where what was found stands in the quote."""
    for item in (*row["words"], *row["targets"], *row["deadlines"]):
        if row["quote"] == quote and item["quote"] is not None:
            start = item["span"]["start"] - row["span"]["start"]
            yield max(0, start), min(start + len(item["quote"]), len(quote))
        elif "text" in item and item["text"] in quote:
            start = quote.index(item["text"])
            yield start, start + len(item["text"])


def _shown(text: str) -> str:
    return printable(text.replace("\r", " ").replace("\n", " "))
