"""Finding time expressions in running text: calendar times, lengths, recurrences and starts of validity, each with its 到, 内, 起.

What an expression is for (a deadline, a past event, a name) is decided in `time_rules`; here only its bounds and its value count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled
from policykit.quantities.dates import CalendarTime, Length, read_calendar, read_length

Kind = Literal["calendar", "length", "recurrence", "start", "event", "period"]


class TimeExpression(NamedTuple):
    """A time expression. `start`/`end` bound it with its preposition and its 前/内/起, `core_start`/`core_end` the time itself.

    `lead` is the preposition (到, 至, 自, 有效期至 …), `tail` what follows the time (前, 内, 期间, 起 …), both without the core;
    `calendar` is set for calendar times, `iso` for lengths and recurrences.
    """

    kind: Kind
    start: int
    end: int
    core_start: int
    core_end: int
    lead: str = ""
    tail: str = ""
    calendar: CalendarTime | None = None
    iso: str | None = None


_NUMERALS = "0123456789〇○零一二三四五六七八九十百两半"

#: What time expressions are built around: one rare character, then a look at its neighbours; the (empty) group names the reader to ask.
#: The class stands first so that the search skips to it.
_ANCHOR = (
    r"[年月季天日周世每逐起前小分星五划](?:"
    rf"(?<=[{_NUMERALS}个 ][年月季])(?P<either>)"
    r"|(?<=[今本明次后去上前全份][年月])(?P<calendar>)|(?<=年)(?=[底末初中内])(?P<edge>)|(?<=首季)(?P<first>)|(?<=世)(?=纪[中5])(?P<century>)"
    r"|(?<=五)(?=(?:个五年规划|个五年|[”\"’」』]?)(?:规划)?(?:时期|期间|期?末|内|前[一二三两]年|后[一二三两]年))(?P<plan>)"
    rf"|(?<=[{_NUMERALS} ][天日周])(?P<length>)|(?<=[作然]日)(?P<workday>)|(?<=小)(?=时)(?P<hour>)|(?<=分)(?=钟)(?P<minute>)"
    r"|(?<=星)(?=期)(?P<week>)"
    r"|(?<=每)(?!每)(?P<recurrence>)|(?<=逐)(?=年)(?P<yearly>)"
    r"|(?<=[日后]起)(?P<start>)|(?<=日)(?=施行|实施|生效)(?P<force>)"
    r"|(?<=[汛节冬学日夏季]前)(?P<event>)|(?<=划)(?=期末)(?P<period>))"
)

#: characters that may stand between the beginning of a time and its anchor
_CORE = _NUMERALS + '.—-–－―~～至到或 /、第上下前今明本去后次全首年月季度个日号起工作自然中华民国“"‘「『份底末'
_CALENDAR_START = frozenset('0123456789〇一二三四五六七八九十“"‘「『第上下前今明本去后次全首年中民')
_LENGTH_START = frozenset(_NUMERALS)
#: 青年中发展党员 names no time
_NOT_BEFORE_YEAR_END = frozenset(_NUMERALS + "青少成学历老往常多经中幼童壮盛千")
_WINDOW = 26

_LEAD = (
    r"(?:(?:(?:(?:有效|施行|执行|实施|试行)期限?|期限)为?(?:截至|截止至?到?|延长至|延续至|至|到|自)?|延长至|延续至|延至|顺延至|截止至|截止到|截止|截至|至|到"
    r"|到(?=\n\Z)|(?:截止|到期|届满)(?:时间|日期|日)[为是：:]?|展望|自|从|由|经过|通过|今后|未来|为期|不超过|不得超过|不得逾|不逾|最长不超过|延长|再奋斗|再用|用)(?:约|大约)?)[ \n]?\Z(?<!望\n)(?<![^到]\n)"
)
_TAIL = (
    r"(?: ?[^\W\d_]{0,4}会期)?(?:(?:24|二十四|零|0)[时点](?:整)?)?(?:(?:左右)?的?(?:时间|努力|奋斗)(?:以内|之内|内)?|左右(?=[，,完建实基形培打])|周期内?"
    r"|(?: ?(?:或|及)?(?:之|以)?前|(?:完结|结束)(?:之|以)?前)(?![期列沿景进后者述半段往去来置端言夕瞻]|提(?![出交供请])|[0-9一二三两]{1,2}个?[年月季])"
    r"|年?内(?![需容部地涵控生外陆河在蒙])|以内|之内|期间|期内|全年|以来|以后|之后|后(?![年续期勤])"
    r"|(?:日|之日)?(?:开始|起)(?:正式)?(?:施行|实施|执行|生效|试行|适用)?| ?施行)?"
)


#: prepositions that only lengths take
_LENGTH_LEADS = ("用", "再用", "经过", "通过", "今后", "未来", "为期", "再奋斗", "不", "最长")


@lru_cache(maxsize=1)
def _anchor() -> re.Pattern[str]:
    return compiled(_ANCHOR)


@lru_cache(maxsize=1)
def _surroundings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return compiled(_LEAD), compiled(_TAIL)


class Years(NamedTuple):
    """The years that resolve what states none: the document's (今年), and that of the sentence (6月底)."""

    document: int | None
    sentence: int | None


_SENTENCE = frozenset("。！？；\n")


def find_time_expressions(text: str, *, year: int | None = None) -> Iterator[TimeExpression]:
    """The time expressions of a text in order, not overlapping; `year` resolves those that name none.

    >>> [(text[e.start:e.end], e.lead, e.tail) for text in ["到2027年，力争用3年时间"] for e in find_time_expressions(text)]
    [('到2027年', '到', ''), ('用3年时间', '用', '时间')]
    """
    position = checked = 0
    near = year  # the year of the sentence: 2026年3月底前…，6月底前…
    for match in _anchor().finditer(text):
        anchor = match.start()
        if anchor < position:
            continue
        if near != year and not _SENTENCE.isdisjoint(text[checked:anchor]):
            near = year
        checked = anchor
        found = _READERS[match.lastgroup or ""](text, anchor, position, Years(year, near))
        if found is not None:
            yield found
            position = found.end
            calendar = found.calendar
            if calendar and calendar.stated and calendar.interval and calendar.interval.end.year > (year or 9999):
                near = calendar.interval.start.year


def _lower_bound(text: str, anchor: int, floor: int) -> int:
    window = max(floor, anchor - _WINDOW)
    return window + len(text[window:anchor].rstrip(_CORE))


def _calendar(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    lower = _lower_bound(text, anchor, floor)
    for start in range(lower, anchor + 1):
        if text[start] not in _CALENDAR_START:
            continue
        before = text[start - 1 : start]
        if (before.isdigit() and text[start].isdigit()) or (start == anchor and before in _NOT_BEFORE_YEAR_END):
            continue
        found = read_calendar(text, start, year=years.document, near=years.sentence)
        if found is not None and found.end > anchor:
            occasion = _event_pattern().match(text, found.end)
            if occasion and occasion["tail"] != "前后":  # 2026年春节前
                return TimeExpression(
                    "event", start, occasion.end(), start, occasion.start("tail"), tail=occasion["tail"]
                )
            return _expression("calendar", text, start, found.end, floor, calendar=found)
    return None


def _length(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    lower = _lower_bound(text, anchor, floor)
    for start in range(lower, anchor + 1):
        if text[start] not in _LENGTH_START or (start > lower and text[start - 1 : start].isdigit()):
            continue
        found = read_length(text, start)
        if found is not None and found.end > anchor:
            return _with_bracket(text, _expression("length", text, start, found.end, floor, iso=found.iso), years)
    return None


def _with_bracket(text: str, expression: TimeExpression, years: Years) -> TimeExpression:
    """未来五年（2023-24至2027-28年度）: the dates in the bracket belong to the length."""
    opened = expression.end
    if text.startswith("期", opened) and not expression.tail:
        opened += 1
    while text.startswith(" ", opened):
        opened += 1
    if not text.startswith(("（", "("), opened):
        return expression
    opened += 1
    while text.startswith((" ", "即"), opened):
        opened += 1
    inside = read_calendar(text, opened, year=years.document)
    if inside is None or not inside.stated:
        return expression
    closed = inside.end + text.startswith(" ", inside.end)
    if not text.startswith(("）", ")"), closed):
        return expression
    tail = "期" if text.startswith("期", expression.core_end) else expression.tail
    return expression._replace(end=closed + 1, tail=tail, calendar=inside)


def _either(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    return _calendar(text, anchor, floor, years) or _length(text, anchor, floor, years)


def _recurrence(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    if text.startswith("逐年", anchor):
        return TimeExpression("recurrence", anchor, anchor + 2, anchor, anchor + 2, iso="P1Y")
    start = anchor + 1
    while text.startswith((" ", "隔"), start):
        start += 1
    length = read_length(text, start) or _unit_alone(text, start)
    if length is None:
        occasion = _occasion().match(text, anchor)
        return TimeExpression("recurrence", anchor, occasion.end(), anchor, occasion.end()) if occasion else None
    end = length.end
    # 每年2月底前: the day inside each year belongs to it
    if (
        length.iso in ("P1Y", "P1M")
        and (inside := read_calendar(text, end))
        and not inside.stated
        and not inside.relative
    ):
        tail = _surroundings()[1].match(text, inside.end)
        end = inside.end + (len(tail.group()) if tail else 0)
    return TimeExpression("recurrence", anchor, end, anchor, end, iso=length.iso)


@lru_cache(maxsize=1)
def _occasion() -> re.Pattern[str]:
    """每次会议后, 每个会期: something recurs without a length."""
    return compiled(r"每(?:一?次|个|届)[^\W\d_]{1,10}?(?:会期|会议后|会期内|届满前)")


_UNITS_ALONE = (
    ("季度", "P3M"), ("季", "P3M"), ("年度", "P1Y"), ("学年", "P1Y"), ("学期", "P6M"), ("年", "P1Y"), ("个月", "P1M"), ("月", "P1M"), ("星期", "P1W"),
    ("周", "P1W"), ("天", "P1D"), ("日", "P1D"), ("小时", "PT1H"),
)  # fmt: skip


def _unit_alone(text: str, start: int) -> Length | None:
    for unit, iso in _UNITS_ALONE:
        if text.startswith(unit, start):
            return Length(start, start + len(unit), iso)
    return None


_ACTS = r"(?:发布|公布|公告|印发|下发|颁布|签发|签署|批准|施行)"
_EFFECT = r"(?:正式)?(?:施行|实施|执行|生效|试行|适用)"


@lru_cache(maxsize=1)
def _start_pattern() -> re.Pattern[str]:
    return compiled(
        rf"(?:(?:自(?:本[^\W\d_]{{1,6}})?)?{_ACTS}(?:之|后|的)?日? ?(?:(?=施行|实施|生效)|起)(?:[0-9一二三四五六七八九十]{{1,4}}(?:日|个月|天)后(?={_EFFECT}))?|自?即日起)(?:{_EFFECT})?"
        rf"|(?:自[^\W\d_]{{1,14}}|{_ACTS}[^\W\d_]{{0,12}})之日起(?=[，,])"
    )


def _start(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    """自发布之日起施行: validity that begins with an act, without a date."""
    for start in range(max(floor, anchor - 18), anchor):
        if (
            text[start] in "自本发公印下颁签批施即"
            and (found := _start_pattern().match(text, start))
            and found.end() > anchor
        ):
            return TimeExpression(
                "start", start, found.end(), start, found.end(), lead="自", tail=text[anchor : found.end()]
            )
    return None


@lru_cache(maxsize=1)
def _event_pattern() -> re.Pattern[str]:
    occasions = "|".join(map(re.escape, packaged_dictionary("time_words")["occasions"]["words"]))
    return compiled(
        rf"(?:(?:{occasions})|(?<=在)[^\W\d_]{{2,6}}[日节])(?:来临)?(?P<tail>前后|之前|以前|前)(?![往期列述者])"
    )


def _event(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    """入汛前, 在国家扶贫日前后: an occasion whose date the text does not give."""
    for start in range(max(floor, anchor - 8), anchor):
        if (found := _event_pattern().match(text, start)) and found.end() > anchor:
            return TimeExpression("event", start, found.end(), start, found.start("tail"), tail=found["tail"])
    return None


def _period(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    """到规划期末: the end of the period that the document's title names."""
    if anchor <= floor or text[anchor - 1] != "规":
        return None
    start = anchor - 2 if anchor - 2 >= floor and text[anchor - 2] in "到至" else anchor - 1
    return TimeExpression("period", start, anchor + 3, anchor - 1, anchor + 3, tail="末")


def _expression(
    kind: Kind,
    text: str,
    start: int,
    end: int,
    floor: int,
    *,
    calendar: CalendarTime | None = None,
    iso: str | None = None,
) -> TimeExpression:
    """A time with the preposition before it and the 前, 内, 起 behind it."""
    lead_pattern, tail_pattern = _surroundings()
    window = max(floor, start - 10)
    lead = lead_pattern.search(text[window:start])
    if lead is not None and kind == "calendar" and lead.group().startswith(_LENGTH_LEADS):
        lead = None  # 利用2026年…
    tail = tail_pattern.match(text, end)
    tail_text = tail.group() if tail else ""
    return TimeExpression(
        kind,
        start - len(lead.group()) if lead else start,
        end + len(tail_text),
        start,
        end,
        lead.group().strip() if lead else "",
        tail_text.strip(),
        calendar,
        iso,
    )


_READERS = {
    "either": _either,
    **dict.fromkeys(("calendar", "edge", "first", "century", "plan"), _calendar),
    **dict.fromkeys(("length", "workday", "hour", "minute", "week"), _length),
    **dict.fromkeys(("recurrence", "yearly"), _recurrence),
    **dict.fromkeys(("start", "force"), _start),
    "event": _event,
    "period": _period,
}
