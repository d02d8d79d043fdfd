"""What a check finds: frozen values. How they look is the affair of `policykit.check.output`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Severity = Literal["error", "warning", "note"]
#: from the worst
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source: code points from 0 (`end` exclusive), lines and columns from 1 (`end_column` exclusive).

    Of a saved analysis whose document is not at hand, offsets and line are known and the columns are None.
    """

    start: int
    end: int
    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule gives back. `key` are the words (normalised, without numbers of lines) that tell this hit from others of the rule."""

    message: str
    key: tuple[str, ...]
    place: Place | None = None
    quote: str | None = None  # the source's own letters
    section: str | None = None  # the outline entry it stands in


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with what it counts as.

    `code` and `name` are those of the rule (a rule of one's own has the code of its kind and its own name). `fingerprint` stays the same
    while the words stay the same, wherever in the document they stand.
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place | None
    quote: str | None
    section: str | None
    fingerprint: str


def fingerprints(code: str, name: str, hits: Sequence[Hit]) -> Iterator[str]:
    """A fingerprint for each hit of a rule in one document; hits with the same words are counted through."""
    seen: Counter[tuple[str, ...]] = Counter()
    for hit in hits:
        seen[hit.key] += 1
        parts = (code, name, *hit.key, str(seen[hit.key]))
        yield sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as they are shown: what concerns the whole document first, then from top to bottom; those at one place as they came."""
    return tuple(sorted(findings, key=lambda item: (item.place.start, item.place.end) if item.place else (-1, -1)))
