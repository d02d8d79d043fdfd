"""From the working text to a document: outline, roles, metadata."""

from __future__ import annotations

from policykit.document.addresses import is_address
from policykit.document.headings import find_headings, split_at_wide_gaps
from policykit.document.metadata import read_metadata
from policykit.document.model import Document, Role, Section
from policykit.document.outline import Entry, read_outline
from policykit.document.roles import assign_roles
from policykit.patterns import compiled
from policykit.text.normalise import NormalisedText


def read_document(normalised: NormalisedText) -> Document:
    """The document that a working text holds: outline entries with roles, metadata, the extent of the policy's own text.

    Any text is accepted; one without numbered headings or paragraphs has no sections.
    """
    text = normalised.text
    entries, own_text_end = read_outline(text)
    metadata, body = read_metadata(normalised, entries, own_text_end)
    find_headings(text, entries, is_address=is_address(metadata))
    split_at_wide_gaps(normalised, entries)
    _close(text, entries, body.end)
    roles = assign_roles(text, entries, metadata)
    return Document(normalised, _sections(text, entries, roles), metadata, body)


def _sections(text: str, entries: list[Entry], roles: list[Role]) -> tuple[Section, ...]:
    """What stays of the entries, in their order. Their list is emptied and each let go when its section is made: together the two are
    what takes most room of a long numbering."""
    names = _Names(entries)
    waiting = entries[::-1]
    entries.clear()
    sections = []
    for role in roles:
        entry = waiting.pop()
        entry.id = names.id_of(entry)
        sections.append(_section(text, entry, role))
        entry.first_child = entry.last_child = None  # or it and those below would keep each other
    return tuple(sections)


def _section(text: str, entry: Entry, role: Role) -> Section:
    marker, parent = entry.marker, entry.parent
    start, end = entry.heading_start, entry.heading_end
    fields = (
        entry.id,
        parent.id if parent else None,
        entry.level,
        marker.text,
        marker.number,
        role,
        text[start:end] if start < end else None,
        marker.start,
        start,
        end,
        entry.body_start,
        entry.own_end,
        entry.end,
    )
    return tuple.__new__(Section, fields)  # as Section(*fields) gives it, in half the time


#: how a closing appeal begins that no longer belongs to the last numbered entry
_APPEAL = compiled(
    r"\n(?:各位代表|同志们|让我们|(?:全党|全市|全省|全区|全国|全军)[^\n，。]{0,20}要更加|实现“?[^\n，。]{2,20}目标，)"
)


def _close(text: str, entries: list[Entry], body_end: int) -> None:
    """Ends the entries of the body where the body ends, and the last of them before a closing appeal.

    The last entry also ends with its first line where all its fellows have but one line: what follows closes the document.
    """
    for entry in entries:
        if entry.marker.start < body_end:
            _end_at(entry, body_end)
    body = [entry for entry in entries if entry.zone == "body"]
    if not body or body[-1].kind == "article":
        return
    last = body[-1]
    if last.parent is None:
        return
    appeal = _APPEAL.search(text, last.line_end, last.own_end)
    end = appeal.start() + 1 if appeal else last.own_end
    fellows = [entry for entry in body if entry.kind == last.kind and entry.depth == last.depth and entry is not last]
    if len(fellows) >= 3 and all(entry.own_end <= entry.line_end + 1 for entry in fellows):
        end = min(end, last.line_end + 1)
    above: Entry | None = last
    while above is not None and above.parent is not None:
        _end_at(above, end)
        above = above.parent


def _end_at(entry: Entry, end: int) -> None:
    if entry.end > end:
        entry.end = end
        if entry.own_end > end:
            entry.own_end = end
            entry.body_start = min(entry.body_start, end)


#: contents lists and appended matter are numbered beside the document's own text
_ZONE_NAMES = {"contents": "contents", "appendix": "appendix"}


class _Names:
    """Gives entries their ids, in order: the path of printed numbers (`2.1`), bullets `1-1`, articles by their number; twice is `~2`."""

    def __init__(self, entries: list[Entry]) -> None:
        self._has_articles = any(entry.kind == "article" for entry in entries)
        self._used: dict[str, int] = {}
        self._bullets: dict[str, int] = {}

    def id_of(self, entry: Entry) -> str:
        """The id of the next entry; the one above has its own already."""
        parent, marker = entry.parent, entry.marker
        kind = marker.kind
        above = parent.id if parent else ""
        if not above and entry.zone in _ZONE_NAMES:
            above = _ZONE_NAMES[entry.zone]
        if kind == "dash":
            number = self._bullets[above] = self._bullets.get(above, 0) + 1
            name = f"{above or '0'}-{number}"
        elif kind == "article":
            name = f"{marker.number}-{marker.suffix}" if marker.suffix else str(marker.number)
        elif kind == "decimal" and (parent is None or parent.kind != "decimal"):
            name = f"{_ZONE_NAMES[entry.zone]}.{marker.text}" if entry.zone in _ZONE_NAMES else marker.text
        elif above:
            name = f"{above}.{marker.number}"
        else:
            name = f"c{marker.number}" if self._has_articles and kind in ("part", "chapter") else str(marker.number)
        id, used = name, self._used
        while id in used:
            used[name] += 1
            id = f"{name}~{used[name]}"
        used[id] = 1
        return id
