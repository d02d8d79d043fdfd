"""What a time expression is for: a deadline with its relation, or a name, a baseline, a past event, a condition.

Each rule looks at one expression in its sentence and either decides or passes it on; the first that decides counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from policykit.document.roles import heading_class
from policykit.extractors.calendar_rules import CALENDAR_RULES, is_over
from policykit.extractors.length_rules import LENGTH_RULES, is_mere_length
from policykit.extractors.time_expressions import Kind, TimeExpression
from policykit.extractors.time_situation import (
    ANY_SHAPE,
    Rule,
    Setting,
    Shape,
    Situation,
    Verdict,
    follows,
    occurs,
    precedes,
    situation_of,
)
from policykit.patterns import compiled


def judge(expression: TimeExpression, setting: Setting) -> Verdict:
    """The verdict on one expression.

    Before the policy's own text (in its head, in the notice that transmits it) only 施行 counts; behind it, what is appended.
    """
    body = setting.document.body
    start = expression.start
    if start >= body.end and not setting.binds(start):
        return Verdict("time/outside")
    if is_over(expression, setting):
        return Verdict("time/past")
    if is_mere_length(expression, setting.text):
        return Verdict("time/unclear")
    verdict = _judge(situation_of(expression, setting))
    if start < body.start and verdict.relation != "effective":
        return Verdict("time/outside")
    return verdict


def _judge(situation: Situation) -> Verdict:
    if "《" in situation.before and _in_title(situation):
        return Verdict("time/title")
    e = situation.expression
    if e.start >= situation.setting.document.body.end and _defines(situation):
        return Verdict("time/definition")
    for rule in _RULES[e.kind][bool(e.lead), bool(e.tail)]:
        verdict = rule(situation)
        if verdict is not None:
            return verdict
    return Verdict("time/unclear")


_DEFINITION = compiled(
    "(?:计算方法|计算公式|计算口径|指标说明|指标解释|指标定义|指标含义|统计口径|填报说明|填表说明|延伸指标)[:：]"
)


def _defines(s: Situation) -> bool:
    """计算方法：全年…/同期…, 日间手术是指…: what an appended table says of how its indicators are reckoned."""
    return (
        "是指" in s.before
        or _DEFINITION.match(s.text, s.setting.document.paragraph_at(s.expression.start).start) is not None
    )


_AHEAD = compiled("目标|任务|安排|部署")


def may_look_back(headings: list[str]) -> bool:
    """Whether one of some headings may look back: all are searched in one go, and in most documents none does."""
    return occurs("review_headings", "\n".join(headings))


def looks_back(heading: str) -> bool:
    """Whether a heading says that its section tells what has been, and no goals beside it.

    >>> looks_back("2025年工作回顾"), looks_back("“十四五”时期发展成就和“十五五”时期主要目标任务")
    (True, False)
    """
    if not occurs("review_headings", heading) or _AHEAD.search(heading):
        return False
    return heading_class(heading) == "background"


def _in_title(s: Situation) -> bool:
    opened = s.before.rfind("《")
    return opened >= 0 and s.before.rfind("》") < opened and "》" in s.after


# --- recurrences, starts and occasions --------------------------------------------------------------------------------------

_AMOUNT = compiled(
    r"(?:约|超过|逾|近|多达|达)?[0-9一二三四五六七八九十百千万亿.]{1,12}(?:多)?(?:港|美|日|欧)?元|[^\W\d_]{1,6}(?:次数|数量|额度|限额|上限)"
)


#: 每月开支, 每日再培训津贴: what a day or month comes to
_PER_DAY = compiled(r"[^\W\d_]{0,4}(?:开支|津贴|收入|交易)|数[十百千万]|[^\W\d_]{2,4}的[^\W\d_]{1,8}(?:而|$)")


def _every(s: Situation) -> Verdict | None:
    """每年举办一次; not 每人每月217元, 每年最高300万元."""
    if _AMOUNT.match(s.after) or follows("rate_after", s.after) or precedes("rate_before", s.before):
        return Verdict("time/rate")
    if s.expression.iso in ("P1D", "P1M") and _PER_DAY.match(s.after):
        return Verdict("time/rate")
    if s.is_condition:
        return Verdict("time/condition")
    if s.in_review:
        return Verdict("time/review")
    return s.verdict("every/unit", "every", duration=s.expression.iso)


_TERM_FOLLOWS = compiled(
    r"[，,][^。；]{0,30}?(?:[0-9一二三四五六七八九十两半]个?(?:年|月|日|工作日|季度|小时)(?:内|之内|以内)|不得?超过|不得逾)"
)
_EFFECT = compiled("施行|实施|执行|生效|适用|试行")


def _takes_effect(s: Situation) -> Verdict | None:
    """自发布之日起施行, 即日起; 自公布之日起，…在1个月内 is only the beginning of a term."""
    e = s.expression
    if s.text.endswith("之日起", e.start, e.end):
        if s.after[:1] not in ("，", ",") or _TERM_FOLLOWS.match(s.after) or occurs("reckoned", s.clause_after):
            return Verdict("time/beginning")
        return s.verdict("effective/act", "effective")
    if _EFFECT.search(e.tail) or "即日起" in s.text[e.start : e.end]:
        return s.verdict("effective/act", "effective")
    return None


def _occasion(s: Situation) -> Verdict | None:
    """入汛前, 在国家扶贫日前后."""
    if occurs("past", s.clause_after) or s.is_condition or s.before.endswith("对"):
        return Verdict("time/past")
    if s.in_review:
        return Verdict("time/review")
    return s.verdict("by/occasion", "during" if s.expression.tail == "前后" else "by")


def _end_of_plan(s: Situation) -> Verdict | None:
    """到规划期末."""
    period = s.setting.period
    return s.verdict("by/plan-end", "by", to_date=period.end if period else None)


def _by_shape(rules: Iterable[tuple[Rule, frozenset[Shape]]]) -> dict[Shape, tuple[Rule, ...]]:
    """For each shape of expression the rules to ask, in their order."""
    return {shape: tuple(rule for rule, shapes in rules if shape in shapes) for shape in ANY_SHAPE}


_RULES: dict[Kind, dict[Shape, tuple[Rule, ...]]] = {
    "calendar": _by_shape(CALENDAR_RULES),
    "length": _by_shape(LENGTH_RULES),
    "recurrence": _by_shape([(_every, ANY_SHAPE)]),
    "start": _by_shape([(_takes_effect, ANY_SHAPE)]),
    "event": _by_shape([(_occasion, ANY_SHAPE)]),
    "period": _by_shape([(_end_of_plan, ANY_SHAPE)]),
}
