"""A number with its unit and the comparator that stands beside it: 不少于|150项, 10%|以上."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.cues import CuePattern
from policykit.findings import Comparator, TargetKind
from policykit.patterns import compiled
from policykit.quantities.units import UnitClass, alternatives, unit_class

#: how a quantity is written: 150项, 百名, 三分之二, 翻一番, 前10位, a number without a unit
Form = Literal["digits", "chinese", "share", "word", "rank", "bare"]


@dataclass(slots=True)
class Candidate:
    """A number with its unit at `start`..`end`.

    `left` and `right` take in the comparator words beside it (`before` and `behind`); `number_end` is where the number stops and the unit
    begins; `kind` is set for words such as 翻一番 that say themselves how they measure.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    unit_class: UnitClass | None
    comparator: Comparator
    form: Form
    number_end: int
    left: int
    right: int
    before: str = ""
    behind: str = ""
    kind: TargetKind | None = None


class _Comparators(NamedTuple):
    before: Mapping[str, Comparator]
    before_by_end: Mapping[str, tuple[str, ...]]  # by their last two characters (or all they have), the longest first
    # their last characters, that of a currency (不低于人民币) and the blank, which may stand between
    before_ends: frozenset[str]
    behind: Mapping[str, Comparator]
    behind_starts: frozenset[str]
    behind_pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _comparators() -> _Comparators:
    data: dict[str, dict[Comparator, list[str]]] = packaged_dictionary("comparators")
    before = {word: sign for sign, words in data["before"].items() for word in words}
    behind = {word: sign for sign, words in data["behind"].items() for word in words}
    # 内 alone only where the number ends its phrase: 控制在3%内，
    pattern = compiled(rf" ?({alternatives(behind)}|内(?=[，。；、）,;)]|$))", re.MULTILINE)
    starts = frozenset({word[0] for word in behind} | {"内", " "})
    by_end = {
        end: tuple(sorted((word for word in before if end.endswith(word[-2:])), key=len, reverse=True))
        for end in {word[-2:] for word in before}
    }
    ends = frozenset({word[-1] for word in before} | {"币", " "})
    return _Comparators(before, by_end, ends, {**behind, "内": "<="}, starts, pattern)


#: comparators that end other words: 新签约100个, 附近10个小区
_PARTS_OF_WORDS = {
    "约": frozenset("签节合条预违履邀集简契公"),
    "近": frozenset("附就邻最相亲"),
    "超": frozenset("赶反英中"),
}
#: 不得低于新台币五百亿元
_CURRENCIES = ("新台币", "人民币", "港币")


def has_comparator_before(text: str, start: int) -> bool:
    """Whether a comparator (不少于) may stand in front of a number; never where none does.

    >>> has_comparator_before("不少于3家", 3), has_comparator_before("建设3家", 2)
    (True, False)
    """
    words = _comparators()
    last = text[start - 1] if start else ""
    if last not in words.before_ends:
        return False
    return last == " " or last in words.before_by_end or text[max(0, start - 2) : start] in words.before_by_end


def _before(text: str, start: int, unit: str | None) -> tuple[str, int]:
    """The comparator in front of a number and where it begins; "" and `start` where there is none."""
    by_end = _comparators().before_by_end
    at = start - 1 if text[start - 1] == " " else start
    near = text[at - 2 : at] if at > 1 else text[:at]
    if near[-1:] == "币" and unit in ("元", "美元", "港元"):
        at -= next((len(word) for word in _CURRENCIES if text.endswith(word, 0, at)), 0)
        near = text[at - 2 : at] if at > 1 else text[:at]
    for word in by_end.get(near) or by_end.get(near[-1:]) or ():
        if text.endswith(word, 0, at):
            if word in _PARTS_OF_WORDS and text[at - 2 : at - 1] in _PARTS_OF_WORDS[word]:
                break
            return word, at - len(word)
    return "", start


def candidate_at(
    text: str,
    start: int,
    end: int,
    number_end: int,
    value: Decimal,
    unit: str | None,
    form: Form,
    comparator: Comparator | None = None,
    value_max: Decimal | None = None,
    kind: TargetKind | None = None,
) -> Candidate:
    """A candidate with what stands beside it: 不少于 in front, 以上 behind."""
    words = _comparators()
    before = behind = ""
    left, right = start, end
    if (
        start
        and text[start - 1] in words.before_ends
        and (form != "word" or unit == "倍" or (unit == "%" and kind != "coverage"))
    ):
        before, left = _before(text, start, unit)
    class_of_unit = unit_class(unit)
    if before == "突破" and class_of_unit == "measure_words" and _HAN_CHARACTER.match(text, end):
        # 突破百项关键技术: here it is what is done with them
        before, left = "", start
    if text[end : end + 1] in words.behind_starts:
        match = words.behind_pattern.match(text, end)
        if match is not None:
            behind, right = match[1], match.end()
    sign = comparator
    if sign is None or (sign == ">" and behind):
        sign = words.behind.get(behind) or words.before.get(before) or sign or "="
    return Candidate(
        start, end, value, value_max, unit, class_of_unit, sign, form, number_end, left, right, before, behind, kind
    )


_HAN_CHARACTER = CuePattern(r"(?!以上|以下|以内|左右|上下)[\u4e00-\u9fff]")

#: what joins the members of a list that share a comparator: 10%、35%以上; 不低于30%和50%
_LIST_JOINTS = frozenset({"、", "和", "与", "及", "或", "，", "以及"})


#: so far apart stand numbers at most that share a comparator
BESIDE = 2


def share_comparators(text: str, found: Sequence[Candidate]) -> None:
    """Give the members of a list the comparator that is written once: behind the last, or in front of the first."""
    beside = [(first, second) for first, second in pairwise(found) if 0 < second.start - first.end <= BESIDE]
    for first, second in reversed(beside):
        if (
            second.behind
            and not first.behind
            and not first.before
            and first.comparator == "="
            and _is_list(text, first, second)
        ):
            first.comparator, first.behind = second.comparator, second.behind
    for first, second in beside:
        if second.unit == "个百分点" and first.unit == "个":
            # 分别提升31.1个和26.3个百分点
            first.unit, first.unit_class = second.unit, second.unit_class
        if first.before and not first.behind and second.comparator == "=" and _is_list(text, first, second):
            second.comparator, second.before = first.comparator, first.before


def _is_list(text: str, first: Candidate, second: Candidate) -> bool:
    """Whether two quantities of one unit (behind 分别 of any), side by side, have nothing but a joint between."""
    return text[first.end : second.start] in _LIST_JOINTS and (
        first.unit == second.unit or _EACH.search(text, max(0, first.left - 8), first.left) is not None
    )


#: 分别稳定在|3900万头、13.5亿只以上
_EACH = CuePattern("分别[^，。；、0-9]{0,5}$")
