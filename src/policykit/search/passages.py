"""What search looks at: the passages of a document, each with its findings and the way to the source, as plain data.

A passage is a task, a safeguard or an article with all that stands below it, else the own text of an outline entry, else what stands
before, between and behind the entries. Together they are the whole text, each letter once. Passages are plain data (str, int, lists,
dicts), so an index can keep them; whoever reads them from there finds the same as who makes them from the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policykit.analyses import LoadedAnalysis
from policykit.document.model import Section
from policykit.placed_text import PlacedText, placed_text
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span

Passage = Mapping[str, Any]

_UNIT_ROLES = frozenset({"task", "safeguard", "article"})
_TARGET_KEYS = (
    "id",
    "indicator",
    "comparator",
    "value",
    "value_max",
    "unit",
    "kind",
    "binding",
    "deadline",
    "quote",
    "span",
)
_DEADLINE_KEYS = ("id", "relation", "from", "to", "duration", "quote", "span")


def document_of(loaded: LoadedAnalysis) -> dict[str, Any]:
    """What search knows of a whole document."""
    source, stated = loaded.data["source"], loaded.data["document"]
    return {
        "id": source["id"],
        "path": source["path"],
        "wording": source["wording"],
        **{key: stated[key] for key in ("title", "kind", "level", "region")},
        "issuers": list(stated["issuers"]),
        "issued": _plain(stated["issued"] or stated["published"]),
    }


def passages(loaded: LoadedAnalysis) -> Iterator[dict[str, Any]]:
    """The passages of a document in order.

    Offsets in a passage count from its start in the working text; `pieces` lead them to offsets in `source`, the passage's own letters,
    which begin at the offset `source_start` and in the line `line` of the document. Of a document that is not at hand `source` is None.

    >>> from policykit.analyses import as_loaded
    >>> found = list(passages(as_loaded("一、主要任务\\n（一）建設平臺。建設數據平臺30個。")))
    >>> [(passage["section"], passage["text"], len(passage["targets"])) for passage in found]
    [('1', '一、主要任务\\n', 0), ('1.1', '（一）建设平台。建设数据平台30个。', 1)]
    """
    placed = placed_text(loaded)
    targets = _placed(placed, placed.data["targets"], _TARGET_KEYS)
    deadlines = _placed(placed, placed.data["deadlines"], _DEADLINE_KEYS)
    for extent in _extents(placed):
        yield {
            **_entry(placed, extent),
            "text": placed.text[extent.start : extent.end],
            "targets": _within(targets, extent),
            "deadlines": _within(deadlines, extent),
            **_source(placed, extent),
        }


@dataclass(slots=True)
class _Extent:
    start: int
    end: int
    section: str | None
    inner: list[Section] = field(default_factory=list)


def _extents(placed: PlacedText) -> list[_Extent]:
    """Where each passage begins and ends, its outline entry and the entries in it."""
    extents: list[_Extent] = []
    position = 0
    for section in placed.document.sections:
        if section.start < position:
            extents[-1].inner.append(section)  # stands in the task or article before it
            continue
        extents += _between(placed, position, section.start)
        end = section.end if section.role in _UNIT_ROLES else section.own_end
        extents.append(_Extent(section.start, end, section.id))
        position = end
    return [*extents, *_between(placed, position, len(placed.text))]


def _between(placed: PlacedText, start: int, end: int) -> list[_Extent]:
    if start >= end:
        return []
    section = placed.document.section_at(start)
    return [_Extent(start, end, None if section is None else section.id)]


def _entry(placed: PlacedText, extent: _Extent) -> dict[str, Any]:
    row = None if extent.section is None else placed.rows[extent.section]
    task = placed.task_of(extent.section)
    return {
        "section": extent.section,
        "heading": row["heading"] if row else None,
        "role": row["role"] if row else None,
        "domains": list(task["domains"]) if task else [],
        "lead": list(task["lead"]) if task else [],
        "support": list(task["support"]) if task else [],
        "inner": [[section.start - extent.start, section.id, section.heading] for section in extent.inner],
        "span": dict(row["span"]) if row else None,
    }


def _placed(
    placed: PlacedText, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> list[tuple[int, int, dict[str, Any]]]:
    """Findings with where they begin and end in the text, in order."""
    found = []
    for row in rows:
        span = placed.span_of(row) or _stated(placed, row)
        found.append((span.start, span.end, {key: _plain(row[key]) for key in keys}))
    return sorted(found, key=lambda item: item[:2])


def _stated(placed: PlacedText, row: Mapping[str, Any]) -> Span:
    """Where a finding stands as far as the analysis alone tells: at its sentence, else at the beginning of its entry."""
    task = placed.task_of(row["section"])
    id = task["id"] if task else row["section"]
    start = placed.document.section(id).start if id in placed.known_ids else 0
    sentence = row.get("sentence")
    found = placed.text.find(sentence, start) if sentence else -1
    return Span(start, start) if found < 0 else Span(found, found)


def _within(findings: Sequence[tuple[int, int, dict[str, Any]]], extent: _Extent) -> list[dict[str, Any]]:
    first = bisect_left(findings, extent.start, key=lambda item: item[0])
    behind = bisect_left(findings, extent.end, key=lambda item: item[0])
    return [{**row, "at": [start - extent.start, end - extent.start]} for start, end, row in findings[first:behind]]


def _source(placed: PlacedText, extent: _Extent) -> dict[str, Any]:
    if not placed.is_source:
        return {"source": None, "source_start": None, "line": None, "pieces": []}
    normalised = placed.document.normalised
    start, end = normalised.source_span(extent.start, extent.end)
    return {
        "source": normalised.source.text[start:end],
        "source_start": start,
        "line": normalised.source.line_at(start),
        "pieces": _pieces(normalised, extent, start),
    }


def _pieces(normalised: NormalisedText, extent: _Extent, source_start: int) -> list[list[int]]:
    """Where the stretches of a passage come from: start and end in it, start and end in its source, 1 for what was rewritten as a whole."""
    pieces = [(extent.start, extent.end, Span(extent.start, extent.end), False)]
    for rewriting in reversed(normalised.rewritings):
        before: list[tuple[int, int, Span, bool]] = []
        for start, end, span, is_edit in pieces:
            if is_edit:
                before.append((start, end, rewriting.source_span(span), True))
                continue
            shift = start - span.start
            before += [
                (piece.after.start + shift, piece.after.end + shift, piece.before, piece.is_edit)
                for piece in rewriting.pieces(span)
            ]
        pieces = before
    rows: list[list[int]] = []
    for start, end, span, is_edit in pieces:
        row = [
            start - extent.start,
            end - extent.start,
            span.start - source_start,
            span.end - source_start,
            int(is_edit),
        ]
        if rows and not is_edit and not rows[-1][4] and rows[-1][3] == row[2]:
            rows[-1][1], rows[-1][3] = row[1], row[3]
        else:
            rows.append(row)
    return rows


def source_span(passage: Passage, start: int, end: int) -> Span | None:
    """Where a stretch of a passage (not empty) stands in the source of the document; None where that is not at hand."""
    pieces, offset = passage["pieces"], passage["source_start"]
    if not pieces:
        return None
    first = pieces[_piece_at(pieces, start)]
    last = pieces[_piece_at(pieces, end - 1)]
    begin = first[2] if first[4] else first[2] + start - first[0]
    stop = last[3] if last[4] else last[2] + end - last[0]
    return Span(offset + begin, offset + max(begin, stop))


def _piece_at(pieces: Sequence[Sequence[int]], offset: int) -> int:
    return bisect_left(pieces, offset + 1, key=lambda piece: piece[0]) - 1


def _plain(value: Any) -> Any:
    """Dates as text, all else as it is."""
    return value.isoformat() if isinstance(value, date) else dict(value) if isinstance(value, Mapping) else value
