"""What a task states that other sections of a comparison report: its targets, its deadlines, who is responsible.

Where a number is raised, a date moved or a body replaced, that is the change, and the task around it is the same. So two versions of a
task are compared without these statements before they are called reworded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policykit.comparison.documents import Side, Unit, bare
from policykit.comparison.wording import mainland_words, merged_words
from policykit.dictionaries import packaged_dictionary
from policykit.quantities.units import alternatives
from policykit.text.normalise import working_text

_TARGET, _TIME = "⟨n⟩", "⟨t⟩"


@lru_cache(maxsize=1)
def _around_numbers() -> re.Pattern[str]:
    """The words at a number that say how it is to be compared."""
    data = packaged_dictionary("comparators")
    before = alternatives(word for words in data["before"].values() for word in words)
    behind = alternatives(word for words in data["behind"].values() for word in words)
    return re.compile(f"(?:{before})?{_TARGET}(?:{behind})?")


@lru_cache(maxsize=1)
def commitment_words() -> re.Pattern[str]:
    """Words that say how firmly something is meant; group 1 holds a firm one, group 2 one that is hoped for."""
    data = packaged_dictionary("commitment")
    return re.compile(f"({alternatives(data['firm'])})|({alternatives(data['hoped_for'])})")


def without_statements(side: Side, unit: Unit, *, merged: bool) -> str:
    """Heading and body of a unit with its targets, deadlines and responsibilities taken out; for comparing only.

    `merged` takes words that a gateway makes one of for one.
    """
    text = f"{unit.heading}\n{unit.original}"
    for row in side.statements("responsibilities", unit.id):
        text = text.replace(working_text(row["quote"]), "", 1)
    marked = [
        (row["span"]["start"], working_text(row["quote"]), _TARGET) for row in side.statements("targets", unit.id)
    ]
    marked += [
        (row["span"]["start"], working_text(row["quote"]), _TIME) for row in side.statements("deadlines", unit.id)
    ]
    parts: list[str] = []
    behind = 0
    for _, quote, mark in sorted(marked):
        place = text.find(quote, behind)
        if place >= 0 and quote:
            parts += (text[behind:place], mark)
            behind = place + len(quote)
    text = "".join(parts) + text[behind:]
    sentences = [
        commitment_words().sub("", _around_numbers().sub(_TARGET, sentence)) if _TARGET in sentence else sentence
        for sentence in re.split("(?<=[。；！？\n])", text)
    ]
    worded = mainland_words("".join(sentences))
    return bare(merged_words(worded) if merged else worded)
