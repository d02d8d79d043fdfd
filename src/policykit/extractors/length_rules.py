"""What lengths of time are for: 三年内 (within), 为期半年 (until), 5年一周期 (every), or no deadline.

Each rule decides or passes on by giving None; `LENGTH_RULES` is the order in which they are asked, each with the shapes of expressions
that it does not pass on anyway.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from policykit.extractors.time_expressions import TimeExpression
from policykit.extractors.time_situation import (
    ANY_SHAPE,
    WITH_LEAD,
    WITH_TAIL,
    Situation,
    Verdict,
    endings,
    follows,
    occurs,
    precedes,
    without_comma,
)
from policykit.patterns import compiled
from policykit.quantities.dates import plan_interval

_AHEAD = ("今后", "未来", "再奋斗")
_SPENT = ("再用", "用", "经过", "通过")
_LIMITS = ("不超过", "不得超过", "不得逾", "不逾", "最长不超过")
_COUNTED = ("内", "以内", "之内")

_CYCLE = compiled(r"周期(?:原则上|一般|最长)?(?:不超过|不得超过)?$")
_ROUND = compiled(r"一个?周期|一轮|一次|1次")
_ONCE = compiled(r"[^，。；、]{1,8}(?:一次|1次)")


def every(s: Situation) -> Verdict | None:
    """5年一周期, 至少三年修订一次, 复审周期一般不超过五年."""
    e = s.expression
    before, after = s.before, s.after
    if not e.tail and precedes("once_before", before) and _ONCE.match(after):
        return s.verdict("every/once", "every", duration=e.iso)
    if after[:1] in ("一", "1") and (found := _ROUND.match(after)) and not precedes("length_past_before", before):
        return s.verdict("every/cycle", "every", end=e.end + found.end(), duration=e.iso)
    if "周期" in before and _CYCLE.search(before) and not precedes("length_past_before", before):
        return s.verdict("every/cycle", "every", duration=e.iso)
    return None


#: 自本法施行后第|十一年起适用
_SINCE_YEAR = compiled(r"自[^，。；]{1,12}后第$")


def effective(s: Situation) -> Verdict | None:
    """自本法施行后第十一年起适用."""
    e = s.expression
    if e.tail.startswith("起") and (found := _SINCE_YEAR.search(s.before)):
        return s.verdict("effective/after-act", "effective", start=e.start - len(found.group()))
    return None


def past(s: Situation) -> Verdict | None:
    """近三年, 连续五年, 满六个月: gone by, or no time to come."""
    e = s.expression
    if not e.lead and precedes("length_past_before", s.before) and not s.before.endswith("第一个"):
        return Verdict("time/past-length")
    if e.calendar and s.last_day and s.setting.issued and s.last_day < s.setting.issued:
        return Verdict("time/past-length")
    return None


#: 较上届任期的|五年期（2022-23至2026-27年度）
_COMPARED = compiled(r"(?:较|相比|对比|(?<![占同])比)(?![例重率])[^，,。；]{1,14}$")
_NUMBERED = compiled(r"第[一二三四]个$")


def numbered_period(s: Situation) -> Verdict | None:
    """第二个五年期（2028-29至2032-33年度）: a numbered period with its dates."""
    e = s.expression
    if e.calendar is None or e.tail != "期":
        return None
    if _COMPARED.search(s.before):
        return Verdict("time/baseline")
    if s.before.endswith("一个") and not s.before.endswith("第一个"):
        return Verdict("time/past-length")
    found = _NUMBERED.search(s.before)
    start = e.start - len(found.group()) if found else e.start
    return s.verdict("during/numbered", "during", start=start, from_date=s.first_day, to_date=s.last_day)


_PERMITTED = compiled(r"(?:得|可|可以|最多|最长|批准)再?$")
_EXTENDED = ("延长", "延期", "展期")
_TERM = compiled(r"期限?")


def extension(s: Situation) -> Verdict | None:
    """必要时，得延长一个月; not 再延长30年试点."""
    e = s.expression
    if e.lead == "延长":
        start = e.start
    elif s.before.endswith(_EXTENDED):
        start = e.start - 2
    elif e.lead[:1] == "延":
        return Verdict("time/attribute")
    else:
        return None
    if _PERMITTED.search(s.text[max(0, start - 6) : start]):
        return s.verdict("within/extension", "within", start=start, duration=e.iso)
    return Verdict("time/attribute")


def until(s: Situation) -> Verdict | None:
    """有效期5年, 为期半年, 期限2年, 可缓缴一个季度, 设立5年过渡期: how long something runs."""
    e = s.expression
    if e.lead and _TERM.search(e.lead):
        if occurs("contract_terms", s.before[-6:] + e.lead):
            return Verdict("time/contract")
        if s.after[:1] == "的" and not precedes("carried_out_before", s.before):
            return Verdict("time/attribute")
        return s.verdict("until/length", "until", duration=e.iso)
    before = s.before
    granted = precedes("granted_before", before) and occurs("granted_after", s.after[:8])
    if granted or precedes("deferred_before", before):
        return s.verdict("until/relief", "until", duration=e.iso)
    return None


_REACHING = compiled(r"(?:至|到|为|在)$")


def shortened(s: Situation) -> Verdict | None:
    """审批时限压缩至5个工作日: a procedure is to take no longer."""
    e = s.expression
    if e.iso and (e.iso[-1] in "DW" or e.iso.startswith("PT")):
        head = s.before + s.text[e.start : e.core_start]
        if precedes("shortened_before", _REACHING.sub("", head)):
            return s.verdict("within/procedure", "within", start=e.core_start, duration=e.iso)
    return None


_DUTY = compiled(r"(?:应|应当|须|需|必须)于?$")


def notice(s: Situation) -> Verdict | None:
    """应于七日前通知: to be done so long before an event."""
    if s.expression.tail == "前" and _DUTY.search(s.before):
        return s.verdict("by/notice", "by")
    return None


#: 本法施行后|十年
_ACT = compiled(r"(?:本[法条例办规定细则]{1,3})?(?:公布|公告|发布|颁布|施行|印发)(?:实施|施行)?后$")
_FOR_CASES = compiled(r"(?:^|[，,。；])对[^。；]*$")


def counted(s: Situation) -> Verdict | None:
    """三年内, 自受理之日起15个工作日内; not 三年内无违法记录, 10年内不予受理."""
    e = s.expression
    if e.tail not in _COUNTED:
        return None
    if "享受" in s.before[-10:]:
        return s.verdict("until/length", "until", duration=e.iso)
    if follows("length_condition_after", without_comma(s.after)) or s.clause_after.endswith(("的", "者")):
        return Verdict("time/condition")
    if _FOR_CASES.search(s.before) and "的" in s.after[:40]:
        return Verdict("time/condition")
    if follows("ban_after", s.after):
        return Verdict("time/ban")
    act = _ACT.search(s.before) if s.before[-1:] == "后" else None
    start = e.start - len(act.group()) if act else e.start
    return s.verdict("within/length", "within", start=start, to_date=s.last_day, duration=e.iso)


def limited(s: Situation) -> Verdict | None:
    """补正期限不得逾一个月; not 租赁期限不超过3年."""
    e = s.expression
    if e.lead not in _LIMITS:
        return None
    if occurs("contract_terms", s.before[-14:]):
        return Verdict("time/contract")
    if s.before.endswith(("累计", "年龄", "已")) or s.is_condition:
        return Verdict("time/condition")
    return s.verdict("within/limit", "within", duration=e.iso)


_GOALS_OF = compiled(r"的[^，。；]{0,14}(?:目标|任务|重点工作)")


def ahead(s: Situation) -> Verdict | None:
    """今后五年, 未来三年内, 用3年时间; not 未来十年供应预测."""
    e = s.expression
    if e.lead in _AHEAD:
        if not e.tail:
            if s.after[:1] == "的" and not _GOALS_OF.match(s.after):
                return Verdict("time/attribute")
            if precedes("forecast_before", s.before) or follows("background_after", without_comma(s.after)):
                return Verdict("time/attribute")
    elif e.lead in _SPENT:
        if not e.tail and not precedes("wish", s.before):
            return None
        if occurs("past", s.clause_after):
            return Verdict("time/past-length")
    elif not (e.tail.endswith("时间") or e.tail == "周期内" or (e.tail == "左右" and precedes("wish", s.before))):
        return None
    if s.in_review:
        return Verdict("time/review")
    return s.verdict("within/ahead", "within", to_date=_end_of_period(s), duration=e.iso)


_PLAN_NAMES = tuple(
    (number, (f"十{name}五", f"第十{name}个五年")) for number, name in enumerate("一二三四五六七八九", 11)
)
_NEARBY = 400


def _end_of_period(s: Situation) -> date | None:
    """The end of 今后五年, where the document prints the period: in its title, or as the plan that it has just named."""
    e, setting = s.expression, s.setting
    if s.last_day is not None or e.lead not in ("今后", "未来"):
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


def after_act(s: Situation) -> Verdict | None:
    """本法施行后十年: counted from an act of the law itself."""
    e = s.expression
    if not e.tail and s.before[-1:] == "后" and (act := _ACT.search(s.before)):
        return s.verdict("within/after-act", "within", start=e.start - len(act.group()), duration=e.iso)
    return None


@lru_cache(maxsize=1)
def _telling_before() -> frozenset[str]:
    """The last letters of what makes a bare length that stands behind it more than a length."""
    lists = ("once_before", "granted_before", "deferred_before", "shortened_before")
    # 周期, 延长, 公布后, and the 至, 为 … between 压缩 and its length
    return frozenset("期上般长过后至到为在").union(*[endings(name) for name in lists])


def is_mere_length(e: TimeExpression, text: str) -> bool:
    """Whether the letters beside a length alone show that no rule makes it a deadline, as of most (十年, 两天)."""
    if e.kind != "length" or e.lead or e.tail or e.calendar is not None:
        return False
    return text[e.start - 1 : e.start] not in _telling_before() and text[e.end : e.end + 1] not in ("一", "1")


LENGTH_RULES = (
    (every, ANY_SHAPE),
    (effective, WITH_TAIL),
    (past, ANY_SHAPE),
    (numbered_period, WITH_TAIL),
    (extension, ANY_SHAPE),
    (until, ANY_SHAPE),
    (shortened, ANY_SHAPE),
    (notice, WITH_TAIL),
    (ahead, WITH_LEAD | WITH_TAIL),
    (counted, WITH_TAIL),
    (limited, WITH_LEAD),
    (after_act, ANY_SHAPE - WITH_TAIL),
)
