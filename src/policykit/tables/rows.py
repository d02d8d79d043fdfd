"""The rows of an analysis, for each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from policykit.tables.columns import TABLES

Row = tuple[Any, ...]


class DocumentRows(NamedTuple):
    """What one document puts into the tables: by table name, rows in the order of the columns."""

    tables: dict[str, list[Row]]


def document_rows(analyses: Iterable[Mapping[str, Any]]) -> Iterator[DocumentRows]:
    """The rows of analyses (format `policykit/analysis/1`, dates as `date`), one document after the other.

    >>> from policykit import analyse
    >>> (rows,) = document_rows([analyse("二、任务\\n（一）建设平台。到2027年，建成30个试点。", id="a").to_data()])
    >>> [row[:2] for row in rows.tables["targets"]]
    [('a', 't1')]
    """
    return named_apart(rows_of(data) for data in analyses)


def rows_of(data: Mapping[str, Any]) -> DocumentRows:
    """The rows of one analysis, under the id of its document."""
    return DocumentRows(_rows(data, data["source"]["id"] or "document"))


def named_apart(documents: Iterable[DocumentRows]) -> Iterator[DocumentRows]:
    """The rows of documents, where a second one of a name gets a name of its own."""
    taken: dict[str, int] = {}
    for document in documents:
        wanted = document.tables["documents"][0][0]
        name = _name(wanted, taken)
        if name != wanted:
            # the first column of every table
            document = DocumentRows(
                {table: [(name, *row[1:]) for row in rows] for table, rows in document.tables.items()}
            )
        yield document


def _name(wanted: str, taken: dict[str, int]) -> str:
    name, number = wanted, taken.get(wanted, 0)
    while name in taken:
        number += 1
        name = f"{wanted}-{number + 1}"
    taken[wanted] = number
    taken[name] = 0
    return name


def _rows(data: Mapping[str, Any], name: str) -> dict[str, list[Row]]:
    tasks = {task["id"] for task in data["tasks"]}
    domains = {domain["id"] for domain in data["domains"]}
    deadlines = {deadline["id"] for deadline in data["deadlines"]}
    task_of = {
        (kind, id): task["id"] for task in data["tasks"] for kind in ("targets", "deadlines") for id in task[kind]
    }
    found: dict[str, list[dict[str, Any]]] = {
        "documents": [{**data["source"], **data["document"], "id": name, "warnings": data["warnings"]}],
        "tasks": [
            {**task, "main_domain": next((domain for domain in task["domains"] if domain in domains), None)}
            for task in data["tasks"]
        ],
        "targets": [
            {
                **target,
                **{f"baseline_{key}": (target["baseline"] or {}).get(key) for key in ("value", "unit", "date")},
                "task": task_of.get(("targets", target["id"])),
                "deadline_from": target["deadline_from"] if target["deadline_from"] in deadlines else None,
            }
            for target in data["targets"]
        ],
        "deadlines": [{**row, "task": task_of.get(("deadlines", row["id"]))} for row in data["deadlines"]],
        "domains": [
            {**row, "terms": sorted(row["terms"], key=lambda term: (-row["terms"][term], term))}
            for row in data["domains"]
        ],
        "responsibilities": _numbered(
            {**row, "task": row["task"] if row["task"] in tasks else None, "role": role, "body": body}
            for row in data["responsibilities"]
            for role in ("lead", "support")
            for body in row[role]
        ),
        "references": _numbered({**row, "document_number": row["number"]} for row in data["references"]),
    }
    tables: dict[str, list[Row]] = {}
    for table in TABLES:
        kinds = [(column.name, column.kind) for column in table.columns]
        tables[table.name] = [
            tuple(_cell(kind, cells[column]) for column, kind in kinds)
            for cells in ({**row, **row.get("span", {}), "document": name} for row in found[table.name])
        ]
    return tables


def _numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "number": number} for number, row in enumerate(rows, 1)]


def _cell(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "number":
        return float(value)
    if kind == "list":
        return [_text(item) for item in value]
    return _text(value) if kind == "text" else value


def _text(value: str) -> str:
    """Text that UTF-8 can say: a JSON file may hold halves of pairs."""
    return value.encode("utf-8", "replace").decode("utf-8")
