"""Lines, and which of them belong to one paragraph.

A line that was broken by the width of a page or column, in the middle of a bracket, or before a sign that cannot open a line is
joined with the next. Headings, list items and table cells stay on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from policykit.text.punctuation import HAN

#: signs that end a sentence, and signs after which a line is complete though no sentence ends
_TERMINAL = frozenset("。！？；：.!?;:…")
_COMPLETE = _TERMINAL | frozenset("）)】］]〕>》”’")
#: signs that cannot open a paragraph, and signs that cannot end one
_NO_START = frozenset("，。、；：？！”’）》〉〕】,;:?!)%％")
_NO_END = frozenset("，、,（(《“‘〔【")

_NUMERAL = "一二三四五六七八九十百零〇"
_OPEN = {"（": "）", "(": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CLOSE = {"）": "）", ")": "）", "》": "》", "”": "”", "〕": "〕", "】": "】"}

#: a line that fills at least this part of the usual width was broken by the width
_FULL = 0.72
#: paragraphs of running text are at least this long
_RUNNING = 30


class Line(NamedTuple):
    """A line without the white space around it: its offsets, its letters and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool


class _Patterns(NamedTuple):
    line: re.Pattern[str]
    marker: re.Pattern[str]
    marker_alone: re.Pattern[str]
    label_alone: re.Pattern[str]
    number: re.Pattern[str]
    bracket: re.Pattern[str]
    goes_on: re.Pattern[str]
    title_opens: re.Pattern[str]
    title_ends: re.Pattern[str]
    printable: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    number = rf"(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}}|[ivx]{{1,5}}|[a-z])"
    return _Patterns(
        line=re.compile(r"[^\s\ufeff\u200b][^\n]*"),
        marker=re.compile(
            rf"第 ?(?:[{_NUMERAL}] ?|\d ?){{1,6}}[编篇章节節编篇條条項项款部]|[{_NUMERAL}]{{1,4}}、|[(（] ?{number} ?[)）]"
            rf"|\d{{1,3}}[.、．)）](?!\d)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?: |(?=[{HAN}])(?![亿万倍个元]))"
            rf"|[\u2460-\u249b\u3220-\u3229●◆■□▪❖•·]|[—–─－-]{{2}}|—|[附][件录][{_NUMERAL}\d]{{0,2}}(?:[:：]|$)|专栏|[*#-] "
        ),
        marker_alone=re.compile(
            rf"(?:[{_NUMERAL}]{{1,4}}、|[(（] ?{number} ?[)）]|\d{{1,3}}[.、．)）]|[•·●◆■□▪❖\u2460-\u249b\u3220-\u3229])"
        ),
        label_alone=re.compile(r"专 ?栏|附 ?件|附 ?表|附 ?录"),
        number=re.compile(r"[\d\s.,–—-]{1,12}"),
        bracket=re.compile(r"[（(《“〔【）)》”〕】]"),
        goes_on=re.compile(r"的(?!士)|是[：:，,]|以及|和(?![平谐田县美睦])|及(?!时|格|早)|与(?!时)|等[，。、]"),
        title_opens=re.compile(r"关于|印发|转发|批转"),
        title_ends=re.compile(
            r"(?:通知|意见|决定|办法|方案|规划|纲要|计划|措施|举措|细则|规定|条例|函|批复|报告|公告|通告|要点|建议|决议|命令|指南)[)）》”]?$"
        ),
        printable=re.compile(r"[!-~]"),
    )


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines, last = [], 0
    for match in _patterns().line.finditer(text):
        start = match.start()
        letters = match[0].rstrip()
        lines.append(Line(start, start + len(letters), letters, text.count("\n", last, start) > 1))
        last = start + len(match[0])
    return lines


def is_marked(text: str) -> bool:
    """Whether a line opens with the marker of a heading, an article, a list item or a bullet.

    >>> is_marked("（一）总体要求"), is_marked("3.5亿元"), is_marked("到2027年")
    (True, False, False)
    """
    return _patterns().marker.match(text) is not None


def wrapped_width(lines: Sequence[Line]) -> float | None:
    """The width (in Chinese characters) at which the lines of a text were broken; None where they were not.

    They were where many lines stop within a sentence and nearly all of these are as long as one another.
    """
    broken, long_lines = [], 0
    for line in lines:
        if len(line.text) >= 15:
            long_lines += 1
            if line.text[-1] not in _TERMINAL and not is_marked(line.text):
                broken.append(_width(line.text))
    if len(broken) < 3 or len(broken) * 4 < long_lines:
        return None
    broken.sort()
    usual = broken[int(len(broken) * 0.9)]
    if not 15 <= usual <= 90:
        return None
    full = sum(1 for width in broken if width >= usual * 0.75)
    few = len(broken) < 8
    return usual if full * (10 if few else 5) >= len(broken) * (10 if few else 3) else None


def _width(text: str) -> float:
    """The width of a line in Chinese characters: spaces left out, Latin letters and digits half."""
    return len(text) - text.count(" ") - len(_patterns().printable.findall(text)) / 2


def paragraphs(lines: Sequence[Line], width: float | None) -> list[tuple[int, int]]:
    """Runs of lines that are one paragraph each: indexes, end exclusive. `width` as `wrapped_width` gives it."""
    runs: list[tuple[int, int]] = []
    first = 0
    titles = _title_runs(lines)
    for index in range(1, len(lines)):
        if titles.get(index - 1) == index or _joins(lines, first, index, width):
            continue
        runs.append((first, index))
        first = index
    if lines:
        runs.append((first, len(lines)))
    return runs


def _joins(lines: Sequence[Line], first: int, index: int, width: float | None) -> bool:
    """Whether line `index` goes on with the paragraph that the lines from `first` on have made so far."""
    before, after = lines[index - 1].text, lines[index].text
    last = before[-1]
    if after[0] in _NO_START:
        return True
    complete = last in _COMPLETE
    if complete and width is None:
        return False
    patterns = _patterns()
    if patterns.marker_alone.fullmatch(before):
        return _marker_joins(lines, index, patterns)
    if patterns.marker.match(after):
        return False
    if complete and width is not None:
        return _wrapped_after_stop(lines, first, index, width)
    if patterns.number.fullmatch(before):
        return False
    if last in _NO_END or last in "的和与及届" or patterns.goes_on.match(after):
        return not patterns.number.fullmatch(after)
    if width is not None and _width(before) >= width * _FULL:
        return not patterns.number.fullmatch(after)
    if patterns.label_alone.fullmatch(before):
        return after.isdigit() and len(after) <= 2
    return _closes(lines, first, index, patterns) or _runs_on(lines, first, index)


def _marker_joins(lines: Sequence[Line], index: int, patterns: _Patterns) -> bool:
    """A marker on a line of its own goes with the next line, unless markers or numbers stand in a column."""
    after = lines[index].text
    if patterns.marker.match(after) or patterns.number.fullmatch(after):
        return False
    return index < 2 or patterns.marker_alone.fullmatch(lines[index - 2].text) is None


def _wrapped_after_stop(lines: Sequence[Line], first: int, index: int, width: float) -> bool:
    """In text broken by width, after a line that ends with a sentence or a bracket: a full line goes on, a short one ends."""
    before, after = lines[index - 1], lines[index]
    here = _width(before.text)
    if before.text[-1] not in _TERMINAL:
        return here >= width * _FULL and not _bracket_after_stop(before.text)
    if after.text[0] in "（(":
        return here >= width * 0.6
    if after.after_blank or (after.text[-1] not in _TERMINAL and _width(after.text) < width * _FULL):
        return False  # a paragraph or a heading of its own
    if before.text[-1] in "；;":  # items of a list have markers
        return here >= width * _FULL
    widest = max((_width(line.text) for line in lines[first : index - 1]), default=width)
    return before.text[-1] == "。" and here >= widest - 1


def _bracket_after_stop(text: str) -> bool:
    """Whether a line ends with a bracket of its own behind a sentence: …。（环境及生态局）"""
    if text[-1] not in "）)":
        return False
    opened = max(text.rfind("（"), text.rfind("("))
    return opened <= 0 or text[:opened].rstrip()[-1:] in _TERMINAL


def _closes(lines: Sequence[Line], first: int, index: int, patterns: _Patterns) -> bool:
    """Whether a bracket or quotation that the paragraph left open is closed by the next line or the one after it."""
    opened: list[str] = []
    for line in lines[first:index]:
        for match in patterns.bracket.finditer(line.text):
            if match[0] in _OPEN:
                opened.append(_OPEN[match[0]])
            elif opened and opened[-1] == _CLOSE[match[0]]:
                opened.pop()
    if not opened or sum(len(line.text) for line in lines[first:index]) > 2000:
        return False
    for line in lines[index : index + 2]:
        depth = 0
        for match in patterns.bracket.finditer(line.text):
            if match[0] in _OPEN:
                depth += 1
            elif depth:
                depth -= 1
            else:
                return _CLOSE[match[0]] == opened[-1]
        if line.text[-1] in _TERMINAL:
            return False
    return False


def _runs_on(lines: Sequence[Line], first: int, index: int) -> bool:
    """Whether running text stops within a sentence and the next line takes it up."""
    before, after = lines[index - 1].text, lines[index].text
    if len(before) < _RUNNING or not any("。" in line.text for line in lines[first:index]):
        return False
    if len(after) >= 15 and after[-1] in _TERMINAL:
        return True
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return len(after) < 15 and following[:1] in _NO_START and bool(following)


def _title_runs(lines: Sequence[Line]) -> dict[int, int]:
    """Lines of a title that goes on: index of a line and of the next. Titles are looked for at the head."""
    patterns = _patterns()
    found: dict[int, int] = {}
    for index, line in enumerate(lines[:40]):
        text = line.text.strip("*# ")
        if len(text) > 60 or is_marked(text) or text[-1:] in _COMPLETE or not patterns.title_opens.search(text):
            continue
        if patterns.title_ends.search(text.replace(" ", "")):
            continue
        for last in range(index + 1, min(index + 4, len(lines))):
            following = lines[last].text.strip("*# ")
            if len(following) > 60 or is_marked(following) or "。" in following or following[-1] in "：:":
                break
            if patterns.title_ends.search(following.replace(" ", "")):
                found.update({at: at + 1 for at in range(index, last)})
                break
    return found
