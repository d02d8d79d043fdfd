"""Who is to do it: brackets and sentences that assign work."""

from __future__ import annotations

from policykit.document.model import Document
from policykit.findings import Responsibility


def extract_responsibilities(document: Document) -> tuple[Responsibility, ...]:
    """The assignments of a document, in order."""
    return ()
