"""Time expressions that say when something is to be reached or done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from policykit.document.model import Document
from policykit.extractors.time_expressions import find_time_expressions
from policykit.extractors.time_rules import Setting, judge, looks_back
from policykit.findings import Deadline
from policykit.text.spans import Span


def extract_deadlines(document: Document) -> tuple[Deadline, ...]:
    """The deadlines of a document, in order."""
    setting = read_setting(document)
    found = []
    for expression in find_time_expressions(document.text, year=setting.year):
        verdict = judge(expression, setting)
        if verdict.relation is not None:
            found.append(
                Deadline(
                    verdict.start, verdict.end, verdict.relation, verdict.from_date, verdict.to_date, verdict.duration, verdict.rule
                )
            )
    return tuple(found)


_YEAR_OF_NUMBER = re.compile(r"[〔\[（(]((?:19|20)[0-9]{2})[〕\]）)]")
_YEAR_OF_TITLE = re.compile(r"((?:19|20)[0-9]{2})(?:[-—–－~～至][0-9]{2,4})? ?年")


def read_setting(document: Document) -> Setting:
    """When the document speaks: its date of issue or publication, else the year of its number or title."""
    metadata = document.metadata
    issued = metadata.issued or metadata.published
    year = issued.year if issued else None
    if year is None and metadata.number and (match := _YEAR_OF_NUMBER.search(metadata.number)):
        year = int(match[1])
    if year is None:
        for title in (metadata.title, metadata.carrier):
            if title and (match := _YEAR_OF_TITLE.search(title)):
                year = int(match[1])
                break
    return Setting(document, issued or (date(year, 1, 1) if year else None), year, tuple(_reviews(document)))


def _reviews(document: Document) -> Iterator[Span]:
    """The sections whose heading says that they look back, and nothing else."""
    for section in document.sections:
        if section.heading and looks_back(section.heading):
            yield Span(section.start, section.end)
