"""The page about one document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from policykit.analyses import LoadedAnalysis
from policykit.placed_text import placed_text
from policykit.summary.goals import main_targets, objectives
from policykit.summary.identity import identity
from policykit.summary.length import Length
from policykit.summary.length import length as length_of
from policykit.summary.missing import unassigned_tasks, undated_targets
from policykit.summary.telling import telling_sentences
from policykit.summary.timeline import timeline
from policykit.summary.work import bodies, work_lines

FORMAT = "policykit/summary/1"


def summarise(loaded: LoadedAnalysis, length: str | int = "medium") -> dict[str, Any]:
    """A page about one document as plain data in the format `policykit/summary/1`.

    `length` is short, medium, long, or a number of sentences; it bounds every list. Raises `PolicykitError` for another length.

    >>> from policykit.analyses import load_analysis
    >>> page = summarise(load_analysis("2023-national"), "short")
    >>> page["document"]["title"], [goal["quote"] for goal in page["targets"]]
    ('城市标准化行动方案', ['150項', '5個', '30個'])
    """
    rows = length_of(length)
    placed = placed_text(loaded)
    return {
        "format": FORMAT,
        "document": identity(placed),
        "objectives": objectives(placed)[: rows.goals],
        "targets": main_targets(placed, rows.goals),
        "timeline": timeline(placed, rows),
        "work": work_lines(placed, rows.tasks),
        "bodies": bodies(placed, rows.bodies),
        "domains": domain_rows(loaded.data, rows.domains),
        "sentences": telling_sentences(placed, rows.sentences),
        "missing": missing(placed, rows),
        "warnings": list(loaded.data["warnings"]),
    }


def missing(placed: Any, rows: Length) -> dict[str, Any]:
    """What is missing: how much, and the first of it."""
    undated, unassigned = undated_targets(placed), unassigned_tasks(placed)
    return {
        "targets_without_deadline": {
            "count": len(undated),
            "of": len(placed.data["targets"]),
            "rows": undated[: rows.missing],
        },
        "tasks_without_responsible": {
            "count": len(unassigned),
            "of": sum(1 for task in placed.data["tasks"] if task["role"] == "task"),
            "rows": unassigned[: rows.missing],
        },
    }


def domain_rows(data: Mapping[str, Any], limit: int) -> list[dict[str, Any]]:
    """The domains with the greatest shares."""
    english = english_names()
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "english": english.get(row["id"]),
            "share": row["share"],
            "tasks": len(row["tasks"]),
        }
        for row in data["domains"][:limit]
    ]


@lru_cache(maxsize=1)
def english_names() -> dict[str, str]:
    """The English names of the packaged domains by their ids."""
    from policykit.dictionaries import packaged_dictionary, packaged_names

    found = (packaged_dictionary(name) for name in packaged_names("domains"))
    return {domain["id"]: domain["english"] for domain in found if domain.get("english")}
