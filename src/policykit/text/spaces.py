"""Spaces within lines that only part widths, letters or groups of digits, and the commas of such groups.

A text out of a PDF can have a space behind every letter. So spaces are taken by runs wherever they come in runs, and the text
without them is put together while they are looked through.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.punctuation import HAN, NOT_HAN
from policykit.text.spans import AT_ONCE, Edits, Rewriting

_STOPS = "，。、；：？！“”‘’《》〈〉（）〔〕【】…—·"
#: a heading that is set wide is no longer than this
_LONGEST_WORD = 60
_NUMERAL = "一二三四五六七八九十百零〇"
_MEASURES = "年月日号时分秒个名人家项次条件所座栋户间套种类批万亿元倍岁天周届位场期米吨亩公平千百"
_NARROW = "0-9A-Za-z%,;:!?.()/-"

#: the rules, as they stand in edits
_SPACE, _LETTER, _GROUP = "space", "letter spacing", "digit group"
#: so many digits that stand apart show that all do
_DIGITS_APART = 5
#: no more spaces than this are taken out one by one
_FEW_SPACES = 4

#: what is done beside the spaces that are looked through one by one: by where it starts, its end, the new text and the rule
_Others = dict[int, tuple[int, str, str]]


class _Patterns(NamedTuple):
    space: re.Pattern[str]
    space_or_letters: re.Pattern[str]
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
        space=compiled(f" {space}", re.MULTILINE),
        # and letters that are set apart, as a run
        space_or_letters=compiled(rf" (?:(?<={HAN}.){HAN}(?: {HAN})*+|{space})", re.MULTILINE),
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
    has_spaces = " " in text
    has_commas = "," in text and patterns.comma_group.search(text) is not None
    if not has_spaces and not has_commas:
        return None
    others: _Others = {}
    everywhere = False
    if has_spaces:
        enough = max(5, -(-len(text) // 400))
        spaced = sum(1 for _ in islice(patterns.letter_spaced.finditer(text), enough))
        everywhere = spaced == enough or (spaced >= 3 and spaced * 20 >= len(text))
        _wide_gaps(text, others, between_han=everywhere)
        if not everywhere:
            _spaced_words(text, others, with_runs=spaced > 0)
        if patterns.between_digits.search(text):
            _spaced_digits(text, others)
    if has_commas:
        for match in _on_lines(text, patterns.digit_groups, patterns.comma_group):
            others.update((at, (at + 1, "", _GROUP)) for at in _signs_in(text, match, ","))
    pattern = patterns.space_or_letters if everywhere else patterns.space
    return _rewriting(text, pattern.finditer(text) if has_spaces else iter(()), others)


def _rewriting(text: str, found: Iterator[re.Match[str]], others: _Others) -> Rewriting | None:
    """The text without the spaces found (single ones, or runs of letters with one before each) and with the other edits.

    None of them reaches into another.
    """
    builder = _Builder(text)
    waiting = sorted(others, reverse=True)
    spans = map(re.Match.span, found)
    while part := list(islice(spans, AT_ONCE // 4)):
        first = 0
        while waiting and waiting[-1] < part[-1][0]:
            at = waiting.pop()
            following = bisect_left(part, (at,), first)
            builder.take_out(part[first:following])
            builder.replace(at, *others[at])
            first = following
        builder.take_out(part[first:] if first else part)
    for at in reversed(waiting):
        builder.replace(at, *others[at])
    return builder.rewriting()


class _Builder:
    """Edits in order, and the text with them put together meanwhile."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._columns = array("I"), array("I"), list[str](), list[str]()
        # an array grows one by one at ten times the price of a list, which holds each number at ten times the room
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._parts: list[str] = []
        self._joined: list[str] = []
        self._position = 0

    def replace(self, start: int, end: int, new: str, rule: str) -> None:
        """Puts `new` for a stretch of the text."""
        _, _, texts, rules = self._columns
        self._starts.append(start)
        self._ends.append(end)
        texts.append(new)
        rules.append(rule)
        self._parts += (self._text[self._position : start], new)
        self._position = end
        if len(self._parts) > AT_ONCE:
            self._store()

    def take_out(self, spans: Sequence[tuple[int, int]]) -> None:
        """Takes out spaces: single ones, and the one before each letter of a run."""
        if not spans:
            return
        _, _, texts, rules = self._columns
        spaces: list[int] = []
        for start, end in spans:
            if end - start == 1:
                spaces.append(start)
                rules.append(_SPACE)
            else:
                letters = range(start, end, 2)
                spaces += letters
                rules += (_LETTER,) * len(letters)
        self._starts += spaces
        self._ends += [at + 1 for at in spaces]
        texts += [""] * len(spaces)
        _add_without(self._text, self._position, spaces, self._parts)
        self._position = spaces[-1] + 1
        if len(self._parts) > AT_ONCE or len(self._starts) > AT_ONCE:
            self._store()

    def _store(self) -> None:
        # the parts of a text with a space behind every letter take many times its memory
        self._joined.append("".join(self._parts))
        self._parts.clear()
        for column, numbers in ((self._columns[0], self._starts), (self._columns[1], self._ends)):
            column.fromlist(numbers)
            numbers.clear()

    def rewriting(self) -> Rewriting | None:
        """All of it; None without an edit."""
        if not self._position:
            return None
        self._store()
        after = "".join([*self._joined, self._text[self._position :]])
        return Rewriting(self._text, after, Edits(*self._columns))


def _add_without(text: str, start: int, spaces: list[int], parts: list[str]) -> None:
    """Adds the text from `start` to behind the last of some spaces, without these.

    Where all that stand in a stretch go, they go at once.
    """
    end = spaces[-1] + 1
    if text.count(" ", start, end) == len(spaces):
        parts.append(text[start:end].replace(" ", ""))
    elif len(spaces) <= _FEW_SPACES:
        for at in spaces:
            parts.append(text[start:at])
            start = at + 1
    else:
        middle = len(spaces) // 2
        _add_without(text, start, spaces[:middle], parts)
        _add_without(text, spaces[middle - 1] + 1, spaces[middle:], parts)


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
    for match in _on_lines(text, patterns.spaced_article, patterns.in_article):
        others.update((at, (at + 1, "", _LETTER)) for at in _signs_in(text, match, " "))
    if with_runs:
        for match in patterns.spaced_run.finditer(text):
            others.update((at, (at + 1, "", _LETTER)) for at in range(*match.span(), 2))


def _spaced_digits(text: str, others: _Others) -> None:
    """The spaces between digits: of a text whose digits are all set apart, and of groups of three."""
    patterns = _patterns()
    apart = list(_on_lines(text, patterns.digit_spaced, patterns.between_digits))
    if len(apart) >= _DIGITS_APART:
        for match in apart:
            others.update((at, (at + 1, "", _LETTER)) for at in _signs_in(text, match, " "))
    for match in _on_lines(text, patterns.spaced_groups, patterns.behind_digit):
        others.update((at, (at + 1, "", _GROUP)) for at in _signs_in(text, match, ", "))


def _on_lines(text: str, pattern: re.Pattern[str], rare: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern within lines, looked for on those lines alone where something rare stands that each match holds."""
    end = 0
    while (sign := rare.search(text, end)) is not None:
        start = max(end, text.rfind("\n", end, sign.start()) + 1)
        end = text.find("\n", sign.end())
        if end < 0:
            end = len(text)
        yield from pattern.finditer(text, start, end)


def _signs_in(text: str, match: re.Match[str], signs: str) -> list[int]:
    """Where one of some signs stands in a match."""
    return [at for at in range(*match.span()) if text[at] in signs]
