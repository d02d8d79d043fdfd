"""Numbers with units, and which of them are commitments."""

from __future__ import annotations

from policykit.document.model import Document
from policykit.findings import Quantity


def extract_quantities(document: Document) -> tuple[Quantity, ...]:
    """Every quantity of a document with its status, in order; those with status `target` are the targets."""
    return ()
