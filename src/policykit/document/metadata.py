"""What a document says of itself: title, carrier, kind, level, region, issuers, number, dates."""

from __future__ import annotations

from policykit.document.model import Metadata
from policykit.document.outline import Entry
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span


def read_metadata(normalised: NormalisedText, entries: list[Entry]) -> tuple[Metadata, Span]:
    """The metadata and the extent of the policy's own text."""
    text = normalised.text
    kind = "政府工作报告" if "政府工作报告" in text[:300] else None
    return Metadata(kind=kind), Span(0, len(text))
