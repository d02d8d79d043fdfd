"""What a check of several documents comes to, piece by piece: documents with their findings, and inputs that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from policykit.check.findings import Finding, Severity
from policykit.check.subject import Subject

#: how machine formats name an input that could not be read: it is never left out
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class DocumentReport:
    """One document: `path` as the user named it, the findings that are new, how many are known, the rules that could not run."""

    path: str
    id: str
    sha256: str
    subject: Subject
    findings: tuple[Finding, ...]
    known: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """An input that could not be read."""

    path: str
    problem: str
    line: int | None = None
    advice: str | None = None


@dataclass
class Totals:
    """What all documents together come to."""

    documents: int = 0
    failures: int = 0
    failing: int = 0
    known: int = 0
    severities: dict[Severity, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "note": 0})

    def add(self, report: DocumentReport, failing: int) -> None:
        """Counts a document, `failing` of whose findings fail a build."""
        self.documents += 1
        self.failing += failing
        self.known += report.known
        for finding in report.findings:
            self.severities[finding.severity] += 1

    @property
    def findings(self) -> int:
        """How many findings there are, notes included, known ones not."""
        return sum(self.severities.values())

    def __str__(self) -> str:
        """The totals in a line, for people."""
        if not self.documents:
            return f"nothing was checked: {_some(self.failures, 'input')} could not be read"
        found = ", ".join(_some(count, severity) for severity, count in self.severities.items() if count)
        text = f"{found or 'nothing found'} in {_some(self.documents, 'document')}"
        if self.known:
            text += f"; {_some(self.known, 'known finding')} left out"
        if self.failures:
            text += f"; {_some(self.failures, 'input')} could not be read"
        return text


def _some(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
