"""Finding time expressions in running text: calendar times, lengths, recurrences and starts of validity, each with its 到, 内, 起.

What an expression is for (a deadline, a past event, a name) is decided in `time_rules`; here only its bounds and its value count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
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
#: how far before a time its preposition is looked for
_LEAD_REACH = 10
#: the last letters of a preposition: most times stand behind none
_LEAD_ENDS = frozenset("期限为至到自长止间日是：:望从由过后来逾斗用约 \n")
_SITTING = r"(?: ?[^\W\d_]{0,4}会期|)"
#: (?:…|) is (?:…)? that takes the engine half the time
_TAIL = (
    r"(?:(?:24|二十四|零|0)[时点]整?|)(?:(?:左右|)的?(?:时间|努力|奋斗)(?:以内|之内|内|)|左右(?=[，,完建实基形培打])|周期内?"
    r"|(?: ?[或及]?[之以]?前|(?:完结|结束)[之以]?前)(?![期列沿景进后者述半段往去来置端言夕瞻]|提(?![出交供请])|[0-9一二三两]{1,2}个?[年月季])"
    r"|年?内(?![需容部地涵控生外陆河在蒙])|以内|之内|期间|期内|全年|以来|以后|之后|后(?![年续期勤])"
    r"|(?:日|之日|)(?:开始|起)(?:正式|)(?:施行|实施|执行|生效|试行|适用|)| ?施行|)"
)
#: the first letters of a tail, but for that of a sitting (立法会会期)
_TAIL_STARTS = frozenset("2二零0左的时努奋周 或及之以前完结年内期全后日开起施")
#: how far behind a time a sitting is looked for
_SITTING_REACH = 7


#: prepositions that only lengths take
_LENGTH_LEADS = ("用", "再用", "经过", "通过", "今后", "未来", "为期", "再奋斗", "不", "最长")


@lru_cache(maxsize=1)
def _surroundings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return compiled(_LEAD), compiled(_SITTING + _TAIL)


class Years(NamedTuple):
    """The years that resolve what states none: the document's (今年), and that of the sentence (6月底)."""

    document: int | None
    sentence: int | None


#: what reads the expression around an anchor: text, offset of the anchor, where the expression before ended, the years
_Reader = Callable[[str, int, int, Years], TimeExpression | None]

_SENTENCE = frozenset("。！？；\n")


def find_time_expressions(text: str, *, year: int | None = None) -> Iterator[TimeExpression]:
    """The time expressions of a text in order, not overlapping; `year` resolves those that name none.

    >>> [(text[e.start:e.end], e.lead, e.tail) for text in ["到2027年，力争用3年时间"] for e in find_time_expressions(text)]
    [('到2027年', '到', ''), ('用3年时间', '用', '时间')]
    """
    position = checked = 0
    near = year  # the year of the sentence: 2026年3月底前…，6月底前…
    years = Years(year, near)
    readers = _anchored(text)
    for anchor in sorted(readers):
        if anchor < position:
            continue
        if near != year and not _SENTENCE.isdisjoint(text[checked:anchor]):
            near = year
            years = Years(year, near)
        checked = anchor
        found = readers[anchor](text, anchor, position, years)
        if found is not None:
            yield found
            position = found.end
            calendar = found.calendar
            if calendar and calendar.stated and calendar.interval and calendar.interval.end.year > (year or 9999):
                near = calendar.interval.start.year
                years = Years(year, near)


def _anchored(text: str) -> dict[int, _Reader]:
    """Where something stands that a time expression may be built around, and the reader to ask."""
    found: dict[int, _Reader] = {}
    beyond = text + "\n"  # for a look before the first letter and behind the last
    for sign, before, behind, reader_by_behind in _ANCHORS:
        place = text.find(sign)
        while place >= 0:
            reader = before.get(beyond[place - 1])
            if reader is not None:
                found[place] = reader
            elif beyond[place + 1] in behind:
                found[place] = reader_by_behind
            place = text.find(sign, place + 1)
    return found


def _lower_bound(text: str, anchor: int, floor: int) -> int:
    window = anchor - _WINDOW
    if window < floor:
        window = floor
    return window + len(text[window:anchor].rstrip(_CORE))


def _calendar(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    return _calendar_from(_lower_bound(text, anchor, floor), text, anchor, floor, years)


def _calendar_from(lower: int, text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    for start in range(lower, anchor + 1):
        if text[start] not in _CALENDAR_START:
            continue
        before = text[start - 1 : start]
        if (before.isdigit() and text[start].isdigit()) or (start == anchor and before in _NOT_BEFORE_YEAR_END):
            continue
        found = read_calendar(text, start, year=years.document, near=years.sentence)
        if found is not None and found.end > anchor:
            behind = text[found.end : found.end + 1]
            # 2026年春节前
            if behind in _occasion_starts() and (occasion := _event_pattern().match(text, found.end)):
                tail = occasion["tail"]
                if tail != "前后":
                    return TimeExpression("event", start, occasion.end(), start, occasion.start("tail"), tail=tail)
            return _expression("calendar", text, start, found.end, floor, found, None)
    return None


def _length(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    return _length_from(_lower_bound(text, anchor, floor), text, anchor, floor, years)


def _length_from(lower: int, text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    for start in range(lower, anchor + 1):
        if text[start] not in _LENGTH_START or (start > lower and text[start - 1].isdigit()):
            continue
        found = read_length(text, start)
        if found is not None and found.end > anchor:
            return _with_bracket(text, _expression("length", text, start, found.end, floor, None, found.iso), years)
    return None


def _with_bracket(text: str, expression: TimeExpression, years: Years) -> TimeExpression:
    """未来五年（2023-24至2027-28年度）: the dates in the bracket belong to the length."""
    opened = expression.end
    if text[opened : opened + 1] not in _BEFORE_BRACKET:
        return expression
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


#: a bracket, or what may stand before it
_BEFORE_BRACKET = frozenset("期 （(")


def _either(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    lower = _lower_bound(text, anchor, floor)
    # 三年, 10年: but for 上半年 (and 年底 behind a space), what is not even three letters long is no calendar time
    is_short = anchor - lower < 3 and text[anchor] == "年" and text[anchor - 1] not in "半 个"
    found = None if is_short else _calendar_from(lower, text, anchor, floor, years)
    return found or _length_from(lower, text, anchor, floor, years)


def _recurrence(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
    if text.startswith("逐年", anchor):
        return TimeExpression("recurrence", anchor, anchor + 2, anchor, anchor + 2, iso="P1Y")
    start = anchor + 1
    while text[start : start + 1] in (" ", "隔"):
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
        end = inside.end + len(_tail(text, inside.end))
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


def _occasions() -> list[str]:
    words: list[str] = packaged_dictionary("time_words")["occasions"]["words"]
    return words


@lru_cache(maxsize=1)
def _occasion_starts() -> frozenset[str]:
    return frozenset(word[0] for word in _occasions())


@lru_cache(maxsize=1)
def _event_pattern() -> re.Pattern[str]:
    occasions = "|".join(map(re.escape, _occasions()))
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
    kind: Kind, text: str, start: int, end: int, floor: int, calendar: CalendarTime | None, iso: str | None
) -> TimeExpression:
    """A time with the preposition before it and the 前, 内, 起 behind it."""
    lead = _lead(text, floor, start)
    if lead and kind == "calendar" and lead.startswith(_LENGTH_LEADS):
        lead = ""  # 利用2026年…
    tail = _tail(text, end)
    fields = kind, start - len(lead), end + len(tail), start, end, lead.strip(), tail.strip(), calendar, iso
    return tuple.__new__(TimeExpression, fields)  # as TimeExpression(*fields) gives it, in half the time


def _lead(text: str, floor: int, start: int) -> str:
    """The preposition before a time, not from before `floor`; nothing where there is none."""
    if start <= floor or text[start - 1] not in _LEAD_ENDS:
        return ""
    found = _surroundings()[0].search(text, max(floor, start - _LEAD_REACH), start)
    return found.group() if found else ""


def _tail(text: str, end: int) -> str:
    """The 前, 内, 起 behind a time; nothing where there is none."""
    if text[end : end + 1] not in _TAIL_STARTS and text.find("会期", end, end + _SITTING_REACH) < 0:
        return ""
    found = _surroundings()[1].match(text, end)
    return found.group() if found else ""


#: what makes 五, 日, 世, 划 more than a letter
_OF_PLAN = compiled(r"五(?:个五年规划|个五年|[”\"’」』]?)(?:规划)?(?:时期|期间|期?末|内|前[一二三两]年|后[一二三两]年)")
_IN_FORCE = compiled("日(?:施行|实施|生效)")
_OF_CENTURY = compiled("世纪[中5]")
_END_OF_PERIOD = compiled("划期末")


def _only_in(phrase: re.Pattern[str], reader: _Reader) -> _Reader:
    """A reader that is asked only where a phrase begins with the anchor."""

    def read(text: str, anchor: int, floor: int, years: Years) -> TimeExpression | None:
        return reader(text, anchor, floor, years) if phrase.match(text, anchor) else None

    return read


class _Anchor(NamedTuple):
    """What time expressions are built around: a letter, rare enough to be found, and the reader to ask by what stands beside it.

    `before`: readers by the letter right before the sign. Where that has none, `reader` is asked if one of the letters `behind` follows.
    """

    sign: str
    before: Mapping[str, _Reader]
    behind: frozenset[str]
    reader: _Reader


def _by_letter(**letters_of: str) -> dict[str, _Reader]:
    readers = {"either": _either, "calendar": _calendar, "length": _length, "start": _start, "event": _event}
    return {letter: readers[name] for name, letters in letters_of.items() for letter in letters}


_NAMED = "今本明次后去上前全份"
_NOTHING: frozenset[str] = frozenset()
#: what a length, a unit alone (每季度) or an occasion (每次会议后) begins with, or the 隔 before it
_RECURS = frozenset(_NUMERALS + " 隔季年学个月星周天日小次届")
_ANCHORS = (
    _Anchor("年", _by_letter(either=_NUMERALS + "个 ", calendar=_NAMED), frozenset("底末初中内"), _calendar),
    _Anchor("月", _by_letter(either=_NUMERALS + "个 ", calendar=_NAMED), _NOTHING, _calendar),
    _Anchor("日", _by_letter(length=_NUMERALS + " 作然"), frozenset("施实生"), _only_in(_IN_FORCE, _start)),
    _Anchor("前", _by_letter(event="汛节冬学日夏季 "), _NOTHING, _event),
    _Anchor("起", _by_letter(start="日后"), _NOTHING, _start),
    _Anchor("小", {}, frozenset("时"), _length),
    _Anchor("分", {}, frozenset("钟"), _length),
    _Anchor("星", {}, frozenset("期"), _length),
    _Anchor("逐", {}, frozenset("年"), _recurrence),
    _Anchor("天", _by_letter(length=_NUMERALS + " "), _NOTHING, _length),
    _Anchor("周", _by_letter(length=_NUMERALS + " "), _NOTHING, _length),
    _Anchor("季", _by_letter(either=_NUMERALS + "个 ", calendar="首"), _NOTHING, _calendar),
    _Anchor("世", {}, frozenset("纪"), _only_in(_OF_CENTURY, _calendar)),
    _Anchor("划", {}, frozenset("期"), _only_in(_END_OF_PERIOD, _period)),
    _Anchor("五", {}, frozenset('个规时期末内前后”"’」』'), _only_in(_OF_PLAN, _calendar)),
    _Anchor("每", {}, _RECURS, _recurrence),
)
