"""Which outline entries of the two documents stand for each other: what a target or deadline stands in tells it from its likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from policykit.comparison.assignment import Pair
from policykit.comparison.documents import Side, bare
from policykit.comparison.wording import mainland_words

#: How alike entries outside of tasks are that only share their role, and that also stand under the same heading.
_SAME_ROLE, _SAME_PARENT = 0.4, 0.7


@dataclass(frozen=True)
class SectionMap:
    """How alike two outline entries are as places for a finding."""

    old: Side
    new: Side
    pairs: Mapping[Pair, float]
    _known: dict[tuple[str | None, str | None], float] = field(default_factory=dict, compare=False, repr=False)

    def mirrored(self) -> SectionMap:
        """The map with the documents in each other's place."""
        return SectionMap(self.new, self.old, {(row, column): value for (column, row), value in self.pairs.items()})

    def likeness(self, old: str | None, new: str | None) -> float:
        """From 0 to 1, for two outline ids (None: before the first entry or behind the last)."""
        key = old, new
        if key not in self._known:
            self._known[key] = self._likeness(old, new)
        return self._known[key]

    def _likeness(self, old: str | None, new: str | None) -> float:
        if old is None or new is None:
            return 1.0 if old == new else 0.0
        row, column = self.old.unit_of_section.get(old), self.new.unit_of_section.get(new)
        if row is not None and column is not None:
            return 1.0 if (row, column) in self.pairs else 0.0
        if row is not None or column is not None:
            return 0.0
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
