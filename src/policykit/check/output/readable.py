"""Findings for people: a line for each, and under it the source line with the place marked."""

from __future__ import annotations

from policykit.check.findings import Finding
from policykit.check.output.cells import fitting, fitting_behind, width
from policykit.check.report import DocumentReport, Failure, Totals
from policykit.formats.characters import printable

_COLOURS = {"error": "31;1", "warning": "33;1", "note": "36;1"}
#: what is kept of the line before a place when it is too long, as a part of the room
_BEFORE = 0.4
_NARROWEST = 24


class Writer:
    """`columns` is the width of the terminal; `colour` says whether escape sequences (ours alone) may be written."""

    def __init__(self, *, columns: int = 100, colour: bool = False, quiet: bool = False) -> None:
        self._columns, self._colour, self._quiet = max(columns, _NARROWEST), colour, quiet

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        return "".join(self._finding(report, finding) for finding in report.findings)

    def failure(self, failure: Failure) -> str:
        return ""  # said on standard error, as with every command

    def end(self, totals: Totals) -> str:
        return "" if self._quiet else f"{totals}\n"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour and text else text

    def _finding(self, report: DocumentReport, finding: Finding) -> str:
        place = finding.place
        where = printable("standard input" if report.path == "-" else report.path)
        if place is not None:
            where += f":{place.line}" + (f":{place.column}" if place.column is not None else "")
        severity = self._paint(finding.severity, _COLOURS[finding.severity])
        head = f"{self._paint(where, '1')}: {severity} {finding.code} {printable(finding.name)}: {printable(finding.message)}\n"
        return head + self._excerpt(report, finding)

    def _excerpt(self, report: DocumentReport, finding: Finding) -> str:
        place = finding.place
        if place is None:
            return ""
        number = str(place.line)
        gutter = " " * len(number)
        if place.column is None or place.end_column is None:
            quote = printable(finding.quote or "")
            room = self._columns - len(number) - 4
            cut = quote if width(quote) <= room else quote[: fitting(quote, room - 1)] + "…"
            return f" {number} | {cut}\n" if quote else ""
        line = report.subject.line_text(place.line)
        start = place.column - 1
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        before, marked, after = self._cut(
            printable(line[:start]), printable(line[start:end]), printable(line[end:]), len(number) + 4
        )
        carets = "^" * max(1, width(marked))
        shown = f" {number} | {before}{self._paint(marked, '1')}{after}".rstrip()
        return f"{shown}\n {gutter} | {' ' * width(before)}{self._paint(carets, _COLOURS[finding.severity])}\n"

    def _cut(self, before: str, marked: str, after: str, taken: int) -> tuple[str, str, str]:
        """The three parts of a line, cut so that they fit beside each other."""
        before = before.lstrip()
        room = self._columns - taken
        if width(before) + width(marked) + width(after) <= room:
            return before, marked, after
        if width(marked) > room - 2:
            marked = marked[: fitting(marked, room - 3)] + "…"
        room -= width(marked)
        if width(after) <= room * (1 - _BEFORE):
            left = room - width(after)
        else:
            left = max(int(room * _BEFORE), min(width(before), room - width(after)))
        if width(before) > left:
            kept = fitting_behind(before, max(0, left - 1))
            before = "…" + before[len(before) - kept :] if left else ""
        left = room - width(before)
        if width(after) > left:
            after = after[: fitting(after, max(0, left - 1))] + "…" if left else ""
        return before, marked, after
