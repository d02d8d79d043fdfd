"""The words that texts are compared by, and how common they are in policy documents.

A word is what the background list (`data/dictionaries/background.txt`: words as jieba cuts them, counted over policy documents) or a
domain dictionary knows, found leftmost first, the longest of those; Latin names (5G, REITs) count as words too. A long word speaks
with the words inside it as well: 应急管理 shares 应急 with 应急救援.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter

from policykit.cache import cached_value, content_key
from policykit.dictionaries import packaged_digest
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
        return word in self._ritual

    @cached_property
    def _ritual(self) -> frozenset[str]:
        return frozenset(word for word in self.counts if self.share(word) >= RITUAL_SHARE)


@lru_cache(maxsize=1)
def background() -> Background:
    """The background list that comes with the package."""
    documents, counts = 1, dict[str, int]()
    for line in _background_list().decode("utf-8").splitlines():
        head, _, words = line.partition(" ")
        if head == "documents":
            documents = int(words)
        elif head != "#":
            counts.update(dict.fromkeys(words.split(), int(head)))
    return Background(documents, counts)


@lru_cache(maxsize=1)
def _background_list() -> bytes:
    return (data_directory() / "dictionaries" / "background.txt").read_bytes()


def latin_words(text: str) -> list[str]:
    """The names in Latin letters in a text.

    >>> latin_words("发行REITs，2025年建成5G基站，提高3.5%")
    ['REITs', '5G']
    """
    return LATIN.findall(text) if _LETTER.search(text) else []


class Lexicon:
    """Finds words in texts; remembers which words stand inside others."""

    def __init__(self, words: Sequence[str]) -> None:
        # two documents of common length are reason enough for the automaton
        self._matcher = TermMatcher(words, accelerated=True)
        #: for the index of each word the word and the words inside it
        self.spoken_at: Mapping[int, tuple[str, ...]] = _Spoken(self._matcher.terms, frozenset(words))

    @property
    def words(self) -> tuple[str, ...]:
        """All words, by the index that `places` gives."""
        return self._matcher.terms

    @cached_property
    def indexes(self) -> Mapping[str, int]:
        """The index of each word."""
        return {word: index for index, word in enumerate(self.words)}

    def places(self, text: str) -> list[TermMatch]:
        """Where words stand in a text: the index of the word, start, end (exclusive). Latin words are left out."""
        return self._matcher.find(text)

    def spoken(self, places: Iterable[TermMatch]) -> Iterator[str]:
        """The words at some places, each followed by the words inside it."""
        return chain.from_iterable(map(self.spoken_at.__getitem__, map(_index, places)))

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
        spoken = self[index] = (word, *words_inside(word, self._words))
        return spoken


def words_inside(word: str, words: Set[str]) -> list[str]:
    """The words that a longer one is made of, and those that these are made of.

    >>> words_inside("人民政府", {"人民", "民政", "政府"}), words_inside("标准化工作", {"标准", "标准化", "化工", "工作"})
    (['人民', '政府'], ['标准化', '工作', '标准'])
    """
    found: dict[str, None] = {}
    waiting = [word]
    for whole in waiting:
        parts = [part for part in _parts(whole, words) if part not in found]
        found.update(dict.fromkeys(parts))
        waiting += parts
    return list(found)


def _parts(whole: str, words: Set[str]) -> list[str]:
    """The words inside a word that leave the fewest characters of it outside of words."""
    length = len(whole)
    places = [
        (start, end)
        for start in range(length - 1)
        for end in range(start + 2, length + 1)
        if end - start < length and whole[start:end] in words
    ]
    before = _left_alone(places, length)
    behind = _left_alone([(length - end, length - start) for start, end in places], length)[::-1]
    chosen = [(start, end) for start, end in places if before[start] + behind[end] == before[length]]
    if before[length]:
        # 本条例 may be 本条 and 例: of words that overlap the commonest is meant
        chosen.sort(key=lambda place: (-background().share(whole[slice(*place)]), place))
        kept: list[tuple[int, int]] = []
        for start, end in chosen:
            if all(end <= first or last <= start for first, last in kept):
                kept.append((start, end))
        chosen = sorted(kept)
    return [whole[start:end] for start, end in chosen]


def _left_alone(places: Sequence[tuple[int, int]], length: int) -> list[int]:
    """For each number of first characters how many of them at least are in none of the words at some places, none overlapping another."""
    ending: dict[int, list[int]] = {}
    for start, end in places:
        ending.setdefault(end, []).append(start)
    fewest = [0]
    for end in range(1, length + 1):
        fewest.append(min([fewest[end - 1] + 1, *(fewest[start] for start in ending.get(end, ()))]))
    return fewest


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of the background list and the terms of the packaged domains."""
    key = content_key("lexicon", [packaged_digest(), _background_list()], made_by=__file__)
    return Lexicon(cached_value(key, _words))


def _words() -> tuple[str, ...]:
    """All words in order: sorted once, for the same list makes the same."""
    from policykit.extractors.domains import domain_vocabulary

    words = set(background().counts)
    for domain in domain_vocabulary().domains:
        words.update(domain.strong_terms, domain.terms, domain.weak_terms)
    return tuple(sorted(word for word in words if not LATIN.fullmatch(word)))
