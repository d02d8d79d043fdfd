"""Looking a document's terms up and sorting them by task and place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from policykit.document.model import Document, Section
from policykit.domains.matching import TermMatch
from policykit.domains.vocabulary import Vocabulary
from policykit.domains.weighing import (
    HEADING_FLOOR,
    TITLE_FLOOR,
    Shares,
    Signals,
    TaskEvidence,
    choose,
    choose_for_standards,
    heading_weights,
    shares,
    signals,
    term_weights,
)
from policykit.patterns import compiled
from policykit.text.spans import Span

#: a bracket or line that may assign work
_CHARGE = compiled(r"[（(〔]([^（）()〔〕\n]{2,400})[）)〕]|(?:牵头|责任|配合|主办)(?:单位|部门)[：:]([^\n]{2,300})")
_CHARGE_WORD = compiled(r"负责|牵头|配合|责任单位|责任部门|指导|参与|(?:局|署|厅|委|部|办公室)$")
_SENTENCE_END = compiled("[。；;\n]")
#: a line up to this length without a full stop, behind a finished sentence, heads what follows
_GROUP_HEADING, _GROUP_HEADING_LINES = 24, 3
_FINISHED = frozenset("。；！？）)”：:")

_STANDARDISATION = "standardisation"
#: a document is about standardisation where this part of its theme is
_ABOUT_STANDARDS = 0.45
#: what is left there of the terms that speak of standardisation alone
_STANDARDS_DAMPED = 0.2
#: in documents with at least so many tasks, a term that stands in more than this part of them is damped, by this much where it stands in all
_FEWEST_TASKS, _COMMON_FROM, _DAMPING = 5, 0.3, 0.8
#: what title, headings and bodies say of what the whole document is about
_TITLE, _HEADINGS, _BODIES = 0.6, 0.2, 0.2
#: smaller parts of what a document is about are no theme
_LEAST_THEME = 0.08
#: so many tasks before and behind a task are its company
_NEAR = 2


class TaskStretch(NamedTuple):
    """Where the text of a task stands: up to `end`, its heading, an unnumbered heading above (empty where there is none)."""

    task: Section
    end: int
    heading: Span
    group: Span


class DomainReader:
    """The terms of one document, and what they say task by task. Domains are named by their position in the vocabulary."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.standards = vocabulary.position(_STANDARDISATION)
        text = document.text
        self.matches: list[TermMatch] = vocabulary.matcher.find(text)
        self._starts = [match[1] for match in self.matches]
        self._sentence_ends = [end.start() for end in _SENTENCE_END.finditer(text)]
        self._charges = [
            bracket.span() for bracket in _CHARGE.finditer(text) if bracket[2] or _CHARGE_WORD.search(bracket[1])
        ]
        self._charge_starts = [start for start, _ in self._charges]
        self._chapters: dict[tuple[str | None, int], Shares] = {}

    def task_domains(self, tasks: Sequence[Section]) -> dict[str, tuple[int, ...]]:
        """The domains of each task by its id, the main one first."""
        theme, found = self.task_signals(tasks)
        if self.standards is not None and self.is_about_standards(theme):
            return {
                task.id: choose_for_standards(self.standards, rows) for task, rows in zip(tasks, found, strict=True)
            }
        return {task.id: choose(rows) for task, rows in zip(tasks, found, strict=True)}

    def task_signals(self, tasks: Sequence[Section]) -> tuple[Shares, list[dict[int, Signals]]]:
        """What the document is about, and what speaks for which domain in each task."""
        stretches = self.stretches(tasks)
        evidence = [self.task_evidence(stretch) for stretch in stretches]
        theme = self.theme(evidence)
        damping = self.damping(evidence)
        if self.is_about_standards(theme):
            # there the enumerations say what the standards are for, and every task speaks of standards
            evidence = [self.task_evidence(stretch, with_lists=True) for stretch in stretches]
            damping = self.damping(evidence) | self.standards_damping()
        alone = [
            signals(self.vocabulary, found, chapter=self.chapter(stretch), theme=theme, damping=damping)
            for stretch, found in zip(stretches, evidence, strict=True)
        ]
        return theme, [self.with_company(tasks, alone, place) for place in range(len(tasks))]

    def terms(self, start: int, end: int) -> list[int]:
        """The terms that begin in a stretch of the text."""
        first = bisect_left(self._starts, start)
        return [match[0] for match in self.matches[first : bisect_left(self._starts, end, first)]]

    def stretches(self, tasks: Sequence[Section]) -> list[TaskStretch]:
        """Where each task's own text and the headings for it stand.

        Policy addresses set short unnumbered lines between their numbered paragraphs. Such a line is the heading of the next paragraph
        where that has none, and a chapter's heading for those behind it.
        """
        found: list[TaskStretch] = []
        parent: str | None = None
        group = Span(0, 0)
        is_first_below = False
        for task in tasks:
            if task.parent != parent:
                parent, group = task.parent, Span(0, 0)
            heading = Span(task.heading_start, task.heading_end)
            if is_first_below and task.heading is None:
                heading = group
            end = self.behind_own_text(task)
            found.append(TaskStretch(task, end, heading, group))
            is_first_below = end < task.end
            if is_first_below:
                group = Span(end, task.end)
        return found

    def behind_own_text(self, task: Section) -> int:
        """Where a task's text ends and short lines that head what follows begin; the task's end where there are none."""
        text, end = self.document.text, task.end
        for _ in range(_GROUP_HEADING_LINES):
            stop = end - 1 if text[end - 1 : end] == "\n" else end
            line = text.rfind("\n", task.heading_end, stop) + 1
            if not 0 < line < stop <= line + _GROUP_HEADING or text[stop - 1] in _FINISHED:
                break
            end = line
        return end if text[end - 2 : end - 1] in _FINISHED else task.end

    def task_evidence(self, stretch: TaskStretch, *, with_lists: bool = False) -> TaskEvidence:
        """The terms of a task, by place.

        A term in the middle of an enumeration (between two 、) is one of many things mentioned and left out, unless `with_lists`.
        """
        text = self.document.text
        task, end = stretch.task, stretch.end
        start = max(task.heading_end, task.start)
        place = bisect_left(self._starts, start)
        behind = bisect_left(self._starts, end, place)
        charges = self._charges[bisect_left(self._charge_starts, start) : bisect_left(self._charge_starts, end)]
        charges.append((end, end))
        charge_start, charge_end = charges[0]
        next_charge = 1
        charge: list[int] = []
        first_end = bisect_right(self._sentence_ends, start)
        ends = [*self._sentence_ends[first_end : bisect_left(self._sentence_ends, end, first_end)], end]
        at_sentence = 0
        sentence_end = -1
        sentences: list[list[int]] = []
        for index, match_start, match_end in self.matches[place:behind]:
            while match_start >= charge_end and next_charge < len(charges):
                charge_start, charge_end = charges[next_charge]
                next_charge += 1
            if charge_start <= match_start < charge_end:
                charge.append(index)
                continue
            if not with_lists and text[match_start - 1] == "、" and text[match_end : match_end + 1] == "、":
                continue
            if match_start >= sentence_end:
                at_sentence = bisect_right(ends, match_start, at_sentence)
                sentence_end = ends[at_sentence]
                sentences.append([])
            sentences[-1].append(index)
        return TaskEvidence(
            heading=self.terms(*stretch.heading),
            sentences=sentences,
            charge=charge,
            sentence_count=len(ends) - 1,
            is_safeguard=task.role == "safeguard",
        )

    def chapter(self, stretch: TaskStretch) -> Shares:
        """What the headings above a task are about: that of its chapter and an unnumbered one between the two."""
        parent = stretch.task.parent
        key = (parent, stretch.group.start)
        if key not in self._chapters:
            terms = self.terms(*stretch.group)
            if parent is not None:
                above = self.document.section(parent)
                terms += self.terms(above.heading_start, above.heading_end)
            self._chapters[key] = shares(heading_weights(self.vocabulary, terms), HEADING_FLOOR)
        return self._chapters[key]

    def theme(self, tasks: Sequence[TaskEvidence]) -> Shares:
        """What the whole document is about: its title, the headings of its tasks, their bodies."""
        parts: list[tuple[float, Shares]] = []
        if title := self.document.metadata.title:
            terms = [match[0] for match in self.vocabulary.matcher.find(title)]
            parts.append((_TITLE, shares(term_weights(self.vocabulary, terms), TITLE_FLOOR)))
        for task in tasks:
            heading = term_weights(self.vocabulary, task.heading)
            parts.append((_HEADINGS / len(tasks), shares(heading, HEADING_FLOOR)))
            body = term_weights(self.vocabulary, list(chain.from_iterable(task.sentences)))
            parts.append((_BODIES / len(tasks), shares(body, HEADING_FLOOR)))
        joined: Shares = {}
        for weight, found in parts:
            for domain, share in found.items():
                joined[domain] = joined.get(domain, 0.0) + weight * share
        return {domain: share for domain, share in joined.items() if share >= _LEAST_THEME}

    def is_about_standards(self, theme: Shares) -> bool:
        """Whether a document with such a theme is about standardisation."""
        return self.standards is not None and theme.get(self.standards, 0.0) >= _ABOUT_STANDARDS

    def standards_damping(self) -> dict[int, float]:
        """Factors for the terms that speak of standardisation alone."""
        only = [
            index
            for index, found in enumerate(self.vocabulary.evidence)
            if len(found) == 1 and found[0][0] == self.standards
        ]
        return dict.fromkeys(only, _STANDARDS_DAMPED)

    def damping(self, tasks: Sequence[TaskEvidence]) -> dict[int, float]:
        """Factors for the terms that stand in so many tasks of the document that they tell no task from another."""
        if len(tasks) < _FEWEST_TASKS:
            return {}
        carrying = Counter(chain.from_iterable({*task.heading, *chain.from_iterable(task.sentences)} for task in tasks))
        damping = {}
        for index, number in carrying.items():
            part = number / len(tasks)
            if part > _COMMON_FROM and number >= 3:
                damping[index] = 1.0 - _DAMPING * (part - _COMMON_FROM) / (1.0 - _COMMON_FROM)
        return damping

    def with_company(
        self, tasks: Sequence[Section], alone: Sequence[dict[int, Signals]], place: int
    ) -> dict[int, Signals]:
        """The signals of a task, with what the tasks near it under the same heading are about."""
        parent = tasks[place].parent
        near = [
            alone[other]
            for other in range(max(0, place - _NEAR), min(len(tasks), place + _NEAR + 1))
            if other != place and tasks[other].parent == parent
        ]
        found = alone[place]
        company: Shares = {}
        for rows in near:
            for domain, row in rows.items():
                if domain in found:
                    part = max(row.heading_share, row.body_share) / len(near)
                    company[domain] = company.get(domain, 0.0) + part
        return {
            domain: row._replace(company=company[domain]) if domain in company else row for domain, row in found.items()
        }
