"""Comparing beside analysing, in one run; and the matching of many tasks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.timing import Row, medians, milliseconds, ratio, texts
from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.analysis import analyse
from policykit.comparison import compare
from policykit.comparison.documents import Side
from policykit.comparison.matching import match
from policykit.comparison.words import lexicon

#: how long the two documents are made, and how many tasks are matched
_CHARACTERS, _TASKS = 20_000, 400


def _long(paragraphs: list[str], seed: int) -> str:
    """A document of about 20,000 characters: numbered tasks out of the paragraphs of others, in a random order."""
    chosen = random.Random(seed)
    parts, length, number = ["一、主要任务"], 0, 0
    while length < _CHARACTERS:
        body = chosen.choice(paragraphs)
        number += 1
        parts.append(f"{number}.{body}")
        length += len(body)
    return "\n".join(parts)


def _tasks(words: Sequence[str], seed: int) -> LoadedAnalysis:
    """The analysis of a document with 400 tasks of 60 words each, drawn as words are: a few of them often."""
    chosen = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(words))]
    data = analyse("一、主要任务\n1.建设平台。建设数据平台。").to_data()
    task, entry = data["tasks"][0], data["outline"][-1]
    data["tasks"], data["outline"] = [], data["outline"][:1]
    for number in range(1, _TASKS + 1):
        id = f"1.{number}"
        body = "".join(chosen.choices(words, weights, k=60))
        data["tasks"].append({**task, "id": id, "heading": body[:12], "text": body})
        data["outline"].append({**entry, "id": id, "number": number})
    return as_loaded(data)


def _loaded(text: str) -> LoadedAnalysis:
    return as_loaded(analyse(text))


def measure(folder: str | None, repeats: int) -> list[Row]:
    """Two documents of 20,000 characters made of the paragraphs of a folder (or the corpus), and 400 tasks against 400."""
    paragraphs = [line.strip() for text in texts(folder) for line in text.splitlines() if len(line.strip()) > 80]
    old, new = _long(paragraphs, 1), _long(paragraphs, 2)
    before, after = _loaded(old), _loaded(new)
    found = medians(
        {
            "analysing": lambda: (analyse(old).to_data(), analyse(new).to_data()),
            "comparing": lambda: compare(before, after),
        },
        repeats,
    )
    many = [Side(_tasks(lexicon().words[::7], seed)) for seed in (3, 4)]
    matching = medians({"matching": lambda: match(*many)}, max(3, repeats // 3))
    return [
        milliseconds(f"analysing two documents of {len(old)} and {len(new)} characters", found["analysing"]),
        milliseconds("comparing them", found["comparing"]),
        ratio("comparing / analysing", found["comparing"] / found["analysing"]),
        milliseconds(f"matching {len(many[0].units)} tasks with {len(many[1].units)}", matching["matching"]),
    ]
