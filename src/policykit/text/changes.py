"""What normalisation changed, place by place, and the map between source and working text as plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the source that reads differently in the working text.

    `rules` say why: the names of the edits; `characters` where characters were replaced one for one (script, width).
    """

    rules: tuple[str, ...]
    source: Span
    before: str
    working: Span
    after: str


@dataclass(slots=True)
class _Stretch:
    """A stretch of the source, the stretch of the working text that it became, and why (no rules: one for one)."""

    source_start: int
    source_end: int
    working_start: int
    working_end: int
    rules: tuple[str, ...]


def mapping(normalised: NormalisedText) -> tuple[tuple[Span, Span], ...]:
    """Stretches of the source with the stretches of the working text that they became, in order, covering both texts.

    Two stretches of the same length correspond character by character, unless one of the `changes` covers them.
    """
    return tuple(
        (Span(stretch.source_start, stretch.source_end), Span(stretch.working_start, stretch.working_end))
        for stretch in _stretches(normalised)
    )


def changes(normalised: NormalisedText) -> tuple[Change, ...]:
    """Every place that reads differently in the working text, in order.

    >>> from policykit.text.normalise import normalise
    >>> from policykit.text.source import source_from_text
    >>> for change in changes(normalise(source_from_text("一、標準\\n\\n體系"))):
    ...     print(change.rules, change.source, repr(change.before), repr(change.after))
    ('characters',) Span(start=2, end=4) '標準' '标准'
    ('blank',) Span(start=4, end=6) '\\n\\n' '\\n'
    ('characters',) Span(start=6, end=7) '體' '体'
    """
    return tuple(_changes(normalised))


def _changes(normalised: NormalisedText) -> Iterator[Change]:
    before, after = normalised.source.text, normalised.text
    for stretch in _stretches(normalised):
        if stretch.rules:
            old = before[stretch.source_start : stretch.source_end]
            new = after[stretch.working_start : stretch.working_end]
            if old != new:
                source = Span(stretch.source_start, stretch.source_end)
                yield Change(stretch.rules, source, old, Span(stretch.working_start, stretch.working_end), new)
        else:
            yield from _replaced(before, after, stretch)


def _replaced(before: str, after: str, stretch: _Stretch) -> Iterator[Change]:
    """Runs of characters that differ in a stretch that is one for one."""
    shift = stretch.working_start - stretch.source_start
    start = None
    for place in range(stretch.source_start, stretch.source_end + 1):
        differs = place < stretch.source_end and before[place] != after[place + shift]
        if differs and start is None:
            start = place
        elif not differs and start is not None:
            working = Span(start + shift, place + shift)
            yield Change(
                ("characters",), Span(start, place), before[start:place], working, after[working.start : working.end]
            )
            start = None


def _stretches(normalised: NormalisedText) -> list[_Stretch]:
    """Edited stretches and those between them, in order, covering both texts."""
    covered: list[_Stretch] = []
    source_at = working_at = 0
    for edited in _joined(normalised):
        if edited.source_start > source_at:
            covered.append(_Stretch(source_at, edited.source_start, working_at, edited.working_start, ()))
        covered.append(edited)
        source_at, working_at = edited.source_end, edited.working_end
    if len(normalised.source.text) > source_at:
        covered.append(_Stretch(source_at, len(normalised.source.text), working_at, len(normalised.text), ()))
    return covered


def _joined(normalised: NormalisedText) -> list[_Stretch]:
    """The edits of all steps in terms of source and working text, joined where they touch the same letters."""
    joined: list[_Stretch] = []
    # a stop behind the last edit, so that what lies between is of one length there too
    stop = _Stretch(
        len(normalised.source.text), len(normalised.source.text), len(normalised.text), len(normalised.text), ()
    )
    for stretch in [*sorted(_edits(normalised), key=lambda each: (each.working_start, each.source_start)), stop]:
        while joined:
            last = joined[-1]
            source_gap = stretch.source_start - last.source_end
            working_gap = stretch.working_start - last.working_end
            if source_gap >= 0 and source_gap == working_gap:
                break
            joined.pop()
            stretch = _Stretch(
                min(last.source_start, stretch.source_start),
                max(last.source_end, stretch.source_end),
                min(last.working_start, stretch.working_start),
                max(last.working_end, stretch.working_end),
                tuple(dict.fromkeys((*last.rules, *stretch.rules))),
            )
        else:
            if stretch.source_start != stretch.working_start:  # something before the first edit was cut by a later step
                stretch = _Stretch(0, stretch.source_end, 0, stretch.working_end, stretch.rules)
        joined.append(stretch)
    if not joined[-1].rules:
        joined.pop()
    return joined


def _edits(normalised: NormalisedText) -> Iterator[_Stretch]:
    steps = normalised.rewritings
    for number, step in enumerate(steps):
        shift = 0
        for edit in step.edits:
            source = Span(edit.start, edit.end)
            working = Span(edit.start + shift, edit.start + shift + len(edit.text))
            shift += len(edit.text) - (edit.end - edit.start)
            for earlier in reversed(steps[:number]):
                source = earlier.source_span(source)
            for later in steps[number + 1 :]:
                working = later.target_span(working)
            yield _Stretch(source.start, source.end, working.start, working.end, (edit.rule or "layout",))
