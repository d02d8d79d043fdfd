"""Spaces within lines that only part widths, letters or groups of digits, and the commas of such groups.

A text out of a PDF can have a space behind every letter. There it is asked which spaces stay, for they are few, and all between two of
these go at once.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.punctuation import HAN, NOT_HAN
from policykit.text.spans import AT_ONCE, Edits, Rewriting
from policykit.text.taken_out import STAYS, Rules, TakenOut

_STOPS = "，。、；：？！“”‘’《》〈〉（）〔〕【】…—·"
#: a heading that is set wide is no longer than this
_LONGEST_WORD = 60
_NUMERAL = "一二三四五六七八九十百零〇"
_MEASURES = "年月日号时分秒个名人家项次条件所座栋户间套种类批万亿元倍岁天周届位场期米吨亩公平千百"
_NARROW = "0-9A-Za-z%,;:!?.()/-"
#: what is no Chinese letter, no stop, no space and not narrow: a single space that stays stands before one of these or the text's end,
#: or behind one of these, the text's beginning or something narrow
_OTHER_SIGNS = (
    r"\x00-\x1f\"#$&'*+<=>@\[-`{-\u00b6\u00b8-\u02ff\u1680\u2000-\u200a\u2010-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027-\u205f\u3000"
    r"\u300c-\u300f\u3012\u3013\u3016-\u301f\uff02-\uff07\uff0a\uff0b\uff0d-\uff0f\uff1c-\uff1e\uff20\uff3b-\uff40\uff5b-\uff65\ufffd"
)

#: the rules, as they stand in edits
_SPACE, _LETTER, _GROUP = "space", "letter spacing", "digit group"
#: so many digits that stand apart show that all do
_DIGITS_APART = 5

#: what is done beside taking out single spaces by their neighbours: by where it starts, its end, the new text and the rule
_Others = dict[int, tuple[int, str, str]]
#: start, end, new text and rule of an edit
_Row = tuple[int, int, str, str]


class _Patterns(NamedTuple):
    may_go: re.Pattern[str]
    space: re.Pattern[str]
    not_between_han: re.Pattern[str]
    before_staying: re.Pattern[str]
    behind_staying: re.Pattern[str]
    spaces: re.Pattern[str]
    between_han: re.Pattern[str]
    letter_spaced: re.Pattern[str]
    spaced_run: re.Pattern[str]
    spaced_word: re.Pattern[str]
    word_on_line: re.Pattern[str]
    spaced_article: re.Pattern[str]
    in_article: re.Pattern[str]
    between_digits: re.Pattern[str]
    behind_digit: re.Pattern[str]
    digit_spaced: re.Pattern[str]
    spaced_groups: re.Pattern[str]
    comma_group: re.Pattern[str]
    digit_groups: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    # a heading of the form 1 总则 or 2.1 机构 keeps its space, a quantity at the begin of a line (10 个) does not
    numbers = (r"\d", r"\d\d", r"\d\.\d", r"\d\d\.\d", r"\d\.\d\d", r"\d\.\d\.\d")
    not_numbered = "".join(rf"(?<!^{number}.)" for number in numbers)
    marker = rf"第[{_NUMERAL}]{{1,4}}[章节编篇部条]|[{_NUMERAL}]{{1,3}}、|[（(][{_NUMERAL}]{{1,3}}[）)]"
    # beside Chinese punctuation; between a Chinese character and a digit, Latin letter or narrow sign; around the dash of a range
    space = (
        rf"(?! )(?:(?<=[{_STOPS}].)(?=\S)|(?=[{_STOPS}])(?<=\S.)"
        rf"|(?<={HAN}.)(?=[{_NARROW}])|(?={HAN})(?<=[{_NARROW}].)(?:{not_numbered}|(?=[{_MEASURES}]))"
        r"|(?<=[0-9].)(?=[-–—] *[0-9]|[.%])|(?<=[0-9][-–—].)(?=[0-9])|(?<=[0-9] [-–—].)(?=[0-9]))"
    )
    # Patterns open with what is rare (a space), since a search that opens with a lookbehind is tried at every letter.
    return _Patterns(
        # what some rule may take out: single spaces, those between Chinese letters or digits, and wide gaps
        may_go=compiled(rf" (?:{space}|(?<={HAN}.) *+{HAN}|(?<=[0-9].)[0-9]|(?<=[^\n ].) ++[^\r\n])", re.MULTILINE),
        space=compiled(f" {space}", re.MULTILINE),
        # wide gaps, and single spaces: the group says that one goes for what stands beside it
        not_between_han=compiled(rf" (?!(?<={HAN}.){HAN})(?: ++|{space}())?", re.MULTILINE),
        before_staying=compiled(f" (?<=[{_OTHER_SIGNS}{_NARROW}].)"),
        behind_staying=compiled(f" [{_OTHER_SIGNS}]"),
        spaces=compiled("  +"),
        between_han=compiled(rf" (?<={HAN}.)(?={HAN})"),
        letter_spaced=compiled(rf" (?<={HAN}.)(?={HAN} {HAN})"),
        spaced_run=compiled(rf" (?<={HAN}.)(?<!{HAN} {HAN}.){HAN}(?: {HAN}){{2,}}+(?! ?{HAN})"),
        # a heading of single letters: 总　则, 附 则, 通 知
        spaced_word=compiled(rf" (?<={NOT_HAN}{HAN}.) *(?={HAN}(?:\s|$))| (?<=^{HAN}.)"),
        word_on_line=compiled(rf"\s*(?:(?:{marker}) *)?({HAN}(?: +{HAN}){{1,9}})\s*"),
        spaced_article=compiled(rf"第(?: ?[{_NUMERAL}]){{1,4}} ?[章节编篇条]"),
        in_article=compiled(rf" (?=[{_NUMERAL}章节编篇条])"),
        between_digits=compiled(r" (?<=[0-9].)(?=[0-9])"),
        behind_digit=compiled(r" (?:(?<=[0-9].)|(?<=[0-9],.))(?=[0-9])"),
        digit_spaced=compiled(r"[0-9](?<![0-9].)(?: [0-9])+(?![0-9])"),
        spaced_groups=compiled(r"[0-9](?<![0-9.,-].)(?<![0-9] .)[0-9]{0,2}(?:,? [0-9]{3})+(?![0-9]| [0-9]|,[0-9])"),
        comma_group=compiled(r",(?<=[0-9].)(?=[0-9]{3}(?![0-9]))"),
        digit_groups=compiled(r"[0-9](?<![0-9.,].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])"),
    )


def without_spaces(text: str) -> Rewriting | None:
    """The text without the spaces that no writer put in; None where it has none of them.

    >>> step = without_spaces("到 2027 年 ，增加 1,200 项")
    >>> step and step.after
    '到2027年，增加1200项'
    """
    patterns = _patterns()
    has_spaces = " " in text and patterns.may_go.search(text) is not None
    has_commas = "," in text and patterns.comma_group.search(text) is not None
    if not has_spaces and not has_commas:
        return None
    others: _Others = {}
    is_apart = False
    staying: dict[int, int] = {}
    if has_spaces:
        enough = max(5, -(-len(text) // 400))
        spaced = sum(1 for _ in islice(patterns.letter_spaced.finditer(text), enough))
        is_apart = spaced == enough or (spaced >= 3 and spaced * 20 >= len(text))
        _wide_gaps(text, others, between_han=is_apart)
        if is_apart:
            staying = _staying(text)
        else:
            _spaced_words(text, others, with_runs=spaced > 0)
        _spaced_digits(text, others, staying if is_apart else list(_starts(patterns.behind_digit, text)))
    if has_commas:
        for match in _on_lines(text, patterns.digit_groups, _starts(patterns.comma_group, text)):
            others.update((at, (at + 1, "", _GROUP)) for at in _signs_in(text, match, ","))
    if is_apart:
        return _without_all_but(text, staying.items(), others)
    return _without(text, _starts(patterns.space, text) if has_spaces else iter(()), others)


def _staying(text: str) -> dict[int, int]:
    """The spaces that are neither between two Chinese letters nor go for what stands beside them, with where they end; all wide gaps."""
    patterns = _patterns()
    near = {0, len(text) - 1, *_starts(patterns.behind_staying, text), *_starts(patterns.before_staying, text)}
    # of a wide gap it is the first space that says so
    found = [patterns.not_between_han.match(text, at) for at in near if text[at - 1 : at] != " "]
    staying = dict(_spans(patterns.spaces, text)) if "  " in text else {}
    staying.update([match.span() for match in found if match and not match.lastindex])
    return dict(sorted(staying.items()))


def _going(text: str) -> Sequence[int]:
    """Where those stand that go for what is beside them, though not between two Chinese letters."""
    going = array("I")
    found = _patterns().not_between_han.finditer(text)
    while part := list(islice(found, AT_ONCE)):
        going.fromlist([match.start() for match in part if match.lastindex])
    return going


def _without(text: str, spaces: Iterator[int], others: _Others) -> Rewriting | None:
    """The text without some spaces and with the other edits. None of them reaches into another."""
    builder = _Builder(text)
    waiting = sorted(others)
    while part := list(islice(spaces, AT_ONCE)):
        rows = [(at, at + 1, "", _SPACE) for at in part]
        ready = bisect_left(waiting, part[-1])
        rows += [(at, *others[at]) for at in waiting[:ready]]
        del waiting[:ready]
        builder.replace(sorted(rows))
    builder.replace([(at, *others[at]) for at in waiting])
    return builder.rewriting()


def _without_all_but(text: str, staying: Iterable[tuple[int, int]], others: _Others) -> Rewriting | None:
    """The text without its spaces but for some, and with the other edits."""
    rows = [(start, end, text[start:end], STAYS) for start, end in staying if start not in others]
    rows += [(start, *edit) for start, edit in others.items()]
    rows.sort()
    stops = Edits(
        array("I", [row[0] for row in rows]),
        array("I", [row[1] for row in rows]),
        [row[2] for row in rows],
        [row[3] for row in rows],
    )
    del rows  # of a long text they take more than the text
    taken = TakenOut(text, stops, _going, Rules(listed=_SPACE, others=_LETTER))
    return None if taken.after == text else Rewriting(text, taken.after, taken)


class _Builder:
    """Edits in order, and the text with them put together meanwhile."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._columns = array("I"), array("I"), list[str](), list[str]()
        self._joined: list[str] = []
        self._position = 0

    def replace(self, rows: Sequence[_Row]) -> None:
        """Makes the edits given."""
        if not rows:
            return
        starts, ends, texts, rules = zip(*rows, strict=True)
        begins = (self._position, *ends[:-1])
        kept = [self._text[begin:start] for begin, start in zip(begins, starts, strict=True)]
        self._joined.append("".join(chain.from_iterable(zip(kept, texts, strict=True))))
        self._position = ends[-1]
        # numbers in a tenth of the room; an array grows one by one at ten times the price
        columns = self._columns
        columns[0].fromlist(list(starts))
        columns[1].fromlist(list(ends))
        columns[2].extend(texts)
        columns[3].extend(rules)

    def rewriting(self) -> Rewriting | None:
        """All of it; None without an edit."""
        if not self._columns[0]:
            return None
        after = "".join([*self._joined, self._text[self._position :]])
        return Rewriting(self._text, after, Edits(*self._columns))


def _wide_gaps(text: str, others: _Others, *, between_han: bool) -> None:
    """Runs of spaces: gone where a single one would be, else one."""
    if "  " not in text:
        return
    patterns = _patterns()
    for match in patterns.spaces.finditer(text):
        start, end = match.span()
        if start == 0 or text[start - 1] == "\n" or end == len(text) or text[end] in "\r\n":
            continue
        around = f"{text[max(0, start - 2) : start]} {text[end]}"
        gone = patterns.space.search(around) or (between_han and patterns.between_han.search(around))
        others[start] = end, "" if gone else " ", _SPACE


def _spaced_words(text: str, others: _Others, *, with_runs: bool) -> None:
    """Spaces that set a word or a line wide in a text that is not set so."""
    patterns = _patterns()
    for match in patterns.spaced_word.finditer(text):
        lowest, highest = max(0, match.start() - _LONGEST_WORD), match.end() + _LONGEST_WORD
        start, end = text.rfind("\n", lowest, match.start()), text.find("\n", match.end(), highest)
        if (start < 0 < lowest) or (end < 0 and highest < len(text)):
            continue  # a long line
        if patterns.word_on_line.fullmatch(text, start + 1, len(text) if end < 0 else end):
            others[match.start()] = match.end(), "", _LETTER
    for match in _on_lines(text, patterns.spaced_article, _starts(patterns.in_article, text)):
        others.update((at, (at + 1, "", _LETTER)) for at in _signs_in(text, match, " "))
    if with_runs:
        for match in patterns.spaced_run.finditer(text):
            others.update((at, (at + 1, "", _LETTER)) for at in range(*match.span(), 2))


def _spaced_digits(text: str, others: _Others, spaces: Collection[int]) -> None:
    """The spaces between digits: of a text whose digits are all set apart, and of groups of three.

    `spaces` holds at least all those behind a digit, or a comma behind one, and before a digit.
    """
    patterns = _patterns()
    if not any(patterns.between_digits.match(text, at) for at in spaces):
        return
    apart = list(_on_lines(text, patterns.digit_spaced, spaces))
    if len(apart) >= _DIGITS_APART:
        for match in apart:
            others.update((at, (at + 1, "", _LETTER)) for at in _signs_in(text, match, " "))
    for match in _on_lines(text, patterns.spaced_groups, spaces):
        others.update((at, (at + 1, "", _GROUP)) for at in _signs_in(text, match, ", "))


def _starts(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where the matches of a pattern begin."""
    return map(re.Match.start, pattern.finditer(text))


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where they begin and end."""
    return map(re.Match.span, pattern.finditer(text))


def _on_lines(text: str, pattern: re.Pattern[str], places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern within lines, looked for on those lines alone that hold one of some places, as each match does."""
    end = 0
    for at in places:
        if at >= end:
            start = max(end, text.rfind("\n", end, at) + 1)
            end = text.find("\n", at)
            if end < 0:
                end = len(text)
            yield from pattern.finditer(text, start, end)


def _signs_in(text: str, match: re.Match[str], signs: str) -> list[int]:
    """Where one of some signs stands in a match."""
    return [at for at in range(*match.span()) if text[at] in signs]
