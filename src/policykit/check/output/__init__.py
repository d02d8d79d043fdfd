"""The formats of findings. A writer gives text piece by piece: before the first document, for each document, for each failure, at the end."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from policykit.check.own_rules import OwnRule
from policykit.check.report import DocumentReport, Failure, Totals
from policykit.check.selection import Selection

#: the formats, each a module with the class `Writer`
FORMATS = ("readable", "json", "jsonl", "sarif", "github", "gitlab", "junit", "csv")
_MODULES = {"json": "data", "jsonl": "lines", "csv": "table"}


class Writer(Protocol):
    """What the formats have in common."""

    def begin(self) -> str: ...

    def document(self, report: DocumentReport) -> str: ...

    def failure(self, failure: Failure) -> str: ...

    def end(self, totals: Totals) -> str: ...


def writer(format: str, selection: Selection, own: tuple[OwnRule, ...] = ()) -> Writer:
    """The writer of a machine format (all but `readable`, which wants to know its terminal)."""
    found: Writer = import_module(f"{__name__}.{_MODULES.get(format, format)}").Writer(selection, own)
    return found
