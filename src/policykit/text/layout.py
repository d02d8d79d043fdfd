"""Layout: one paragraph a line, no blank lines, the page's own lines gone, no spaces that only a printer put in.

Works on text whose characters are converted (characters.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from operator import add, sub
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.characters import unit_signs
from policykit.text.furniture import NOTE_MARK, removals
from policykit.text.lines import paragraphs, split_lines, wrapped_width
from policykit.text.punctuation import convert_punctuation
from policykit.text.spaces import without_spaces
from policykit.text.spans import Edit, Edits, Rewriting, rewrite, rewrite_columns

#: joining and removing lines can show new lines to join or remove; it never takes more rounds than this
_ROUNDS = 6


class Removed(NamedTuple):
    """Lines that were left out: the rule, and their offsets in the text before the rewriting that did it."""

    rule: str
    start: int
    end: int


class _Patterns(NamedTuple):
    unit: re.Pattern[str]
    stray: re.Pattern[str]
    invisible: re.Pattern[str]
    page_feed: re.Pattern[str]
    heading_sign: re.Pattern[str]
    bold_line: re.Pattern[str]
    indented: re.Pattern[str]


_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns(
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

    def note(step: Rewriting) -> None:
        nonlocal text
        text = step.after
        steps.append(step.without_text())

    if "\r" in text:
        text = re.sub(r"\r(?!\n)", "\n", text)
    while stray := _stray_characters(text):
        note(rewrite(text, stray))
    text = text.replace("\u3000", " ").replace("\x0c", " ")
    for _ in range(_ROUNDS):
        spaced = False
        if "punctuation" not in keep:
            text = convert_punctuation(text)
        spaces = None if "spaces" in keep else without_spaces(text)
        while spaces:
            note(spaces)
            spaced = True
            spaces = without_spaces(text)
        edits, taken, joined = _line_edits(text, keep)
        removed += [(len(steps), removal) for removal in taken]
        if edits is not None:
            note(rewrite_columns(text, edits))
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
    joins = {}
    if len(opening) < len(kept):
        for index in set(range(len(kept))).difference(opening):
            joins[index] = _between(kept.texts[index - 1], kept.texts[index])
    edits: list[tuple[int, int, str, str]] = []
    left_out = 0
    for first, last, rule in taken:
        place, end = first - left_out, lines.end(last - 1)
        edits.append((starts[place], end, "", rule))
        starts[place] = end
        left_out += last - first
    # where a single sign parts two lines, that is a line feed
    changed = {place for place, width in enumerate(map(sub, ends, starts)) if width > 1}.union(joins)
    changed.update(place for place in (0, len(kept)) if starts[place] < ends[place])
    for place in sorted(changed):
        row = (joins[place], "join") if place in joins else ("\n" if 0 < place < len(kept) else "", "blank")
        edits.append((starts[place], ends[place], *row))
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
