"""Values in different units, compared after conversion. Exact: decimals and fractions, never floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary


class Measure(NamedTuple):
    """A value in the base unit of what it measures; `dimension` names that, the same for all units that can be converted."""

    value: Fraction
    dimension: str


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, Fraction]]:
    """For each unit its family and what one of it comes to in the family's first unit."""
    data = packaged_dictionary("conversions")
    found = {
        unit: (family, Fraction(str(factor)))
        for family, units in data["families"].items()
        for unit, factor in units.items()
    }
    for group in data["counting"]:
        found.update({word: (group[0], Fraction(1)) for word in group if word not in found})
    return found


def exact(value: float | int) -> Fraction:
    """A number of plain data as what it was written as: 3.5 is 35/10, not the nearest float."""
    return Fraction(Decimal(str(value)))


@lru_cache(maxsize=1024)
def measure(value: float | int, unit: str | None) -> Measure:
    """A value with its unit in base units. A unit that is not known is a dimension of its own.

    >>> measure(20, "平方公里") == measure(2000, "公顷"), measure(35, "微克/立方米") == measure(0.035, "毫克/立方米")
    (True, True)
    >>> measure(5, "%").dimension == measure(5, "个百分点").dimension
    False
    """
    if unit is None:
        return Measure(exact(value), "")
    families = _families()
    if unit in families:
        family, factor = families[unit]
        return Measure(exact(value) * factor, family)
    numerator, slash, denominator = unit.partition("/")
    if not slash:
        return Measure(exact(value), unit)
    above, below = measure(1, numerator), measure(1, denominator)
    return Measure(exact(value) * above.value / below.value, f"{above.dimension}/{below.dimension}")


def plain(value: Fraction) -> int | float:
    """A number as YAML and JSON write it, without the noise of floats."""
    return int(value) if value.denominator == 1 else float(f"{float(value):.10g}")
