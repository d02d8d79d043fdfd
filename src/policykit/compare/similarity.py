"""How alike tasks are: by the words they share, each weighted by how few tasks of the two documents have it.

What all tasks of both documents speak of (标准 in two plans for standardisation) tells nothing; so the weights come from the pair of
documents itself. Words of the headings and the domains count beside the words of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from operator import neg

from policykit.compare.documents import Unit
from policykit.compare.words import Lexicon, latin_words
from policykit.domains.matching import TermMatch

Vector = dict[str, float]

#: What the parts weigh: the words of the whole, of the headings, of a heading in the other's whole, the domains. Where one of two
#: units has no heading or no domains, the other parts share the weight.
WHOLE, HEADING, CROSSWISE, DOMAINS = 1.0, 0.2, 0.2, 0.1
#: Tasks of different roles (a task and a safeguard) are a little less alike.
OTHER_ROLE = 0.03
#: In pairs of documents with more units than this, words that stand in more than so large a part of them are left out: they weigh next
#: to nothing and cost the most.
_MANY, _COMMON = 60, 0.4


@dataclass(frozen=True, slots=True)
class Profile:
    """The words of one unit: where they stand in its text, how often they are spoken, and weighted; each vector has length 1 or is empty."""

    places: Sequence[TermMatch]
    counts: Counter[str]
    whole: Vector
    heading: Vector
    domains: Vector
    role: str


class Weights:
    """How much each word and domain tells about the tasks of two documents."""

    def __init__(self, units: Sequence[Unit], features: Sequence[Counter[str]]) -> None:
        number = len(units)
        frequency = Counter(chain.from_iterable(features))
        limit = _COMMON * number if number > _MANY else number
        self._words = {
            word: sqrt(log((number + 1) / (found + 0.5))) for word, found in frequency.items() if found <= limit
        }
        found_domains = Counter(domain for unit in units for domain in unit.domains)
        self._domains = {domain: log((number + 1) / (found + 0.5)) for domain, found in found_domains.items()}

    def word(self, word: str) -> float:
        """What a word weighs; 0 for one that stands nearly everywhere."""
        return self._words.get(word, 0.0)

    def vector(self, counts: Counter[str]) -> Vector:
        """Words with their weights, of length 1."""
        words = self._words
        return _unit_length(
            {
                word: words[word] * (1 + log(count) if count > 1 else 1.0)
                for word, count in counts.items()
                if word in words
            }
        )

    def domain_vector(self, domains: Iterable[str]) -> Vector:
        """Domains with their weights, of length 1."""
        return _unit_length({domain: self._domains[domain] for domain in domains})


def _unit_length(vector: Vector) -> Vector:
    length = sqrt(sum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items()} if length else {}


def profiles(
    old: Sequence[Unit], new: Sequence[Unit], lexicon: Lexicon
) -> tuple[Weights, list[Profile], list[Profile]]:
    """The weights that two documents give their words, and the profile of each of their units."""
    units = [*old, *new]
    headings = [lexicon.count(unit.heading) if unit.heading else Counter[str]() for unit in units]
    places = [lexicon.places(unit.text) for unit in units]
    counts = [
        Counter(chain(heading.elements(), lexicon.spoken(found), latin_words(unit.text)))
        for unit, heading, found in zip(units, headings, places, strict=True)
    ]
    weights = Weights(units, counts)
    found = [
        Profile(
            place,
            whole,
            weights.vector(whole),
            weights.vector(heading),
            weights.domain_vector(unit.domains),
            unit.role,
        )
        for unit, place, whole, heading in zip(units, places, counts, headings, strict=True)
    ]
    return weights, found[: len(old)], found[len(old) :]


def product(one: Vector, other: Vector) -> float:
    """The inner product of two vectors."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def similarity(one: Profile, other: Profile) -> float:
    """How alike two units are, from 0 (no word in common) to 1 (the same words)."""
    return matrix([one], [other])[0][0]


def matrix(rows: Sequence[Profile], columns: Sequence[Profile]) -> list[list[float]]:
    """The similarity of each row's unit with each column's."""
    whole = _Index([column.whole for column in columns])
    heading = _Index([column.heading for column in columns])
    sharing: dict[tuple[str, ...], list[float]] = {}
    with_all = [bool(column.heading and column.domains) for column in columns]
    result = []
    for row in rows:
        alike = whole.products(row.whole)
        domains = tuple(row.domains)
        shared = sharing.get(domains)
        if shared is None:
            shared = sharing[domains] = [product(row.domains, column.domains) for column in columns]
        if row.heading:
            headings = heading.products(row.heading)
            across = list(map(max, whole.products(row.heading), heading.products(row.whole)))
        else:
            headings = across = [0.0] * len(columns)
        if row.heading and domains:
            every = 1 / (WHOLE + HEADING + CROSSWISE + DOMAINS)
            line = [
                (WHOLE * words + HEADING * same + CROSSWISE * other + DOMAINS * domain) * every
                for words, same, other, domain in zip(alike, headings, across, shared, strict=True)
            ]
            odd = [place for place, has_all in enumerate(with_all) if not has_all]
        else:
            line, odd = alike, list(range(len(columns)))
        for place in odd:
            value, weight = WHOLE * alike[place], WHOLE
            if row.heading and columns[place].heading:
                value += HEADING * headings[place] + CROSSWISE * across[place]
                weight += HEADING + CROSSWISE
            if domains and columns[place].domains:
                value += DOMAINS * shared[place]
                weight += DOMAINS
            line[place] = value / weight
        for place, column in enumerate(columns):
            if column.role != row.role:
                line[place] = max(0.0, line[place] - OTHER_ROLE)
        result.append(line)
    return result


class _Index:
    """Vectors by their words, for the products of one vector with all of them."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._size = len(vectors)
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        by_word = self._by_word
        for place, vector in enumerate(vectors):
            for word, value in vector.items():
                found = by_word.get(word)
                if found is None:
                    by_word[word] = [(place, value)]
                else:
                    found.append((place, value))

    def products(self, vector: Vector) -> list[float]:
        line = [0.0] * self._size
        by_word = self._by_word
        for word, value in vector.items():
            found = by_word.get(word)
            if found:
                for place, other in found:
                    line[place] += value * other
        return line


def shared_words(one: Profile, other: Profile, limit: int) -> list[str]:
    """The words that make two units alike, the weightiest first; a word inside a longer one of them is left out."""
    mine, theirs = one.whole, other.whole
    return _weightiest({word: mine[word] * theirs[word] for word in mine.keys() & theirs.keys()}, limit)


def shared_heading_words(one: Profile, other: Profile) -> list[str]:
    """The words that two headings share and that tell something, the weightiest first."""
    mine, theirs = one.heading, other.heading
    return _weightiest({word: mine[word] * theirs[word] for word in mine.keys() & theirs.keys()}, 6)


def own_words(one: Profile, other: Profile, limit: int) -> list[str]:
    """The words of one unit that the other has not, the weightiest first."""
    mine = one.whole
    return _weightiest({word: mine[word] for word in mine.keys() - other.counts.keys()}, limit)


def _weightiest(weights: Vector, limit: int) -> list[str]:
    kept: list[str] = []
    for _, word in sorted(zip(map(neg, weights.values()), weights, strict=True)):
        if any(word in other or other in word for other in kept):
            continue
        kept.append(word)
        if len(kept) == limit:
            break
    return kept
