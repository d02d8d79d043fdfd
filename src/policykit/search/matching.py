"""Whether a passage is what a query asks for, and where in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policykit.placed_text import sentences
from policykit.search.fields import Amount, ScaledUnit
from policykit.search.passages import Passage
from policykit.search.query import Alternative, Condition
from policykit.search.wording import folded, forms, lowered
from policykit.text.spans import Span

Finding = Mapping[str, Any]

#: fields whose values must be the whole value, not a part of it
_WHOLE = frozenset({"domain", "role", "level", "comparator", "binding"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence of a passage with what was found in it; offsets count from the start of the passage."""

    sentence: Span
    words: tuple[Span, ...]
    targets: tuple[Finding, ...]
    deadlines: tuple[Finding, ...]


def document_fits(query: Alternative, document: Mapping[str, Any]) -> bool:
    """Whether a document as a whole is one that an alternative of a query asks for."""
    return all(
        _fits(condition, _document_values(condition.field, document), document["wording"])
        for condition in query.of("document")
    )


def asks_for_documents(query: Alternative) -> bool:
    """Whether an alternative of a query says nothing of what stands in a document."""
    return not query.words and all(condition.scope == "document" for condition in query.conditions)


def merged(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """What several alternatives find in a passage: each sentence once, with all that was found in it."""
    if len(found) == 1:
        return list(found[0])
    by_sentence: dict[Span, list[Hit]] = {}
    for hit in (hit for one in found for hit in one):
        by_sentence.setdefault(hit.sentence, []).append(hit)
    return [
        Hit(
            sentence,
            tuple(_outermost({span for hit in same for span in hit.words})),
            tuple({row["id"]: row for hit in same for row in hit.targets}.values()),
            tuple({row["id"]: row for hit in same for row in hit.deadlines}.values()),
        )
        for sentence, same in sorted(by_sentence.items())
    ]


def hits(query: Alternative, passage: Passage, wording: str) -> list[Hit]:
    """The sentences of a passage in which an alternative of a query finds something, in order; none where it is not what that asks for.

    Words, targets and deadlines must stand together in one paragraph; a word may also stand in the heading above it. A query that says
    nothing of them finds the first sentence.
    """
    if not all(
        _fits(condition, _passage_values(condition.field, passage), wording) for condition in query.of("passage")
    ):
        return []
    text = passage["text"]
    if not query.words and not query.of("target") and not query.of("deadline"):
        first = next(sentences(text), None)
        return [] if first is None else [Hit(first, (), (), ())]
    found: list[Hit] = []
    searched = lowered(text)
    wanted = [(word.negated, [folded(word.text)] if word.exact else forms(word.text, wording)) for word in query.words]
    heading = lowered(passage["heading"] or "")
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        words = _words(wanted, searched, heading, start, end)
        findings = None if words is None else _findings(query, passage, start, end, wording)
        if words is not None and findings is not None:
            found += _by_sentence(list(sentences(text, start, end)), words, *findings)
        start = end + 1
    return found


def _by_sentence(
    spans: Sequence[Span], words: Sequence[Span], targets: Sequence[Finding], deadlines: Sequence[Finding]
) -> list[Hit]:
    starts = [span.start for span in spans]
    if not starts:
        return []

    def at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    rows: dict[int, tuple[list[Span], list[Finding], list[Finding]]] = {}
    for span in words:
        rows.setdefault(at(span.start), ([], [], []))[0].append(span)
    for target in targets:
        rows.setdefault(at(target["at"][0]), ([], [], []))[1].append(target)
    for deadline in deadlines:
        rows.setdefault(at(deadline["at"][0]), ([], [], []))[2].append(deadline)
    return [Hit(spans[index], *map(tuple, rows[index])) for index in sorted(rows)]  # type: ignore[arg-type]


def _words(
    wanted: Sequence[tuple[bool, Sequence[str]]], text: str, heading: str, start: int, end: int
) -> list[Span] | None:
    """Where the words stand in a paragraph, in order and none within another; None where one is missing or must not be there.

    Each of `wanted` says whether a word must not be there, and its forms.
    """
    spans: list[Span] = []
    for negated, word in wanted:
        found = list(_occurrences(text, word, start, end))
        if (bool(found) or any(form in heading for form in word)) == negated:
            return None
        spans += found
    return _outermost(spans)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, without those that begin within another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _occurrences(text: str, wanted: Iterable[str], start: int, end: int) -> Iterator[Span]:
    for word in wanted:
        found = text.find(word, start, end)
        while found >= 0:
            yield Span(found, found + len(word))
            found = text.find(word, found + len(word), end)


def _findings(
    query: Alternative, passage: Passage, start: int, end: int, wording: str
) -> tuple[list[Finding], list[Finding]] | None:
    """The targets and deadlines of a paragraph that a query asks for; None where it asks for some and there are none.

    What is said of targets must hold of one target, a deadline among it. Where nothing else is said of targets, a deadline may be that
    of a target or stand by itself.
    """
    on_targets, on_deadlines = query.of("target"), query.of("deadline")
    if not on_targets and not on_deadlines:
        return [], []
    all_targets = [row for row in passage["targets"] if start <= row["at"][0] <= end]
    all_deadlines = [row for row in passage["deadlines"] if start <= row["at"][0] <= end]
    if any(not condition.negated for condition in on_targets):
        targets = [row for row in all_targets if _all_fit((*on_targets, *on_deadlines), row, wording)]
        return (targets, []) if targets else None
    if any(_one_fits(condition, all_targets, wording) for condition in on_targets):
        return None
    if not on_deadlines:
        return [], []
    if all(condition.negated for condition in on_deadlines):
        rows = (*all_targets, *all_deadlines)
        return None if any(_one_fits(condition, rows, wording) for condition in on_deadlines) else ([], [])
    deadlines = [row for row in all_deadlines if _all_fit(on_deadlines, row, wording)]
    targets = [row for row in all_targets if _all_fit(on_deadlines, row, wording)]
    return (targets, deadlines) if targets or deadlines else None


def _all_fit(conditions: Iterable[Condition], row: Finding, wording: str) -> bool:
    return all(_fits(condition, _finding_values(condition.field, row), wording) for condition in conditions)


def _one_fits(condition: Condition, rows: Iterable[Finding], wording: str) -> bool:
    """Whether a negated condition fails for one of the rows."""
    return any(not _fits(condition, _finding_values(condition.field, row), wording) for row in rows)


def _document_values(field: str, document: Mapping[str, Any]) -> Sequence[Any]:
    if field == "issuer":
        return list(document["issuers"])
    value = document["id" if field == "document" else field]
    return [] if value is None else [value]


def _passage_values(field: str, passage: Passage) -> Sequence[Any]:
    if field == "domain":
        return list(passage["domains"])
    if field == "body":
        return [*passage["lead"], *passage["support"]]
    value = passage[field]
    return value if isinstance(value, list) else [] if value is None else [value]


def _finding_values(field: str, row: Finding) -> Sequence[Any]:
    if field == "deadline":
        value = row["deadline"] if "deadline" in row else row["from"] if row["relation"] == "effective" else row["to"]
    else:
        value = row[field]
        if value not in (None, "") and field in ("value", "unit"):
            value = row
    return [] if value in (None, "") else [value]


def _fits(condition: Condition, values: Sequence[Any], wording: str) -> bool:
    """Whether one of the values is one that a condition wants, or none where it is negated."""
    wanted = condition.values
    found = (
        bool(values) if not wanted else any(_is(condition, value, one, wording) for value in values for one in wanted)
    )
    return found != condition.negated


def _is(condition: Condition, value: Any, wanted: Any, wording: str) -> bool:
    if condition.field == "value":
        return _is_number(condition.comparison, value, wanted)
    if condition.field == "unit":
        return _is_unit(value, wanted)
    if isinstance(wanted, tuple):
        return _is_in_time(condition.comparison, value, *wanted)
    text = lowered(str(value))
    if condition.field in _WHOLE or (condition.field == "kind" and condition.scope == "target"):
        return text == (wanted if condition.field in ("domain", "comparator") else folded(wanted))
    if condition.field == "section":
        return text == wanted or text.startswith((f"{wanted}.", f"{wanted}-"))
    return any(form in text for form in forms(wanted, wording))


def _is_unit(row: Finding, wanted: str | ScaledUnit) -> bool:
    """Whether a finding has a unit; one with scale words must be written so, unless the unit stands elsewhere (in a table)."""
    unit = wanted.unit if isinstance(wanted, ScaledUnit) else wanted
    if lowered(row["unit"]) != folded(unit):
        return False
    if not isinstance(wanted, ScaledUnit):
        return True
    quote = "".join(folded(row["quote"] or "").split())
    if folded(unit) not in quote:
        return True
    # 亿元 is not what 万亿元 ends in
    return re.search(f"(?<![万亿兆]){re.escape(folded(wanted.written))}", quote) is not None


def _is_number(comparison: str, row: Finding, wanted: Decimal | Amount) -> bool:
    if isinstance(wanted, Amount):
        if row["unit"] != wanted.unit:
            return False
        wanted = wanted.number
    low = Decimal(repr(row["value"]))
    high = low if row["value_max"] is None else Decimal(repr(row["value_max"]))
    match comparison:
        case "<":
            return high < wanted
        case "<=":
            return high <= wanted
        case ">":
            return low > wanted
        case ">=":
            return low >= wanted
    return low <= wanted <= high


def _is_in_time(comparison: str, value: str, first: date, last: date) -> bool:
    match comparison:
        case "<":
            return value < first.isoformat()
        case "<=":
            return value <= last.isoformat()
        case ">":
            return value > last.isoformat()
        case ">=":
            return value >= first.isoformat()
    return first.isoformat() <= value <= last.isoformat()
