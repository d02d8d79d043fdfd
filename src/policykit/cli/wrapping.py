"""Where lines of Chinese text may be broken on a terminal: between any two characters, but not within a number or a Latin word, not
before a stop or closing bracket, and not behind an opening one. (rich breaks at blanks first, which Chinese text hardly has.)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

#: what a line cannot begin with, and what it cannot end with
_CLOSING, _OPENING = map(
    re.escape, ("，。、；：？！…—·”’）》〉〕】」』％%‰℃,.;:!?)]", "“‘（《〈〔【「『≥≤≈＜＞↑↓＋−([")
)
#: an unbroken stretch: openings, then a run of Latin letters and digits (with the signs inside them) or one other character, then closings
_PIECE = re.compile(rf"[{_OPENING}]*(?:[0-9A-Za-z+$#§]+(?:[.,:/~_–-][0-9A-Za-z]+)*|[^\s])[{_CLOSING}]*|\s+")


class WrappedText(Text):
    """A text of rich that breaks its lines as Chinese is set."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The text on lines of at most `width` cells."""
        if no_wrap or "\n" in self.plain or width < 2:
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = self.divide(list(breaks(self.plain, width)))
        for line in lines:
            line.rstrip()
        if justify and justify != "left":
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def breaks(text: str, width: int) -> Iterator[int]:
    """The offsets at which the lines of a text begin, but for the first, where each has `width` cells.

    >>> text = "到2035年，建成体系（试行）、平台"
    >>> [text[start:end] for start, end in zip([0, *breaks(text, 12)], [*breaks(text, 12), None])]
    ['到2035年，建', '成体系（试', '行）、平台']
    """
    filled = 0
    for piece in _PIECE.finditer(text):
        cells = cell_len(piece[0])
        if filled and filled + cells > width:
            if piece[0].isspace():
                filled = width  # blanks may hang over the end of a line, but nothing may stand behind them
                continue
            yield piece.start()
            filled = 0
        if cells <= width:
            filled += cells
            continue
        for offset, character in enumerate(piece[0], piece.start()):
            cells = cell_len(character)
            if filled + cells > width:
                yield offset
                filled = 0
            filled += cells
