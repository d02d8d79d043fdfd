"""Whether a part of a document speaks of what was reached or of what is to be done: headings, the openings of paragraphs, years."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from policykit.document.model import Document, Section
from policykit.extractors.quantities.cues import CuePattern, cue_starts
from policykit.text.spans import Span

#: `rule`: an article of a law or regulation; `open`: nothing decides, the sentence must
Tense = Literal["past", "future", "open", "rule"]

#: 2025年, 2021—2025年: the year that a paragraph or heading opens with
_YEAR = CuePattern(r"[^，。；0-9《“]{0,8}?(?:(19|20)[0-9]{2}(?:[—–-]|至))?((?:19|20)[0-9]{2})年(?!代|版)")
#: “十四五”时期
_PERIOD = CuePattern(r"[“\"「]?(十[一二三四五六七]五)[”\"」]?(?:时期|期间|以来|末|规划期)?")
_PERIOD_ENDS = {
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
    "十六五": 2035,
    "十七五": 2040,
}
_OPENING = CuePattern(
    r"(?:各位代表[！!，,：:]?|同志们[！!]?|[一二三四五六七八九十]{1,3}是|——|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,3}[.．、] ?|•)? ?"
)
#: what these two begin with, so that other paragraphs need not be tried
_OPENING_STARTS = frozenset("各同一二三四五六七八九十—（(0123456789• ")
_PERIOD_STARTS = frozenset('“"「十')


class Tenses:
    """The tense of every paragraph of a document, worked out where it is asked for.

    A heading decides for its section, the opening words of a paragraph for that paragraph. A work report runs on: what its headings and
    openings (过去一年, 今年经济社会发展主要预期目标) say holds until another says something else, and it begins with the past year.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.year = reference_year(document)
        self.is_report = is_report(document)
        self.is_prose = document.metadata.level in ("hong-kong", "macau", "taiwan")
        self._of_section: dict[str, Tense] = {}
        self._of_paragraph: dict[int, Tense] = {}
        self._starts: list[int] = []
        self._values: list[Tense] = []
        if self.is_report:
            self._read_report()

    def at(self, paragraph: Span) -> Tense:
        """The tense of a paragraph."""
        if self.is_report:
            return self._values[bisect_right(self._starts, paragraph.start) - 1]
        known = self._of_paragraph.get(paragraph.start)
        if known is None:
            known = self._of_paragraph[paragraph.start] = self._read(paragraph)
        return known

    def _read(self, paragraph: Span) -> Tense:
        section = self.document.section_at(paragraph.start)
        if section is not None and section.heading_end > paragraph.end:
            section = self.document.parent_of(section)
        tense = "open" if section is None else self._section(section)
        if tense == "rule":
            return tense
        return _opening_tense(self.document.text, paragraph.start, paragraph.end, self.year) or tense

    def _section(self, section: Section) -> Tense:
        known = self._of_section.get(section.id)
        if known is None:
            known = _section_tense(section)
            if known is None:
                parent = self.document.parent_of(section)
                known = "open" if parent is None else self._section(parent)
            self._of_section[section.id] = known
        return known

    def _read_report(self) -> None:
        text = self.document.text
        state: Tense = "past"
        headings = {section.start: section for section in self.document.sections}
        for paragraph in self.document.paragraphs:
            section = headings.get(paragraph.start)
            stated = (
                heading_tense(section.heading)
                if section is not None and section.heading and section.level == 1
                else None
            )
            opening = _opening_tense(text, paragraph.start, paragraph.end, self.year)
            if stated in ("past", "future"):
                state = stated
            elif opening is not None:
                state = opening
            self._starts.append(paragraph.start)
            self._values.append(state)


_HEADING_PAST = CuePattern("<headings_past>(?:$|[和与及、]|（)|<headings_past_anywhere>")
_HEADING_FUTURE = CuePattern("<headings_future>")
_HEADING_NOT_PAST = CuePattern("<headings_not_past_after>")
_PARAGRAPH = CuePattern("(?P<past><paragraphs_past>)|(?P<future><paragraphs_future>)")


def heading_tense(heading: str) -> Tense | None:
    """What a heading says of the tense of its part; None where it says nothing.

    >>> heading_tense("2025年工作回顾"), heading_tense("重点任务"), heading_tense("夯实发展基础")
    ('past', 'future', None)
    """
    if len(heading) > 40:
        return None
    looks_back = _HEADING_PAST.search(heading) is not None and not _HEADING_NOT_PAST.match(heading)
    if _HEADING_FUTURE.search(heading):
        # 发展成就和主要目标任务: both; its paragraphs must say
        return "open" if looks_back else "future"
    return "past" if looks_back else None


def _opening_tense(text: str, start: int, end: int, year: int | None) -> Tense | None:
    """What the first words of a paragraph say."""
    opening = _OPENING.match(text, start, end) if text[start : start + 1] in _OPENING_STARTS else None
    position = opening.end() if opening else start
    first = text[position : position + 1]
    if first in cue_starts("paragraphs_past|paragraphs_future"):
        match = _PARAGRAPH.match(text, position, end)
        if match is not None:
            return "past" if match.lastgroup == "past" else "future"
    period = _PERIOD.match(text, position, end) if first in _PERIOD_STARTS else None
    if period is not None and year is not None:
        end = _PERIOD_ENDS[period[1]]
        # a document of 2025 says of the years 2021 to 2025 what was reached as well as what is still to be done
        return "past" if end < year else "future" if end - 4 > year - 1 and end - 4 >= year else None
    # the longest that it can be is 2021—2025年 behind eight characters
    stated = _YEAR.match(text, position, end) if text.find("年", position, position + 18) >= 0 else None
    if stated is not None and year is not None:
        return "past" if int(stated[2]) < year else "future"
    return None


def reference_year(document: Document) -> int | None:
    """The year a document was written in: its date, else that of its title, else the first year that it sets a time for; None if unknown."""
    metadata = document.metadata
    stated = metadata.issued or metadata.published
    if stated is not None:
        return stated.year
    if is_report(document):
        years = [int(match[2]) for match in _YEAR.finditer(document.text, 0, 400)]
        return max(years) if years else None
    years = [int(match[1]) for match in _TITLE_YEAR.finditer(metadata.title or "")]
    years = years or [int(match[1]) for match in _DUE.finditer(document.text)]
    return min(years) if years else None


_TITLE_YEAR = CuePattern(r"(20[0-9]{2})")
#: 2025年底前, 2025年内: a year by which something is due
_DUE = CuePattern(r"(20[0-9]{2})年(?:[0-9]{1,2}月)?(?:底|末|年底|内)?(?:之?前|内|或之前)")


def is_report(document: Document) -> bool:
    """Whether a document is a report, of a government's work or of a matter, which looks back first."""
    title = document.metadata.title or document.text[:200]
    return (
        document.metadata.kind in ("政府工作报告", "工作报告", "报告")
        or "政府工作报告" in title
        or title.endswith("情况的报告")
    )


def _section_tense(section: Section) -> Tense | None:
    if section.role == "article":
        return "rule"
    if section.role in ("objective", "principle", "safeguard"):
        return "future"
    return heading_tense(section.heading) if section.heading else None
