"""Findings as one JSON object (`policykit/check/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from policykit.check.findings import Finding
from policykit.check.own_rules import OwnRule
from policykit.check.report import DocumentReport, Failure, Totals
from policykit.check.selection import Selection

FORMAT = "policykit/check/1"


def finding_data(report: DocumentReport, finding: Finding, selection: Selection) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "document": report.id,
        "path": report.path,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "fails": selection.fails(finding),
        "message": finding.message,
        "section": finding.section,
        "quote": finding.quote,
        "place": None if finding.place is None else asdict(finding.place),
        "fingerprint": finding.fingerprint,
    }


def document_data(report: DocumentReport) -> dict[str, Any]:
    """What is said of a document besides its findings."""
    return {
        "id": report.id,
        "path": report.path,
        "sha256": report.sha256,
        "findings": len(report.findings),
        "known": report.known,
        "skipped": list(report.skipped),
    }


def summary_data(totals: Totals) -> dict[str, int]:
    """The totals as plain data."""
    return {
        "documents": totals.documents,
        "failures": totals.failures,
        "findings": totals.findings,
        "failing": totals.failing,
        "known": totals.known,
        **{f"{severity}s": count for severity, count in totals.severities.items()},
    }


class Writer:
    """Everything is written at the end."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection
        self._documents: list[dict[str, Any]] = []
        self._findings: list[dict[str, Any]] = []
        self._failures: list[dict[str, Any]] = []

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        self._documents.append(document_data(report))
        self._findings += [finding_data(report, finding, self._selection) for finding in report.findings]
        return ""

    def failure(self, failure: Failure) -> str:
        self._failures.append(asdict(failure))
        return ""

    def end(self, totals: Totals) -> str:
        from policykit.formats.json import write_json

        return write_json(
            {
                "format": FORMAT,
                "summary": summary_data(totals),
                "documents": self._documents,
                "findings": self._findings,
                "failures": self._failures,
            }
        )
