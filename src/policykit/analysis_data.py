"""An analysis as plain data, in the format `policykit/analysis/1`."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from decimal import Decimal
from itertools import count
from operator import ge
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from policykit.document.model import Section
from policykit.findings import Deadline, DomainResult, Quantity, Reference, Responsibility
from policykit.formats.rows import Rows

if TYPE_CHECKING:
    from policykit.analysis import Analysis

FORMAT = "policykit/analysis/1"

_Row = dict[str, Any]


def plain_number(value: Decimal | None) -> int | float | None:
    """An exact number as JSON and YAML write it.

    >>> plain_number(Decimal("3.50")), plain_number(Decimal("1.2E+3")), plain_number(None)
    (3.5, 1200, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class _Placed(Protocol):
    """What stands somewhere in the working text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Found = TypeVar("_Found", bound=_Placed)
#: what makes the data of findings, of which the first has a number among all of its kind, from 0
_Maker = Callable[["_Writer", Sequence[_Found], int], list[_Row]]


def plain_data(analysis: Analysis, *, all_quantities: bool = False) -> _Row:
    """See `Analysis.to_data`."""
    writer = _Writer(analysis, all_quantities)
    quantities = analysis.quantities if all_quantities else analysis.targets
    kinds = (writer.document.sections, quantities, analysis.deadlines, analysis.responsibilities, analysis.references)
    writer.read_places(kinds)
    return writer.data(writer.made)


def data_as_written(analysis: Analysis, *, all_quantities: bool = False) -> _Row:
    """The same with `Rows` for the lists that grow with the document: as plain data they take many times the room of the findings."""
    writer = _Writer(analysis, all_quantities)
    return writer.data(writer.as_needed)


class _Writer:
    """Turns an analysis into plain data; finds each finding's task once.

    The methods of `_Maker` need the places of their findings, see `read_places`.
    """

    _starts: dict[int, int]
    _ends: dict[int, int]
    _lines: dict[int, int]

    def __init__(self, analysis: Analysis, all_quantities: bool) -> None:
        self.analysis = analysis
        self.all_quantities = all_quantities
        self.document = analysis.document
        self._source_text = analysis.source.text
        # by where they begin
        self._deadline_ids = {deadline.start: f"d{number}" for number, deadline in enumerate(analysis.deadlines, 1)}
        self._tasks_of_responsibilities = self.tasks_of(analysis.responsibilities)
        # by the ids of tasks
        self._lead: defaultdict[str, list[str]] = defaultdict(list)
        self._support: defaultdict[str, list[str]] = defaultdict(list)
        self._targets: defaultdict[str, list[str]] = defaultdict(list)
        self._deadlines: defaultdict[str, list[str]] = defaultdict(list)
        self._read_tasks()

    def _read_tasks(self) -> None:
        """What belongs to the tasks."""
        analysis = self.analysis
        for number, task in enumerate(self.tasks_of(analysis.targets), 1):
            if task is not None:
                self._targets[task].append(f"t{number}")
        for number, task in enumerate(self.tasks_of(analysis.deadlines), 1):
            if task is not None:
                self._deadlines[task].append(f"d{number}")
        for row, task in zip(analysis.responsibilities, self._tasks_of_responsibilities, strict=True):
            if task is not None:
                for known, bodies in ((self._lead[task], row.lead), (self._support[task], row.support)):
                    known.extend([body for body in bodies if body not in known])

    def read_places(self, kinds: Iterable[Sequence[_Placed]]) -> None:
        """Where findings, and outline entries, begin and end in the source, worked out in one go."""
        analysis = self.analysis
        starts: set[int] = set()
        ends: set[int] = set()
        for found in kinds:
            starts.update([row.start for row in found])
            ends.update([row.end for row in found])
            if found and type(found[0]) is Section:
                ends.update([section.heading_start for section in found if type(section) is Section])
        self._starts, self._ends = analysis.normalised.source_bounds(starts, ends)
        self._lines = dict(zip(self._starts, analysis.source.lines_at(self._starts.values()), strict=True))

    def made(self, findings: Sequence[_Found], make: _Maker[_Found]) -> list[_Row]:
        """The data of findings whose places are known."""
        return make(self, findings, 0)

    def as_needed(self, findings: Sequence[_Found], make: _Maker[_Found]) -> Rows:
        """The same, with the places, made as one goes through them."""

        def some(start: int, end: int) -> list[_Row]:
            writer, group = copy(self), findings[start:end]
            writer.read_places((group,))
            return make(writer, group, start)

        return Rows(len(findings), some)

    def spans(self, rows: Sequence[_Placed]) -> list[dict[str, int]]:
        """Where stretches of the working text stand in the source."""
        starts = [row.start for row in rows]
        firsts = list(map(self._starts.__getitem__, starts))
        lasts = list(map(self._ends.__getitem__, [row.end for row in rows]))
        if any(map(ge, firsts, lasts)):
            return [self.span(row.start, row.end) for row in rows]
        lines = map(self._lines.__getitem__, starts)
        return [
            {"start": first, "end": last, "line": line} for first, last, line in zip(firsts, lasts, lines, strict=True)
        ]

    def span(self, start: int, end: int) -> dict[str, int]:
        """The same for one stretch, which may be empty."""
        first, last = self._starts[start], self._ends[end]
        if first < last:
            return {"start": first, "end": last, "line": self._lines[start]}
        first, last = self.analysis.normalised.source_span(start, end)
        return {"start": first, "end": last, "line": self.analysis.source.line_at(first)}

    def quote(self, span: Mapping[str, int]) -> str:
        """The source's own letters at a place."""
        return self._source_text[span["start"] : span["end"]]

    def tasks_of(self, rows: Sequence[_Placed]) -> list[str | None]:
        """The tasks that findings stand in."""
        tasks = self.analysis.tasks
        starts = [task.start for task in tasks]
        found: list[str | None] = []
        for row in rows:
            index = bisect_right(starts, row.start) - 1
            found.append(tasks[index].id if index >= 0 and row.start < tasks[index].end else None)
        return found

    def sentence(self, offset: int) -> str:
        start, end = self.document.sentence_at(offset)
        return self.document.text[start:end].strip()

    def section_id(self, offset: int) -> str | None:
        section = self.document.section_at(offset)
        return section.id if section else None

    def data(self, rows: Callable[[Sequence[Any], _Maker[Any]], Sequence[_Row]]) -> _Row:
        """All of it; `rows` makes the lists."""
        analysis = self.analysis
        data = {
            "format": FORMAT,
            "source": analysis.normalised.source_data(),
            "document": self.metadata(),
            "outline": rows(self.document.sections, _Writer.outline),
            "tasks": rows(analysis.tasks, _Writer.tasks),
            "targets": rows(analysis.targets, _Writer.targets),
            "deadlines": rows(analysis.deadlines, _Writer.deadlines),
            "domains": [self.domain(domain) for domain in analysis.domains],
            "responsibilities": rows(analysis.responsibilities, _Writer.responsibilities),
            "references": rows(analysis.references, _Writer.references),
            "warnings": list(analysis.warnings),
        }
        if self.all_quantities:
            others = [row for row in analysis.quantities if row.status != "target"]
            data["quantities"] = rows(others, _Writer.quantities)
        return data

    def metadata(self) -> _Row:
        metadata = self.document.metadata
        return {
            "title": metadata.title,
            "carrier": metadata.carrier,
            "kind": metadata.kind,
            "level": metadata.level,
            "region": metadata.region,
            "issuers": list(metadata.issuers),
            "number": metadata.number,
            "issued": metadata.issued,
            "published": metadata.published,
        }

    def outline(self, sections: Sequence[Section], _: int) -> list[_Row]:
        source_text = self._source_text
        starts, ends = self._starts, self._ends
        found = []
        for section, span in zip(sections, self.spans(sections), strict=True):
            id, parent, level, marker, number, role, heading, start, heading_start, _, _, _, _ = section
            marker_end = ends[heading_start]
            if marker_end <= starts[start]:
                marker_end = self.span(start, heading_start)["end"]
            printed = source_text[span["start"] : marker_end]
            found.append(
                {
                    "id": id,
                    "parent": parent,
                    "level": level,
                    # as printed: (一) stays (一) where the working text has （一）
                    "marker": marker if printed == marker else "".join(printed.split()) or marker,
                    "number": number,
                    "role": role,
                    "heading": heading,
                    "span": span,
                }
            )
        return found

    def tasks(self, tasks: Sequence[Section], _: int) -> list[_Row]:
        text, domains_of = self.document.text, self.analysis.task_domains
        lead, support, targets, deadlines = self._lead, self._support, self._targets, self._deadlines
        return [
            {
                "id": (id := task.id),
                "role": task.role,
                "heading": task.heading,
                "text": text[task.body_start : task.end].strip(),
                "domains": list(domains_of.get(id, ())),
                "lead": lead.get(id, []),
                "support": support.get(id, []),
                "targets": targets.get(id, []),
                "deadlines": deadlines.get(id, []),
                "span": span,
            }
            for task, span in zip(tasks, self.spans(tasks), strict=True)
        ]

    def targets(self, targets: Sequence[Quantity], first: int) -> list[_Row]:
        return list(map(self.target, count(first), targets, self.spans(targets)))

    def target(self, number: int, target: Quantity, span: dict[str, int]) -> _Row:
        # a date of its own comes before what governs the place
        linked = None if target.deadline else self.analysis.governing[number]
        return {
            "id": f"t{number + 1}",
            "indicator": target.indicator,
            "comparator": target.comparator,
            "value": plain_number(target.value),
            "value_max": plain_number(target.value_max),
            "unit": target.unit,
            "kind": target.kind,
            "baseline": None
            if target.baseline is None
            else {
                "value": plain_number(target.baseline.value),
                "unit": target.baseline.unit,
                "date": target.baseline.date,
            },
            "binding": target.binding,
            "deadline": linked.deadline.to_date if linked else target.deadline,
            "deadline_from": self._deadline_ids[linked.deadline.start] if linked else None,
            "deadline_inherited": linked is not None and linked.inherited,
            "section": self.section_id(target.start),
            "rule": target.rule,
            "quote": self.quote(span),
            "sentence": self.sentence(target.start),
            "span": span,
        }

    def quantities(self, rows: Sequence[Quantity], _: int) -> list[_Row]:
        return list(map(self.quantity, rows, self.spans(rows)))

    def quantity(self, row: Quantity, span: dict[str, int]) -> _Row:
        return {
            "status": row.status,
            "indicator": row.indicator,
            "comparator": row.comparator,
            "value": plain_number(row.value),
            "value_max": plain_number(row.value_max),
            "unit": row.unit,
            "kind": row.kind,
            "section": self.section_id(row.start),
            "rule": row.rule,
            "quote": self.quote(span),
            "sentence": self.sentence(row.start),
            "span": span,
        }

    def deadlines(self, deadlines: Sequence[Deadline], first: int) -> list[_Row]:
        return list(map(self.deadline, count(first), deadlines, self.spans(deadlines)))

    def deadline(self, number: int, deadline: Deadline, span: dict[str, int]) -> _Row:
        return {
            "id": f"d{number + 1}",
            "relation": deadline.relation,
            "from": deadline.from_date,
            "to": deadline.to_date,
            "duration": deadline.duration,
            "section": self.section_id(deadline.start),
            "rule": deadline.rule,
            "quote": self.quote(span),
            "span": span,
        }

    def domain(self, domain: DomainResult) -> _Row:
        return {
            "id": domain.id,
            "name": domain.name,
            "share": domain.share,
            "mentions": domain.mentions,
            "tasks": list(domain.tasks),
            "terms": dict(domain.terms),
        }

    def responsibilities(self, rows: Sequence[Responsibility], first: int) -> list[_Row]:
        tasks = self._tasks_of_responsibilities[first : first + len(rows)]
        return [
            {
                "task": task,
                "lead": list(row.lead),
                "support": list(row.support),
                "quote": self.quote(span),
                "span": span,
            }
            for row, task, span in zip(rows, tasks, self.spans(rows), strict=True)
        ]

    def references(self, rows: Sequence[Reference], _: int) -> list[_Row]:
        return [
            {
                "title": row.title,
                "number": row.number,
                "mentions": row.mentions,
                "span": span,
            }
            for row, span in zip(rows, self.spans(rows), strict=True)
        ]
