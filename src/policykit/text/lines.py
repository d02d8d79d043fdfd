"""Lines, and which of them belong to one paragraph.

A line that was broken by the width of a page or column, in the middle of a bracket, or before a sign that cannot open a line is
joined with the next. Headings, list items and table cells stay on lines of their own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import add
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.punctuation import HAN

#: signs that end a sentence, and signs after which a line is complete though no sentence ends
_TERMINAL = frozenset("。！？；：.!?;:…")
_COMPLETE = _TERMINAL | frozenset("）)】］]〕>》”’")
#: signs that cannot open a paragraph, and signs that cannot end one
_NO_START = frozenset("，。、；：？！”’）》〉〕】,;:?!)%％")
_NO_END = frozenset("，、,（(《“‘〔【")

_NUMERAL = "一二三四五六七八九十百零〇"
#: what the markers of headings, articles, list items and bullets begin with, beside digits
_MARKER_STARTS = frozenset(
    f"{_NUMERAL}第(（•·\ufffd—–─－-附专*#" + "".join(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A))))
)
#: what stands in a number beside digits
_NUMBER_SIGNS = ".,–—-"
_NUMBER_LETTERS = f"0123456789{_NUMBER_SIGNS}"
_LONGEST_NUMBER = 12
#: what a marker of more than one sign ends with
_MARKER_ENDS = "、)）.．"
_OPEN = {"（": "）", "(": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CLOSE = {"）": "）", ")": "）", "》": "》", "”": "”", "〕": "〕", "】": "】"}

#: a line that fills at least this part of the usual width was broken by the width
_FULL = 0.72
#: paragraphs of running text are at least this long
_RUNNING = 30
#: what has no width of its own in ASCII
_NOT_PRINTED = bytes((*range(ord(" ") + 1), 0x7F))
#: titles are looked for in so many lines, and none of theirs is longer
_HEAD, _LONGEST_TITLE = 40, 60


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text that are not blank, without the white space around them, in columns.

    `texts` are their letters, `starts` their offsets, `numbers` their places among `all_texts`, which has the blank lines too.
    """

    texts: list[str]
    starts: Sequence[int]
    numbers: Sequence[int]
    all_texts: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, index: int) -> int:
        """The offset behind a line."""
        return self.starts[index] + len(self.texts[index])

    def is_after_blank(self, index: int) -> bool:
        """Whether a blank line stands before a line."""
        number = self.numbers[index]
        return number > 0 and not self.all_texts[number - 1]

    def without(self, left_out: Collection[int]) -> Lines:
        """The lines but for some."""
        if not left_out:
            return self
        kept = [index for index in range(len(self.texts)) if index not in left_out]
        starts, numbers = (array("I", [column[i] for i in kept]) for column in (self.starts, self.numbers))
        return Lines([self.texts[i] for i in kept], starts, numbers, self.all_texts)


class _Patterns(NamedTuple):
    marker: re.Pattern[str]
    marker_alone: re.Pattern[str]
    label_alone: re.Pattern[str]
    number: re.Pattern[str]
    bracket: re.Pattern[str]
    stops_short: re.Pattern[str]
    goes_on: re.Pattern[str]
    title_opens: re.Pattern[str]
    cited: re.Pattern[str]
    title_ends: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    number = rf"(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}}|[ivx]{{1,5}}|[a-z])"
    return _Patterns(
        marker=compiled(
            # `_MARKER_STARTS` are its first signs
            rf"第 ?(?:[{_NUMERAL}] ?|\d ?){{1,6}}[编篇章节節编篇條条項项款部]|[{_NUMERAL}]{{1,4}}、|[(（] ?{number} ?[)）]"
            rf"|\d{{1,3}}[.、．)）](?!\d)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?: |(?={HAN})(?![亿万倍个元]))"
            rf"|[\u2460-\u249b\u3220-\u3229•·\ufffd]|[—–─－-]{{2}}|—|[附][件录][{_NUMERAL}\d]{{0,2}}(?:[:：]|$)|专栏|[*#-] "
        ),
        marker_alone=compiled(
            rf"(?:[{_NUMERAL}]{{1,4}}、|[(（] ?{number} ?[)）]|\d{{1,3}}[.、．)）]|[•·\ufffd\u2460-\u249b\u3220-\u3229])"
        ),
        label_alone=compiled(r"专 ?栏|附 ?件|附 ?表|附 ?录"),
        number=compiled(rf"[\d\s{_NUMBER_SIGNS}]+"),
        bracket=compiled(r"[（(《“〔【）)》”〕】]"),
        stops_short=compiled(r"(?<![目标])的$|第.{1,4}届$"),
        goes_on=compiled(r"的(?!士)|是[：:，,]|以及|等[，。、]"),
        cited=compiled(r"《([^《》]{6,80})》"),
        title_opens=compiled(r"关于|印发|转发|批转"),
        title_ends=compiled(
            r"(?:通知|意见|决定|办法|方案|规划|纲要|计划|措施|举措|细则|规定|条例|函|批复|报告|公告|通告|要点|建议|决议|命令|指南)[)）》”]?$"
        ),
    )


def split_lines(text: str) -> Lines:
    r"""The lines of a text that are not blank.

    >>> list(split_lines("一、总则 \n\n  第一条").starts)
    [0, 9]
    """
    raw = text.split("\n")
    stripped = list(map(str.strip, raw))
    offsets = map(add, accumulate(map(len, raw), initial=0), count())
    # `strip` gives back the very line where it has nothing to take off
    starts = [
        offset if letters is line else offset + line.index(letters[0])
        for offset, line, letters in zip(offsets, raw, stripped, strict=False)
        if letters
    ]
    # arrays hold numbers in a tenth of the room, and are filled from lists far faster than one by one
    numbers = array("I", list(compress(count(), stripped)))
    return Lines(list(filter(None, stripped)), array("I", starts), numbers, stripped)


def is_marked(text: str) -> bool:
    """Whether a line opens with the marker of a heading, an article, a list item or a bullet.

    >>> is_marked("（一）总体要求"), is_marked("3.5亿元"), is_marked("到2027年")
    (True, False, False)
    """
    # most lines open with another sign: that takes no pattern
    return _can_be_marked(text[:1]) and _patterns().marker.match(text) is not None


def _can_be_marked(first: str) -> bool:
    """Whether a marker can begin with a sign."""
    return first in _MARKER_STARTS or first.isdecimal()


def wrapped_width(lines: Lines) -> float | None:
    """The width (in Chinese characters) at which the lines of a text were broken; None where they were not.

    They were where many lines stop within a sentence and nearly all of these are as long as one another.
    """
    long_lines = [text for text in lines.texts if len(text) >= 15]
    stopping = [text for text in long_lines if text[-1] not in _TERMINAL]
    enough = max(3, -(-len(long_lines) // 4))
    if len(stopping) < enough:
        return None
    stopping = [text for text in stopping if not is_marked(text)]
    if len(stopping) < enough:
        return None
    broken = sorted(map(_width, stopping))
    usual = broken[int(len(broken) * 0.9)]
    if not 15 <= usual <= 90:
        return None
    full = sum(1 for width in broken if width >= usual * 0.75)
    part = 1.0 if len(broken) < 8 else 0.6
    return usual if full >= len(broken) * part else None


def _width(text: str) -> float:
    """The width of a line in Chinese characters: spaces left out, Latin letters and digits half."""
    narrow = text.encode("ascii", "ignore").translate(None, _NOT_PRINTED)
    return len(text) - text.count(" ") - len(narrow) / 2


def paragraphs(lines: Lines, width: float | None, within: Collection[int] = ()) -> list[int]:
    """The indexes of the lines that open a paragraph.

    `width` is as `wrapped_width` gives it; `within` holds the offsets of lines that are known to go on with the one before.
    """
    texts = lines.texts
    opening = [0] if texts else []
    titles = _title_runs(texts)
    numbers = {index for index, text in enumerate(texts) if len(text) <= _LONGEST_NUMBER and _is_number(text)}
    before = ""
    for index, after in enumerate(texts):
        if not before or (within and lines.starts[index] in within):
            pass
        elif width is None and before[-1] in _COMPLETE and len(before) > 8 and after[0] not in _NO_START:
            opening.append(index)  # most lines are whole paragraphs
        elif index not in titles and not _joins(lines, opening[-1], index, width, numbers):
            opening.append(index)
        before = after
    return opening


def _joins(lines: Lines, first: int, index: int, width: float | None, numbers: Collection[int]) -> bool:
    """Whether line `index` goes on with the paragraph that the lines from `first` on have made so far.

    `numbers` are the indexes of the lines that hold nothing but a number.
    """
    texts = lines.texts
    before, after = texts[index - 1], texts[index]
    last, opens = before[-1], after[0]
    if opens in _NO_START:
        return True
    patterns = _patterns()
    if (
        len(before) <= 8
        and (last in _MARKER_ENDS or len(before) == 1)
        and _can_be_marked(before[0])
        and patterns.marker_alone.fullmatch(before)
    ):
        return _marker_joins(texts, index, patterns)
    complete = last in _COMPLETE
    if complete and width is None:
        return False
    if not complete and (index - 1 in numbers or index in numbers):  # a table of contents can be nothing but such lines
        return len(after) <= 2 and after.isdigit() and patterns.label_alone.fullmatch(before) is not None
    if _can_be_marked(opens) and patterns.marker.match(after):
        return False
    if complete and width is not None:
        return _wrapped_after_stop(lines, first, index, width)
    if last in _NO_END or (last in "的届" and patterns.stops_short.search(before)):
        return True
    if opens in "的是以等" and patterns.goes_on.match(after):
        return True
    if width is not None and _width(before) >= width * _FULL:
        return True
    return _closes(texts, first, index, patterns) or _runs_on(texts, first, index)


def _is_number(text: str) -> bool:
    """Whether a line holds nothing but a number."""
    if len(text) > _LONGEST_NUMBER:
        return False
    first = text[:1]
    # nearly all of them hold no other digits and no white space: that takes no pattern
    return (first.isdecimal() or first in _NUMBER_SIGNS) and (
        not text.strip(_NUMBER_LETTERS) or _patterns().number.fullmatch(text) is not None
    )


def _marker_joins(texts: list[str], index: int, patterns: _Patterns) -> bool:
    """A marker on a line of its own goes with the next line, unless markers or numbers stand in a column."""
    after = texts[index]
    if is_marked(after) or _is_number(after):
        return False
    return index < 2 or patterns.marker_alone.fullmatch(texts[index - 2]) is None


def _wrapped_after_stop(lines: Lines, first: int, index: int, width: float) -> bool:
    """In text broken by width, after a line that ends with a sentence or a bracket: a full line goes on, a short one ends."""
    before, after = lines.texts[index - 1], lines.texts[index]
    here = _width(before)
    if before[-1] not in _TERMINAL:
        return here >= width * _FULL and not _bracket_after_stop(before)
    if after[0] in "（(":
        return here >= width * 0.6
    if lines.is_after_blank(index) or (after[-1] not in _TERMINAL and _width(after) < width * _FULL):
        return False  # a paragraph or a heading of its own
    if before[-1] in "；;":  # items of a list have markers
        return here >= width * _FULL
    if before[-1] != "。":
        return False
    widest = max(map(_width, lines.texts[max(first, index - 9) : index - 1]), default=width)
    return here >= widest - 1


def _bracket_after_stop(text: str) -> bool:
    """Whether a line ends with a bracket of its own behind a sentence: …。（环境及生态局）"""
    if text[-1] not in "）)":
        return False
    opened = max(text.rfind("（"), text.rfind("("))
    return opened <= 0 or text[:opened].rstrip()[-1:] in _TERMINAL


def _closes(texts: list[str], first: int, index: int, patterns: _Patterns) -> bool:
    """Whether a bracket or quotation that the paragraph left open is closed by the next line or the one after it."""
    opened: list[str] = []
    for text in texts[max(first, index - 9) : index]:
        for sign in patterns.bracket.findall(text):
            if sign in _OPEN:
                opened.append(_OPEN[sign])
            elif opened and opened[-1] == _CLOSE[sign]:
                opened.pop()
    if not opened:
        return False
    for text in texts[index : index + 2]:
        depth = 0
        for sign in patterns.bracket.findall(text):
            if sign in _OPEN:
                depth += 1
            elif depth:
                depth -= 1
            else:
                return _CLOSE[sign] == opened[-1]
        if text[-1] in _TERMINAL:
            return False
    return False


def _runs_on(texts: list[str], first: int, index: int) -> bool:
    """Whether running text stops within a sentence and the next line takes it up."""
    before, after = texts[index - 1], texts[index]
    if len(before) < _RUNNING:
        return False
    if len(after) >= 15:
        goes_on = after[-1] in _TERMINAL
    else:
        goes_on = index + 1 < len(texts) and texts[index + 1][0] in _NO_START
    return goes_on and any("。" in text for text in texts[max(first, index - 9) : index])


def _title_runs(texts: list[str]) -> set[int]:
    """The lines at the head that go on with a title.

    A title that opens with 关于, 印发 and the like goes on to the word for its kind (国务院关于印发 | “十四五”应急体系规划的通知); another
    goes on where the lines together are a title that the notice before it cites.
    """
    patterns = _patterns()
    head = texts[:_HEAD]
    cited = {title.replace(" ", "") for text in head if "《" in text for title in patterns.cited.findall(text)}
    found: set[int] = set()
    for index, line in enumerate(head):
        if len(line) > _LONGEST_TITLE or line[-1] in _COMPLETE or is_marked(line):
            continue
        opens = patterns.title_opens.search(line) is not None and patterns.title_ends.search(line) is None
        if not opens and not any(title.startswith(line) for title in cited):
            continue
        together = line
        for last in range(index + 1, min(index + 4, len(texts))):
            following = texts[last]
            if len(following) > _LONGEST_TITLE or following[-1] in "：:" or "。" in following or is_marked(following):
                break
            together += following
            if (opens and patterns.title_ends.search(following)) or together.replace(" ", "") in cited:
                found.update(range(index + 1, last + 1))
                break
    return found
