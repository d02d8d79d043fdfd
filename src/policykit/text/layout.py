"""Lines and spaces: one paragraph a line, no blank lines, the page's own lines gone, no spaces that only a printer put in.

Works on text whose characters are converted (characters.py).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice, repeat
from operator import add
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.characters import unit_signs
from policykit.text.furniture import NOTE_MARK, removals
from policykit.text.lines import paragraphs, split_lines, wrapped_width
from policykit.text.punctuation import HAN, NOT_HAN, convert_punctuation
from policykit.text.spans import Edit, Edits, Rewriting, rewrite, rewrite_columns

_STOPS = "，。、；：？！“”‘’《》〈〉（）〔〕【】…—·"


#: joining and removing lines can show new lines to join or remove; it never takes more rounds than this
_ROUNDS = 6


#: the rules that take single signs out, by their numbers; the first is none, the last an edit of its own
_RULES = ("", "space", "letter spacing", "digit group", "")
_SPACE, _LETTER, _GROUP, _EDIT = range(1, 5)
_MARKED = re.compile(b"[^\0]")


class Removed(NamedTuple):
    """Lines that were left out: the rule, and their offsets in the text before the rewriting that did it."""

    rule: str
    start: int
    end: int


class _Patterns(NamedTuple):
    space: re.Pattern[str]
    spaces: re.Pattern[str]
    between_han: re.Pattern[str]
    letter_spaced: re.Pattern[str]
    spaced_run: re.Pattern[str]
    spaced_word: re.Pattern[str]
    word_on_line: re.Pattern[str]
    spaced_article: re.Pattern[str]
    between_digits: re.Pattern[str]
    digit_spaced: re.Pattern[str]
    spaced_groups: re.Pattern[str]
    comma_group: re.Pattern[str]
    digit_groups: re.Pattern[str]
    unit: re.Pattern[str]
    stray: re.Pattern[str]
    invisible: re.Pattern[str]
    page_feed: re.Pattern[str]
    heading_sign: re.Pattern[str]
    bold_line: re.Pattern[str]
    indented: re.Pattern[str]


#: a heading that is set wide is no longer than this
_LONGEST_WORD = 60
_NUMERAL = "一二三四五六七八九十百零〇"
_MEASURES = "年月日号时分秒个名人家项次条件所座栋户间套种类批万亿元倍岁天周届位场期米吨亩公平千百"
_NARROW = "0-9A-Za-z%,;:!?.()/-"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    # a heading of the form 1 总则 or 2.1 机构 keeps its space, a quantity at the begin of a line (10 个) does not
    numbers = (r"\d", r"\d\d", r"\d\.\d", r"\d\d\.\d", r"\d\.\d\d", r"\d\.\d\.\d")
    not_numbered = "".join(rf"(?<!^{number}.)" for number in numbers)
    marker = rf"第[{_NUMERAL}]{{1,4}}[章节编篇部条]|[{_NUMERAL}]{{1,3}}、|[（(][{_NUMERAL}]{{1,3}}[）)]"
    # Patterns open with what is rare (a space), since a search that opens with a lookbehind is tried at every letter.
    return _Patterns(
        # beside Chinese punctuation; between a Chinese character and a digit, Latin letter or narrow sign; around the dash of a range
        space=compiled(
            rf" (?! )(?:(?<=[{_STOPS}].)(?=\S)|(?=[{_STOPS}])(?<=\S.)"
            rf"|(?<={HAN}.)(?=[{_NARROW}])|(?={HAN})(?<=[{_NARROW}].)(?:{not_numbered}|(?=[{_MEASURES}]))"
            r"|(?<=[0-9].)(?=[-–—] *[0-9]|[.%])|(?<=[0-9][-–—].)(?=[0-9])|(?<=[0-9] [-–—].)(?=[0-9]))",
            re.MULTILINE,
        ),
        spaces=compiled("  +"),
        between_han=compiled(rf" (?<={HAN}.)(?={HAN})"),
        letter_spaced=compiled(rf" (?<={HAN}.)(?={HAN} {HAN})"),
        spaced_run=compiled(rf"(?<!{HAN} ){HAN}(?: {HAN}){{3,}}(?! ?{HAN})"),
        # a heading of single letters: 总　则, 附 则, 通 知
        spaced_word=compiled(rf" (?<={NOT_HAN}{HAN}.) *(?={HAN}(?:\s|$))| (?<=^{HAN}.)"),
        word_on_line=compiled(rf"\s*(?:(?:{marker}) *)?({HAN}(?: +{HAN}){{1,9}})\s*"),
        spaced_article=compiled(rf"第(?: ?[{_NUMERAL}]){{1,4}} ?[章节编篇条]"),
        between_digits=compiled(r" (?<=[0-9].)(?=[0-9])"),
        digit_spaced=compiled(r"[0-9](?<![0-9].)(?: [0-9])+(?![0-9])"),
        spaced_groups=compiled(r"[0-9](?<![0-9.,-].)(?<![0-9] .)[0-9]{0,2}(?:,? [0-9]{3})+(?![0-9]| [0-9]|,[0-9])"),
        comma_group=compiled(r",(?<=[0-9].)(?=[0-9]{3}(?![0-9]))"),
        digit_groups=compiled(r"[0-9](?<![0-9.,].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])"),
        unit=compiled("[\u3380-\u33df]"),
        stray=compiled(f"[*#\x0c{_INVISIBLE}\u3380-\u33df]"),
        invisible=compiled(f"[{_INVISIBLE}]+"),
        page_feed=compiled("\x0c+"),
        heading_sign=compiled(r"^[ \u3000\x0c]{0,9}#{1,6} +", re.MULTILINE),
        bold_line=compiled(r"^[^\n*]*\*\*[^\n]*?\*\*.*", re.MULTILINE),
        indented=compiled(r"\u3000\u3000(?<=[^\s条]..)(?=\S[^\n\u3000]{13})"),
    )


def arrange(text: str, *, keep: Collection[str] = ()) -> tuple[str, list[Rewriting], list[tuple[int, Removed]]]:
    """Paragraphs one a line, without the page's lines and stray spaces.

    Takes text with converted characters and the names of steps to leave out (`punctuation`, `spaces`,
    `furniture`, `lines`); gives the new text, the
    rewritings that lead to it, and what was removed with the number of the rewriting that did it.
    """
    steps: list[Rewriting] = []
    removed: list[tuple[int, Removed]] = []

    def apply(edits: list[Edit] | Edits | None) -> None:
        nonlocal text
        if edits:
            step = rewrite_columns(text, edits) if isinstance(edits, Edits) else rewrite(text, edits)
            text = step.after
            steps.append(step.without_text())

    if "\r" in text:
        text = re.sub(r"\r(?!\n)", "\n", text)
    while stray := _stray_characters(text):
        apply(stray)
    text = text.replace("\u3000", " ").replace("\x0c", " ")
    for _ in range(_ROUNDS):
        spaced = False
        if "punctuation" not in keep:
            text = convert_punctuation(text)
        spaces = None if "spaces" in keep else _space_edits(text)
        while spaces:
            apply(spaces)
            spaced = True
            spaces = _space_edits(text)
        edits, taken, joined = _line_edits(text, keep)
        removed += [(len(steps), removal) for removal in taken]
        apply(edits)
        if not (taken or joined or (spaced and any(sign in text for sign in ",:;?!()"))):
            break
    return text, steps, removed


def _stray_characters(text: str) -> list[Edit]:
    """Invisible characters, markup of plain-text formats, page feeds, and paragraphs that lost their line break."""
    patterns = _patterns()
    edits = []
    if patterns.stray.search(text):
        units = unit_signs()
        edits += [
            Edit(match.start(), match.end(), units[match[0]], "unit")
            for match in patterns.unit.finditer(text)
            if match[0] in units
        ]
        edits += [Edit(match.start(), match.end(), "", "invisible") for match in patterns.invisible.finditer(text)]
        edits += [Edit(match.start(), match.end(), "", "markup") for match in patterns.heading_sign.finditer(text)]
        for match in patterns.bold_line.finditer(text):
            at = text.find("**", match.start(), match.end())
            while at >= 0:
                edits.append(Edit(at, at + 2, "", "markup"))
                at = text.find("**", at + 2, match.end())
        edits += [
            Edit(match.start(), match.end(), "", "page feed")
            for match in patterns.page_feed.finditer(text)
            if match.start() > 0 and match.end() < len(text)
            if not text[match.start() - 1].isspace() and not text[match.end()].isspace()
        ]
    if "\u3000\u3000" in text:
        edits += [Edit(match.start(), match.end(), "\n", "paragraph") for match in patterns.indented.finditer(text)]
    return _in_order(edits)


def _space_edits(text: str) -> Edits | None:
    """Spaces within lines that only part widths, letters or groups of digits."""
    patterns = _patterns()
    has_commas = "," in text and patterns.comma_group.search(text) is not None
    if not has_commas and " " not in text:
        return None
    signs = bytearray(len(text))  # single signs to take out, with the number of the rule
    edits: list[Edit] = []
    if " " in text:
        _mark(patterns.space, text, signs, _SPACE)
        enough = max(5, -(-len(text) // 400))
        spaced = sum(1 for _ in islice(patterns.letter_spaced.finditer(text), enough))
        everywhere = spaced == enough or (spaced >= 3 and spaced * 20 >= len(text))
        if everywhere:
            _mark(patterns.between_han, text, signs, _LETTER)
        else:
            edits += _spaced_words(text, signs, with_runs=spaced > 0)
        edits += _wide_gaps(text, between_han=everywhere)
        if patterns.between_digits.search(text):
            _space_digits(text, signs)
    if has_commas:
        for match in patterns.digit_groups.finditer(text):
            for at in range(*match.span()):
                if text[at] == ",":
                    signs[at] = _GROUP
    return _with_signs(edits, signs)


def _mark(pattern: re.Pattern[str], text: str, signs: bytearray, rule: int) -> None:
    for at in map(re.Match.start, pattern.finditer(text)):
        signs[at] = rule


def _with_signs(edits: list[Edit], signs: bytearray) -> Edits | None:
    """Edits together with the removal of single signs, in order; what reaches into something earlier is left out."""
    kept: dict[int, Edit] = {}
    behind = 0
    for edit in sorted(edits):
        if edit.start >= behind and not signs[edit.start]:
            kept[edit.start] = edit
            behind = edit.end
            signs[edit.start] = _EDIT
            signs[edit.start + 1 : edit.end] = bytes(edit.end - edit.start - 1)
    starts = array("i", map(re.Match.start, _MARKED.finditer(signs)))
    if not starts:
        return None
    ends = array("i", map(add, starts, repeat(1)))
    texts, rules = [""] * len(starts), list(map(_RULES.__getitem__, signs.replace(b"\0", b"")))
    for edit in kept.values():
        index = bisect_left(starts, edit.start)
        ends[index], texts[index], rules[index] = edit.end, edit.text, edit.rule
    return Edits(starts, ends, texts, rules)


def _spaced_words(text: str, signs: bytearray, *, with_runs: bool) -> Iterator[Edit]:
    """Spaces that set a word or a line wide in a text that is not set so; adds single ones to `signs`."""
    patterns = _patterns()
    for match in patterns.spaced_word.finditer(text):
        lowest, highest = max(0, match.start() - _LONGEST_WORD), match.end() + _LONGEST_WORD
        start, end = text.rfind("\n", lowest, match.start()), text.find("\n", match.end(), highest)
        if (start < 0 < lowest) or (end < 0 and highest < len(text)):
            continue  # a long line
        if patterns.word_on_line.fullmatch(text, start + 1, len(text) if end < 0 else end):
            if match.end() == match.start() + 1:
                signs[match.start()] = _LETTER
            else:
                yield Edit(match.start(), match.end(), "", "letter spacing")
    for match in patterns.spaced_article.finditer(text):
        for at in range(*match.span()):
            if text[at] == " ":
                signs[at] = _LETTER
    if with_runs:
        for match in patterns.spaced_run.finditer(text):
            signs[match.start() + 1 : match.end() : 2] = bytes([_LETTER]) * ((match.end() - match.start()) // 2)


def _wide_gaps(text: str, *, between_han: bool) -> Iterator[Edit]:
    """Runs of spaces: gone where a single one would be, else one."""
    patterns = _patterns()
    for match in patterns.spaces.finditer(text):
        start, end = match.span()
        if start == 0 or text[start - 1] == "\n" or end == len(text) or text[end] in "\r\n":
            continue
        around = f"{text[max(0, start - 2) : start]} {text[end]}"
        gone = patterns.space.search(around) or (between_han and patterns.between_han.search(around))
        yield Edit(start, end, "" if gone else " ", "space")


def _space_digits(text: str, signs: bytearray) -> None:
    """Adds the spaces between digits: of a text whose digits are all set apart, and of groups of three."""
    patterns = _patterns()
    apart = list(patterns.digit_spaced.finditer(text))
    if len(apart) >= 5:
        for match in apart:
            signs[match.start() + 1 : match.end() : 2] = bytes([_LETTER]) * ((match.end() - match.start()) // 2)
    for match in patterns.spaced_groups.finditer(text):
        for at in range(*match.span()):
            if text[at] in ", ":
                signs[at] = _GROUP


def _line_edits(text: str, keep: Collection[str]) -> tuple[Edits | None, list[Removed], bool]:
    """The edits that leave out the page's lines, join broken ones and drop blank ones; what was left out; whether lines were joined."""
    lines = split_lines(text)
    width = wrapped_width(lines)
    taken = [] if "furniture" in keep else removals(lines, wrapped=width is not None)
    if taken and sum(removal.last - removal.first for removal in taken) == len(lines):
        taken = []  # a text that is nothing but such words is not a page
    kept = lines.without({index for removal in taken for index in range(removal.first, removal.last)})
    within = {lines.starts[removal.last] for removal in taken if removal.rule == NOTE_MARK}
    opening = range(len(kept)) if "lines" in keep else paragraphs(kept, width, within)
    # what stands before each line, and behind the last, in columns
    starts = [0, *map(add, kept.starts, map(len, kept.texts))]
    ends = [*kept.starts, len(text)]
    separators = ["\n"] * len(starts)
    separators[0] = separators[-1] = ""
    rules = ["blank"] * len(starts)
    if len(opening) < len(kept):
        for index in set(range(len(kept))).difference(opening):
            separators[index], rules[index] = _between(kept.texts[index - 1], kept.texts[index]), "join"
    edits: list[tuple[int, int, str, str]] = []
    left_out = 0
    for first, last, rule in taken:
        place, end = first - left_out, lines.end(last - 1)
        edits.append((starts[place], end, "", rule))
        starts[place] = end
        left_out += last - first
    edits += [row for row in zip(starts, ends, separators, rules, strict=True) if text[row[0] : row[1]] != row[2]]
    if taken:
        edits.sort()
    removed = [Removed(rule, lines.starts[first], lines.end(last - 1)) for first, last, rule in taken]
    return (Edits(*zip(*edits, strict=True)) if edits else None), removed, len(opening) < len(kept)


def _between(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space between Latin words, nothing in Chinese."""
    last, first = before[-1], after[0]
    if not (last.isascii() and first.isascii()):
        return ""
    return " " if (last.isalnum() and first.isalnum()) or (last == "." and first.isdigit()) else ""


def _in_order(edits: list[Edit]) -> list[Edit]:
    """Edits sorted, those that reach into an earlier one left out."""
    edits.sort()
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
