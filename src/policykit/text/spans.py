"""Spans, and the way back from rewritten text to what it was written from.

Every rewriting step records its edits while it makes them; nothing is guessed afterwards by comparing two texts. A step that
keeps the length (script conversion by characters, width folding) needs no record of offsets. Chains of steps are followed
one by one, so a span of the result leads to a span of the source and back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: code points, 0-based, `end` exclusive."""

    start: int
    end: int


class Edit(NamedTuple):
    """`before[start:end]` was replaced by `text`; `rule` names the reason."""

    start: int
    end: int
    text: str
    rule: str = ""


class Piece(NamedTuple):
    """A stretch of a rewritten text and what it came from: letter for letter, or (`is_edit`) the one as a whole from the other."""

    after: Span
    before: Span
    is_edit: bool


@dataclass(frozen=True)
class Rewriting:
    """A text before and after a list of edits, with offsets led both ways.

    >>> step = rewrite("全流程式控制制", [Edit(3, 4, "")])
    >>> step.after, step.source_span(Span(0, 5)), step.target_span(Span(4, 6))
    ('全流程控制制', Span(start=0, end=6), Span(start=3, end=5))
    """

    before: str
    after: str
    edits: tuple[Edit, ...]

    @cached_property
    def _before_starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _after_starts(self) -> list[int]:
        starts, shift = [], 0
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)
        return starts

    def source_span(self, span: Span) -> Span:
        """The stretch of `before` that a stretch of `after` was made from; whole edits where it cuts into one."""
        return Span(self._source_start(span.start), self._source_end(span.start, span.end))

    def _source_start(self, offset: int) -> int:
        index = bisect_right(self._after_starts, offset) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self._after_starts[index]
        inside = offset - start
        return edit.start if inside < len(edit.text) else edit.end + inside - len(edit.text)

    def _source_end(self, start: int, end: int) -> int:
        if end <= start:
            index = bisect_left(self._after_starts, start) - 1
            if index >= 0 and start < self._after_starts[index] + len(self.edits[index].text):
                return self.edits[index].end  # nothing, but within an edit: the whole of it
            return self._source_start(start)
        last = end - 1
        index = bisect_right(self._after_starts, last) - 1
        if index < 0:
            return end
        edit, begin = self.edits[index], self._after_starts[index]
        inside = last - begin
        return edit.end if inside < len(edit.text) else edit.end + inside - len(edit.text) + 1

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The stretches of `after` within a span of it, in order and without gap, each with the stretch of `before` it came from.

        >>> step = rewrite("全流程式控制制", [Edit(3, 5, "控")])
        >>> [(piece.after, piece.before, piece.is_edit) for piece in step.pieces(Span(2, 6))]
        [(Span(start=2, end=3), Span(start=2, end=3), False), (Span(start=3, end=4), Span(start=3, end=5), True), \
(Span(start=4, end=6), Span(start=5, end=7), False)]
        """
        position = span.start
        for index in range(max(0, bisect_right(self._after_starts, span.start) - 1), len(self.edits)):
            edit, start = self.edits[index], self._after_starts[index]
            if start >= span.end:
                break
            if position < start:
                yield self._unchanged(position, start)
                position = start
            end = min(start + len(edit.text), span.end)
            if position < end:
                yield Piece(Span(position, end), Span(edit.start, edit.end), True)
                position = end
        if position < span.end:
            yield self._unchanged(position, span.end)

    def _unchanged(self, start: int, end: int) -> Piece:
        first = self._source_start(start)
        return Piece(Span(start, end), Span(first, first + end - start), False)

    def target_span(self, span: Span) -> Span:
        """The stretch of `after` that a stretch of `before` became; whole edits where it cuts into one."""
        start, end = span
        index = bisect_right(self._before_starts, start) - 1
        edit = self.edits[index] if index >= 0 else Edit(0, 0, "")
        if index < 0:
            first = start
        else:
            begin = self._after_starts[index]
            first = begin if start < edit.end else begin + len(edit.text) + start - edit.end
        if end <= start:
            inside = index >= 0 and edit.start < start < edit.end
            return Span(first, first + len(edit.text) if inside else first)
        index = bisect_left(self._before_starts, end) - 1
        if index < 0:
            last = end
        else:
            edit, begin = self.edits[index], self._after_starts[index]
            last = begin + len(edit.text) + max(0, end - edit.end)
        return Span(first, max(first, last))


def rewrite(text: str, edits: Iterable[Edit]) -> Rewriting:
    """Apply edits (in order, not overlapping) to `text`.

    >>> rewrite("資 訊 化", [Edit(1, 2, ""), Edit(3, 4, "")]).after
    '資訊化'
    """
    kept = tuple(edits)
    parts: list[str] = []
    position = 0
    for start, end, replacement, _ in kept:
        if start < position:
            raise ValueError(f"edits overlap at {start}")
        parts += (text[position:start], replacement)
        position = end
    parts.append(text[position:])
    return Rewriting(text, "".join(parts), kept)
