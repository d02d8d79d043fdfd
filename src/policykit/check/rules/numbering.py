"""What the numbering rules share: the lists of a document, and where their numbers jump."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from policykit.check.subject import Subject
from policykit.document.markers import ordinal_value

_HAN = "一二三四五六七八九十百千零〇○"
#: contents lists have page numbers, annexes have tables: their numbers mean something else
_LEFT_OUT = ("contents", "appendix")
#: markers are as printed
_AS_SIMPLIFIED = str.maketrans("（）．條節編", "().条节编")
#: how a marker of a kind is looked for within a line, by its shape with N for the number
_INLINE = {
    "(H)": rf"[（(] ?([{_HAN}]{{1,5}}) ?[)）]",
    "H、": rf"(?<![{_HAN}])([{_HAN}]{{1,5}})、",
    "(D)": r"[（(] ?(\d{1,3}) ?[)）]",
    "D.": r"(?<![\d.])(\d{1,3})[.．、]",
    "D、": r"(?<![\d.])(\d{1,3})[.．、]",
}


class Jump(NamedTuple):
    """A number that does not follow the one before: `before` is None where a list begins so; `missing` are the numbers left out."""

    row: Mapping[str, Any]
    before: Mapping[str, Any] | None
    missing: tuple[int, ...]


def jumps(subject: Subject) -> tuple[Jump, ...]:
    """Where numbering leaves numbers out (`missing`) or comes to a number again (nothing missing).

    A list is what has one parent and one shape of marker. It begins with 1, or goes on from the list of the same shape before it
    (chapters whose sections are counted through). A list that begins with 1 again is another list.
    """
    return subject.once("jumps", lambda: tuple(_jumps(subject)))


def _jumps(subject: Subject) -> Iterator[Jump]:
    last: dict[str, Mapping[str, Any]] = {}  # of each shape, wherever it stood
    inside: dict[tuple[str | None, str], Mapping[str, Any]] = {}
    spoiled = _unreadable(subject)
    for row in subject.data["outline"]:
        number = row["number"]
        shape = _shape(row["marker"])
        if (
            number is None
            or shape is None
            or row["id"].split(".")[0].split("~")[0].startswith(_LEFT_OUT)
            or shape in spoiled
        ):
            continue
        before = inside.get((row["parent"], shape))
        if before is None and number not in (0, 1):
            before = last.get(shape)
        inside[row["parent"], shape] = last[shape] = row
        if number in (0, 1):
            continue
        if before is None:
            if "D.D" in shape:  # 5.2 where the lists above are no part of the text
                continue
            missing = tuple(range(1, number))
        elif number == before["number"] + 1 or "之" in row["marker"] or "-" in row["marker"]:
            continue
        elif number <= before["number"]:
            yield Jump(row, before, ())
            continue
        else:
            missing = tuple(range(before["number"] + 1, number))
        missing = tuple(sorted(set(missing) - _inline_numbers(subject, before, row, shape)))
        if missing:
            yield Jump(row, before, missing)


def _shape(marker: str) -> str | None:
    """What markers of one list have in common: (二) -> (H), 第三条 -> 第H条, 1.2 -> D.D; None for letters, bullets and circled numbers."""
    shape = re.sub(rf"[{_HAN}]+", "H", marker.translate(_AS_SIMPLIFIED))
    shape = re.sub(r"\d+", "D", shape)
    shape = re.sub(r"第D([编篇章节条]|部分)", r"第H\1", shape).split("之")[0]
    return shape if re.fullmatch(r"\(H\)|\(D\)|H、|D[.、]|D|D\)|D(?:\.D)+\.?|第H(?:[编篇章节条]|部分)", shape) else None


def _unreadable(subject: Subject) -> set[str]:
    """The shapes that are no numbering in this document: pages set in tables and columns scatter numbers at the beginnings of lines."""
    jumped: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    last: dict[str, int] = {}
    for row in subject.data["outline"]:
        shape, number = _shape(row["marker"]), row["number"]
        if shape is None or number is None:
            continue
        total[shape] += 1
        if number != 1 and number != last.get(shape, 0) + 1:
            jumped[shape] += 1
        last[shape] = number
    return {shape for shape, count in jumped.items() if count > _MOST_JUMPS and count > total[shape] * _JUMPING_SHARE}


_MOST_JUMPS, _JUMPING_SHARE = 3, 0.15


def _inline_numbers(subject: Subject, before: Mapping[str, Any] | None, row: Mapping[str, Any], shape: str) -> set[int]:
    """The numbers of a shape that stand somewhere between two entries without opening a line."""
    pattern = _inline(shape)
    document = subject.placed.document
    if pattern is None or row["id"] not in subject.placed.known_ids:
        return set()
    end = document.section(row["id"]).start
    known = before is not None and before["id"] in subject.placed.known_ids
    start = document.section(before["id"]).start if known and before is not None else 0
    numbers = (ordinal_value(found[1]) for found in pattern.finditer(document.text, start, max(start, end)))
    return {number for number in numbers if number is not None}


@lru_cache(maxsize=16)
def _inline(shape: str) -> re.Pattern[str] | None:
    if shape in _INLINE:
        return re.compile(_INLINE[shape])
    if shape.startswith("第H"):
        # 第五条 within a sentence is a reference; only one that opens a sentence may be a marker
        return re.compile(rf"(?:^|[\n。；]) ?第 ?([{_HAN}\d]{{1,7}}) ?{shape[2:]}", re.MULTILINE)
    return None
