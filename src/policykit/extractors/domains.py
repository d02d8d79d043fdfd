"""The policy domains that tasks belong to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from policykit.document.model import Document, Section
from policykit.domains.dictionary import domain_files, load_domains
from policykit.domains.matching import TermMatch
from policykit.domains.vocabulary import Vocabulary, build_vocabulary
from policykit.domains.weighing import (
    HEADING_FLOOR,
    TITLE_FLOOR,
    Shares,
    Signals,
    TaskEvidence,
    choose,
    choose_for_standards,
    shares,
    signals,
    term_weights,
)
from policykit.findings import DomainResult

#: a bracket or line that may assign work
_CHARGE = re.compile(r"[（(〔]([^（）()〔〕\n]{2,400})[）)〕]|(?:牵头|责任|配合|主办)(?:单位|部门)[：:]([^\n]{2,300})")
_CHARGE_WORD = re.compile(r"负责|牵头|配合|责任单位|责任部门|指导|参与|(?:局|署|厅|委|部|办公室)$")
_SENTENCE_END = re.compile("[。；;\n]")
_STANDARDISATION = "standardisation"
#: a document is about standardisation where this part of its theme is
_ABOUT_STANDARDS = 0.45
#: in documents with at least so many tasks, a term that stands in more than this part of them is damped, by this much where it stands in all
_FEWEST_TASKS, _COMMON_FROM, _DAMPING = 5, 0.3, 0.8
#: smaller parts of what a document is about are no theme
_LEAST_THEME = 0.08


def extract_domains(
    document: Document, tasks: Sequence[Section], dictionaries: Sequence[Path] = ()
) -> tuple[dict[str, tuple[str, ...]], tuple[DomainResult, ...]]:
    """The domains of each task (by task id, the main one first) and of the document as a whole.

    `dictionaries` are folders of the user's own domain files. Raises `DictionaryError` for a bad one.
    """
    vocabulary = domain_vocabulary(dictionaries)
    reader = DomainReader(document, vocabulary)
    chosen = reader.task_domains(tasks)
    names = [domain.id for domain in vocabulary.domains]
    task_domains = {id: tuple(names[domain] for domain in found) for id, found in chosen.items()}
    return task_domains, reader.document_domains(tasks, chosen)


def domain_vocabulary(dictionaries: Sequence[str | Path] = ()) -> Vocabulary:
    """The compiled vocabulary of the package's domains and the user's, built once until a file changes."""
    folders = tuple(Path(folder) for folder in dictionaries)
    stamps = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for folder in folders for path in domain_files(folder)
    )
    return _vocabulary(folders, stamps)


@lru_cache(maxsize=4)
def _vocabulary(folders: tuple[Path, ...], stamps: tuple[tuple[str, int, int], ...]) -> Vocabulary:
    return build_vocabulary(load_domains(folders))


class DomainReader:
    """The terms of one document, and what they say task by task."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.standards = vocabulary.position(_STANDARDISATION)
        self.matches: list[TermMatch] = vocabulary.matcher.find(document.text)
        self._starts = [match[1] for match in self.matches]
        self._sentence_ends = [end.start() for end in _SENTENCE_END.finditer(document.text)]
        self._charges = [
            bracket.span()
            for bracket in _CHARGE.finditer(document.text)
            if bracket[2] or _CHARGE_WORD.search(bracket[1])
        ]
        self._charge_starts = [start for start, _ in self._charges]
        self._chapters: dict[str, Shares] = {}

    def terms(self, start: int, end: int) -> list[int]:
        """The terms that begin in a stretch of the text."""
        first = bisect_left(self._starts, start)
        return [match[0] for match in self.matches[first : bisect_left(self._starts, end, first)]]

    def task_evidence(self, task: Section, *, with_lists: bool = False) -> TaskEvidence:
        """The terms of a task, by place.

        A term in the middle of an enumeration (between two 、) is one of many things mentioned and left out, unless `with_lists`.
        """
        start, end = max(task.heading_end, task.start), task.end
        place = bisect_left(self._starts, start)
        behind = bisect_left(self._starts, end, place)
        charges = self._charges[bisect_left(self._charge_starts, start) : bisect_left(self._charge_starts, end)]
        charges.append((end, end))
        charge_start, charge_end = charges[0]
        charge: list[int] = []
        first_end = bisect_right(self._sentence_ends, start)
        last_end = bisect_left(self._sentence_ends, end, first_end)
        ends = [*self._sentence_ends[first_end:last_end], end]
        sentences: list[list[int]] = []
        next_charge = 1
        at_sentence = -1
        sentence_end = -1
        text = self.document.text
        for index, match_start, match_end in self.matches[place:behind]:
            if not with_lists and text[match_start - 1] == "、" and text[match_end : match_end + 1] == "、":
                continue
            while match_start >= charge_end and next_charge < len(charges):
                charge_start, charge_end = charges[next_charge]
                next_charge += 1
            if charge_start <= match_start < charge_end:
                charge.append(index)
                continue
            if match_start >= sentence_end:
                at_sentence = bisect_right(ends, match_start, max(at_sentence, 0))
                sentence_end = ends[at_sentence]
                sentences.append([])
            sentences[-1].append(index)
        return TaskEvidence(
            self.terms(task.heading_start, task.heading_end), sentences, charge, len(ends) - 1, task.role == "safeguard"
        )

    def task_signals(self, tasks: Sequence[Section]) -> tuple[Shares, list[dict[int, Signals]]]:
        """What the document is about, and what speaks for which domain in each task."""
        evidence = [self.task_evidence(task) for task in tasks]
        theme = self.theme(evidence)
        if self.is_about_standards(theme):
            # there the enumerations say what the standards are for
            evidence = [self.task_evidence(task, with_lists=True) for task in tasks]
        damping = self.damping(evidence)
        alone = [
            signals(self.vocabulary, found, chapter=self.chapter(task), theme=theme, damping=damping)
            for task, found in zip(tasks, evidence, strict=True)
        ]
        return theme, [self.with_company(tasks, alone, place) for place in range(len(tasks))]

    def with_company(
        self, tasks: Sequence[Section], alone: Sequence[dict[int, Signals]], place: int
    ) -> dict[int, Signals]:
        """The signals of a task, with what the two tasks before it and behind it under the same heading are about."""
        parent = tasks[place].parent
        near = [
            alone[other]
            for other in range(max(0, place - 2), min(len(tasks), place + 3))
            if other != place and tasks[other].parent == parent
        ]
        found = alone[place]
        if not near:
            return found
        company: Shares = {}
        for rows in near:
            for domain, row in rows.items():
                if domain in found:
                    part = max(row.heading_share, row.body_share) / len(near)
                    company[domain] = company.get(domain, 0.0) + part
        return {domain: row._replace(company=company.get(domain, 0.0)) for domain, row in found.items()}

    def is_about_standards(self, theme: Shares) -> bool:
        """Whether a document with such a theme is about standardisation."""
        return self.standards is not None and theme.get(self.standards, 0.0) >= _ABOUT_STANDARDS

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

    def task_domains(self, tasks: Sequence[Section]) -> dict[str, tuple[int, ...]]:
        """The domains of each task by its id, the main one first."""
        theme, found = self.task_signals(tasks)
        if self.standards is not None and self.is_about_standards(theme):
            return {
                task.id: choose_for_standards(self.standards, rows) for task, rows in zip(tasks, found, strict=True)
            }
        return {task.id: choose(rows) for task, rows in zip(tasks, found, strict=True)}

    def chapter(self, task: Section) -> Shares:
        """What the heading above a task is about."""
        if task.parent is None:
            return {}
        if task.parent not in self._chapters:
            above = self.document.section(task.parent)
            weights = term_weights(self.vocabulary, self.terms(above.heading_start, above.heading_end))
            self._chapters[task.parent] = shares(weights, HEADING_FLOOR)
        return self._chapters[task.parent]

    def theme(self, tasks: Sequence[TaskEvidence]) -> Shares:
        """What the whole document is about: its title, the headings of its tasks, their bodies."""
        parts: list[tuple[float, Shares]] = []
        if title := self.document.metadata.title:
            terms = [match[0] for match in self.vocabulary.matcher.find(title)]
            parts.append((0.6, shares(term_weights(self.vocabulary, terms), TITLE_FLOOR)))
        for task in tasks:
            heading = shares(term_weights(self.vocabulary, task.heading), HEADING_FLOOR)
            parts.append((0.2 / len(tasks), heading))
            body = term_weights(self.vocabulary, list(chain.from_iterable(task.sentences)))
            parts.append((0.2 / len(tasks), shares(body, HEADING_FLOOR)))
        joined: Shares = {}
        for weight, found in parts:
            for domain, share in found.items():
                joined[domain] = joined.get(domain, 0.0) + weight * share
        return {domain: share for domain, share in joined.items() if share >= _LEAST_THEME}

    def document_domains(
        self, tasks: Sequence[Section], chosen: Mapping[str, tuple[int, ...]]
    ) -> tuple[DomainResult, ...]:
        """The domains that any task carries, by the part of the tasks' characters that do."""
        lengths = {task.id: task.end - task.start for task in tasks}
        whole = sum(lengths.values())
        carrying: dict[int, list[str]] = {}
        for task in tasks:
            for domain in chosen[task.id]:
                carrying.setdefault(domain, []).append(task.id)
        terms: dict[int, list[tuple[str, int]]] = {domain: [] for domain in carrying}
        for index, number in Counter([match[0] for match in self.matches]).items():
            for domain, _ in self.vocabulary.evidence[index]:
                if domain in terms:
                    terms[domain].append((self.vocabulary.matcher.terms[index], number))
        results = []
        for domain, ids in carrying.items():
            rows = sorted(terms[domain], key=lambda row: (-row[1], row[0]))
            entry = self.vocabulary.domains[domain]
            results.append(
                DomainResult(
                    id=entry.id,
                    name=entry.name,
                    share=round(sum(lengths[id] for id in ids) / whole, 4) if whole else 0.0,
                    mentions=sum(number for _, number in rows),
                    tasks=tuple(ids),
                    terms=tuple(rows),
                )
            )
        return tuple(sorted(results, key=lambda row: (-row.share, -row.mentions, row.id)))
