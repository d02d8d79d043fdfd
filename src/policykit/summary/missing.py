"""What a policy leaves open: targets without a deadline, tasks without anyone responsible."""

from __future__ import annotations

from typing import Any

from policykit.assignments import assignments
from policykit.placed_text import PlacedText
from policykit.summary.goals import target_row


def unassigned_tasks(placed: PlacedText) -> list[dict[str, Any]]:
    """The tasks for which nobody is named, neither in them nor for a heading above them.

    Safeguards are not counted: they speak to all.
    """
    return [
        {
            "section": task["id"],
            "text": task["heading"] or placed.first_sentence(task["id"]),
            "line": task["span"]["line"],
        }
        for task in assignments(placed.data).unassigned()
    ]


def undated_targets(placed: PlacedText) -> list[dict[str, Any]]:
    """The targets without a deadline."""
    return [target_row(target) for target in placed.data["targets"] if target["deadline"] is None]
