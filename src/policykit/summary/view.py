"""A summary as the parts of a page, labelled in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from policykit.dictionaries import packaged_dictionary
from policykit.formats.page import Column, Facts, Items, Part, Table, Title, clip
from policykit.summary.indicators import what_is_measured
from policykit.summary.quantity_text import day_text, quantity_text

Language = Literal["zh", "en"]

#: how many characters of a text stand in a table cell
_CELL, _LINE, _INDICATOR = 60, 70, 30
_FACTS = ("kind", "level", "issuers", "number", "issued", "published", "addressees", "carrier", "effective", "expires")


def page_view(page: Mapping[str, Any], language: Language) -> list[Part]:
    """The page about one document (`policykit/summary/1`)."""
    labels = Labels(language)
    document = page["document"]
    parts: list[Part] = [
        Title(document["title"] or document["id"] or labels["title_unknown"]),
        Facts(_facts(document, labels)),
    ]
    if page["objectives"]:
        rows = [(row["heading"], labels.where(row)) for row in page["objectives"]]
        parts.append(Items(labels["objectives"], rows))
    if page["targets"]:
        parts.append(_goals(page["targets"], document["targets"], labels))
    if page["timeline"]:
        parts.append(_timeline(page["timeline"], labels))
    if page["work"]:
        parts.append(_work(page["work"], labels))
    if page["bodies"]:
        cells = [(row["body"], str(row["lead"] or ""), str(row["support"] or "")) for row in page["bodies"]]
        columns = [
            labels.column("body"),
            labels.column("leads", is_number=True),
            labels.column("supports", is_number=True),
        ]
        parts.append(Table(labels["bodies"], columns, cells))
    if page["domains"]:
        cells = [(labels.domain(row), str(row["share"]), str(row["tasks"])) for row in page["domains"]]
        columns = [
            labels.column("domain"),
            labels.column("share", is_share=True),
            labels.column("tasks", is_number=True),
        ]
        parts.append(Table(labels["domains"], columns, cells))
    if page["sentences"]:
        rows = [(quoted(row), labels.where(row)) for row in page["sentences"]]
        parts.append(Items(labels["sentences"], rows))
    missing = list(_missing(page, labels))
    if missing:
        parts.append(Items(labels["missing"], missing))
    if page["warnings"]:
        parts.append(Items(labels["warnings"], [(warning, "") for warning in page["warnings"]]))
    return [without_empty_columns(part) if isinstance(part, Table) else part for part in parts]


def without_empty_columns(table: Table) -> Table:
    """The table without the columns that have nothing in any row."""
    used = [index for index in range(len(table.columns)) if index == 0 or any(row[index] for row in table.rows)]
    rows = [[row[index] for index in used] for row in table.rows]
    return Table(table.heading, [table.columns[index] for index in used], rows, table.indents)


class Labels:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words: Mapping[str, Any] = packaged_dictionary("labels")[language]

    def __getitem__(self, name: str) -> Any:
        return self._words[name]

    def column(self, name: str, **more: bool) -> Column:
        return Column(self._words["columns"][name], **more)

    def where(self, row: Mapping[str, Any]) -> str:
        if row["section"] is None:
            return "" if row["line"] is None else str(self["line"]).format(line=row["line"])
        return str(self["where"]).format(section=row["section"], line=row["line"])

    def domain(self, row: Mapping[str, Any]) -> str:
        return str(row["english"] or row["name"]) if self.language == "en" else str(row["name"])

    def heading(self, name: str, shown: int, of: int) -> str:
        """A heading that says how much of the whole stands below it, where that is not all."""
        return self[name] if shown >= of else f"{self[name]} ({self['of'].format(shown=shown, of=of)})"


def _facts(document: Mapping[str, Any], labels: Labels) -> list[tuple[str, str]]:
    separator = "、" if labels.language == "zh" else ", "
    rows = []
    for key in _FACTS:
        value = document[key]
        if key == "level":
            value, region = labels["level"][value], document["region"] or ""
            value = region if region.startswith(value) or not region else f"{value} ({region})"
            value = value or labels["level"][document["level"]]
        elif key == "issuers":
            value = separator.join(value)
        if value:
            rows.append((labels["facts"][key], str(value)))
    if document["in_force"] and not document["effective"]:
        rows.append((labels["facts"]["in_force"], clip(document["in_force"], _CELL)))
    size = "size_articles" if document["articles"] and not document["tasks"] else "size"
    rows.append((labels["facts"]["size"], labels[size].format(**document)))
    return rows


def _goals(targets: Sequence[Mapping[str, Any]], of: int, labels: Labels) -> Table:
    bound = any(row["binding"] for row in targets)
    rows = []
    for row in targets:
        cells = [what_is_measured(row, _INDICATOR), quantity_text(row, labels["rank"]), day_text(row["deadline"])]
        rows.append([*cells, *([row["binding"] or ""] if bound else []), labels.where(row)])
    columns = [labels.column("indicator"), labels.column("value"), labels.column("by")]
    columns += [*([labels.column("binding")] if bound else []), labels.column("where")]
    return Table(labels.heading("goals", len(targets), of), columns, rows)


def _timeline(dates: Sequence[Mapping[str, Any]], labels: Labels) -> Table:
    rows = []
    for row in dates:
        first = True
        for statement in row["statements"] or [None]:
            what = "" if statement is None else statement_text(statement)
            targets = str(row["targets"] or "") if first else ""
            rows.append(
                [
                    day_text(row["date"]) if first else "",
                    what,
                    targets,
                    "" if statement is None else labels.where(statement),
                ]
            )
            first = False
        left = row["deadlines"] - len(row["statements"])
        if left > 0 and row["statements"]:
            rows.append(["", labels["more"].format(count=left), "", ""])
    columns = [labels.column("date"), labels.column("what", is_long=True), labels.column("targets", is_number=True)]
    return Table(labels["timeline"], [*columns, labels.column("where")], rows)


def statement_text(statement: Mapping[str, Any]) -> str:
    """What a deadline says, in a table cell."""
    text = statement["sentence"] or statement["heading"] or statement["quote"]
    return clip(text, _LINE, statement["quote"])


def quoted(row: Mapping[str, Any]) -> str:
    """A sentence in the source's own letters, unless its layout stands between them (lines, spaced letters)."""
    quote: str | None = row["quote"]
    if quote is None or "\n" in quote or quote.count(" ") > len(quote) // 10:
        return str(row["sentence"])
    return quote


def _work(lines: Sequence[Mapping[str, Any]], labels: Labels) -> Table:
    rows, indents = [], []
    folded = _folded(lines)
    for row in lines:
        note = ""
        if row["section"] in folded:
            counts = [("tasks_below", row["tasks"]), ("articles_below", row["articles"])]
            note = "，".join(labels[name].format(count=count) for name, count in counts if count)
        who = "、".join(row["lead"])
        rows.append([row["marker"], clip(row["text"] or "", _CELL), note, who, str(row["targets"] or "")])
        indents.append(row["depth"] - 1)
    name = "work" if any(row["tasks"] for row in lines) else "work_articles"
    text = labels.column("task", is_long=True) if name == "work" else Column("", is_long=True)
    columns = [Column(""), text, Column(""), labels.column("lead")]
    return Table(labels[name], [*columns, labels.column("targets", is_number=True)], rows, indents)


def _folded(lines: Sequence[Mapping[str, Any]]) -> set[str]:
    """The chapters whose tasks are not listed."""
    following = [*(row["depth"] for row in lines[1:]), 0]
    return {
        row["section"]
        for row, after in zip(lines, following, strict=True)
        if after <= row["depth"] and row["role"] not in ("task", "safeguard", "article")
    }


def _missing(page: Mapping[str, Any], labels: Labels) -> Iterator[tuple[str, str]]:
    missing = page["missing"]
    undated, unassigned = missing["targets_without_deadline"], missing["tasks_without_responsible"]
    if undated["count"]:
        yield labels["undated"].format(**undated), ""
        for row in undated["rows"]:
            yield f"{what_is_measured(row, _INDICATOR)} {quantity_text(row, labels['rank'])}", labels.where(row)
    besides = labels["besides_safeguards"] if unassigned["of"] < page["document"]["tasks"] else ""
    if unassigned["count"] and unassigned["count"] == unassigned["of"]:
        yield labels["all_unassigned"].format(besides=besides, **unassigned), ""
    elif unassigned["count"]:
        yield labels["unassigned"].format(besides=besides, **unassigned), ""
        for row in unassigned["rows"]:
            yield clip(row["text"] or row["section"], _CELL), labels.where(row)
    if not undated["count"] and not unassigned["count"] and undated["of"] and unassigned["of"]:
        yield labels["nothing_missing"].format(besides=besides), ""
