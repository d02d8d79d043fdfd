"""Where the heading of an outline entry ends: at its line's end, at the first full stop of a title, at a wide gap in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policykit.patterns import compiled
from policykit.text.normalise import NormalisedText

if TYPE_CHECKING:
    from policykit.document.outline import Entry

#: how long a heading may be: on a line of its own, before a colon, as a first sentence among titles, as one among paragraphs
_LINE_LIMIT = 80
_COLON_LIMIT = 30
_TITLE_LIMIT = 60
_LONE_TITLE_LIMIT = 24
#: a first sentence up to this length counts as short when the entries of one kind are compared
_SHORT = 28

_STOP = compiled(r"[。；;！!？?]")
#: how far behind the marker it is looked for
_STOP_REACH = 200
# what a title does not hold: a date that opens a sentence, the announcement of a list; nor does it a colon
_OPENS_SENTENCE = compiled(
    r"(?:到|至|力争|预计|截至|自|从)[“”]?(?:\d{4}年|[一二三四五六七八九十]{1,3}五)"
    r"|[“”]?(?:\d{4}年|[一二三四五六七八九十]{1,3}五[“”]?(?:时期|期间))[^，,]{0,3}[，,]"
)
_ANNOUNCES_LIST = ("下列", "以下", "如下", "之一", "之一的", "包括")
_ANNOUNCES = compiled(r"^(?:我们|政府|我)?(?:会|将|亦会|并会)|措施|(?:包括|例如|如下|以下|下列).{0,4}$")
_OPEN_ENDS = frozenset("，,、（(")
# 第一篇　转变方式　开创新局面　　“十二五”时期…: two wide spaces part the heading from the text
_WIDE_GAP = compiled(r"(?P<heading>\S{1,40}(?:[\u3000 ]\S{1,40}){0,3})[\u3000]{2,}(?=\S)")
_STRUCTURAL = ("part", "chapter", "division")


def find_headings(text: str, entries: list[Entry], *, is_address: bool = False) -> None:
    """Sets the headings of entries whose lines are known; articles have none.

    Nor have paragraphs numbered in digits in an address: what looks like a heading is their first sentence.
    """
    # where other parts of an address are numbered in digits too, its paragraphs count in what is usual for that kind
    are_skipped = is_address and all(entry.zone == "body" for entry in entries if entry.kind == "digit-stop")
    titles = _Titles(text)
    for entry in entries:
        if entry.kind != "article" and not (are_skipped and entry.kind == "digit-stop"):
            _find_heading(text, entry, titles)
    titles.settle()
    if is_address and not are_skipped:
        _drop_paragraph_headings(entries)


def _find_heading(text: str, entry: Entry, titles: _Titles) -> None:
    start, end = entry.heading_start, entry.line_end
    limit = start + _STOP_REACH
    stop = _STOP.search(text, start, limit if limit < end else end)
    if stop is not None:
        position = stop.start()
        if text[position] == "。":
            titles.add(entry, position, position + 1)
    elif end - start <= _LINE_LIMIT:
        last = text[end - 1 : end]
        if last in "：:":
            if end - start <= _COLON_LIMIT and not _ANNOUNCES.search(text[start : end - 1]):
                titles.add(entry, end - 1, end)
        elif last not in _OPEN_ENDS and (last not in "）)" or end - start <= 40):
            entry.heading_end = entry.body_start = end


class _Titles:
    """Which first sentences are titles: short ones, and longer ones where most entries of the kind have titles."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.candidates: list[tuple[Entry, int, int, list[int]]] = []
        #: by kind and depth: first sentences, how many of them are short
        self.tallies: dict[tuple[str, int], list[int]] = {}

    def add(self, entry: Entry, end: int, body_start: int) -> None:
        """A first sentence that ends with a stop or a colon."""
        text, start = self.text, entry.heading_start
        group = entry.kind, entry.depth
        tally = self.tallies.get(group)
        if tally is None:
            tally = self.tallies[group] = [0, 0]
        tally[0] += 1
        if end - start <= _SHORT and _commas(text, start, end) <= 1:
            tally[1] += 1
        if text[end] == "。":
            self.candidates.append((entry, end, body_start, tally))
        else:
            entry.heading_end, entry.body_start = end, body_start

    def settle(self) -> None:
        """Makes headings of what turned out to be titles."""
        text = self.text
        for entry, end, body_start, (total, short) in self.candidates:
            start = entry.heading_start
            among_titles = 2 * short > total
            if body_start >= entry.line_end:  # the whole line
                more_below = entry.first_child or text[body_start : entry.own_end].strip("\n*# ")
                limit, commas = _LINE_LIMIT if more_below else -1, 3
            else:
                limit, commas = (_TITLE_LIMIT, 3) if among_titles else (_LONE_TITLE_LIMIT, 1)
            if end - start <= limit and _commas(text, start, end) <= commas and not _is_no_title(text[start:end]):
                entry.heading_end, entry.body_start = end, body_start


def _commas(text: str, start: int, end: int) -> int:
    return text.count("，", start, end) + text.count(",", start, end)


def _is_no_title(sentence: str) -> bool:
    """Whether the words of a first sentence (which holds no stop) are those of running text."""
    return (
        "：" in sentence
        or ":" in sentence
        or sentence.endswith(_ANNOUNCES_LIST)
        or _OPENS_SENTENCE.match(sentence) is not None
    )


def _drop_paragraph_headings(entries: list[Entry]) -> None:
    for entry in entries:
        if entry.kind == "digit-stop" and entry.zone == "body":
            entry.heading_end = entry.body_start = entry.heading_start


def split_at_wide_gaps(normalised: NormalisedText, entries: list[Entry]) -> None:
    """Ends the headings of parts, chapters and sections where the source leaves a gap of two wide spaces before running text."""
    source = normalised.source.text
    if "\u3000\u3000" not in source:
        return
    for entry in entries:
        if entry.kind not in _STRUCTURAL or entry.line_end - entry.marker.end < _LONE_TITLE_LIMIT:
            continue
        span = normalised.source_span(entry.marker.end, entry.line_end)
        found = _WIDE_GAP.match(source, span.start, span.end)
        if found is None:
            continue
        end = normalised.working_span(found.start("heading"), found.end("heading")).end
        if entry.marker.end < end <= entry.line_end:
            entry.heading_start, entry.heading_end, entry.body_start = entry.marker.end, end, end
            if normalised.text.startswith(" ", end):
                entry.body_start += 1
