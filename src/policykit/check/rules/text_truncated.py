"""PK304: text that looks truncated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document, Section

#: what no text ends with: marks that lead on, an opening bracket
_LEADS_ON = re.compile(r"[，、；：（《“‘〔【—][”’]?$")
#: a sentence that breaks off is prose: long enough, with a mark that prose has, and no end
_PROSE = re.compile(r"[，。；：、]")
_END = re.compile(r"[。！？；…”’）》】〕.!?;)]$")
_LEAST_PROSE = 18
_OPEN = {"（": "）", "《": "》", "“": "”"}
#: entries that hold sentences
_ROLES = frozenset({"article", "task", "safeguard", "principle", "objective"})


def _find(subject: Subject) -> Iterator[Hit]:
    document = subject.placed.document
    text = document.text
    lines = [span for span in document.paragraphs if span.end > span.start]
    if not lines:
        return
    for found in _more().finditer(text):
        yield subject.at_text(found.start(), found.end(), f"the text goes on elsewhere: {found[0]}", found[0])
    start, end = lines[-1]
    last = text[start:end]
    section = document.sections[-1] if document.sections else None
    tail = last[-30:]
    if _LEADS_ON.search(last):
        yield subject.at_text(end - 1, end, f"the text ends with {last[-1]}", tail)
    elif opened := _left_open(last):
        yield subject.at_text(end - 1, end, f"the text ends within {opened}", tail)
    elif _breaks_off(document, last, start):
        yield subject.at_text(end - 1, end, "the text ends in the middle of a sentence", tail)
    elif section is not None and section.start >= start and _is_bare(text, document, section):
        yield subject.at_text(start, end, f"the text ends with the heading {last[:40]}", tail)


def _left_open(line: str) -> str | None:
    """The bracket or quotation that is opened in a line and not closed."""
    return next((mark for mark, closing in _OPEN.items() if line.rfind(mark) > line.rfind(closing)), None)


def _breaks_off(document: Document, line: str, start: int) -> bool:
    """Whether the last line is a sentence without its end, and none of what closes documents: a signature, a date, who it is sent to."""
    if _END.search(line) or _closing().search(line):
        return False
    if len(line) >= _LEAST_PROSE and _PROSE.search(line):
        return True
    # 第十六条 制定推荐性: an entry that has begun
    section = document.section_at(start)
    if section is None or section.start < start or section.role not in _ROLES:
        return False
    others = [other for other in document.sections if other.role == section.role and other is not section]
    return section.heading is None and bool(others) and all(other.heading is None for other in others)


def _is_bare(text: str, document: Document, section: Section) -> bool:
    """Whether the last entry is a heading with nothing below it, while the others of its level have text."""
    if section.role in ("other", "article") or text[section.body_start : section.end].strip():
        return False
    others = [other for other in document.sections if other.level == section.level and other is not section]
    with_text = sum(bool(text[other.body_start : other.end].strip()) for other in others)
    return bool(others) and with_text == len(others)


@lru_cache(maxsize=1)
def _more() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, packaged_dictionary("check")["goes_on"])))


@lru_cache(maxsize=1)
def _closing() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, packaged_dictionary("check")["closing"]))
    return re.compile(rf"(?:^|[ 　（(【])(?:{labels})[0-9]?[：:]|年.{{1,6}}[月日]$")


RULE = Rule(
    code="PK304",
    name="text-truncated",
    severity="warning",
    summary="The text looks truncated: it breaks off in a sentence, a bracket or behind a heading, or says that it goes on elsewhere.",
    why="What was cut off is not analysed: a plan seems to have fewer tasks and targets than it has, and comparison reports them as dropped.",
    bad="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台，统筹全市政务数据，\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台，统筹全市政务数据。\n某市人民政府\n2023年9月14日\n",
    find=_find,
    needs_text=True,
)
