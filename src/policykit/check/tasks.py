"""Which tasks nobody is named for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policykit.check.subject import Subject


def unassigned(subject: Subject) -> Iterator[Mapping[str, Any]]:
    """The tasks (not the safeguards, which speak to all) that name no body, nor does an entry above or below them."""
    assigned = _assigned(subject)
    for task in subject.data["tasks"]:
        if task["role"] == "task" and task["id"] not in assigned:
            yield task


def assigned_siblings(subject: Subject, task: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the other tasks under the same heading somebody is named for, and how many there are."""
    parents = {row["id"]: row["parent"] for row in subject.data["outline"]}
    parent = parents.get(task["id"])
    others = [
        other["id"]
        for other in subject.data["tasks"]
        if other["role"] == "task" and other["id"] != task["id"] and parents.get(other["id"]) == parent
    ]
    assigned = _assigned(subject)
    return sum(id in assigned for id in others), len(others)


def title_of(task: Mapping[str, Any]) -> str:
    """How a message names a task: its heading, else its first words."""
    if task["heading"]:
        return str(task["heading"])
    words = " ".join(task["text"].split())
    return words if len(words) <= 20 else words[:20] + "…"


def _assigned(subject: Subject) -> set[str]:
    """The ids of the tasks that have somebody, by their own text or by a row of the heading above them."""
    data = subject.data
    assigned = {task["id"] for task in data["tasks"] if task["lead"] or task["support"]}
    # a bracket at the end of a chapter speaks for all tasks in it
    for row in data["responsibilities"]:
        if row["task"] is None:
            around = [
                entry
                for entry in data["outline"]
                if entry["span"]["start"] <= row["span"]["start"] < entry["span"]["end"]
            ]
            if around:
                inner = max(around, key=lambda entry: (entry["span"]["start"], entry["level"]))
                chapter = inner["span"]
                assigned |= {
                    task["id"] for task in data["tasks"] if chapter["start"] <= task["span"]["start"] < chapter["end"]
                }
    return assigned
