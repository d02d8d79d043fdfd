"""Spans, and the way back from rewritten text to what it was written from.

Every rewriting step records its edits while it makes them; nothing is guessed afterwards by comparing two texts. A step that
keeps the length (script conversion by characters, width folding) needs no record of offsets. Chains of steps are followed
one by one, so a span of the result leads to a span of the source and back.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, islice
from operator import add, gt, sub
from typing import NamedTuple, Protocol


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


_NEVER = sys.maxsize
#: the offsets of fewer edits are kept as a list
_FEW = 5_000
#: so many edits are made before their parts are joined
AT_ONCE = 20_000


class Edits(NamedTuple):
    """Many edits, in order and not overlapping, as columns. A text with a space behind every letter has tens of thousands of them."""

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    rules: Sequence[str]


class Unlisted(Protocol):
    """Many edits that nobody has written down one by one."""

    def columns(self) -> Edits:
        """The edits one by one."""

    def led_back(self, letters: Iterable[int], *, last: bool) -> list[int]:
        """What `Rewriting.first_letters` says, or with `last` what `last_letters` says."""


@dataclass(frozen=True)
class Rewriting:
    """A text before and after a list of edits, with offsets led both ways.

    Offsets need no text; where nobody asks for it again, `without_text` saves the two.

    >>> step = rewrite("全流程式控制制", [Edit(3, 4, "")])
    >>> step.after, step.source_span(Span(0, 5)), step.target_span(Span(4, 6))
    ('全流程控制制', Span(start=0, end=6), Span(start=3, end=5))
    """

    before: str
    after: str
    made: Edits | Unlisted

    @cached_property
    def columns(self) -> Edits:
        """The edits, in columns."""
        return self.made if isinstance(self.made, Edits) else self.made.columns()

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits one by one."""
        return tuple(map(Edit, *self.columns))

    @cached_property
    def _after_starts(self) -> Sequence[int]:
        starts, ends, texts, _ = self.columns
        growth = map(sub, starts, ends)
        if any(texts):
            growth = map(add, map(len, texts), growth)
        return offsets(map(add, starts, accumulate(growth, initial=0)))

    def without_text(self) -> Rewriting:
        """The same with `before` and `after` empty."""
        return replace(self, before="", after="")

    def source_span(self, span: Span) -> Span:
        """The stretch of `before` that a stretch of `after` was made from; whole edits where it cuts into one."""
        return Span(self._source_start(span.start), self._source_end(span.start, span.end))

    def first_letters(self, letters: Iterable[int]) -> list[int]:
        """Where letters of `after` (ascending offsets) stand in `before`: of one that an edit put in, the first that it took the place of."""
        if not isinstance(self.made, Edits):
            return self.made.led_back(letters, last=False)
        return self._led_back(letters, self.made.starts, 0)

    def last_letters(self, letters: Iterable[int]) -> list[int]:
        """The same with the last letter that an edit replaced; where it replaced none, the one before."""
        if not isinstance(self.made, Edits):
            return self.made.led_back(letters, last=True)
        return self._led_back(letters, self.made.ends, 1)

    def _led_back(self, letters: Iterable[int], replaced: Sequence[int], before: int) -> list[int]:
        _, ends, texts, _ = self.columns
        after_starts = self._after_starts
        count = len(after_starts)
        index, edit_end, shift = -1, -1, 0
        following = after_starts[0] if count else _NEVER
        found: list[int] = []
        for letter in letters:
            if letter >= following:
                index = bisect_right(after_starts, letter, index + 1) - 1
                following = after_starts[index + 1] if index + 1 < count else _NEVER
                edit_end = after_starts[index] + len(texts[index])
                shift = ends[index] - edit_end
            found.append(letter + shift if letter >= edit_end else replaced[index] - before)
        return found

    def _source_start(self, offset: int) -> int:
        index = bisect_right(self._after_starts, offset) - 1
        if index < 0:
            return offset
        columns = self.columns
        behind = offset - self._after_starts[index] - len(columns.texts[index])
        return columns.starts[index] if behind < 0 else columns.ends[index] + behind

    def _source_end(self, start: int, end: int) -> int:
        columns = self.columns
        if end <= start:
            index = bisect_left(self._after_starts, start) - 1
            if index >= 0 and start < self._after_starts[index] + len(columns.texts[index]):
                return columns.ends[index]  # nothing, but within an edit: the whole of it
            return self._source_start(start)
        last = end - 1
        index = bisect_right(self._after_starts, last) - 1
        if index < 0:
            return end
        behind = last - self._after_starts[index] - len(columns.texts[index])
        return columns.ends[index] + max(0, behind + 1)

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The stretches of `after` within a span of it, in order and without gap, each with the stretch of `before` it came from.

        >>> step = rewrite("全流程式控制制", [Edit(3, 5, "控")])
        >>> [(piece.after, piece.before, piece.is_edit) for piece in step.pieces(Span(2, 6))]
        [(Span(start=2, end=3), Span(start=2, end=3), False), (Span(start=3, end=4), Span(start=3, end=5), True), \
(Span(start=4, end=6), Span(start=5, end=7), False)]
        """
        position = span.start
        columns = self.columns
        for index in range(max(0, bisect_right(self._after_starts, span.start) - 1), len(columns.starts)):
            start = self._after_starts[index]
            if start >= span.end:
                break
            if position < start:
                yield self._unchanged(position, start)
                position = start
            end = min(start + len(columns.texts[index]), span.end)
            if position < end:
                yield Piece(Span(position, end), Span(columns.starts[index], columns.ends[index]), True)
                position = end
        if position < span.end:
            yield self._unchanged(position, span.end)

    def _unchanged(self, start: int, end: int) -> Piece:
        first = self._source_start(start)
        return Piece(Span(start, end), Span(first, first + end - start), False)

    def target_span(self, span: Span) -> Span:
        """The stretch of `after` that a stretch of `before` became; whole edits where it cuts into one."""
        start, end = span
        starts, ends, texts, _ = self.columns
        index = bisect_right(starts, start) - 1
        first = start
        if index >= 0:
            begin = self._after_starts[index]
            first = begin if start < ends[index] else begin + len(texts[index]) + start - ends[index]
        if end <= start:
            inside = index >= 0 and starts[index] < start < ends[index]
            return Span(first, first + len(texts[index]) if inside else first)
        index = bisect_left(starts, end) - 1
        last = end
        if index >= 0:
            last = self._after_starts[index] + len(texts[index]) + max(0, end - ends[index])
        return Span(first, max(first, last))


def rewrite(text: str, edits: Iterable[Edit]) -> Rewriting:
    """Apply edits (in order, not overlapping) to `text`.

    >>> rewrite("資 訊 化", [Edit(1, 2, ""), Edit(3, 4, "")]).after
    '資訊化'
    """
    rows = list(edits)
    columns = Edits(
        [edit.start for edit in rows],
        [edit.end for edit in rows],
        [edit.text for edit in rows],
        [edit.rule for edit in rows],
    )
    return rewrite_columns(text, columns)


def rewrite_columns(text: str, edits: Edits) -> Rewriting:
    """The same for edits as columns."""
    starts, ends, texts, rules = edits
    if any(map(gt, chain((0,), ends), chain(starts, (len(text),)))):
        raise ValueError("edits overlap")
    if not starts:
        return Rewriting(text, text, edits)
    # joined piece by piece: the parts of a text with a space behind every letter take many times its memory
    joined, position = [], 0
    for first in range(0, len(starts), AT_ONCE):
        last = first + AT_ONCE
        begins = chain((position,), ends[first : last - 1])
        parts: Iterable[str] = [text[begin:end] for begin, end in zip(begins, starts[first:last], strict=False)]
        new = texts[first:last]
        if any(new):
            parts = chain.from_iterable(zip(parts, new, strict=True))
        joined.append("".join(parts))
        position = ends[min(last, len(ends)) - 1]
    joined.append(text[position:])
    return Rewriting(text, "".join(joined), Edits(offsets(starts), offsets(ends), texts, rules))


def offsets(numbers: Iterable[int]) -> Sequence[int]:
    """Offsets: as many as ordinary documents have in a list, which gives each in half the time; more in a tenth of its memory."""
    rest = iter(numbers)
    some = list(islice(rest, _FEW))
    if len(some) < _FEW:
        return some
    found = array("I", some)
    while some := list(islice(rest, AT_ONCE)):  # an array grows one by one at ten times the price
        found.fromlist(some)
    return found
