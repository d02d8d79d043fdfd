"""Several documents side by side: domains, indicators with their values, deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from policykit.analyses import LoadedAnalysis
from policykit.errors import PolicykitError
from policykit.placed_text import PlacedText, placed_text
from policykit.summary.goals import target_rank
from policykit.summary.identity import identity
from policykit.summary.indicators import indicator_key, is_name
from policykit.summary.length import Length
from policykit.summary.length import length as length_of
from policykit.summary.missing import unassigned_tasks, undated_targets
from policykit.summary.page import english_names
from policykit.summary.telling import telling_sentences
from policykit.summary.timeline import timeline

FORMAT = "policykit/overview/1"
_VALUE_KEYS = ("indicator", "comparator", "value", "value_max", "unit", "kind", "deadline", "quote", "section")


def overview(documents: Sequence[LoadedAnalysis], length: str | int = "medium") -> dict[str, Any]:
    """Documents side by side as plain data in the format `policykit/overview/1`.

    Every row names its documents by `key`, which is the id of the document, with a number behind it where two have the same.
    `length` is as in `summarise`; raises `PolicykitError` for another length, and where there is no document.

    >>> from policykit.analyses import load_analysis
    >>> both = overview([load_analysis("2011-beijing"), load_analysis("2023-national")])
    >>> [(row["id"], row["shares"]) for row in both["domains"]][0]
    ('standardisation', {'2011-beijing': 1.0, '2023-national': 1.0})
    """
    rows = length_of(length)
    if not documents:
        raise PolicykitError("no documents to look over", advice="name some")
    placed = [placed_text(loaded) for loaded in documents]
    keys = _keys(documents)
    return {
        "format": FORMAT,
        "documents": [_card(key, one, rows) for key, one in zip(keys, placed, strict=True)],
        "domains": _domains(keys, documents, rows.domains),
        "indicators": _indicators(keys, placed, rows.indicators),
        "timeline": _timeline(keys, placed, rows),
    }


def _keys(documents: Sequence[LoadedAnalysis]) -> list[str]:
    met: Counter[str] = Counter()
    keys: list[str] = []
    for loaded in documents:
        met[loaded.name] += 1
        keys.append(loaded.name if met[loaded.name] == 1 else f"{loaded.name} ({met[loaded.name]})")
    return keys


def _card(key: str, placed: PlacedText, rows: Length) -> dict[str, Any]:
    return {
        "key": key,
        **identity(placed),
        "targets_without_deadline": len(undated_targets(placed)),
        "tasks_without_responsible": len(unassigned_tasks(placed)),
        "sentences": [
            {name: row[name] for name in ("sentence", "quote", "section", "line", "span")}
            for row in telling_sentences(placed, (rows.sentences + 2) // 3)
        ],
    }


def _domains(keys: Sequence[str], documents: Sequence[LoadedAnalysis], limit: int) -> list[dict[str, Any]]:
    """Domains by their mean share; a document without a domain has the share 0, one without tasks has none."""
    english = english_names()
    names: dict[str, str] = {}
    shares: dict[str, dict[str, float]] = {}
    for key, loaded in zip(keys, documents, strict=True):
        for row in loaded.data["domains"]:
            names.setdefault(row["id"], row["name"])
            shares.setdefault(row["id"], {})[key] = row["share"]
    ranked = sorted(shares, key=lambda id: (-round(sum(shares[id].values()), 9), id))[:limit]
    return [
        {
            "id": id,
            "name": names[id],
            "english": english.get(id),
            "shares": {
                key: shares[id].get(key, 0.0 if loaded.data["tasks"] else None)
                for key, loaded in zip(keys, documents, strict=True)
            },
        }
        for id in ranked
    ]


def _indicators(keys: Sequence[str], placed: Sequence[PlacedText], limit: int) -> list[dict[str, Any]]:
    """Indicators with their values: first those that most documents have, then the main goals of each."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    ranks: dict[tuple[str, str], tuple[int, int]] = {}
    for key, one in zip(keys, placed, strict=True):
        region, wording = one.data["document"]["region"], one.data["source"]["wording"]
        for target in one.data["targets"]:
            group = indicator_key(target, region, wording)
            if not is_name(group[0]):
                continue  # of two documents nobody could say that they promise the same
            rank = target_rank(one, target)
            ranks[group] = min(ranks.get(group, rank), rank)
            value = {"document": key, **{name: target[name] for name in _VALUE_KEYS}, "line": target["span"]["line"]}
            groups.setdefault(group, []).append(value)
    spread = {group: len({value["document"] for value in values}) for group, values in groups.items()}
    ranked = sorted(groups, key=lambda group: (-spread[group], ranks[group]))[:limit]
    return [
        {"indicator": group[0], "unit": groups[group][0]["unit"], "documents": spread[group], "values": groups[group]}
        for group in ranked
    ]


def _timeline(keys: Sequence[str], placed: Sequence[PlacedText], rows: Length) -> list[dict[str, Any]]:
    """A row for each date with what each document has for it; of more dates than the length allows, the weightiest."""
    by_date: dict[date, list[dict[str, Any]]] = {}
    for key, one in zip(keys, placed, strict=True):
        for row in timeline(one, replace(rows, per_date=1)):
            entry = {
                "document": key,
                "deadlines": row["deadlines"],
                "targets": row["targets"],
                "statement": next(iter(row["statements"]), None),
            }
            by_date.setdefault(row["date"], []).append(entry)
    weights = {
        day: (-len(entries), -sum(entry["deadlines"] + entry["targets"] for entry in entries), day)
        for day, entries in by_date.items()
    }
    kept = sorted(by_date, key=lambda day: weights[day])[: 2 * rows.dates]
    return [{"date": day, "documents": by_date[day]} for day in sorted(kept)]
