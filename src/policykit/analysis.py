"""The pipeline: from a source text to everything that policykit says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from policykit.analysis_data import FORMAT, plain_data
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

__all__ = ["FORMAT", "Analysis", "analyse"]


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
        return plain_data(self, all_quantities=all_quantities)


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
