"""Numbers with units, and which of them are commitments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Literal

from policykit.document.model import Document
from policykit.extractors.quantities.candidate import Candidate
from policykit.extractors.quantities.candidates import find_candidates
from policykit.extractors.quantities.context import Context, read_contexts, sentence_ends
from policykit.extractors.quantities.indicator import indicator_of
from policykit.extractors.quantities.measure import comparator_of, kind_of, unit_of
from policykit.extractors.quantities.passed_over import PassedOver
from policykit.extractors.quantities.shape import by_shape
from policykit.extractors.quantities.status import decide, decides_at_once
from policykit.extractors.quantities.tables import read_tables
from policykit.extractors.quantities.tense import Tenses
from policykit.findings import Baseline, Comparator, Quantity, QuantityStatus, TargetKind
from policykit.patterns import compiled
from policykit.text.spans import Span


def extract_quantities(document: Document) -> tuple[Quantity, ...]:
    """Every quantity of a document with its status, in order; those with status `target` are the targets.

    Plain dates are left out. What is no target carries no indicator, and `level` for its kind.
    """
    return tuple(_extract(document, only_targets=False))


def extract_targets(document: Document) -> tuple[Quantity, ...]:
    """The quantities of `extract_quantities` with status `target`, at half the price: what is seen to be none is not read."""
    return tuple([quantity for quantity in _extract(document, only_targets=True) if quantity.status == "target"])


def _extract(document: Document, *, only_targets: bool) -> list[Quantity]:
    """All quantities in order; with `only_targets` no others than targets, but for what stands in tables."""
    tables = read_tables(document)
    tenses = Tenses(document)
    candidates = find_candidates(document.text, PassedOver(document, tenses).read_on if only_targets else None)
    if tables.regions:
        candidates = [candidate for candidate in candidates if not _is_inside(tables.regions, candidate.start)]
    found: list[Quantity] = list(tables.quantities)
    if candidates:
        ends = sentence_ends(document)
        for paragraph, group in _by_paragraph(document, candidates):
            _read_paragraph(document.text, paragraph, group, tenses, ends, found, only_targets)
        found.sort(key=itemgetter(0))
    return found


def _is_inside(regions: tuple[Span, ...], offset: int) -> bool:
    return any(region.start <= offset < region.end for region in regions)


def _by_paragraph(document: Document, candidates: list[Candidate]) -> Iterator[tuple[Span, list[Candidate]]]:
    group: list[Candidate] = []
    paragraph = document.paragraph_at(candidates[0].start)
    for candidate in candidates:
        if candidate.start >= paragraph.end:
            yield paragraph, group
            group, paragraph = [], document.paragraph_at(candidate.start)
        group.append(candidate)
    yield paragraph, group


def _read_paragraph(
    text: str,
    paragraph: Span,
    candidates: list[Candidate],
    tenses: Tenses,
    ends: list[int],
    found: list[Quantity],
    only_targets: bool,
) -> None:
    """Adds the quantities of a paragraph, or its targets alone, to those found."""
    undecided: list[Candidate] = []
    baselines: list[Candidate] = []
    for candidate in candidates:
        decision = by_shape(text, candidate, paragraph)
        if decision is None:
            undecided.append(candidate)
        else:
            if not only_targets:
                found.append(_quantity(candidate, *decision))
            if decision[1] == "background/baseline":
                baselines.append(candidate)
    if not undecided:
        return
    tense = tenses.at(paragraph)
    decision = decides_at_once(text, paragraph, tense, tenses.year)
    if decision is not None:
        if not only_targets:
            found += [_quantity(candidate, *decision) for candidate in undecided]
        return
    for context in read_contexts(text, paragraph, undecided, ends):
        status, rule = decide(context, tense, tenses.year, tenses.is_prose, only_targets=only_targets)
        if status == "target":
            found.append(_target(context, rule, baselines))
        elif not only_targets:
            found.append(_quantity(context.candidate, status, rule))


def _target(context: Context, rule: str, baselines: list[Candidate]) -> Quantity:
    candidate = context.candidate
    indicator = indicator_of(context)
    unit = candidate.unit or unit_of(indicator, candidate)
    return _made(
        candidate,
        unit,
        comparator_of(context),
        kind_of(context),
        indicator,
        "target",
        rule,
        _baseline(context, baselines, unit),
        _binding(context),
    )


_BASE_YEAR = compiled(r"[比较由从以](?:19|20)[0-9]{2}年")


#: 不低于60%|（2020年为45%）
_STATED_BEHIND = compiled(r"（(20[0-9]{2})年[^（）0-9]{0,8}")


def _baseline(context: Context, baselines: list[Candidate], unit: str | None) -> Baseline | None:
    """What a target is measured against: the number it starts from or that is stated behind it, the year it is compared with."""
    candidate, text = context.candidate, context.text
    behind = _STATED_BEHIND.match(text, candidate.right) if baselines else None
    if behind is not None:
        for stated in baselines:
            if stated.start == behind.end() and stated.unit == unit:
                return Baseline(stated.value, stated.unit, date(int(behind[1]), 12, 31))
    start = baselines[-1] if baselines else None
    said = _last_base_year(text, max(context.sentence.start, candidate.start - 80), candidate.start)
    when = date(int(text[said + 1 : said + 5]), 12, 31) if said >= 0 else None
    if start is not None and context.clause.start <= start.start < candidate.start and start.unit == unit:
        return Baseline(start.value, start.unit, when)
    return Baseline(None, None, when) if when is not None and said >= context.clause.start else None


def _last_base_year(text: str, start: int, end: int) -> int:
    """Where the last year of a stretch stands that something is compared with or begins with (比2020年, 由2021年的500万次); -1 for none."""
    sign = text.rfind("年", start, end)
    while sign >= 0:
        match = _BASE_YEAR.match(text, sign - 5, sign + 1) if sign - 5 >= start else None
        if match is not None:
            return match.start()
        sign = text.rfind("年", start, sign)
    return -1


_BINDING_STARTS = frozenset("（(，约预")
_BINDING = compiled(r"[（(，]?(约束性|预期性)")


def _binding(context: Context) -> Literal["约束性", "预期性"] | None:
    """约束性 or 预期性, where it is written right behind the number or at the head of its list."""
    text, right = context.text, context.candidate.right
    if text[right : right + 1] not in _BINDING_STARTS:
        return None
    behind = _BINDING.match(text, right, context.paragraph.end)
    if behind is None:
        return None
    return "约束性" if behind[1] == "约束性" else "预期性"


def _quantity(candidate: Candidate, status: QuantityStatus, rule: str) -> Quantity:
    """A quantity that is no target: nobody asks what it measures."""
    return _made(candidate, candidate.unit, candidate.comparator, candidate.kind or "level", "", status, rule)


def _made(
    candidate: Candidate,
    unit: str | None,
    comparator: Comparator,
    kind: TargetKind,
    indicator: str,
    status: QuantityStatus,
    rule: str,
    baseline: Baseline | None = None,
    binding: Literal["约束性", "预期性"] | None = None,
) -> Quantity:
    # `Quantity(start=…)` takes four times as long, and there is one for every number of a document
    return tuple.__new__(
        Quantity,
        (
            candidate.start,
            candidate.end,
            candidate.value,
            candidate.value_max,
            unit,
            comparator,
            kind,
            indicator,
            status,
            rule,
            baseline,
            binding,
            None,
        ),
    )
