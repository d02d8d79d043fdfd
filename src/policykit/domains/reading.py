"""Looking a document's terms up and sorting them by task and place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, compress, count, islice
from operator import itemgetter
from typing import NamedTuple

from policykit.document.model import Document, Section
from policykit.domains.vocabulary import Vocabulary
from policykit.domains.weighing import (
    HEADING_FLOOR,
    TITLE_FLOOR,
    Shares,
    TaskEvidence,
    TaskWeights,
    charge_shares,
    choose,
    choose_for_standards,
    heading_weights,
    score,
    shares,
    term_weights,
    weigh_task,
)
from policykit.patterns import compiled
from policykit.text.places import places

#: brackets that may assign work, by the sign they open with: a pattern that begins with one sign is found much faster
_BRACKETS = {sign: compiled(sign + r"([^（）()〔〕\n]{2,400})[）)〕]") for sign in ("（", r"\(", "〔")}
#: a line that does, and what it cannot do without
_CHARGE_LINE = compiled(r"(?:牵头|责任|配合|主办)(?:单位|部门)[：:][^\n）)〕]{2,300}")
_CHARGE_LINE_SIGNS, _CHARGE_WORD_LENGTH = ("单位：", "单位:", "部门：", "部门:"), 2
_CHARGED = ("负责", "局", "署", "厅", "委", "部", "办公室")  # how what is in them ends mostly, which takes no pattern
_CHARGE_WORD = compiled("负责|牵头|配合|责任单位|责任部门|指导|参与")
#: of what ends a sentence as a full stop does
_OTHER_ENDS = "\n；;"
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
    heading: tuple[int, int]
    group: tuple[int, int]


def _enumerated(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Each term that is all there is between two 、, and where it starts."""
    between = text.split("、")
    listed = vocabulary.listed
    found = list(compress(count(1), map(listed.__contains__, between[1:-1])))
    if found:
        lengths = list(accumulate(map(len, between)))
        for place in found:
            # before it stand the stretches before it and as many 、
            yield listed[between[place]], lengths[place - 1] + place
    for term in vocabulary.holding_signs:
        for sign in places(text, [f"、{term}、"]):
            yield listed[term], sign + 1


def _charges(text: str) -> Iterator[tuple[int, int]]:
    """The brackets and lines that may assign work."""
    for sign, bracket in _BRACKETS.items():
        if sign[-1] in text:
            for match in bracket.finditer(text):
                inside = match[1]
                if inside.endswith(_CHARGED) or _CHARGE_WORD.search(inside):
                    yield match.span()
    behind = 0
    for sign_place in places(text, _CHARGE_LINE_SIGNS):
        start = sign_place - _CHARGE_WORD_LENGTH
        if start >= behind and (line := _CHARGE_LINE.match(text, start)):
            behind = line.end()
            yield start, behind


def _join(joined: Shares, part: float, found: Shares) -> None:
    """Adds the shares found in one place by the part that the place has in the whole."""
    for domain, share in found.items():
        joined[domain] = joined.get(domain, 0.0) + part * share


class DomainReader:
    """The terms of one document, and what they say task by task. Domains are named by their position in the vocabulary."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.standards = vocabulary.position(_STANDARDISATION)
        text = document.text
        #: the terms in the order of the text, as indexes of the vocabulary; equal ones are one object, which a dict knows at a glance
        self.terms: list[int] = []
        self._starts: list[int] = []
        numbers = vocabulary.numbers
        matches = vocabulary.matcher.matches(text)
        while some := list(islice(matches, _AT_ONCE)):
            self.terms += map(numbers.__getitem__, map(itemgetter(0), some))
            self._starts += map(itemgetter(1), some)
        #: 0 for a term in the middle of an enumeration, between two 、
        self._counts = bytearray(b"\1") * len(self.terms)
        for index, start in _enumerated(text, vocabulary):
            place = bisect_left(self._starts, start)
            # a longer term that holds a 、 itself may stand there instead
            if place < len(self._starts) and self._starts[place] == start and self.terms[place] == index:
                self._counts[place] = 0
        charges = sorted(_charges(text))
        self._charge_starts = [start for start, _ in charges]
        #: the brackets and lines that assign work, as ranges of the terms that stand in them
        self._charges = [(bisect_left(self._starts, start), bisect_left(self._starts, end)) for start, end in charges]
        self._chapters: dict[tuple[str | None, int], Shares] = {}

    def task_domains(self, tasks: Sequence[Section]) -> dict[str, tuple[int, ...]]:
        """The domains of each task by its id, the main one first."""
        stretches = self.stretches(tasks)
        evidence = [self.task_evidence(stretch) for stretch in stretches]
        carrying = self.carrying(evidence)
        theme = self.theme(evidence, carrying)
        damping = self.damping(len(tasks), carrying)
        if self.is_about_standards(theme):
            # there the enumerations say what the standards are for, and every task speaks of standards
            evidence = [self.task_evidence(stretch, with_lists=True) for stretch in stretches]
            damping |= self.standards_damping()
        chosen = self._chosen(stretches, evidence, theme, damping)
        return {task.id: domains for task, domains in zip(tasks, chosen, strict=True)}

    def _chosen(
        self,
        stretches: Sequence[TaskStretch],
        evidence: Sequence[TaskEvidence],
        theme: Shares,
        damping: Mapping[int, float],
    ) -> Iterator[tuple[int, ...]]:
        """Task by task; of a document with ten thousand tasks only those near one another are weighed at a time."""
        standards = self.standards if self.is_about_standards(theme) else None
        vocabulary = self.vocabulary
        parents = [stretch.task.parent for stretch in stretches]
        # the tasks near the one in hand, those before it and those to come, each with the heading that it stands under
        near: deque[tuple[str | None, TaskWeights]] = deque()
        coming = iter(zip(parents, evidence, strict=True))
        for place, (stretch, found) in enumerate(zip(stretches, evidence, strict=True)):
            for above, other in islice(coming, _NEAR + 1 if place == 0 else 1):
                near.append((above, weigh_task(vocabulary, other, damping)))
            if place > _NEAR:
                near.popleft()
            parent, weights = near[min(place, _NEAR)]
            scores = score(
                weights,
                charge=charge_shares(vocabulary, found.charge),
                chapter=self.chapter(stretch),
                theme=theme,
                company=[
                    (other.presence, other.body_total)
                    for above, other in near
                    if above == parent and other is not weights
                ],
                is_safeguard=found.is_safeguard,
            )
            yield choose(scores) if standards is None else choose_for_standards(standards, scores, weights)

    def terms_in(self, start: int, end: int) -> list[int]:
        """The terms that begin in a stretch of the text."""
        if start >= end:
            return []
        first = bisect_left(self._starts, start)
        return self.terms[first : bisect_left(self._starts, end, first)]

    def stretches(self, tasks: Sequence[Section]) -> list[TaskStretch]:
        """Where each task's own text and the headings for it stand.

        Policy addresses set short unnumbered lines between their numbered paragraphs. Such a line is the heading of the next paragraph
        where that has none, and a chapter's heading for those behind it.
        """
        found: list[TaskStretch] = []
        parent: str | None = None
        group = (0, 0)
        is_first_below = False
        for task in tasks:
            if task.parent != parent:
                parent, group = task.parent, (0, 0)
            heading = (task.heading_start, task.heading_end)
            if is_first_below and task.heading is None:
                heading = group
            end = self.behind_own_text(task)
            found.append(tuple.__new__(TaskStretch, (task, end, heading, group)))
            is_first_below = end < task.end
            if is_first_below:
                group = (end, task.end)
        return found

    def behind_own_text(self, task: Section) -> int:
        """Where a task's text ends and short lines that head what follows begin; the task's end where there are none."""
        text, end = self.document.text, task.end
        for _ in range(_GROUP_HEADING_LINES):
            stop = end - 1 if text[end - 1 : end] == "\n" else end
            if text[stop - 1 : stop] in _FINISHED:
                break
            # no further than a heading reaches, and the end of the line before it
            line = text.rfind("\n", max(task.heading_end, stop - _GROUP_HEADING - 1), stop) + 1
            if not 0 < line < stop:
                break
            end = line
        return end if end == task.end or text[end - 2 : end - 1] in _FINISHED else task.end

    def task_evidence(self, stretch: TaskStretch, *, with_lists: bool = False) -> TaskEvidence:
        """The terms of a task, by place.

        A term in the middle of an enumeration (between two 、) is one of many things mentioned and left out, unless `with_lists`.
        """
        task, end, heading, _ = stretch
        starts, terms = self._starts, self.terms
        start = task.start if task.start > task.heading_end else task.heading_end
        place = bisect_left(starts, start)
        behind = bisect_left(starts, end, place)
        in_heading = self.terms_in(*heading)
        is_safeguard = task.role == "safeguard"
        if place == behind:
            return tuple.__new__(TaskEvidence, (in_heading, 0, [], [], is_safeguard))
        opening_end = bisect_left(starts, self.sentence_end(start, end), place, behind)
        # of each term 1 or 0: whether it counts in a sentence
        counts = bytearray(b"\1") * (behind - place) if with_lists else self._counts[place:behind]
        charge: list[int] = []
        charge_starts = self._charge_starts
        nearest, at = bisect_left(charge_starts, start), place
        for first, last in self._charges[nearest : bisect_left(charge_starts, end, nearest)]:
            # brackets may stand in a line that assigns work, or go on behind the task
            first = first if first > at else at
            last = last if last < behind else behind
            if first < last:
                charge += terms[first:last]
                counts[first - place : last - place] = bytes(last - first)
                at = last
        body = terms[place:behind]
        opening = opening_end - place
        if 0 in counts:
            opening = counts.count(1, 0, opening)
            body = list(compress(body, counts))
        # by its names the tuple would take three times as long
        return tuple.__new__(TaskEvidence, (in_heading, opening, body, charge, is_safeguard))

    def sentence_end(self, start: int, end: int) -> int:
        """The end of the sentence behind an offset; a full stop at the offset itself ends the one before."""
        text = self.document.text
        place = text.find("。", start + 1, end)
        if place >= 0:
            end = place
        sentence = text[start + 1 : end]
        for sign in _OTHER_ENDS:
            if sign in sentence:
                sentence = sentence[: sentence.index(sign)]
                end = start + 1 + len(sentence)
        return end

    def chapter(self, stretch: TaskStretch) -> Shares:
        """What the headings above a task are about: that of its chapter and an unnumbered one between the two."""
        parent = stretch.task.parent
        key = (parent, stretch.group[0])
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
        joined: Shares = {}
        vocabulary = self.vocabulary
        if title := self.document.metadata.title:
            terms = [match[0] for match in vocabulary.matcher.find(title)]
            _join(joined, _TITLE, shares(term_weights(vocabulary, terms), TITLE_FLOOR))
        headings = _HEADINGS / len(tasks)
        for task in tasks:
            if task.heading:
                _join(joined, headings, shares(term_weights(vocabulary, task.heading), HEADING_FLOOR))
        sums = [0.0] * len(vocabulary.domains)
        table = vocabulary.evidence
        for index, number in carrying.items():
            for domain, weight in table[index]:
                sums[domain] += weight * number
        bodies = {domain: weight for domain, weight in enumerate(sums) if weight}
        _join(joined, _BODIES, shares(bodies, HEADING_FLOOR))
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
        common = max(_COMMON_FROM * tasks, 2)
        return {
            index: 1.0 - _DAMPING * (number / tasks - _COMMON_FROM) / (1.0 - _COMMON_FROM)
            for index, number in carrying.items()
            if number > common
        }
