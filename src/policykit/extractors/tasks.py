"""The outline entries that direct work."""

from __future__ import annotations

from policykit.document.model import Document, Section


def extract_tasks(document: Document) -> tuple[Section, ...]:
    """The entries with the role task or safeguard, in order."""
    return tuple(section for section in document.sections if section.role in ("task", "safeguard"))
