"""Documents to measure batches over: made from the corpus, each another one, the same at every run."""

from __future__ import annotations

import random
import re
from pathlib import Path

_NUMBER = re.compile("[1-9][0-9]*")


def made_document(paragraphs: list[str], number: int, characters: int) -> str:
    """A document of about so many characters: paragraphs of the corpus in another order, with other numbers in them."""
    chosen = random.Random(number)
    parts, length = [f"某市第{number}号标准化行动方案"], 0
    while length < characters:
        paragraph = _NUMBER.sub(lambda found: _near(found[0], chosen), chosen.choice(paragraphs))
        parts.append(paragraph[: characters - length])
        length += len(parts[-1]) + 1
    return "\n".join(parts) + "\n"


def _near(number: str, chosen: random.Random) -> str:
    # years stay years
    return number if len(number) == 4 else str(int(number) + chosen.randrange(9))


def write_documents(folder: Path, count: int, characters: int) -> None:
    """So many made documents as files in a folder."""
    from policykit import open_corpus

    paragraphs = [
        line
        for document in open_corpus()
        for line in document.path.read_text(encoding="utf-8-sig").splitlines()
        if line.strip()
    ]
    for number in range(count):
        # no folder holds more than a thousand
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(made_document(paragraphs, number, characters), encoding="utf-8")
