"""The pipeline: from a source text to everything that policykit says about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

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


class _Writer:
    """Turns an analysis into plain data; finds each finding's task once."""

    def __init__(self, analysis: Analysis, all_quantities: bool) -> None:
        self.analysis = analysis
        self.all_quantities = all_quantities
        self.document = analysis.document
        self.deadline_ids = {deadline: f"d{number}" for number, deadline in enumerate(analysis.deadlines, 1)}
        self._task_starts = [task.start for task in analysis.tasks]
        self._source_text = analysis.source.text
        self._read_places()

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

    def place(self, start: int, end: int) -> dict[str, int]:
        """Where a stretch of the working text stands in the source."""
        source_start, source_end = self._starts[start], self._ends[end]
        if source_start >= source_end:
            source_start, source_end = self.analysis.normalised.source_span(start, end)
            return {"start": source_start, "end": source_end, "line": self.analysis.source.line_at(source_start)}
        return {"start": source_start, "end": source_end, "line": self._lines[start]}

    def quote(self, place: Mapping[str, int]) -> str:
        """The source's own letters at a place."""
        return self._source_text[place["start"] : place["end"]]

    def task_at(self, offset: int) -> Section | None:
        index = bisect_right(self._task_starts, offset) - 1
        if index < 0:
            return None
        task = self.analysis.tasks[index]
        return task if offset < task.end else None

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
            "outline": [self.outline_entry(section) for section in self.document.sections],
            "tasks": self.tasks(),
            "targets": [
                self.target(f"t{number}", target, governing)
                for number, (target, governing) in enumerate(zip(analysis.targets, analysis.governing, strict=True), 1)
            ],
            "deadlines": [self.deadline(deadline) for deadline in analysis.deadlines],
            "domains": [self.domain(domain) for domain in analysis.domains],
            "responsibilities": [self.responsibility(row) for row in analysis.responsibilities],
            "references": [self.reference(row) for row in analysis.references],
            "warnings": list(analysis.warnings),
        }
        if self.all_quantities:
            data["quantities"] = [self.quantity(row) for row in analysis.quantities if row.status != "target"]
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

    def outline_entry(self, section: Section) -> dict[str, Any]:
        id, parent, level, marker, number, role, heading, start, heading_start, _, _, _, end = section
        span = self.place(start, end)
        printed = self._source_text[span["start"] : self.place(start, heading_start)["end"]]
        return {
            "id": id,
            "parent": parent,
            "level": level,
            # as printed: (一) stays (一) where the working text has （一）
            "marker": "".join(printed.split()) or marker,
            "number": number,
            "role": role,
            "heading": heading,
            "span": span,
        }

    def tasks(self) -> list[dict[str, Any]]:
        analysis = self.analysis
        rows: dict[str, dict[str, Any]] = {}
        text, task_domains = self.document.text, analysis.task_domains
        for task in analysis.tasks:
            rows[task.id] = {
                "id": task.id,
                "role": task.role,
                "heading": task.heading,
                "text": text[task.body_start : task.end].strip(),
                "domains": list(task_domains.get(task.id, ())),
                "lead": [],
                "support": [],
                "targets": [],
                "deadlines": [],
                "span": self.place(task.start, task.end),
            }
        for number, target in enumerate(analysis.targets, 1):
            if task_of_target := self.task_at(target.start):
                rows[task_of_target.id]["targets"].append(f"t{number}")
        for deadline in analysis.deadlines:
            if task_of_deadline := self.task_at(deadline.start):
                rows[task_of_deadline.id]["deadlines"].append(self.deadline_ids[deadline])
        for row in analysis.responsibilities:
            if task_of_row := self.task_at(row.start):
                for key, bodies in (("lead", row.lead), ("support", row.support)):
                    known = rows[task_of_row.id][key]
                    for body in bodies:
                        if body not in known:
                            known.append(body)
        return list(rows.values())

    def target(self, id: str, target: Quantity, governing: GoverningDeadline | None) -> dict[str, Any]:
        span = self.place(target.start, target.end)
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

    def quantity(self, row: Quantity) -> dict[str, Any]:
        span = self.place(row.start, row.end)
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

    def deadline(self, deadline: Deadline) -> dict[str, Any]:
        span = self.place(deadline.start, deadline.end)
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

    def responsibility(self, row: Responsibility) -> dict[str, Any]:
        span = self.place(row.start, row.end)
        task = self.task_at(row.start)
        return {
            "task": task.id if task else None,
            "lead": list(row.lead),
            "support": list(row.support),
            "quote": self.quote(span),
            "span": span,
        }

    def reference(self, row: Reference) -> dict[str, Any]:
        return {
            "title": row.title,
            "number": row.number,
            "mentions": row.mentions,
            "span": self.place(row.start, row.end),
        }
