"""The words that texts are compared by, and how common they are in policy documents.

A word is what the background list (`data/dictionaries/background.txt`: words as jieba cuts them, counted over policy documents) or a
domain dictionary knows, found leftmost first, the longest of those; Latin names (5G, REITs) count as words too. A long word speaks
with the words inside it as well: 应急管理 shares 应急 with 应急救援.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from policykit.domains.matching import TermMatch, TermMatcher
from policykit.resources import data_directory

#: A word that stands in this share of all policy documents or more is ritual: it says little about any of them.
RITUAL_SHARE = 0.55

#: Latin letters and digits as they stand for something (5G, AI, GB/T); plain numbers are none.
LATIN = re.compile(r"(?=[0-9A-Za-z+./-]{0,12}[A-Za-z])[0-9A-Za-z][0-9A-Za-z+./-]{0,23}")
_LETTER = re.compile("[A-Za-z]")
_index = itemgetter(0)


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


def latin_words(text: str) -> list[str]:
    """The names in Latin letters in a text.

    >>> latin_words("发行REITs，2025年建成5G基站，提高3.5%")
    ['REITs', '5G']
    """
    return LATIN.findall(text) if _LETTER.search(text) else []


class Lexicon:
    """Finds words in texts; remembers which words stand inside others."""

    def __init__(self, words: frozenset[str]) -> None:
        self._matcher = TermMatcher(sorted(words))
        self._spoken = _Spoken(self._matcher.terms, words)

    @property
    def words(self) -> tuple[str, ...]:
        """All words, by the index that `places` gives."""
        return self._matcher.terms

    def places(self, text: str) -> list[TermMatch]:
        """Where words stand in a text: the index of the word, start, end (exclusive). Latin words are left out."""
        return self._matcher.find(text)

    def spoken(self, places: Iterable[TermMatch]) -> Iterator[str]:
        """The words at some places, each followed by the words inside it."""
        return chain.from_iterable(map(self._spoken.__getitem__, map(_index, places)))

    def count(self, text: str) -> Counter[str]:
        """How often each word stands in a text, by itself or inside a longer one.

        >>> sorted(lexicon().count("推进应急管理和5G应急通信").items())
        [('5G', 1), ('应急', 2), ('应急管理', 1), ('应急通信', 1), ('推进', 1), ('管理', 1), ('通信', 1)]
        """
        return Counter(chain(self.spoken(self.places(text)), latin_words(text)))


class _Spoken(dict[int, tuple[str, ...]]):
    """For the index of each word the word and the words inside it, found when first asked for."""

    def __init__(self, terms: Sequence[str], words: frozenset[str]) -> None:
        super().__init__()
        self._terms, self._words = terms, words

    def __missing__(self, index: int) -> tuple[str, ...]:
        word = self._terms[index]
        length = len(word)
        stretches = (word[start:end] for start in range(length - 1) for end in range(start + 2, length + 1))
        spoken = (word, *(part for part in stretches if len(part) < length and part in self._words))
        self[index] = spoken
        return spoken


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of the background list and the terms of the packaged domains."""
    from policykit.extractors.domains import domain_vocabulary

    words = set(background().counts)
    for domain in domain_vocabulary().domains:
        words.update(domain.strong_terms, domain.terms, domain.weak_terms)
    return Lexicon(frozenset(word for word in words if not LATIN.fullmatch(word)))
