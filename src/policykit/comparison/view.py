"""A comparison as the parts of a page: what did not change is counted, what changed is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from policykit.comparison.comparing import KINDS, kinds_of
from policykit.comparison.tasks import ALIGNED
from policykit.dictionaries import packaged_dictionary
from policykit.formats.page import Column, Facts, Items, Part, Table, Title, clip

Language = Literal["zh", "en"]

#: How many characters of a text stand in a cell; how many rows of what only describes are shown.
_CELL, _OPENING, _PASSAGE, _DESCRIBING_ROWS = 60, 20, 80, 20


@dataclass(frozen=True, slots=True)
class ChangeTable(Table):
    """A table whose first column says what changed; `kinds` are the first changes of its rows, for colours."""

    kinds: Sequence[str] = field(default=())


def comparison_view(data: Mapping[str, Any], language: Language) -> list[Part]:
    """The page about a comparison (`policykit/comparison/1`)."""
    return _View(data, packaged_dictionary("comparison_labels")[language]).parts()


class _View:
    def __init__(self, data: Mapping[str, Any], labels: Mapping[str, Any]) -> None:
        self.data, self.labels = data, labels

    def parts(self) -> list[Part]:
        """All parts of the page."""
        parts: list[Part] = [Title(self.labels["title"]), Facts(list(self._facts())), self._overview()]
        for section, rows in (
            ("tasks", self._tasks),
            ("targets", self._targets),
            ("deadlines", self._deadlines),
            ("domains", self._domains),
            ("responsibilities", self._responsibilities),
            ("references", self._references),
            ("vocabulary", self._vocabulary),
            ("passages", self._passages),
        ):
            if section in self.data:
                table = rows(self._changed(section))
                if table.rows:
                    parts.append(table)
        if self.data["warnings"]:
            parts.append(Items(self.labels["warnings"], [(warning, "") for warning in self.data["warnings"]]))
        return parts

    def _changed(self, section: str) -> list[Mapping[str, Any]]:
        """The rows worth showing."""
        rows = self.data[section]
        if section in ("vocabulary", "passages"):
            return list(rows)
        return [row for row in rows if kinds_of(row) != [KINDS[section][0]]]

    def _facts(self) -> Iterable[tuple[str, str]]:
        for name in ("old", "new"):
            document = self.data[name]
            title = document["title"] or document["id"] or self.labels["none"]
            issued = f" ({document['issued']})" if document["issued"] else ""
            yield self.labels[name], f"{title}{issued}"
        for row in self.data.get("relations", ()):
            other = "new" if row["by"] == "old" else "old"
            said = self.labels["relations"][row["relation"]]
            yield said.format(by=self.labels[row["by"]], other=self.labels[other]), clip(row["evidence"], _CELL)
        horizon = self.data.get("horizon")
        if horizon and (horizon["old"]["main"] or horizon["new"]["main"]):
            before, after = (horizon[name]["main"] or self.labels["none"] for name in ("old", "new"))
            yield self.labels["horizon"], str(before) if before == after else f"{before} → {after}"

    def _overview(self) -> Part:
        names, changes = self.labels["sections"], self.labels["changes"]
        rows = []
        for section, counts in self.data["summary"].items():
            said = [f"{changes[kind]} {count}" for kind, count in counts.items() if count]
            rows.append((names[section], "  ".join(said) or "–"))
        columns = [Column(self.labels["columns"]["section"]), Column(self.labels["columns"]["changes"], is_long=True)]
        return Table(self.labels["overview"], columns, rows)

    def _table(self, section: str, columns: Sequence[Column], rows: Iterable[tuple[str, Sequence[str]]]) -> ChangeTable:
        rows = list(rows)
        change = Column(self.labels["columns"]["change"])
        return ChangeTable(
            self.labels["sections"][section],
            [change, *columns],
            [cells for _, cells in rows],
            kinds=[kind for kind, _ in rows],
        )

    def _column(self, name: str, *, is_number: bool = False, is_long: bool = False) -> Column:
        return Column(self.labels["columns"][name], is_number=is_number, is_long=is_long)

    @property
    def _sides(self) -> list[Column]:
        return [self._column("old", is_long=True), self._column("new", is_long=True)]

    def _said(self, kinds: Iterable[str]) -> str:
        between: str = self.labels["between"]
        return between.join(self.labels["changes"][kind] for kind in kinds)

    def _tasks(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [*self._sides, self._column("similarity", is_number=True), self._column("difference", is_long=True)]
        found = []
        renumbered = [row for row in rows if kinds_of(row) == ["renumbered"]]
        for row in rows:
            if kinds_of(row) == ["renumbered"]:
                continue
            alike = "" if row["similarity"] is None else f"{row['similarity']:.0%}"
            cells = (self._said(kinds_of(row)), _units(row["old"]), _units(row["new"]), alike, self._words(row))
            found.append((row["change"], cells))
        if renumbered:
            # nothing but numbers: one row for all
            numbers = "、".join(f"{row['old'][0]['id']}→{row['new'][0]['id']}" for row in renumbered)
            found.append(("renumbered", (self._said(["renumbered"]), "", numbers, "", "")))
        return self._table("tasks", columns, found)

    def _words(self, row: Mapping[str, Any]) -> str:
        """Of versions of a task the words that went and came, of tasks that are only related the words they share."""
        words = row["words"]
        if words and row["similarity"] >= ALIGNED:
            said = [
                f"{mark}{_listed(words[name])}" for mark, name in (("−", "removed"), ("＋", "added")) if words[name]
            ]
            return "  ".join(said)
        if row["change"] in ("reworded", "split", "merged") and row["evidence"]["terms"]:
            return f"{self.labels['shared_terms']}：{'、'.join(row['evidence']['terms'])}"
        return ""

    def _targets(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [self._column("what", is_long=True), *self._sides, self._column("difference")]
        return self._table(
            "targets",
            columns,
            [
                (
                    row["change"][0],
                    (
                        self._said(row["change"]),
                        clip(row["indicator"], _CELL),
                        self._target(row["old"]),
                        self._target(row["new"]),
                        self._difference(row["difference"]),
                    ),
                )
                for row in rows
            ],
        )

    def _target(self, target: Mapping[str, Any] | None) -> str:
        if target is None:
            return ""
        comparator = "" if target["comparator"] in ("=", "range") else f"{target['comparator']} "
        return f"{comparator}{target['quote']} ({target['deadline'] or self.labels['no_date']})"

    def _difference(self, difference: Mapping[str, Any] | None) -> str:
        if difference is None:
            return ""
        said = []
        if difference.get("percent") is not None:
            said.append(f"{difference['percent']:+g}%")
        elif difference.get("value") is not None:
            said.append(f"{difference['value']:+g}")
        if difference.get("days") is not None:
            said.append(self.labels["days"].format(days=f"{difference['days']:+d}"))
        return "  ".join(said)

    def _deadlines(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [*self._sides, self._column("difference")]
        return self._table(
            "deadlines",
            columns,
            [
                (
                    row["change"][0],
                    (
                        self._said(row["change"]),
                        _deadline(row["old"]),
                        _deadline(row["new"]),
                        self._difference(row["difference"]),
                    ),
                )
                for row in rows
            ],
        )

    def _domains(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [
            self._column("what"),
            self._column("old", is_number=True),
            self._column("new", is_number=True),
            self._column("difference", is_number=True),
        ]
        found = []
        for row in rows:
            before, after = (f"{row[name]['share']:.0%}" if row[name] else "–" for name in ("old", "new"))
            cells = (self._said([row["change"]]), row["name"], before, after, f"{row['difference']['share']:+.0%}")
            found.append((row["change"], cells))
        return self._table("domains", columns, found)

    def _responsibilities(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        found = []
        for row in rows:
            tasks = (row["new"] or row["old"])["tasks"]
            cells = (self._said(row["change"]), "、".join(tasks), _bodies(row["old"]), _bodies(row["new"]))
            found.append((row["change"][0], cells))
        return self._table("responsibilities", [self._column("what"), *self._sides], found)

    def _references(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        cells = [(row["change"], (self._said([row["change"]]), f"《{row['title']}》")) for row in rows]
        return self._table("references", [self._column("what", is_long=True)], cells)

    def _vocabulary(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [
            self._column("what"),
            self._column("old", is_number=True),
            self._column("new", is_number=True),
            self._column("ratio", is_number=True),
        ]
        telling = [row for row in rows if not row["ritual"]]
        # as many of each document, the surest first
        chosen = [row for row in telling if row["difference"]["log_ratio"] > 0][: _DESCRIBING_ROWS // 2]
        chosen += [row for row in telling if row["difference"]["log_ratio"] < 0][: _DESCRIBING_ROWS // 2]
        found = [
            (
                row["change"],
                (
                    self._said([row["change"]]),
                    row["term"],
                    str(row["old"]["count"]),
                    str(row["new"]["count"]),
                    f"{row['difference']['log_ratio']:+.1f}",
                ),
            )
            for row in chosen
        ]
        return self._table("vocabulary", columns, found)

    def _passages(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        telling = sorted((row for row in rows if not row["boilerplate"]), key=lambda row: -row["characters"])
        cells = [
            (
                row["change"],
                (
                    self._said([row["change"]]),
                    clip(row["text"], _PASSAGE),
                    row["old"]["section"],
                    row["new"]["section"],
                ),
            )
            for row in telling[:_DESCRIBING_ROWS]
        ]
        columns = [self._column("what", is_long=True), self._column("old"), self._column("new")]
        return self._table("passages", columns, cells)


def _units(units: Sequence[Mapping[str, Any]]) -> str:
    # no space, which would be where a line is broken first
    return "；".join("：".join(filter(None, (unit["id"], _name(unit)))) for unit in units)


def _name(unit: Mapping[str, Any]) -> str:
    """The heading of a task, or the first words of an article without one."""
    if unit["heading"]:
        return clip(unit["heading"], _CELL)
    return f"{clip(unit['opening'], _OPENING).rstrip('…')}…" if unit["opening"] else ""


def _listed(stretches: Sequence[str]) -> str:
    """Stretches of text in a cell, as many as have room."""
    return clip("／".join(stretches), _CELL)


def _deadline(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    when = row["to"] or row["from"] or row["duration"]
    where = f" §{row['section']}" if row["section"] else ""
    return f"{row['quote']} ({when}){where}" if when else f"{row['quote']}{where}"


def _bodies(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    support = f" ({'、'.join(row['support'])})" if row["support"] else ""
    return "、".join(row["lead"]) + support
