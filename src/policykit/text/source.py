"""A document as it came in: decoded, not yet changed."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, count, repeat
from operator import add

#: so far into a text its lines are not counted from the beginning
_FAR = 100_000


@dataclass(frozen=True)
class SourceText:
    """The decoded characters of one document and where they came from.

    `text` has the line ends of the file and no byte order mark; `sha256` is that of the bytes (of the UTF-8 form when the
    document came in as characters); `path` is as the user named it, None for a string.
    """

    text: str
    id: str | None = None
    path: str | None = None
    sha256: str = ""
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    @cached_property
    def _lines_far(self) -> list[int]:
        """The line of each so-many-th letter of a long text, of which some lines are asked for at a time."""
        text = self.text
        counts = [text.count("\n", start, start + _FAR) for start in range(0, len(text), _FAR)]
        return list(accumulate(counts, initial=1))

    def line_at(self, offset: int) -> int:
        r"""The line number (from 1) of a code point offset, as editors count; the end of the text belongs to its last line.

        >>> SourceText("第一条\n\x0c第二条").line_at(5)
        2
        """
        return max(1, bisect_right(self._line_starts, offset))

    def lines_at(self, offsets: Iterable[int]) -> list[int]:
        r"""The same for many offsets, in ascending order.

        >>> SourceText("第一条\n\x0c第二条\n").lines_at([0, 3, 5, 9])
        [1, 1, 2, 2]
        """
        text = self.text
        if "\r" in text:
            return list(map(bisect_right, repeat(self._line_starts), offsets))
        # few of the lines are asked for: their ends are counted from one offset to the next, and where each begins is not looked for
        found: list[int] = []
        line, counted, last = 1, 0, len(text) - 1
        if last > _FAR:
            offsets = list(offsets)
            far = min(offsets[0], last) // _FAR if offsets else 0
            line, counted = self._lines_far[far], far * _FAR
        for offset in offsets:
            if offset > last:
                offset = last
            line += text.count("\n", counted, offset)
            counted = offset
            found.append(line)
        return found


def line_starts(text: str) -> list[int]:
    r"""The offsets at which the lines of a text begin. Lines end with `\n`, `\r\n` or `\r`, as in editors, not with a form feed or the
    other signs that `str.splitlines` takes for line ends.

    >>> line_starts("一\r\n二\x0c\n"), line_starts("")
    ([0, 3], [0])
    """
    if "\r" in text:
        starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    else:
        lines = text.split("\n")
        lines.pop()  # none begins behind it
        starts = [0, *map(add, accumulate(map(len, lines)), count(1))]
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
    return starts


def source_from_text(text: str, *, id: str | None = None, path: str | None = None) -> SourceText:
    """A source made of characters that are decoded already."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceText(text=text, id=id, path=path, sha256=digest)
