"""Text that one document took over from the other word for word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from policykit.comparison.assignment import Pair
from policykit.comparison.documents import Side, Unit, bare
from policykit.comparison.similarity import Profile
from policykit.comparison.vocabulary import ritual_phrases
from policykit.comparison.words import background, lexicon
from policykit.domains.matching import TermMatch, TermMatcher

CHANGES = ("taken over",)
#: A passage has at least so many characters, punctuation not counted.
SHORTEST = 12
#: So many characters are compared at first: most stretches that two texts share are short, and a text of one line can be long.
_GLANCE = 64
#: A passage is boilerplate where ritual phrases and words that stand in this share of all policy documents make up this share of it.
_EVERYWHERE, _MOSTLY = 0.85, 0.75


def passage_rows(
    old: Side, new: Side, same: Collection[Pair], profiles: tuple[Sequence[Profile], Sequence[Profile]]
) -> list[dict[str, Any]]:
    """The passages that tasks and articles share, in the order of the new document.

    Tasks that are the same as a whole (`same`) are left out: their rows say so. `profiles` are those of both documents' units.
    """
    before = _read(old, profiles[0], {row for row, _ in same})
    after = _read(new, profiles[1], {column for _, column in same})
    if [text.whole for text in before] > [text.whole for text in after]:
        found = [(mine, theirs) for theirs, mine in _shared(after, before)]
    else:
        found = _shared(before, after)
    found.sort(key=lambda item: (item[1].text.unit.place, item[1].start, item[0].text.unit.place))
    return [
        {
            "change": "taken over",
            "text": theirs.words,
            "characters": len(theirs.words),
            "boilerplate": is_boilerplate(theirs.words, theirs.places()),
            "old": mine.as_data(old),
            "new": theirs.as_data(new),
        }
        for mine, theirs in found
    ]


class _Text(NamedTuple):
    """A unit with its heading and original text, and the places of the words in the latter; the text begins at `base`."""

    unit: Unit
    whole: str
    base: int
    places: Sequence[TermMatch]
    words: Sequence[int]


class _Stretch(NamedTuple):
    """A stretch of a text, from `start` to `end` in heading and text."""

    text: _Text
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.text.whole[self.start : self.end]

    def places(self) -> list[TermMatch]:
        """The places, counted from the start of the stretch, of the words that lie in it as a whole."""
        first, places = self.start, self.text.places
        begin = bisect_left(places, first, key=_place_start)
        behind = bisect_left(places, self.end, begin, key=_place_start)
        return [(index, start - first, end - first) for index, start, end in places[begin:behind] if end <= self.end]

    def as_data(self, side: Side) -> dict[str, Any]:
        """Section and span; no span where the document is not at hand."""
        text = self.text
        return {"section": text.unit.id, "span": side.span_in(text.unit, self.start - text.base, self.end - text.base)}


def _read(side: Side, profiles: Sequence[Profile], without: Collection[int]) -> list[_Text]:
    texts = []
    for unit, profile in zip(side.units, profiles, strict=True):
        if unit.place in without:
            continue
        base = len(unit.whole) - len(unit.text)
        first = bisect_left(profile.places, base, key=_place_start)
        places = profile.places[first:]
        whole = unit.whole
        if side.keeps_own_words:
            whole = unit.original
            if whole == unit.text:
                places = [(index, start - base, end - base) for index, start, end in places]
            else:
                places = lexicon().places(whole)
            base = 0
        texts.append(_Text(unit, whole, base, places, [index for index, _, _ in places]))
    return texts


def _shared(before: Sequence[_Text], after: Sequence[_Text]) -> list[tuple[_Stretch, _Stretch]]:
    """Maximal stretches of `after` that stand in `before`, from left to right, none overlapping another in `after`.

    Three words in a row that both have show where to look; then the characters decide.
    """
    # most of the three words in a row stand in one of the documents alone
    known = set(chain.from_iterable(map(_triples, before)))
    both = known.intersection(chain.from_iterable(map(_triples, after)))
    index: dict[tuple[int, int, int], tuple[_Text, int]] = {}
    for text in before:
        if not both.isdisjoint(_triples(text)):
            for place, triple in enumerate(_triples(text)):
                if triple in both and triple not in index:
                    index[triple] = text, place
    found = []
    for text in after:
        if both.isdisjoint(_triples(text)):
            continue
        behind = text.base
        for place, triple in enumerate(_triples(text)):
            if triple not in both or (start := text.places[place][1]) < behind:
                continue
            other, other_place = index[triple]
            pair = _grown(other, other.places[other_place][1], text, start, behind)
            if pair is not None:
                found.append(pair)
                behind = pair[1].end
    return found


def _triples(text: _Text) -> Iterator[tuple[int, int, int]]:
    """Three words in a row, by their indexes, for each place where there are three."""
    words = text.words
    return zip(words, words[1:], words[2:], strict=False)


def _grown(mine: _Text, at: int, theirs: _Text, start: int, floor: int) -> tuple[_Stretch, _Stretch] | None:
    """The longest stretch around a place that both texts have, within one paragraph and behind `floor`; None where it is too short."""
    old, new = mine.whole, theirs.whole
    first = start - _alike_before(new, floor, start, old, mine.base, at)
    end = start + _alike_from(new, start, old, at)
    first, end = _whole_words(theirs, first, end)
    words = new[first:end]
    first += len(words) - len(words.lstrip(_LEANING))
    end -= len(words) - len(words.rstrip(_EDGES))
    if end - first < SHORTEST or len(bare(new[first:end])) < SHORTEST:
        return None
    shift = at - start
    return _Stretch(mine, first + shift, end + shift), _Stretch(theirs, first, end)


def _alike_before(new: str, floor: int, start: int, old: str, base: int, at: int) -> int:
    """How many characters before two places are the same in both texts, on one line and not before `floor` and `base`."""
    from rapidfuzz.distance import Postfix

    length = _GLANCE
    while True:
        far = max(floor, start - length)
        line = new[far:start].rpartition("\n")[2]
        same: int = Postfix.similarity(line, old[max(base, at - len(line)) : at])
        if same < length:
            return same
        length *= 4


def _alike_from(new: str, start: int, old: str, at: int) -> int:
    """How many characters from two places on are the same in both texts, on one line."""
    from rapidfuzz.distance import Prefix

    length = _GLANCE
    while True:
        line = new[start : start + length].partition("\n")[0]
        same: int = Prefix.similarity(line, old[at : at + len(line)])
        if same < length:
            return same
        length *= 4


def _whole_words(text: _Text, start: int, end: int) -> tuple[int, int]:
    """A stretch without the parts of words and numbers that it cuts into."""
    whole, places = text.whole, text.places
    for edge in (start, end):
        number = bisect_left(places, edge, key=_place_start) - 1
        if number >= 0 and places[number][1] < edge < places[number][2]:
            start, end = (places[number][2], end) if edge == start else (start, places[number][1])
    while 0 < start < end and _ONE_NUMBER.match(whole, start - 1):
        start += 1
    while start < end < len(whole) and _ONE_NUMBER.match(whole, end - 1):
        end -= 1
    return start, end


_place_start = itemgetter(1)
#: two characters of one number or Latin word
_ONE_NUMBER = re.compile("[0-9A-Za-z.][0-9A-Za-z.]")
_EDGES = " ，。、；：！？,;:!?）)》”"
#: what a stretch does not begin with: it belongs to the words before
_LEANING = f"{_EDGES}的和与及或等"


@lru_cache(maxsize=1)
def _phrases() -> TermMatcher:
    return TermMatcher(sorted(ritual_phrases()))


@lru_cache(maxsize=1)
def _everywhere() -> frozenset[int]:
    """The indexes of the words that stand nearly everywhere."""
    known = background()
    return frozenset(index for index, word in enumerate(lexicon().words) if known.share(word) >= _EVERYWHERE)


def is_boilerplate(text: str, places: Sequence[TermMatch] | None = None) -> bool:
    """Whether a passage consists of what stands in policy documents of every kind; `places` of its words where they are known.

    >>> is_boilerplate("各地区、各有关部门要高度重视，加强组织领导"), is_boilerplate("建设城市大脑和数字孪生底座")
    (True, False)
    """
    phrases = [(start, end) for _, start, end in _phrases().find(text)]
    everywhere = _everywhere()
    ritual = phrases + [
        (start, end)
        for index, start, end in (lexicon().places(text) if places is None else places)
        if index in everywhere and not any(first <= start < last for first, last in phrases)
    ]
    return sum(len(bare(text[start:end])) for start, end in ritual) >= _MOSTLY * len(bare(text))
