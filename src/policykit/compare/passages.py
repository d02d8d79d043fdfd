"""Text that one document took over from the other word for word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from policykit.compare.assignment import Pair
from policykit.compare.documents import Side, Unit, bare
from policykit.compare.vocabulary import ritual_phrases
from policykit.compare.words import background, lexicon
from policykit.domains.matching import TermMatcher

CHANGES = ("taken over",)
#: A passage has at least so many characters, punctuation not counted.
SHORTEST = 12
#: A passage is boilerplate where ritual phrases and words that stand in this share of all policy documents make up this share of it.
_EVERYWHERE, _MOSTLY = 0.85, 0.75
#: The old text is sampled at every so many characters.
_STEP = 5


def passage_rows(old: Side, new: Side, identical: Collection[Pair]) -> list[dict[str, Any]]:
    """The passages that tasks and articles share, in the order of the new document.

    Tasks that are the same as a whole (`identical`) are left out: their rows say so.
    """
    whole_old, whole_new = {row for row, _ in identical}, {column for _, column in identical}
    before = [unit for unit in old.units if unit.place not in whole_old]
    after = [unit for unit in new.units if unit.place not in whole_new]
    if [unit.original for unit in before] > [unit.original for unit in after]:
        found = [(mine, theirs, text) for theirs, mine, text in _shared(after, before)]
    else:
        found = _shared(before, after)
    return [
        {
            "change": "taken over",
            "text": text,
            "characters": len(text),
            "boilerplate": is_boilerplate(text),
            "old": _place(old, *mine, len(text)),
            "new": _place(new, *theirs, len(text)),
        }
        for mine, theirs, text in sorted(found, key=lambda item: (item[1][0].place, item[1][1], item[0][0].place))
    ]


#: a unit and an offset in its original text
_Place = tuple[Unit, int]


def _shared(before: Sequence[Unit], after: Sequence[Unit]) -> list[tuple[_Place, _Place, str]]:
    """Maximal stretches of `after` that stand in `before`, from left to right, none overlapping another in `after`."""
    # two different characters between the texts, so that no stretch runs on from one text into the next
    mine = "\x00".join(unit.original.replace("\n", "\x00") for unit in before)
    theirs = "\x01".join(unit.original.replace("\n", "\x01") for unit in after)
    # of every passage of the least length, a sample at one of the places that are a step apart lies in it as a whole
    size = SHORTEST - _STEP + 1
    # the first of equal samples counts, so later ones are put in first
    last = (len(mine) - size) // _STEP * _STEP
    index = {mine[start : start + size]: start for start in range(last, -1, -_STEP)}
    hits = [start for start in range(len(theirs) - size + 1) if theirs[start : start + size] in index]
    my_starts = list(accumulate((len(unit.original) + 1 for unit in before), initial=0))
    their_starts = list(accumulate((len(unit.original) + 1 for unit in after), initial=0))
    found = []
    behind = 0
    for hit in hits:
        if hit < behind:
            continue
        start, other = hit, index[theirs[hit : hit + size]]
        while start > behind and other > 0 and theirs[start - 1] == mine[other - 1]:
            start, other = start - 1, other - 1
        end, other_end = hit + size, other + hit - start + size
        while end < len(theirs) and other_end < len(mine) and theirs[end] == mine[other_end]:
            end, other_end = end + 1, other_end + 1
        if end - start < SHORTEST:
            continue
        behind = end
        text = theirs[start:end]
        trimmed = text.lstrip(_EDGES)
        other += len(text) - len(trimmed)
        start += len(text) - len(trimmed)
        trimmed = trimmed.rstrip(_EDGES)
        if len(bare(trimmed)) >= SHORTEST:
            found.append((_at(before, my_starts, other), _at(after, their_starts, start), trimmed))
    return found


_EDGES = " ，。、；：！？,;:!?）)》”"


def _at(units: Sequence[Unit], starts: Sequence[int], offset: int) -> _Place:
    number = bisect_right(starts, offset) - 1
    return units[number], offset - starts[number]


def _place(side: Side, unit: Unit, offset: int, length: int) -> dict[str, Any]:
    """The section of a passage and its span in the source; no span where the document is not at hand."""
    return {"section": unit.id, "span": side.span_in(unit, offset, offset + length)}


@lru_cache(maxsize=1)
def _phrases() -> TermMatcher:
    return TermMatcher(sorted(ritual_phrases()))


def is_boilerplate(text: str) -> bool:
    """Whether a passage consists of what stands in policy documents of every kind.

    >>> is_boilerplate("各地区、各有关部门要高度重视，加强组织领导"), is_boilerplate("建设城市大脑和数字孪生底座")
    (True, False)
    """
    letters = len(bare(text))
    ritual = sum(len(bare(stretch)) if is_phrase else _everywhere(stretch) for stretch, is_phrase in _stretches(text))
    return ritual >= _MOSTLY * letters


def _stretches(text: str) -> Iterable[tuple[str, bool]]:
    """A text cut into ritual phrases and what is between them."""
    behind = 0
    for _, start, end in _phrases().find(text):
        yield text[behind:start], False
        yield text[start:end], True
        behind = end
    yield text[behind:], False


def _everywhere(text: str) -> int:
    """How many characters are of words that stand nearly everywhere."""
    words, known = lexicon().words, background()
    return sum(end - start for index, start, end in lexicon().places(text) if known.share(words[index]) >= _EVERYWHERE)
