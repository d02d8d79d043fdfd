"""Findings that are known: a baseline file keeps them from failing a build again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policykit.check.findings import Finding
from policykit.errors import PolicykitError

FORMAT = "policykit/baseline/1"
_ADVICE = "write it anew with --update-baseline"


@dataclass(frozen=True)
class Baseline:
    """Known findings: for each document (by its id) and fingerprint how many."""

    known: Counter[tuple[str, str]]

    def split(self, document: str, findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
        """The findings that are new, and those that are known."""
        left = Counter(self.known)
        new: list[Finding] = []
        old: list[Finding] = []
        for finding in findings:
            key = document, finding.fingerprint
            if left[key] > 0:
                left[key] -= 1
                old.append(finding)
            else:
                new.append(finding)
        return new, old


def read_baseline(path: str) -> Baseline:
    """The baseline in a file; raises `PolicykitError` where it cannot be read or is none."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicykitError(f"cannot be read: {reason}", path=path, advice=_ADVICE) from None
    except json.JSONDecodeError as error:
        raise PolicykitError(f"not valid JSON: {error.msg}", path=path, line=error.lineno, advice=_ADVICE) from None
    except (ValueError, RecursionError):
        raise PolicykitError("not a baseline", path=path, advice=_ADVICE) from None
    known: Counter[tuple[str, str]] = Counter()
    try:
        if data["format"] != FORMAT:
            raise PolicykitError(f"of the format {data['format']}, not {FORMAT}", path=path, advice=_ADVICE)
        for row in data["findings"]:
            known[str(row["document"]), str(row["fingerprint"])] += 1
    except (KeyError, TypeError):
        raise PolicykitError("not a baseline", path=path, advice=_ADVICE) from None
    return Baseline(known)


def write_baseline(rows: Iterable[tuple[str, Finding]]) -> str:
    """The text of a baseline file for findings with the ids of their documents; the same findings give the same text."""
    from policykit.formats.json import write_json

    data: dict[str, Any] = {
        "format": FORMAT,
        "findings": [
            {
                "document": document,
                "code": finding.code,
                "name": finding.name,
                "fingerprint": finding.fingerprint,
                "message": finding.message,
            }
            for document, finding in sorted(
                rows, key=lambda row: (row[0], row[1].code, row[1].name, row[1].fingerprint)
            )
        ],
    }
    return write_json(data)
