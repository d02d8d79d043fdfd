"""A document as it came in: decoded, not yet changed."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


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
        starts, position = [0], 0
        for line in self.text.splitlines(keepends=True):
            position += len(line)
            starts.append(position)
        return starts

    def line_at(self, offset: int) -> int:
        r"""The line number (from 1) of a code point offset.

        >>> SourceText("第一条\n第二条").line_at(4)
        2
        """
        return max(1, min(bisect_right(self._line_starts, offset), max(1, len(self._line_starts) - 1)))


def source_from_text(text: str, *, id: str | None = None, path: str | None = None) -> SourceText:
    """A source made of characters that are decoded already."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceText(text=text, id=id, path=path, sha256=digest)
