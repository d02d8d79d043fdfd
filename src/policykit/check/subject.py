"""The document that is checked, as rules see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from policykit.analyses import LoadedAnalysis
from policykit.check.findings import Hit, Place
from policykit.placed_text import PlacedText, placed_text
from policykit.text.source import line_starts

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Subject:
    """An analysis with the text that is at hand for it."""

    loaded: LoadedAnalysis
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], _Value]) -> _Value:
        """What several rules need: made by the first that asks."""
        if name not in self._made:
            self._made[name] = make()
        value: _Value = self._made[name]
        return value

    @property
    def data(self) -> Mapping[str, Any]:
        """The analysis, `policykit/analysis/1`."""
        return self.loaded.data

    @property
    def has_text(self) -> bool:
        """Whether the document itself is at hand, not only what an analysis holds of it."""
        return self.loaded.normalised is not None

    @cached_property
    def source_text(self) -> str:
        """The document as it came in; empty where it is not at hand."""
        normalised = self.loaded.normalised
        return "" if normalised is None else normalised.source.text

    @cached_property
    def placed(self) -> PlacedText:
        """The working text with its outline (put together from the analysis where the document is not at hand)."""
        return placed_text(self.loaded)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offsets at which the lines of the source begin."""
        return line_starts(self.source_text)

    def line_text(self, number: int) -> str:
        """A line (from 1) of the source, without its end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.source_text)
        return self.source_text[starts[number - 1] : end].rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")

    def place(self, start: int, end: int) -> Place:
        """A stretch of the source as a place; the document must be at hand."""
        end = max(start, end)
        line, column = self._line_and_column(start)
        end_line, end_column = self._line_and_column(end)
        if end_line > line and end_column == 1 and end > start:  # up to the end of a line, not into the next
            end_line = end_line - 1
            end_column = len(self.line_text(end_line)) + 1
        return Place(start, end, line, column, end_line, end_column)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def place_of(self, span: Mapping[str, int]) -> Place:
        """The place of a span of the analysis."""
        if self.has_text:
            return self.place(span["start"], span["end"])
        return Place(span["start"], span["end"], span["line"])

    def at_row(self, row: Mapping[str, Any], message: str, *key: str) -> Hit:
        """A hit at a target or deadline."""
        return Hit(message, key, self.place_of(row["span"]), row["quote"], row.get("section"))

    def at_heading(self, row: Mapping[str, Any], message: str, *key: str) -> Hit:
        """A hit at the marker and heading of an outline entry or task."""
        span = row["span"]
        if not self.has_text:
            return Hit(message, key, Place(span["start"], span["start"], span["line"]), row["heading"], row["id"])
        start = span["start"]
        end = self.source_text.find("\n", start, span["end"])
        end = span["end"] if end < 0 else end
        stop = self.source_text.find("。", start, end)
        end = min(end if stop < 0 else stop, start + _LONGEST_HEADING)
        return Hit(message, key, self.place(start, end), self.source_text[start:end], row["id"])

    def at_text(self, start: int, end: int, message: str, *key: str) -> Hit:
        """A hit at a stretch of the working text."""
        document = self.placed.document
        section = document.section_at(start)
        id = None if section is None else section.id
        found = self.placed.place(start, end)
        if found.span is None:
            return Hit(message, key, None, None, id)
        if not self.has_text:  # a stretch of what was put together: the outline entry is all that is known
            return Hit(message, key, Place(found.span["start"], found.span["start"], found.span["line"]), None, id)
        return Hit(message, key, self.place_of(found.span), found.quote, id)

    def at_source(self, start: int, end: int, message: str, *key: str) -> Hit:
        """A hit at a stretch of the source."""
        return Hit(message, key, self.place(start, end), self.source_text[start:end])

    def whole(self, message: str, *key: str) -> Hit:
        """A hit that concerns the document as a whole."""
        return Hit(message, key)


_LONGEST_HEADING = 60
