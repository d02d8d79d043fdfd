"""How a target measures: its kind, and the comparator that stands at a distance."""

from __future__ import annotations

from policykit.extractors.quantities.candidate import Candidate
from policykit.extractors.quantities.context import Context, ends_with_measure
from policykit.extractors.quantities.cues import CuePattern, cue_ends, cue_set
from policykit.findings import Comparator, TargetKind


def kind_of(context: Context) -> TargetKind:
    """Level, increase, decrease, count, rank, multiple or coverage."""
    candidate = context.candidate
    if candidate.kind is not None:
        return candidate.kind
    if candidate.unit == "倍":
        return "multiple"
    holder = context.holder
    verb, before = holder.verb, holder.before
    if candidate.unit == "%" and candidate.value == 100 and ("覆盖" in context.after[:4] or "覆盖" in before):
        return "coverage"
    is_counted = candidate.unit_class in ("measure_words", "physical", "latin", None)
    if before[-1:] in cue_ends("capacities_per_time") and _CAPACITY.search(before):
        return "level"
    has_object = _is_han(context.own_after)
    if verb is not None and verb.place in ("adjacent", "comparator") and verb.verb_class == "reach":
        if _GROWTH_RATE.search(before):
            return "level" if _is_capped(context) else "increase"
        if is_counted and _NEW.search(before):
            return "increase"
        if is_counted and has_object and (verb.place == "comparator" or verb.word == "突破"):
            return "count"
        return "level"
    if _NEW.search(before):
        return "increase"
    if verb is not None and verb.verb_class == "increase":
        return "count" if is_counted and has_object and verb.word in cue_set("treatments") else "increase"
    if verb is not None and verb.verb_class == "decrease":
        return "decrease"
    if candidate.unit == "个百分点":
        return "decrease" if "低于" in before else "increase"
    if not is_counted:
        return "level"
    if verb is not None and verb.word in ("实现", "保持") and ends_with_measure(context.before):
        return "level"
    if not has_object and comparator_of(context) == "<=":
        return "level"
    return "count" if has_object or (verb is not None and verb.verb_class == "produce") else "level"


def _is_capped(context: Context) -> bool:
    """人口自然增长率控制在10‰以下: a rate that is held down is a level, not a growth to be reached."""
    return (
        context.candidate.before.startswith("控制")
        or "控制在" in context.text[context.segment_start : context.candidate.start]
    )


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


#: 增速保持在7%以上
_GROWTH_RATE = CuePattern(r"(?:增速|增幅|涨幅|增长率)(?:保持在|达到?|不低于|稳定在|超过)?$")
_NEW = CuePattern("<newness>")
#: 年产50发火箭: what can be made in a time is a level
_CAPACITY = CuePattern("<capacities_per_time>$")


def comparator_of(context: Context) -> Comparator:
    """The comparator of a quantity; 至少 and its like may stand before the verb (至少建设一所)."""
    candidate = context.candidate
    if candidate.comparator == "=" and (
        ("红线" in context.after and _RED_LINE.match(context.own_after))
        or context.before.endswith(("守住", "守牢", "严守", "坚守"))
    ):
        return ">="
    if candidate.comparator == "=" and not context.is_list_member:
        match = _DISTANT.search(context.before)
        if match is not None:
            return ">=" if match[1] in ("至少", "不少于", "不低于") else "<="
    return candidate.comparator


#: 守住18亿亩耕地红线
_RED_LINE = CuePattern(r"[^，。；、]{0,8}红线")
_DISTANT = CuePattern(r"(至少|不少于|不低于|最多|至多|不超过)[^，。；、0-9]{1,14}$")


def unit_of(indicator: str, candidate: Candidate) -> str | None:
    """The unit of a number that is written without one: 新增人口100万 counts people."""
    if candidate.form not in ("digits", "chinese", "bare"):
        return None
    if indicator.endswith("人次"):
        return "人次"
    if indicator.endswith("次数"):
        return "次"
    if candidate.form != "bare" and (_PEOPLE.search(indicator) or _PEOPLE_FIRST.match(indicator)):
        return "人"
    return None


_PEOPLE = CuePattern("<people>$")
_PEOPLE_FIRST = CuePattern(r".{0,4}(?:孕产妇|老年人|居民|群众|农民|劳动力|人口|学生)")
