"""Numbers with units, and which of them are commitments."""

from __future__ import annotations

from itertools import groupby

from policykit.document.model import Document
from policykit.extractors.quantities.candidates import Candidate, find_candidates
from policykit.extractors.quantities.context import Context, read_contexts
from policykit.extractors.quantities.indicator import indicator_of
from policykit.extractors.quantities.measure import comparator_of, kind_of, unit_of
from policykit.extractors.quantities.shape import by_shape
from policykit.extractors.quantities.status import decide
from policykit.extractors.quantities.tables import read_tables
from policykit.extractors.quantities.tense import Tenses
from policykit.findings import Quantity, QuantityStatus
from policykit.text.spans import Span


def extract_quantities(document: Document) -> tuple[Quantity, ...]:
    """Every quantity of a document with its status, in order; those with status `target` are the targets."""
    tables = read_tables(document)
    candidates = [
        candidate for candidate in find_candidates(document.text) if not _is_inside(tables.regions, candidate.start)
    ]
    found: list[Quantity] = list(tables.quantities)
    if not candidates:
        return tuple(found)
    tenses = Tenses(document)
    for paragraph, group in groupby(candidates, key=lambda candidate: document.paragraph_at(candidate.start)):
        found += _of_paragraph(document, paragraph, list(group), tenses)
    if tables.quantities:
        found.sort(key=lambda quantity: quantity.start)
    return tuple(found)


def _is_inside(regions: tuple[Span, ...], offset: int) -> bool:
    return any(region.start <= offset < region.end for region in regions)


def _of_paragraph(document: Document, paragraph: Span, candidates: list[Candidate], tenses: Tenses) -> list[Quantity]:
    text = document.text
    found: list[Quantity] = []
    undecided: list[Candidate] = []
    for candidate in candidates:
        decision = by_shape(text, candidate, paragraph)
        if decision is None:
            undecided.append(candidate)
        else:
            found.append(_quantity(candidate, *decision))
    if undecided:
        tense = tenses.at(paragraph)
        for context in read_contexts(text, paragraph, undecided):
            status, rule = decide(context, tense, tenses.year, tenses.is_prose)
            if status == "target":
                found.append(_target(context, rule))
            else:
                found.append(_quantity(context.candidate, status, rule))
        found.sort(key=lambda quantity: quantity.start)
    return found


def _target(context: Context, rule: str) -> Quantity:
    candidate = context.candidate
    indicator = indicator_of(context)
    return Quantity(
        start=candidate.start,
        end=candidate.end,
        value=candidate.value,
        value_max=candidate.value_max,
        unit=candidate.unit or unit_of(indicator, candidate),
        comparator=comparator_of(context),
        kind=kind_of(context),
        indicator=indicator,
        status="target",
        rule=rule,
    )


def _quantity(candidate: Candidate, status: QuantityStatus, rule: str) -> Quantity:
    """A quantity that is no target: nobody asks what it measures."""
    return Quantity(
        start=candidate.start,
        end=candidate.end,
        value=candidate.value,
        value_max=candidate.value_max,
        unit=candidate.unit,
        comparator=candidate.comparator,
        kind=candidate.kind or "level",
        indicator="",
        status=status,
        rule=rule,
    )
