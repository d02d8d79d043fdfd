"""The pipeline: from a source text to everything that policykit says about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import ge
from pathlib import Path
from typing import Any, Protocol

from policykit.document.model import Document, Section
from policykit.document.structure import read_document
from policykit.extractors.deadlines import extract_deadlines
from policykit.extractors.domains import extract_domains
from policykit.extractors.references import extract_references
from policykit.extractors.responsibilities import extract_responsibilities
from policykit.extractors.targets import extract_quantities, extract_targets
from policykit.extractors.tasks import extract_tasks
from policykit.findings import Deadline, DomainResult, GoverningDeadline, Quantity, Reference, Responsibility
from policykit.linking import governing_deadlines
from policykit.text.normalise import NormalisedText, normalise
from policykit.text.source import SourceText, source_from_text

FORMAT = "policykit/analysis/1"


@dataclass(frozen=True)
class Analysis:
    """What was found in one document. Offsets of the findings are those of the working text; `to_data` leads them to the source."""

    document: Document
    tasks: tuple[Section, ...]
    targets: tuple[Quantity, ...]  # the quantities that are commitments
    deadlines: tuple[Deadline, ...]
    governing: tuple[GoverningDeadline | None, ...]  # one for each target
    task_domains: dict[str, tuple[str, ...]]
    domains: tuple[DomainResult, ...]
    responsibilities: tuple[Responsibility, ...]
    references: tuple[Reference, ...]
    warnings: tuple[str, ...] = ()

    @property
    def normalised(self) -> NormalisedText:
        return self.document.normalised

    @property
    def source(self) -> SourceText:
        return self.document.normalised.source

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number with a unit, with what it was taken for: the targets and all that are none. Read when first asked for."""
        return extract_quantities(self.document)

    def to_data(self, *, all_quantities: bool = False) -> dict[str, Any]:
        """The analysis as plain data in the format `policykit/analysis/1` (dates as `date`, numbers as int or float).

        With `all_quantities`, the key `quantities` lists the numbers that are no targets, with status and rule.
        """
        return _Writer(self, all_quantities).data()


def analyse(text: str | SourceText, *, id: str | None = None, dictionaries: Sequence[str | Path] = ()) -> Analysis:
    """Read a policy document: its outline, tasks, targets, deadlines, domains, responsibilities and references.

    `text` is the document (decoded characters, or a `SourceText` from `policykit.read_file`), `id` the name it goes by in the result,
    `dictionaries` folders with domain files of your own. Raises `DictionaryError` for a bad dictionary file; any text is accepted.

    >>> found = analyse("到2027年，制修订国家标准150项以上。")
    >>> [(str(t.value), t.unit, t.comparator) for t in found.targets]
    [('150', '项', '>=')]
    """
    source = source_from_text(text, id=id) if isinstance(text, str) else text
    document = read_document(normalise(source))
    tasks = extract_tasks(document)
    deadlines = extract_deadlines(document)
    targets = extract_targets(document)
    governing = governing_deadlines(document, deadlines, [target.start for target in targets])
    task_domains, domains = extract_domains(document, tasks, [Path(folder) for folder in dictionaries])
    warnings = (*source.warnings, *document.normalised.warnings)
    if not document.sections:
        warnings = (*warnings, "no outline found: the text has no numbered headings or paragraphs")
    return Analysis(
        document=document,
        tasks=tasks,
        targets=targets,
        deadlines=deadlines,
        governing=governing,
        task_domains=task_domains,
        domains=domains,
        responsibilities=extract_responsibilities(document),
        references=extract_references(document),
        warnings=warnings,
    )


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


class _Writer:
    """Turns an analysis into plain data; finds each finding's task once."""

    def __init__(self, analysis: Analysis, all_quantities: bool) -> None:
        self.analysis = analysis
        self.all_quantities = all_quantities
        self.document = analysis.document
        self.deadline_ids = {deadline: f"d{number}" for number, deadline in enumerate(analysis.deadlines, 1)}
        self._source_text = analysis.source.text
        self._read_places()
        self._tasks_of_responsibilities = self.tasks_of(analysis.responsibilities)

    def _read_places(self) -> None:
        """Where everything begins and ends in the source, worked out in one go."""
        analysis = self.analysis
        sections = self.document.sections
        starts = {section.start for section in sections}
        ends = {section.end for section in sections}
        ends.update([section.heading_start for section in sections])
        quantities = analysis.quantities if self.all_quantities else analysis.targets
        for found in (quantities, analysis.deadlines, analysis.responsibilities, analysis.references):
            starts.update([row.start for row in found])
            ends.update([row.end for row in found])
        self._starts, self._ends = analysis.normalised.source_bounds(starts, ends)
        self._lines = dict(zip(self._starts, analysis.source.lines_at(self._starts.values()), strict=True))

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

    def data(self) -> dict[str, Any]:
        analysis = self.analysis
        data: dict[str, Any] = {
            "format": FORMAT,
            "source": self.source(),
            "document": self.metadata(),
            "outline": self.outline(),
            "tasks": self.tasks(),
            "targets": [
                self.target(f"t{number}", target, governing, span)
                for number, (target, governing, span) in enumerate(
                    zip(analysis.targets, analysis.governing, self.spans(analysis.targets), strict=True), 1
                )
            ],
            "deadlines": list(map(self.deadline, analysis.deadlines, self.spans(analysis.deadlines))),
            "domains": [self.domain(domain) for domain in analysis.domains],
            "responsibilities": self.responsibilities(),
            "references": self.references(),
            "warnings": list(analysis.warnings),
        }
        if self.all_quantities:
            others = [row for row in analysis.quantities if row.status != "target"]
            data["quantities"] = list(map(self.quantity, others, self.spans(others)))
        return data

    def source(self) -> dict[str, Any]:
        source, normalised = self.analysis.source, self.analysis.normalised
        return {
            "id": source.id,
            "path": source.path,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "script": normalised.script,
            "wording": normalised.wording,
            "characters": len(source.text),
        }

    def metadata(self) -> dict[str, Any]:
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

    def outline(self) -> list[dict[str, Any]]:
        sections, source_text = self.document.sections, self._source_text
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

    def tasks(self) -> list[dict[str, Any]]:
        analysis = self.analysis
        tasks, text, domains_of = analysis.tasks, self.document.text, analysis.task_domains
        rows: dict[str | None, dict[str, Any]] = {}
        for task, span in zip(tasks, self.spans(tasks), strict=True):
            id = task.id
            rows[id] = {
                "id": id,
                "role": task.role,
                "heading": task.heading,
                "text": text[task.body_start : task.end].strip(),
                "domains": list(domains_of.get(id, ())),
                "lead": [],
                "support": [],
                "targets": [],
                "deadlines": [],
                "span": span,
            }
        for number, id_of_task in enumerate(self.tasks_of(analysis.targets), 1):
            if id_of_task is not None:
                rows[id_of_task]["targets"].append(f"t{number}")
        for number, id_of_task in enumerate(self.tasks_of(analysis.deadlines), 1):
            if id_of_task is not None:
                rows[id_of_task]["deadlines"].append(f"d{number}")
        for row, id_of_task in zip(analysis.responsibilities, self._tasks_of_responsibilities, strict=True):
            if id_of_task is not None:
                task_row = rows[id_of_task]
                for known, bodies in ((task_row["lead"], row.lead), (task_row["support"], row.support)):
                    known.extend([body for body in bodies if body not in known])
        return list(rows.values())

    def target(
        self, id: str, target: Quantity, governing: GoverningDeadline | None, span: dict[str, int]
    ) -> dict[str, Any]:
        linked = None if target.deadline else governing  # a date of its own comes before what governs the place
        return {
            "id": id,
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
            "deadline_from": self.deadline_ids[linked.deadline] if linked else None,
            "deadline_inherited": linked is not None and linked.inherited,
            "section": self.section_id(target.start),
            "rule": target.rule,
            "quote": self.quote(span),
            "sentence": self.sentence(target.start),
            "span": span,
        }

    def quantity(self, row: Quantity, span: dict[str, int]) -> dict[str, Any]:
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

    def deadline(self, deadline: Deadline, span: dict[str, int]) -> dict[str, Any]:
        return {
            "id": self.deadline_ids[deadline],
            "relation": deadline.relation,
            "from": deadline.from_date,
            "to": deadline.to_date,
            "duration": deadline.duration,
            "section": self.section_id(deadline.start),
            "rule": deadline.rule,
            "quote": self.quote(span),
            "span": span,
        }

    def domain(self, domain: DomainResult) -> dict[str, Any]:
        return {
            "id": domain.id,
            "name": domain.name,
            "share": domain.share,
            "mentions": domain.mentions,
            "tasks": list(domain.tasks),
            "terms": dict(domain.terms),
        }

    def responsibilities(self) -> list[dict[str, Any]]:
        rows = self.analysis.responsibilities
        return [
            {
                "task": task,
                "lead": list(row.lead),
                "support": list(row.support),
                "quote": self.quote(span),
                "span": span,
            }
            for row, task, span in zip(rows, self._tasks_of_responsibilities, self.spans(rows), strict=True)
        ]

    def references(self) -> list[dict[str, Any]]:
        rows = self.analysis.references
        return [
            {
                "title": row.title,
                "number": row.number,
                "mentions": row.mentions,
                "span": span,
            }
            for row, span in zip(rows, self.spans(rows), strict=True)
        ]
