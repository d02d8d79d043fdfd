"""PK103: two values for one indicator and date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import inf
from typing import Any

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary

#: a name of fewer characters (单位, 名额) says too little to be the same thing twice
_SHORTEST_NAME = 4
#: things to be built, held or added are counted place by place; a state of affairs has one value at one time
_STATES = frozenset({"level", "coverage", "rank", "multiple"})
_CHANGES = frozenset({"increase", "decrease"})
_RATES = frozenset({"%", "‰", "个百分点", "倍"})


def _find(subject: Subject) -> Iterator[Hit]:
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for target in subject.data["targets"]:
        name = target["indicator"] or ""
        is_state = target["kind"] in _STATES or (target["kind"] in _CHANGES and target["unit"] in _RATES)
        if target["deadline"] is not None and is_state and len(name) >= _SHORTEST_NAME and not _refers().search(name):
            change = target["kind"] if target["kind"] in ("increase", "decrease", "rank", "multiple") else "level"
            groups[name, target["deadline"], target["unit"], change, _scope(subject, target)].append(target)
    for (name, deadline, *_), targets in groups.items():
        earlier: dict[tuple[Any, ...], Mapping[str, Any]] = {}  # one for each value
        for target in targets:
            other = _contradicted(target, earlier.values())
            earlier.setdefault((target["comparator"], target["value"], target["value_max"]), target)
            if other is not None:
                message = (
                    f"{name} by {deadline}: {' '.join(target['quote'].split())} here, "
                    f"{' '.join(other['quote'].split())} in line {other['span']['line']}"
                )
                yield subject.at_row(
                    target, message, name, str(deadline), target["quote"], other["quote"], target["sentence"]
                )


@lru_cache(maxsize=1)
def _refers() -> re.Pattern[str]:
    """Words of a name that points to something named elsewhere (以上项目指标): twice the same words, not the same thing."""
    return re.compile("|".join(map(re.escape, packaged_dictionary("check")["refers"])))


def _scope(subject: Subject, target: Mapping[str, Any]) -> str:
    """Tables and annexes list values apart from the text; a value in them is held against its own kind."""
    return "appendix" if (target["section"] or "").startswith("appendix") else ""


def _contradicted(target: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first target before this one, in another sentence, that cannot hold together with it."""
    low, high = _bounds(target)
    for other in earlier:
        other_low, other_high = _bounds(other)
        same_sentence = other["sentence"] == target["sentence"]
        if not same_sentence and (low > other_high or other_low > high or _two_values(target, other)):
            return other
    return None


def _two_values(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both state a value in the same manner, and not the same one."""
    return one["comparator"] == other["comparator"] and (one["value"], one["value_max"]) != (
        other["value"],
        other["value_max"],
    )


def _bounds(target: Mapping[str, Any]) -> tuple[float, float]:
    """The values that a target allows."""
    value = float(target["value"])
    match target["comparator"]:
        case ">=" | ">":
            return value, inf
        case "<=" | "<":
            return -inf, value
        case "range":
            return value, float(target["value_max"] if target["value_max"] is not None else value)
        case "~":  # 约, 左右: a tenth to either side
            return value - abs(value) / 10, value + abs(value) / 10
    return value, value


RULE = Rule(
    code="PK103",
    name="target-contradiction",
    severity="error",
    summary="A target that contradicts another of the same document: two values for one indicator and date.",
    why="Whoever carries the document out must know which value counts. It is often a slip left from an earlier draft.",
    bad="某市发展规划\n一、主要目标\n到2027年，森林覆盖率达到35%以上。\n二、主要任务\n（一）绿化国土。植树造林，到2027年，森林覆盖率达到38%以上。\n",
    good="某市发展规划\n一、主要目标\n到2027年，森林覆盖率达到35%以上。\n二、主要任务\n（一）绿化国土。植树造林，到2030年，森林覆盖率达到38%以上。\n",
    find=_find,
)
