"""A comparison as the parts of a page: what did not change is counted, what changed is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from policykit.comparison.comparing import KINDS, kinds_of
from policykit.comparison.tasks import ALIGNED
from policykit.dictionaries import packaged_dictionary
from policykit.formats.page import Column, Facts, Items, Part, Table, Title, clip
from policykit.summary.indicators import what_is_measured
from policykit.summary.quantity_text import day_text, signs
from policykit.text.normalise import working_text

Language = Literal["zh", "en"]

#: How many characters of a text stand in a cell; how many rows of what only describes are shown.
_CELL, _OPENING, _PASSAGE, _DESCRIBING_ROWS = 60, 20, 80, 20
#: What the page calls tasks that are one in other words, too little alike to be versions of one text; the data calls them reworded.
CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class ChangeTable(Table):
    """A table whose first column says what changed; `kinds` are the first changes of its rows, for colours."""

    kinds: Sequence[str] = field(default=())


def comparison_view(data: Mapping[str, Any], language: Language) -> list[Part]:
    """The page about a comparison (`policykit/comparison/1`)."""
    return _View(data, _labels(data, packaged_dictionary("comparison_labels")[language])).parts()


def _labels(data: Mapping[str, Any], labels: Mapping[str, Any]) -> Mapping[str, Any]:
    """The labels for two documents. Of those of different places or levels none changed the other: the columns are called after the
    places, and what only one has is not called new or dropped."""
    places = {side: (data[side]["level"], data[side]["region"]) for side in ("old", "new")}
    names = {side: region or labels["levels"].get(level) for side, (level, region) in places.items()}
    if places["old"] == places["new"] or not all(names.values()) or names["old"] == names["new"]:
        return labels
    apart = labels["apart"]
    return {
        **labels,
        **names,
        "overview": apart["overview"].format(**names),
        "continued_note": apart["continued_note"],
        "columns": {**labels["columns"], **apart["columns"], **names},
        "changes": {**labels["changes"], **{kind: said.format(**names) for kind, said in apart["changes"].items()}},
    }


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
        changed = [row for row in rows if kinds_of(row) != [KINDS[section][0]]]
        if section in ("targets", "deadlines"):
            # what changed, before the many that only one of the documents has
            changed.sort(key=lambda row: not (row["old"] and row["new"]))
        return changed

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
            days = [horizon[name]["main"] for name in ("old", "new")]
            before, after = (day_text(day) if day else self.labels["none"] for day in days)
            yield self.labels["horizon"], before if before == after else f"{before} → {after}"

    def _overview(self) -> Part:
        names, changes = self.labels["sections"], self.labels["changes"]
        rows = []
        for section, counts in self.data["summary"].items():
            shown = Counter(map(self._shown, self.data["tasks"])) if section == "tasks" else Counter()
            said = []
            for kind, count in counts.items():
                continued = shown[CONTINUED] if kind == "reworded" else 0
                said += [f"{changes[kind]} {count - continued}"] if count > continued else []
                said += [f"{changes[CONTINUED]} {continued}"] if continued else []
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

    def _cut(self, table: ChangeTable, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        """A table of some of the rows, with how many more there are in its heading."""
        left = len(rows) - len(table.rows)
        return replace(table, heading=f"{table.heading}{self.labels['left_out'].format(count=left)}") if left else table

    def _column(self, name: str, *, is_number: bool = False, is_long: bool = False) -> Column:
        return Column(self.labels["columns"][name], is_number=is_number, is_long=is_long)

    @property
    def _sides(self) -> list[Column]:
        return [self._column("old", is_long=True), self._column("new", is_long=True)]

    def _said(self, kinds: Iterable[str]) -> str:
        between: str = self.labels["between"]
        return between.join(self.labels["changes"][kind] for kind in kinds)

    def _shown(self, row: Mapping[str, Any]) -> str:
        """What a row of tasks is called on the page: a reworded pair that is no version of one text is a task continued in other words."""
        is_version = row["similarity"] is None or row["similarity"] >= ALIGNED
        return CONTINUED if row["change"] == "reworded" and not is_version else str(row["change"])

    def _tasks(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [*self._sides, self._column("similarity", is_number=True), self._column("difference", is_long=True)]
        found = []
        renumbered = [row for row in rows if kinds_of(row) == ["renumbered"]]
        for row in rows:
            if kinds_of(row) == ["renumbered"]:
                continue
            alike = "" if row["similarity"] is None else f"{row['similarity']:.0%}"
            said = self._said([self._shown(row), *row["also"]])
            found.append((row["change"], (said, _units(row["old"]), _units(row["new"]), alike, self._words(row))))
        if renumbered:
            # nothing but numbers: one row for all
            numbers = "、".join(f"{row['old'][0]['id']}→{row['new'][0]['id']}" for row in renumbered)
            found.append(("renumbered", (self._said(["renumbered"]), "", numbers, "", "")))
        table = self._table("tasks", columns, found)
        if CONTINUED in map(self._shown, rows):
            return replace(table, heading=f"{table.heading}{self.labels['continued_note']}")
        return table

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
                        what_is_measured(row["new"] or row["old"], _CELL),
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
        by = day_text(target["deadline"]) if target["deadline"] else self.labels["no_date"]
        binding = f" {target['binding']}" if target["binding"] else ""
        return f"{signs(target)}{_unspaced(target['quote'])} ({by}){binding}"

    def _difference(self, difference: Mapping[str, Any] | None) -> str:
        if difference is None:
            return ""
        said = []
        if difference.get("points") is not None:
            said.append(self._points(difference["points"]))
        elif difference.get("percent") is not None:
            said.append(f"{difference['percent']:+g}%")
        elif difference.get("value") is not None:
            said.append(f"{difference['value']:+g}")
        if difference.get("days") is not None:
            said.append(self.labels["days"].format(days=f"{difference['days']:+d}"))
        if difference.get("commitment") is not None:
            said.append(" → ".join(difference["commitment"][name] or "–" for name in ("old", "new")))
        return "  ".join(said)

    def _points(self, points: float) -> str:
        found: str = self.labels["points"].format(points=f"{points:+g}")
        return found

    def _deadlines(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        columns = [*self._sides, self._column("due", is_long=True), self._column("difference")]
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
                        _due(row),
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
            shares = [round(100 * row[name]["share"]) if row[name] else 0 for name in ("old", "new")]
            before, after = (
                f"{share}%" if row[name] else "–" for share, name in zip(shares, ("old", "new"), strict=True)
            )
            cells = (self._said([row["change"]]), row["name"], before, after, self._points(shares[1] - shares[0]))
            found.append((row["change"], cells))
        return self._table("domains", columns, found)

    def _responsibilities(self, rows: Sequence[Mapping[str, Any]]) -> ChangeTable:
        headings = {
            (side, unit["id"]): _name(unit)
            for row in self.data.get("tasks", ())
            for side in ("old", "new")
            for unit in row[side]
        }
        found = []
        for row in rows:
            side = "new" if row["new"] else "old"
            tasks = "；".join(_labelled(id, headings.get((side, id))) for id in row[side]["tasks"])
            cells = (self._said(row["change"]), tasks, _bodies(row["old"]), _bodies(row["new"]))
            found.append((row["change"][0], cells))
        return self._table("responsibilities", [self._column("what", is_long=True), *self._sides], found)

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
                    _times(row),
                ),
            )
            for row in chosen
        ]
        return self._cut(self._table("vocabulary", columns, found), rows)

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
        return self._cut(self._table("passages", columns, cells), rows)


def _units(units: Sequence[Mapping[str, Any]]) -> str:
    # no space, which would be where a line is broken first
    return "；".join(_labelled(unit["id"], _name(unit)) for unit in units)


def _labelled(id: str, name: str | None) -> str:
    return f"{id}：{name}" if name else id


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
    quote = _unspaced(row["quote"])
    day = row["to"] or row["from"]
    when = day_text(day) if day else None
    said = quote if when is None or when in quote else f"{quote} ({when})"
    return f"{said} §{row['section']}" if row["section"] else said


def _unspaced(quote: str) -> str:
    """A number or time without the blanks and line breaks that the layout of a source puts into it."""
    return "".join(quote.split())


def _times(row: Mapping[str, Any]) -> str:
    """How many times as frequent a word is in the new document; nothing for one that only one of them has."""
    both = row["old"]["count"] and row["new"]["count"]
    return f"×{2 ** row['difference']['log_ratio']:.1f}" if both else ""


def _due(row: Mapping[str, Any]) -> str:
    """What is due by a deadline."""
    side = "new" if row["sentences"]["new"] else "old"
    quote = working_text(row[side]["quote"]) if row[side] else None
    return clip(row["sentences"][side] or "", _CELL, quote)


def _bodies(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    support = f" ({'、'.join(row['support'])})" if row["support"] else ""
    return "、".join(row["lead"]) + support
