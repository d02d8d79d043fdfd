"""What rules ask about the tasks of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policykit.assignments import Assignments
from policykit.assignments import assignments as assignments_in
from policykit.check.subject import Subject


def assignments(subject: Subject) -> Assignments:
    """Who is named for the tasks of a document, by their own text or by a bracket behind the heading above them."""
    return subject.once("assignments", lambda: assignments_in(subject.data))


def title_of(task: Mapping[str, Any]) -> str:
    """How a message names a task: its heading, else its first words."""
    if task["heading"]:
        return str(task["heading"])
    words = " ".join(task["text"].split())
    return words if len(words) <= 20 else words[:20] + "…"
