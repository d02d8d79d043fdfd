"""Comparing beside analysing, in one run; and the matching of many tasks."""

from __future__ import annotations

import random

from benchmarks.timing import Row, medians, milliseconds, ratio, texts
from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.analysis import analyse
from policykit.compare import compare
from policykit.compare.documents import Side
from policykit.compare.matching import match
from policykit.compare.words import lexicon

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


def _tasks(words: list[str], seed: int) -> str:
    """400 tasks of 60 words each, drawn as words are: a few of them often."""
    chosen = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(words))]
    bodies = ("".join(chosen.choices(words, weights, k=60)) for _ in range(_TASKS))
    return "一、主要任务\n" + "\n".join(f"{number}.{body}。" for number, body in enumerate(bodies, 1))


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
    many = [Side(_loaded(_tasks(list(lexicon().words)[::7], seed))) for seed in (3, 4)]
    matching = medians({"matching": lambda: match(*many)}, max(3, repeats // 3))
    return [
        milliseconds(f"analysing two documents of {len(old)} and {len(new)} characters", found["analysing"]),
        milliseconds("comparing them", found["comparing"]),
        ratio("comparing / analysing", found["comparing"] / found["analysing"]),
        milliseconds(f"matching {len(many[0].units)} tasks with {len(many[1].units)}", matching["matching"]),
    ]
