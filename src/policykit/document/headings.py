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
# what a title does not hold: a colon, a date that opens a sentence, the announcement of a list
_NO_TITLE = compiled(
    r"[：:；;？?]"
    r"|^(?:到|至|力争|预计|截至|自|从)[“”]?(?:\d{4}年|[一二三四五六七八九十]{1,3}五)"
    r"|^[“”]?(?:\d{4}年|[一二三四五六七八九十]{1,3}五[“”]?(?:时期|期间))[^，,]{0,3}[，,]"
    r"|(?:下列|以下|如下|之一的?|包括)$"
)
_ANNOUNCES = compiled(r"^(?:我们|政府|我)?(?:会|将|亦会|并会)|措施|(?:包括|例如|如下|以下|下列).{0,4}$")
_OPEN_END = compiled(r"[，,、（(]$")
# 第一篇　转变方式　开创新局面　　“十二五”时期…: two wide spaces part the heading from the text
_WIDE_GAP = compiled(r"(?P<heading>\S{1,40}(?:[\u3000 ]\S{1,40}){0,3})[\u3000]{2,}(?=\S)")
_STRUCTURAL = ("part", "chapter", "division")


def find_headings(text: str, entries: list[Entry]) -> None:
    """Sets heading and start of the body of every entry; articles have no heading."""
    for entry in entries:
        _find_heading(text, entry)
    _settle_titles(text, entries)


def _find_heading(text: str, entry: Entry) -> None:
    start, end = entry.marker.end, entry.line_end
    if start >= end < entry.own_end and text[end : end + 1] == "\n":  # the marker alone on its line
        following = text.find("\n", end + 1)
        start, end = end + 1, min(entry.own_end, len(text) if following < 0 else following)
        entry.line_end = end
    entry.heading_start = entry.heading_end = entry.body_start = start
    if entry.kind == "article":
        return
    stop = _STOP.search(text, start, min(end, start + 200))
    if stop is None:
        last = text[end - 1 : end]
        if end - start > _LINE_LIMIT or _OPEN_END.search(last):
            return
        if last in "：:":
            if end - start <= _COLON_LIMIT and not _ANNOUNCES.search(text[start : end - 1]):
                entry.heading_end, entry.body_start = end - 1, end
        elif last not in "）)" or end - start <= 40:
            entry.heading_end = entry.body_start = end
    elif stop.group() == "。":
        entry.heading_end, entry.body_start = stop.start(), stop.end()


def _commas(sentence: str) -> int:
    return sentence.count("，") + sentence.count(",")


def _settle_titles(text: str, entries: list[Entry]) -> None:
    """Which first sentences are titles: short ones, and longer ones where most entries of the kind have titles."""
    tallies: dict[tuple[str, int], list[int]] = {}
    for entry in entries:
        if entry.body_start > entry.heading_end:
            sentence = text[entry.heading_start : entry.heading_end]
            tally = tallies.setdefault((entry.kind, entry.depth), [0, 0])
            tally[0] += 1
            tally[1] += len(sentence) <= _SHORT and _commas(sentence) <= 1
    for entry in entries:
        if entry.body_start <= entry.heading_end or text[entry.heading_end] in "：:":
            continue
        sentence = text[entry.heading_start : entry.heading_end]
        total, short = tallies[(entry.kind, entry.depth)]
        among_titles = 2 * short > total
        limit = _TITLE_LIMIT if among_titles else _LONE_TITLE_LIMIT
        commas = _commas(sentence)
        whole_line = entry.body_start >= entry.line_end
        if whole_line:
            more_below = entry.children or text[entry.body_start : entry.own_end].strip("\n*# ")
            is_title = bool(more_below) and len(sentence) <= _LINE_LIMIT and commas <= 3
        else:
            is_title = len(sentence) <= limit and commas <= (3 if among_titles else 1)
        if not is_title or _NO_TITLE.search(sentence):
            entry.heading_end = entry.body_start = entry.heading_start


def drop_paragraph_headings(entries: list[Entry]) -> None:
    """Takes the headings from paragraphs numbered in digits: in an address what looks like one is the first sentence."""
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
