"""Findings as GitHub's workflow commands, which the site shows beside the lines."""

from __future__ import annotations

from collections.abc import Sequence

from policykit.check.own_rules import OwnRule
from policykit.check.report import UNREADABLE, DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.formats.characters import printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def _text(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


class Writer:
    """One command for each finding and failure."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        lines = []
        for finding in report.findings:
            place = finding.place
            where = [f"file={_property(report.path)}"]
            if place is not None:
                where.append(f"line={place.line}")
                if place.column is not None and place.end_line == place.line:
                    where += [f"endLine={place.end_line}", f"col={place.column}", f"endColumn={place.end_column}"]
            where.append(f"title={_property(f'{finding.code} {finding.name}')}")
            lines.append(f"::{_COMMANDS[finding.severity]} {','.join(where)}::{_text(finding.message)}\n")
        return "".join(lines)

    def failure(self, failure: Failure) -> str:
        line = f",line={failure.line}" if failure.line is not None else ""
        return f"::error file={_property(failure.path)}{line},title={UNREADABLE}::{_text(failure.problem)}\n"

    def end(self, totals: Totals) -> str:
        return ""
