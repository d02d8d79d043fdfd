"""From markers to a nested outline: which numbers make a sequence, what stands below what, where each entry ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal, NamedTuple

from policykit.document.markers import USUAL_RANK, Marker, MarkerKind, find_markers
from policykit.patterns import compiled

#: where an entry stands: in the document's own text, its table of contents, a box (专栏), or behind the text (附件, 名词解释)
Zone = Literal["body", "contents", "box", "appendix"]


@dataclass(slots=True, eq=False)
class Entry:
    """An outline entry while it is being worked on; offsets as in `Section`. What is not given at first is set step by step."""

    marker: Marker
    kind: MarkerKind
    group: str  # the entries that belong side by side: those of a kind, decimal numbers of as many parts
    zone: Zone
    parent: Entry | None
    depth: int  # how many entries down it stands, itself counted
    # the entries right below it, as a chain: a list for each would take half as much room as an entry
    first_child: Entry | None = None
    last_child: Entry | None = None
    next_sibling: Entry | None = None
    level: int = field(init=False)  # how deep its kind of marker stands in this document
    line_end: int = field(init=False)
    heading_start: int = field(init=False)
    heading_end: int = field(init=False)
    body_start: int = field(init=False)
    own_end: int = field(init=False)
    end: int = field(init=False)
    id: str = field(init=False)

    def children(self) -> Iterator[Entry]:
        """The entries right below it, in order."""
        child = self.first_child
        while child is not None:
            yield child
            child = child.next_sibling

    def add_child(self, entry: Entry) -> None:
        """Puts an entry below it, behind those that are there."""
        if self.last_child is None:
            self.first_child = entry
        else:
            self.last_child.next_sibling = entry
        self.last_child = entry

    def heading(self, text: str) -> str | None:
        """The heading without marker, None where there is none."""
        return text[self.heading_start : self.heading_end] or None


class Outline(NamedTuple):
    """The entries in order, and where the document's own text stops before appended matter (the text's length where nothing is)."""

    entries: list[Entry]
    own_text_end: int


_STRUCTURAL = frozenset({"part", "chapter", "division", "article"})
_DIGITS = frozenset(
    {"digit-stop", "digit-comma", "decimal", "digit-parenthesis", "digit-half-parenthesis", "circled", "roman"}
)
#: how many numbers may be missing (lost pages, cut text) before a number in digits is not believed, unless the next one follows
_TOLERATED_GAP = 3
#: how many markers are looked ahead at to see whether a numbering goes on
_LOOK_AHEAD = 60
#: deeper nesting than this is not believed
_DEEPEST = 12

_CONTENTS = compiled(r"\n目 {0,4}[录次](?=[\n第一（(]|[^\W\d]{2,3}\n)")
#: how far into a text its contents list is looked for
_CONTENTS_REACH = 20_000
_APPENDED = compiled(
    r"\n(?=[附【\[（(相有名用术注])"  # which few lines open with
    r"(?:附 ?[件录表] ?[\d一二三四五六七八九十]{0,2} ?[:：]?|附 ?[件录表] ?[\d一二三四五六七八九十:：][^\n。]{0,60}"
    r"|[【\[（(]?(?:相关|有关)?(?:名词|用语|术语)(?:解释|说明|注释|释义)[】\])）]?[:：]?|[【\[（(]?(?:注释|附注)[】\])）]?[:：]?)(?=\n|$)"
)
_BOX = compiled(r"\n专栏 ?[\d一二三四五六七八九十]{0,3}[^\n。]{0,60}(?=\n)")


def read_outline(text: str) -> Outline:
    r"""The outline of a working text: entries nested, with their extents; headings are not looked for yet.

    >>> text = "一、总体要求\n全文。\n二、任务\n(一)建网。建成。\n(二)用网。用好。"
    >>> [(entry.level, entry.marker.text, text[entry.heading_start : entry.line_end]) for entry in read_outline(text).entries]
    [(1, '一、', '总体要求'), (1, '二、', '任务'), (2, '(一)', '建网。建成。'), (2, '(二)', '用网。用好。')]
    """
    markers = find_markers(text)
    starts = [marker.start for marker in markers]
    contents = _contents(text, markers, starts)
    own_text_end, appendix = _own_text_end(text, markers, starts, contents[1])
    boxes = [found.start() for found in _BOX.finditer(text)] if "\n专栏" in text else []
    entries: list[Entry] = []
    zones: tuple[tuple[int, int, Zone], ...] = (
        (contents[0], contents[1], "contents"),
        (contents[1], appendix, "body"),
        (appendix, len(markers), "appendix"),
    )
    for first, last, zone in zones:
        if first < last:
            nested = _Nesting(text, markers[first:last], zone, boxes).entries()
            _set_levels(nested)
            entries += nested
            del nested
    del markers, starts  # of a long numbering, each list takes as much room as the text
    _measure(text, entries, own_text_end)
    return Outline(entries, own_text_end)


def _contents(text: str, markers: list[Marker], starts: list[int]) -> tuple[int, int]:
    """The table of contents as a range of marker indices: it ends where its first line comes again."""
    found = _CONTENTS.search(text, 0, _CONTENTS_REACH) or _CONTENTS.match("\n" + text[:8])
    first = bisect_left(starts, found.end() - 1) if found else len(markers)
    if first >= len(markers):
        return 0, 0
    opening = markers[first]
    name = _letters_behind(text, opening)
    for index in range(first + 1, len(markers)):
        marker = markers[index]
        if marker.kind == opening.kind and marker.number == opening.number and _letters_behind(text, marker) == name:
            return first, index
    return 0, 0


def _letters_behind(text: str, marker: Marker) -> str:
    """The first letters of what a marker heads, on its line or the next."""
    return text[marker.end : marker.end + 8].replace(" ", "").lstrip("\n")[:4]


def _own_text_end(text: str, markers: list[Marker], starts: list[int], body: int) -> tuple[int, int]:
    """Where 附件, 名词解释 and the like close the document's own text: the offset, and the index of the first marker behind it.

    A list of attachments under a notice closes nothing: what counts is that the leading numbering does not go on behind the line.
    """
    if len(markers) - body < 2:
        return len(text), len(markers)
    kinds = [marker.kind for marker in markers]
    leading = min(dict.fromkeys(kinds[body:]), key=USUAL_RANK.__getitem__)  # of several the first in the text
    led = [index for index, kind in enumerate(kinds) if kind == leading and index >= body]
    if len(led) < 2:
        return len(text), len(markers)
    for found in _APPENDED.finditer(text, markers[led[1]].start):
        behind = bisect_left(starts, found.start())
        passed = bisect_left(led, behind)
        goes_on = passed < len(led) and markers[led[passed]].number == (markers[led[passed - 1]].number or 0) + 1
        if not goes_on:
            return found.start() + 1, behind
    return len(text), len(markers)


class _Nesting:
    """Walks the markers of one zone with the stack of open entries."""

    def __init__(self, text: str, markers: list[Marker], zone: Zone, boxes: list[int]) -> None:
        self.text = text
        self.markers = markers
        self.zone = zone
        self.boxes = boxes
        self.stack: list[Entry] = []
        self.last_number: dict[str, int] = {}  # by the group of entries
        self.box_row: Marker | None = None  # the last row of an open box

    def entries(self) -> list[Entry]:
        found: list[Entry] = []
        stack, last_number, has_boxes = self.stack, self.last_number, bool(self.boxes)
        next_group, next_number = "", 0  # what numbers the next of its fellows right behind an entry
        for index, marker in enumerate(self.markers):
            _, _, kind, number, _, depth, _ = marker
            group = f"{kind} {depth}" if depth else kind
            zone = self.zone
            if has_boxes and self._is_box_row(index, marker):
                zone = "box"
            elif number == next_number and group == next_group:
                stack.pop()
            elif kind == "dash":
                while stack and stack[-1].kind == "dash":
                    stack.pop()
            elif not (
                self._open_structural(marker, group) if kind in _STRUCTURAL else self._open(index, marker, group)
            ):
                continue
            parent = stack[-1] if stack else None
            entry = Entry(marker, kind, group, zone, parent, len(stack) + 1)
            if parent is not None:
                parent.add_child(entry)
            found.append(entry)
            if zone == "box":
                continue
            stack.append(entry)
            next_group = ""
            if number is not None:
                last_number[group] = number
                next_group, next_number = group, number + 1
        return found

    def _is_box_row(self, index: int, marker: Marker) -> bool:
        """Whether a marker numbers a row of a box: the run of numbers from 1 that begins behind the box's title."""
        if self.box_row is not None:
            if marker.kind == self.box_row.kind and marker.number == (self.box_row.number or 0) + 1:
                self.box_row = marker
                return True
            if USUAL_RANK[marker.kind] > USUAL_RANK[self.box_row.kind]:
                return True
            self.box_row = None
        if marker.number != 1 or marker.kind not in _DIGITS:
            return False
        before = self.markers[index - 1].start if index else 0
        box = bisect_left(self.boxes, before)
        if box < len(self.boxes) and self.boxes[box] < marker.start:
            self.box_row = marker
            return True
        return False

    def _open_structural(self, marker: Marker, group: str) -> bool:
        last = self.last_number.get(group)
        number = marker.number or 0
        if marker.kind == "article" and last is not None and number != 1 and not 0 <= number - last <= 10:
            return False  # 第五条 at the start of a line in the middle of the text: a reference
        rank = USUAL_RANK[marker.kind]
        while self.stack and USUAL_RANK[self.stack[-1].kind] >= rank:
            self.stack.pop()
        return True

    def _open(self, index: int, marker: Marker, group: str) -> bool:
        """Pops the stack to where the marker belongs; False where its number fits nowhere."""
        number = marker.number or 0
        stack = self.stack
        nearest = -1  # the innermost open entry of its group
        for position in range(len(stack) - 1, -1, -1):
            opened = stack[position]
            if opened.group == group:
                if (opened.marker.number or 0) + 1 == number:
                    del stack[position:]
                    return True
                if nearest < 0:
                    nearest = position
        last = self.last_number.get(group)
        if number == 1:
            if nearest >= 0 and len(stack) < _DEEPEST and self._heads_inner_list(index, nearest):
                return True
        elif marker.kind in _DIGITS and (last is None or number != last + 1):
            base = stack[nearest].marker.number or 0 if nearest >= 0 else last or 0
            if not 0 < number - base <= _TOLERATED_GAP and (number < base or not self._is_followed(index)):
                return False
        if nearest >= 0:
            del stack[nearest:]
        else:
            self._make_room(index, marker)
        return True

    def _heads_inner_list(self, index: int, position: int) -> bool:
        """Whether a list that starts anew stands inside the paragraph that is open below an entry of its own kind."""
        stack = self.stack
        return position < len(stack) - 1 and stack[-1].kind != "dash" and self._goes_on_behind(index, stack[-1])

    def _goes_on_behind(self, index: int, open_entry: Entry) -> bool:
        """Whether the numbering of an open entry goes on behind the marker at `index`, before anything above it does."""
        markers = self.markers
        for position in range(index + 1, min(index + _LOOK_AHEAD, len(markers))):
            marker = markers[position]
            if marker.kind == open_entry.kind:
                # next to the marker itself: it is a heading over the paragraphs that follow
                return position > index + 1 and marker.number == (open_entry.marker.number or 0) + 1
            if USUAL_RANK[marker.kind] < USUAL_RANK[open_entry.kind] and marker.kind != markers[index].kind:
                return False
        return False

    def _is_followed(self, index: int) -> bool:
        """Whether the next marker of the same kind has the next number: a stray number at the beginning of a line has none."""
        marker = self.markers[index]
        for following in self.markers[index + 1 : index + 1 + _LOOK_AHEAD]:
            if following.kind == marker.kind and following.depth == marker.depth:
                return following.number == (marker.number or 0) + 1
        return False

    def _make_room(self, index: int, marker: Marker) -> None:
        """Pops what stands below the marker's kind: by the document's own use, else by the usual order."""
        stack = self.stack
        while stack and stack[-1].kind not in _STRUCTURAL:
            top = stack[-1]
            if top.kind == "dash":
                stack.pop()
            elif (
                USUAL_RANK[top.kind] < USUAL_RANK[marker.kind]
                or (top.kind == marker.kind == "decimal" and top.marker.depth < marker.depth)
                or (top.kind != marker.kind and len(stack) < _DEEPEST and self._goes_on_behind(index, top))
            ):
                return
            else:
                stack.pop()


def _set_levels(entries: list[Entry]) -> None:
    """The level of each entry: the same for all entries of one kind of marker, whatever they happen to stand under; bullets lowest.

    A document that writes 一、(一) 1. has three levels, and a 1. right under a 一、 is still of the third.
    """
    levels: dict[str, int] = {}
    above: dict[tuple[str, str], None] = {}  # in the order seen
    settled: set[tuple[str | None, str]] = set()  # what has been seen since a level changed says nothing new
    for entry in entries:
        if entry.kind == "dash" or entry.zone == "box":
            continue
        group = entry.group
        upper = entry.parent.group if entry.parent is not None else None
        if (upper, group) in settled:
            continue
        level = levels.get(group, 1)
        if upper is not None and upper != group and (group, upper) not in above:
            above[upper, group] = None
            level = max(level, levels.get(upper, 1) + 1)
        if levels.get(group) != level:
            levels[group] = level
            settled.clear()
        settled.add((upper, group))
    for _ in range(len(levels)):  # a kind that was seen late may push down what stands below it
        for higher, lower in above:
            levels[lower] = max(levels[lower], min(levels[higher] + 1, _DEEPEST))
    lowest = max(levels.values(), default=0) + 1
    for entry in entries:
        parent = entry.parent
        parent_level = parent.level if parent is not None else 0
        if entry.kind == "dash":
            entry.level = lowest
        elif entry.zone == "box":
            entry.level = parent_level + 1
        else:
            level = levels[entry.group]
            entry.level = level if level > parent_level else parent_level + 1


def _measure(text: str, entries: list[Entry], own_text_end: int) -> None:
    """Where what is behind the marker begins, and where the first line, the own text and the whole of every entry end."""
    size = len(text)
    following = chain((entry.marker.start for entry in islice(entries, 1, None)), (size,))
    open_entries: list[Entry] = []
    own_end = 0
    for entry, next_start in zip(entries, following, strict=False):
        depth, marker = entry.depth, entry.marker
        while open_entries and open_entries[-1].depth >= depth:
            open_entries.pop().end = own_end
        open_entries.append(entry)
        start = marker.end
        own_end = own_text_end if marker.start < own_text_end < next_start else next_start
        line_end = text.find("\n", start, own_end)
        if line_end < 0:
            line_end = own_end
        elif line_end == start:  # the marker alone on its line
            start += 1
            line_end = text.find("\n", start)
            line_end = min(own_end, size if line_end < 0 else line_end)
        entry.own_end = own_end
        entry.line_end = line_end
        entry.heading_start = entry.heading_end = entry.body_start = start
    for entry in open_entries:
        entry.end = own_end
