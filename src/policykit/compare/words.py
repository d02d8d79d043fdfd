"""The words that texts are compared by, and how common they are in policy documents.

A word is what the background list (`data/dictionaries/background.txt`: words as jieba cuts them, counted over policy documents) or a
domain dictionary knows, found leftmost first, the longest of those; Latin names (5G, REITs) count as words too. A long word speaks
with the words inside it as well: 应急管理 shares 应急 with 应急救援.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from policykit.domains.matching import TermMatcher
from policykit.resources import data_directory

#: A word that stands in this share of all policy documents or more is ritual: it says little about any of them.
RITUAL_SHARE = 0.55

#: Latin letters and digits as they stand for something (5G, AI, GB/T); plain numbers are none.
LATIN = re.compile(r"(?=[0-9A-Za-z+./-]{0,12}[A-Za-z])[0-9A-Za-z][0-9A-Za-z+./-]{0,23}")
_SHORTEST_WITH_PARTS = 4


@dataclass(frozen=True)
class Background:
    """How many of `documents` policy documents have each word."""

    documents: int
    counts: Mapping[str, int]

    def share(self, word: str) -> float:
        """The share of policy documents that have the word, from 0 to 1.

        >>> background().share("推进") > RITUAL_SHARE > background().share("脑机接口")
        True
        """
        return self.counts.get(word, 0) / self.documents

    def is_ritual(self, word: str) -> bool:
        """Whether a word stands in most policy documents."""
        return self.share(word) >= RITUAL_SHARE


@lru_cache(maxsize=1)
def background() -> Background:
    """The background list that comes with the package."""
    documents, counts = 1, dict[str, int]()
    path = data_directory() / "dictionaries" / "background.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        head, _, words = line.partition(" ")
        if head == "documents":
            documents = int(words)
        elif head != "#":
            counts.update(dict.fromkeys(words.split(), int(head)))
    return Background(documents, counts)


class Lexicon:
    """Finds words in texts; remembers what it found out about each word."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._matcher = TermMatcher(sorted(words))
        self._parts: dict[str, tuple[str, ...]] = {}

    def words(self, text: str) -> list[str]:
        """The words of a text in their order, those of Latin letters behind the others.

        >>> lexicon().words("推进5G应急管理，推进应急救援。")
        ['推进', '应急管理', '推进', '应急救援', '5G']
        """
        terms = self._matcher.terms
        return [terms[index] for index, _, _ in self._matcher.find(text)] + LATIN.findall(text)

    def places(self, text: str) -> list[tuple[str, int, int]]:
        """The words of a text with their starts and ends, Latin ones left out."""
        terms = self._matcher.terms
        return [(terms[index], start, end) for index, start, end in self._matcher.find(text)]

    def features(self, text: str) -> list[str]:
        """The words of a text, each followed by the words inside it.

        >>> lexicon().features("应急管理")
        ['应急管理', '应急', '管理']
        """
        found: list[str] = []
        parts = self._parts
        for word in self.words(text):
            found.append(word)
            if len(word) >= _SHORTEST_WITH_PARTS:
                inside = parts.get(word)
                if inside is None:
                    inside = parts[word] = self._inside(word)
                found.extend(inside)
        return found

    def _inside(self, word: str) -> tuple[str, ...]:
        length = len(word)
        stretches = (word[start:end] for start in range(length - 1) for end in range(start + 2, length + 1))
        return tuple(stretch for stretch in stretches if len(stretch) < length and stretch in self._words)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of the background list and the terms of the packaged domains."""
    from policykit.extractors.domains import domain_vocabulary

    words = set(background().counts)
    for domain in domain_vocabulary().domains:
        words.update(domain.strong_terms, domain.terms, domain.weak_terms)
    return Lexicon(frozenset(word for word in words if not LATIN.fullmatch(word)))
