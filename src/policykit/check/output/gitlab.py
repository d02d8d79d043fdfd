"""Findings as GitLab's code quality report."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from policykit.check.own_rules import OwnRule
from policykit.check.report import UNREADABLE, DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.formats.json import write_json_line

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def _row(
    path: str, name: str, severity: str, text: str, fingerprint: str, line: int, last: int | None
) -> dict[str, Any]:
    # fingerprints of a report must be unique, over all its files
    unique = sha256(f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {
        "description": text,
        "check_name": name,
        "fingerprint": unique,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line, "end": last or line}},
    }


class Writer:
    """Everything is written at the end."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._rows: list[dict[str, Any]] = []

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        for finding in report.findings:
            place = finding.place
            self._rows.append(
                _row(
                    report.path,
                    f"{finding.code} {finding.name}",
                    _SEVERITIES[finding.severity],
                    finding.message,
                    finding.fingerprint,
                    place.line if place else 1,
                    place.end_line if place else None,
                )
            )
        return ""

    def failure(self, failure: Failure) -> str:
        text = f"cannot be checked: {failure.problem}"
        self._rows.append(
            _row(failure.path, UNREADABLE, "blocker", text, f"{UNREADABLE} {text}", failure.line or 1, None)
        )
        return ""

    def end(self, totals: Totals) -> str:
        rows = ",\n".join(f" {write_json_line(row)}" for row in self._rows)
        return f"[\n{rows}\n]\n" if rows else "[]\n"
