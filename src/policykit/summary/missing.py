"""What a policy leaves open: targets without a deadline, tasks without anyone responsible."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from policykit.placed_text import PlacedText
from policykit.summary.goals import target_row


def unassigned_tasks(placed: PlacedText) -> list[dict[str, Any]]:
    """The tasks for which nobody is named, neither in them nor for the chapter that they stand in.

    Safeguards are not counted: they speak to all.
    """
    covered = _assigned_chapters(placed)
    return [
        {
            "section": task["id"],
            "text": task["heading"] or placed.first_sentence(task["id"]),
            "line": task["span"]["line"],
        }
        for task in placed.data["tasks"]
        if task["role"] == "task"
        and not task["lead"]
        and not task["support"]
        and not any(row["id"] in covered for row in placed.within(task["id"]))
    ]


def undated_targets(placed: PlacedText) -> list[dict[str, Any]]:
    """The targets without a deadline."""
    return [target_row(target) for target in placed.data["targets"] if target["deadline"] is None]


def _assigned_chapters(placed: PlacedText) -> set[str]:
    """The chapters whose own text assigns the work below them."""
    outline = placed.data["outline"]
    starts = [row["span"]["start"] for row in outline]
    found = set()
    for row in placed.data["responsibilities"]:
        index = bisect_right(starts, row["span"]["start"]) - 1
        if row["task"] is None and index >= 0 and outline[index]["role"] == "chapter":
            found.add(outline[index]["id"])
    return found
