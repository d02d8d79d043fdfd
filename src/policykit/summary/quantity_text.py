"""Targets and dates as they stand in a table cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "≈", "=": "", "range": ""}
_DIRECTIONS = {"increase": "↑", "decrease": "↓"}
_SCALES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def quantity_text(target: Mapping[str, Any], rank: str) -> str:
    """The comparator, number and unit of a target; an arrow where it says how much something changes. `rank` words a place.

    >>> quantity_text({"comparator": ">=", "value": 35000, "value_max": None, "unit": "个", "kind": "increase"}, "第{number}位")
    '↑≥3.5万个'
    >>> quantity_text({"comparator": "range", "value": 4.5, "value_max": 5, "unit": "%", "kind": "level"}, "第{number}位")
    '4.5–5%'
    """
    if target["value"] is None:
        return ""
    number = number_text(target["value"])
    if target["value_max"] is not None:
        number = f"{number}–{number_text(target['value_max'])}"
    if target["kind"] == "rank":
        return _SIGNS[target["comparator"]] + rank.format(number=number)
    return signs(target) + number + (target["unit"] or "")


def signs(target: Mapping[str, Any]) -> str:
    """What stands before the number of a target: whether it is to grow or fall by it, and how it is to be compared.

    >>> signs({"kind": "decrease", "comparator": "<="})
    '↓≤'
    """
    return _DIRECTIONS.get(target["kind"], "") + _SIGNS[target["comparator"]]


def number_text(value: float) -> str:
    """A number with the scale words of Chinese, where it gets shorter by that, and four decimals at most.

    >>> number_text(33200000), number_text(12345), number_text(100 / 3), number_text(1500)
    ('3320万', '12345', '33.3333', '1500')
    """
    exact = Decimal(repr(value))
    for scale, word in _SCALES:
        if abs(exact) >= scale:
            scaled = _plain(exact / scale)
            if len(scaled) + len(word) < len(_plain(exact)) and Decimal(scaled) * scale == exact:
                return scaled + word
    return _plain(exact)


def _plain(number: Decimal) -> str:
    text = f"{number:.4f}"
    return text.rstrip("0").rstrip(".")


def day_text(day: date | None) -> str:
    """A date; the last day of a year is the year.

    >>> day_text(date(2027, 12, 31)), day_text(date(2026, 6, 30)), day_text(None)
    ('2027', '2026-06-30', '—')
    """
    if day is None:
        return "—"
    return str(day.year) if (day.month, day.day) == (12, 31) else day.isoformat()
