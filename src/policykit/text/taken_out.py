"""A text without its spaces but for a few, and the way back, without a list of the spaces.

Where a PDF has put a space behind every letter, to write down where each stood takes many times as long as to take all of them out.
Nearly nobody asks for that: to lead a letter back it is enough to count the spaces before it.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from policykit.text.pieces import in_pieces
from policykit.text.spans import AT_ONCE, Edits, offsets

#: the rule of a stop at which spaces stay: no edit
STAYS = ""


class Rules(NamedTuple):
    """Why spaces are taken out: `listed` those of which the places are given, `others` the rest."""

    listed: str
    others: str


class TakenOut:
    """All spaces of a text taken out but for those within `stops`, which are edits or, by the rule `STAYS`, spaces that stay.

    `listed` gives the places of the spaces that the first of the rules takes out, and is not asked before somebody wants to know.

    >>> taken = TakenOut("到 2 0 2 7 年 底", Edits((), (), (), ()), lambda text: [1, 9], Rules("space", "letter spacing"))
    >>> taken.after, taken.led_back([1, 5]), taken.columns().starts.tolist()
    ('到2027年底', [2, 10], [1, 3, 5, 7, 9, 11])
    """

    def __init__(self, text: str, stops: Edits, listed: Callable[[str], Sequence[int]], rules: Rules) -> None:
        self._text = in_pieces(text)
        self._stops, self._listed, self._rules = stops, listed, rules
        after_stops: list[int] = []
        parts: list[str] = []
        position = length = 0
        for start, end, new in zip(stops.starts, stops.ends, stops.texts, strict=True):
            parts += (text[position:start].replace(" ", ""), new)
            after_stops.append(length + len(parts[-2]))
            length = after_stops[-1] + len(new)
            position = end
        parts.append(text[position:].replace(" ", ""))
        self.after = "".join(parts)
        self._after_stops = offsets(after_stops)  # where the stops are in the text afterwards

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TakenOut):
            return NotImplemented
        return (str(self._text), self._stops, self._listed, self._rules) == (
            str(other._text),
            other._stops,
            other._listed,
            other._rules,
        )

    __hash__ = None  # type: ignore[assignment]  # its columns can be changed

    def led_back(self, letters: Iterable[int], *, last: bool = False) -> list[int]:
        """Where letters of the text afterwards (ascending offsets) stood before; of what was put in, the first letter replaced, or the last."""
        starts, ends, texts, rules = self._stops
        stops, count_of = self._after_stops, self._text.count
        # the letter `after` of the text afterwards is the first one from `before` on that is no space
        index, before, after = -1, 0, 0
        following = stops[0] if stops else sys.maxsize
        found: list[int] = []
        for letter in letters:
            if letter >= following:
                index = bisect_right(stops, letter, index + 1) - 1
                following = stops[index + 1] if index + 1 < len(stops) else sys.maxsize
                before, after = ends[index], stops[index] + len(texts[index])
            if letter >= after:
                # spaces do not count: as many letters further on as there were spaces
                end = before + letter - after + 1
                while spaces := count_of(" ", before, end):
                    before, end = end, end + spaces
                before, after = end - 1, letter
                found.append(before)
            elif index < 0:  # before the text
                found.append(letter)
            elif rules[index] == STAYS:
                found.append(starts[index] + letter - stops[index])
            else:
                found.append(ends[index] - 1 if last else starts[index])
        return found

    def columns(self) -> Edits:
        """The edits one by one."""
        starts, ends = array("I"), array("I")
        texts: list[str] = []
        rules: list[str] = []
        text, position = str(self._text), 0
        listed_rule, rule_of_others = self._rules
        all_listed = self._listed(text)
        end_of_text = (len(text), len(text), "", STAYS)
        for stop in (*zip(*self._stops, strict=True), end_of_text):
            for first in range(position, stop[0], AT_ONCE):
                last = min(first + AT_ONCE, stop[0])
                lengths = map(len, text[first:last].split(" "))
                spaces = list(map(add, accumulate(lengths), count(first)))[:-1]
                listed = set(all_listed[bisect_left(all_listed, first) : bisect_left(all_listed, last)])
                starts.fromlist(spaces)
                ends.fromlist([space + 1 for space in spaces])
                texts += ("",) * len(spaces)
                rules += [listed_rule if space in listed else rule_of_others for space in spaces]
            start, position, new, rule = stop
            if rule != STAYS:
                starts.append(start)
                ends.append(position)
                texts.append(new)
                rules.append(rule)
        return Edits(starts, ends, texts, rules)
