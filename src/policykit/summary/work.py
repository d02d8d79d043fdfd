"""The work: chapters and tasks in a line each, and the bodies that are to do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from policykit.placed_text import PlacedText

#: how many lead bodies stand for the tasks of a chapter
_LEADS_OF_CHAPTER = 3


def work_lines(placed: PlacedText, limit: int) -> list[dict[str, Any]]:
    """The chapters, tasks and articles in the order of the document, down to the level at which they fit into so many lines.

    Each line counts the tasks and articles at or below it (`tasks`, `articles`), their targets, and names who leads: of a task its
    lead bodies, of a chapter whose tasks are not listed those named most often. `text` is the heading, else the first sentence.
    """
    lines = _lines(placed)
    levels = sorted({line["level"] for line in lines})
    fitting = [level for level in levels if sum(line["level"] <= level for line in lines) <= limit]
    deepest = max(fitting, default=levels[0] if levels else 0)
    kept = [line for line in lines if line["level"] <= deepest][:limit]
    listed = {line["parent"] for line in kept}
    return [_row(placed, line, is_open=line["id"] in listed) for line in kept]


def _lines(placed: PlacedText) -> list[dict[str, Any]]:
    """A line for each task and article and each entry that has some below it, with what it holds."""
    lines: dict[str, dict[str, Any]] = {}
    targets = Counter(row["section"] for row in placed.data["targets"])
    for row in placed.data["outline"]:
        lines[row["id"]] = {
            "id": row["id"],
            "parent": row["parent"],
            "level": row["level"],
            "depth": 1 + (lines[row["parent"]]["depth"] if row["parent"] in lines else 0),
            "tasks": 0,
            "articles": 0,
            "targets": 0,
            "leads": Counter(),
        }
    for row in placed.data["outline"]:
        task = placed.tasks.get(row["id"])
        for above in placed.within(row["id"]):
            line = lines[above["id"]]
            line["targets"] += targets[row["id"]]
            line["articles"] += row["role"] == "article"
            if task is not None:
                line["tasks"] += 1
                line["leads"].update(task["lead"])
    return [line for line in lines.values() if line["tasks"] or line["articles"]]


def _row(placed: PlacedText, line: Mapping[str, Any], is_open: bool) -> dict[str, Any]:
    entry = placed.rows[line["id"]]
    task = placed.tasks.get(line["id"])
    leads = (
        list(task["lead"]) if task else [] if is_open else [body for body, _ in _most(line["leads"], _LEADS_OF_CHAPTER)]
    )
    return {
        "section": entry["id"],
        "depth": line["depth"],
        "marker": entry["marker"],
        "role": entry["role"],
        "text": entry["heading"] or placed.first_sentence(entry["id"]),
        "is_heading": entry["heading"] is not None,
        "tasks": line["tasks"],
        "articles": line["articles"],
        "targets": line["targets"],
        "lead": leads,
        "support": list(task["support"]) if task else [],
        "line": entry["span"]["line"],
    }


def bodies(placed: PlacedText, limit: int) -> list[dict[str, Any]]:
    """The bodies that are named most often as responsible for tasks: how many they lead and how many they support."""
    lead: Counter[str] = Counter()
    support: Counter[str] = Counter()
    for task in placed.data["tasks"]:
        lead.update(dict.fromkeys(task["lead"], 1))
        support.update(dict.fromkeys(task["support"], 1))
    both = Counter({body: 1000 * lead[body] + support[body] for body in [*lead, *support]})
    return [{"body": body, "lead": lead[body], "support": support[body]} for body, _ in _most(both, limit)]


def _most(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """The most frequent, among equals the first met."""
    return sorted(counts.items(), key=lambda item: -item[1])[:limit]
