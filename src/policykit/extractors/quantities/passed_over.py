"""Numbers that are told to be no targets before they are read: by what stands right beside them, or by their paragraph.

Two thirds of a document's numbers are lengths of time, the 一个 before a noun, or stand in the review of a year. Who wants targets alone need
not read them. What is passed over here is no target by the rules of shape.py and status.py; `extract_quantities` asks those of every number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policykit.document.model import Document
from policykit.extractors.quantities.candidate import has_comparator_before
from policykit.extractors.quantities.candidates import RANGE_STARTS
from policykit.extractors.quantities.shape import AT_LEAST, REACHED
from policykit.extractors.quantities.status import decides_at_once
from policykit.extractors.quantities.tense import Tenses
from policykit.quantities.numerals import parse_number
from policykit.quantities.units import UnitClass, unit_classes

#: behind the unit these may make another number of it: 3年至5年, 一年半
_GOES_ON = RANGE_STARTS | {"半"}


class PassedOver:
    """Tells of the matches of a document, in order, whether they have to be read."""

    def __init__(self, document: Document, tenses: Tenses) -> None:
        self._document = document
        self._tenses = tenses
        self._read_to = -1  # the end of the last paragraph whose numbers have to be read

    def read_on(self, match: re.Match[str]) -> int:
        """The offset to go on from if a number is no target: its end or that of its paragraph. 0 where it has to be read."""
        form = match.lastgroup
        start, end = match.span()
        if (form == "unit" or form == "measure") and _by_neighbours(match.string, start, end, match.start(form)):
            return end
        if start < self._read_to:
            return 0
        paragraph = self._document.paragraph_at(start)
        if decides_at_once(match.string, paragraph, self._tenses.at(paragraph), self._tenses.year) is not None:
            return paragraph.end
        self._read_to = paragraph.end
        return 0


def _by_neighbours(text: str, start: int, end: int, unit_start: int) -> bool:
    """Whether a number is a length of time that is not said to be reached, or an article (一个): nothing else is asked of these."""
    known = _passed_units().get(text[unit_start:end])
    is_time = known == "time"
    if not is_time and (known is None or unit_start != start + 1 or text[start] != "一"):
        return False
    if text[end : end + 1] in _GOES_ON or has_comparator_before(text, start):
        return False
    if not is_time:
        return AT_LEAST.search(text, max(0, start - 16), start) is None
    number = text[start:unit_start]
    return (
        REACHED.search(text, max(0, start - 6), start) is None
        and number.isalnum()
        and number[-1] not in "余多"
        and number != "零"
        and parse_number(number) is not None
    )


@lru_cache(maxsize=1)
def _passed_units() -> dict[str, UnitClass]:
    """The units, as written, that a length of time or an article may have."""
    return {
        unit: name
        for unit, name in unit_classes().items()
        if name in ("time", "measure_words", "physical", "percentages") and unit not in ("成", "倍")
    }
