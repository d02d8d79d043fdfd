"""What became of the deadlines, and how far each document looks ahead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from rapidfuzz import fuzz

from policykit.comparison.assignment import Pair, assign_in_rounds, worth_weighing
from policykit.comparison.documents import Side, bare
from policykit.comparison.sections import SectionMap
from policykit.comparison.wording import in_mainland_words
from policykit.text.normalise import working_text

CHANGES = ("unchanged", "earlier", "later", "shorter", "longer", "restated", "new", "dropped")

#: What speaks for two deadlines being the same one, together 1.
_SECTION, _CONTEXT, _RELATION, _FRAME, _DATES = 0.35, 0.25, 0.15, 0.1, 0.15
_ENOUGH = 0.55
#: From when on two sentences outside of tasks are about the same matter.
_SAME_MATTER = 0.6
_AROUND = 14
_STOPS = "。；！？"
_MARKER = re.compile(
    r"(?:[（(][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[0-9]{1,3}[.、](?![0-9]))\s*"
)
_DIGITS = re.compile("[0-9〇○零一二三四五六七八九十两]+")
#: relations whose date is one to look ahead to
_AHEAD = frozenset({"by", "during", "within", "until"})
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_IN_DAYS = (365.25, 30.4375, 7.0, 1.0, 1 / 24, 1 / 1440, 1 / 86400)


class _Deadline(NamedTuple):
    """A deadline as it is compared: its data, what tells it from others, its words without numbers, what stands around it in its task, what
    else its sentence says, and the sentence that says what is due, where these are known."""

    data: Mapping[str, Any]
    key: tuple[Any, ...]
    frame: str
    context: str
    matter: str
    sentence: str | None


def days_of(duration: str | None) -> float | None:
    """An ISO 8601 duration in days, a month counted as the twelfth of a year.

    >>> days_of("P15D"), days_of("P3Y"), days_of(None)
    (15.0, 1095.75, None)
    """
    found = _DURATION.fullmatch(duration or "")
    if not found or duration in (None, "P"):
        return None
    return sum(int(number) * unit for number, unit in zip(found.groups(), _IN_DAYS, strict=True) if number)


def _deadlines(side: Side) -> list[_Deadline]:
    """The deadlines of a document, each with the words around it and its sentence where the text of its task is known."""
    behind: dict[int, int] = {}
    stated = {
        target["deadline_from"]: target["sentence"]
        for target in reversed(side.data["targets"])
        if target["deadline_from"] and not target["deadline_inherited"]
    }
    rows, quotes, contexts, sentences = side.data["deadlines"], [], [], []
    for data in rows:
        quote, context, sentence = working_text(data["quote"]), "", stated.get(data["id"])
        unit_place = side.unit_of_section.get(data["section"] or "")
        if unit_place is not None:
            text = side.units[unit_place].original
            start = text.find(quote, behind.get(unit_place, 0))
            if start >= 0:
                end = behind[unit_place] = start + len(quote)
                context = text[max(0, start - _AROUND) : start] + "#" + text[end : end + _AROUND]
                sentence = sentence or _sentence(text, start, end)
        if sentence is None and side.loaded.normalised is not None:
            normalised = side.loaded.normalised
            span = normalised.working_span(data["span"]["start"], data["span"]["end"])
            sentence = _sentence(normalised.text, span.start, span.end)
        quotes.append(quote)
        contexts.append(context)
        sentences.append(None if sentence is None else side.worded(_without_marker(sentence)) or None)
    matters = [
        (sentence or "").replace(side.worded(quote), "", 1) for sentence, quote in zip(sentences, quotes, strict=True)
    ]
    frames = [_DIGITS.sub("#", bare(words)) for words in in_mainland_words([*quotes, *contexts, *matters])]
    keys = [(data["relation"], data["from"], data["to"], data["duration"]) for data in rows]
    count = len(rows)
    return list(map(_Deadline, rows, keys, frames, frames[count:], frames[2 * count :], sentences))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence that a stretch of text stands in."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    first = max(line_start, *(text.rfind(stop, line_start, start) + 1 for stop in _STOPS))
    last = min(line_end, *(place for stop in _STOPS if (place := text.find(stop, end, line_end)) >= 0), line_end)
    return text[first : last + 1]


def _without_marker(sentence: str) -> str:
    """A sentence without the number or bullet that it begins with.

    >>> _without_marker("（三）到2027年，建成平台。"), _without_marker("2027.5万元")
    ('到2027年，建成平台。', '2027.5万元')
    """
    sentence = sentence.strip(" •\n")
    marker = _MARKER.match(sentence)
    return sentence[marker.end() :] if marker else sentence


def deadline_rows(old: Side, new: Side, sections: SectionMap) -> list[dict[str, Any]]:
    """All deadlines of both documents in rows, in the order of the old document, new ones behind."""
    before, after = _deadlines(old), _deadlines(new)
    keys = [[(str(item.key), item.context, item.matter) for item in items] for items in (before, after)]
    pairs = (
        {(row, column) for column, row in _pairs(after, before, sections.mirrored())}
        if keys[0] > keys[1]
        else _pairs(before, after, sections)
    )
    partner = dict(pairs)
    rows = [
        _compared(item, after[partner[place]]) if place in partner else _alone("dropped", item)
        for place, item in enumerate(before)
    ]
    taken = {column for _, column in pairs}
    return rows + [_alone("new", item) for place, item in enumerate(after) if place not in taken]


def _pairs(rows: Sequence[_Deadline], columns: Sequence[_Deadline], sections: SectionMap) -> set[Pair]:
    """The pairs of deadlines that are most alike. Only those in sections that are alike, or with the same dates, can be."""
    weights: dict[Pair, float] = {}
    above, beside = _grouped(rows, _section), _grouped(columns, _section)
    alike = sections.likenesses(above, beside)
    for (one, other), section in alike.items():
        _weigh(weights, rows, columns, _near(rows, columns, above[one], beside[other]), section)
    above_by_key, beside_by_key = _grouped(rows, _key), _grouped(columns, _key)
    for key, places in above_by_key.items():
        far = _near(rows, columns, places, beside_by_key.get(key, ()))
        apart = [pair for pair in far if (_section(rows[pair[0]]), _section(columns[pair[1]])) not in alike]
        _weigh(weights, rows, columns, apart, 0.0)
    return assign_in_rounds(weights)


def _near(
    rows: Sequence[_Deadline], columns: Sequence[_Deadline], above: Sequence[int], beside: Sequence[int]
) -> Iterable[Pair]:
    return worth_weighing(above, beside, lambda row: _says(rows[row]), lambda column: _says(columns[column]))


def _says(item: _Deadline) -> tuple[Any, ...]:
    """What is the same in a deadline that only moved."""
    return item.key, item.frame, item.context, item.matter


def _weigh(
    weights: dict[Pair, float],
    rows: Sequence[_Deadline],
    columns: Sequence[_Deadline],
    pairs: Iterable[Pair],
    section: float,
) -> None:
    """Puts in how alike pairs are, whose sections are that much alike, where that is enough."""
    for row, column in pairs:
        value = _alike(rows[row], columns[column], section)
        if value >= _ENOUGH:
            # of equals those that stand at the same place in their order go together
            weights[row, column] = value - 1e-6 * abs(row - column)


def _section(item: _Deadline) -> str | None:
    section: str | None = item.data["section"]
    return section


def _key(item: _Deadline) -> tuple[Any, ...]:
    return item.key


_Trait = TypeVar("_Trait")


def _grouped(items: Sequence[_Deadline], trait: Callable[[_Deadline], _Trait]) -> dict[_Trait, list[int]]:
    """The places of deadlines by a trait."""
    found: dict[_Trait, list[int]] = {}
    for place, item in enumerate(items):
        found.setdefault(trait(item), []).append(place)
    return found


def _alike(one: _Deadline, other: _Deadline, section: float) -> float:
    """How alike two deadlines are, whose sections are that much alike; 0 where that is not enough."""
    same = one.key == other.key
    relation: bool = one.key[0] == other.key[0]
    known = _SECTION * section + _RELATION * relation + _DATES * same
    if known + _CONTEXT + _FRAME < _ENOUGH:
        return 0.0
    if one.context or other.context:
        context: float = fuzz.ratio(one.context, other.context) / 100
    else:
        # outside of tasks a section may be a whole document, so what is due has to tell
        is_known = bool(one.matter and other.matter)
        context = fuzz.ratio(one.matter, other.matter) / 100 if is_known else 0.0
        if context < _SAME_MATTER and (is_known or not same):
            return 0.0
    frame: float = 1.0 if one.frame == other.frame else fuzz.ratio(one.frame, other.frame) / 100
    return known + _CONTEXT * context + _FRAME * frame


def _compared(one: _Deadline, other: _Deadline) -> dict[str, Any]:
    before, after = one.data, other.data
    changes, days = [], None
    if before["to"] and after["to"]:
        days = (after["to"] - before["to"]).days
    elif before["from"] and after["from"] and not (before["to"] or after["to"]):
        days = (after["from"] - before["from"]).days
    if days:
        changes.append("later" if days > 0 else "earlier")
    length_before, length_after = days_of(before["duration"]), days_of(after["duration"])
    if length_before is not None and length_after is not None and length_before != length_after and not days:
        changes.append("longer" if length_after > length_before else "shorter")
        days = round(length_after - length_before)
    if not changes and one.key != other.key:
        changes.append("restated")
    return {
        "change": changes or ["unchanged"],
        "old": dict(before),
        "new": dict(after),
        "sentences": {"old": one.sentence, "new": other.sentence},
        "difference": {"days": days} if changes and days is not None else None,
    }


def _alone(change: str, item: _Deadline) -> dict[str, Any]:
    return {
        "change": [change],
        "old": dict(item.data) if change == "dropped" else None,
        "new": dict(item.data) if change == "new" else None,
        "sentences": {
            "old": item.sentence if change == "dropped" else None,
            "new": item.sentence if change == "new" else None,
        },
        "difference": None,
    }


def horizon(side: Side) -> dict[str, date | None]:
    """How far a document looks: the first and the last date that something is due by, and the one that most targets and deadlines name."""
    dates = [row["to"] for row in side.data["deadlines"] if row["to"] and row["relation"] in _AHEAD]
    named = Counter(dates + [target["deadline"] for target in side.data["targets"] if target["deadline"]])
    main = max(named, key=lambda day: (named[day], day), default=None)
    return {"first": min(named, default=None), "main": main, "last": max(named, default=None)}


def horizons(old: Side, new: Side) -> dict[str, Any]:
    """The horizon of each document and by how many days it shifted."""
    before, after = horizon(old), horizon(new)
    shift = {
        name: None if day is None or after[name] is None else (after[name] - day).days  # type: ignore[operator]
        for name, day in before.items()
    }
    return {"old": before, "new": after, "days": shift}
