"""Findings as JSON lines: one for each finding, each document and each failure, and one with the totals at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from policykit.check.output.data import document_data, finding_data, summary_data
from policykit.check.own_rules import OwnRule
from policykit.check.report import DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.formats.json import write_json_line


def _line(kind: str, data: dict[str, Any]) -> str:
    return write_json_line({"kind": kind, **data}) + "\n"


class Writer:
    """Each line has the key `kind`: finding, document (behind its findings), failure or summary."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        lines = [_line("finding", finding_data(report, finding, self._selection)) for finding in report.findings]
        return "".join(lines) + _line("document", document_data(report))

    def failure(self, failure: Failure) -> str:
        return _line("failure", asdict(failure))

    def end(self, totals: Totals) -> str:
        return _line("summary", summary_data(totals))
