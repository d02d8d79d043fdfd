"""What became of the targets: matched by what they measure, then compared in value, firmness, unit and time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from policykit.comparison.assignment import Pair, assign_in_rounds, without_paired, worth_weighing
from policykit.comparison.documents import Side, bare
from policykit.comparison.quantities import measure, plain
from policykit.comparison.sections import SectionMap
from policykit.comparison.statements import commitment_words
from policykit.comparison.wording import in_mainland_words
from policykit.text.normalise import working_text

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
#: The most that a place far off counts, and what two targets come to that are the same in everything, wherever they stand.
_OUT_OF_PLACE, _THE_SAME = 1e-3, 0.9985
#: A target in another unit is the same one only where its indicator is, nearly to the letter; one with another indicator never.
_SAME_INDICATOR, _SOME_INDICATOR = 0.85, 0.5
#: Where one value is more than four times the other, only much the same sentence speaks of the same thing: 服务名额 are of many services.
_FAR, _OTHER_SENTENCE = 0.25, 0.5
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_STRICTNESS = {"~": 0, "=": 1, "range": 1, ">=": 2, "<=": 2, ">": 3, "<": 3}
#: A floor and a ceiling are two commitments, and so are a level and a change or changes for the better and the worse, whatever their numbers.
_BOUNDS = {">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling"}
_MOVES = frozenset({"increase", "decrease"})
_BINDING = {"约束性": 1, None: 0, "预期性": -1}
#: What is measured in shares of a whole: their differences are percentage points, and a percentage of a percentage would mislead.
_SHARES = frozenset({"share", "points"})


class _Target:
    """A target as it is compared; `sentence` and `indicator` in mainland words without punctuation."""

    def __init__(self, data: Mapping[str, Any], indicator: str, sentence: str) -> None:
        self.data = data
        self.indicator = indicator
        self.sentence = sentence
        self.frame = _DIGITS.sub("#", sentence)
        self.low = measure(data["value"], data["unit"])
        self.high = self.low if data["value_max"] is None else measure(data["value_max"], data["unit"])

    @property
    def says(self) -> tuple[Any, ...]:
        """What is the same in a target that only moved."""
        return self.frame, self.low, self.data["deadline"]

    @cached_property
    def commitment(self) -> tuple[str | None, int]:
        """The word that says how firmly it is meant, and how firm that is."""
        return commitment(self.data["sentence"] or "", working_text(self.data["quote"]))


def _targets(side: Side) -> list[_Target]:
    rows = side.data["targets"]
    words = [row[name] or "" for name in ("indicator", "sentence") for row in rows]
    found = [bare(text) for text in in_mainland_words(words)]
    return [_Target(row, *texts) for row, *texts in zip(rows, found, found[len(rows) :], strict=False)]


def commitment(sentence: str, number: str) -> tuple[str | None, int]:
    """The nearest word before a number that says how firmly it is meant, and how firm: 1 (确保), -1 where it is hoped for (力争), else 0.

    >>> commitment("力争新增就业10万人，确保失业率控制在5.5%以内。", "5.5%"), commitment("新增就业10万人。", "10万人")
    (('确保', 1), (None, 0))
    """
    place = sentence.find(number)
    word, firmness = None, 0
    for found in commitment_words().finditer(sentence, 0, place if place >= 0 else len(sentence)):
        word, firmness = found[0], 1 if found[1] else -1
    return word, firmness


def target_rows(old: Side, new: Side, sections: SectionMap) -> list[dict[str, Any]]:
    """All targets of both documents in rows, in the order of the old document, new ones behind."""
    before, after = _targets(old), _targets(new)
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
    places = sections.likenesses((row.data["section"] for row in rows), (column.data["section"] for column in columns))
    for ones, others, same_unit, known in _same_things(_by_measure(rows), _by_measure(columns)):
        for row, column in worth_weighing(
            ones, others, lambda row: rows[row].says, lambda column: columns[column].says
        ):
            one, other = rows[row], columns[column]
            if _differ_in_kind(one.data, other.data):
                continue
            place = places.get((one.data["section"], other.data["section"]), 0.0)
            value = known + _besides(one, other, same_unit, _ENOUGH - known, place)
            if value >= _ENOUGH:
                # of equals those that stand at the same place in their order go together
                weights[row, column] = value - min(1e-6 * abs(row - column), _OUT_OF_PLACE)
    return _best(weights)


def _differ_in_kind(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two targets say different things of whatever they measure.

    >>> total, more = {"comparator": "=", "kind": "level"}, {"comparator": ">=", "kind": "increase"}
    >>> _differ_in_kind(total, more), _differ_in_kind(more, {"comparator": "<=", "kind": "increase"})
    (True, True)
    """
    bounds = {_BOUNDS[row["comparator"]] for row in (one, other) if row["comparator"] in _BOUNDS}
    kinds = {one["kind"], other["kind"]}
    return len(bounds) > 1 or (len(kinds) > 1 and bool(kinds & _MOVES) and "multiple" not in kinds)


#: places of targets by dimension and indicator
_ByMeasure = Mapping[str, Mapping[str, list[int]]]


def _same_things(above: _ByMeasure, beside: _ByMeasure) -> Iterator[tuple[list[int], list[int], bool, float]]:
    """The places of old and of new targets that may measure the same thing, whether in the same unit, and what indicator and unit count."""
    indicators = {indicator for found in beside.values() for indicator in found}
    nearly = {
        indicator: _nearly_the_same(indicator, indicators)
        for indicator in {one for found in above.values() for one in found}
    }
    for dimension, found in above.items():
        same_dimension = beside.get(dimension, {})
        other_dimensions = [known for name, known in beside.items() if name != dimension]
        for indicator, ones in found.items():
            for other, others in same_dimension.items():
                alike = _same_thing(indicator, other)
                if alike:
                    yield ones, others, True, _INDICATOR * alike + _UNIT
            for other, alike in nearly[indicator].items():
                for known in other_dimensions:
                    if other in known:
                        yield ones, known[other], False, _INDICATOR * alike


def _best(weights: Mapping[Pair, float]) -> set[Pair]:
    """The pairs of targets. Those that are the same in everything come first: nothing better can become of either, and what is left to
    weigh is little."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (row, column), value in sorted(weights.items()):
        if value > _THE_SAME and row not in pairs and column not in taken:
            pairs[row] = column
            taken.add(column)
    return set(pairs.items()) | assign_in_rounds(without_paired(weights, pairs.items()))


def _by_measure(targets: Sequence[_Target]) -> _ByMeasure:
    """The places of targets by dimension and indicator: whether these can be the same is asked once for all of them."""
    found: dict[str, dict[str, list[int]]] = {}
    for place, target in enumerate(targets):
        found.setdefault(target.low.dimension, {}).setdefault(target.indicator, []).append(place)
    return found


def _same_thing(one: str, other: str) -> float:
    """How alike two indicators in the same unit are, from 0 to 1; 0 where targets of them are never the same one.

    >>> _same_thing("粮食产量", "粮食产量"), _same_thing("粮食产量", "粮食总产量"), _same_thing("粮食产量", "森林覆盖率")
    (1.0, 0.8888888888888888, 0.0)
    """
    if one == other:
        return 1.0
    alike: float = fuzz.ratio(one, other, score_cutoff=100 * _SOME_INDICATOR) / 100
    if alike < _SAME_INDICATOR and one and other:
        alike = max(alike, _holding(one, other) if len(one) <= len(other) else _holding(other, one))
    return alike if alike >= _SOME_INDICATOR else 0.0


def _nearly_the_same(one: str, others: Iterable[str]) -> dict[str, float]:
    """The indicators that are the same even in another unit, with how alike they are.

    >>> _nearly_the_same("粮食产量", {"粮食产量", "粮食总产量", "产量"})["粮食产量"]
    1.0
    """
    if not one:
        return {"": 1.0} if "" in others else {}
    found = process.extract(one, list(others), scorer=fuzz.ratio, score_cutoff=100 * _SAME_INDICATOR, limit=None)
    return {other: score / 100 for other, score, _ in found}


def _besides(one: _Target, other: _Target, same_unit: bool, missing: float, place: float) -> float:
    """What speaks for two targets besides indicator and unit, where their sections are alike as `place` says; the sentences are looked at
    where they can bring what is missing. Below 0 where something speaks against them."""
    value = _SECTION * place
    if one.data["deadline"] == other.data["deadline"]:
        value += _TIME
    nearness = _nearness(one.low.value, other.low.value) if same_unit else 0.0
    value += _VALUE * nearness
    if value + _SENTENCE < missing:
        return 0.0
    sentences: float = 1.0 if one.frame == other.frame else fuzz.ratio(one.frame, other.frame) / 100
    if same_unit and nearness < _FAR and sentences < _OTHER_SENTENCE:
        return -1.0
    return value + _SENTENCE * sentences


def _nearness(one: Fraction, other: Fraction) -> float:
    """How near two values are: 1 where they are the same, the smaller as a share of the greater where not.

    >>> _nearness(Fraction(3000), Fraction(3370)), _nearness(Fraction(0), Fraction(5)), _nearness(Fraction(-2), Fraction(2))
    (0.8902077151335311, 0.0, 0.0)
    """
    if one == other:
        return 1.0
    return float(min(one, other) / max(one, other)) if one > 0 and other > 0 else 0.0


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
    difference: dict[str, Any] = {"value": None, "percent": None, "points": None, "days": None, "commitment": None}
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
            if one.low.dimension in _SHARES:
                difference["points"] = plain(change)
            elif base:
                difference["percent"] = plain(Fraction(round(change / abs(base) * 1000), 10))
        changes += _in_firmness(one, other)
        if one.commitment[1] != other.commitment[1]:
            difference["commitment"] = {"old": one.commitment[0], "new": other.commitment[0]}
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
        other.commitment[1] - one.commitment[1],
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
