"""Findings as CSV, a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from policykit.check.own_rules import OwnRule
from policykit.check.report import UNREADABLE, DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.formats.characters import printable
from policykit.formats.spreadsheet import safe_cell

COLUMNS = (
    "document",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "code",
    "name",
    "severity",
    "fails",
    "message",
    "quote",
    "section",
    "fingerprint",
)


def _row(*cells: object) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(
        ["" if cell is None else printable(str(safe_cell(cell))) for cell in cells]
    )
    return stream.getvalue()


class Writer:
    """A head, then a row for each finding and each failure."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection

    def begin(self) -> str:
        return _row(*COLUMNS)

    def document(self, report: DocumentReport) -> str:
        rows = []
        for finding in report.findings:
            place = finding.place
            where = (place.line, place.column, place.end_line, place.end_column) if place else (None,) * 4
            fails = "yes" if self._selection.fails(finding) else "no"
            what = (
                finding.code,
                finding.name,
                finding.severity,
                fails,
                finding.message,
                finding.quote,
                finding.section,
            )
            rows.append(_row(report.id, report.path, *where, *what, finding.fingerprint))
        return "".join(rows)

    def failure(self, failure: Failure) -> str:
        return _row(
            None,
            failure.path,
            failure.line,
            None,
            None,
            None,
            UNREADABLE,
            UNREADABLE,
            "error",
            "yes",
            failure.problem,
            None,
            None,
            None,
        )

    def end(self, totals: Totals) -> str:
        return ""
