"""What changed against another document, as findings: `policykit.comparison` says what, here it gets code, severity and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policykit.analyses import LoadedAnalysis
from policykit.check.findings import Hit, Severity
from policykit.check.selection import CHANGE_CODES
from policykit.check.subject import Subject

#: changes by which a document asks for less than the one before; all others are notes
_WORSE = frozenset(
    {
        "target-lowered",
        "target-loosened",
        "target-later",
        "target-dropped",
        "task-dropped",
        "deadline-later",
        "deadline-longer",
        "deadline-dropped",
        "responsibility-dropped",
    }
)
_SECTIONS = {
    "tasks": "task",
    "targets": "target",
    "deadlines": "deadline",
    "domains": "domain",
    "responsibilities": "responsibility",
    "references": "reference",
}
#: kinds that say that nothing changed
_UNCHANGED = frozenset({"same", "unchanged"})


@dataclass(frozen=True)
class Against:
    """The document that others are compared with."""

    old: LoadedAnalysis

    def changes(self, subject: Subject) -> Iterator[tuple[str, str, Severity, list[Hit]]]:
        """For each kind of change its code, its name (such as target-lowered), its severity, and where it happened."""
        from policykit.comparison.comparing import compare, kinds_of

        compared = compare(self.old, subject.loaded, only=tuple(_SECTIONS))
        found: dict[tuple[str, str], list[Hit]] = defaultdict(list)
        for section, one in _SECTIONS.items():
            for row in compared[section]:
                for kind in kinds_of(row):
                    if kind not in _UNCHANGED:
                        name = f"{one}-{kind.replace(' ', '-')}"
                        found[CHANGE_CODES[one], name].append(_hit(subject, self.old.name, one, kind, row))
        for (code, name), hits in found.items():
            yield code, name, "warning" if name in _WORSE else "note", hits


def known_changes() -> list[str]:
    """The names of all changes."""
    from policykit.comparison.comparing import known_changes

    return known_changes()


def _hit(subject: Subject, old_name: str, one: str, kind: str, row: Mapping[str, Any]) -> Hit:
    before, after = _described(one, row, "old"), _described(one, row, "new")
    said = f"{before} -> {after}" if before and after and before != after else after or before
    message = f"{one} {kind} against {old_name}: {said}"
    key = (kind, before, after)
    if one == "task":
        rows = row["new"]
        return subject.at_heading(rows[0], message, *key) if rows else subject.whole(message, *key)
    new = row["new"]
    if one == "responsibility":
        tasks = {task["id"]: task for task in subject.data["tasks"]}
        task = next((tasks[id] for id in (new or {}).get("tasks", ()) if id in tasks), None)
        return subject.whole(message, *key) if task is None else subject.at_heading(task, message, *key)
    if new is None or "span" not in new:
        return subject.whole(message, *key)
    span = new["span"]
    quote = new.get("quote") or subject.source_text[span["start"] : span["end"]] or new.get("title")
    return subject.at_row({**new, "quote": quote}, message, *key)


def _described(one: str, row: Mapping[str, Any], side: str) -> str:
    """One side of a row in a few words; empty where the row has none."""
    what = row[side]
    if not what:
        return ""
    match one:
        case "task":
            return "、".join(task["heading"] or task["id"] for task in what)
        case "target":
            by = f" by {what['deadline']}" if what["deadline"] else ""
            return f"{what['indicator']} {what['comparator']} {' '.join(what['quote'].split())}{by}"
        case "deadline":
            dates = f" ({what['to']})" if what["to"] else f" ({what['duration']})" if what["duration"] else ""
            return " ".join(what["quote"].split()) + dates
        case "domain":
            return f"{row['name']} {what['share']:.0%}"
        case "responsibility":
            bodies = [*what["lead"], *what["support"]]
            return "、".join(bodies[:4]) + ("…" if len(bodies) > 4 else "")
    return f"《{row['title']}》"
