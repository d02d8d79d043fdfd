"""Numbers with units, and which of them are commitments."""

from __future__ import annotations

from itertools import groupby

from policykit.document.model import Document
from policykit.extractors.quantities.candidates import find_candidates
from policykit.extractors.quantities.context import read_contexts
from policykit.extractors.quantities.measure import indicator_of, kind_of
from policykit.extractors.quantities.status import decide
from policykit.extractors.quantities.tense import Tenses
from policykit.findings import Quantity


def extract_quantities(document: Document) -> tuple[Quantity, ...]:
    """Every quantity of a document with its status, in order; those with status `target` are the targets."""
    candidates = find_candidates(document.text)
    if not candidates:
        return ()
    tenses = Tenses(document)
    found: list[Quantity] = []
    for paragraph, group in groupby(candidates, key=lambda candidate: document.paragraph_at(candidate.start)):
        tense = tenses.at(paragraph)
        for context in read_contexts(document.text, paragraph, group):
            candidate = context.candidate
            status, rule = decide(context, tense, tenses.year)
            found.append(
                Quantity(
                    start=candidate.start,
                    end=candidate.end,
                    value=candidate.value,
                    value_max=candidate.value_max,
                    unit=candidate.unit,
                    comparator=candidate.comparator,
                    kind=kind_of(context),
                    indicator=indicator_of(context),
                    status=status,
                    rule=rule,
                )
            )
    return tuple(found)
