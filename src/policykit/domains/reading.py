"""Looking a document's terms up and sorting them by task and place."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, compress, islice
from typing import NamedTuple

from policykit.document.model import Document, Section
from policykit.domains.vocabulary import Vocabulary
from policykit.domains.weighing import (
    HEADING_FLOOR,
    TITLE_FLOOR,
    Shares,
    Signals,
    TaskEvidence,
    TaskWeights,
    charge_shares,
    choose,
    choose_for_standards,
    heading_weights,
    shares,
    signals,
    term_weights,
    weigh_task,
)
from policykit.patterns import compiled
from policykit.text.spans import Span

#: a bracket that may assign work, and a line that does
_BRACKET = compiled(r"[（(〔]([^（）()〔〕\n]{2,400})[）)〕]")
_CHARGE_LINE = compiled(r"(?:牵头|责任|配合|主办)(?:单位|部门)[：:][^\n）)〕]{2,300}")
_CHARGE_WORD = compiled(r"负责|牵头|配合|责任单位|责任部门|指导|参与|(?:局|署|厅|委|部|办公室)$")
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
#: so many terms are looked at before they are put into columns
_AT_ONCE = 20_000


class TaskStretch(NamedTuple):
    """Where the text of a task stands: up to `end`, its heading, an unnumbered heading above (empty where there is none)."""

    task: Section
    end: int
    heading: Span
    group: Span


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether a term stands in the middle of an enumeration, between two 、."""
    return text[start - 1] == "、" and text[end : end + 1] == "、"


class DomainReader:
    """The terms of one document, and what they say task by task. Domains are named by their position in the vocabulary."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.standards = vocabulary.position(_STANDARDISATION)
        text = document.text
        #: the terms in the order of the text, as indexes of the vocabulary
        self.terms = array("i")
        self._starts = array("i")
        self._counts = bytearray()
        matches = vocabulary.matcher.matches(text)
        while some := list(islice(matches, _AT_ONCE)):
            self.terms.fromlist([match[0] for match in some])
            self._starts.fromlist([match[1] for match in some])
            self._counts += bytes([not _is_listed(text, start, end) for _, start, end in some])
        charges = [bracket.span() for bracket in _BRACKET.finditer(text) if _CHARGE_WORD.search(bracket[1])]
        charges += [line.span() for line in _CHARGE_LINE.finditer(text)]
        self._charges = sorted(charges)
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

    def task_signals(self, tasks: Sequence[Section]) -> tuple[Shares, Iterator[dict[int, Signals]]]:
        """What the document is about, and what speaks for which domain in each task."""
        stretches = self.stretches(tasks)
        evidence = [self.task_evidence(stretch) for stretch in stretches]
        carrying = self.carrying(evidence)
        theme = self.theme(evidence, carrying)
        damping = self.damping(len(tasks), carrying)
        if self.is_about_standards(theme):
            # there the enumerations say what the standards are for, and every task speaks of standards
            evidence = [self.task_evidence(stretch, with_lists=True) for stretch in stretches]
            damping |= self.standards_damping()
        return theme, self._signals(tasks, stretches, evidence, theme, damping)

    def _signals(
        self,
        tasks: Sequence[Section],
        stretches: Sequence[TaskStretch],
        evidence: Sequence[TaskEvidence],
        theme: Shares,
        damping: Mapping[int, float],
    ) -> Iterator[dict[int, Signals]]:
        """Task by task; of a document with ten thousand tasks only those near one another are weighed at a time."""
        weights: deque[TaskWeights] = deque()  # of the tasks from `first` on
        first = 0
        for place, found in enumerate(evidence):
            for coming in evidence[first + len(weights) : place + _NEAR + 1]:
                weights.append(weigh_task(self.vocabulary, coming, damping))
            if first < place - _NEAR:
                weights.popleft()
                first += 1
            yield signals(
                weights[place - first],
                charge=charge_shares(self.vocabulary, found.charge),
                chapter=self.chapter(stretches[place]),
                theme=theme,
                company=[weights[other - first].presence for other in self.company(tasks, place)],
                is_safeguard=found.is_safeguard,
            )

    def company(self, tasks: Sequence[Section], place: int) -> list[int]:
        """The places of the tasks near a task that stand under the same heading."""
        parent = tasks[place].parent
        near = range(max(0, place - _NEAR), min(len(tasks), place + _NEAR + 1))
        return [other for other in near if other != place and tasks[other].parent == parent]

    def terms_in(self, start: int, end: int) -> list[int]:
        """The terms that begin in a stretch of the text."""
        if end <= start:
            return []
        first = bisect_left(self._starts, start)
        return self.terms[first : bisect_left(self._starts, end, first)].tolist()

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
        task, end = stretch.task, stretch.end
        start = max(task.heading_end, task.start)
        place, behind = bisect_left(self._starts, start), bisect_left(self._starts, end)
        opening_end = bisect_left(self._starts, self.sentence_end(start, end), place, max(place, behind))
        charge: list[int] = []
        body: list[int] = []
        opening: list[int] = []
        for first, last in self.charges_in(start, end):
            self._add_body(place, first, body, with_lists)
            if place < opening_end:
                self._add_body(place, min(first, opening_end), opening, with_lists)
            charge += self.terms[max(place, first) : last]
            place = max(place, last)
        self._add_body(place, behind, body, with_lists)
        if place < opening_end:
            self._add_body(place, opening_end, opening, with_lists)
        return TaskEvidence(
            heading=self.terms_in(*stretch.heading),
            opening=opening,
            body=body,
            charge=charge,
            is_safeguard=task.role == "safeguard",
        )

    def charges_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The brackets and lines in a stretch of the text that assign work, as ranges of the terms that stand in them."""
        charges = self._charges[bisect_left(self._charge_starts, start) : bisect_left(self._charge_starts, end)]
        starts = self._starts
        return [(bisect_left(starts, first), bisect_left(starts, min(last, end))) for first, last in charges]

    def _add_body(self, first: int, last: int, found: list[int], with_lists: bool) -> None:
        """Adds a range of the terms, as far as they count in a sentence."""
        terms = self.terms[first:last]
        found += terms if with_lists else compress(terms, self._counts[first:last])

    def sentence_end(self, start: int, end: int) -> int:
        """The end of the sentence behind an offset; a full stop at the offset itself ends the one before."""
        for mark in "\n。；;":
            place = self.document.text.find(mark, start + 1, end)
            if place >= 0:
                end = place
        return end

    def chapter(self, stretch: TaskStretch) -> Shares:
        """What the headings above a task are about: that of its chapter and an unnumbered one between the two."""
        parent = stretch.task.parent
        key = (parent, stretch.group.start)
        if key not in self._chapters:
            terms = self.terms_in(*stretch.group)
            if parent is not None:
                above = self.document.section(parent)
                terms += self.terms_in(above.heading_start, above.heading_end)
            self._chapters[key] = shares(heading_weights(self.vocabulary, terms), HEADING_FLOOR)
        return self._chapters[key]

    def carrying(self, tasks: Sequence[TaskEvidence]) -> Counter[int]:
        """In how many tasks each term stands."""
        return Counter(chain.from_iterable({*task.heading, *task.body} for task in tasks))

    def theme(self, tasks: Sequence[TaskEvidence], carrying: Mapping[int, int]) -> Shares:
        """What the whole document is about: its title, the headings of its tasks, the terms that its tasks share."""
        parts: list[tuple[float, Shares]] = []
        if title := self.document.metadata.title:
            terms = [match[0] for match in self.vocabulary.matcher.find(title)]
            parts.append((_TITLE, shares(term_weights(self.vocabulary, terms), TITLE_FLOOR)))
        for task in tasks:
            heading = term_weights(self.vocabulary, task.heading)
            parts.append((_HEADINGS / len(tasks), shares(heading, HEADING_FLOOR)))
        bodies: Shares = {}
        for index, number in carrying.items():
            for domain, weight in self.vocabulary.evidence[index]:
                bodies[domain] = bodies.get(domain, 0.0) + weight * number
        parts.append((_BODIES, shares(bodies, HEADING_FLOOR)))
        joined: Shares = {}
        for weight, found in parts:
            for domain, share in found.items():
                joined[domain] = joined.get(domain, 0.0) + weight * share
        return {domain: share for domain, share in joined.items() if share >= _LEAST_THEME}

    def is_about_standards(self, theme: Shares) -> bool:
        """Whether a document with such a theme is about standardisation."""
        return self.standards is not None and theme.get(self.standards, 0.0) >= _ABOUT_STANDARDS

    def standards_damping(self) -> dict[int, float]:
        """Factors for the terms of the document that speak of standardisation alone."""
        evidence = self.vocabulary.evidence
        only = [
            index for index in set(self.terms) if len(evidence[index]) == 1 and evidence[index][0][0] == self.standards
        ]
        return dict.fromkeys(only, _STANDARDS_DAMPED)

    def damping(self, tasks: int, carrying: Mapping[int, int]) -> dict[int, float]:
        """Factors for the terms that stand in so many of the tasks that they tell no task from another."""
        if tasks < _FEWEST_TASKS:
            return {}
        return {
            index: 1.0 - _DAMPING * (number / tasks - _COMMON_FROM) / (1.0 - _COMMON_FROM)
            for index, number in carrying.items()
            if number > _COMMON_FROM * tasks and number >= 3
        }
