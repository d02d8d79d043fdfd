"""The laws, plans, standards and policy documents that a document cites."""

from __future__ import annotations

from policykit.document.model import Document
from policykit.findings import Reference


def extract_references(document: Document) -> tuple[Reference, ...]:
    """The cited documents, each once, in the order of first mention."""
    return ()
