"""Times as officials write them: years, halves, quarters, months, plan periods, lengths. Pure values, no documents and no clock.

A date is an interval with its granularity: 2025年 is the whole year, never its first or last day. What has no year of its own
(6月底前, 今年, 全年) is resolved from the year that the caller names, or left open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.patterns import compiled
from policykit.quantities.numerals import parse_number

Granularity = Literal[
    "day", "ten-days", "month", "quarter", "half-year", "year", "financial-year", "years", "plan", "century"
]
#: which end of its interval an expression speaks of: 2025年初, 2025年中, 2025年底
Edge = Literal["", "start", "middle", "end"]


class Interval(NamedTuple):
    """A stretch of days, both ends included, and how exactly the text gave it.

    >>> year_interval(2027)
    Interval(start=datetime.date(2027, 1, 1), end=datetime.date(2027, 12, 31), granularity='year')
    """

    start: date
    end: date
    granularity: Granularity


def year_interval(year: int) -> Interval:
    """A calendar year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def years_interval(first: int, last: int) -> Interval:
    """Calendar years from the first to the last, both included (2023—2025年)."""
    return Interval(date(first, 1, 1), date(last, 12, 31), "years")


def half_year_interval(year: int, half: int) -> Interval:
    """上半年 (1) or 下半年 (2) of a year.

    >>> str(half_year_interval(2019, 1).end)
    '2019-06-30'
    """
    return months_interval(year, 6 * half - 5, 6 * half)._replace(granularity="half-year")


def quarters_interval(year: int, first: int, last: int | None = None) -> Interval:
    """A quarter (1 to 4), or the quarters from the first to the last.

    >>> str(quarters_interval(2025, 2, 3).start), str(quarters_interval(2025, 2, 3).end)
    ('2025-04-01', '2025-09-30')
    """
    return months_interval(year, 3 * first - 2, 3 * (last or first))._replace(granularity="quarter")


def months_interval(year: int, first: int, last: int | None = None) -> Interval:
    """A month (1 to 12), or the months from the first to the last.

    >>> str(months_interval(2024, 2).end)
    '2024-02-29'
    """
    last = last or first
    return Interval(date(year, first, 1), date(year, last, monthrange(year, last)[1]), "month")


def ten_days_interval(year: int, month: int, third: int) -> Interval:
    """上旬 (1), 中旬 (2) or 下旬 (3) of a month."""
    last = monthrange(year, month)[1] if third == 3 else 10 * third
    return Interval(date(year, month, 10 * third - 9), date(year, month, last), "ten-days")


def plan_interval(number: int) -> Interval:
    """The years of a five-year plan by its number: the eleventh is 2006—2010, and five years are added for each that follows.

    >>> str(plan_interval(15).start), str(plan_interval(15).end)
    ('2026-01-01', '2030-12-31')
    """
    first = 1951 + 5 * number
    return Interval(date(first, 1, 1), date(first + 4, 12, 31), "plan")


def financial_year_interval(first: int, last: int | None = None) -> Interval:
    """Hong Kong's financial year that begins in the year `first` (1 April to 31 March), or the years up to that which begins in `last`.

    >>> str(financial_year_interval(2032).end)
    '2033-03-31'
    """
    return Interval(date(first, 4, 1), date((last or first) + 1, 3, 31), "financial-year")


def school_year_interval(first: int) -> Interval:
    """The school year that begins in the year `first` (1 September to 31 August)."""
    return Interval(date(first, 9, 1), date(first + 1, 8, 31), "year")


def mid_century_interval() -> Interval:
    """本世纪中叶: the years around 2050, which official texts give as its end."""
    return Interval(date(2050, 1, 1), date(2050, 12, 31), "century")


# --- reading ---------------------------------------------------------------------------------------------------------------

_DASH = r" ?[-—–－―~～至到]{1,2} ?"
#: what a dash begins with
_JOINTS = frozenset(" -—–－―~～至到")
_YEAR = r"(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_QUARTER = r"[一二三四1-4]"
#: 年中, and not 2023年中国…
_MIDDLE = r"中(?![国央小东西南北学期部美欧俄日药医考级高长共华非亚心外资之的])"
_RELATIVE_YEARS = {"今年": 0, "本年": 0, "明年": 1, "次年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2}

#: one date: a year of any kind, and what stands inside it; either may be missing (the match is then empty). What may be missing is written
#: as one of two alternatives, (?:…|): the engine tries these in half the time of (?:…)?
_DATE = (
    rf"(?:(?P<year>{_YEAR}) ?(?:[-—–/~～] ?(?P<second>[0-9]{{2}}|[〇○零一二三四五六七八九]{{2}})(?![0-9]) ?|)"
    rf"(?:(?P<period>年度|财政年度|财年|学年)|年(?:(?P<edge>底|末(?![端位])|初(?![步始期级中心创])|{_MIDDLE})|)|(?={_DASH}{_YEAR}))"
    r"|(?:中华)?民国 ?(?P<republic>[0-9一二三四五六七八九十百]{1,6}) ?年度?(?:(?P<republic_edge>底|末)|)"
    rf"|(?P<relative>今年|本年(?![限龄])|明年|(?<!人)次年|(?<![以之其])后年|去年|上年(?!度结)|前年)度?(?:(?P<relative_edge>底|末|初(?![步始期级中心创])|{_MIDDLE})|)"
    r"|(?P<whole>全年|年内)"
    r"|) ?"
    r"(?:(?P<half>[上下])半年"
    rf"|第(?P<ordinal>{_QUARTER}) ?季(?!度)|第?(?P<quarter>{_QUARTER})(?:(?:、|{_DASH})第?(?P<last_quarter>{_QUARTER})|) ?季度(?:[末底](?=之?前|[，。；、])|)"
    rf"|前(?P<first_quarters>[一二两三1-3])个?季度|(?P<first_quarter>首季度?)"
    rf"|(?P<month>{_MONTH})(?:(?:、|{_DASH})(?P<last_month>{_MONTH})|) ?月份?(?:(?P<third>[上中下])旬|(?P<month_edge>底|末|初)"
    r"| ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]|)"
    rf"|年(?P<bare_edge>底|末|初(?![步始期级中心创])|{_MIDDLE})|)"
)
_PLAN = (
    r"[“\"‘「『]?第?(?:十(?P<plan>[一二三四五六七八九])(?:五|个五年)|(?<=[“\"‘「『])(?P<early>[七八九十])五(?=[”\"’」』]))"
    r"[”\"’」』]? ?(?:规划|计划)?(?P<plan_part>时期|期间|期末|末期|末|内|前[一二三两]年|后[一二三两]年)"
)
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PLAN_STARTS = frozenset('“"‘「『第十')
_CENTURIES = ("本世纪", "21世纪", "二十一世纪")
#: 今年, 明年, 去年; the others (本年, 次年 …) are read by what stands around them
_THIS_OR_NEXT = frozenset("今明去")
#: behind 2025年: what it may go on with (底, 上半年, 3月, 至2027年)
_YEAR_GOES_ON = frozenset(" -—–－―~～至到起度底末初中上下第前首年0123456789一二三四五六七八九十")
_CENTURY = r"(?:本|21|二十一)世纪(?:中叶|中期|50年代)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return compiled(_PLAN), compiled(_CENTURY), compiled(_DATE), compiled(_DASH)


class CalendarTime(NamedTuple):
    """A date, a period or a range of them as it stands in a text: `start`/`end` bound it, `interval` is None where no year is known.

    `edge` says that the text speaks of the beginning, middle or end of the interval; `stated` whether the text gives the year itself.
    """

    start: int
    end: int
    interval: Interval | None
    edge: Edge = ""
    stated: bool = True
    relative: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day that the expression can mean: 2023年中 ends with June, 2023年底 with December."""
        if self.interval is None:
            return None
        if self.edge == "middle" and self.interval.granularity == "year":
            return date(self.interval.end.year, 6, 30)
        return self.interval.end


def read_calendar(
    text: str, start: int = 0, *, year: int | None = None, near: int | None = None
) -> CalendarTime | None:
    """The calendar time that begins at `start`, with its 底/末/初, without prepositions; None if there is none.

    `year` is the document's and resolves 今年 and 明年; `near` (by default the same) resolves what names no year at all (6月底, 三季度).

    >>> def ends(text, year=None):
    ...     interval = read_calendar(text, year=year).interval
    ...     return [str(interval.start), str(interval.end)]
    >>> ends("二〇三五年"), ends("2023-24至2032-33年度"), ends("“十四五”时期")
    (['2035-01-01', '2035-12-31'], ['2023-04-01', '2033-03-31'], ['2021-01-01', '2025-12-31'])
    >>> ends("6月中旬", 2025), ends("中华民国一百一十二年"), ends("2023年下半年至2024年")
    (['2025-06-11', '2025-06-20'], ['2023-01-01', '2023-12-31'], ['2023-07-01', '2024-12-31'])
    >>> ends("二零二四/二五年度")
    ['2024-04-01', '2025-03-31']
    >>> read_calendar("第三季度").interval is None
    True
    """
    if (year_alone := _year_alone(text, start, year)) is not None:
        return year_alone
    plan, century, single, dash = _patterns()
    first_character = text[start : start + 1]
    if first_character in _PLAN_STARTS and (match := plan.match(text, start)):
        return _read_plan(match)
    if text.startswith(_CENTURIES, start) and (match := century.match(text, start)):
        return CalendarTime(start, match.end(), mid_century_interval())
    match = single.match(text, start)
    if match is None or match.end() == match.start():
        return None
    first = _read_date(match, year, near or year)
    if first is None:
        return None
    opening = first.end + 1 if text.startswith("起", first.end) else first.end  # 自1月1日起至6月30日
    if text[opening : opening + 1] in _JOINTS and (joint := dash.match(text, opening)):
        known = first.interval.end.year if first.interval else near or year
        following = single.match(text, joint.end())
        if following and following.end() > following.start() and (last := _read_date(following, year, known)):
            return _range(first, last)
    if "年" not in match.group() and match["year"]:
        return None  # the year stood before a dash that leads to no second date
    return first


def _year_alone(text: str, start: int, year: int | None) -> CalendarTime | None:
    """2025年 or 今年 with nothing behind that could belong to it: by far the commonest dates need no pattern."""
    end = start + (2 if text[start : start + 1] in _THIS_OR_NEXT else 5)
    if text[end - 1 : end] != "年" or text[end : end + 1] in _YEAR_GOES_ON:
        return None
    reading = _plain_year(text[start:end], year)
    return None if reading is None else tuple.__new__(CalendarTime, (start, end, *reading))


@lru_cache(maxsize=512)
def _plain_year(text: str, year: int | None) -> _Reading | None:
    """What 2025年 or 今年 says; of anything else nothing."""
    figures = text[:-1]
    if len(figures) == 4 and figures.isascii() and figures.isdecimal() and figures[0] in "12":
        return _Reading(year_interval(int(figures)), "", True, False)
    if len(figures) == 1:
        own_year = 0 if year is None else year + _RELATIVE_YEARS[text]
        return _Reading(year_interval(own_year) if 1000 <= own_year <= 9998 else None, "", True, True)
    return None


def _range(first: CalendarTime, last: CalendarTime) -> CalendarTime:
    interval = None
    if first.interval and last.interval and first.interval.start <= last.interval.end:
        granularity = last.interval.granularity if last.interval.granularity != "year" else "years"
        interval = Interval(first.interval.start, last.interval.end, granularity)
    return CalendarTime(first.start, last.end, interval, last.edge, first.stated or last.stated, first.relative)


def _read_plan(match: re.Match[str]) -> CalendarTime:
    interval = plan_interval(10 + _small(match["plan"]) if match["plan"] else _small(match["early"]))
    part = match["plan_part"]
    if part[0] in "前后" and len(part) == 3:
        years = _small(part[1])
        first, last = interval.start.year, interval.end.year
        interval = (
            years_interval(first, first + years - 1) if part[0] == "前" else years_interval(last - years + 1, last)
        )
    return CalendarTime(match.start(), match.end(), interval, "end" if "末" in part else "")


_EDGES: dict[str, Edge] = {"底": "end", "末": "end", "初": "start", "中": "middle"}


class _Reading(NamedTuple):
    """What a date says wherever it stands: the fields of a `CalendarTime` behind its bounds."""

    interval: Interval | None
    edge: Edge
    stated: bool
    relative: bool


def _read_date(match: re.Match[str], year: int | None, near: int | None) -> CalendarTime | None:
    reading = _reading(match.groups(), year, near)
    if reading is None:
        return None
    end, text = match.end(), match.string
    while text[end - 1] == " ":  # the optional space after the year when nothing follows
        end -= 1
    return tuple.__new__(CalendarTime, (match.start(), end, *reading))  # in half the time of CalendarTime(…)


@lru_cache(maxsize=1024)
def _reading(parts: tuple[str | None, ...], year: int | None, near: int | None) -> _Reading | None:
    """The parts of a date (the groups of its pattern) read; kept, as a document names the same few dates again and again."""
    groups = dict(zip(_patterns()[2].groupindex, parts, strict=True))
    stated = True
    interval: Interval | None = None
    own_year: int | None
    if groups["year"]:
        own_year = _small(groups["year"])
        if groups["second"]:
            interval = _two_digit_range(own_year, int(groups["second"].translate(_FIGURES)), groups["period"])
            if interval is None:
                return None
        elif groups["period"] == "学年":
            interval = school_year_interval(own_year)
    elif groups["republic"]:
        own_year = 1911 + _small(groups["republic"])
    elif groups["relative"]:
        own_year = None if year is None else year + _RELATIVE_YEARS[groups["relative"]]
    else:
        own_year, stated = near, False
    edge_word = (
        groups["edge"]
        or groups["relative_edge"]
        or groups["month_edge"]
        or groups["bare_edge"]
        or groups["republic_edge"]
    )
    edge = _EDGES[edge_word] if edge_word else ""
    if interval is None and own_year is not None and 1000 <= own_year <= 9998:
        try:
            interval = _inside(own_year, groups)
        except ValueError:
            return None
    return _Reading(interval, edge, stated, bool(groups["relative"] or groups["whole"]))


def _two_digit_range(first: int, second: int, period: str | None) -> Interval | None:
    last = first - first % 100 + second
    if last < first:
        last += 100
    if period == "学年":
        return school_year_interval(first)
    if last == first + 1 and period != "年":
        return financial_year_interval(first)
    return years_interval(first, last) if last - first <= 50 else None


def _inside(year: int, groups: dict[str, str | None]) -> Interval:
    """What a date names inside its year; raises ValueError for 2月30日."""
    if groups["half"]:
        return half_year_interval(year, 1 if groups["half"] == "上" else 2)
    if groups["quarter"]:
        return quarters_interval(year, _small(groups["quarter"]), _small(groups["last_quarter"]) or None)
    if groups["ordinal"]:
        return quarters_interval(year, _small(groups["ordinal"]))
    if groups["first_quarters"]:
        return quarters_interval(year, 1, _small(groups["first_quarters"]))
    if groups["first_quarter"]:
        return quarters_interval(year, 1)
    if groups["month"]:
        month = _small(groups["month"])
        if groups["third"]:
            return ten_days_interval(year, month, "上中下".index(groups["third"]) + 1)
        if groups["day"]:
            day = date(year, month, _small(groups["day"]))
            return Interval(day, day, "day")
        return months_interval(year, month, _small(groups["last_month"]) or None)
    return year_interval(year)


def _small(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else int(parse_number(text) or 0)


# --- lengths ---------------------------------------------------------------------------------------------------------------

_COUNT = r"(?:[0-9]{1,4}(?:\.5)?|[一二三四五六七八九十百两]{1,4}|半)"
#: ISO 8601 designators; a quarter is three months, working days are counted as days
_UNITS = {
    "年": "Y", "周年": "Y", "个年度": "Y", "个月": "M", "月": "M", "个季度": "3M", "季度": "3M", "季": "3M",
    "周": "W", "个星期": "W", "星期": "W", "天": "D", "日": "D", "个工作日": "D", "工作日": "D", "个自然日": "D", "自然日": "D",
    "个小时": "TH", "小时": "TH", "分钟": "TM",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))


@lru_cache(maxsize=1)
def _length_pattern() -> re.Pattern[str]:
    return compiled(
        rf"(?:(?P<low>{_COUNT})(?:{_DASH}|、|或))?(?P<count>{_COUNT}) ?(?P<unit>{_UNIT})(?P<half>半(?=[内之以的时]))?"
    )


class Length(NamedTuple):
    """A length of time as it stands in a text, `iso` in ISO 8601 (of a range the longer end)."""

    start: int
    end: int
    iso: str


def read_length(text: str, start: int = 0) -> Length | None:
    """The length of time that begins at `start`; None if there is none.

    >>> [read_length(text).iso for text in ("三年", "15个工作日", "半年", "24小时", "5—10年", "一个季度", "一年半内", "两周")]
    ['P3Y', 'P15D', 'P6M', 'PT24H', 'P10Y', 'P3M', 'P18M', 'P2W']
    """
    match = _length_pattern().match(text, start)
    if match is None:
        return None
    iso = _iso_of(*match.group("count", "unit", "half"))
    return None if iso is None else Length(match.start(), match.end(), iso)


@lru_cache(maxsize=1024)
def _iso_of(count: str, unit: str, half: str | None) -> str | None:
    """A length in ISO 8601 (三, 年, 半 gives P42M); None where it is nothing."""
    number = 0.5 if count == "半" else float(_small(count) if count.isdecimal() else parse_number(count) or 0)
    if half:
        number += 0.5
    return _iso(number, _UNITS[unit]) if number > 0 else None


def _iso(number: float, designator: str) -> str:
    if designator == "3M":
        number, designator = number * 3, "M"
    if number != int(number):  # half of one unit is given in the next smaller one
        smaller = {"Y": (12, "M"), "TH": (60, "TM"), "D": (24, "TH"), "W": (7, "D"), "M": (30, "D")}
        factor, designator = smaller.get(designator, (1, designator))
        number *= factor
    return f"P{designator[:-1]}{int(number)}{designator[-1]}"
