"""Several documents side by side as the parts of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policykit.formats.page import Column, Items, Part, Table, Title, clip
from policykit.summary.quantity_text import day_text, quantity_text
from policykit.summary.view import Labels, Language, quoted, statement_text, without_empty_columns

#: how many characters of a title or indicator stand in a table cell
_TITLE, _INDICATOR = 40, 24


def overview_view(overview: Mapping[str, Any], language: Language) -> list[Part]:
    """Documents side by side (`policykit/overview/1`)."""
    labels = Labels(language)
    documents = overview["documents"]
    keys = [row["key"] for row in documents]
    parts: list[Part] = [Title(labels["overview"]), _documents(documents, labels)]
    if overview["domains"]:
        shares = [
            [labels.domain(row), *("" if row["shares"][key] is None else str(row["shares"][key]) for key in keys)]
            for row in overview["domains"]
        ]
        parts.append(
            Table(labels["domains"], [labels.column("domain"), *(Column(key, is_share=True) for key in keys)], shares)
        )
    if overview["indicators"]:
        columns = [labels.column("indicator"), *(Column(key) for key in keys)]
        parts.append(
            Table(labels["indicators"], columns, [_indicator(row, keys, labels) for row in overview["indicators"]])
        )
    if overview["timeline"]:
        parts.append(_timeline(overview["timeline"], labels))
    said = [
        (quoted(row), f"{document['key']}: {labels.where(row)}")
        for document in documents
        for row in document["sentences"]
    ]
    if said:
        parts.append(Items(labels["sentences"], said))
    return [without_empty_columns(part) if isinstance(part, Table) else part for part in parts]


def _documents(documents: Sequence[Mapping[str, Any]], labels: Labels) -> Table:
    rows = [
        [
            row["key"],
            clip(row["title"] or "", _TITLE),
            labels["level"][row["level"]] if row["region"] is None else row["region"],
            str(row["issued"] or row["published"] or ""),
            str(row["tasks"]),
            str(row["targets"]),
            str(row["targets_without_deadline"]),
            str(row["tasks_without_responsible"]),
        ]
        for row in documents
    ]
    counts = [labels.column(name, is_number=True) for name in ("tasks", "targets", "undated", "unassigned")]
    names = [Column(""), labels.column("document", is_long=True), labels.column("level"), labels.column("issued")]
    return Table(labels["documents"], [*names, *counts], rows)


def _indicator(row: Mapping[str, Any], keys: Sequence[str], labels: Labels) -> list[str]:
    cells: dict[str, dict[str, None]] = {}
    for value in sorted(row["values"], key=lambda value: (value["deadline"] is None, value["deadline"])):
        text = quantity_text(value, labels["rank"])
        known = cells.setdefault(value["document"], {})
        if value["deadline"]:
            known[f"{text} ({day_text(value['deadline'])})"] = None
        elif not any(other.startswith(f"{text} (") for other in known):
            known[text] = None
    return [clip(row["indicator"], _INDICATOR), *("; ".join(cells.get(key, {})) for key in keys)]


def _timeline(dates: Sequence[Mapping[str, Any]], labels: Labels) -> Table:
    rows = []
    for row in dates:
        for number, entry in enumerate(row["documents"]):
            statement = entry["statement"]
            what = "" if statement is None else statement_text(statement)
            rows.append(
                [day_text(row["date"]) if number == 0 else "", entry["document"], what, str(entry["targets"] or "")]
            )
    columns = [labels.column("date"), labels.column("document"), labels.column("what", is_long=True)]
    return Table(labels["timeline"], [*columns, labels.column("targets", is_number=True)], rows)
