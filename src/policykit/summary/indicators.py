"""Which targets of several documents measure the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from policykit.dictionaries import packaged_dictionary

#: kinds that say how much something changes, not where it arrives
_CHANGES = frozenset({"increase", "decrease"})


def indicator_key(target: Mapping[str, Any], region: str | None, wording: str = "mainland") -> tuple[str, str]:
    """What a target measures, to be compared with that of others: the indicator without what varies, and the kind of measure.

    A rate of growth and a share are both percentages, so change and level count as different measures of one indicator there. The words
    of a document of Taiwan or Hong Kong are compared as those of the mainland.
    """
    indicator = target["indicator"] or ""
    if wording in ("taiwan", "hong-kong"):
        from policykit.comparison.wording import mainland_words

        indicator = mainland_words(indicator)
    unit = target["unit"] or ""
    measure = f"{unit} {'change' if target['kind'] in _CHANGES else 'level'}" if unit == "%" else unit
    return bare_indicator(indicator, region), measure


def bare_indicator(name: str, region: str | None = None) -> str:
    """The name of an indicator without whose it is and that it grows.

    >>> bare_indicator("广东地区生产总值年均增长", "广东省"), bare_indicator("全市国内生产总值")
    ('地区生产总值', '地区生产总值')
    """
    before, after, same = _words()
    name = name.strip(" 的，、（）()“”")
    while True:
        shorter = _without(name, [*before, *_own_names(region)], str.removeprefix).removeprefix("的")
        shorter = _without(shorter, after, str.removesuffix)
        if shorter == name:
            return same.get(name, name)
        name = shorter


def _without(name: str, words: Iterable[str], remove: Any) -> str:
    """The name without the first word that can be taken off and leaves something that names an indicator."""
    for word in words:
        shorter: str = remove(name, word)
        if shorter != name and len(shorter) >= 2:
            return shorter
    return name


def _own_names(region: str | None) -> list[str]:
    """How a document names its own region: 广东省, 广东."""
    if not region:
        return []
    short = region.rstrip("省市县区州")
    return [region, short] if len(short) >= 2 else [region]


@lru_cache(maxsize=1)
def _words() -> tuple[list[str], list[str], dict[str, str]]:
    data = packaged_dictionary("indicators")
    same = {name: names[0] for names in data["same"] for name in names}
    return sorted(data["before"], key=len, reverse=True), sorted(data["after"], key=len, reverse=True), same
