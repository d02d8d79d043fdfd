"""Lines and spaces: one paragraph a line, no blank lines, the page's own lines gone, no spaces that only a printer put in.

Works on text whose characters are converted (characters.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from policykit.text.furniture import removals
from policykit.text.lines import paragraphs, split_lines, wrapped_width
from policykit.text.punctuation import HAN, convert_punctuation
from policykit.text.spans import Edit, Rewriting, rewrite

_STOPS = "，。、；：？！“”‘’《》〈〉（）〔〕【】…—·"


#: joining and removing lines can show new lines to join or remove; it never takes more rounds than this
_ROUNDS = 6


class Removed(NamedTuple):
    """Lines that were left out: the rule, and their offsets in the text before the rewriting that did it."""

    rule: str
    start: int
    end: int


class _Patterns(NamedTuple):
    space: re.Pattern[str]
    between_han: re.Pattern[str]
    spaced_word: re.Pattern[str]
    letter_spaced: re.Pattern[str]
    spaced_run: re.Pattern[str]
    digit_spaced: re.Pattern[str]
    invisible: re.Pattern[str]
    digit_groups: re.Pattern[str]
    spaced_groups: re.Pattern[str]
    gap: re.Pattern[str]
    stray: re.Pattern[str]
    page_feed: re.Pattern[str]
    markup: re.Pattern[str]
    indented: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    marker = "第[一二三四五六七八九十百]{1,4}[章节编篇部条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    return _Patterns(
        # beside Chinese punctuation; between a Chinese character and a digit or Latin letter; around narrow signs beside Chinese
        space=re.compile(
            rf"(?<=[{_STOPS}])[ \u3000]+(?=[^\s])|(?<=[^\s])[ \u3000]+(?=[{_STOPS}])"
            rf"|(?<=[{HAN}])[ \u3000]+(?=[0-9A-Za-z%,;:!?.()/-])|(?<=[0-9A-Za-z%,;:!?.()/-])[ \u3000]+(?=[{HAN}])"
            r"|(?<=\d)[ \u3000]+(?=[-–—] *\d)|(?<=\d[-–—])[ \u3000]+(?=\d)|(?<=\d)[ \u3000]+(?=[.%])"
        ),
        between_han=re.compile(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])"),
        spaced_word=re.compile(
            rf"^(?:(?:{marker})[ \u3000]*)?([{HAN}](?:[ \u3000]+[{HAN}]){{1,9}})$|第(?: ?[一二三四五六七八九十百]){{1,4}} ?[章节编篇条]",
            re.M,
        ),
        spaced_run=re.compile(rf"(?<![{HAN}] )[{HAN}](?: [{HAN}]){{3,}}(?! ?[{HAN}])"),
        letter_spaced=re.compile(rf"[{HAN}] (?=[{HAN}] [{HAN}])"),
        digit_spaced=re.compile(r"(?<!\d)\d(?: \d)+(?!\d)"),
        invisible=re.compile(
            "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
        ),
        digit_groups=re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"),
        spaced_groups=re.compile(r"(?<![\d.,-])(?<!\d )\d{1,3}(?:,? \d{3})+(?!\d| \d|,\d)"),
        gap=re.compile("[ \u3000]+"),
        stray=re.compile(
            "[*#\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
        ),
        page_feed=re.compile(r"(?<=[^\s])\x0c+(?=[^\s])"),
        markup=re.compile(r"\*\*(?=\S)([^*\n]{1,200})\*\*|^#{1,6} +", re.M),
        indented=re.compile(r"(?<=[^\s])\u3000\u3000(?=\S[^\n\u3000]{25})"),
    )


def arrange(text: str, *, keep: Collection[str] = ()) -> tuple[str, list[Rewriting], list[tuple[int, Removed]]]:
    """Paragraphs one a line, without the page's lines and stray spaces.

    Takes text with converted characters and the names of steps to leave out (`punctuation`, `spaces`,
    `furniture`, `lines`); gives the new text, the
    rewritings that lead to it, and what was removed with the number of the rewriting that did it.
    """
    steps: list[Rewriting] = []
    removed: list[tuple[int, Removed]] = []

    def apply(edits: list[Edit]) -> None:
        nonlocal text
        if edits:
            steps.append(rewrite(text, edits))
            text = steps[-1].after

    apply(_stray_characters(text))
    for _ in range(_ROUNDS):
        if "punctuation" not in keep:
            text = convert_punctuation(text)
        spaces = [] if "spaces" in keep else _space_edits(text)
        apply(spaces)
        edits, taken, joined = _line_edits(text, keep)
        removed += [(len(steps), removal) for removal in taken]
        apply(edits)
        if not (spaces or taken or joined):
            break
    return text, steps, removed


def _stray_characters(text: str) -> list[Edit]:
    """Invisible characters, markup of plain-text formats, page feeds, and paragraphs that lost their line break."""
    patterns = _patterns()
    edits = []
    if patterns.stray.search(text):
        edits += [Edit(match.start(), match.end(), "", "invisible") for match in patterns.invisible.finditer(text)]
        for match in patterns.markup.finditer(text):
            if match[1] is None:
                edits.append(Edit(match.start(), match.end(), "", "markup"))
            else:
                edits += [
                    Edit(match.start(), match.start(1), "", "markup"),
                    Edit(match.end(1), match.end(), "", "markup"),
                ]
        edits += [Edit(match.start(), match.end(), "", "page feed") for match in patterns.page_feed.finditer(text)]
    if "\u3000\u3000" in text:
        edits += [Edit(match.start(), match.end(), "\n", "paragraph") for match in patterns.indented.finditer(text)]
    return _in_order(edits)


def _space_edits(text: str) -> list[Edit]:
    """Spaces within lines that only part widths, letters or groups of digits."""
    patterns = _patterns()
    edits = [Edit(match.start(), match.end(), "", "space") for match in patterns.space.finditer(text)]
    if " " in text or "\u3000" in text:
        spaced = len(patterns.letter_spaced.findall(text))
        if spaced >= 5 and spaced * 400 >= len(text):
            edits += [
                Edit(match.start(), match.end(), "", "letter spacing") for match in patterns.between_han.finditer(text)
            ]
        else:
            for match in patterns.spaced_run.finditer(text):
                edits += [Edit(at, at + 1, "", "letter spacing") for at in range(match.start() + 1, match.end(), 2)]
            for match in patterns.spaced_word.finditer(text):
                edits += [
                    Edit(match.start() + gap.start(), match.start() + gap.end(), "", "letter spacing")
                    for gap in patterns.gap.finditer(match[0])
                    if match.start() + gap.start() >= (match.start(1) if match[1] else match.start())
                ]
        digits = list(patterns.digit_spaced.finditer(text))
        if len(digits) >= 5:
            edits += [
                Edit(at, at + 1, "", "letter spacing")
                for match in digits
                for at in range(match.start() + 1, match.end(), 2)
            ]
        for match in patterns.spaced_groups.finditer(text):
            edits += [
                Edit(match.start() + gap.start(), match.start() + gap.end(), "", "digit group")
                for gap in re.finditer(r"[, ]+", match[0])
            ]
    if "," in text:
        for match in patterns.digit_groups.finditer(text):
            edits += [
                Edit(at, at + 1, "", "digit group") for at in range(match.start(), match.end()) if text[at] == ","
            ]
    return _in_order(edits)


def _line_edits(text: str, keep: Collection[str]) -> tuple[list[Edit], list[Removed], bool]:
    """The edits that leave out the page's lines, join broken ones and drop blank ones; what was left out; whether lines were joined."""
    lines = split_lines(text)
    width = wrapped_width(lines)
    taken = [] if "furniture" in keep else removals(lines, wrapped=width is not None)
    if taken and sum(removal.last - removal.first for removal in taken) == len(lines):
        taken = []  # a text that is nothing but such words is not a page
    out = {index: removal for removal in taken for index in range(removal.first, removal.last)}
    kept = [line for index, line in enumerate(lines) if index not in out]
    runs = [(index, index + 1) for index in range(len(kept))] if "lines" in keep else paragraphs(kept, width)
    opening = {kept[first].start for first, _ in runs}
    edits: list[Edit] = []
    position, before = 0, ""
    for index, line in enumerate(lines):
        removal = out.get(index)
        if removal is not None:
            if index == removal.first:
                end = lines[removal.last - 1].end
                edits.append(Edit(position, end, "", removal.rule))
                position = end
            continue
        if not before:
            separator, rule = "", "blank"
        elif line.start in opening:
            separator, rule = "\n", "blank"
        else:
            separator, rule = _between(before, line.text), "join"
        if text[position : line.start] != separator:
            edits.append(Edit(position, line.start, separator, rule))
        position, before = line.end, line.text
    if position < len(text):
        edits.append(Edit(position, len(text), "", "blank"))
    removed = [Removed(removal.rule, lines[removal.first].start, lines[removal.last - 1].end) for removal in taken]
    return edits, removed, len(runs) < len(kept)


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
