"""From the working text to a document: outline, roles, metadata."""

from __future__ import annotations

from policykit.document.metadata import read_metadata
from policykit.document.model import Document, Section
from policykit.document.outline import Entry, read_outline
from policykit.document.roles import assign_roles
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span


def read_document(normalised: NormalisedText) -> Document:
    """The document that a working text holds: outline entries with roles, metadata, the extent of the policy's own text.

    Any text is accepted; one without numbered headings or paragraphs has no sections.
    """
    text = normalised.text
    entries = read_outline(text)
    metadata, body = read_metadata(normalised, entries)
    _close(entries, body.end)
    _name(entries)
    roles = assign_roles(text, entries, metadata)
    sections = tuple(
        Section(
            id=entry.id,
            parent=entry.parent.id if entry.parent else None,
            level=entry.level,
            marker=entry.marker.text,
            number=entry.marker.number,
            role=role,
            heading=entry.heading(text),
            start=entry.marker.start,
            heading_start=entry.heading_start,
            heading_end=entry.heading_end,
            body_start=entry.body_start,
            own_end=entry.own_end,
            end=entry.end,
        )
        for entry, role in zip(entries, roles, strict=True)
    )
    return Document(normalised, sections, metadata, body)


def _close(entries: list[Entry], body_end: int) -> None:
    """Ends the entries of the body where the body ends, before signature and appended notices."""
    for entry in entries:
        if entry.marker.start < body_end:
            entry.own_end = min(entry.own_end, body_end)
            entry.end = min(entry.end, body_end)
            entry.body_start = min(entry.body_start, entry.own_end)


def _name(entries: list[Entry]) -> None:
    """Ids: the path of printed numbers (`2.1`), bullets `1-1`, articles by their number; what comes twice gets `~2`."""
    has_articles = any(entry.kind == "article" for entry in entries)
    used: dict[str, int] = {}
    bullets: dict[str, int] = {}
    for entry in entries:
        above = entry.parent.id if entry.parent else ""
        marker = entry.marker
        if marker.kind == "dash":
            bullets[above] = bullets.get(above, 0) + 1
            name = f"{above or '0'}-{bullets[above]}"
        elif marker.kind == "article":
            name = f"{marker.number}-{marker.suffix}" if marker.suffix else str(marker.number)
        elif marker.kind == "decimal" and (entry.parent is None or entry.parent.kind != "decimal"):
            name = marker.text
        elif above:
            name = f"{above}.{marker.number}"
        else:
            name = f"c{marker.number}" if has_articles and marker.kind in ("part", "chapter") else str(marker.number)
        used[name] = used.get(name, 0) + 1
        entry.id = name if used[name] == 1 else f"{name}~{used[name]}"
        while entry.id in used and used[name] > 1:
            used[name] += 1
            entry.id = f"{name}~{used[name]}"
        used.setdefault(entry.id, 1)
