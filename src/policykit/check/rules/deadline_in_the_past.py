"""PK104: a deadline that had passed when the document was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary
from policykit.text.spans import Span

#: the form in which work is dated: 到2019年, 2019年底前
_YEAR = re.compile(r"[0-9]{4}年")
_FORM = re.compile(r"^(?:到|至|在|于|争取|力争|确保)|(?:前|末|底)$")
#: entries that direct work
_ROLES = frozenset({"task", "safeguard", "objective", "article"})


def _find(subject: Subject) -> Iterator[Hit]:
    from policykit.extractors.deadlines import read_setting
    from policykit.extractors.time_expressions import find_time_expressions
    from policykit.extractors.time_rules import judge

    stated = subject.data["document"]
    issued = stated["issued"] or stated["published"]
    if issued is None:
        return
    document = replace(subject.placed.document, body=Span(0, len(subject.placed.text)))
    # extraction takes what had ended for a report of what was done; here it is judged as if nothing had
    setting = read_setting(document)._replace(issued=None)
    for expression in find_time_expressions(document.text, year=setting.year):
        last = expression.calendar.last_day if expression.calendar else None
        if last is None or last >= issued:
            continue
        printed = document.text[expression.start : expression.end]
        if not (_YEAR.search(printed) and _FORM.search(printed)):
            continue
        section = document.section_at(expression.start)
        sentence = document.sentence_at(expression.start)
        words = document.text[sentence.start : sentence.end]
        if section is None or section.role not in _ROLES or _told().search(words):
            continue
        verdict = judge(expression, setting)
        if verdict.relation == "by" and verdict.to_date is not None and verdict.to_date < issued:
            quote = document.text[verdict.start : verdict.end]
            message = f"{quote} ended on {verdict.to_date}, before the document was issued ({issued})"
            yield subject.at_text(verdict.start, verdict.end, message, quote, words.strip())


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    """Words of a sentence that reports, gives a base, or speaks of when something was made."""
    return re.compile("|".join(map(re.escape, packaged_dictionary("check")["told"])))


RULE = Rule(
    code="PK104",
    name="deadline-in-the-past",
    severity="error",
    summary="A deadline that had passed when the document was issued.",
    why="Work cannot be due before it is ordered: the year is a slip, or a passage was taken over from an older document. Documents that "
    "do not state their date are not judged, nor are sentences that report what was done.",
    bad="某市发展规划\n一、主要任务\n（一）建设平台。到2019年底前，建成数据平台。\n某市人民政府\n2023年9月14日\n",
    good="某市发展规划\n一、主要任务\n（一）建设平台。到2025年底前，建成数据平台。\n某市人民政府\n2023年9月14日\n",
    find=_find,
    needs_text=True,
)
