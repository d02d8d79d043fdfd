"""A document as comparison sees it: its tasks and articles with their texts, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from policykit.analyses import LoadedAnalysis
from policykit.comparison.wording import mainland_words

#: Documents of these wordings keep their own words in the working text.
_OTHER_WORDINGS = frozenset({"taiwan", "hong-kong"})
_ARTICLE_MARKER = re.compile(r"第[^条條]{1,12}[条條](?:之[一二三四五六七八九十]{1,3})?\s*")
#: So many of the first characters name an article that has no heading.
_OPENING = 30
#: What stands between words and does not change what a text asks for. 著 and 着, 衞 and 卫 are one character in many Traditional texts.
_BETWEEN = str.maketrans("著衞", "着卫", " \t\r\n\u3000，。、；：！？,;:!?“”‘’\"'《》〈〉「」『』（）()〔〕[]【】—…·")


def bare(text: str) -> str:
    """A text without punctuation and white space: what is compared for being the same.

    >>> bare("建设平台（系统），提升 3.5%。")
    '建设平台系统提升3.5%'
    """
    return text.translate(_BETWEEN)


class Unit(NamedTuple):
    """A task or an article. `text` is its body in the words that comparison uses, `original` that of the working text, `whole` heading and
    text with a line break between them.

    `numbers` are the printed numbers that lead to it, from the outermost heading to its own; `parent` is the outline id of the heading
    that it stands under; `place` counts the units of the document from 0.
    """

    place: int
    id: str
    role: str
    heading: str
    text: str
    original: str
    whole: str
    domains: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    parent: str | None
    numbers: tuple[int, ...]
    span: Mapping[str, int]

    def as_data(self) -> dict[str, Any]:
        """How rows name it: by its heading, or by its first words where it has none."""
        opening = None if self.heading else self.original.partition("\n")[0][:_OPENING] or None
        return {"id": self.id, "heading": self.heading or None, "opening": opening, "span": dict(self.span)}


@dataclass(frozen=True)
class Side:
    """One of the two documents."""

    loaded: LoadedAnalysis

    @property
    def data(self) -> Mapping[str, Any]:
        """The analysis, `policykit/analysis/1`."""
        return self.loaded.data

    @property
    def language(self) -> tuple[str, str]:
        """The script and wording of the source."""
        return self.data["source"]["script"], self.data["source"]["wording"]

    @cached_property
    def keeps_own_words(self) -> bool:
        """Whether the working text has Taiwan's or Hong Kong's words."""
        return self.data["source"]["wording"] in _OTHER_WORDINGS

    def worded(self, text: str) -> str:
        """A text of this document in mainland words."""
        return mainland_words(text) if self.keeps_own_words else text

    @cached_property
    def sections(self) -> dict[str, Mapping[str, Any]]:
        """The outline entries by their ids."""
        return {entry["id"]: entry for entry in self.data["outline"]}

    def numbers(self, id: str | None) -> tuple[int, ...]:
        """The printed numbers from the outermost heading down to an entry; bullets have none."""
        found: list[int] = []
        while id is not None and id in self.sections:
            entry = self.sections[id]
            if entry["number"] is not None:
                found.append(entry["number"])
            id = entry["parent"]
        return tuple(reversed(found))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Tasks and articles in the order of the document."""
        tasks = {task["id"]: task for task in self.data["tasks"]}
        found: list[Unit] = []
        for entry in self.data["outline"]:
            task = tasks.get(entry["id"])
            if task is None and entry["role"] != "article":
                continue
            body = self._article(entry) if task is None else task["text"]
            row = task or {}
            heading, text = self.worded((task or entry)["heading"] or ""), self.worded(body)
            found.append(
                Unit(
                    place=len(found),
                    id=entry["id"],
                    role=entry["role"],
                    heading=heading,
                    text=text,
                    original=body,
                    whole=f"{heading}\n{text}" if heading else text,
                    domains=tuple(row.get("domains", ())),
                    lead=tuple(row.get("lead", ())),
                    support=tuple(row.get("support", ())),
                    parent=entry["parent"],
                    numbers=self.numbers(entry["id"]),
                    span=entry["span"],
                )
            )
        return tuple(found)

    @cached_property
    def unit_of_section(self) -> dict[str, int]:
        """For each outline entry in a task or article (or being one) the place of that unit."""
        places = {unit.id: unit.place for unit in self.units}
        found: dict[str, int] = {}
        for entry in self.data["outline"]:
            above: str | None = entry["id"]
            while above is not None and above not in places:
                above = self.sections[above]["parent"] if above in self.sections else None
            if above is not None:
                found[entry["id"]] = places[above]
        return found

    @cached_property
    def _statements(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        tasks = {unit.id for unit in self.units}
        found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for kind in ("targets", "deadlines"):
            for row in self.data[kind]:
                place = self.unit_of_section.get(row["section"])
                if place is not None:
                    found.setdefault((kind, self.units[place].id), []).append(row)
        for row in self.data["responsibilities"]:
            if row["task"] in tasks:
                found.setdefault(("responsibilities", row["task"]), []).append(row)
        return found

    def statements(self, kind: str, unit_id: str) -> list[Mapping[str, Any]]:
        """The targets, deadlines or responsibilities that stand in a unit."""
        return self._statements.get((kind, unit_id), [])

    @cached_property
    def _bases(self) -> dict[int, int]:
        """For the places of units where their original texts begin in the working text; -1 where that cannot be told."""
        return {}

    def span_in(self, unit: Unit, start: int, end: int) -> dict[str, int] | None:
        """Where a stretch of a unit's original text stands in the source; None where the document is not at hand."""
        normalised = self.loaded.normalised
        if normalised is None:
            return None
        base = self._bases.get(unit.place)
        if base is None:
            around = normalised.working_span(unit.span["start"], unit.span["end"])
            # the body stands behind marker and heading, so it is looked for from the end
            base = self._bases[unit.place] = normalised.text.rfind(unit.original, around.start, around.end)
        if base < 0:
            return None
        span = normalised.source_span(base + start, base + end)
        return {"start": span.start, "end": span.end, "line": normalised.source.line_at(span.start)}

    @property
    def lacks_articles(self) -> bool:
        """Whether there are articles whose text is not at hand."""
        return self.loaded.normalised is None and any(entry["role"] == "article" for entry in self.data["outline"])

    def _article(self, entry: Mapping[str, Any]) -> str:
        """The text of an article without its marker and heading; empty where the document is not at hand."""
        normalised = self.loaded.normalised
        if normalised is None:
            return ""
        span = normalised.working_span(entry["span"]["start"], entry["span"]["end"])
        text = normalised.text[span.start : span.end].strip()
        marker = _ARTICLE_MARKER.match(text)
        text = text[marker.end() :] if marker else text
        return text.removeprefix(entry["heading"] or "").strip()
