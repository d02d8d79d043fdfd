"""What became of the targets: matched by what they measure, then compared in value, firmness, unit and time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rapidfuzz import fuzz

from policykit.comparison.assignment import Pair, assign
from policykit.comparison.documents import Side, bare
from policykit.comparison.quantities import measure, plain
from policykit.comparison.sections import SectionMap
from policykit.comparison.statements import commitment_words, working
from policykit.comparison.wording import mainland_words

CHANGES = (
    "unchanged",
    "raised",
    "lowered",
    "tightened",
    "loosened",
    "earlier",
    "later",
    "unit changed",
    "restated",
    "new",
    "dropped",
)

#: What speaks for two targets being the same one, together 1: the indicator, the sentence without its numbers, the unit, the section,
#: the time, the value (the last two only tell targets apart that are alike otherwise).
_INDICATOR, _SENTENCE, _UNIT, _SECTION, _TIME, _VALUE = 0.5, 0.19, 0.11, 0.1, 0.04, 0.06
_ENOUGH = 0.6
#: A target in another unit is the same one only where its indicator is, nearly to the letter; one with another indicator never.
_SAME_INDICATOR, _SOME_INDICATOR = 0.85, 0.5
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_STRICTNESS = {"~": 0, "=": 1, "range": 1, ">=": 2, "<=": 2, ">": 3, "<": 3}
_BINDING = {"约束性": 1, None: 0, "预期性": -1}


class _Target:
    """A target as it is compared."""

    def __init__(self, data: Mapping[str, Any], side: Side) -> None:
        self.data = data
        self.indicator = bare(mainland_words(data["indicator"] or ""))
        self.sentence = bare(mainland_words(data["sentence"] or ""))
        self.frame = _DIGITS.sub("#", self.sentence)
        self.low = measure(data["value"], data["unit"])
        self.high = self.low if data["value_max"] is None else measure(data["value_max"], data["unit"])
        self.firmness = firmness(data["sentence"] or "", working(data["quote"]))


def firmness(sentence: str, number: str) -> int:
    """How firmly a sentence means a number: 1 where the nearest word before it is firm (确保), -1 where it is hoped for (力争), else 0.

    >>> firmness("力争新增就业10万人，确保失业率控制在5.5%以内。", "5.5%")
    1
    """
    place = sentence.find(number)
    before = sentence[: place if place >= 0 else len(sentence)]
    last = 0
    for found in commitment_words().finditer(before):
        last = 1 if found[1] else -1
    return last


def target_rows(old: Side, new: Side, sections: SectionMap) -> list[dict[str, Any]]:
    """All targets of both documents in rows, in the order of the old document, new ones behind."""
    before = [_Target(data, old) for data in old.data["targets"]]
    after = [_Target(data, new) for data in new.data["targets"]]
    turned = [target.sentence for target in before] > [target.sentence for target in after]
    pairs = (
        {(row, column) for column, row in _pairs(after, before, sections.mirrored())}
        if turned
        else _pairs(before, after, sections)
    )
    partner = dict(pairs)
    rows = []
    for place, target in enumerate(before):
        if place in partner:
            rows.append(_compared(target, after[partner[place]]))
        else:
            rows.append(_alone("dropped", target))
    taken = {column for _, column in pairs}
    return rows + [_alone("new", target) for place, target in enumerate(after) if place not in taken]


def _pairs(rows: Sequence[_Target], columns: Sequence[_Target], sections: SectionMap) -> set[Pair]:
    weights: dict[Pair, float] = {}
    for row, one in enumerate(rows):
        for column, other in enumerate(columns):
            value = _alike(one, other, sections)
            if value >= _ENOUGH:
                weights[row, column] = value
    return assign(weights)


def _alike(one: _Target, other: _Target, sections: SectionMap) -> float:
    same_unit = one.low.dimension == other.low.dimension
    if one.indicator == other.indicator:
        indicator = 1.0
    else:
        indicator = fuzz.ratio(one.indicator, other.indicator, score_cutoff=100 * _SOME_INDICATOR) / 100
        if indicator < _SAME_INDICATOR and one.indicator and other.indicator:
            if not same_unit:
                return 0.0
            indicator = max(indicator, _holding(*sorted((one.indicator, other.indicator), key=len)))
    if indicator < _SOME_INDICATOR:
        return 0.0
    sentence = 1.0 if one.frame == other.frame else fuzz.ratio(one.frame, other.frame) / 100
    section = sections.likeness(one.data["section"], other.data["section"])
    time = 1.0 if one.data["deadline"] == other.data["deadline"] else 0.0
    same_value = same_unit and one.low.value == other.low.value
    return (
        _INDICATOR * indicator
        + _SENTENCE * sentence
        + _UNIT * same_unit
        + _SECTION * section
        + _TIME * time
        + _VALUE * same_value
    )


def _holding(shorter: str, longer: str) -> float:
    """How alike two indicators are of which one holds the other: in one piece, or begun and ended by it.

    >>> _holding("国家标准行业标准", "制修订国家标准行业标准"), _holding("粮食产量", "粮食播种面积保持稳定产量"), _holding("企业", "企业标准")
    (0.9, 0.85, 0.45)
    """
    # 企业 alone stands in too many others
    long_enough = min(1.0, len(shorter) / 4)
    if shorter in longer:
        return 0.9 * long_enough
    half = len(shorter) // 2
    if half >= 2 and longer.startswith(shorter[:half]) and longer.endswith(shorter[half:]):
        return 0.85
    return 0.0


def _compared(one: _Target, other: _Target) -> dict[str, Any]:
    changes: list[str] = []
    difference: dict[str, Any] = {"value": None, "percent": None, "days": None}
    if one.low.dimension != other.low.dimension:
        changes.append("unit changed")
    else:
        low, high = other.low.value - one.low.value, other.high.value - one.high.value
        changes += _in_value(low, high)
        change = low if low else high
        if change:
            # in the old target's unit
            unit = measure(1, one.data["unit"]).value
            base = one.low.value if low else one.high.value
            difference["value"] = plain(change / unit)
            difference["percent"] = plain(Fraction(round(change / abs(base) * 1000), 10)) if base else None
        changes += _in_firmness(one, other)
        if one.data["kind"] != other.data["kind"] and not changes:
            changes.append("restated")
    days = _days(one.data["deadline"], other.data["deadline"])
    if days:
        changes.append("later" if days > 0 else "earlier")
        difference["days"] = days
    return {
        "change": changes or ["unchanged"],
        "indicator": other.data["indicator"],
        "old": dict(one.data),
        "new": dict(other.data),
        "difference": difference if changes else None,
    }


def _in_value(low: Fraction, high: Fraction) -> list[str]:
    """A range that moves is raised or lowered; one that only grows narrower or wider is tightened or loosened."""
    if low >= 0 and high >= 0 and (low or high):
        return ["raised"]
    if low <= 0 and high <= 0 and (low or high):
        return ["lowered"]
    if low or high:
        return ["tightened" if low > 0 else "loosened"]
    return []


def _in_firmness(one: _Target, other: _Target) -> list[str]:
    """Comparator, word of commitment, 约束性; where these are the same, whether there is a date at all."""
    steps = [
        _STRICTNESS[other.data["comparator"]] - _STRICTNESS[one.data["comparator"]],
        other.firmness - one.firmness,
        _BINDING[other.data["binding"]] - _BINDING[one.data["binding"]],
    ]
    if not any(steps):
        steps = [(other.data["deadline"] is not None) - (one.data["deadline"] is not None)]
    found = []
    if any(step > 0 for step in steps):
        found.append("tightened")
    if any(step < 0 for step in steps):
        found.append("loosened")
    return found


def _days(before: date | None, after: date | None) -> int:
    return 0 if before is None or after is None else (after - before).days


def _alone(change: str, target: _Target) -> dict[str, Any]:
    return {
        "change": [change],
        "indicator": target.data["indicator"],
        "old": dict(target.data) if change == "dropped" else None,
        "new": dict(target.data) if change == "new" else None,
        "difference": None,
    }
