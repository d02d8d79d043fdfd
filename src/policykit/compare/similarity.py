"""How alike tasks are: by the words they share, each weighted by how few tasks of the two documents have it.

What all tasks of both documents speak of (标准 in two plans for standardisation) tells nothing; so the weights come from the pair of
documents itself. Words of the headings and the domains count beside the words of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from math import log, sqrt
from operator import neg
from typing import NamedTuple

from policykit.compare.documents import Unit
from policykit.compare.words import Lexicon, latin_words
from policykit.domains.matching import TermMatch

#: What the parts weigh: the words of the whole, of the headings, of a heading in the other's whole, the domains. Where one of two
#: units has no heading or no domains, the other parts share the weight.
WHOLE, HEADING, CROSSWISE, DOMAINS = 1.0, 0.2, 0.2, 0.1
#: Tasks of different roles (a task and a safeguard) are a little less alike.
OTHER_ROLE = 0.03
#: In pairs of documents with more units than this, words that stand in more than so large a part of them are left out: they tell next to
#: nothing and cost the most.
_MANY, _COMMON = 20, 0.4

#: how often words stand somewhere
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """The words of one unit: where they stand in heading and text, how often each is spoken, and those of the heading."""

    places: Sequence[TermMatch]
    counts: Counter[str]
    heading: Counter[str]
    domains: Counter[str]
    role: str


class Weights:
    """How much each word and domain tells about the tasks of two documents."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        number = len(profiles)
        limit = _COMMON * number if number > _MANY else number
        by_frequency = [sqrt(log((number + 1) / (found + 0.5))) for found in range(number + 1)]
        frequency = Counter(chain.from_iterable(profile.counts for profile in profiles))
        #: the weights of words; a word that stands in too many units has none
        self.words = {word: by_frequency[found] for word, found in frequency.items() if found <= limit}
        carrying = Counter(chain.from_iterable(profile.domains for profile in profiles))
        self.domains = {domain: log((number + 1) / (found + 0.5)) for domain, found in carrying.items()}

    def word(self, word: str) -> float:
        """What a word weighs; 0 for one that stands nearly everywhere."""
        return self.words.get(word, 0.0)


def profiles(
    old: Sequence[Unit], new: Sequence[Unit], lexicon: Lexicon
) -> tuple[Weights, list[Profile], list[Profile]]:
    """The weights that two documents give their words, and the profile of each of their units."""
    found = [_profile(unit, lexicon) for unit in (*old, *new)]
    return Weights(found), found[: len(old)], found[len(old) :]


def _profile(unit: Unit, lexicon: Lexicon) -> Profile:
    places = lexicon.places(unit.whole)
    counts = Counter(chain(lexicon.spoken(places), latin_words(unit.whole)))
    end = len(unit.heading)
    heading = Counter(lexicon.spoken(takewhile(lambda place: place[2] <= end, places))) if end else Counter[str]()
    return Profile(places, counts, heading, Counter(dict.fromkeys(unit.domains, 1)), unit.role)


def joined(profiles: Sequence[Profile]) -> Profile:
    """The profile of several units as of one."""
    if len(profiles) == 1:
        return profiles[0]
    counts: Counter[str] = Counter(chain.from_iterable(profile.counts.elements() for profile in profiles))
    heading = Counter(chain.from_iterable(profile.heading for profile in profiles))
    domains = Counter(dict.fromkeys(chain.from_iterable(profile.domains for profile in profiles), 1))
    return Profile((), counts, heading, domains, profiles[0].role)


def likeness_of_words(one: Profile, other: Profile, weights: Weights) -> float:
    """How alike two units are by the words of the whole alone."""
    return _Index([_weigh(other.counts, weights.words)]).products(_weigh(one.counts, weights.words))[0]


def matrix(rows: Sequence[Profile], columns: Sequence[Profile], weights: Weights) -> list[list[float]]:
    """The similarity of each row's unit with each column's, from 0 (no word in common) to 1 (the same words)."""
    in_rows = set(chain.from_iterable(row.counts for row in rows))
    in_both = in_rows.intersection(chain.from_iterable(column.counts for column in columns))
    mine = [_weigh(row.counts, weights.words, in_both) for row in rows]
    theirs = [_weigh(column.counts, weights.words, in_both) for column in columns]
    whole = _Index(theirs)
    heading = _Index([_weigh(column.heading, weights.words) for column in columns])
    domain = _Index([_weigh(column.domains, weights.domains) for column in columns])
    incomplete = [place for place, column in enumerate(columns) if not (column.heading and column.domains)]
    by_role = {row.role: [place for place, column in enumerate(columns) if column.role != row.role] for row in rows}
    every = WHOLE + HEADING + CROSSWISE + DOMAINS
    result = []
    for row, words_of_row in zip(rows, mine, strict=True):
        alike = whole.products(words_of_row)
        domains = domain.products(_weigh(row.domains, weights.domains))
        heading_of_row = _weigh(row.heading, weights.words)
        headings = heading.products(heading_of_row)
        across = list(map(max, whole.products(heading_of_row), heading.products(words_of_row)))
        if row.heading and row.domains:
            line = [
                (WHOLE * words + HEADING * same + CROSSWISE * other + DOMAINS * fields) / every
                for words, same, other, fields in zip(alike, headings, across, domains, strict=True)
            ]
            odd: Iterable[int] = incomplete
        else:
            line, odd = list(alike), range(len(columns))
        for place in odd:
            value, weight = WHOLE * alike[place], WHOLE
            if row.heading and columns[place].heading:
                value += HEADING * headings[place] + CROSSWISE * across[place]
                weight += HEADING + CROSSWISE
            if row.domains and columns[place].domains:
                value += DOMAINS * domains[place]
                weight += DOMAINS
            line[place] = value / weight
        for place in by_role[row.role]:
            line[place] = max(0.0, line[place] - OTHER_ROLE)
        result.append(line)
    return result


class _Weighed(NamedTuple):
    """Words of a unit with their weights in it, and the length of the vector that all its words are."""

    words: list[tuple[str, float]]
    length: float


def _weigh(counts: Counts, weights: Mapping[str, float], wanted: Collection[str] | None = None) -> _Weighed:
    """The words of a unit that have a weight, weighed; of them only those that are wanted."""
    words = [
        (word, weights[word] if count == 1 else weights[word] * (1 + log(count)))
        for word, count in counts.items()
        if word in weights
    ]
    length = sqrt(sum([value * value for _, value in words]))
    return _Weighed(words if wanted is None else [pair for pair in words if pair[0] in wanted], length)


class _Index:
    """Weighed units by their words, for the cosine of one unit with all of them."""

    def __init__(self, many: Sequence[_Weighed]) -> None:
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        self._lengths = [weighed.length for weighed in many]
        by_word = self._by_word
        for place, weighed in enumerate(many):
            for word, value in weighed.words:
                if word in by_word:
                    by_word[word].append((place, value))
                else:
                    by_word[word] = [(place, value)]

    def products(self, weighed: _Weighed) -> list[float]:
        line = [0.0] * len(self._lengths)
        by_word, length = self._by_word, weighed.length
        if not length:
            return line
        for word, value in weighed.words:
            if word in by_word:
                for place, other in by_word[word]:
                    line[place] += value * other
        return [value and value / (length * other) for value, other in zip(line, self._lengths, strict=True)]


def shared_words(one: Profile, other: Profile, weights: Weights, limit: int) -> list[str]:
    """The words that make two units alike, the weightiest first; a word inside a longer one of them is left out."""
    return _shared(one.counts, other.counts, weights, limit)


def shared_heading_words(one: Profile, other: Profile, weights: Weights) -> list[str]:
    """The words that two headings share and that tell something, the weightiest first."""
    return _shared(one.heading, other.heading, weights, 6)


def _shared(one: Counts, other: Counts, weights: Weights, limit: int) -> list[str]:
    known = weights.words
    shared = {word: known[word] ** 2 * min(one[word], other[word]) for word in one if word in other and word in known}
    return _weightiest(shared, limit)


def own_words(one: Profile, other: Profile, weights: Weights, limit: int) -> list[str]:
    """The words of one unit that the other has not, the weightiest first."""
    known, theirs = weights.words, other.counts
    own = {word: known[word] * count for word, count in one.counts.items() if word not in theirs and word in known}
    return _weightiest(own, limit)


def _weightiest(values: Mapping[str, float], limit: int) -> list[str]:
    kept: list[str] = []
    for _, word in sorted(zip(map(neg, values.values()), values, strict=True)):
        if any(word in other or other in word for other in kept):
            continue
        kept.append(word)
        if len(kept) == limit:
            break
    return kept
