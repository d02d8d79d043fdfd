"""Units and measure words behind numbers: what belongs to a unit, what its scale word multiplies by, which class it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled
from policykit.quantities.numerals import SCALE_CHARACTERS, scale_of

UnitClass = Literal["measure_words", "percentages", "physical", "latin", "money", "time"]
_CLASSES: tuple[UnitClass, ...] = ("measure_words", "percentages", "physical", "latin", "money", "time")


def _words(entry: str | list[str]) -> list[str]:
    return entry.split() if isinstance(entry, str) else list(entry)


@lru_cache(maxsize=1)
def unit_classes() -> Mapping[str, UnitClass]:
    """Every unit of the dictionary with its class."""
    data: dict[str, Any] = packaged_dictionary("units")
    return {word: name for name in _CLASSES for word in _words(data[name])}


@lru_cache(maxsize=8)
def unit_list(name: str) -> frozenset[str]:
    """The units of a further list of the dictionary: `after_chinese_numerals` (百名, 三十家, but not 百度), `dimensions` of single things, `capacities` of plants.

    >>> "毫米" in unit_list("dimensions")
    True
    """
    return frozenset(_words(packaged_dictionary("units")[name]))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first, common beginnings shared so that each character is looked at once.

    >>> alternatives(["个", "个月", "家", "家次"])
    '(?:个(?:月)?|家(?:次)?)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = True
    return _render(tree)


def _render(node: Mapping[str, Any]) -> str:
    branches: list[str] = []
    leaves: list[str] = []
    for character, child in node.items():
        if not character:
            continue
        letter = character if character.isalnum() else re.escape(character)
        if child.keys() == {""}:
            leaves.append(letter)
        else:
            branches.append(letter + _render(child))
    if len(leaves) == 1:
        branches.append(leaves[0])
    elif leaves:
        branches.append("[" + "".join(leaves) + "]")
    if not branches:
        return ""
    if "" not in node and len(branches) == 1:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if "" in node else "")


@lru_cache(maxsize=1)
def unit_pattern() -> str:
    """A regular expression (no groups) for a unit with its scale words: 万元/人, 人/百亿元, 微克/立方米, 个百分点.

    White space between the scale word and the unit is allowed for.
    """
    # 套（间）: a unit with its alternative
    word = alternatives(unit_classes()) + "(?:[（〔(][个家间处座套所台户人名条项][）〕)])?"
    return rf"{word}(?: ?[/／] ?(?:\d{{1,4}} ?)?(?:{SCALE_PATTERN} ?)?{word}){{0,2}}"


#: what ends the first part of a compound unit
_FIRST_PART = compiled("[/（〔(]")
#: scale words behind figures; 千 of 千瓦 and 百 of 百分点 belong to the unit
SCALE_PATTERN = r"(?:[十万亿]|百(?!分)|千(?![瓦米克伏焦卡字赫])|兆(?![瓦赫比字伏焦帕])){1,3}"


@lru_cache(maxsize=4096)
def split_unit(text: str) -> tuple[int, str | None]:
    """The factor of the scale words in front of a unit, and the unit in its plain form (None where there is only a scale word).

    >>> split_unit("万元/人"), split_unit("人/百亿元"), split_unit("亿 千瓦时"), split_unit("％"), split_unit("万")
    ((10000, '元/人'), (1, '人/百亿元'), (100000000, '千瓦时'), (1, '%'), (10000, None))
    """
    text = "".join(text.split())
    end = 0
    known = unit_classes()
    while (
        end < len(text) and text[end] in SCALE_CHARACTERS and _FIRST_PART.split(text[end:], maxsplit=1)[0] not in known
    ):
        end += 1
    factor = scale_of(text[:end])
    unit = text[end:]
    return factor, plain_unit(unit) if unit else None


def plain_unit(unit: str) -> str:
    """A unit in the form that findings carry: one sort of percent sign and of slash, short names written out.

    >>> plain_unit("百分点"), plain_unit("吨标煤"), plain_unit("微克／立方米")
    ('个百分点', '吨标准煤', '微克/立方米')
    """
    unit = unit.replace("／", "/").replace("％", "%")
    return packaged_dictionary("units")["written_as"].get(unit, unit)  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def unit_class(unit: str | None) -> UnitClass | None:
    """The class of a unit; a compound has that of its first part; None for an unknown one or none.

    >>> unit_class("元/人"), unit_class("个百分点"), unit_class("个月"), unit_class(None)
    ('money', 'percentages', 'time', None)
    """
    if unit is None:
        return None
    return unit_classes().get(unit) or unit_classes().get(_FIRST_PART.split(unit, maxsplit=1)[0])
