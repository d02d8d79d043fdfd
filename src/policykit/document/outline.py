"""From markers to a nested outline: which numbers make a sequence, what stands below what, where a heading ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from policykit.document.markers import USUAL_RANK, Marker, MarkerKind, find_markers

Zone = Literal["body", "contents", "box", "appendix"]


@dataclass(slots=True, eq=False)
class Entry:
    """An outline entry while it is being worked on; offsets as in `Section`."""

    marker: Marker
    zone: Zone = "body"
    parent: Entry | None = None
    children: list[Entry] = field(default_factory=list)
    level: int = 1
    line_end: int = 0
    heading_start: int = 0
    heading_end: int = 0
    body_start: int = 0
    own_end: int = 0
    end: int = 0
    id: str = ""

    @property
    def kind(self) -> MarkerKind:
        return self.marker.kind

    @property
    def numbered_children(self) -> list[Entry]:
        return [child for child in self.children if child.kind != "dash"]

    def heading(self, text: str) -> str | None:
        return text[self.heading_start : self.heading_end] or None


#: kinds that are never taken for a part of something numbered otherwise
_STRUCTURAL = frozenset({"part", "chapter", "division", "article"})
_DIGITS = frozenset({"digit-stop", "digit-comma", "decimal", "digit-parenthesis", "digit-half-parenthesis", "circled"})
#: how many numbers may be missing (lost pages, cut text) before a number in digits is not believed
_TOLERATED_GAP = 3

_CONTENTS = re.compile(r"(?:^|\n)目 ?[录次](?=[\n第一（(]|\s|[^\W\d]{2,3}\n)")
_APPENDIX = re.compile(
    r"\n(?:附[ ]?[件录表](?=[\s\d一二三四五六七八九十:：]).{0,50}|附[:：].{0,50}|[【\[]?(?:相关|有关)?(?:名词|用语|术语)(?:解释|说明|注释|释义).{0,6}"
    r"|[（(]?(?:注释|附注)[)）]?[:：]?)(?=\n|$)"
)
_BOX = re.compile(r"\n专栏[ ]?[\d一二三四五六七八九十]{0,3}[^\n。]{0,40}(?=\n)")


def read_outline(text: str) -> list[Entry]:
    """The outline entries of a working text, nested, with their headings and extents.

    >>> [(e.level, e.marker.text, e.heading("一、总体要求\\n全文。\\n二、任务\\n(一)建网。建成。\\n(二)用网。用好。"))
    ...  for e in read_outline("一、总体要求\\n全文。\\n二、任务\\n(一)建网。建成。\\n(二)用网。用好。")]
    [(1, '一、', '总体要求'), (1, '二、', '任务'), (2, '(一)', '建网'), (2, '(二)', '用网')]
    """
    markers = find_markers(text)
    if not markers:
        return []
    contents_end = _contents_end(text, markers)
    appendix = _appendix_start(text, markers, contents_end)
    boxes = [found.start() for found in _BOX.finditer(text)] if "\n专栏" in text else []
    entries: list[Entry] = []
    for first, last, zone in (
        (contents_end[0], contents_end[1], "contents"),
        (contents_end[1], appendix, "body"),
        (appendix, len(markers), "appendix"),
    ):
        if first < last:
            entries.extend(_Nesting(text, markers[first:last], zone, boxes).entries())
    _measure(text, entries)
    return entries


def _contents_end(text: str, markers: list[Marker]) -> tuple[int, int]:
    """The table of contents as a range of marker indices: it ends where its first line comes again."""
    found = _CONTENTS.search(text)
    if found is None:
        return 0, 0
    first = next((index for index, marker in enumerate(markers) if marker.start >= found.end() - 1), None)
    if first is None:
        return 0, 0
    opening = markers[first]
    name = _name_behind(text, opening)
    for index in range(first + 1, len(markers)):
        marker = markers[index]
        if marker.kind == opening.kind and marker.number == opening.number and _name_behind(text, marker) == name:
            return first, index
    return 0, 0


def _name_behind(text: str, marker: Marker) -> str:
    """The first letters of what a marker heads, on its line or the next."""
    return text[marker.end : marker.end + 8].replace(" ", "").lstrip("\n")[:4]


def _appendix_start(text: str, markers: list[Marker], contents: tuple[int, int]) -> int:
    """The index of the first marker behind 附件, 名词解释 and the like that closes the document's own text."""
    body = markers[contents[1] :]
    if len(body) < 3:
        return len(markers)
    leading = min(body, key=lambda marker: USUAL_RANK[marker.kind]).kind
    for found in _APPENDIX.finditer(text, body[2].start):
        behind = next((index for index, marker in enumerate(markers) if marker.start >= found.start()), None)
        if behind is None:
            return len(markers)
        before = [marker for marker in markers[contents[1] : behind] if marker.kind == leading]
        after = next((marker for marker in markers[behind:] if marker.kind == leading), None)
        goes_on = bool(before and after and after.number == (before[-1].number or 0) + 1)
        if len(before) >= 2 and not goes_on:
            return behind
    return len(markers)


class _Nesting:
    """Walks the markers of one zone with the stack of open entries."""

    def __init__(self, text: str, markers: list[Marker], zone: Zone, boxes: list[int]) -> None:
        self.text = text
        self.markers = markers
        self.zone = zone
        self.boxes = boxes
        self.stack: list[Entry] = []
        self.last_number: dict[MarkerKind, int] = {}
        self.following = self._following()

    def _following(self) -> list[int]:
        """For each marker the index of the next one of its kind (or the number of markers)."""
        following, seen = [0] * len(self.markers), dict.fromkeys(USUAL_RANK, len(self.markers))
        for index in range(len(self.markers) - 1, -1, -1):
            following[index] = seen[self.markers[index].kind]
            seen[self.markers[index].kind] = index
        return following

    def entries(self) -> list[Entry]:
        found = []
        box = 0
        for index, marker in enumerate(self.markers):
            while box < len(self.boxes) and self.boxes[box] < marker.start:
                box += 1
            entry = Entry(marker, self.zone)
            if marker.kind == "dash":
                while self.stack and self.stack[-1].kind == "dash":
                    self.stack.pop()
            elif marker.kind in _STRUCTURAL:
                if not self._open_structural(marker):
                    continue
            elif not self._open(index, marker):
                continue
            entry.parent = self.stack[-1] if self.stack else None
            entry.level = len(self.stack) + 1
            if entry.parent is not None:
                entry.parent.children.append(entry)
            self.stack.append(entry)
            if marker.number is not None:
                self.last_number[marker.kind] = marker.number
            found.append(entry)
        return found

    def _open_structural(self, marker: Marker) -> bool:
        last = self.last_number.get(marker.kind)
        number = marker.number or 0
        if marker.kind == "article" and last is not None and not (
            number == 1 or 0 <= number - last <= 1 or (0 < number - last <= 10)
        ):
            return False  # 第五条 in the middle of the text: a reference
        rank = USUAL_RANK[marker.kind]
        while self.stack and USUAL_RANK[self.stack[-1].kind] >= rank:
            self.stack.pop()
        return True

    def _open(self, index: int, marker: Marker) -> bool:
        """Pops the stack to where the marker belongs; False where its number fits nowhere."""
        number = marker.number or 0
        stack = self.stack
        same = [
            position
            for position in range(len(stack) - 1, -1, -1)
            if stack[position].kind == marker.kind and stack[position].marker.depth == marker.depth
        ]
        for position in same:
            if (stack[position].marker.number or 0) + 1 == number:
                del stack[position:]
                return True
        if number == 1:
            if same and self._heads_inner_list(index, same[0]):
                return True
            if same:
                del stack[same[0] :]
                return True
            self._make_room(index, marker)
            return True
        last = self.last_number.get(marker.kind)
        if last is not None and number == last + 1:  # numbered on through the chapters
            if same:
                del stack[same[0] :]
            else:
                self._make_room(index, marker)
            return True
        if marker.kind in _DIGITS:
            base = stack[same[0]].marker.number or 0 if same else (last or 0)
            if not 0 < number - base <= _TOLERATED_GAP:
                return False
        if same:
            del stack[same[0] :]
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
        position = index
        while position < len(markers) and markers[position].kind != open_entry.kind:
            above = USUAL_RANK[markers[position].kind] < USUAL_RANK[open_entry.kind]
            if position > index and above and markers[position].kind != markers[index].kind:
                return False
            position += 1
            if position - index > 60:
                return False
        if position == index + 1:
            return False  # a heading over the paragraphs that follow
        return position < len(markers) and markers[position].number == (open_entry.marker.number or 0) + 1

    def _make_room(self, index: int, marker: Marker) -> None:
        """Pops what stands below the marker's kind: by the document's own use, else by the usual order."""
        stack = self.stack
        while stack and stack[-1].kind not in _STRUCTURAL:
            top = stack[-1]
            if top.kind == "dash":
                stack.pop()
            elif USUAL_RANK[top.kind] < USUAL_RANK[marker.kind]:
                return
            elif marker.kind == "decimal" and top.kind == "decimal" and top.marker.depth < marker.depth:
                return
            elif top.kind != marker.kind and self._goes_on_behind(index, top):
                return
            else:
                stack.pop()


_TITLE_END = re.compile(r"[。；;！!？?]")
_NO_TITLE = re.compile(
    r"[：:；;？?]|^(?:到|至|力争|预计|截至|自|从)?[“”]?(?:\d{4}年|[一二三四五六七八九十]{1,3}五[”]?(?:时期|期间))"
    r"|(?:下列|以下|如下|之一的?|包括)$"
)
_ENDS_OPEN = re.compile(r"[，,、]$")


def _measure(text: str, entries: list[Entry]) -> None:
    """Heading, body and extent of every entry."""
    size = len(text)
    for index, entry in enumerate(entries):
        entry.own_end = entries[index + 1].marker.start if index + 1 < len(entries) else size
        line_end = text.find("\n", entry.marker.end)
        entry.line_end = size if line_end < 0 else line_end
        if entry.line_end < entry.marker.end:
            entry.line_end = entry.marker.end
        _find_heading(text, entry)
    _settle_titles(text, entries)
    open_entries: list[Entry] = []
    for entry in entries:
        while open_entries and open_entries[-1].level >= entry.level:
            open_entries.pop().end = entry.marker.start
        open_entries.append(entry)
    for entry in open_entries:
        entry.end = size


def _find_heading(text: str, entry: Entry) -> None:
    start, end = entry.marker.end, entry.line_end
    entry.heading_start = entry.heading_end = entry.body_start = start
    if entry.kind == "article":
        return
    if start == end and end < len(text):  # the marker alone on its line: the text follows on the next
        following = text.find("\n", end + 1)
        start, end = end + 1, len(text) if following < 0 else following
        entry.heading_start = entry.heading_end = entry.body_start = start
        entry.line_end = end
    stop = _TITLE_END.search(text, start, end)
    sentence_end = stop.start() if stop else end
    if stop is None:
        last = text[end - 1 : end]
        if last in "：:" and end - start <= 31 and not _NO_TITLE.search(text[start : end - 1]):
            entry.heading_end = end - 1
            entry.body_start = end
        elif end - start <= 80 and not _ENDS_OPEN.search(text[start:end]) and last not in "）)":
            entry.heading_end = entry.body_start = end
        elif last in "）)" and end - start <= 40:
            entry.heading_end = entry.body_start = end
        return
    if stop.group() != "。":
        return
    entry.heading_end = sentence_end
    entry.body_start = sentence_end + 1


def _settle_titles(text: str, entries: list[Entry]) -> None:
    """Which first sentences are titles: short ones, and longer ones where their fellows have titles too."""
    fellows: dict[tuple[MarkerKind, int], list[int]] = {}
    for entry in entries:
        if entry.body_start > entry.heading_end:  # a first sentence
            tally = fellows.setdefault((entry.kind, entry.level), [0, 0])
            tally[0] += 1
            sentence = text[entry.heading_start : entry.heading_end]
            tally[1] += len(sentence) <= 28 and sentence.count("，") + sentence.count(",") <= 1
    for entry in entries:
        if entry.body_start <= entry.heading_end:
            continue
        sentence = text[entry.heading_start : entry.heading_end]
        whole_line = entry.body_start >= entry.line_end
        total, short = fellows[(entry.kind, entry.level)]
        limit = 60 if 2 * short > total else 24
        commas = sentence.count("，") + sentence.count(",")
        is_title = len(sentence) <= limit and not _NO_TITLE.search(sentence) and (limit > 24 or not commas) and commas <= 3
        if whole_line and text[entry.body_start : entry.own_end].strip() == "" and not entry.children:
            is_title = False  # one sentence and nothing more: that is the paragraph itself
        if not is_title:
            entry.heading_end = entry.body_start = entry.heading_start
