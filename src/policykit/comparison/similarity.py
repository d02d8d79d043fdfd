"""How alike tasks are: by the words they share, each weighted by how few tasks of the two documents have it.

What all tasks of both documents speak of (标准 in two plans for standardisation) tells nothing; so the weights come from the pair of
documents itself. Words of the headings and the domains count beside the words of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop
from itertools import chain, takewhile
from math import exp, log, sqrt
from operator import mul, neg
from typing import NamedTuple

from policykit.comparison.documents import Unit
from policykit.comparison.vectors import ONE, Columns, Vector, length, vector
from policykit.comparison.words import Lexicon, latin_words
from policykit.domains.matching import TermMatch

#: What the parts weigh beside the words of the whole: those of the headings, of a heading in the other's whole, the domains. Where one of
#: two units has no heading or no domains, the other parts share the weight.
HEADING, CROSSWISE, DOMAINS = 0.2, 0.2, 0.1
#: Tasks of different roles (a task and a safeguard) are a little less alike.
OTHER_ROLE = 0.03
#: In pairs of documents with more units than this, words that stand in more than so large a part of them are left out: they tell next to
#: nothing and cost the most.
_MANY, _COMMON = 20, 0.4

#: how often words stand somewhere
Counts = Mapping[str, int]


class Profile(NamedTuple):
    """The words of one unit: where they stand in heading and text, the names in Latin letters there, how often each word is spoken, which
    more than once, and those of the heading."""

    places: Sequence[TermMatch]
    latin: Sequence[str]
    counts: Counter[str]
    repeated: Sequence[tuple[str, int]]
    heading: Counter[str]
    domains: Counts
    role: str


class Weights:
    """How much each word and domain tells about the tasks of two documents.

    A word tells the more the fewer tasks it is spread over (the log-entropy weights of latent semantic analysis): one that a task says
    eight times and four others once each tells nearly as much as one that two tasks have.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        number = len(profiles)
        limit = _COMMON * number if number > _MANY else number
        frequency = Counter(chain.from_iterable(profile.counts for profile in profiles))
        by_frequency = [sqrt(log((number + 1) / (found + 0.5))) for found in range(number + 1)]
        whole_by_frequency = [int(weight * ONE + 0.5) for weight in by_frequency]
        telling = [(word, found) for word, found in frequency.items() if found <= limit]
        #: the weights of words; a word that stands in too many units has none
        self.words = {word: by_frequency[found] for word, found in telling}
        #: the same as whole numbers, in units of 1/`ONE`
        self.whole_words = {word: whole_by_frequency[found] for word, found in telling}
        for word, units in _spread(profiles, frequency).items():
            if word in self.words:
                weight = self.words[word] = sqrt(log((number + 1) / (units + 0.5)))
                self.whole_words[word] = int(weight * ONE + 0.5)
        carrying = Counter(chain.from_iterable(profile.domains for profile in profiles))
        #: the weights of domains, in units of 1/`ONE`
        self.whole_domains = {
            domain: int(log((number + 1) / (found + 0.5)) * ONE + 0.5) for domain, found in carrying.items()
        }

    def word(self, word: str) -> float:
        """What a word weighs; 0 for one that stands nearly everywhere."""
        return self.words.get(word, 0.0)


def _spread(profiles: Iterable[Profile], frequency: Mapping[str, int]) -> dict[str, float]:
    """For words that stand more than once somewhere, over how many units they are spread: the exponential of the entropy.

    That is the number of units where all have the word equally often, and less where a few of them have it most.
    """
    counts: dict[str, list[int]] = defaultdict(list)
    for profile in profiles:
        for word, count in profile.repeated:
            counts[word].append(count)
    found = {}
    for word, more in counts.items():
        total = frequency[word] + sum(more) - len(more)
        found[word] = exp(log(total) - sum([count * log(count) for count in more]) / total)
    return found


def profiles(
    old: Sequence[Unit], new: Sequence[Unit], lexicon: Lexicon
) -> tuple[Weights, list[Profile], list[Profile]]:
    """The weights that two documents give their words, and the profile of each of their units."""
    known: dict[tuple[str, str], Profile] = {}
    found = [_profile(unit, lexicon, known) for unit in (*old, *new)]
    return Weights(found), found[: len(old)], found[len(old) :]


def _profile(unit: Unit, lexicon: Lexicon, known: dict[tuple[str, str], Profile]) -> Profile:
    domains = dict.fromkeys(unit.domains, 1)
    same = known.get((unit.heading, unit.whole))
    if same is not None:
        return same._replace(domains=domains, role=unit.role)
    places, latin = lexicon.places(unit.whole), latin_words(unit.whole)
    counts = Counter(chain(lexicon.spoken(places), latin))
    end = len(unit.heading)
    heading = Counter(lexicon.spoken(takewhile(lambda place: place[2] <= end, places))) if end else Counter[str]()
    profile = known[unit.heading, unit.whole] = Profile(
        places, latin, counts, _repeated(counts), heading, domains, unit.role
    )
    return profile


def _repeated(counts: Counter[str]) -> list[tuple[str, int]]:
    return [item for item in counts.items() if item[1] > 1]


def joined(profiles: Sequence[Profile]) -> Profile:
    """The profile of several units as of one."""
    if len(profiles) == 1:
        return profiles[0]
    counts: Counter[str] = Counter(chain.from_iterable(profile.counts.elements() for profile in profiles))
    heading = Counter(chain.from_iterable(profile.heading for profile in profiles))
    domains = dict.fromkeys(chain.from_iterable(profile.domains for profile in profiles), 1)
    return Profile((), (), counts, _repeated(counts), heading, domains, profiles[0].role)


def likeness_of_words(one: Profile, other: Profile, weights: Weights) -> float:
    """How alike two units are by the words of the whole alone."""
    mine, theirs = vector(one.counts, weights.whole_words), vector(other.counts, weights.whole_words)
    return sum(value * theirs.get(word, 0) for word, value in mine.items()) / ((length(mine) * length(theirs)) or 1.0)


class Vectors(NamedTuple):
    """A unit as it is compared: the words of its heading, those of the whole, and what a product of the latter is divided by.

    `whole` has the words of the heading and the domains besides, marked, with their share of the weight; so its products are sums of three.
    """

    profile: Profile
    heading: Vector
    whole: Vector
    heading_length: float
    length: float


def vectors(profiles: Iterable[Profile], weights: Weights) -> list[Vectors]:
    """The vectors of units, for `matrix`."""
    known: dict[tuple[int, frozenset[str]], Vectors] = {}
    found = []
    for profile in profiles:
        # units with the same text share their counts
        key = id(profile.counts), frozenset(profile.domains)
        if key not in known:
            known[key] = _vectors(profile, weights)
        found.append(known[key]._replace(profile=profile))
    return found


def _vectors(profile: Profile, weights: Weights) -> Vectors:
    whole, heading = vector(profile.counts, weights.whole_words), vector(profile.heading, weights.whole_words)
    own_length, heading_length = length(whole) or 1.0, length(heading) or 1.0
    domains = vector(profile.domains, weights.whole_domains)
    for mark, share, marked in (("\t", HEADING, heading), ("\t\t", DOMAINS, domains)):
        if marked:
            factor = sqrt(share) * own_length / length(marked)
            whole.update({mark + word: int(value * factor + 0.5) for word, value in marked.items()})
    return Vectors(profile, heading, whole, heading_length, own_length)


def matrix(rows: Sequence[Vectors], columns: Sequence[Vectors]) -> list[list[float]]:
    """The similarity of each row's unit with each column's, from 0 (no word in common) to 1 (the same words)."""
    # tasks with the same text are compared once
    different_rows, row_of = _different(rows)
    different_columns, column_of = _different(columns)
    found = _matrix(different_rows, different_columns)
    if len(different_columns) < len(columns):
        found = [[line[place] for place in column_of] for line in found]
    return [found[place] for place in row_of]


def _different(units: Sequence[Vectors]) -> tuple[list[Vectors], list[int]]:
    """The units that differ from each other, and for each unit which of them it is."""
    found: dict[tuple[int, str], Vectors] = {}
    places: dict[tuple[int, str], int] = {}
    of_each = []
    for unit in units:
        key = id(unit.whole), unit.profile.role
        found.setdefault(key, unit)
        of_each.append(places.setdefault(key, len(places)))
    return list(found.values()), of_each


def _matrix(rows: Sequence[Vectors], columns: Sequence[Vectors]) -> list[list[float]]:
    in_rows = set(chain.from_iterable(row.whole for row in rows))
    whole = Columns([column.whole for column in columns], in_rows)
    heading = Columns([column.heading for column in columns], in_rows)
    kinds = {(bool(row.heading), bool(row.profile.domains)) for row in rows}
    shares = {kind: _shares(*kind, columns) for kind in kinds}
    stretched = [CROSSWISE * column.length / column.heading_length for column in columns]
    other_role = {
        row.profile.role: [place for place, column in enumerate(columns) if column.profile.role != row.profile.role]
        for row in rows
    }
    result = []
    for row in rows:
        share, part = shares[bool(row.heading), bool(row.profile.domains)], 1.0 / row.length
        alike = whole.products(row.whole)
        if row.heading:
            stretch = CROSSWISE * row.length / row.heading_length
            mine = [value * stretch for value in whole.products(row.heading)]
            theirs = map(mul, heading.products(row.whole), stretched)
            line = [
                (value + (one if one > other else other)) * divided * part
                for value, one, other, divided in zip(alike, mine, theirs, share, strict=True)
            ]
        else:
            line = [value * divided * part for value, divided in zip(alike, share, strict=True)]
        for place in other_role[row.profile.role]:
            line[place] = max(0.0, line[place] - OTHER_ROLE)
        result.append(line)
    return result


def _shares(has_heading: bool, has_domains: bool, columns: Sequence[Vectors]) -> list[float]:
    """What the products of a row of such a kind with each column are multiplied by: the words of the whole weigh 1, the other parts that
    both have weigh besides."""
    headings, domains = (HEADING + CROSSWISE) * has_heading, DOMAINS * has_domains
    return [
        1 / (1.0 + headings * bool(column.heading) + domains * bool(column.profile.domains)) / column.length
        for column in columns
    ]


def shared_words(one: Profile, other: Profile, weights: Weights, limit: int) -> list[str]:
    """The words that make two units alike, the weightiest first; a word inside a longer one of them is left out."""
    return _shared(one.counts, other.counts, weights, limit)


def shared_heading_words(one: Profile, other: Profile, weights: Weights) -> list[str]:
    """The words that two headings share and that tell something, the weightiest first."""
    return _shared(one.heading, other.heading, weights, 6)


def _shared(one: Counts, other: Counts, weights: Weights, limit: int) -> list[str]:
    known = weights.words
    return _weightiest(
        {word: known[word] ** 2 * min(one[word], other[word]) for word in one.keys() & other.keys() & known.keys()},
        limit,
    )


def own_words(one: Profile, other: Profile, weights: Weights, limit: int) -> list[str]:
    """The words of one unit that the other has not, the weightiest first."""
    known, theirs = weights.words, other.counts
    own = {word: known[word] * count for word, count in one.counts.items() if word not in theirs and word in known}
    return _weightiest(own, limit)


def _weightiest(values: Mapping[str, float], limit: int) -> list[str]:
    waiting = list(zip(map(neg, values.values()), values, strict=True))
    heapify(waiting)
    kept: list[str] = []
    while waiting and len(kept) < limit:
        word = heappop(waiting)[1]
        for other in kept:
            if word in other or other in word:
                break
        else:
            kept.append(word)
    return kept
