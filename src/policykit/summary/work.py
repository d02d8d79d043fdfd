"""The work: chapters and tasks in a line each, and the bodies that are to do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from policykit.dictionaries import packaged_dictionary
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
    full = full_names(body for task in placed.tasks.values() for body in (*task["lead"], *task["support"]))
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
                line["leads"].update(dict.fromkeys((full.get(body, body) for body in task["lead"]), 1))
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
    tasks = placed.data["tasks"]
    full = full_names(body for task in tasks for body in (*task["lead"], *task["support"]))
    lead: Counter[str] = Counter()
    support: Counter[str] = Counter()
    for task in tasks:
        lead.update(dict.fromkeys((full.get(body, body) for body in task["lead"]), 1))
        support.update(dict.fromkeys((full.get(body, body) for body in task["support"]), 1))
    both = Counter({body: 1000 * lead[body] + support[body] for body in [*lead, *support]})
    return [{"body": body, "lead": lead[body], "support": support[body]} for body, _ in _most(both, limit)]


def full_names(names: Iterable[str]) -> dict[str, str]:
    """For names that a document also writes with whose they are, that longer name: in a list only the first has it (省发展改革委、财政厅).

    >>> full_names(["省发展改革委", "财政厅", "省财政厅", "县水利局", "市水利局", "水利局"])
    {'财政厅': '省财政厅'}
    """
    known = dict.fromkeys(names)
    prefixes: list[str] = packaged_dictionary("bodies")["specific_prefixes"]
    found: dict[str, str] = {}
    for name in known:
        longer = [prefix + name for prefix in prefixes if prefix + name in known]
        if len(longer) == 1:
            found[name] = longer[0]
    return found


def _most(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """The most frequent, among equals the first met."""
    return sorted(counts.items(), key=lambda item: -item[1])[:limit]
