"""The comparison as a whole: what is compared in which order, and the data that comes out (`policykit/comparison/1`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.analysis import Analysis
from policykit.comparison import deadlines, domains, passages, references, responsibilities, targets, tasks, vocabulary
from policykit.comparison.documents import Side
from policykit.comparison.matching import match
from policykit.comparison.sections import SectionMap
from policykit.errors import PolicykitError
from policykit.text.source import SourceText

FORMAT = "policykit/comparison/1"

#: The parts of a comparison, with the kinds of change that their rows may have. The first kind of each part is that nothing changed,
#: save for vocabulary and passages, which do not say that anything changed.
KINDS: Mapping[str, tuple[str, ...]] = {
    "tasks": tasks.CHANGES,
    "targets": targets.CHANGES,
    "deadlines": deadlines.CHANGES,
    "domains": domains.CHANGES,
    "responsibilities": responsibilities.CHANGES,
    "references": references.CHANGES,
    "vocabulary": vocabulary.CHANGES,
    "passages": passages.CHANGES,
}
SECTIONS = tuple(KINDS)
_ONE_OF = {
    "tasks": "task",
    "targets": "target",
    "deadlines": "deadline",
    "domains": "domain",
    "responsibilities": "responsibility",
    "references": "reference",
}


def known_changes() -> list[str]:
    """All changes that `Comparison.changes` can name, such as task-dropped and target-unit-changed.

    >>> known_changes()[:3]
    ['task-reworded', 'task-moved', 'task-renumbered']
    """
    return [_name(section, kind) for section in _ONE_OF for kind in KINDS[section][1:]]


def section_of(change: str) -> str:
    """The section that shows a change, named in full or by what it happens to.

    >>> section_of("target-lowered"), section_of("responsibility")
    ('targets', 'responsibilities')
    """
    what = change.partition("-")[0]
    return next(section for section, one in _ONE_OF.items() if one == what)


def _name(section: str, kind: str) -> str:
    return f"{_ONE_OF[section]}-{kind.replace(' ', '-')}"


def kinds_of(row: Mapping[str, Any]) -> list[str]:
    """All changes of a row: one or several, and what happened to a task besides."""
    change = row["change"]
    return [*([change] if isinstance(change, str) else change), *row.get("also", ())]


@dataclass(frozen=True)
class Comparison(Mapping[str, Any]):
    """What changed; reads like a mapping of the plain data that `to_data` gives."""

    data: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def to_data(self) -> dict[str, Any]:
        """The comparison as plain data in the format `policykit/comparison/1`, dates as `date`."""
        return dict(self.data)

    @cached_property
    def _changes(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for section in _ONE_OF:
            unchanged = KINDS[section][0]
            for row in self.data.get(section, ()):
                found.update((_name(section, kind), None) for kind in kinds_of(row) if kind != unchanged)
        order = known_changes()
        return tuple(sorted(found, key=order.index))

    def changes(self) -> list[str]:
        """The kinds of change that occur, such as target-lowered; empty where nothing changed."""
        return list(self._changes)


def compare(
    old: str | SourceText | Analysis | Mapping[str, Any] | LoadedAnalysis,
    new: str | SourceText | Analysis | Mapping[str, Any] | LoadedAnalysis,
    *,
    only: Collection[str] = SECTIONS,
) -> Comparison:
    """Compare two policy documents, each given as text, as an analysis or as an analysis's plain data.

    `only` names the sections that are wanted (see `SECTIONS`). Raises `InputError` for data that is no analysis and `PolicykitError` for a
    section that does not exist.
    """
    unknown = sorted(set(only) - set(SECTIONS))
    if unknown:
        raise PolicykitError(f"a comparison has no section {unknown[0]}", advice=f"it has {', '.join(SECTIONS)}")
    before, after = Side(as_loaded(old)), Side(as_loaded(new))
    matching = match(before, after)
    task_rows = tasks.task_rows(before, after, matching)
    sections = SectionMap(before, after, matching.pairs)
    rows: dict[str, Any] = {}
    if "tasks" in only:
        rows["tasks"] = [row.as_data(before, after) for row in task_rows]
    if "targets" in only:
        rows["targets"] = targets.target_rows(before, after, sections)
    if "deadlines" in only:
        rows["horizon"] = deadlines.horizons(before, after)
        rows["deadlines"] = deadlines.deadline_rows(before, after, sections)
    if "domains" in only:
        rows["domains"] = domains.domain_rows(before, after)
    if "responsibilities" in only:
        rows["responsibilities"] = responsibilities.responsibility_rows(before, after, task_rows)
    if "references" in only:
        rows["relations"] = references.relations(before, after)
        rows["references"] = references.reference_rows(before, after)
    if "vocabulary" in only:
        rows["vocabulary"] = vocabulary.vocabulary_rows(matching.old, matching.new)
    if "passages" in only:
        same = [(row.old[0], row.new[0]) for row in task_rows if row.change in ("same", "moved", "renumbered")]
        rows["passages"] = passages.passage_rows(before, after, same, (matching.old, matching.new))
    return Comparison(
        {
            "format": FORMAT,
            "old": _header(before),
            "new": _header(after),
            "summary": {section: _summary(section, rows[section]) for section in SECTIONS if section in rows},
            **rows,
            "warnings": [*_warnings("old", before), *_warnings("new", after)],
        }
    )


def _header(side: Side) -> dict[str, Any]:
    source, document = side.data["source"], side.data["document"]
    return {
        "id": source["id"],
        "sha256": source["sha256"],
        "title": document["title"],
        "level": document["level"],
        "region": document["region"],
        "issued": document["issued"],
    }


def _summary(section: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    """How many rows have each kind of change."""
    counts = dict.fromkeys(KINDS[section], 0)
    for row in rows:
        for kind in kinds_of(row):
            counts[kind] += 1
    return counts


def _warnings(name: str, side: Side) -> Iterator[str]:
    if side.lacks_articles:
        yield f"{name}: the analysis was given without its document, so its articles are compared without their text"
    elif not side.units:
        yield f"{name}: no tasks or articles were found, so only the other sections are compared"
