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
    if stop is not None:
        position = stop.start()
        if text[position] == "。":
            entry.heading_end, entry.body_start = position, position + 1
    elif end - start <= _LINE_LIMIT:
        last = text[end - 1 : end]
        if last in "：:":
            if end - start <= _COLON_LIMIT and not _ANNOUNCES.search(text[start : end - 1]):
                entry.heading_end, entry.body_start = end - 1, end
        elif last not in _OPEN_ENDS and (last not in "）)" or end - start <= 40):
            entry.heading_end = entry.body_start = end


def _settle_titles(text: str, entries: list[Entry]) -> None:
    """Which first sentences are titles: short ones, and longer ones where most entries of the kind have titles."""
    candidates: list[tuple[Entry, str, int, list[int]]] = []
    tallies: dict[tuple[str, int], list[int]] = {}
    for entry in entries:
        end = entry.heading_end
        if entry.body_start <= end:
            continue
        sentence = text[entry.heading_start : end]
        commas = sentence.count("，") + sentence.count(",")
        tally = tallies.setdefault((entry.kind, entry.depth), [0, 0])
        tally[0] += 1
        tally[1] += len(sentence) <= _SHORT and commas <= 1
        if text[end] not in "：:":
            candidates.append((entry, sentence, commas, tally))
    for entry, sentence, commas, (total, short) in candidates:
        among_titles = 2 * short > total
        if entry.body_start >= entry.line_end:  # the whole line
            more_below = entry.children or text[entry.body_start : entry.own_end].strip("\n*# ")
            is_title = bool(more_below) and len(sentence) <= _LINE_LIMIT and commas <= 3
        else:
            limit = _TITLE_LIMIT if among_titles else _LONE_TITLE_LIMIT
            is_title = len(sentence) <= limit and commas <= (3 if among_titles else 1)
        if not is_title or _is_no_title(sentence):
            entry.heading_end = entry.body_start = entry.heading_start


def _is_no_title(sentence: str) -> bool:
    """Whether the words of a first sentence (which holds no stop) are those of running text."""
    return (
        "：" in sentence
        or ":" in sentence
        or sentence.endswith(_ANNOUNCES_LIST)
        or _OPENS_SENTENCE.match(sentence) is not None
    )


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
