"""Findings that belong together: which deadline governs a place.

A date in the sentence itself comes first; then the date that leads the paragraph; then the nearest lead-in above under the same
heading (a paragraph that opens with 到2027年 governs the bullets and paragraphs behind it until another takes over); then the nearest
heading that carries a date. A title governs nothing, save that of an appended list of a year's work (2026年十件实事); nor does a date
in the middle of an earlier paragraph.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from policykit.document.appended import appended_parts
from policykit.document.model import Document, Section
from policykit.findings import Deadline, GoverningDeadline
from policykit.patterns import compiled
from policykit.text.spans import Span

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
    if not deadlines:
        return (None,) * len(offsets)
    scopes = _Scopes(document, deadlines)
    return tuple(scopes.governing(offset) for offset in offsets)


class _Patterns(NamedTuple):
    label: re.Pattern[str]  # what may stand before the date that leads a paragraph: nothing, a label, one short clause
    announces: re.Pattern[str]  # in a sentence that announces what follows
    goals: re.Pattern[str]  # in a sentence whose list is one of goals
    work: re.Pattern[str]  # in the title of a list of work


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns(
        compiled(r"[^。！？；\n]{0,30}"),
        compiled(r"目标|指标|任务|重点|以下|[:：]$"),
        compiled(r"(?:目标|指标) ?[:：是为]"),
        compiled(r"^[^。；]{0,60}(?:实事|任务|目标|指标|重点(?:工作|项目|工程)|工作安排|分工)[^。；]{0,12}$"),
    )


def _is_dating(deadline: Deadline) -> bool:
    """Whether a deadline dates what stands near it. Years without an end (三年内) do, though they give no date; 15个工作日内 does not."""
    if deadline.to_date is None and deadline.duration is not None:
        return deadline.relation == "within" and deadline.duration.endswith(("Y", "M")) and "T" not in deadline.duration
    return deadline.relation in _DATING


#: how far a lead-in may stand behind the beginning of its paragraph, how much of its sentence is read, how many dates are looked through
_LABEL_LENGTH = 30
_REACH = 300
_FEW = 20
#: what joins the members of a list of dates, or of values
_JOINTS = ("、", "和", "与", "及")
#: among how many lines behind 附件 its title is looked for
_TITLE_LINES = 2


class _Scopes:
    """The dating deadlines of a document by sentence, paragraph and heading."""

    def __init__(self, document: Document, deadlines: Sequence[Deadline]) -> None:
        self.document = document
        self.text = document.text
        text = self.text
        self.ends = [end for end in document.sentence_ends if text[end] != "；"]
        self.deadlines = [deadline for deadline in deadlines if _is_dating(deadline)]
        self.beginnings = [deadline for deadline in deadlines if deadline.relation == "effective"]
        self.starts = [deadline.start for deadline in self.deadlines]
        self.headings: dict[str, Deadline] = {}
        self.titles: list[tuple[Span, Deadline]] = []
        self.lead_ins: dict[str | None, tuple[list[int], list[Deadline]]] = {}
        for deadline in self.deadlines:
            section = document.section_at(deadline.start)
            if section is not None and section.heading_start <= deadline.start < section.heading_end:
                # of two dates in one heading the later is to come: 发展成就和“十五五”时期目标
                self.headings[section.id] = deadline
            elif self._leads_on(deadline, section):
                starts, leading = self.lead_ins.setdefault(section.id if section else None, ([], []))
                starts.append(deadline.start)
                leading.append(deadline)

        parts = appended_parts(document) if self.deadlines else ()
        for part in parts:
            if title := self._title_of(part):
                self.titles.append((part, title))

    def governing(self, offset: int) -> GoverningDeadline | None:
        section = self.document.section_at(offset)
        own = self._in_sentence(offset, section)
        if own is not None:
            return None if self._starts_later(own, offset) else GoverningDeadline(own, False)
        above = self._leading_paragraph(offset, section) or self._above(offset, section) or self._appended_title(offset)
        if above is not None:
            return GoverningDeadline(above, True)
        behind = self._closing_list(offset, section)
        return GoverningDeadline(behind, False) if behind is not None else None

    # --- the sentence and the paragraph ---------------------------------------------------------------------------------

    def _sentence(self, offset: int, section: Section | None) -> tuple[int, int]:
        index = bisect_left(self.ends, offset)
        start = self.ends[index - 1] + 1 if index else 0
        if section is not None and start < section.body_start <= offset:
            start = section.body_start
        return start, self.ends[index] if index < len(self.ends) else len(self.text)

    def _in_sentence(self, offset: int, section: Section | None) -> Deadline | None:
        start, end = self._sentence(offset, section)
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, offset)
        if last > first:
            return self._respective(first, last, offset) or self.deadlines[last - 1]
        # 每年发放…，执行期限至2027年: a term may follow what it limits
        for deadline in self.deadlines[last : last + _FEW]:
            if deadline.start >= end:
                break
            if deadline.relation == "until":
                return deadline
        return None

    def _respective(self, first: int, last: int, offset: int) -> Deadline | None:
        """到2025年和2030年，分别达到70%、75%: each value has the date that stands in its place of the list."""
        begins = self.text.find("分别", self.deadlines[last - 1].end, offset)
        if begins < 0:
            return None
        start = last - 1
        while start > first and self.text[self.deadlines[start - 1].end : self.deadlines[start].start] in _JOINTS:
            start -= 1
        place = sum(self.text.count(joint, begins, offset) for joint in _JOINTS)
        return self.deadlines[start + place] if place < last - start > 1 else None

    def _starts_later(self, own: Deadline, offset: int) -> bool:
        """今年内建成跑道，2035年起处理能力增加五成: what begins behind a date is not reached by it."""
        index = bisect_left(self.beginnings, offset, key=lambda deadline: deadline.start) - 1
        if index < 0:
            return False
        beginning = self.beginnings[index]
        later = own.to_date and beginning.from_date and beginning.from_date > own.to_date
        return bool(later) and beginning.start >= own.end

    def _closing_list(self, offset: int, section: Section | None) -> Deadline | None:
        """主要目标：年均增长8%，到2030年，总值达到900亿元: the one date of a list of goals dates what stands before it too."""
        start, end = self._sentence(offset, section)
        index = bisect_left(self.starts, offset)
        if index == len(self.starts) or self.starts[index] >= end:
            return None
        deadline = self.deadlines[index]
        alone = index + 1 == len(self.starts) or self.starts[index + 1] >= end
        clause = self.text[deadline.start - 1 : deadline.start] in ("，", ",")
        if deadline.relation != "by" or not alone or not clause or not self.text.startswith("到", deadline.start):
            return None
        stated = _patterns().goals.search(self.text, start, min(offset, start + _REACH))
        return deadline if stated else None

    def _leading_paragraph(self, offset: int, section: Section | None) -> Deadline | None:
        """The date that opens the paragraph of an offset; among goals, that which opens the nearest dated sentence before it."""
        start = self._body_of_paragraph(offset, section)
        first = bisect_left(self.starts, start)
        if section is not None and section.role == "objective":
            last = bisect_left(self.starts, offset)
            for deadline in reversed(self.deadlines[max(first, last - _FEW) : last]):
                if self._opens_sentence(deadline, section):
                    return deadline
            return None
        if first == len(self.starts) or self.starts[first] >= offset:
            return None
        deadline = self.deadlines[first]
        if self._opens(deadline, start) and (deadline.relation == "by" or self._announces(deadline, section)):
            return deadline
        return None

    def _body_of_paragraph(self, offset: int, section: Section | None) -> int:
        """Where the paragraph of an offset begins, behind a heading that runs into it."""
        start = self.document.paragraph_at(offset).start
        return section.body_start if section is not None and start <= section.body_start <= offset else start

    def _opens(self, deadline: Deadline, start: int) -> bool:
        if deadline.start - start > _LABEL_LENGTH:
            return False
        # 在此基础上再奋斗五年，到2035年: an outlook beyond the goals that follow
        if "奋斗" in self.text[start : deadline.end]:
            return False
        return _patterns().label.fullmatch(self.text[start : deadline.start].strip()) is not None

    def _opens_sentence(self, deadline: Deadline, section: Section | None) -> bool:
        start = self._sentence(deadline.start, section)[0]
        if deadline.relation in _LEADING and self._opens(deadline, start):
            return True
        # 根据…相关要求，到2025年，…: among goals, a clause of its own however long the grounds before it
        return (
            section is not None
            and section.role == "objective"
            and self.text[deadline.start - 1 : deadline.start] in ("，", ",")
            and "奋斗" not in self.text[start : deadline.end].replace("奋斗目标", "")
            and (
                (deadline.relation == "by" and self.text.startswith("到", deadline.start))
                # 综合考虑发展条件，今后五年的主要目标是
                or (self.text.startswith(("今后", "未来"), deadline.start) and self._announces(deadline, section))
            )
        )

    def _leads_on(self, deadline: Deadline, section: Section | None) -> bool:
        """Whether a date governs more than its paragraph: it opens the paragraph as a lead-in does, or the sentence above bullets."""
        if not self._opens(deadline, self._body_of_paragraph(deadline.start, section)):
            if section is None or section.role != "objective":
                end = self.document.paragraph_at(deadline.start).end
                if not self.text.startswith(("\n—", "\n－", "\n•"), end):
                    return False
            return self._opens_sentence(deadline, section)
        if deadline.relation == "by" and self.text.startswith(("到", "展望"), deadline.start):
            return True
        return deadline.relation in _LEADING and self._announces(deadline, section)

    def _announces(self, deadline: Deadline, section: Section | None) -> bool:
        """Whether the sentence of a date says that goals or tasks follow."""
        _, end = self._sentence(deadline.start, section)
        return _patterns().announces.search(self.text, deadline.end, min(end, deadline.end + _REACH)) is not None

    # --- what stands above ----------------------------------------------------------------------------------------------

    def _above(self, offset: int, section: Section | None) -> Deadline | None:
        while section is not None:
            if (found := self._lead_in(section.id, offset)) or (found := self.headings.get(section.id)):
                return found
            above = self.document.parent_of(section)
            if above is None and not section.marker.startswith(("—", "－", "•", "-")):
                return None  # what stands before the first heading governs no heading, but its own bullets
            section = above
        return self._lead_in(None, offset)

    def _lead_in(self, id: str | None, offset: int) -> Deadline | None:
        starts, leading = self.lead_ins.get(id, ((), ()))
        index = bisect_right(starts, offset) - 1
        return leading[index] if index >= 0 else None

    # --- appended lists -------------------------------------------------------------------------------------------------

    def _title_of(self, part: Span) -> Deadline | None:
        """2026年十件实事: the year that opens the title of an appended list dates the work that it lists."""
        opening = self.text.find("\n", part.start, part.end)
        for _ in range(_TITLE_LINES):
            if opening < 0:
                return None
            end = self.text.find("\n", opening + 1, part.end)
            index = bisect_left(self.starts, opening + 1)
            if index < len(self.starts) and self.starts[index] == opening + 1:
                line = self.text[opening + 1 : end if end >= 0 else part.end]
                return self.deadlines[index] if _patterns().work.search(line) else None
            opening = end
        return None

    def _appended_title(self, offset: int) -> Deadline | None:
        index = bisect_right(self.titles, offset, key=lambda titled: titled[0].start) - 1
        return self.titles[index][1] if index >= 0 and offset < self.titles[index][0].end else None
