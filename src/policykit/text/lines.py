"""Lines, and which of them belong to one paragraph.

A line that was broken by the width of a page or column, in the middle of a bracket, or before a sign that cannot open a line is
joined with the next. Headings, list items and table cells stay on lines of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, compress, count
from operator import add, is_not, itemgetter, sub
from sys import intern
from typing import NamedTuple, TypeVar

from policykit.patterns import compiled
from policykit.text.punctuation import HAN

#: signs that end a sentence, and signs after which a line is complete though no sentence ends
_TERMINAL = frozenset("。！？；：.!?;:…")
_COMPLETE = _TERMINAL | frozenset("）)】］]〕>》”’")
#: signs that cannot open a paragraph, and signs that cannot end one
_NO_START = frozenset("，。、；：？！”’）》〉〕】,;:?!)%％")
_NO_END = frozenset("，、,（(《“‘〔【")
#: signs that a line can end with that stops short, and that one can begin with that takes a sentence up
_MAY_STOP_SHORT, _MAY_GO_ON = frozenset("的届"), frozenset("的是以等")

_Item = TypeVar("_Item")

_NUMERAL = "一二三四五六七八九十百零〇"
#: what the markers of headings, articles, list items and bullets begin with, beside digits
_MARKER_STARTS = frozenset(
    f"{_NUMERAL}第(（•·\ufffd—–─－-附专*#" + "".join(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A))))
)
#: what stands in a number beside digits
_NUMBER_SIGNS = ".,–—-"
_NUMBER_LETTERS = f"0123456789{_NUMBER_SIGNS} "
_LONGEST_NUMBER = 12
#: from here to there no letter is a digit or white space
_FIRST_LETTER, _LAST_LETTER = "\u3400", "\u9fff"
#: what a marker of more than one sign ends with
_MARKER_ENDS = "、)）.．"
_OPEN = {"（": "）", "(": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CLOSE = {"）": "）", ")": "）", "》": "》", "”": "”", "〕": "〕", "】": "】"}

#: what a label begins with that a number goes with
_LABEL_STARTS = frozenset("专附")

#: a line that fills at least this part of the usual width was broken by the width
_FULL = 0.72
#: paragraphs of running text are at least this long
_RUNNING = 30
#: what ASCII has that is not printed on a line
_NOT_PRINTED = bytes({*range(ord(" ")), 0x7F} - {ord("\n")})
#: titles are looked for in so many lines, and none of theirs is longer
_HEAD, _LONGEST_TITLE = 40, 60
#: what a title that goes on has in its first line
_TITLE_OPENS = ("关于", "印发", "转发", "批转")
#: a line is long enough to have been broken by the width; so many of them stop within a sentence at least
_LONG, _LEAST_BROKEN = 15, 3
#: so many lines are very many: they are measured in parts, lest there be a second copy of a long text
_AT_ONCE = 4_000
#: a line may be a marker alone, or end with a stop that is none of a sentence
_SHORT = 8
#: so many lines of its paragraph say whether a line goes on with it
_LINES_BACK = 9


@dataclass(frozen=True)
class Lines:
    """The lines of a text that are not blank, without the white space around them.

    `texts` are their letters, `numbers` their places among all lines, which `all_texts` has without white space and `printed` as they
    stand in the text.
    """

    texts: list[str]
    numbers: Sequence[int]
    all_texts: list[str]
    printed: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def firsts(self) -> list[str]:
        """The first signs of the lines."""
        return _signs(self.texts, 0)

    @cached_property
    def lasts(self) -> list[str]:
        """The last signs."""
        return _signs(self.texts, -1)

    @cached_property
    def initials(self) -> str:
        """The first signs in a row: lines that begin with some sign are found in it at once."""
        return "".join(self.firsts)

    @cached_property
    def marker_starts(self) -> frozenset[str]:
        """Signs that a marker can begin with on one of these lines."""
        return _MARKER_STARTS | self._decimals

    @cached_property
    def number_starts(self) -> frozenset[str]:
        """Signs that a number can begin with on one of these lines."""
        return self._decimals.union(_NUMBER_SIGNS)

    @cached_property
    def _decimals(self) -> frozenset[str]:
        return frozenset(_patterns().decimal.findall(self.initials))

    @cached_property
    def lengths(self) -> list[int]:
        """How many signs each line has."""
        return list(map(len, self.texts))

    @cached_property
    def half_widths(self) -> list[int]:
        """How wide each line is in halves of a Chinese character: spaces left out, Latin letters and digits one."""
        widths: list[int] = []
        for first in range(0, len(self.texts), _AT_ONCE):
            texts, lengths = self.texts[first : first + _AT_ONCE], self.lengths[first : first + _AT_ONCE]
            ascii_signs = "\n".join(texts).encode("ascii", "ignore").translate(None, _NOT_PRINTED)
            # of the two halves that each sign counts for, these have one too many, and spaces two
            too_many = map(len, ascii_signs.replace(b" ", b"  ").split(b"\n"))
            widths += map(sub, map(add, lengths, lengths), too_many)
        return widths

    @cached_property
    def are_numbers(self) -> list[bool]:
        """Which lines hold nothing but a number."""
        starts = self.number_starts
        return [first in starts and _is_number(text) for first, text in zip(self.firsts, self.texts, strict=True)]

    def starts(self) -> list[int]:
        """Their offsets, of the lines of a whole text."""
        lengths_before = compress(accumulate(map(len, self.printed), initial=0), self.all_texts)
        starts = list(map(add, lengths_before, self.numbers))
        if self.printed != self.all_texts:
            printed = list(compress(self.printed, self.all_texts))
            # `strip` gives back the very line where it has nothing to take off
            for index in compress(count(), map(is_not, printed, self.texts)):
                starts[index] += printed[index].index(self.texts[index][0])
        return starts

    def is_marked(self, index: int) -> bool:
        """Whether a line opens with a marker, see `is_marked`."""
        return self.firsts[index] in self.marker_starts and _patterns().marker.match(self.texts[index]) is not None

    def is_after_blank(self, index: int) -> bool:
        """Whether a blank line stands before a line."""
        number = self.numbers[index]
        return number > 0 and not self.all_texts[number - 1]

    def among(self, runs: Sequence[tuple[int, int]]) -> Lines:
        """Some of the lines: those of some runs, each from its first line to behind its last."""
        lines = Lines(in_runs(self.texts, runs), in_runs(self.numbers, runs), self.all_texts, self.printed)
        # what is known of them need not be found out again
        known = vars(self).keys() & {"firsts", "lasts", "lengths", "half_widths", "are_numbers"}
        vars(lines).update({name: in_runs(getattr(self, name), runs) for name in known})
        return lines


def _signs(texts: list[str], at: int) -> list[str]:
    """The first or last signs of lines; of very many lines none has a copy of its own."""
    signs = map(itemgetter(at), texts)
    return list(signs if len(texts) < _AT_ONCE else map(intern, signs))


def in_runs(column: Sequence[_Item], runs: Iterable[tuple[int, int]]) -> list[_Item]:
    """What stands in some runs of a column."""
    found: list[_Item] = []
    for first, last in runs:
        found += column[first:last]
    return found


class _Patterns(NamedTuple):
    marker: re.Pattern[str]
    marker_alone: re.Pattern[str]
    label_alone: re.Pattern[str]
    number: re.Pattern[str]
    decimal: re.Pattern[str]
    bracket: re.Pattern[str]
    stops_short: re.Pattern[str]
    goes_on: re.Pattern[str]
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
        decimal=compiled(r"\d"),
        bracket=compiled(r"[（(《“〔【）)》”〕】]"),
        stops_short=compiled(r"(?<![目标])的$|第.{1,4}届$"),
        goes_on=compiled(r"的(?!士)|是[：:，,]|以及|等[，。、]"),
        cited=compiled(r"《([^《》]{6,80})》"),
        title_ends=compiled(
            r"(?:通知|意见|决定|办法|方案|规划|纲要|计划|措施|举措|细则|规定|条例|函|批复|报告|公告|通告|要点|建议|决议|命令|指南)[)）》”]?$"
        ),
    )


def split_lines(text: str) -> Lines:
    r"""The lines of a text that are not blank.

    >>> split_lines("一、总则 \n\n  第一条").starts()
    [0, 9]
    """
    printed = text.split("\n")
    stripped = list(map(str.strip, printed))
    texts = list(filter(None, stripped))
    if len(texts) == len(stripped):
        return Lines(texts, range(len(texts)), texts, printed)
    return Lines(texts, list(compress(count(), stripped)), stripped, printed)


def lines_of(texts: list[str]) -> Lines:
    """The lines of a text that has no blank ones, nor white space around its lines."""
    return Lines(texts, range(len(texts)), texts, texts)


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
    long_lines = [index for index, length in enumerate(lines.lengths) if length >= _LONG]
    enough = max(_LEAST_BROKEN, -(-len(long_lines) // 4))
    lasts = lines.lasts
    stopping = [index for index in long_lines if lasts[index] not in _TERMINAL]
    if len(stopping) < enough:
        return None
    texts, firsts, marker_starts, marked = lines.texts, lines.firsts, lines.marker_starts, _patterns().marker.match
    stopping = [index for index in stopping if firsts[index] not in marker_starts or not marked(texts[index])]
    if len(stopping) < enough:
        return None
    widths = lines.half_widths
    broken = sorted([widths[index] for index in stopping])
    usual = broken[int(len(broken) * 0.9)]
    if not 2 * 15 <= usual <= 2 * 90:
        return None
    full = len(broken) - bisect_left(broken, usual * 0.75)
    part = 1.0 if len(broken) < 8 else 0.6
    return usual / 2 if full >= len(broken) * part else None


def continuations(
    lines: Lines, width: float | None, within: Collection[int] = (), changed: Collection[int] | None = None
) -> list[int]:
    """The indexes of the lines that go on with the paragraph of the line before.

    `width` is as `wrapped_width` gives it; `within` holds lines that are known to go on with the one before. `changed` are those that
    were not there, as they are, when it was last found that no other goes on with the one before; None where that was never asked.
    """
    titles = _title_runs(lines)
    known = titles.union(within)
    if width is not None:
        joined, open_pairs = _by_width(lines, width)
        return _joined(lines, open_pairs, width, known.union(joined))
    pairs = range(1, len(lines))
    if changed is not None and not known:
        # whether a line goes on is read off the two lines before it, itself and the one behind
        near = {index + step for index in changed for step in (-1, 0, 1, 2)}.intersection(pairs)
        if not _joined(lines, _open_pairs(lines, sorted(near)), width, known):
            return []
    open_pairs = _open_pairs(lines, pairs)
    # behind a line that is complete a title does not go on either
    return _joined(lines, open_pairs, width, titles.intersection(open_pairs).union(within))


def _open_pairs(lines: Lines, pairs: Sequence[int]) -> list[int]:
    """Those of some lines that can go on with the one before, in text that no width broke: most lines are whole paragraphs."""
    lasts, firsts, lengths = lines.lasts, lines.firsts, lines.lengths
    return [
        index
        for index in pairs
        if lasts[index - 1] not in _COMPLETE or firsts[index] in _NO_START or lengths[index - 1] <= _SHORT
    ]


def _by_width(lines: Lines, width: float) -> tuple[list[int], list[int]]:
    """The lines that surely go on with the one before in text broken by width, and those that have to be looked at.

    Behind a full line that is no number and does not end a sentence nothing opens a paragraph but a marker or a number; behind the
    end of a sentence and a blank line all but a bracket does.
    """
    firsts, lasts, full, all_texts = lines.firsts, lines.lasts, 2 * width * _FULL, lines.all_texts
    number_starts = lines.number_starts
    starts = lines.marker_starts | number_starts
    joined: list[int] = []
    open_pairs: list[int] = []
    columns = zip(lines.lengths, firsts, lasts, lines.half_widths, firsts[1:], lines.numbers[1:], strict=False)
    for index, (length, begins, ends, here, opens, number) in enumerate(columns, 1):
        if ends not in _COMPLETE:
            if here >= full and opens not in starts and begins not in number_starts:
                joined.append(index)
            else:
                open_pairs.append(index)
        elif ends not in _TERMINAL or all_texts[number - 1] or opens in _NO_START or opens in "（(" or length <= _SHORT:
            open_pairs.append(index)
    return joined, open_pairs


def _joined(lines: Lines, pairs: Iterable[int], width: float | None, known: Collection[int]) -> list[int]:
    """Those of some lines that go on with the one before, and the known ones; all others open paragraphs."""
    texts, firsts, lasts, patterns = lines.texts, lines.firsts, lines.lasts, _patterns()
    marker_starts, are_numbers = lines.marker_starts, lines.are_numbers
    full, widths = (0.0, []) if width is None else (2 * width * _FULL, lines.half_widths)
    found = set(known)
    for index in pairs:
        if index in found:
            continue
        before, opens = texts[index - 1], firsts[index]
        ends = lasts[index - 1]
        if opens in _NO_START:
            joins = True
        elif (
            len(before) <= _SHORT
            and (ends in _MARKER_ENDS or len(before) == 1)
            and firsts[index - 1] in marker_starts
            and patterns.marker_alone.fullmatch(before)
        ):
            joins = not are_numbers[index] and _marker_joins(lines, index, patterns)
        elif ends in _COMPLETE:
            joins = (
                width is not None
                and not (opens in marker_starts and patterns.marker.match(texts[index]))
                and _wrapped_after_stop(lines, _opening(found, index), index, width)
            )
        elif are_numbers[index - 1] or are_numbers[index]:
            # a table of contents can be nothing but such lines
            joins = firsts[index - 1] in _LABEL_STARTS and _is_labelled(before, texts[index], patterns)
        elif opens in marker_starts and patterns.marker.match(texts[index]):
            joins = False
        else:
            joins = bool(
                ends in _NO_END
                or (widths and widths[index - 1] >= full)
                or (ends in _MAY_STOP_SHORT and patterns.stops_short.search(before) is not None)
                or (opens in _MAY_GO_ON and patterns.goes_on.match(texts[index]) is not None)
                or _closes(texts, first := _opening(found, index), index, patterns)
                or _runs_on(texts, first, index)
            )
        if joins:
            found.add(index)
    return sorted(found)


def _opening(found: Collection[int], index: int) -> int:
    """Where the paragraph opens that a line can go on with, by the lines before that go on; further than nine lines back nobody looks."""
    first = index - 1
    while first in found and first > index - _LINES_BACK:
        first -= 1
    return first


def _is_labelled(label: str, number: str, patterns: _Patterns) -> bool:
    """Whether a number of one or two digits goes with the word before it: 专栏 | 12"""
    return len(number) <= 2 and number.isdigit() and patterns.label_alone.fullmatch(label) is not None


def _is_number(text: str) -> bool:
    """Whether a line holds nothing but a number."""
    if len(text) > _LONGEST_NUMBER:
        return False
    # nearly all of them hold no other digits nor white space, and nearly all other lines end with a letter: that takes no pattern
    if _FIRST_LETTER <= text[-1] <= _LAST_LETTER:
        return False
    return text.isdecimal() or not text.strip(_NUMBER_LETTERS) or _patterns().number.fullmatch(text) is not None


def _marker_joins(lines: Lines, index: int, patterns: _Patterns) -> bool:
    """A marker on a line of its own goes with the next line, which is no number, unless markers stand in a column."""
    return not lines.is_marked(index) and (
        index < 2
        or lines.firsts[index - 2] not in lines.marker_starts
        or patterns.marker_alone.fullmatch(lines.texts[index - 2]) is None
    )


def _wrapped_after_stop(lines: Lines, first: int, index: int, width: float) -> bool:
    """In text broken by width, after a line that ends with a sentence or a bracket: a full line goes on, a short one ends."""
    before, after = lines.texts[index - 1], lines.texts[index]
    widths = lines.half_widths
    here, full = widths[index - 1] / 2, width * _FULL
    if before[-1] not in _TERMINAL:
        return here >= full and not _bracket_after_stop(before)
    if after[0] in "（(":
        return here >= width * 0.6
    if lines.is_after_blank(index) or (after[-1] not in _TERMINAL and widths[index] / 2 < full):
        return False  # a paragraph or a heading of its own
    if before[-1] in "；;":  # items of a list have markers
        return here >= full
    if before[-1] != "。":
        return False
    widest = max(widths[first : index - 1], default=2 * width) / 2
    return here >= widest - 1


def _bracket_after_stop(text: str) -> bool:
    """Whether a line ends with a bracket of its own behind a sentence: …。（环境及生态局）"""
    if text[-1] not in "）)":
        return False
    opened = max(text.rfind("（"), text.rfind("("))
    return opened <= 0 or text[:opened].rstrip()[-1:] in _TERMINAL


def _closes(texts: list[str], first: int, index: int, patterns: _Patterns) -> bool:
    """Whether a bracket or quotation that the paragraph left open is closed by the next line or the one after it."""
    closing = _closing(texts, index, patterns)
    if closing is None:
        return False
    opened: list[str] = []
    for text in texts[first:index]:
        for sign in patterns.bracket.findall(text):
            if sign in _OPEN:
                opened.append(_OPEN[sign])
            elif opened and opened[-1] == _CLOSE[sign]:
                opened.pop()
    return bool(opened) and opened[-1] == closing


def _closing(texts: list[str], index: int, patterns: _Patterns) -> str | None:
    """What closes, in a line or in the one after it, and was not opened there."""
    for text in texts[index : index + 2]:
        depth = 0
        for sign in patterns.bracket.findall(text):
            if sign in _OPEN:
                depth += 1
            elif depth:
                depth -= 1
            else:
                return _CLOSE[sign]
        if text[-1] in _TERMINAL:
            return None
    return None


def _runs_on(texts: list[str], first: int, index: int) -> bool:
    """Whether running text stops within a sentence and the next line takes it up."""
    before, after = texts[index - 1], texts[index]
    if len(before) < _RUNNING:
        return False
    if len(after) >= 15:
        goes_on = after[-1] in _TERMINAL
    else:
        goes_on = index + 1 < len(texts) and texts[index + 1][0] in _NO_START
    return goes_on and any("。" in text for text in texts[first:index])


def _title_runs(lines: Lines) -> set[int]:
    """The lines at the head that go on with a title.

    A title that opens with 关于, 印发 and the like goes on to the word for its kind (国务院关于印发 | “十四五”应急体系规划的通知); another
    goes on where the lines together are a title that the notice before it cites.
    """
    patterns, texts, lasts = _patterns(), lines.texts, lines.lasts
    head = texts[:_HEAD]
    unfinished = [
        index for index, line in enumerate(head) if len(line) <= _LONGEST_TITLE and lasts[index] not in _COMPLETE
    ]
    together = "\n".join([head[index] for index in unfinished])
    words = [word for word in _TITLE_OPENS if word in together]
    cited = {title.replace(" ", "") for text in head if "《" in text for title in patterns.cited.findall(text)}
    openings = "\n".join(["", *cited])
    found: set[int] = set()
    for index in unfinished if words or cited else ():
        line = head[index]
        opens = any(word in line for word in words) and patterns.title_ends.search(line) is None
        if (not opens and f"\n{line}" not in openings) or lines.is_marked(index):
            continue
        together = line
        for last in range(index + 1, min(index + 4, len(texts))):
            following = texts[last]
            if len(following) > _LONGEST_TITLE or following[-1] in "：:" or "。" in following or lines.is_marked(last):
                break
            together += following
            if (opens and patterns.title_ends.search(following)) or together.replace(" ", "") in cited:
                found.update(range(index + 1, last + 1))
                break
    return found
