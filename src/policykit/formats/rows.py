"""Long lists whose rows are made when they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

#: so many rows are made at a time
_AT_ONCE = 1_000


class Rows(Sequence[Any]):
    """The rows of a list of plain data, made some at a time as one goes through them.

    `make` gives the rows from one index to another (exclusive). What was made is not kept: who goes twice through the rows has them made
    twice.

    >>> rows = Rows(3, lambda start, end: [{"id": number} for number in range(start, end)])
    >>> len(rows), rows[1], rows[-1], list(rows) == rows[:]
    (3, {'id': 1}, {'id': 2}, True)
    """

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[int, int], Sequence[Any]]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, self._count, _AT_ONCE):
            yield from self._make(start, min(start + _AT_ONCE, self._count))

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._count))]
        at = range(self._count)[index]
        return self._make(at, at + 1)[0]
