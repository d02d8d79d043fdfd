"""Layout: one paragraph a line, no blank lines, the page's own lines gone, no spaces that only a printer put in.

Works on text whose characters are converted (characters.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, count, islice
from operator import add, ne, sub
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.characters import INVISIBLE, stray_characters, unit_signs
from policykit.text.furniture import NOTE_MARK, Removal, removals
from policykit.text.line_edits import LineEdits
from policykit.text.lines import Lines, continuations, in_runs, lines_of, split_lines, wrapped_width
from policykit.text.punctuation import convert_punctuation
from policykit.text.spaces import without_spaces
from policykit.text.spans import Edit, Rewriting, offsets, rewrite

#: joining and removing lines can show new lines to join or remove; it never takes more rounds than this
_ROUNDS = 6
_LAST_ASCII = "\x7f"


class Removed(NamedTuple):
    """Lines that were left out: the rule, and their offsets in the text before the rewriting that did it."""

    rule: str
    start: int
    end: int


class _Patterns(NamedTuple):
    unit: re.Pattern[str]
    invisible: re.Pattern[str]
    page_feed: re.Pattern[str]
    heading_sign: re.Pattern[str]
    bold_line: re.Pattern[str]
    indented: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns(
        unit=compiled("[\u3380-\u33df]"),
        invisible=compiled(f"[{INVISIBLE}]+"),
        page_feed=compiled("\x0c+"),
        heading_sign=compiled(r"^[ \u3000\x0c]{0,9}#{1,6} +", re.MULTILINE),
        bold_line=compiled(r"^[^\n*]*\*\*[^\n]*?\*\*.*", re.MULTILINE),
        indented=compiled(r"\u3000\u3000(?<=[^\s条]..)(?=\S[^\n\u3000]{13})"),
    )


def arrange(
    text: str, *, keep: Collection[str] = (), may_be_stray: bool = True
) -> tuple[str, list[Rewriting], list[tuple[int, Removed]]]:
    """Paragraphs one a line, without the page's lines and stray spaces.

    Takes text with converted characters and the names of steps to leave out (`punctuation`, `spaces`,
    `furniture`, `lines`); `may_be_stray` is as in `Characters`. Gives the new text, the rewritings that lead to it, and what was
    removed with the number of the rewriting that did it.
    """
    steps: list[Rewriting] = []
    removed: list[tuple[int, Removed]] = []

    def note(step: Rewriting) -> None:
        nonlocal text
        text = step.after
        steps.append(step.without_text())

    if "\r" in text:
        text = re.sub(r"\r(?!\n)", "\n", text)
    while stray := _stray_characters(text, may_be=may_be_stray):
        note(rewrite(text, stray))
    text = text.replace("\u3000", " ").replace("\x0c", " ")
    arranged: _Arranged | None = None
    for _ in range(_ROUNDS):
        spaced, is_same = False, True
        if "punctuation" not in keep:
            converted = convert_punctuation(text)
            is_same = converted == text
            text = converted
            del converted
        spaces = None if "spaces" in keep else without_spaces(text)
        while spaces:
            note(spaces)
            spaced, is_same = True, False
            spaces = without_spaces(text)
        changed: list[int] | None = None
        if arranged is None:
            lines = split_lines(text)
        elif is_same:
            lines, changed = lines_of(arranged.texts), arranged.joined
        else:
            lines, changed = _split_again(text, arranged)
        arranged = _arrange_lines(text, lines, keep, changed)
        del lines  # of a long text what is known of its lines takes more than the text
        removed += [(len(steps), removal) for removal in arranged.removed]
        if arranged.edits is not None:
            steps.append(Rewriting("", "", arranged.edits))
            text = arranged.text
        arranged = arranged._replace(text="")  # there is no second copy of a long text while it is rewritten
        if not (arranged.removed or arranged.joined or (spaced and any(sign in text for sign in ",:;?!()"))):
            break
    return text, steps, removed


def _stray_characters(text: str, *, may_be: bool) -> list[Edit]:
    """Invisible characters, markup of plain-text formats, page feeds, and paragraphs that lost their line break."""
    patterns = _patterns()
    edits = []
    if may_be and stray_characters().search(text):
        units = unit_signs()
        edits += [
            Edit(match.start(), match.end(), units[match[0]], "unit")
            for match in patterns.unit.finditer(text)
            if match[0] in units
        ]
        edits += [Edit(match.start(), match.end(), "", "invisible") for match in patterns.invisible.finditer(text)]
        heading_signs = patterns.heading_sign.finditer(text) if "#" in text else ()
        edits += [Edit(match.start(), match.end(), "", "markup") for match in heading_signs]
        for match in patterns.bold_line.finditer(text) if "**" in text else ():
            at = text.find("**", match.start(), match.end())
            while at >= 0:
                edits.append(Edit(at, at + 2, "", "markup"))
                at = text.find("**", at + 2, match.end())
        edits += [
            Edit(match.start(), match.end(), "", "page feed")
            for match in (patterns.page_feed.finditer(text) if "\x0c" in text else ())
            if match.start() > 0 and match.end() < len(text)
            if not text[match.start() - 1].isspace() and not text[match.end()].isspace()
        ]
    if "\u3000\u3000" in text:
        edits += [Edit(match.start(), match.end(), "\n", "paragraph") for match in patterns.indented.finditer(text)]
    return _in_order(edits)


class _Arranged(NamedTuple):
    """Lines without the page's and with broken ones joined.

    `text` is the text that has these lines alone, `texts` are their letters, `joined` the indexes of those that were more than one; `edits` lead to the text, if
    anything has to.
    """

    text: str
    texts: list[str]
    joined: list[int]
    edits: LineEdits | None
    removed: list[Removed]


def _split_again(text: str, arranged: _Arranged) -> tuple[Lines, list[int] | None]:
    """The lines of a text that was rewritten since they were arranged, and those that changed if they are as many as before."""
    lines, before = split_lines(text), arranged.texts
    if len(lines) != len(before):
        return lines, None
    return lines, sorted({*arranged.joined, *compress(count(), map(ne, lines.texts, before))})


def _arrange_lines(text: str, lines: Lines, keep: Collection[str], changed: Collection[int] | None) -> _Arranged:
    """Leaves out the page's lines and joins broken ones in a text; for `changed` see `continuations`."""
    width = wrapped_width(lines)
    taken = [] if "furniture" in keep else removals(text, lines, wrapped=width is not None)
    if taken and sum(removal.last - removal.first for removal in taken) == len(lines):
        taken = []  # a text that is nothing but such words is not a page
    within: Collection[int] = ()
    arranged, kept = lines, [(0, len(lines))]
    if taken:
        bounds = [0, *chain.from_iterable(removal[:2] for removal in taken), len(lines)]
        kept = [(first, last) for first, last in zip(bounds[::2], bounds[1::2], strict=True) if first < last]
        arranged, changed = lines.among(kept), None
        if behind_marks := {removal.last for removal in taken if removal.rule == NOTE_MARK}:
            numbers = in_runs(range(len(lines)), kept)
            within = [place for place, number in enumerate(numbers) if place and number in behind_marks]
    going_on = [] if "lines" in keep else continuations(arranged, width, within, changed)
    lasts, firsts = arranged.lasts, arranged.firsts
    joins = {
        # nothing stands between Chinese letters
        index: "" if lasts[index - 1] > _LAST_ASCII else _between(lasts[index - 1], firsts[index])
        for index in going_on
    }
    if not (taken or joins) and lines.printed == lines.texts:
        return _Arranged(text, lines.texts, [], None, [])
    if not text:
        return _Arranged("", [], [], None, [])
    before = ["\n"] * len(arranged)  # each line
    before[:1] = [""] if before else []
    for index, between in joins.items():
        before[index] = between
    edits, removed = _line_edits(lines, len(text), kept, taken, [*before, ""], arranged.lengths)
    together = "".join(chain.from_iterable(zip(before, arranged.texts, strict=True)))
    if not joins:
        return _Arranged(together, arranged.texts, [], edits, removed)
    joined = dict.fromkeys(map(sub, joins, count(1)))  # as many lines fewer as were joined
    return _Arranged(together, together.split("\n"), list(joined), edits, removed)


def _line_edits(
    lines: Lines,
    length: int,
    kept: Sequence[tuple[int, int]],
    taken: list[Removal],
    new: list[str],
    lengths: list[int],
) -> tuple[LineEdits, list[Removed]]:
    """The edits that leave out the page's lines, join broken ones and drop blank ones, and what was left out.

    `kept` are the runs of lines that are not the page's, `lengths` the lengths of the lines in them; `new` has what comes before
    each of these lines, and behind the last.
    """
    all_starts = lines.starts()
    starts = in_runs(all_starts, kept)
    gaps = [0, *map(add, starts, lengths)]
    starts = [*starts, length]
    runs: dict[int, list[tuple[int, int, str]]] = {}
    removed: list[Removed] = []
    left_out = 0
    for first, last, rule in taken:
        place, end = first - left_out, all_starts[last - 1] + len(lines.texts[last - 1])
        runs.setdefault(place, []).append((gaps[place], end, rule))
        removed.append(Removed(rule, all_starts[first], end))
        gaps[place] = end
        left_out += last - first
    after_starts = accumulate(chain((0,), map(add, lengths, map(len, islice(new, 1, None)))))
    return LineEdits(offsets(starts), offsets(gaps), new, offsets(after_starts), runs), removed


def _between(last: str, first: str) -> str:
    """What stands between two lines of a paragraph, by the signs they meet with: a space between Latin words, nothing in Chinese."""
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
