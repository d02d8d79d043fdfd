"""What calendar times are for: 到2027年 (by), 2026年 (during), 自2026年1月1日起 (effective), 至2027年12月31日 (until), or no deadline.

Each rule decides or passes on by giving None; `CALENDAR_RULES` is the order in which they are asked, each with the shapes of expressions
that it does not pass on anyway.
"""

from __future__ import annotations

from datetime import date

from policykit.extractors.time_expressions import TimeExpression
from policykit.extractors.time_situation import (
    ANY_SHAPE,
    BARE,
    WITH_LEAD,
    WITH_TAIL,
    Setting,
    Situation,
    Verdict,
    follows,
    occurs,
    precedes,
    without_comma,
)
from policykit.patterns import compiled
from policykit.quantities.dates import read_calendar

_BRACKETS = "（）()[]〔〕【】 　—-:："
_PUBLISHED = compiled(
    r" ?[0-9]{1,2}[时:：]|星期|[^。；]{0,60}(?:通过|公布|发布|印发|修正|修订|批准|召开|会议上|代表[^。；]{1,16}作)"
)
#: the head of a table's column: 2027年目标值; and how long it is at most
_COLUMN = compiled(r"(?:目标|目标值|指标值|规划值|预期值|现状|现状值|基期值|实际值|完成值)(?:[（(][^，。]{1,8}[）)])?")
_LONGEST_COLUMN = 13
_DATE_LABEL = compiled(r"(?:发布|成文|印发|发文|公开|施行)?(?:日期|时间|日)[:：]?$")


def signature(s: Situation) -> Verdict | None:
    """A date of signature, adoption or publication, and a time that is all there is on its line (a title's years, a table's head)."""
    e, interval = s.expression, s.interval
    if e.lead or e.tail:
        return None
    before, after = s.before, s.after
    if (
        (
            (len(before) + len(after) <= _LONGEST_COLUMN and _COLUMN.fullmatch(before + after))
            or not (before.strip(_BRACKETS) or after.strip(_BRACKETS))
        )
        and not s.text.startswith(("。", "；"), e.end)
        and s.text[e.start - 1 : e.start] not in ("。", "；")
    ):
        return Verdict("time/alone")
    if interval is not None and interval.granularity == "day" and interval.start == interval.end:
        opens_line = not before.strip("—（(")
        # what was done on the day may stand on the next line
        behind = s.text[e.end : e.end + 70].replace("\n", "") if opens_line else after
        if _PUBLISHED.match(behind) or _DATE_LABEL.search(before):
            return Verdict("time/signature")
    bracketed = before[-1:] in ("（", "(") and after[:1] in ("）", ")")
    if bracketed and (not _COMMA.search(before + after) or precedes("titles_before", before[:-1])):
        return Verdict("time/title")
    return None


#: a name of up to sixteen letters with more names behind it
_LONGEST_LISTED = 16
_LISTED = compiled(rf"([^，。；、\W]{{3,{_LONGEST_LISTED}}}?)(?:等|、)")
_WORK_OF_YEAR = compiled(r"[^，。；]{0,24}(?:目标|任务|完成|实现|开展|推出|启动|要|将)")


def named(s: Situation) -> Verdict | None:
    """2030年议程, 2022年北京冬奥会, 1996年度会商会: the year names something."""
    e, after = s.expression, s.after
    if e.tail:
        return None
    lead = e.lead
    if not lead:
        if follows("named_after", after) or occurs("event_names", after[:8]):
            return Verdict("time/name")
        near = after[: _LONGEST_LISTED + 1]
        if ("、" in near or "等" in near) and (listed := _LISTED.match(after)) and precedes("event_nouns", listed[1]):
            return Verdict("time/name")
        if s.text.endswith("年度", e.core_start, e.core_end):
            core = s.text[e.core_start : e.core_end]
            if "-" not in core and not _WORK_OF_YEAR.match(after):
                return Verdict("time/name")
    if lead in ("", "到", "至") and follows("baseline_after", after):
        return Verdict("time/baseline")
    return None


def since(s: Situation) -> Verdict | None:
    """2020年以来, 2025年以后: an open stretch, no date for work."""
    return Verdict("time/since") if s.expression.tail in ("以来", "以后", "之后", "后") else None


def baseline(s: Situation) -> Verdict | None:
    """比2020年, 不低于60%（2020年为45%）: what is measured against."""
    if s.expression.lead:
        return None
    before = s.before
    if before[-1:] == "（" and s.after.startswith(("为", "实际", "已")):
        return Verdict("time/baseline")
    if precedes("baseline_before", before) and not before.endswith("目标为"):
        return Verdict("time/baseline")
    return None


_EFFECT = compiled("施行|实施|执行|生效|适用|试行")
_START = compiled("起|开始|施行")


def past(s: Situation) -> Verdict | None:
    """What had ended when the document was issued. A start of validity counts as past by its year."""
    e, interval, issued = s.expression, s.interval, s.setting.issued
    if interval is None or issued is None:
        return None
    if e.tail and _START.search(e.tail):
        in_force = "施行" in e.tail or (e.lead and _EFFECT.search(e.tail))
        is_past = interval.end.year < issued.year and not in_force
    else:
        is_past = interval.end < issued and _rolled(s) is None
    return Verdict("time/past") if is_past else None


def is_over(e: TimeExpression, setting: Setting) -> bool:
    """Whether `past` speaks for a bare time that gives its year itself. None of the rules before it makes that a deadline: it is
    asked before anything else is read."""
    calendar, issued = e.calendar, setting.issued
    if calendar is None or issued is None or e.kind != "calendar" or e.tail or not calendar.stated:
        return False
    return calendar.interval is not None and calendar.interval.end < issued


def _rolled(s: Situation) -> date | None:
    """3月底前 in a document of December means the March that comes: the day of the next year."""
    e, interval, issued = s.expression, s.interval, s.setting.issued
    if e.calendar is None or e.calendar.stated or not e.tail.endswith("前") or issued is None or interval is None:
        return None
    if interval.end >= issued:
        return None
    later = read_calendar(s.text, e.core_start, year=interval.end.year + 1)
    return later.last_day if later is not None else None


_IN_FORCE_NAME = compiled(r"(?:全面|正式)?(?:施行|实施|执行)?的")


def effective(s: Situation) -> Verdict | None:
    """自2026年1月1日起施行, 从2026年起, 2035年起的运力将增加; not 2019年1月1日起施行的《…法》."""
    if not _START.search(s.expression.tail):
        return None
    if follows("no_start_after", s.clause_after):
        return Verdict("time/past")
    calendar = s.expression.calendar
    # 年底起 is from what 年底 stands for elsewhere on: nothing is in force from the year's first day
    first = s.last_day if calendar is not None and calendar.edge in ("middle", "end") else s.first_day
    issued = s.setting.issued
    ahead = s.after.startswith("的") and "将" in s.clause_after and issued and first and first > issued
    if _IN_FORCE_NAME.match(s.after) and not ahead:
        return Verdict("time/attribute")
    return s.verdict("effective/from", "effective", from_date=first)


_TERM = compiled(r"期限?为?(?:$|[至到自截延])|延")
_JOINT = compiled(r"[-—–－―~～至到]")
_LABEL = compiled(r"(?:执行|实施|施行|试行)期限?为?(?=[至自到])")


def until(s: Situation) -> Verdict | None:
    """有效期至2030年12月31日, 自2026年1月1日至12月31日, …执行至2026年底."""
    e, interval = s.expression, s.interval
    if not e.lead:
        days = not e.tail and interval and interval.granularity == "day" and interval.start < interval.end
        # 2026年1月1日至12月31日，…可返还: how long a relief or permission runs
        if days and s.after[:1] in ("，", ",") and occurs("relief_sentence", s.after):
            return s.verdict("until/range", "until", from_date=s.first_day, to_date=s.last_day)
        return None
    ranged = interval is not None and _JOINT.search(s.text, e.core_start, e.core_end) is not None
    if _TERM.search(e.lead):
        label = _LABEL.match(s.text, e.start)  # 执行期限 is the noun, 至… the time
        start = label.end() if label else e.start
        return s.verdict(
            "until/term", "until", start=start, from_date=s.first_day if ranged else None, to_date=s.last_day
        )
    if e.lead in ("自", "从", "由"):
        if ranged:
            return s.verdict("until/range", "until", from_date=s.first_day, to_date=s.last_day)
        return Verdict("time/baseline")
    if e.lead.startswith(("截止时", "截止日", "到期", "届满")):
        return s.verdict("by/closing", "by", to_date=s.last_day)
    if e.lead.startswith("截"):
        issued = s.setting.issued
        later = issued and s.last_day and s.last_day > issued and (s.setting.exact or s.last_day.year > issued.year)
        if later and not occurs("past", s.clause_after):
            return s.verdict("until/closing", "until", to_date=s.last_day)
        return Verdict("time/past")
    if e.lead == "至":
        if precedes("growth_before", s.before):
            return s.verdict("during/level", "during", start=e.core_start, from_date=s.first_day, to_date=s.last_day)
        if s.opens_clause:
            return s.verdict("by/until", "by", to_date=s.last_day)
        if s.clause_after.startswith(("累计", "共", "已")):
            return Verdict("time/past")
        return s.verdict("until/to", "until", to_date=s.last_day)
    return None


_GOALS = compiled(r"[^，。；]{0,14}(?:目标|任务|重点工作|工作安排|工作部署|要)")


def by(s: Situation) -> Verdict | None:
    """到2027年, 2025年底前, 2026年中; a relief or permission 2027年12月31日前 is `until`."""
    e = s.expression
    assert e.calendar is not None
    before = e.tail.endswith("前")
    if not before and e.lead not in ("到", "展望") and e.calendar.edge not in ("end", "middle"):
        return None
    if not before and e.lead and s.after[:1] == "的" and not _GOALS.match(s.after[1:]):
        return Verdict("time/attribute")
    if e.lead == "到" and s.before.endswith(("与", "同")):
        return Verdict("time/baseline")  # 与到2035年的远景目标相衔接
    if before and s.before.endswith(("对", "对于", "凡")):
        return Verdict("time/condition")
    if not before and not e.lead and (occurs("past", s.clause_after) or _is_doubtful(s) or _is_done(s)):
        return Verdict("time/past")
    to_date = _rolled(s) or s.last_day
    if before and not e.lead and (occurs("relief", s.after) or occurs("permission", s.clause_after[:8])):
        return s.verdict("until/date", "until", to_date=to_date)
    return s.verdict("by/date", "by", to_date=to_date)


_COMMA = compiled("[，,]")
_GOALS_OR_TASKS = compiled("目标|任务")
_SUBJECT_IN_COURSE = compiled(
    r"(?:我国|我省|我市|全国|全省|全市|[^\W\d_]{2,4}经济)[^，。；]{0,12}(?:转向|处于|面临|进入|迈入|迎来|呈现|步入)"
)


def background(s: Situation) -> Verdict | None:
    """“十四五”时期，我国发展仍处于…: a period that is described; (四)“十五五”时期…的指导思想: one that is talked about."""
    after, clause = s.after, s.clause_after
    behind = without_comma(after)
    if follows("background_after", behind) or _SUBJECT_IN_COURSE.match(behind) or occurs("turning_points", clause):
        return Verdict("time/background")
    if occurs("guidance", clause) and not _GOALS_OR_TASKS.search(clause):
        return Verdict("time/guidance")
    if after[:1] == "的" and s.expression.lead == "" and not _GOALS.match(after[1:]):
        return Verdict("time/attribute")
    if precedes("topic_before", s.before) and not _GOALS.match(after):
        return Verdict("time/attribute")
    return None


_SUM_OF_WORK = compiled(r"(?:和[^，。；]{1,12}?)?[^，。；]{0,20}?(?:目标|工作|任务)")
_TOLD = compiled(r"取得[^，。；]{0,8}(?:成效|成就|进展|突破)")


def during(s: Situation) -> Verdict | None:
    """2026年, 今年, 二、三季度, “十五五”时期: when the work or the goals that follow are to be done."""
    e = s.expression
    assert e.calendar is not None
    if not e.calendar.stated:
        if s.before[-1:] == "的" or (not e.tail and not s.opens_clause):
            return Verdict("time/attribute")
        if s.before.rfind("“") > s.before.rfind("”"):
            return Verdict("time/name")
    if occurs("foreseen_before", s.before[-16:]):
        return Verdict("time/foreseen")
    if not e.tail and precedes("summed_up_before", s.before) and _SUM_OF_WORK.match(s.after):
        return Verdict("time/attribute")
    if occurs("past", s.clause_after) or _is_told(s) or _is_doubtful(s) or _is_done(s):
        return Verdict("time/past")
    if s.in_review:
        return Verdict("time/review")
    return s.verdict("during/period", "during", from_date=s.first_day, to_date=s.last_day)


def _is_told(s: Situation) -> bool:
    """“十四五”时期发展取得新进展: of a period that has begun, and nothing says that it is wished."""
    interval, issued = s.interval, s.setting.issued
    if interval is None or issued is None or interval.start > issued:
        return False
    return "取得" in s.clause_after and _TOLD.search(s.clause_after) is not None and not occurs("wish", s.clause_after)


def _is_doubtful(s: Situation) -> bool:
    """今年4月成立 in a document of which only the year is known may be past; nothing says that it is to come."""
    interval, setting = s.interval, s.setting
    if setting.exact or setting.issued is None or interval is None or interval.end.year != setting.year:
        return False
    if interval.granularity not in ("day", "ten-days", "month", "quarter"):
        return False
    if s.expression.tail.endswith("内"):
        return False  # 10月内 sets a bound
    ahead, above = _NOUNS.sub("", s.clause_after[:20])[:12], _NOUNS.sub("", s.before[-20:])[-12:]
    return not occurs("future", ahead) and not occurs("future", above)


#: names that hold a word of wish: 立法会, 援助计划下, 重要
_NOUNS = compiled(
    r"(?:立法|委员|房委|委|大|社|协|机|议|工|商|展览|博览|理事|管理局?)会(?!将)|[主重概纲]要|计划(?=[下内的”」』，。、；（(])"
)
#: 已于, and 已于4月成立，并于|
_DONE_BEFORE = compiled(r"已经?[于在]?$|已经?[于在][^。；]{2,60}[，,]并?[于在]$")
_UNTIL_NOW = compiled(r"[^。；]{0,40}[，,](?:至今|迄今|到目前)")
_MADE = compiled(r"[^，。；]{0,4}(?:出台|印发|发布|颁布|发表|通过|批准|签署|公布|成立|修订|推出)(?:实施|施行|成立)?的")
_LONGEST_MADE = 9


def _is_done(s: Situation) -> bool:
    """已在年中推展; 今年7月推出，至今有2万人参加; 评估2023年出台的《意见》: of a time that had begun."""
    interval, issued = s.interval, s.setting.issued
    if interval is None or (issued is not None and interval.start.year > issued.year):
        return False
    before, after = s.before, s.after
    if "已" in before and _DONE_BEFORE.search(before[-70:]):
        return True
    if ("今" in after or "目前" in after) and _UNTIL_NOW.match(after):
        return True
    if "的" not in after[:_LONGEST_MADE] or not _MADE.match(after):
        return False
    begun = issued is not None and (interval.end <= issued or interval.end.year < issued.year)
    return begun or _ASSESSED.search(before[-12:]) is not None


_ASSESSED = compiled(r"(?:评估|按照|根据|依据|落实|执行|通过|总结|修订|废止|主席)(?:于|在)?$")


CALENDAR_RULES = (
    (signature, BARE),
    (named, ANY_SHAPE - WITH_TAIL),
    (since, WITH_TAIL),
    (baseline, ANY_SHAPE - WITH_LEAD),
    (past, ANY_SHAPE),
    (effective, WITH_TAIL),
    (until, WITH_LEAD | BARE),
    (by, ANY_SHAPE),
    (background, ANY_SHAPE),
    (during, ANY_SHAPE),
)
