"""Whose work the tasks are now: lead changed, bodies that joined or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from policykit.comparison.documents import Side
from policykit.comparison.tasks import TaskRow
from policykit.comparison.wording import mainland_words

CHANGES = ("same", "lead changed", "joined", "left", "new", "dropped")

Bodies = dict[str, list[str]]


def responsibility_rows(old: Side, new: Side, tasks: Sequence[TaskRow]) -> list[dict[str, Any]]:
    """A row for each row of tasks in which anyone is responsible, and one for what is assigned outside of tasks."""
    rows = []
    for row in tasks:
        before = _bodies(old, [old.units[place].id for place in row.old])
        after = _bodies(new, [new.units[place].id for place in row.new])
        rows.append(
            _row([old.units[place].id for place in row.old], before, [new.units[place].id for place in row.new], after)
        )
    rows.append(_row([], _bodies(old, [None]), [], _bodies(new, [None])))
    return [row for row in rows if row is not None]


def _bodies(side: Side, tasks: Iterable[str | None]) -> Bodies:
    """The bodies of some tasks, each once, as leading where they lead anywhere."""
    wanted = set(tasks)
    found = [row for row in side.data["responsibilities"] if row["task"] in wanted]
    lead = list(dict.fromkeys(body for row in found for body in row["lead"]))
    support = list(dict.fromkeys(body for row in found for body in row["support"] if body not in lead))
    return {"lead": lead, "support": support}


def _row(old_tasks: list[str], before: Bodies, new_tasks: list[str], after: Bodies) -> dict[str, Any] | None:
    had, has = any(before.values()), any(after.values())
    if not had and not has:
        return None
    old_data = {"tasks": old_tasks, **before} if had else None
    new_data = {"tasks": new_tasks, **after} if has else None
    if not had or not has:
        return {"change": ["new" if has else "dropped"], "old": old_data, "new": new_data, "difference": None}
    lead, other_lead = _names(before["lead"]), _names(after["lead"])
    support, other_support = _names(before["support"]), _names(after["support"])
    everyone, everyone_now = lead | support, other_lead | other_support
    changes = []
    leads_came = set(other_lead) - set(everyone)
    leads_went = set(lead) - set(everyone_now)
    changed_roles = (set(other_lead) & set(support)) | (set(lead) & set(other_support))
    if changed_roles or (leads_came and leads_went):
        changes.append("lead changed")
        leads_came, leads_went = set(), set()
    if leads_came or set(other_support) - set(everyone):
        changes.append("joined")
    if leads_went or set(support) - set(everyone_now):
        changes.append("left")
    return {
        "change": changes or ["same"],
        "old": old_data,
        "new": new_data,
        "difference": {
            "joined": [name for body, name in everyone_now.items() if body not in everyone],
            "left": [name for body, name in everyone.items() if body not in everyone_now],
        }
        if changes
        else None,
    }


def _names(bodies: Iterable[str]) -> dict[str, str]:
    """Bodies as printed by the form in which they are compared."""
    return {mainland_words(body): body for body in bodies}
