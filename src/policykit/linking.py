"""Findings that belong together: which deadline governs a place."""

from __future__ import annotations

from collections.abc import Sequence

from policykit.document.model import Document
from policykit.findings import Deadline, GoverningDeadline


def governing_deadlines(
    document: Document, deadlines: Sequence[Deadline], offsets: Sequence[int]
) -> tuple[GoverningDeadline | None, ...]:
    """For each offset (ascending) the deadline that governs what stands there, or None."""
    return tuple(None for _ in offsets)
