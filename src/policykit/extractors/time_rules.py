"""What a time expression is for: a deadline with its relation, or a name, a baseline, a past event, a condition.

Each rule looks at one expression in its sentence and either decides or passes it on; the first that decides counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.extractors.time_expressions import TimeExpression
from policykit.findings import Relation
from policykit.quantities.dates import Interval, plan_interval, read_calendar
from policykit.text.spans import Span


@dataclass(frozen=True)
class Setting:
    """The document that an expression stands in and when it speaks (None where it does not say).

    `reviews` are the stretches of its text that look back, `period` the years that its title gives it (2023—2027年, “十四五”);
    `exact` is false where only the year of issue is known.
    """

    document: Document
    issued: date | None
    year: int | None
    reviews: tuple[Span, ...] = ()
    period: Interval | None = None
    exact: bool = True

    @cached_property
    def sentence_marks(self) -> list[int]:
        """Where sentences end."""
        return [match.start() for match in _MARKS.finditer(self.document.text)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an expression was taken for. `relation` is None where it is no deadline; `rule` says why."""

    rule: str
    start: int = 0
    end: int = 0
    relation: Relation | None = None
    from_date: date | None = None
    to_date: date | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """An expression with its surroundings: the rest of its sentence before and behind it, and the clause behind it."""

    expression: TimeExpression
    setting: Setting
    text: str
    before: str
    after: str
    clause_after: str

    @property
    def interval(self) -> Interval | None:
        return self.expression.calendar.interval if self.expression.calendar else None

    @property
    def last_day(self) -> date | None:
        return self.expression.calendar.last_day if self.expression.calendar else None

    @property
    def opens_clause(self) -> bool:
        """Whether nothing stands before the expression in its clause, or only a preposition."""
        return self.before[-1:] in _OPENINGS


_OPENINGS = ("", "，", ",", "、", "：", ":", "（", "(", "在", "于", "—", "）", ")", " ", "取", "力", "”")
_MARKS = re.compile(r"[。！？；\n]")
_CLAUSE = re.compile(r"[，,：:]")


def judge(expression: TimeExpression, setting: Setting) -> Verdict:
    """The verdict on one expression."""
    situation = _situation(expression, setting)
    for rule in _RULES[expression.kind]:
        verdict = rule(situation)
        if verdict is not None:
            return verdict
    return Verdict("time/unclear")


_REACH = 200


def _situation(expression: TimeExpression, setting: Setting) -> Situation:
    text, marks = setting.document.text, setting.sentence_marks
    start, end = expression.start, expression.end
    index = bisect_left(marks, start)
    first = max(marks[index - 1] + 1 if index else 0, start - _REACH)
    index = bisect_left(marks, end, index)
    last = min(marks[index] if index < len(marks) else len(text), end + _REACH)
    after = text[end:last]
    head = end + 1 if after[:1] in ("，", ",") else end
    comma = _CLAUSE.search(text, head, last)
    return Situation(expression, setting, text, text[first:start], after, text[head : comma.start() if comma else last])


class _Words(NamedTuple):
    anywhere: re.Pattern[str]  # to search, or to match at the beginning
    ending: re.Pattern[str]  # at the end


@lru_cache(maxsize=64)
def _words(name: str) -> _Words:
    words: Sequence[str] = packaged_dictionary("time_words")[name]["words"]
    alternatives = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return _Words(re.compile(alternatives), re.compile(f"(?:{alternatives})$"))


def _follows(name: str, text: str) -> bool:
    return _words(name).anywhere.match(text) is not None


def _occurs(name: str, text: str) -> bool:
    return _words(name).anywhere.search(text) is not None


def _precedes(name: str, text: str) -> bool:
    return _words(name).ending.search(text[-8:]) is not None


def _without_comma(text: str) -> str:
    return text[1:] if text[:1] in "，," else text


def looks_back(heading: str) -> bool:
    """Whether a heading says that its section tells what has been, and no goals beside it.

    >>> looks_back("2025年工作回顾"), looks_back("“十四五”时期发展成就和“十五五”时期主要目标任务")
    (True, False)
    """
    return _occurs("review_headings", heading) and not re.search("目标|任务|安排|部署", heading)


# --- rules for every kind ---------------------------------------------------------------------------------------------------


def _outside_body(s: Situation) -> Verdict | None:
    body = s.setting.document.body
    return None if body.start <= s.expression.start < body.end else Verdict("time/outside")


def _in_title(s: Situation) -> Verdict | None:
    opened = s.before.rfind("《")
    if opened >= 0 and s.before.rfind("》") < opened and "》" in s.after:
        return Verdict("time/title")
    return None


def _in_review(s: Situation) -> bool:
    return any(span.start <= s.expression.start < span.end for span in s.setting.reviews)


# --- calendar times ---------------------------------------------------------------------------------------------------------

_PUBLISHED = re.compile(r" ?[0-9]{1,2}[时:：]|星期|[^，。；]{0,40}(?:通过|公布|发布|印发|修正|修订|批准|会议上)")
_DATE_LABEL = re.compile(r"(?:发布|成文|印发|发文|公开|施行)?(?:日期|时间|日)[:：]?$")


def _signature(s: Situation) -> Verdict | None:
    """A date of signature, adoption or publication, and a time that is all there is on its line (a title's years, a table's head)."""
    e = s.expression
    if e.lead or e.tail:
        return None
    around = (s.before + s.after).strip("（）()[]〔〕【】 　—-:：")
    if not around and not (s.text.startswith(("。", "；"), e.end) or s.text[e.start - 1 : e.start] in "。；"):
        return Verdict("time/alone")
    if s.interval is not None and s.interval.granularity == "day" and (_PUBLISHED.match(s.after) or _DATE_LABEL.search(s.before)):
        return Verdict("time/signature")
    bracketed = s.before[-1:] in ("（", "(") and s.after[:1] in ("）", ")")
    if bracketed and not re.search("[，,。；]", s.before + s.after):
        return Verdict("time/title")
    return None


def _named(s: Situation) -> Verdict | None:
    e = s.expression
    if not e.tail and not e.lead and _follows("named_after", s.after):
        return Verdict("time/name")
    if not e.tail and e.lead in ("", "到", "至") and _follows("baseline_after", s.after):
        return Verdict("time/baseline")
    return None


def _since_or_after(s: Situation) -> Verdict | None:
    return Verdict("time/since") if s.expression.tail in ("以来", "以后", "之后", "后") else None


def _baseline(s: Situation) -> Verdict | None:
    if not s.expression.lead and _precedes("baseline_before", s.before) and not s.before.endswith("目标为"):
        return Verdict("time/baseline")
    return None


_EFFECT = re.compile("施行|实施|执行|生效|适用|试行")
_START = re.compile("起|开始|施行")


def _past(s: Situation) -> Verdict | None:
    e, interval, issued = s.expression, s.interval, s.setting.issued
    if interval is None or issued is None:
        return None
    if _START.search(e.tail):
        in_force = "施行" in e.tail or (e.lead and _EFFECT.search(e.tail))
        past = interval.end.year < issued.year and not in_force
    else:
        past = interval.end < issued
        if past and _rolled(s) is not None:
            return None
    return Verdict("time/past") if past else None


def _rolled(s: Situation) -> date | None:
    """3月底前 in a document of December means the March that comes: the day of the next year."""
    e, issued = s.expression, s.setting.issued
    if e.calendar is None or e.calendar.stated or not e.tail.endswith("前") or issued is None or s.interval is None:
        return None
    later = read_calendar(s.text, e.core_start, year=s.interval.end.year + 1)
    return later.last_day if later is not None and s.interval.end < issued else None


_NO_START = re.compile(r"已|连续|累计|陆续|先后|至今|期满|到期|建成|出生|以来")


def _effective(s: Situation) -> Verdict | None:
    e, interval = s.expression, s.interval
    if not _START.search(e.tail):
        return None
    if not e.lead and not _EFFECT.search(e.tail) and not s.opens_clause and s.before[-1:] not in "将自可至":
        return Verdict("time/attribute")
    if _NO_START.match(s.clause_after):
        return Verdict("time/past")
    return Verdict("effective/from", e.start, e.end, "effective", interval.start if interval else None)


_TERM = re.compile(r"期限?|延")
_JOINT = re.compile(r"[-—–－―~～至到]")
_LABEL = re.compile(r"(?:执行|实施|施行|试行)期限?为?(?=[至自到])")
_GROWTH = re.compile(r"(?:增|升|降|减|高|低|大|长|加|达|扩|缩)$")


def _until(s: Situation) -> Verdict | None:
    e, interval = s.expression, s.interval
    if _TERM.search(e.lead):
        label = _LABEL.match(s.text, e.start)  # 执行期限 is the noun, 至… the time
        ranged = interval is not None and _JOINT.search(s.text, e.core_start, e.core_end)
        return Verdict("until/term", label.end() if label else e.start, e.end, "until", interval.start if ranged and interval else None, s.last_day)
    if e.lead in ("自", "从", "由"):
        if interval and _JOINT.search(s.text, e.core_start, e.core_end):
            return Verdict("until/range", e.start, e.end, "until", interval.start, s.last_day)
        return Verdict("time/baseline")
    if e.lead.startswith("截"):
        return Verdict("time/past")
    if e.lead == "至":
        if _GROWTH.search(s.before):
            return Verdict("during/level", e.core_start, e.end, "during", interval.start if interval else None, s.last_day)
        if s.opens_clause:
            return Verdict("by/until", e.start, e.end, "by", None, s.last_day)
        return Verdict("until/to", e.start, e.end, "until", None, s.last_day)
    return None


def _by(s: Situation) -> Verdict | None:
    e = s.expression
    assert e.calendar is not None
    before = e.tail.endswith("前")
    if not before and e.lead not in ("到", "展望") and e.calendar.edge not in ("end", "middle"):
        return None
    if e.lead in ("到", "展望") and s.after[:1] == "的" and not before:
        return Verdict("time/attribute")
    relief = before and not e.lead and (_occurs("relief", s.after) or _words("permission").anywhere.search(s.clause_after[:8]))
    relation: Relation = "until" if relief else "by"
    return Verdict(f"{relation}/date", e.start, e.end, relation, None, _rolled(s) or s.last_day)


_GOALS = re.compile(r"(?:[^，。；]{0,14}(?:目标|任务|重点工作|工作安排|工作部署|要))")
#: what has a period as its topic, not as its time
_TOPIC_VERBS = ("贯穿", "把握", "谋划", "描绘", "分析", "研判", "做好", "推动", "展望", "标志着")
_SUMMED_UP = re.compile(r"(?:完成|做好|实现|围绕|按照|抓好|推进|落实|圆满完成|为)$")


_DESCRIBED = re.compile(r"(?:我国|我省|我市|全国|全省|全市|[^\W\d_]{2,4}经济)[^，。；]{0,12}(?:转向|处于|面临|进入|迈入|迎来|呈现|步入)")


def _background(s: Situation) -> Verdict | None:
    if _follows("background_after", _without_comma(s.after)) or _DESCRIBED.match(_without_comma(s.after)):
        return Verdict("time/background")
    if s.expression.lead == "" and s.after[:1] == "的" and not _GOALS.match(s.after[1:]):
        return Verdict("time/attribute")
    if s.before.endswith(_TOPIC_VERBS) and not _GOALS.match(s.after):
        return Verdict("time/attribute")
    return None


_SUM = re.compile(r"(?:和[^，。；]{1,12}?)?(?:各项|政府|全市|全省|全年|经济社会发展|主要|预期){0,4}[^，。；]{0,6}?(?:目标|工作|任务)")


_FUTURE = re.compile("会|将|拟|计划|预计|争取|目标|力争|要|确保")


def _is_doubtful(s: Situation) -> bool:
    """今年4月成立 in a document of which only the year is known may be past; nothing says that it is to come."""
    interval = s.interval
    if interval is None or interval.end.year != s.setting.year or interval.granularity not in ("day", "ten-days", "month", "quarter"):
        return False
    return not _FUTURE.search(s.clause_after[:12]) and not _FUTURE.search(s.before[-12:])


def _during(s: Situation) -> Verdict | None:
    e, interval = s.expression, s.interval
    assert e.calendar is not None
    if e.calendar.edge == "start" and not e.calendar.stated and not s.opens_clause:
        return Verdict("time/unclear")
    if not e.calendar.stated and not e.tail and not s.opens_clause and not s.before.endswith(("，", "的")):
        return Verdict("time/attribute")
    if not e.calendar.stated and s.before[-1:] == "的":
        return Verdict("time/attribute")
    if not e.tail and _SUMMED_UP.search(s.before) and _SUM.match(s.after):
        return Verdict("time/attribute")
    if not e.calendar.stated and s.before.rfind("“") > s.before.rfind("”"):
        return Verdict("time/name")
    if _occurs("past", s.clause_after):
        return Verdict("time/past")
    if s.setting.issued and not s.setting.exact and _is_doubtful(s):
        return Verdict("time/past")
    if _in_review(s):
        return Verdict("time/review")
    return Verdict("during/period", e.start, e.end, "during", interval.start if interval else None, s.last_day)


# --- lengths ----------------------------------------------------------------------------------------------------------------

_ORDINARY_LEADS = ("今后", "未来", "再奋斗", "再用", "用", "经过")
_LIMITS = ("不超过", "不得超过", "不得逾", "不逾", "最长不超过")
_CYCLE = re.compile(r"周期(?:原则上|一般|最长)?(?:为|不超过|不得超过)?$")
_ONE_ROUND = re.compile(r"(?:一个?周期|一轮|一次|1次)")
_AT_LEAST_ONCE = re.compile(r"[^，。；、]{1,8}(?:一次|1次)")
_PERMITTED = re.compile(r"(?:得|可|可以|最多|最长|批准)再?$")
_ACT = re.compile(r"(?:本[法条例办规定细则]{1,3})?(?:公布|公告|发布|颁布|施行|印发)(?:实施|施行)?后第?$")
_LENGTH_VERBS = ("公布", "发布", "预测", "研判", "是", "为", "实现", "描绘", "谋划", "规划", "把握", "加强", "计及")
_COUNTING = ("内", "以内", "之内")


def _length(s: Situation) -> Verdict | None:
    e = s.expression
    with_dates = e.calendar is not None
    if s.before.endswith(("至少", "应当", "原则上", "一般", "最多")) and not e.tail and _AT_LEAST_ONCE.match(s.after):
        return Verdict("every/once", e.start, e.end, "every", duration=e.iso)
    if _precedes("length_past_before", s.before) and not e.lead and not s.before.endswith("第一个"):
        return Verdict("time/past-length")
    if with_dates and s.last_day and s.setting.issued and s.last_day < s.setting.issued:
        return Verdict("time/past-length")
    if _ONE_ROUND.match(s.after) or _CYCLE.search(s.before):
        return Verdict("every/cycle", e.start, e.end + (_ONE_ROUND.match(s.after) or re.match("", "")).end(), "every", duration=e.iso)  # type: ignore[union-attr]
    return None


def _length_in_plan(s: Situation) -> Verdict | None:
    """第二个五年期（2028-29至2032-33年度）: a numbered period with its dates."""
    e = s.expression
    if e.calendar is None or e.tail != "期":
        return None
    numbered = re.search(r"第[一二三四]个$", s.before)
    start = e.start - len(numbered.group()) if numbered else e.start
    return Verdict("during/numbered", start, e.end, "during", s.interval.start if s.interval else None, s.last_day)


def _until_length(s: Situation) -> Verdict | None:
    e = s.expression
    if e.lead.startswith("延长") or s.before.endswith(("延长", "延期", "展期")):
        if _PERMITTED.search(s.before.removesuffix("延长")):
            start = e.start if e.lead else e.start - 2
            return Verdict("within/extension", start, e.end, "within", duration=e.iso)
        return Verdict("time/attribute")
    if _TERM.search(e.lead):
        if s.after[:1] == "的" and not re.search(r"(?:开展|实施|组织|进行)$", s.before):
            return Verdict("time/attribute")
        return Verdict("until/length", e.start, e.end, "until", duration=e.iso)
    if s.before.endswith(("缓缴", "延缴", "免租")):
        return Verdict("until/relief", e.start, e.end, "until", duration=e.iso)
    return None


def _within(s: Situation) -> Verdict | None:
    e = s.expression
    if e.lead in _ORDINARY_LEADS and not e.tail:
        if e.lead in ("用", "经过", "再用"):
            return None
        if s.after[:1] == "的" and not _GOALS.match(s.after):
            return Verdict("time/attribute")
        if s.before.endswith(_LENGTH_VERBS) or _follows("background_after", _without_comma(s.after)):
            return Verdict("time/attribute")
    elif e.tail in _COUNTING:
        if _follows("length_condition_after", _without_comma(s.after)) or re.search(r"[的者]$", s.clause_after):
            return Verdict("time/condition")
        act = _ACT.search(s.before)
        start = e.start - len(act.group()) if act else e.start
        if re.search("享受", s.before[-10:]):
            return Verdict("until/length", e.start, e.end, "until", duration=e.iso)
        return Verdict("within/length", start, e.end, "within", None, s.last_day, e.iso)
    elif e.lead in _LIMITS:
        if s.before.endswith(("累计", "年龄", "已")) or re.search(r"[的者]$", s.clause_after):
            return Verdict("time/condition")
    elif not (e.tail.endswith("时间") or e.tail == "周期内" or (e.lead in _ORDINARY_LEADS and e.tail)):
        return None
    return Verdict("within/length", e.start, e.end, "within", None, _end_of_length(s), e.iso)


_PLAN_NAMES = tuple((number, (f"十{name}五", f"第十{name}个五年")) for number, name in enumerate("一二三四五六七八九", 11))
_NEARBY = 400


def _end_of_length(s: Situation) -> date | None:
    """The end of 今后五年, where the document prints the period: in its title, or as the plan that it has just named."""
    e, setting = s.expression, s.setting
    if s.last_day is not None or e.lead not in ("今后", "未来") or e.iso is None:
        return s.last_day
    period = setting.period
    if period and e.iso == f"P{period.end.year - period.start.year + 1}Y":
        return period.end
    if e.iso == "P5Y" and setting.year:
        near = s.text[max(0, e.start - _NEARBY) : e.start]
        for number, names in _PLAN_NAMES:
            plan = plan_interval(number)
            if plan.start.year - 1 <= setting.year <= plan.start.year and any(name in near for name in names):
                return plan.end
    return None


def _after_act(s: Situation) -> Verdict | None:
    """本法施行后十年: counted from an act of the law itself."""
    e = s.expression
    act = _ACT.search(s.before)
    if act and not e.tail and not act.group().endswith("第"):
        return Verdict("within/after-act", e.start - len(act.group()), e.end, "within", duration=e.iso)
    return None


def _notice(s: Situation) -> Verdict | None:
    """应于七日前通知: to be done so long before an event."""
    e = s.expression
    if e.tail == "前" and re.search(r"(?:应|应当|须|需|必须)于?$", s.before):
        return Verdict("by/notice", e.start, e.end, "by")
    return None


def _shortened(s: Situation) -> Verdict | None:
    e = s.expression
    if e.iso and (e.iso.endswith("D") or e.iso.startswith("PT")):
        head = s.before + s.text[e.start : e.core_start]
        if _words("shortened_before").ending.search(re.sub(r"(?:至|到|为|在)$", "", head)[-8:]):
            return Verdict("within/procedure", e.core_start, e.end, "within", duration=e.iso)
    return None


# --- recurrences, starts and occasions --------------------------------------------------------------------------------------


_AMOUNT = re.compile(r"约?[0-9一二三四五六七八九十百千万亿.]{1,12}(?:多)?(?:港|美|日|欧)?元")


def _every(s: Situation) -> Verdict | None:
    e = s.expression
    if _AMOUNT.match(s.after) or _follows("rate_after", s.after) or _precedes("rate_before", s.before):
        return Verdict("time/rate")
    if re.search(r"[的者]$", s.clause_after) and s.after[:1] not in ("，", ","):
        return Verdict("time/condition")
    if _in_review(s):
        return Verdict("time/review")
    return Verdict("every/unit", e.start, e.end, "every", duration=e.iso)


_TERM_FOLLOWS = re.compile(r"[，,][^。；]{0,30}?(?:[0-9一二三四五六七八九十两半]个?(?:年|月|日|工作日|季度|小时)(?:内|之内|以内)|不得?超过|不得逾)")


def _takes_effect(s: Situation) -> Verdict | None:
    e = s.expression
    if e.tail == "起" and s.after[:1] in "，," and s.text[e.end - 3 : e.end] == "之日起":
        # 自公布之日起，…在1个月内: the term is the deadline, this its beginning
        if _TERM_FOLLOWS.match(s.after) or re.search("计算|算起", s.clause_after):
            return Verdict("time/beginning")
        return Verdict("effective/act", e.start, e.end, "effective")
    if _EFFECT.search(e.tail) or s.text.startswith("即日", e.start):
        return Verdict("effective/act", e.start, e.end, "effective")
    return None


def _occasion(s: Situation) -> Verdict | None:
    e = s.expression
    if _occurs("past", s.clause_after) or re.search(r"[的者]$", s.clause_after) or s.before.endswith("对"):
        return Verdict("time/past")
    if _in_review(s):
        return Verdict("time/review")
    return Verdict("by/occasion", e.start, e.end, "during" if e.tail == "前后" else "by")


_Rule = Callable[[Situation], Verdict | None]
_RULES: dict[str, tuple[_Rule, ...]] = {
    "calendar": (
        _outside_body, _in_title, _signature, _named, _since_or_after, _baseline, _past, _effective, _until, _by, _background, _during,
    ),
    "length": (
        _outside_body, _in_title, _length, _length_in_plan, _until_length, _shortened, _notice, _within, _after_act,
    ),
    "recurrence": (_outside_body, _in_title, _every),
    "start": (_outside_body, _in_title, _takes_effect),
    "event": (_outside_body, _in_title, _occasion),
}  # fmt: skip
