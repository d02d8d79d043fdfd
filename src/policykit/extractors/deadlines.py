"""Time expressions that say when something is to be reached or done."""

from __future__ import annotations

from policykit.document.model import Document
from policykit.findings import Deadline


def extract_deadlines(document: Document) -> tuple[Deadline, ...]:
    """The deadlines of a document, in order."""
    return ()
