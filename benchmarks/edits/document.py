"""A document to edit: its units with their places in the text, and how edits are made and numbered anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.analysis import analyse
from policykit.comparison.comparing import KINDS, kinds_of
from policykit.comparison.documents import Side, Unit

_HAN_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile("[0-9]+|[〇零一二三四五六七八九十百]+")
SINGULAR = ("tasks", "targets", "deadlines", "responsibilities", "references")


class Change(NamedTuple):
    """One change that a comparison names: the section, the kind, and whose (ids of the old document; for what is new, its words)."""

    section: str
    kind: str
    whose: tuple[str, ...]


@dataclass(frozen=True)
class Edited:
    """A text after an edit, with the changes that a comparison has to name, and those that it may name besides."""

    kind: str
    text: str
    expected: frozenset[Change]
    allowed: frozenset[Change] = field(default=frozenset())


def numeral(number: int) -> str:
    """A number below 1000 in Chinese numerals.

    >>> numeral(10), numeral(21), numeral(105), numeral(110)
    ('十', '二十一', '一百零五', '一百一十')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        below = (
            ""
            if not rest
            else f"零{_HAN_DIGITS[ones]}"
            if not tens
            else numeral(rest)
            if tens > 1
            else f"一{numeral(rest)}"
        )
        return f"{_HAN_DIGITS[hundreds]}百{below}"
    if not tens:
        return _HAN_DIGITS[ones]
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[ones] if ones else "")


@lru_cache(maxsize=4)
def _converter(way: str) -> Any:
    from opencc import OpenCC

    return OpenCC(way)


def converted(text: str, way: str) -> str:
    """A text in another script or wording, by one of OpenCC's ways (s2t, t2s, s2twp)."""
    return str(_converter(way).convert(text))


def renumbered(marker: str, number: int) -> str:
    """A marker with another number, in the same style.

    >>> renumbered("（三）", 12), renumbered("3.", 4)
    ('（十二）', '4.')
    """
    return _NUMERAL.sub(lambda found: str(number) if found[0].isdigit() else numeral(number), marker, count=1)


def found_changes(comparison: Mapping[str, Any]) -> frozenset[Change]:
    """The changes that a comparison names, in the sections that say what changed one by one."""
    found = set()
    for section in SINGULAR:
        for row in comparison[section]:
            whose = _whose(section, row)
            found.update(Change(section, kind, whose) for kind in kinds_of(row) if kind != KINDS[section][0])
    return frozenset(found)


def _whose(section: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    old, new = row["old"], row["new"]
    if section == "tasks":
        return tuple(unit["id"] for unit in old) or ("+",)
    if section == "responsibilities":
        return tuple((old or new)["tasks"])
    if section == "references":
        return (row["title"],)
    return (old["id"],) if old else (new["quote"],)


class Base:
    """The document before the edit."""

    def __init__(self, id: str, text: str) -> None:
        self.id, self.text = id, text

    @cached_property
    def loaded(self) -> LoadedAnalysis:
        return as_loaded(analyse(self.text, id=self.id))

    @property
    def data(self) -> Mapping[str, Any]:
        return self.loaded.data

    @cached_property
    def side(self) -> Side:
        return Side(self.loaded)

    @property
    def units(self) -> Sequence[Unit]:
        return self.side.units

    @cached_property
    def is_traditional(self) -> bool:
        return bool(self.data["source"]["script"] == "traditional")

    def written(self, text: str) -> str:
        """A text in the script of the document."""
        return converted(text, "s2t") if self.is_traditional else text

    def block(self, unit: Unit) -> str:
        """The text of a unit with marker and heading."""
        return self.text[unit.span["start"] : unit.span["end"]]

    def marker(self, id: str) -> str:
        """The marker of an outline entry."""
        return str(self.side.sections[id]["marker"])

    def rows(self, kind: str, unit: Unit) -> list[Mapping[str, Any]]:
        """The targets, deadlines or responsibilities of a unit."""
        return self.side.statements(kind, unit.id)

    def quoted(self, row: Mapping[str, Any]) -> str:
        return self.text[row["span"]["start"] : row["span"]["end"]]

    def replaced(self, *edits: tuple[int, int, str]) -> str:
        """The text with stretches replaced."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def siblings(self, unit: Unit) -> list[Unit]:
        """The units under the same heading, in order."""
        return [other for other in self.units if other.parent == unit.parent]

    @cached_property
    def chapters(self) -> list[str]:
        """Headings of one level that hold all units, in order; empty where the units do not stand under headings of one level."""
        parents = list(dict.fromkeys(unit.parent for unit in self.units))
        if None in parents:
            return []
        levels = {self.side.sections[parent]["level"] for parent in parents if parent}
        above = {self.side.sections[parent]["parent"] for parent in parents if parent}
        return [parent for parent in parents if parent] if len(levels) == len(above) == 1 else []

    @cached_property
    def numbers_run_on(self) -> bool:
        """Whether the numbers of units run on from one heading to the next."""
        firsts = {}
        for unit in self.units:
            firsts.setdefault(unit.parent, unit.numbers[-1] if unit.numbers else 0)
        return len(firsts) == 1 or list(firsts.values())[1] != 1

    def can_be_rebuilt(self) -> bool:
        """Whether every unit begins with its marker as printed, so that it can be numbered anew."""
        return all(
            self.block(unit).startswith(self.marker(unit.id)) and _NUMERAL.search(self.marker(unit.id))
            for unit in self.units
        )

    def rebuilt(self, order: Iterable[tuple[str | None, Sequence[str]]]) -> str:
        """The document with its units in another order: for each heading (None: no headings) the blocks under it, numbered anew.

        Blocks begin with a marker, whose number is set right. What stands before the first unit and behind the last stays.
        """
        order = list(order)
        first, last = self.units[0], self.units[-1]
        start = self._chapter_start(order[0][0]) if self.chapters else first.span["start"]
        if self.chapters:
            start = min(self._chapter_start(chapter) for chapter in self.chapters)
        parts = [self.text[:start]]
        number = first.numbers[-1] - 1
        chapter_number = self.side.sections[self.chapters[0]]["number"] if self.chapters else 0
        for place, (chapter, blocks) in enumerate(order):
            if chapter is not None:
                parts.append(self._chapter_head(chapter, chapter_number + place))
            if not self.numbers_run_on:
                number = 0
            for block in blocks:
                number += 1
                found = _NUMERAL.search(block)
                marker = block[: found.end()] if found else ""
                parts.append(renumbered(marker, number) + block[len(marker) :])
        return "".join(parts) + self.text[last.span["end"] :]

    def _chapter_start(self, chapter: str | None) -> int:
        return int(self.side.sections[chapter or ""]["span"]["start"])

    def _chapter_head(self, chapter: str, number: int) -> str:
        """The heading of a chapter with what stands before its first unit, numbered anew."""
        entry = self.side.sections[chapter]
        first = next(unit for unit in self.units if unit.parent == chapter)
        head = self.text[entry["span"]["start"] : first.span["start"]]
        marker = entry["marker"]
        return renumbered(marker, number) + head[len(marker) :] if head.startswith(marker) else head

    def blocks(self, chapter: str | None = None) -> list[str]:
        """The blocks of all units, or of those under a heading; each ends with a line break."""
        chosen = [unit for unit in self.units if chapter is None or unit.parent == chapter]
        return [self.block(unit).rstrip() + "\n" for unit in chosen]

    def order(self) -> list[tuple[str | None, list[str]]]:
        """The blocks of all units under their headings, as they stand."""
        if not self.chapters:
            return [(None, self.blocks())]
        return [(chapter, self.blocks(chapter)) for chapter in self.chapters]

    def place(self, unit: Unit) -> tuple[int, int]:
        """Where a unit's block stands in `order`."""
        if not self.chapters:
            return 0, unit.place
        return self.chapters.index(unit.parent or ""), self.siblings(unit).index(unit)

    def numbering(self, order: Sequence[tuple[str | None, Sequence[str]]]) -> list[tuple[int, ...]]:
        """The numbers that each block gets in an order, chapter by chapter."""
        found = []
        number = self.units[0].numbers[-1] - 1
        above = self.units[0].numbers[:-2] if self.chapters else self.units[0].numbers[:-1]
        chapter_number = self.side.sections[self.chapters[0]]["number"] if self.chapters else 0
        for place, (chapter, blocks) in enumerate(order):
            if not self.numbers_run_on:
                number = 0
            for _ in blocks:
                number += 1
                found.append((*above, chapter_number + place, number) if chapter is not None else (*above, number))
        return found
