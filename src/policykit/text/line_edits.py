"""The edits that make paragraphs of lines, and the way back, without a list of the edits.

Nearly nobody asks for such a list: to lead a letter back it is enough to know where each line stood and where it stands.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policykit.text.spans import Edits


class LineEdits(NamedTuple):
    """Lines of a text that stay, each behind what has come in the place of all that stood before it.

    `starts` says where each of them began, and where the text ended; `gaps` where what stood before each of them began, and what
    stood behind the last; `new` what comes in its place: a sign at most. `after_starts` says where they begin afterwards, and where
    the text ends. A gap begins behind the lines that were left out in it: by the number of the line behind them, `taken` has the runs
    of these, from where to where, with the rule. Where no line feed comes in the place of a gap, two lines were joined.

    >>> edits = LineEdits([0, 5, 8], [0, 2, 7], ["", "\\n", ""], [0, 3, 5], {})
    >>> edits.led_back([0, 2, 3]), edits.led_back([2], last=True), edits.columns().rules
    ([0, 2, 5], [4], ['blank', 'blank'])
    """

    starts: Sequence[int]
    gaps: Sequence[int]
    new: Sequence[str]
    after_starts: Sequence[int]
    taken: Mapping[int, Sequence[tuple[int, int, str]]]

    def led_back(self, letters: Iterable[int], *, last: bool = False) -> list[int]:
        """Where letters of the text afterwards (ascending offsets) stood before; of what was put in, the first letter replaced, or the last."""
        starts, gaps, new, after_starts, _ = self
        end = len(after_starts) - 1
        index, shift = -1, 0
        following, line_end = after_starts[0], sys.maxsize
        found: list[int] = []
        for letter in letters:
            if letter >= following:
                index = bisect_right(after_starts, letter, index + 1) - 1
                shift = starts[index] - after_starts[index]
                following = after_starts[index + 1] if index < end else sys.maxsize
                line_end = following - len(new[index + 1]) if index < end else sys.maxsize
            if letter < line_end:
                found.append(letter + shift)
            else:
                found.append(starts[index + 1] - 1 if last else gaps[index + 1])
        return found

    def columns(self) -> Edits:
        """The edits one by one."""
        starts, ends = array("I"), array("I")
        texts: list[str] = []
        rules: list[str] = []
        last = len(self.starts) - 1
        for index, (gap, start, new) in enumerate(zip(self.gaps, self.starts, self.new, strict=True)):
            for taken_start, taken_end, rule in self.taken.get(index, ()):
                starts.append(taken_start)
                ends.append(taken_end)
                texts.append("")
                rules.append(rule)
            is_join = 0 < index < last and new != "\n"
            # where a single sign parts two lines, that is a line feed
            if is_join or start - gap > (0 if index in (0, last) else 1):
                starts.append(gap)
                ends.append(start)
                texts.append(new)
                rules.append("join" if is_join else "blank")
        return Edits(starts, ends, texts, rules)
