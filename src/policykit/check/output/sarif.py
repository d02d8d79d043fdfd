"""Findings as SARIF 2.1.0, which GitHub, Azure DevOps and editors read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from policykit._version import __version__
from policykit.check.explain import description
from policykit.check.findings import Finding
from policykit.check.own_rules import OwnRule
from policykit.check.report import UNREADABLE, DocumentReport, Failure, Totals
from policykit.check.rules import built_in_rules
from policykit.check.selection import Selection
from policykit.formats.characters import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def uri_of(path: str) -> str:
    """A path as SARIF wants it: a URI, relative where the path is.

    >>> uri_of("发布/plan a.txt"), uri_of("/tmp/a.txt"), uri_of("-")
    ('%E5%8F%91%E5%B8%83/plan%20a.txt', 'file:///tmp/a.txt', 'standard-input')
    """
    if path == "-":
        return "standard-input"
    plain = quote(path.replace("\\", "/").encode("utf-8", "surrogatepass"), safe="/~")
    return f"file://{plain}" if plain.startswith("/") else plain


class Writer:
    """Everything is written at the end. Known findings are left out."""

    def __init__(self, selection: Selection, own: Sequence[OwnRule] = ()) -> None:
        self._selection = selection
        self._rules: dict[str, dict[str, Any]] = {}
        for rule in built_in_rules():
            if selection.runs(rule.code, rule.name, is_default=rule.is_default):
                self._rule(rule.code, rule.name, selection.severity(rule.code, rule.name, rule.severity))
        self._results: list[dict[str, Any]] = []
        self._artifacts: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []

    def _rule(self, code: str, name: str, level: str) -> tuple[str, int]:
        """The id and index of a rule; those of one's own and changes are told apart by their names."""
        text, why = description(code)
        id = code if code < "PK6" else f"{code}/{name}"
        if id not in self._rules:
            self._rules[id] = {
                "id": id,
                "name": name,
                "shortDescription": {"text": text},
                "fullDescription": {"text": why},
                "defaultConfiguration": {"level": level},
            }
        return id, list(self._rules).index(id)

    def begin(self) -> str:
        return ""

    def document(self, report: DocumentReport) -> str:
        artifact = len(self._artifacts)
        location = {"uri": uri_of(report.path), "index": artifact}
        self._artifacts.append({"location": {"uri": location["uri"]}, "hashes": {"sha-256": report.sha256}})
        for finding in report.findings:
            self._results.append(self._result(finding, location))
        for code in report.skipped:
            text = f"{code} was not checked: the document itself is not at hand"
            self._notify("note", text, location, {"id": code})
        return ""

    def _result(self, finding: Finding, location: dict[str, Any]) -> dict[str, Any]:
        id, index = self._rule(finding.code, finding.name, finding.severity)
        physical: dict[str, Any] = {"artifactLocation": location}
        place = finding.place
        if place is not None:
            region: dict[str, Any] = {"startLine": place.line}
            if place.column is not None:
                region |= {"startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}
            region |= {"charOffset": place.start, "charLength": place.end - place.start}
            if finding.quote:
                region["snippet"] = {"text": printable(finding.quote)}
            physical["region"] = region
        return {
            "ruleId": id,
            "ruleIndex": index,
            "level": finding.severity,
            "message": {"text": printable(finding.message)},
            "locations": [{"physicalLocation": physical}],
            "partialFingerprints": {"policykit/v1": finding.fingerprint},
        }

    def failure(self, failure: Failure) -> str:
        location: dict[str, Any] = {"uri": uri_of(failure.path)}
        self._notify("error", f"{UNREADABLE}: {failure.problem}", location, None, failure.line)
        return ""

    def _notify(
        self, level: str, text: str, location: dict[str, Any], rule: dict[str, Any] | None, line: int | None = None
    ) -> None:
        physical: dict[str, Any] = {"artifactLocation": location}
        if line is not None:
            physical["region"] = {"startLine": line}
        notification = {
            "level": level,
            "message": {"text": printable(text)},
            "locations": [{"physicalLocation": physical}],
        }
        self._notifications.append(notification if rule is None else {**notification, "associatedRule": rule})

    def end(self, totals: Totals) -> str:
        from policykit.formats.json import write_json_line

        driver = {"name": "policykit", "version": __version__, "rules": list(self._rules.values())}
        invocation: dict[str, Any] = {"executionSuccessful": not totals.failures}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications
        head = (
            '{\n "$schema": ' + write_json_line(SCHEMA) + ',\n "version": "2.1.0",\n "runs": [\n  {\n'
            f'   "tool": {write_json_line({"driver": driver})},\n'
            f'   "invocations": [{write_json_line(invocation)}],\n'
            '   "columnKind": "unicodeCodePoints",\n'
            f'   "artifacts": {_rows(self._artifacts)},\n'
            f'   "results": {_rows(self._results)}\n'
        )
        return head + "  }\n ]\n}\n"


def _rows(rows: Sequence[dict[str, Any]]) -> str:
    from policykit.formats.json import write_json_line

    return "[\n" + ",\n".join(f"    {write_json_line(row)}" for row in rows) + "\n   ]" if rows else "[]"
