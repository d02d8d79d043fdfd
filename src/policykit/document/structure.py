"""From the working text to a document: outline, roles, metadata."""

from __future__ import annotations

from policykit.document.model import Document
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span


def read_document(normalised: NormalisedText) -> Document:
    """The document that a working text holds."""
    return Document(normalised, body=Span(0, len(normalised.text)))
