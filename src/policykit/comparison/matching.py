"""Which tasks of one document continue which of the other.

First what is the same word for word; then what is alike. How alike two tasks must be is not one number: in two plans for the same field
all tasks are somewhat alike. So a pair counts by how far its similarity stands out among those of its row and its column, and the pairs
that stand out most in sum are made. A task that is left over then joins a pair that takes it up, or has no counterpart. Nothing here
looks at numbering; order only tells tasks with the same text apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from operator import mul

from policykit.comparison.assignment import Pair, assign, best_partners
from policykit.comparison.documents import Side, Unit, bare
from policykit.comparison.similarity import Profile, Weights, matrix, profiles, vectors
from policykit.comparison.wording import in_mainland_words
from policykit.comparison.words import lexicon

#: What similarities of unrelated tasks come to, on the whole; it counts like so many tasks beside those of the row.
_USUAL, _USUAL_SPREAD, _USUAL_COUNTS = 0.06, 0.06, 15
#: How far (in spreads) a pair must stand out among its row and column: to be made, to take up a task that is left over, to be named
#: beside better ones (which must not be more than so much better).
STANDS_OUT, TAKES_UP, ALSO, ALSO_SHARE = 2.2, 2.1, 3.0, 0.8
#: Of the units with an identical counterpart so many, or a few more, tell what similarities with others come to.
_SAMPLE = 25
#: more than what floats are rounded by
_ROUNDING = 1e-9
#: The more units there are, the farther the best of many unrelated ones stands out: beyond so many, more is asked for.
_FEW = 30
#: Pairs more alike than this are versions of one task.
VERSION = 0.6
#: What else the tasks of a pair take up must be found in what the other one does not explain. How much of it: the more, the more alike the
#: pair is (so much times the square of its similarity), and this for versions.
FOUND_IN_REST, _BY_SQUARE = 0.5, 0.5


@dataclass(frozen=True)
class Matching:
    """The pairs of places (old, new) with their similarity, and what the texts were compared by."""

    pairs: Mapping[Pair, float]
    identical: frozenset[Pair]
    weights: Weights
    old: Sequence[Profile]
    new: Sequence[Profile]


def match(old: Side, new: Side) -> Matching:
    """Pairs the units of two documents. The result is the same, mirrored, when the documents change places."""
    turned = [unit.whole for unit in old.units] > [unit.whole for unit in new.units]
    first, second = (new, old) if turned else (old, new)
    weights, rows, columns = profiles(first.units, second.units, lexicon())
    identical = _identical(first, second)
    pairs = dict.fromkeys(identical, 1.0) | _alike(rows, columns, identical, weights)
    if turned:
        pairs = {(old_place, new_place): value for (new_place, old_place), value in pairs.items()}
        identical = {(old_place, new_place) for new_place, old_place in identical}
        rows, columns = columns, rows
    return Matching(pairs, frozenset(identical), weights, rows, columns)


def _identical(first: Side, second: Side) -> set[Pair]:
    """Units with the same text, in whatever script and wording."""
    pairs = _same_text(first.units, second.units, lambda unit: unit.whole)
    if first.language == second.language == ("simplified", "mainland"):
        return pairs
    taken_first, taken_second = {row for row, _ in pairs}, {column for _, column in pairs}
    rest = (
        [unit for unit in first.units if unit.place not in taken_first],
        [unit for unit in second.units if unit.place not in taken_second],
    )
    texts = dict.fromkeys(unit.whole for units in rest for unit in units)
    worded = dict(zip(texts, map(bare, in_mainland_words(texts)), strict=True))
    return pairs | _same_text(*rest, lambda unit: worded[unit.whole])


def _same_text(first: Iterable[Unit], second: Iterable[Unit], key: Callable[[Unit], str]) -> set[Pair]:
    """Pairs of units with the same key; of several with one key those with the same numbers go together, then those in order."""
    groups: tuple[dict[str, list[Unit]], dict[str, list[Unit]]] = {}, {}
    for group, units in zip(groups, (first, second), strict=True):
        for unit in units:
            group.setdefault(key(unit), []).append(unit)
    pairs = set()
    for text in groups[0].keys() & groups[1].keys():
        rows, columns = groups[0][text], groups[1][text]
        if not text:
            continue
        for row in list(rows):
            same = next((column for column in columns if column.numbers == row.numbers), None)
            if same is not None:
                pairs.add((row.place, same.place))
                rows.remove(row)
                columns.remove(same)
        pairs.update((row.place, column.place) for row, column in zip(rows, columns, strict=False))
    return pairs


def _alike(
    rows: Sequence[Profile], columns: Sequence[Profile], identical: set[Pair], weights: Weights
) -> dict[Pair, float]:
    """The pairs among the units that have no identical counterpart."""
    taken_rows, taken_columns = {row for row, _ in identical}, {column for _, column in identical}
    free_rows = [place for place in range(len(rows)) if place not in taken_rows]
    free_columns = [place for place in range(len(columns)) if place not in taken_columns]
    if not free_rows or not free_columns:
        return {}
    both = vectors([*rows, *columns], weights)
    mine, theirs = [both[row] for row in free_rows], [both[len(rows) + column] for column in free_columns]
    # the scale of a unit is that of its similarity with all units of the other side, whether they are taken or not
    across = matrix(mine, theirs + [both[len(rows) + column] for column in _sample(sorted(taken_columns))])
    beside = matrix([both[row] for row in _sample(sorted(taken_rows))], theirs)
    columns_of_values = list(zip(*across, *beside, strict=False))[: len(free_columns)]
    column_scale = [(column, *_scale(values)) for column, values in zip(free_columns, columns_of_values, strict=True)]
    values: dict[Pair, float] = {}
    out: dict[Pair, float] = {}
    more = _more_asked_for(sqrt(len(rows) * len(columns)))
    least = min(STANDS_OUT, TAKES_UP, ALSO)
    lowest_mean, lowest_spread = min(scale[1] for scale in column_scale), min(scale[2] for scale in column_scale)
    for row, line in zip(free_rows, across, strict=True):
        mean, spread = _scale(line)
        # what stands out stands out more yet in a column with the lowest mean and spread of all: few values are as great as that asks for
        asked = _standing_out((least + more) * 2, (mean, spread), (lowest_mean, lowest_spread))
        bound = max(_USUAL, asked) if asked > lowest_mean else _USUAL
        for value, (column, other_mean, other_spread) in [
            pair for pair in zip(line, column_scale, strict=False) if pair[0] > bound
        ]:
            stands_out = ((value - mean) / spread + (value - other_mean) / other_spread) / 2 - more
            if stands_out >= least:
                values[row, column], out[row, column] = value, stands_out
    chosen = assign({pair: value - STANDS_OUT for pair, value in best_partners(out).items()})
    chosen |= _taken_up(out, values, chosen, rows, columns, weights)
    return {pair: values[pair] for pair in chosen}


def _sample(places: Sequence[int]) -> Sequence[int]:
    """Some of many places, evenly spread: enough to tell the scale of similarities."""
    return places[:: max(1, len(places) // _SAMPLE)]


def _scale(line: Sequence[float]) -> tuple[float, float]:
    """Mean and spread of similarities, with the usual ones counted in."""
    number = _USUAL_COUNTS + len(line)
    mean = (_USUAL_COUNTS * _USUAL + sum(line)) / number
    squares = _USUAL_COUNTS * (_USUAL_SPREAD**2 + _USUAL**2) + sum(map(mul, line, line))
    return mean, sqrt(squares / number - mean * mean)


def _standing_out(spreads: float, row: tuple[float, float], column: tuple[float, float]) -> float:
    """A similarity just below that which is so many spreads in sum above the means of its row and its column (each mean and spread)."""
    (mean, spread), (other_mean, other_spread) = row, column
    exact = (spreads + mean / spread + other_mean / other_spread) / (1 / spread + 1 / other_spread)
    return exact - _ROUNDING


def _more_asked_for(units: float) -> float:
    """How much farther than the best of few the best of so many unrelated ones stands out, for normal distributions."""
    return 2.0 * max(0.0, sqrt(2 * log(units + _USUAL_COUNTS)) - sqrt(2 * log(_FEW + _USUAL_COUNTS)))


def _taken_up(
    out: Mapping[Pair, float],
    values: Mapping[Pair, float],
    chosen: set[Pair],
    rows: Sequence[Profile],
    columns: Sequence[Profile],
    weights: Weights,
) -> set[Pair]:
    """Further pairs: of units that are left over, and of units that are nearly as well matched elsewhere too."""
    partner_of_row, partner_of_column = dict(chosen), {column: row for row, column in chosen}
    best_of_row: dict[int, float] = defaultdict(float)
    best_of_column: dict[int, float] = defaultdict(float)
    for (row, column), value in out.items():
        best_of_row[row] = max(best_of_row[row], value)
        best_of_column[column] = max(best_of_column[column], value)

    def is_open(row: int, column: int) -> bool:
        """Whether what the two are paired with already leaves room for this pair."""
        other_column, other_row = partner_of_row.get(row), partner_of_column.get(column)
        if other_row is not None:
            share = _asked_of_rest(values[other_row, column])
            return _rest_holds(columns[column], rows[other_row], rows[row], weights, share)
        if other_column is not None:
            share = _asked_of_rest(values[row, other_column])
            return _rest_holds(rows[row], columns[other_column], columns[column], weights, share)
        return True

    found = set()
    for (row, column), value in out.items():
        if (row, column) in chosen:
            continue
        left_over = (row not in partner_of_row and value == best_of_row[row]) or (
            column not in partner_of_column and value == best_of_column[column]
        )
        nearly = value >= ALSO and value >= ALSO_SHARE * max(best_of_row[row], best_of_column[column])
        if ((left_over and value >= TAKES_UP) or nearly) and is_open(row, column):
            found.add((row, column))
    return found


def _asked_of_rest(similarity: float) -> float:
    """How much of a further task must be found in what the tasks of a pair, that much alike, do not explain of each other."""
    return FOUND_IN_REST if similarity >= VERSION else _BY_SQUARE * similarity * similarity


def _rest_holds(whole: Profile, explained_by: Profile, part: Profile, weights: Weights, share: float) -> bool:
    """Whether such a share of `part` is found in what `whole` has beyond `explained_by`."""
    held = wanted = 0.0
    known, there, explained = weights.words, whole.counts, explained_by.counts
    for word, count in part.counts.items():
        weight = known.get(word)
        if weight is not None:
            wanted += weight * count
            if word in there:
                rest = there[word] - explained.get(word, 0)
                if rest > 0:
                    held += weight * (count if count < rest else rest)
    return held >= share * wanted > 0
