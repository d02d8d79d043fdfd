"""The main goals: what the document says it wants to reach, and its quantified targets, the most important ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from policykit.placed_text import PlacedText
from policykit.summary.indicators import bare_indicator, is_name

#: a sentence that states the targets of the whole document
_STATES_GOALS = re.compile("主要(?:预期)?目标|预期目标|发展目标|总体目标|工作目标|约束性指标|主要指标")
#: an indicator that can be read without its sentence
_IS_NAME = re.compile(r"[^0-9]{2,24}")
#: how much a target's place says for it, by the role of the entry that it stands in
_BY_ROLE = {"objective": 0, "principle": 3, "task": 3, "chapter": 4, "safeguard": 4, "article": 4, "other": 5}
_QUANTITY_KEYS = (
    "indicator",
    "comparator",
    "value",
    "value_max",
    "unit",
    "kind",
    "binding",
    "deadline",
    "quote",
    "sentence",
    "section",
)


def objectives(placed: PlacedText) -> list[dict[str, Any]]:
    """The goals in words: the headings of the objectives, without those that only say that goals follow (主要目标)."""
    found = []
    parents = {row["parent"] for row in placed.data["outline"] if row["role"] == "objective"}
    for row in placed.data["outline"]:
        if (
            row["role"] == "objective"
            and row["heading"]
            and row["id"] not in parents
            and not _names_goals(row["heading"])
        ):
            found.append({"section": row["id"], "heading": row["heading"], "line": row["span"]["line"]})
    return found


def _names_goals(heading: str) -> bool:
    return re.search(r"(?:目标|指标|任务|愿景|要求)(?:（[^（）]{1,20}）|\([^()]{1,20}\))?$", heading) is not None


def main_targets(placed: PlacedText, limit: int) -> list[dict[str, Any]]:
    """The targets that matter most, in the order of the document: those of its objectives, then those with a date, of tasks, and so on."""
    targets: Sequence[Mapping[str, Any]] = placed.data["targets"]
    ranked = sorted(range(len(targets)), key=lambda index: (target_rank(placed, targets[index]), index))
    return [target_row(targets[index]) for index in sorted(ranked[:limit])]


def target_row(target: Mapping[str, Any]) -> dict[str, Any]:
    """A target as a row of a summary."""
    return {"id": target["id"], **{key: target[key] for key in _QUANTITY_KEYS}, "line": target["span"]["line"]}


def target_rank(placed: PlacedText, target: Mapping[str, Any]) -> tuple[int, int]:
    """How much a target matters: the lower the more."""
    roles = [row["role"] for row in placed.within(target["section"])]
    if "objective" in roles:
        place = 0
    elif _STATES_GOALS.search(target["sentence"]):
        place = 1
    else:
        place = _BY_ROLE.get(roles[0], 5) if roles else 2
    named = 0 if _IS_NAME.fullmatch(target["indicator"] or "") and is_name(bare_indicator(target["indicator"])) else 2
    return place + named, 0 if target["deadline"] else 1
