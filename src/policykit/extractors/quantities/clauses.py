"""What the clause of a quantity tells: the condition of a rule, a norm, a comparison, how often, how large a place is.

The rules are asked in order; the first that knows decides.
"""

from __future__ import annotations

from collections.abc import Callable

from policykit.extractors.quantities.context import Context, is_opening, opening_class
from policykit.extractors.quantities.cues import CuePattern
from policykit.extractors.quantities.measure import comparator_of
from policykit.extractors.quantities.rates import is_rate
from policykit.extractors.quantities.shape import Decision


def by_clause(context: Context) -> Decision | None:
    """Status and rule of a quantity that its clause or sentence decides; None for the others."""
    candidate = context.candidate
    # a comparator (不得超过) may say it too
    may_be_bound = candidate.before or _TELLING.search(context.text, context.clause.start, candidate.left)
    for rule in _RULES if may_be_bound else _QUIET_RULES:
        decision = rule(context)
        if decision is not None:
            return decision
    return None


def _small_numeral(context: Context) -> Decision | None:
    """三大工程, 四个体系, 两项制度: small Chinese numerals mostly name a set; figures, 至少 and 以上 count."""
    candidate = context.candidate
    if candidate.form != "chinese" or candidate.value >= 20 or candidate.unit_class != "measure_words":
        return None
    if comparator_of(context) != "=" or context.text[candidate.start] in "百千万":
        return None
    verb = context.verb
    is_object = (
        verb is not None
        and verb.place == "adjacent"
        and verb.verb_class in ("produce", "increase")
        and is_opening(context.text, context.segment_start, verb)
    )
    return None if is_object else ("name", "name/small-numeral")


def _frequency(context: Context) -> Decision | None:
    """每年召开两次: how often something is held is a time."""
    candidate = context.candidate
    if candidate.unit not in ("次", "场", "期", "轮") or candidate.value > 12:
        return None
    if _EVERY.search(context.text, context.clause.start, candidate.start):
        return "time", "time/frequency"
    return None


_EVERY = CuePattern(
    r"每(?:[0-9一二三四五六七八九十两半]{0,2}(?:个)?(?:年度?|季度?|月|周|星期|天|日|学期|学年|届)|个?立法会会期)|年度"
)


def _comparison(context: Context) -> Decision | None:
    """比过去五年收回的120公顷超逾四倍: what a goal is measured against."""
    text, candidate, before = context.text, context.candidate, context.before
    is_half_of = candidate.form == "word" and candidate.unit == "%" and text.endswith("的", 0, candidate.left)
    if is_half_of or (
        ("比" in before or "较" in before)
        and (
            _THAN.search(text, context.segment_start, candidate.left)
            or (
                context.next_start < context.clause.end
                and _THAN_HEAD.match(text, context.segment_start, candidate.left)
            )
        )
    ):
        return "background", "background/comparison"
    return None


def may_compare(context: Context) -> bool:
    """Whether `by_clause` may find that a quantity is what another is compared with."""
    return "比" in context.before or "较" in context.before or context.candidate.form == "word"


_THAN_HEAD = CuePattern(r"(?:即)?(?:较|比)")
_THAN = CuePattern(r"(?:比|较|相比)[^，。；、]{0,40}的(?:平均每年|每年平均|年均|每年)?(?:约|近)?$")


def _case(context: Context) -> Decision | None:
    """达到15%并签订合同的，可申请; 投资达到25%以上，即可办理; 出现10例以上病例时: the case that a rule is for."""
    text, candidate = context.text, context.candidate
    sentence_end, clause_end = context.sentence.end, context.clause.end
    if text.find("的，", candidate.right, sentence_end) >= 0 and _CASE_BEHIND.search(
        text, candidate.right, sentence_end
    ):
        return "condition", "condition/case"
    if _ENOUGH.match(text, clause_end):
        return "condition", "condition/case"
    if clause_end < sentence_end and context.after.endswith("时"):
        return "condition", "condition/when"
    return None


def _permit(context: Context) -> Decision | None:
    """可容积率最多提高20%: what is allowed."""
    if _PERMIT.search(context.text, context.clause.start, context.candidate.left):
        return "condition", "condition/permit"
    return None


_CASE_BEHIND = CuePattern("的，<case_behind>")
_ENOUGH = CuePattern("，<enough>")
_PERMIT = CuePattern("<permits>")


def _state_of_things(context: Context) -> Decision | None:
    """涉及开支约九亿元, 我们预测为百分之二, 总规划面积约60平方公里: costs, forecasts, extents."""
    candidate, head = context.candidate, _head(context)
    if candidate.unit_class == "money" and _COST.search(head):
        return "background", "background/cost"
    if "预测" in head and _FORECAST.search(head):
        return "background", "background/forecast"
    if candidate.unit_class == "physical" and _EXTENT.fullmatch(context.before):
        return "background", "background/extent"
    return None


_COST = CuePattern(r"涉及[^，。；0-9]{0,10}$")
_FORECAST = CuePattern(r"预测[^，。；]{0,24}(?:为|约|达)?$")
_EXTENT = CuePattern(r"[^，。；]{0,12}?<extents>|面积")


def _head(context: Context) -> str:
    """The clause up to the number."""
    return context.text[context.clause.start : context.candidate.left]


def _attribute(context: Context) -> Decision | None:
    """培育年产值超100亿元、具备竞争力的企业, 井深超过800米的矿山: the trait of a thing."""
    candidate, verb, after = context.candidate, context.verb, context.after
    if context.is_trait:
        return "name", "name/attribute"
    if after.startswith("的"):
        stands_apart = verb is not None and verb.place != "adjacent" and verb.end < candidate.left - 1
        if stands_apart and candidate.unit_class == "measure_words" and candidate.behind:
            return "condition", "condition/attribute"
        if context.adjacent is not None and context.adjacent.verb_class == "reach":
            return "condition", "condition/attribute"
    if after.startswith("、") and _SECOND_TRAIT.match(after):
        return "condition", "condition/attribute"
    if (
        candidate.unit_class == "money"
        and candidate.before
        and after.startswith("、")
        and _OTHER_TRAIT.match(after)
        and opening_class(context.text, context.segment_start, candidate.left) == "produce"
    ):
        return "name", "name/attribute"
    return None


#: 培育年产值超100亿元|、具备国际竞争力的企业
_OTHER_TRAIT = CuePattern(r"、(?:具备|具有|拥有|符合|带动|创新|掌握)[^，。；]{1,30}的")
#: 入井人数超过30人、井深超过800米的矿山
_SECOND_TRAIT = CuePattern(r"、[^，。；、]{0,12}(?:超过|达到|不足|低于|高于|大于)[0-9][^，。；、]{0,10}的")


def _norm(context: Context) -> Decision | None:
    """层高应不小于3米, 不得超过10%, 上限为5000元: what must be so, not what is to be reached."""
    candidate, head = context.candidate, _head(context)
    if candidate.before.startswith(("不得", "不应", "不宜", "不能")) or _OUGHT.search(head):
        return "condition", "condition/norm"
    if candidate.before in ("上限为", "下限为") or _LIMIT.search(head):
        return "condition", "condition/limit"
    return None


_OUGHT = CuePattern("<ought>(?:为|达|达到)?$")
_LIMIT = CuePattern("不得|<limits>")


def _rule_for(context: Context) -> Decision | None:
    """对年营业收入首次突破10亿元的企业; 就500个单位以上的申请: whom or what a rule is for."""
    text, candidate, head = context.text, context.candidate, _head(context)
    if head[:1] in ("就", "针") and _TOPIC.match(head):
        return "background", "background/topic"
    if _IF.match(head):
        follows = "的" in context.after
        bounded = candidate.comparator != "=" and text.find("的", candidate.right, context.sentence.end) >= 0
        if follows or bounded:
            return "condition", "condition/case"
    if (
        candidate.unit_class == "percentages"
        and "比例" in head
        and _OUGHT_BEFORE.search(text, context.sentence.start, candidate.left)
    ):
        return "condition", "condition/norm"
    return None


_IF = CuePattern(r"(?:（[^（）]{1,4}）|[0-9]{1,2}[.、] ?|以及|其中|并|同时|鼓励|支持)?(?:<case_openers>|当(?!中))")
_TOPIC = CuePattern(r"(?:就|针对)(?!业|地|近|医|学|诊|餐)")
_OUGHT_BEFORE = CuePattern(r"(?:应|须)[^，。；]{2,}，")

_RULES: tuple[Callable[[Context], Decision | None], ...] = (
    _small_numeral,
    _frequency,
    _comparison,
    _case,
    _permit,
    _state_of_things,
    _attribute,
    _norm,
    _rule_for,
    is_rate,
)
#: a word without which nothing is allowed or must be so
_TELLING = CuePattern("<permits>|<ought>|不得|<limits>")
#: the rules to ask where none stands in front of the number
_QUIET_RULES = tuple(rule for rule in _RULES if rule not in (_permit, _norm))
