"""Products of one bag of weighed words with many others in one go.

A word that many columns have is one large whole number, with a field of 64 bits for each column. Such numbers, each times what the word
weighs in the row, add up to a number whose fields are the products of the row with every column: a few additions instead of a step for
every word of every pair. Whole numbers also add up to the same in any order, so nothing depends on which document comes first.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence, Set
from math import log, sqrt

#: What a weight of 1 is as a whole number: vectors of ten thousand words with the greatest weights leave room in a field.
ONE = 1 << 16
_FIELD = 8
#: Words that so few columns have are multiplied one by one, which takes less time and room.
_FEW = 4

#: words (or what else can be counted) and what they weigh, in units of 1/`ONE`
Vector = Mapping[str, int]


def vector(counts: Mapping[str, int], weights: Mapping[str, int]) -> dict[str, int]:
    """Words by how often they stand somewhere and what each weighs; words without a weight are left out.

    >>> vector({"数据": 1, "平台": 3, "推进": 2}, {"数据": 100, "平台": 100})
    {'数据': 100, '平台': 210}
    """
    return {
        word: weights[word] if count == 1 else int(weights[word] * (1.0 + log(count)) + 0.5)
        for word, count in counts.items()
        if word in weights
    }


def length(vector: Vector) -> float:
    """The length of a vector: the cosine of two is their product divided by their lengths.

    >>> length({"数据": 3, "平台": 4})
    5.0
    """
    return sqrt(sum([value * value for value in vector.values()]))


class Columns:
    """Vectors by their words; of these only the `wanted` ones."""

    def __init__(self, vectors: Sequence[Vector], wanted: Set[str]) -> None:
        self._size = _FIELD * len(vectors)
        found: dict[str, list[tuple[int, int]]] = {}
        for place, words in enumerate(vectors):
            for word in words.keys() & wanted:
                if word in found:
                    found[word].append((place, words[word]))
                else:
                    found[word] = [(place, words[word])]
        #: words of few columns as the places and values, those of many as one number
        self._few = {word: values for word, values in found.items() if len(values) <= _FEW}
        self._many = {word: self._packed(values) for word, values in found.items() if len(values) > _FEW}

    def _packed(self, values: Iterable[tuple[int, int]]) -> int:
        fields = array("Q", bytes(self._size))
        for place, value in values:
            fields[place] = value
        return int.from_bytes(fields.tobytes(), sys.byteorder)

    def products(self, row: Vector) -> Sequence[int]:
        """The product of a vector with each of the columns.

        >>> list(Columns([{"数据": 3, "平台": 4}, {"平台": 5}], {"数据", "平台"}).products({"平台": 2}))
        [8, 10]
        """
        few, many = self._few, self._many
        total = sum([many[word] * weight for word, weight in row.items() if word in many])
        products = array("Q", total.to_bytes(self._size, sys.byteorder))
        for word in row.keys() & few.keys():
            weight = row[word]
            for place, value in few[word]:
                products[place] += weight * value
        return products
