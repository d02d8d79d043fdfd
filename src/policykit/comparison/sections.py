"""Which outline entries of the two documents stand for each other: what a target or deadline stands in tells it from its likes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policykit.comparison.assignment import Pair
from policykit.comparison.documents import Side, bare
from policykit.comparison.wording import mainland_words

#: How alike entries outside of tasks are that only share their role, and that also stand under the same heading.
_SAME_ROLE, _SAME_PARENT = 0.4, 0.7

#: the ids of an old and a new outline entry
Places = tuple[str | None, str | None]


@dataclass(frozen=True)
class SectionMap:
    """How alike two outline entries are as places for a finding."""

    old: Side
    new: Side
    pairs: Mapping[Pair, float]

    def mirrored(self) -> SectionMap:
        """The map with the documents in each other's place."""
        return SectionMap(self.new, self.old, {(row, column): value for (column, row), value in self.pairs.items()})

    def likenesses(self, olds: Iterable[str | None], news: Iterable[str | None]) -> dict[Places, float]:
        """The pairs of outline ids (None: before the first entry or behind the last) that are alike at all, with how much: up to 1."""
        of_unit: dict[int, list[str | None]] = defaultdict(list)
        elsewhere: list[str | None] = []
        for new in dict.fromkeys(news):
            column = None if new is None else self.new.unit_of_section.get(new)
            (elsewhere if column is None else of_unit[column]).append(new)
        partners: dict[int, list[int]] = defaultdict(list)
        for row, column in self.pairs:
            partners[row].append(column)
        found: dict[Places, float] = {}
        for old in dict.fromkeys(olds):
            place = None if old is None else self.old.unit_of_section.get(old)
            if place is not None:
                found.update(((old, new), 1.0) for column in partners[place] for new in of_unit[column])
                continue
            for new in elsewhere:
                likeness = self._likeness(old, new)
                if likeness:
                    found[old, new] = likeness
        return found

    def _likeness(self, old: str | None, new: str | None) -> float:
        """From 0 to 1, for entries outside of tasks."""
        if old is None or new is None:
            return 1.0 if old == new else 0.0
        one, other = self.old.sections.get(old), self.new.sections.get(new)
        if one is None or other is None or one["role"] != other["role"]:
            return 0.0
        if _heading(one) == _heading(other):
            if _heading(one):
                return 1.0
            above = self.old.sections.get(one["parent"] or ""), self.new.sections.get(other["parent"] or "")
            if above[0] is not None and above[1] is not None and _heading(above[0]) == _heading(above[1]):
                return 1.0 if one["id"].rpartition("-")[2] == other["id"].rpartition("-")[2] else _SAME_PARENT
        return _SAME_ROLE


def _heading(entry: Mapping[str, str | None]) -> str:
    return _as_compared(entry["heading"] or "")


@lru_cache(maxsize=4096)
def _as_compared(heading: str) -> str:
    return bare(mainland_words(heading))
