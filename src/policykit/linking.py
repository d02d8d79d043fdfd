"""Findings that belong together: which deadline governs a place.

A date in the sentence itself comes first; then the date that leads the paragraph; then the nearest lead-in above under the same
heading (a paragraph that opens with 到2027年 governs the bullets and paragraphs behind it until another takes over); then the nearest
heading that carries a date. A title governs nothing, nor does a date in the middle of an earlier paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from policykit.document.model import Document, Section
from policykit.findings import Deadline, GoverningDeadline

#: relations that say by when something is reached; 每年 and 自…起 say how often and from when
_DATING = frozenset({"by", "during", "within", "until"})
#: relations of a date that may govern more than its sentence
_LEADING = frozenset({"by", "during", "within"})


def governing_deadlines(
    document: Document, deadlines: Sequence[Deadline], offsets: Sequence[int]
) -> tuple[GoverningDeadline | None, ...]:
    """For each offset (ascending) the deadline that governs what stands there, or None.

    `inherited` is false where the deadline stands in the same sentence.
    """
    scopes = _Scopes(document, deadlines)
    return tuple(scopes.governing(offset) for offset in offsets)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"[。！？\n]"),
        # what may stand before the date that leads a paragraph: nothing, a label, one short clause
        re.compile(r"[^。！？；\n]{0,30}"),
        # a sentence that announces what follows
        re.compile(r"目标|指标|任务|重点|以下|[:：]$"),
    )


def _is_dating(deadline: Deadline) -> bool:
    """Whether a deadline dates what stands near it. Years without an end (三年内) do, though they give no date; 15个工作日内 does not."""
    if deadline.to_date is None and deadline.duration is not None:
        return deadline.relation == "within" and deadline.duration.endswith(("Y", "M")) and "T" not in deadline.duration
    return deadline.relation in _DATING


class _Scopes:
    """The dating deadlines of a document by sentence, paragraph and heading."""

    def __init__(self, document: Document, deadlines: Sequence[Deadline]) -> None:
        self.document = document
        self.text = document.text
        self.deadlines = [deadline for deadline in deadlines if _is_dating(deadline)]
        self.starts = [deadline.start for deadline in self.deadlines]
        self.headings: dict[str, Deadline] = {}
        self.lead_ins: dict[str | None, list[Deadline]] = {}
        for deadline in self.deadlines:
            section = document.section_at(deadline.start)
            if section is not None and section.heading_start <= deadline.start < section.heading_end:
                # of two dates in one heading the later is to come: 发展成就和“十五五”时期目标
                self.headings[section.id] = deadline
            elif self._leads_on(deadline):
                self.lead_ins.setdefault(section.id if section else None, []).append(deadline)

    def governing(self, offset: int) -> GoverningDeadline | None:
        own = self._in_sentence(offset)
        if own is not None:
            return GoverningDeadline(own, False)
        above = self._leading_paragraph(offset) or self._above(offset)
        return GoverningDeadline(above, True) if above is not None else None

    # --- the sentence and the paragraph ---------------------------------------------------------------------------------

    def _in_sentence(self, offset: int) -> Deadline | None:
        start, end = self._sentence(offset)
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, offset)
        if last > first:
            return self.deadlines[last - 1]
        # 每年发放…，执行期限至2027年: a term may follow what it limits
        behind = bisect_left(self.starts, end)
        following = [deadline for deadline in self.deadlines[last:behind] if deadline.relation == "until"]
        return following[0] if following else None

    def _sentence(self, offset: int) -> tuple[int, int]:
        paragraph = self.document.paragraph_at(offset)
        start = max(paragraph.start, *(self.text.rfind(mark, paragraph.start, offset) + 1 for mark in "。！？"))
        section = self.document.section_at(offset)
        if section is not None and start < section.body_start <= offset:
            start = section.body_start
        found = _patterns()[0].search(self.text, offset, paragraph.end)
        return start, found.start() if found else paragraph.end

    def _leading_paragraph(self, offset: int) -> Deadline | None:
        """The date that opens the paragraph of an offset; among goals, that which opens the nearest dated sentence before it."""
        start = self._body_of_paragraph(offset)
        if self._is_goal(offset):
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, offset)
            for deadline in reversed(self.deadlines[first:last]):
                if deadline.relation in _LEADING and self._opens(deadline, self._sentence(deadline.start)[0]):
                    return deadline
            return None
        index = bisect_left(self.starts, start)
        if index == len(self.starts) or self.starts[index] >= offset:
            return None
        deadline = self.deadlines[index]
        if self._opens(deadline, start) and (deadline.relation == "by" or self._announces(deadline)):
            return deadline
        return None

    def _body_of_paragraph(self, offset: int) -> int:
        """Where the paragraph of an offset begins, behind a heading that runs into it."""
        paragraph = self.document.paragraph_at(offset)
        section = self.document.section_at(offset)
        return (
            section.body_start
            if section is not None and paragraph.start <= section.body_start <= offset
            else paragraph.start
        )

    def _opens(self, deadline: Deadline, start: int) -> bool:
        before = self.text[start : deadline.start]
        # 在此基础上再奋斗五年，到2035年: an outlook beyond the goals that follow
        outlook = "奋斗" in self.text[start : deadline.end][-30:]
        return len(before) <= 30 and not outlook and _patterns()[1].fullmatch(before.strip()) is not None

    def _leads_on(self, deadline: Deadline) -> bool:
        """Whether a date governs more than its paragraph: it opens the paragraph as a lead-in does, or the sentence above bullets."""
        start = self._body_of_paragraph(deadline.start)
        if not self._opens(deadline, start):
            if self._is_goal(deadline.start):
                return deadline.relation in _LEADING and self._opens(deadline, self._sentence(deadline.start)[0])
            end = self.document.paragraph_at(deadline.start).end
            return self.text.startswith(("\n—", "\n－", "\n•"), end) and self._opens(
                deadline, self._sentence(deadline.start)[0]
            )
        if deadline.relation == "by" and self.text.startswith(("到", "展望"), deadline.start):
            return True
        return deadline.relation in _LEADING and self._announces(deadline)

    def _is_goal(self, offset: int) -> bool:
        section = self.document.section_at(offset)
        return section is not None and section.role == "objective"

    def _announces(self, deadline: Deadline) -> bool:
        """Whether the sentence of a date says that goals or tasks follow."""
        _, end = self._sentence(deadline.start)
        return _patterns()[2].search(self.text, deadline.end, end) is not None

    # --- what stands above ----------------------------------------------------------------------------------------------

    def _above(self, offset: int) -> Deadline | None:
        section = self.document.section_at(offset)
        while True:
            candidates = self.lead_ins.get(section.id if section else None, ())
            index = bisect_right([deadline.start for deadline in candidates], offset) - 1
            if index >= 0:
                return candidates[index]
            if section is None:
                return None
            if section.id in self.headings:
                return self.headings[section.id]
            section = self._parent(section)
            if section is None:
                return None

    def _parent(self, section: Section) -> Section | None:
        return self.document.parent_of(section)
