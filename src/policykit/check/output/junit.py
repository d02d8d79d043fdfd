"""Findings as a JUnit report: a suite for each document, a case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from policykit.check.own_rules import OwnRule
from policykit.check.report import UNREADABLE, DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.formats.characters import printable


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


def _case(code: str, name: str, content: str) -> str:
    head = f"  <testcase classname={_attribute(code)} name={_attribute(name)}"
    return f"{head}>{content}</testcase>\n" if content else f"{head}/>\n"


def _suite(name: str, cases: Sequence[str], failures: int, errors: int, skipped: int) -> str:
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return f" <testsuite name={_attribute(name)} {counts}>\n{''.join(cases)} </testsuite>\n"


class Writer:
    """A finding that fails a build is a failed case; others are cases that say what was found. An input that cannot be read is an error."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection
        self._suites: list[str] = []

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        cases, failures = [], 0
        for finding in report.findings:
            line = f"line {finding.place.line}: " if finding.place else ""
            said = f"{report.path}: {line}{finding.message}"
            name = f"{finding.name} {line}{finding.message}"
            if self._selection.fails(finding):
                failures += 1
                content = f"<failure type={_attribute(finding.severity)} message={_attribute(finding.message)}>{escape(printable(said))}</failure>"
            else:
                content = f"<system-out>{escape(printable(f'{finding.severity}: {said}'))}</system-out>"
            cases.append(_case(finding.code, name, content))
        for code in report.skipped:
            cases.append(_case(code, "not run", '<skipped message="the document itself is not at hand"/>'))
        if not cases:
            cases.append(_case("policykit", "nothing found", ""))
        self._suites.append(_suite(report.path, cases, failures, 0, len(report.skipped)))
        return ""

    def failure(self, failure: Failure) -> str:
        content = f"<error type={_attribute(UNREADABLE)} message={_attribute(failure.problem)}/>"
        self._suites.append(_suite(failure.path, [_case("policykit", "can be read", content)], 0, 1, 0))
        return ""

    def end(self, totals: Totals) -> str:
        head = f'<testsuites name="policykit check" failures="{totals.failing}" errors="{totals.failures}">'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(self._suites)}</testsuites>\n'
