"""What is due when: the dated deadlines of a document, by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from policykit.placed_text import PlacedText
from policykit.summary.identity import statement
from policykit.summary.length import Length

#: which deadline of one date is shown first
_FIRST = {"by": 0, "until": 1, "effective": 2, "within": 3, "during": 4, "every": 5}


def timeline(placed: PlacedText, length: Length) -> list[dict[str, Any]]:
    """A row for each date, in order: how many deadlines and targets it has, and the statements that set it.

    Of more dates than the length allows, those with the most deadlines and targets stay.
    """
    by_date: dict[date, list[Mapping[str, Any]]] = {}
    for row in placed.data["deadlines"]:
        day = day_of(row)
        if day is not None:
            by_date.setdefault(day, []).append(row)
    targets = Counter(row["deadline"] for row in placed.data["targets"] if row["deadline"])
    weights = {day: len(by_date.get(day, ())) + targets[day] for day in by_date.keys() | targets.keys()}
    kept = sorted(weights, key=lambda day: (-weights[day], day))[: length.dates]
    rows = []
    for day in sorted(kept):
        deadlines = by_date.get(day, [])
        rows.append(
            {
                "date": day,
                "deadlines": len(deadlines),
                "targets": targets[day],
                "statements": _statements(placed, deadlines, length.per_date),
            }
        )
    return rows


def day_of(deadline: Mapping[str, Any]) -> date | None:
    """The date that a deadline leads to: its last day, or the first where something begins then."""
    day: date | None = deadline["from"] if deadline["relation"] == "effective" else deadline["to"]
    return day


def _statements(placed: PlacedText, deadlines: list[Mapping[str, Any]], limit: int) -> list[dict[str, Any]]:
    governed = Counter(row["deadline_from"] for row in placed.data["targets"])
    ranked = sorted(
        range(len(deadlines)),
        key=lambda index: (
            _is_in_heading(placed, deadlines[index]),
            -governed[deadlines[index]["id"]],
            _FIRST[deadlines[index]["relation"]],
            index,
        ),
    )
    rows: list[dict[str, Any]] = []
    seen: set[str | None] = set()
    for index in ranked:
        deadline = deadlines[index]
        sentence = _stated(placed, deadline)
        if sentence is not None and sentence in seen:
            continue
        seen.add(sentence)
        rows.append(statement_row(placed, deadline, sentence))
        if len(rows) == limit:
            break
    return sorted(rows, key=lambda row: int(row["id"][1:]))


def _stated(placed: PlacedText, deadline: Mapping[str, Any]) -> str | None:
    """The sentence that a deadline stands in; of one in a heading the heading."""
    if _is_in_heading(placed, deadline):
        heading: str | None = placed.rows[deadline["section"]]["heading"]
        return heading
    return statement(placed, deadline)


def _is_in_heading(placed: PlacedText, deadline: Mapping[str, Any]) -> bool:
    span = placed.span_of(deadline)
    section = None if span is None else placed.document.section_at(span.start)
    return span is not None and section is not None and section.heading is not None and span.start < section.body_start


def statement_row(placed: PlacedText, deadline: Mapping[str, Any], sentence: str | None) -> dict[str, Any]:
    """A deadline as a row of a summary."""
    section = placed.rows.get(deadline["section"])
    return {
        "id": deadline["id"],
        "relation": deadline["relation"],
        "from": deadline["from"],
        "to": deadline["to"],
        "quote": deadline["quote"],
        "section": deadline["section"],
        "heading": section["heading"] if section else None,
        "sentence": sentence,
        "line": deadline["span"]["line"],
    }
