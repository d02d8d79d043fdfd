"""Which tasks of an analysis name somebody who is responsible, and which nobody is named for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_Row = Mapping[str, Any]
#: no outline is deeper; an analysis that was changed by hand may lead in circles
_DEEPEST = 40


@dataclass(frozen=True)
class Assignments:
    """The tasks of a document (not the safeguards, which speak to all) and which of them have somebody."""

    tasks: tuple[_Row, ...]
    assigned: frozenset[str]
    parents: Mapping[str, str | None]

    def unassigned(self) -> Iterator[_Row]:
        """The tasks that name no body, nor does a heading above them."""
        return (task for task in self.tasks if task["id"] not in self.assigned)

    def siblings(self) -> dict[str | None, tuple[int, int]]:
        """For each heading how many tasks right under it have somebody, and how many there are."""
        of = Counter(self.parents.get(task["id"]) for task in self.tasks)
        have = Counter(self.parents.get(task["id"]) for task in self.tasks if task["id"] in self.assigned)
        return {parent: (have[parent], count) for parent, count in of.items()}


def assignments(data: Mapping[str, Any]) -> Assignments:
    """Who is named for the tasks of an analysis (`policykit/analysis/1`), by their own text or behind a heading above them."""
    outline = {row["id"]: row for row in data["outline"]}
    parents = {row["id"]: row["parent"] for row in data["outline"]}
    tasks = tuple(task for task in data["tasks"] if task["role"] == "task")
    covering = set(_covering(data, outline))
    assigned = {task["id"] for task in tasks if task["lead"] or task["support"]}
    if covering:
        assigned |= {task["id"] for task in tasks if any(id in covering for id in _upwards(task["id"], parents))}
    return Assignments(tasks, frozenset(assigned), parents)


def _covering(data: Mapping[str, Any], outline: Mapping[str, _Row]) -> Iterator[str]:
    """The headings whose own text names somebody for the work below them."""
    rows = list(outline.values())
    starts = [row["span"]["start"] for row in rows]
    for row in data["responsibilities"]:
        if row["task"] is not None:
            continue
        index = bisect_right(starts, row["span"]["start"]) - 1
        entry = rows[index] if index >= 0 else None
        for _ in range(_DEEPEST):
            if entry is None or row["span"]["start"] < entry["span"]["end"]:
                break
            entry = outline.get(entry["parent"])
        if entry is not None:
            yield entry["id"]


def _upwards(id: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    for _ in range(_DEEPEST):
        if id is None:
            return
        yield id
        id = parents.get(id)
