"""The policy domains that tasks belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from policykit.document.model import Document, Section
from policykit.domains.dictionary import domain_files, load_domains
from policykit.domains.matching import TermMatch
from policykit.domains.vocabulary import Vocabulary, build_vocabulary
from policykit.domains.weighing import (
    WEIGHTS,
    Shares,
    TaskEvidence,
    Weights,
    choose_domains,
    evidence_shares,
    score_task,
)
from policykit.findings import DomainResult

#: a bracket or line that assigns work
_CHARGE = re.compile(r"[（(〔]([^（）()〔〕\n]{2,400})[）)〕]|(?:牵头|责任|配合|主办)(?:单位|部门)[：:]([^\n]{2,300})")
_CHARGE_WORD = re.compile(r"负责|牵头|配合|责任单位|责任部门|指导|参与|(?:局|署|厅|委|部|办公室)[）)〕]?$")
#: a sentence up to this length that opens a paragraph is taken for a heading
_OPENING_LENGTH = 32
_STANDARDISATION = "standardisation"


def extract_domains(
    document: Document, tasks: Sequence[Section], dictionaries: Sequence[Path] = (), weights: Weights = WEIGHTS
) -> tuple[dict[str, tuple[str, ...]], tuple[DomainResult, ...]]:
    """The domains of each task (by task id, the main one first) and of the document as a whole.

    `dictionaries` are folders of the user's own domain files. Raises `DictionaryError` for a bad one.
    """
    vocabulary = domain_vocabulary(dictionaries)
    matches = vocabulary.matcher.find(document.text)
    reader = _Reader(document, vocabulary, matches, weights)
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


class _Reader:
    """Looks at the matches of one document, task by task."""

    def __init__(
        self, document: Document, vocabulary: Vocabulary, matches: Sequence[TermMatch], weights: Weights
    ) -> None:
        self.document = document
        self.text = document.text
        self.vocabulary = vocabulary
        self.weights = weights
        self.matches = matches
        self.starts = [match[1] for match in matches]

    def counted(self, start: int, end: int) -> Counter[int]:
        """The terms that begin in a stretch of the text."""
        first = bisect_left(self.starts, start)
        behind = bisect_left(self.starts, end, first)
        return Counter([match[0] for match in self.matches[first:behind]])

    def order(self, start: int, end: int) -> tuple[int, ...]:
        first = bisect_left(self.starts, start)
        behind = bisect_left(self.starts, end, first)
        return tuple(m[0] for m in self.matches[first:behind] if self.vocabulary.evidence[m[0]])

    def task_domains(self, tasks: Sequence[Section]) -> dict[str, tuple[int, ...]]:
        evidence = {task.id: self.task_evidence(task) for task in tasks}
        theme = self.theme(list(evidence.values()))
        chapters: dict[str, Shares] = {}
        found: dict[str, tuple[int, ...]] = {}
        standard = self.vocabulary.position(_STANDARDISATION)
        about_standards = standard is not None and theme.get(standard, 0.0) >= 0.45
        for task in tasks:
            scores = score_task(
                self.vocabulary,
                evidence[task.id],
                chapter=self.chapter(task, chapters),
                theme=theme,
                is_safeguard=task.role == "safeguard",
                weights=self.weights,
            )
            if about_standards and standard is not None:
                found[task.id] = self.of_standards(standard, evidence[task.id], scores)
            else:
                found[task.id] = choose_domains(scores, self.weights)
        return found

    def of_standards(self, standard: int, evidence: TaskEvidence, scores: Shares) -> tuple[int, ...]:
        """In a document about standardisation: the domain that the standards are for, then standardisation, then others."""
        heading = {
            domain: share
            for domain, share in evidence_shares(self.vocabulary, [(evidence.heading, 1.0)], 1.0).items()
            if domain != standard
        }
        others = {domain: score for domain, score in scores.items() if domain != standard}
        chosen = list(choose_domains(others, self.weights))
        if not heading or not chosen:
            return (standard, *[d for d in chosen if others[d] >= 0.3][:2])
        if chosen[0] not in heading:
            first = max(heading, key=lambda domain: scores[domain])
            chosen = [first, *[domain for domain in chosen if domain != first]]
        return (chosen[0], standard, *chosen[1:3])

    def task_evidence(self, task: Section) -> TaskEvidence:
        opening: Counter[int] = Counter()
        first_sentence: Counter[int] = Counter()
        rest: Counter[int] = Counter()
        charge: Counter[int] = Counter()
        heading = self.counted(task.heading_start, task.heading_end)
        position, is_first = max(task.heading_end, task.start), True
        text, end = self.text, task.end
        while position < end:
            stop = text.find("\n", position, end)
            stop = end if stop < 0 else stop
            if stop > position:
                sentence = self.sentence_end(position, stop)
                if sentence - position <= _OPENING_LENGTH and sentence < stop:
                    opening += self.counted(position, sentence)
                elif is_first:
                    first_sentence += self.counted(position, sentence)
                else:
                    sentence = position
                is_first = False
                for left, right, is_charge in self.cut(sentence, stop):
                    if is_charge:
                        charge += self.counted(left, right)
                    else:
                        rest += self.counted(left, right)
            position = stop + 1
        return TaskEvidence(
            heading, opening, first_sentence, rest, charge, self.order(task.heading_start, task.heading_end)
        )

    def sentence_end(self, start: int, end: int) -> int:
        return min(
            (place for place in (self.text.find(mark, start, end) for mark in "。；：;") if place >= 0), default=end
        )

    def cut(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """A stretch of a paragraph, cut at the brackets that assign work."""
        pieces: list[tuple[int, int, bool]] = []
        position = start
        for bracket in _CHARGE.finditer(self.text, start, end):
            if bracket[2] or _CHARGE_WORD.search(bracket[1]):
                pieces.append((position, bracket.start(), False))
                pieces.append((bracket.start(), bracket.end(), True))
                position = bracket.end()
        pieces.append((position, end, False))
        return pieces

    def chapter(self, task: Section, known: dict[str, Shares]) -> Mapping[int, float]:
        if task.parent is None:
            return {}
        if task.parent not in known:
            above = self.document.section(task.parent)
            counts = self.counted(above.heading_start, above.heading_end)
            known[task.parent] = evidence_shares(self.vocabulary, [(counts, 1.0)], self.weights.heading_floor)
        return known[task.parent]

    def theme(self, tasks: Sequence[TaskEvidence]) -> Shares:
        """What the whole document is about: its title, and what its tasks' headings and bodies have in common."""
        title = self.document.metadata.title
        shares: Shares = {}
        if title:
            counts = Counter([match[0] for match in self.vocabulary.matcher.find(title)])
            shares = evidence_shares(self.vocabulary, [(counts, 1.0)], 3.0)
        common: Shares = {}
        for evidence in tasks:
            for domain, share in evidence_shares(
                self.vocabulary, [(evidence.heading, 2.0), (evidence.opening, 1.0), (evidence.rest, 0.5)], 3.0
            ).items():
                common[domain] = common.get(domain, 0.0) + share / len(tasks)
        joined = {
            domain: 0.6 * shares.get(domain, 0.0) + 0.4 * common.get(domain, 0.0) for domain in {*shares, *common}
        }
        return {domain: share for domain, share in joined.items() if share >= 0.15}

    def document_domains(
        self, tasks: Sequence[Section], chosen: Mapping[str, tuple[int, ...]]
    ) -> tuple[DomainResult, ...]:
        lengths = {task.id: task.end - task.start for task in tasks}
        whole = sum(lengths.values())
        counts = Counter([match[0] for match in self.matches])
        terms: dict[int, list[tuple[str, int]]] = {}
        for index, number in counts.items():
            for domain, _ in self.vocabulary.evidence[index]:
                terms.setdefault(domain, []).append((self.vocabulary.matcher.terms[index], number))
        results = []
        for domain in {domain for found in chosen.values() for domain in found}:
            ids = tuple(task.id for task in tasks if domain in chosen[task.id])
            rows = sorted(terms.get(domain, ()), key=lambda row: (-row[1], row[0]))
            share = sum(lengths[id] for id in ids) / whole if whole else 0.0
            entry = self.vocabulary.domains[domain]
            results.append(
                DomainResult(entry.id, entry.name, round(share, 4), sum(number for _, number in rows), ids, tuple(rows))
            )
        return tuple(sorted(results, key=lambda row: (-row.share, -row.mentions, row.id)))
