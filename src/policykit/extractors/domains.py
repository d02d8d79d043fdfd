"""The policy domains that tasks belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from policykit.document.model import Document, Section
from policykit.domains.dictionary import domain_files, load_domains
from policykit.domains.reading import DomainReader
from policykit.domains.vocabulary import WEAK, Vocabulary, build_vocabulary
from policykit.findings import DomainResult


def extract_domains(
    document: Document, tasks: Sequence[Section], dictionaries: Sequence[Path] = ()
) -> tuple[dict[str, tuple[str, ...]], tuple[DomainResult, ...]]:
    """The domains of each task (by task id, the main one first) and of the document as a whole.

    `dictionaries` are folders of the user's own domain files. Raises `DictionaryError` for a bad one.
    """
    vocabulary = domain_vocabulary(dictionaries)
    if not tasks:
        return {}, ()
    reader = DomainReader(document, vocabulary)
    chosen = reader.task_domains(tasks)
    names = [domain.id for domain in vocabulary.domains]
    task_domains = {id: tuple(names[domain] for domain in found) for id, found in chosen.items()}
    return task_domains, document_domains(reader, tasks, chosen)


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


def document_domains(
    reader: DomainReader, tasks: Sequence[Section], chosen: Mapping[str, tuple[int, ...]]
) -> tuple[DomainResult, ...]:
    """The domains that any task carries, by the part of the tasks' characters that do, with the terms that name them."""
    lengths = {task.id: task.end - task.start for task in tasks}
    whole = sum(lengths.values())
    carrying: dict[int, list[str]] = {}
    for task in tasks:
        for domain in chosen[task.id]:
            carrying.setdefault(domain, []).append(task.id)
    vocabulary = reader.vocabulary
    evidence, terms = vocabulary.evidence, vocabulary.matcher.terms
    counts = dict(Counter(reader.terms))
    naming: list[list[int]] = [[] for _ in vocabulary.domains]
    for index in counts:
        for domain, weight in evidence[index]:
            # words that only add to others (城市, 平台) tip a task's scales, but name nothing that a reader would count
            if weight > WEAK:
                naming[domain].append(index)
    results = []
    for domain, ids in carrying.items():
        entry = vocabulary.domains[domain]
        share = round(sum([lengths[id] for id in ids]) / whole, 4) if whole else 0.0
        # the most frequent first, then by the terms: their indexes are in that order
        indexes = sorted(naming[domain])
        indexes.sort(key=counts.__getitem__, reverse=True)
        found = tuple([(terms[index], counts[index]) for index in indexes])
        mentions = sum([times for _, times in found])
        # by its names the tuple would take three times as long
        results.append(tuple.__new__(DomainResult, (entry.id, entry.name, share, mentions, tuple(ids), found)))
    return tuple(sorted(results, key=lambda row: (-row.share, -row.mentions, row.id)))
