"""Pairing two sets so that the sum of the pairs' weights is as great as it can be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, nlargest
from itertools import product

Pair = tuple[int, int]
_INFINITE = float("inf")

#: So many pairs are all looked at (600 rows and 600 columns: no document that was published has as many of one kind at one place); of
#: more, those that stand so many places apart in their order at most, and so many that say the same, wherever they stand.
_ALL, _REACH, _SAYING_THE_SAME = 360_000, 250, 2


def assign(weights: Mapping[Pair, float]) -> set[Pair]:
    """The pairs, each row and each column in one at most, whose weights have the greatest sum.

    A pair without a weight above 0 is never made: its row and column stay alone. The Hungarian method on a sparse graph: rows are taken
    in one after the other, each along the path that costs the others least.

    >>> sorted(assign({(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.0}))
    [(0, 1), (1, 0)]
    """
    edges: dict[int, list[tuple[int, float]]] = {}
    for (row, column), weight in weights.items():
        if weight > 0:
            edges.setdefault(row, []).append((column, weight))
    # each row has a column of its own, below 0, that is worth nothing: being left alone
    for row, found in edges.items():
        found.append((-1 - row, 0.0))
    solver = _Solver(edges)
    for row in sorted(edges, key=lambda row: (-solver.row_price[row], row)):
        solver.take_in(row)
    return {(row, column) for row, column in solver.column_of.items() if column >= 0}


def best_partners(weights: Mapping[Pair, float], number: int = 12) -> dict[Pair, float]:
    """The weights of pairs that are among so many best ones of their row or of their column.

    Pairs beyond these are hardly ever part of the best assignment, and take most of the time that it takes to find it.

    >>> best_partners({(0, 0): 3.0, (0, 1): 2.0, (1, 0): 1.0, (0, 2): 1.5}, 1)
    {(0, 0): 3.0, (0, 1): 2.0, (0, 2): 1.5, (1, 0): 1.0}
    """
    by_row, by_column = defaultdict(list), defaultdict(list)
    for (row, column), weight in weights.items():
        by_row[row].append((weight, -column))
        by_column[column].append((weight, -row))
    kept = {(row, -column) for row, found in by_row.items() for _, column in nlargest(number, found)}
    kept |= {(-row, column) for column, found in by_column.items() for _, row in nlargest(number, found)}
    return {pair: weights[pair] for pair in sorted(kept)}


def assign_in_rounds(weights: Mapping[Pair, float]) -> set[Pair]:
    """Pairs as `assign` makes them where each row and column looks at its best partners; where these are all taken, at who is left.

    >>> sorted(assign_in_rounds({(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.0}))
    [(0, 1), (1, 0)]
    """
    pairs: set[Pair] = set()
    left = dict(weights)
    while left:
        found = assign(best_partners(left))
        pairs |= found
        left = without_paired(left, found)
    return pairs


def without_paired(weights: Mapping[Pair, float], pairs: Iterable[Pair]) -> dict[Pair, float]:
    """The weights of rows and columns that are in none of some pairs."""
    pairs = list(pairs)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return {pair: weight for pair, weight in weights.items() if pair[0] not in rows and pair[1] not in columns}


def worth_weighing(
    rows: Sequence[int],
    columns: Sequence[int],
    says: Callable[[int], Hashable],
    says_beside: Callable[[int], Hashable],
    most: int = _ALL,
    reach: int = _REACH,
) -> Iterator[Pair]:
    """The pairs of rows and columns, both in order, whose weights are worth looking at: all of them, unless there are very many.

    Of very many, those that stand at much the same place in their order, and a few that say the same (as the two functions tell), so that
    the work grows with their number and not with its square.

    >>> list(worth_weighing([0, 1, 2], [5, 6, 7], "abc".__getitem__, "xxxxxcba".__getitem__, most=8, reach=0))
    [(0, 5), (0, 7), (1, 6), (2, 7), (2, 5)]
    """
    if len(rows) * len(columns) <= most:
        yield from product(rows, columns)
        return
    saying: dict[Hashable, list[int]] = defaultdict(list)
    for place, column in enumerate(columns):
        saying[says_beside(column)].append(place)
    for number, row in enumerate(rows):
        middle = number * len(columns) // len(rows)
        first, last = max(0, middle - reach), middle + reach
        yield from ((row, column) for column in columns[first : last + 1])
        same = saying.get(says(row), ())
        nearest = max(0, bisect_left(same, middle) - _SAYING_THE_SAME // 2)
        for place in same[nearest : nearest + _SAYING_THE_SAME]:
            if not first <= place <= last:
                yield row, columns[place]


class _Solver:
    """What is paired so far, and prices: row price + column price >= weight everywhere, equal where a pair is made."""

    def __init__(self, edges: Mapping[int, list[tuple[int, float]]]) -> None:
        self.edges = edges
        self.row_price = {row: max(weight for _, weight in found) for row, found in edges.items()}
        self.column_price: dict[int, float] = {}
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}

    def take_in(self, first: int) -> None:
        """Gives a row its column; rows that must give way move on (shortest path by Dijkstra's method)."""
        distance: dict[int, float] = {}
        leads_to: dict[int, int] = {}  # column -> the row from which it is reached
        passed: set[int] = set()
        heap: list[tuple[float, int]] = []
        row, reached = first, 0.0
        while True:
            self._look_around(row, reached, distance, leads_to, passed, heap)
            reached, column = heappop(heap)
            while column in passed or reached > distance[column]:
                reached, column = heappop(heap)
            passed.add(column)
            if column not in self.row_of:
                break
            row = self.row_of[column]
        self.row_price[first] -= reached
        for other in passed - {column}:
            slack = reached - distance[other]
            self.column_price[other] = self.column_price.get(other, 0.0) + slack
            self.row_price[self.row_of[other]] -= slack
        while True:
            row = leads_to[column]
            freed = self.column_of.get(row)
            self.row_of[column], self.column_of[row] = row, column
            if row == first or freed is None:
                return
            column = freed

    def _look_around(
        self,
        row: int,
        reached: float,
        distance: dict[int, float],
        leads_to: dict[int, int],
        passed: set[int],
        heap: list[tuple[float, int]],
    ) -> None:
        base = reached + self.row_price[row]
        prices = self.column_price
        for column, weight in self.edges[row]:
            if column in passed:
                continue
            length = max(reached, base + prices.get(column, 0.0) - weight)  # never below, whatever floats do
            if length < distance.get(column, _INFINITE):
                distance[column] = length
                leads_to[column] = row
                heappush(heap, (length, column))
