"""The document behind an analysis: its text with the outline laid over it again, its sentences, and where they stand in the source.

Summary and search read it. Where the document is at hand, the text is its working text and every stretch leads to the source's own
letters. A saved analysis whose document has gone still holds the normalised text of its tasks and the sentences of its targets: then
the text is put together from those, and a stretch leads to the outline entry that it stands in, without a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from policykit.analyses import LoadedAnalysis
from policykit.document.model import Document, Metadata, Section
from policykit.patterns import compiled
from policykit.text.normalise import NormalisedText
from policykit.text.source import source_from_text
from policykit.text.spans import Span

#: what may stand between a heading and the text behind it
_AFTER_HEADING = " 。：:，\n"
#: how far behind the start of an entry its heading is looked for
_MARKER_ROOM = 40
#: what stands before the first word of a sentence and is no part of it
_BULLETS = " \t\r\n\u3000•●▪◆■□"


class Place(NamedTuple):
    """Where a stretch stands in the source; `quote` is None where the source is not at hand (then the place is that of its entry)."""

    span: Mapping[str, int] | None
    quote: str | None

    @property
    def line(self) -> int | None:
        """The line (from 1) that the stretch begins in."""
        return None if self.span is None else self.span["line"]


@dataclass(frozen=True)
class PlacedText:
    """An analysis (`data`) with its document; `is_source` says whether the text is that of the document or was put together."""

    data: Mapping[str, Any]
    document: Document
    is_source: bool

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def rows(self) -> dict[str, Mapping[str, Any]]:
        """The outline entries as the analysis has them, by their ids."""
        return {row["id"]: row for row in self.data["outline"]}

    @cached_property
    def tasks(self) -> dict[str, Mapping[str, Any]]:
        """The tasks by their ids."""
        return {row["id"]: row for row in self.data["tasks"]}

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """The ids of the entries that stand in the text."""
        return frozenset(section.id for section in self.document.sections)

    def within(self, id: str | None) -> Iterator[Mapping[str, Any]]:
        """The outline entry with an id and those above it, from within; nothing for None."""
        while id is not None and id in self.rows:
            row = self.rows[id]
            yield row
            id = row["parent"]

    def task_of(self, id: str | None) -> Mapping[str, Any] | None:
        """The task that an outline entry is or stands in."""
        return next((self.tasks[row["id"]] for row in self.within(id) if row["id"] in self.tasks), None)

    def first_sentence(self, id: str) -> str | None:
        """The first sentence below the heading of an outline entry; None where it is not at hand."""
        if id not in self.known_ids:
            return None
        section = self.document.section(id)
        first = next(sentences(self.text, section.body_start, section.end), None)
        return self.text[first.start : first.end] if first else None

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the text stands in the source."""
        if not self.is_source:
            section = self.document.section_at(start)
            return Place(None if section is None else self.rows[section.id]["span"], None)
        normalised = self.document.normalised
        span = normalised.source_span(start, end)
        line = normalised.source.line_at(span.start)
        quote = normalised.source.text[span.start : span.end]
        return Place({"start": span.start, "end": span.end, "line": line}, quote)

    def span_of(self, row: Mapping[str, Any]) -> Span | None:
        """Where a finding (a target, a deadline) stands in the text; None where the document is not at hand."""
        if not self.is_source:
            return None
        return self.document.normalised.working_span(row["span"]["start"], row["span"]["end"])


def sentences(text: str, start: int = 0, end: int | None = None, *, whole: bool = False) -> Iterator[Span]:
    """The sentences of a stretch of text in order, without the white space around them and the bullets before them.

    A sentence ends behind 。！？； and what closes a quotation or bracket behind it; with `whole` ； ends none.

    >>> ["一是快；二是好。”完"[slice(*span)] for span in sentences("一是快；二是好。”完")]
    ['一是快；', '二是好。”', '完']
    """
    for found in _sentence(whole).finditer(text, start, len(text) if end is None else end):
        bare = found[0].lstrip(_BULLETS)
        if bare.strip():
            begin = found.end() - len(bare)
            yield Span(begin, begin + len(bare.rstrip()))


def without_bullet(sentence: str) -> str:
    """A sentence without the bullet that it may begin with."""
    return sentence.lstrip(_BULLETS)


@lru_cache(maxsize=2)
def _sentence(whole: bool) -> re.Pattern[str]:
    stops = "。！？" if whole else "。！？；"
    return compiled(rf"[^{stops}\n]+(?:[{stops}]+[”’）》」』]*)?|[{stops}]+")


def placed_text(loaded: LoadedAnalysis) -> PlacedText:
    """The text of an analysis: its document's where that is at hand.

    >>> from policykit.analyses import as_loaded
    >>> placed = placed_text(as_loaded("一、主要任务\\n（一）建設平臺。建設數據平臺。"))
    >>> task = placed.document.section("1.1")
    >>> placed.text[task.body_start : task.end], placed.place(task.body_start, task.end).quote
    ('建设数据平台。', '建設數據平臺。')
    """
    normalised = loaded.normalised
    if normalised is None:
        return _put_together(loaded.data)
    rows = loaded.data["outline"]
    spans = [normalised.working_span(row["span"]["start"], row["span"]["end"]) for row in rows]
    return PlacedText(
        loaded.data, Document(normalised, _sections(normalised.text, rows, spans), _metadata(loaded.data)), True
    )


def _sections(text: str, rows: Sequence[Mapping[str, Any]], spans: Sequence[Span]) -> tuple[Section, ...]:
    following = [*(span.start for span in spans[1:]), len(text)][: len(spans)]
    return tuple(_section(text, row, span, after) for row, span, after in zip(rows, spans, following, strict=True))


def _section(text: str, row: Mapping[str, Any], span: Span, following: int) -> Section:
    heading: str = row["heading"] or ""
    start = min(span.start + len(row["marker"]), span.end)
    if heading:
        found = text.find(heading, span.start, span.start + len(heading) + _MARKER_ROOM)
        start = start if found < 0 else found
    body = end = min(start + len(heading), max(span.end, start))
    while body < span.end and text[body] in _AFTER_HEADING:
        body += 1
    return Section(
        id=row["id"],
        parent=row["parent"],
        level=row["level"],
        marker=row["marker"],
        number=row["number"],
        role=row["role"],
        heading=row["heading"],
        start=span.start,
        heading_start=start,
        heading_end=end,
        body_start=body,
        own_end=max(span.start, min(span.end, following)),
        end=span.end,
    )


def _metadata(data: Mapping[str, Any]) -> Metadata:
    stated = {**data["document"], "issuers": tuple(data["document"]["issuers"])}
    return Metadata(**stated)


def _put_together(data: Mapping[str, Any]) -> PlacedText:
    """What an analysis still holds of its document: headings, tasks, and the sentences of targets that stand in no task."""
    tasks = {row["id"]: row for row in data["tasks"]}
    parents: dict[str, str | None] = {row["id"]: row["parent"] for row in data["outline"]}
    stated: dict[str | None, dict[str, None]] = {}
    for row in data["targets"]:
        stated.setdefault(row["section"], {})[row["sentence"]] = None
    parts = [sentence + "\n" for sentence in stated.get(None, ())]
    length = sum(map(len, parts))
    rows, spans = [], []
    for row in data["outline"]:
        if _is_below(row["parent"], tasks, parents):
            continue  # its text is part of the task's
        task = tasks.get(row["id"])
        body = task["text"] if task else "".join(stated.get(row["id"], ()))
        parts.append(row["marker"] + (f"{row['heading']}。" if row["heading"] else "") + body + "\n")
        rows.append(row)
        spans.append(Span(length, length + len(parts[-1])))
        length += len(parts[-1])
    ends: dict[str, int] = {}
    for row, span in zip(reversed(rows), reversed(spans), strict=True):
        ends[row["id"]] = max(ends.get(row["id"], 0), span.end)
        if row["parent"] is not None:
            ends[row["parent"]] = max(ends.get(row["parent"], 0), ends[row["id"]])
    spans = [Span(span.start, ends[row["id"]]) for row, span in zip(rows, spans, strict=True)]
    text = "".join(parts)
    normalised = NormalisedText(source_from_text(text), text)
    return PlacedText(data, Document(normalised, _sections(text, rows, spans), _metadata(data)), False)


def _is_below(id: str | None, tasks: Mapping[str, Any], parents: Mapping[str, str | None]) -> bool:
    while id is not None:
        if id in tasks:
            return True
        id = parents.get(id)
    return False
