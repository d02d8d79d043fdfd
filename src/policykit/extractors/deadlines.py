"""Time expressions that say when something is to be reached or done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from policykit.document.appended import appended_parts
from policykit.document.model import Document
from policykit.extractors.time_expressions import find_time_expressions
from policykit.extractors.time_rules import judge, looks_back, may_look_back
from policykit.extractors.time_situation import Setting
from policykit.findings import Deadline
from policykit.patterns import compiled
from policykit.quantities.dates import Interval, read_calendar
from policykit.text.spans import Span


def extract_deadlines(document: Document) -> tuple[Deadline, ...]:
    """The deadlines of a document, in order."""
    setting = read_setting(document)
    found: list[Deadline] = []
    for expression in find_time_expressions(document.text, year=setting.year):
        rule, start, end, relation, from_date, to_date, duration = judge(expression, setting)
        if relation is None or (found and start < found[-1].end):
            continue
        fields = start, end, relation, from_date, to_date, duration, rule
        deadline = tuple.__new__(Deadline, fields)  # as Deadline(*fields) gives it, in half the time
        if relation == "by" and found and _is_ended_by(found[-1], deadline):
            found[-1] = found[-1]._replace(to_date=to_date)
        elif to_date is None and found and _ends(found[-1], deadline, document.text):
            deadline = deadline._replace(to_date=found[-1].to_date)
        found.append(deadline)
    return tuple(found)


def _is_ended_by(length: Deadline, date_: Deadline) -> bool:
    """再奋斗五年，到2035年: the date right behind a length says when it ends."""
    return length.relation == "within" and length.to_date is None and 0 <= date_.start - length.end <= 1


def _ends(date_: Deadline, length: Deadline, text: str) -> bool:
    """到2035年的奋斗目标，再奋斗五年: the date named before in the sentence says when the length ends."""
    between = text[date_.end : length.start]
    striving = text.startswith("再奋斗", length.start)
    return striving and date_.relation == "by" and len(between) <= 40 and not _SENTENCE_END.search(between)


_SENTENCE_END = compiled("[。；\n]")
_YEAR_OF_NUMBER = compiled(r"[〔\[（(]((?:19|20)[0-9]{2})[〕\]）)]")
_YEAR_OF_TITLE = compiled(r"((?:19|20)[0-9]{2}) ?(?:年|[-—–－~～至])")
#: a year of which the text speaks as its own, not as a goal
_STATED_YEAR = compiled(r"(20[0-9]{2})年(?!(?:底|末)?前)(?<!到.{5})(?<!比.{5})")


def read_setting(document: Document) -> Setting:
    """When the document speaks: its date of issue or publication, else the year of its number or title.

    Where it says none of these, the year that its text names most often resolves 今年 and 6月底, and nothing counts as past.
    """
    metadata = document.metadata
    issued = metadata.issued or metadata.published
    exact = issued is not None
    year = issued.year if issued else None
    titles = [title for title in (metadata.title, metadata.carrier) if title]
    opening = document.text[document.body.start : document.body.start + 200]
    period = _period(titles or [opening])
    if year is None and metadata.number and (match := _YEAR_OF_NUMBER.search(metadata.number)):
        year = int(match[1])
    if year is None:
        year = next((int(match[1]) for title in titles if (match := _YEAR_OF_TITLE.search(title))), None)
    if year is None and period is not None:
        year = period.start.year
    if issued is None and year is not None:
        issued = date(year, 1, 1)
    if year is None:
        named = Counter(_STATED_YEAR.findall(document.text, document.body.start, document.body.end))
        year = int(named.most_common(1)[0][0]) if named else None
    return Setting(document, issued, year, tuple(_reviews(document)), period, exact, appended_parts(document))


_PERIOD_OF_TITLE = compiled(
    r"20[0-9]{2}年?[-—–－~～至]{1,2}20[0-9]{2}年|[“\"]?十[一二三四五六七八九]五[”\"]?|第十[一二三四五六七八九]个五年"
)


def _period(titles: list[str]) -> Interval | None:
    for title in titles:
        if match := _PERIOD_OF_TITLE.search(title):
            text = match.group()
            found = read_calendar(text if text.endswith("年") and not text.startswith("第") else f"{text}规划时期")
            if found is not None:
                return found.interval
    return None


_NOTES = compiled(r"\n(?:附件[0-9]?[:：]?)?(?:注释|注解|[^\n]{0,12}名词(?:术语)?(?:解释|注释|说明))[:：]?\n")


def _reviews(document: Document) -> Iterator[Span]:
    """The sections whose heading says that they look back, and nothing else; notes that explain terms."""
    if may_look_back([section.heading for section in document.sections if section.heading]):
        for section in document.sections:
            if section.heading and looks_back(section.heading):
                yield Span(section.start, section.end)
    text = document.text
    # a look into every line takes longer; a letter is found sooner than a word
    has_notes = (
        ("释" in text and "注释" in text) or ("词" in text and "名词" in text) or ("注" in text and "注解" in text)
    )
    if has_notes and (notes := _NOTES.search(text)):
        yield Span(notes.start(), len(text))
