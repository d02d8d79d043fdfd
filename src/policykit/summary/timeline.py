"""What is due when: the dated deadlines of a document, by date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.placed_text import PlacedText, sentences, without_bullet
from policykit.summary.goals import target_rank
from policykit.summary.identity import statement
from policykit.summary.length import Length
from policykit.summary.telling import asks, looks_back
from policykit.text.spans import Span

#: what an announcement announces stands among so many sentences and characters behind it, and says so much
_FOLLOWING, _NEAR, _SAYS_SOMETHING = 4, 600, 12
#: a target up to this rank is a goal of the whole document
_GOAL = 1
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
                "statements": _statements(placed, day, deadlines, length.per_date),
            }
        )
    return rows


def day_of(deadline: Mapping[str, Any]) -> date | None:
    """The date that a deadline leads to: its last day, or the first where something begins then."""
    day: date | None = deadline["from"] if deadline["relation"] == "effective" else deadline["to"]
    return day


class _Stated(NamedTuple):
    """What a deadline says, and where that stands; `is_goal` where it is a main goal that another sentence announces."""

    sentence: str | None
    section: str | None
    line: int
    is_goal: bool = False


def _statements(placed: PlacedText, day: date, deadlines: list[Mapping[str, Any]], limit: int) -> list[dict[str, Any]]:
    """The deadlines of a day that say most. One that only announces (今年要重点做好以下工作) gives way to what it announces."""
    governed = Counter(row["deadline_from"] for row in placed.data["targets"])
    stated = [_stated(placed, deadline) for deadline in deadlines]
    empty = [_says_nothing(said.sentence) for said in stated]
    announced = _Announced(placed, day) if any(empty) else None
    for index, deadline in enumerate(deadlines):
        found = announced.by(deadline) if announced and empty[index] else None
        if found is not None:
            stated[index], empty[index] = found, False
            # one sentence stands for all that was announced
            governed[deadline["id"]] = min(1, governed[deadline["id"]])

    def order(index: int) -> tuple[bool | int, ...]:
        deadline, sentence = deadlines[index], stated[index].sentence or ""
        is_heading = _is_in_heading(placed, deadline) and sentence == placed.rows[deadline["section"]]["heading"]
        count = governed[deadline["id"]]
        return (
            empty[index],
            looks_back(sentence),
            is_heading,
            not stated[index].is_goal,
            -count,
            _FIRST[deadline["relation"]],
            not asks(sentence),
            index,
        )

    rows: list[dict[str, Any]] = []
    seen: set[str | None] = set()
    for index in sorted(range(len(deadlines)), key=order):
        if stated[index].sentence is not None and stated[index].sentence in seen:
            continue
        if empty[index] and rows:
            break  # something was said that is more than an announcement
        seen.add(stated[index].sentence)
        rows.append(_row(placed, deadlines[index], stated[index]))
        if len(rows) == limit:
            break
    return sorted(rows, key=lambda row: int(row["id"][1:]))


def _stated(placed: PlacedText, deadline: Mapping[str, Any]) -> _Stated:
    """The sentence that a deadline stands in; of one in a heading the heading."""
    section, line = deadline["section"], deadline["span"]["line"]
    if _is_in_heading(placed, deadline):
        return _Stated(placed.rows[section]["heading"], section, line)
    return _Stated(statement(placed, deadline), section, line)


class _Announced:
    """What the deadlines of a day can announce: its targets and what the objectives say, each looked through once for all of them."""

    def __init__(self, placed: PlacedText, day: date) -> None:
        self._placed = placed
        # the main target (rank, place) that each deadline governs, and the one below each heading
        self._governed: dict[str | None, tuple[tuple[int, int], int]] = {}
        self._below: dict[str | None, tuple[tuple[int, int], int]] = {}
        for place, target in enumerate(placed.data["targets"]):
            if target["deadline"] != day or _says_nothing(target["sentence"]):
                continue
            main = target_rank(placed, target), place
            governing = target["deadline_from"]
            self._governed[governing] = min(main, self._governed.get(governing, main))
            for row in placed.within(target["section"]):
                self._below[row["id"]] = min(main, self._below.get(row["id"], main))

    def by(self, deadline: Mapping[str, Any]) -> _Stated | None:
        """What a deadline announces: the sentence of the main target below its heading or governed by it, else what its objectives say
        first, or the sentence behind its own."""
        placed = self._placed
        is_heading = _is_in_heading(placed, deadline)
        due = [self._governed.get(deadline["id"]), self._below.get(deadline["section"]) if is_heading else None]
        if mains := [main for main in due if main is not None]:
            rank, place = min(mains)
            target = placed.data["targets"][place]
            sentence = without_bullet(target["sentence"])
            return _Stated(sentence, target["section"], target["span"]["line"], rank[0] <= _GOAL)
        if is_heading:
            return self._objectives.get(deadline["section"])
        span = placed.span_of(deadline)
        if span is None:
            return None
        return _first_said(placed, placed.document.sentence_at(span.start)[1], len(placed.text))

    @cached_property
    def _objectives(self) -> dict[str, _Stated]:
        """By the id of each entry what the objectives that it is or that stand below it say first."""
        found: dict[str, _Stated] = {}
        for section in self._placed.document.sections:
            if section.role == "objective" and (said := _first_said(self._placed, section.body_start, section.end)):
                for row in self._placed.within(section.id):
                    found.setdefault(row["id"], said._replace(is_goal=True))
        return found


def _first_said(placed: PlacedText, start: int, end: int) -> _Stated | None:
    """The first of the next few sentences that says something."""
    for following in islice(sentences(placed.text, start, min(end, start + _NEAR)), _FOLLOWING):
        section = placed.document.section_at(following.start)
        if section is not None and section.start <= following.start < section.body_start:
            following = Span(section.body_start, max(section.body_start, following.end))
        text = placed.text[following.start : following.end].strip()
        place = placed.place(*following) if text and not _says_nothing(text) else None
        if place is not None and place.line is not None:
            return _Stated(text, None if section is None else section.id, place.line)
    return None


def _says_nothing(sentence: str | None) -> bool:
    """Whether a sentence only announces others, or is the stump of one."""
    return sentence is not None and (len(sentence) < _SAYS_SOMETHING or announces(sentence))


@lru_cache(maxsize=1)
def _announcing() -> re.Pattern[str]:
    nouns = "|".join(packaged_dictionary("telling")["announced"])
    return re.compile(
        f"(?:以下(?!简?称)|如下|下列)[^，。；）]{{0,14}}[。：:]?$|[：:]$|(?:{nouns})(?:（[^（）]{{1,12}}）)?$"
    )


def announces(sentence: str) -> bool:
    """Whether a sentence or heading only says that something follows.

    >>> announces("今年要重点做好以下工作。"), announces("2026年工作安排"), announces("今年新增就业10万人。")
    (True, True, False)
    """
    return _announcing().search(sentence) is not None


def _is_in_heading(placed: PlacedText, deadline: Mapping[str, Any]) -> bool:
    span = placed.span_of(deadline)
    section = None if span is None else placed.document.section_at(span.start)
    return span is not None and section is not None and section.heading is not None and span.start < section.body_start


def _row(placed: PlacedText, deadline: Mapping[str, Any], stated: _Stated) -> dict[str, Any]:
    """A deadline as a row of a summary."""
    section = placed.rows.get(stated.section) if stated.section else None
    return {
        "id": deadline["id"],
        "relation": deadline["relation"],
        "from": deadline["from"],
        "to": deadline["to"],
        "quote": deadline["quote"],
        "section": stated.section,
        "heading": section["heading"] if section else None,
        "sentence": stated.sentence,
        "line": stated.line,
    }
