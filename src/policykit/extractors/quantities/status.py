"""What a quantity is for: a commitment, an achievement, the state of things, the condition or rate of a rule.

The rules are asked in order; the first that knows decides. Each gives the status with its own name, so that people can see why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.context import Context, cues, is_opening, later_verb
from policykit.extractors.quantities.measure import comparator_of
from policykit.extractors.quantities.shape import Decision
from policykit.extractors.quantities.tense import Tense
from policykit.patterns import compiled
from policykit.quantities.units import alternatives
from policykit.text.spans import Span


def decide(context: Context, tense: Tense, year: int | None, is_prose: bool = False) -> Decision:
    """The status of a quantity and the rule that decided. `tense` is that of its paragraph, `year` the document's own.

    `is_prose`: the document speaks in full sentences with a subject, as those of Hong Kong and Taiwan do, so that a statement without a
    word of intent is a fact. The contexts of a paragraph are to be decided in order: what is listed without a verb of its own shares the decision before it.
    """
    context.decision = _decide(context, tense, year, is_prose)
    return context.decision


def decides_at_once(text: str, paragraph: Span, tense: Tense, year: int | None) -> Decision | None:
    """What all quantities of a paragraph are that nothing in it can make goals of: a review without a year to come, an article without
    a total or a time. None where they have to be read one by one."""
    if tense == "past":
        years = [int(match[1]) for match in _YEARS.finditer(text, *paragraph)]
        if not any(year is None or stated > year for stated in years):
            return "achievement", "achievement/part"
    elif tense == "rule" and not _GOAL_IN_RULE.search(text, *paragraph):
        return "condition", "condition/article"
    return None


_GOAL_IN_RULE = compiled(r"总额|20[0-9]{2}年")


def _decide(context: Context, tense: Tense, year: int | None, is_prose: bool) -> Decision:
    if tense == "rule":
        return _in_article(context, year)
    for rule in _CLAUSE_RULES:
        decision = rule(context)
        if decision is not None:
            return decision
    return _by_tense(context, tense, year, is_prose)


def _in_article(context: Context, year: int | None) -> Decision:
    """Articles set rules; only a total of money, or what is to be reached by a year, is a goal."""
    candidate = context.candidate
    if candidate.unit_class == "money" and candidate.comparator != "=" and "总额" in context.before:
        return "target", "target/total"
    if (
        context.adjacent is not None
        and context.adjacent.verb_class == "reach"
        and _BY_YEAR.search(context.text, context.sentence.start, candidate.left)
    ):
        return "target", "target/by-year"
    return "condition", "condition/article"


_BY_YEAR = compiled(r"到20[0-9]{2}年|20[0-9]{2}年底?前")


def _small_numeral(context: Context) -> Decision | None:
    """三大工程, 四个体系, 两项制度: small Chinese numerals mostly name a set; figures, 至少 and 以上 count."""
    candidate = context.candidate
    if (
        candidate.form != "chinese"
        or candidate.value >= 20
        or candidate.unit_class != "measure_words"
        or comparator_of(context) != "="
    ):
        return None
    if context.text[candidate.start] in "百千万":
        return None
    verb = context.verb
    if (
        verb is not None
        and verb.place == "adjacent"
        and verb.verb_class in ("produce", "increase")
        and is_opening(context.text, context.segment_start, verb)
    ):
        return None
    return "name", "name/small-numeral"


def _frequency(context: Context) -> Decision | None:
    """每年召开两次: how often something is held is a time."""
    candidate = context.candidate
    if (
        candidate.unit in ("次", "场", "期", "轮")
        and candidate.value <= 12
        and _EVERY.search(context.text, context.clause.start, candidate.start)
    ):
        return "time", "time/frequency"
    return None


_EVERY = compiled(
    r"每(?:[0-9一二三四五六七八九十两半]{0,2}(?:个)?(?:年度?|季度?|月|周|星期|天|日|学期|学年|届)|个?立法会会期)|年度"
)


def _comparison(context: Context) -> Decision | None:
    """比过去五年收回的120公顷超逾四倍: what a goal is measured against."""
    text, candidate = context.text, context.candidate
    if text[max(0, candidate.left - 1) : candidate.left] == "的" and candidate.form == "word" and candidate.unit == "%":
        return "background", "background/comparison"
    if _THAN.search(text, context.segment_start, candidate.left) or (
        context.next_start < context.clause.end and _THAN_HEAD.match(text, context.segment_start, candidate.left)
    ):
        return "background", "background/comparison"
    return None


_THAN_HEAD = compiled(r"(?:即)?(?:较|比)")
_THAN = compiled(r"(?:比|较|相比)[^，。；、]{0,40}的(?:约|近)?$")


@lru_cache(maxsize=1)
def _grant() -> re.Pattern[str]:
    return compiled(alternatives(cues()["grant"]))


def _rate(context: Context) -> Decision | None:
    """Sums and shares given or taken case by case: 给予最高500万元补助, 按税额的50%减征."""
    candidate = context.candidate
    if candidate.unit_class not in ("money", "percentages") or candidate.form in ("word", "rank"):
        return None
    clause = context.text[context.clause.start : context.clause.end]
    if candidate.unit_class == "money":
        if _TOTAL.search(clause):
            return None
        if _TO_EACH.match(clause):
            return "rate", "rate/grant"
    elif _AVERAGE.search(clause) or _STRIVING.search(clause):
        return None
    elif _BY_SHARE.search(context.before):
        return "rate", "rate/share"
    if (
        _grant().search(clause)
        or _STANDARD.match(context.own_after)
        or (candidate.unit_class == "money" and _STANDARD_IS.search(context.before))
    ):
        return "rate", "rate/grant"
    if candidate.unit_class == "percentages" and _CAP.search(clause):
        return "rate", "rate/cap"
    sentence = context.text[context.sentence.start : context.sentence.end]
    if _grant().search(sentence) and (
        _CASE.search(sentence)
        if candidate.unit_class == "money"
        else candidate.before.startswith("最高") or _is_only_verb(context)
    ):
        return "rate", "rate/case"
    return None


def _is_only_verb(context: Context) -> bool:
    """Whether the clause has no subject of its own: 降低1个百分点."""
    verb = context.adjacent
    return verb is not None and verb.start == context.clause.start


_TOTAL = compiled(
    r"总规模|总额|总量|总投入|统筹|设立[^，。；]{0,24}(?:基金|资金)|筹措|专项资金安排|安排专项|财政安排|资金.{0,3}亿|亿元.{0,8}(?:资金|基金)|贷款规模|总规模"
)
_CASE = compiled(r"对[^，。；]{2,60}(?:的|者)|符合条件|单个|每人|每户|最高|不超过")
_TO_EACH = compiled(r"(?:[一二三四五六七八九十]{1,3}是|（[^（）]{1,4}）|[0-9]{1,2}[.、] ?)?对")
#: 按每人500元的标准, 低保标准提高到1000元
_STANDARD = compiled(r"(?:/[^，。]{1,3})?的?(?:标准|计算|核定|计征|计收)")
_STANDARD_IS = compiled(r"(?<!高)标准(?!化)")
_STRIVING = compiled(r"力争|确保|争取")
#: 按现行标准的80%收取
_BY_SHARE = compiled(r"按照?[^，。；]{1,24}(?:的|标准|比例|价格|价款|总额|金额)$")
_AVERAGE = compiled(r"平均[^，。；]{0,12}(?:率|成本|利率)")
_CAP = compiled(r"最高[^，。；0-9]{0,10}(?:率|比例)|比例上限|上限为")


def _condition(context: Context) -> Decision | None:
    """对年营业收入首次突破10亿元的企业: the case that a rule is for."""
    candidate = context.candidate
    after = context.after
    head = context.text[context.clause.start : candidate.left]
    if _CASE_BEHIND.search(context.text, candidate.right, context.sentence.end) or _ENOUGH.match(
        context.text, context.clause.end
    ):
        return "condition", "condition/case"
    if after.endswith("时") and context.clause.end < context.sentence.end:
        return "condition", "condition/when"
    if _PERMIT.search(context.text, context.clause.start, candidate.left):
        return "condition", "condition/permit"
    if candidate.unit_class == "money" and _COST.search(head):
        return "background", "background/cost"
    if _FORECAST.search(head):
        return "background", "background/forecast"
    if context.is_trait:
        return "name", "name/attribute"
    if candidate.before.startswith(("不得", "不应", "不宜", "不能")) or _OUGHT.search(head):
        return "condition", "condition/norm"
    if (
        after.startswith("的")
        and context.verb is not None
        and context.verb.place != "adjacent"
        and context.verb.end < candidate.left - 1
    ):
        if candidate.unit_class == "measure_words" and candidate.behind:
            return "condition", "condition/attribute"
    if _EXTENT.fullmatch(context.before) and candidate.unit_class == "physical":
        return "background", "background/extent"
    if _LIMIT.search(head) or candidate.before in ("上限为", "下限为"):
        return "condition", "condition/limit"
    if _TOPIC.match(head):
        return "background", "background/topic"
    if after.startswith("的") and context.adjacent is not None and context.adjacent.verb_class == "reach":
        return "condition", "condition/attribute"
    if after.startswith("、") and _SECOND_TRAIT.match(after):
        return "condition", "condition/attribute"
    if _IF.match(head) and (
        "的" in after or (candidate.comparator != "=" and "的" in context.text[candidate.right : context.sentence.end])
    ):
        return "condition", "condition/case"
    if (
        _NORM.search(context.text, context.sentence.start, candidate.left)
        and candidate.unit_class == "percentages"
        and "比例" in head
    ):
        return "condition", "condition/norm"
    return None


_IF = compiled(
    r"(?:（[^（）]{1,4}）|[0-9]{1,2}[.、] ?|以及|其中|并|同时|鼓励|支持)?(?:[对凡若如经]|当(?!中)|每当|符合)"
)
_TOPIC = compiled(r"(?:就|针对)(?!业|地|近|医|学|诊|餐)")
#: 达到15%并签订合同的，可申请贷款: what comes first is the case
_CASE_BEHIND = compiled(r"的，(?:可|给予|按照?|予以|享受|免|应当|由|不再|不予|经|最高|一次性)")
#: 投资达到25%以上，即可办理
_ENOUGH = compiled(r"，(?:即可|方可|方能|才能|才可|视为|不予)")
#: 涉及全年开支约九亿元: what something costs
_COST = compiled(r"涉及[^，。；0-9]{0,10}$")
#: 我们预测今年通胀率为百分之二
_FORECAST = compiled(r"预测[^，。；]{0,24}(?:为|约|达)?$")
#: 允许不超过五分之一的股东
_PERMIT = compiled(r"允许|准许|准予|但最多|放宽[到至为]")
#: 层高应不小于3米
_OUGHT = compiled(r"(?:应|宜|须|必须|应当)(?:为|达|达到)?$")
#: 总规划面积约60平方公里: how large a place is
_EXTENT = compiled(
    r"[^，。；]{0,12}?(?:总面积|规划面积|总规划面积|占地面积|占地|用地面积|区域面积|建筑面积|国土面积|总建筑面积)|面积"
)
#: 入井人数超过30人、井深超过800米的矿山
_SECOND_TRAIT = compiled(r"、[^，。；、]{0,12}(?:超过|达到|不足|低于|高于|大于)[0-9][^，。；、]{0,10}的")
_LIMIT = compiled(r"(?:须为|上限为|下限为|须达|应达)$|不得|上限|下限|起点")
_NORM = compiled(r"应当?[^，。；]{2,}，|须[^，。；]{2,}，")

_CLAUSE_RULES: tuple[Callable[[Context], Decision | None], ...] = (
    _small_numeral,
    _frequency,
    _comparison,
    _condition,
    _rate,
)


# --- tense and modality


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    return compiled(alternatives(packaged_dictionary("tense_cues")["sentences"]["past"]) + "|(?<!以)上年")


def _is_han(words: str) -> bool:
    return "\u4e00" <= words[:1] <= "\u9fff"


#: years, but not those that something is compared with
@lru_cache(maxsize=1)
def _future() -> re.Pattern[str]:
    words = alternatives(packaged_dictionary("tense_cues")["sentences"]["future"])
    return compiled(f"{words}|{_MODAL}")


#: 会, 将, 拟 and 2026年起; not the 会 of 社会 and 会议, the 将 of 即将 and 将军
_MODAL = r"(?<![社机议协委学工商展集聚法国理董监])会(?![议计员展社场所费籍客考])|(?<![即名健])将(?![军来])|(?<![模虚])拟|(?<=[年月日度])起"


@lru_cache(maxsize=1)
def _intent() -> re.Pattern[str]:
    return compiled(alternatives(packaged_dictionary("tense_cues")["sentences"]["intent"]))


@lru_cache(maxsize=1)
def _since() -> re.Pattern[str]:
    return compiled(
        "(?<![比较与])" + alternatives(packaged_dictionary("tense_cues")["sentences"]["since"]) + "|(?<!以)上年"
    )


def _is_told(context: Context) -> bool:
    """Whether the sentence tells what happened in a time before now (过去两年, 先后), with no turn to the future behind that."""
    last = None
    for last in _since().finditer(context.text, context.sentence.start, context.candidate.left):  # noqa: B007
        pass
    return last is not None and not _future().search(context.text, last.end(), context.candidate.left)


def _is_directive(context: Context) -> bool:
    """Whether a sentence of full prose sets a goal: a word of the future, a bullet or a clause that begins with its verb, a year, a bound."""
    text, sentence = context.text, context.sentence
    return (
        _is_imperative(context)
        or text.startswith("•", context.paragraph.start)
        or context.candidate.before in ("不少于", "至少", "不低于", "最少")
        or _future().search(text, sentence.start, context.clause.end) is not None
        or _ANY_YEAR.search(text, sentence.start, context.candidate.left) is not None
    )


_ANY_YEAR = compiled(r"20[0-9]{2}")


def _is_imperative(context: Context) -> bool:
    """Whether the clause of the quantity (or of its list) begins with its verb: 于2025年内增设四间中心."""
    verb = context.governor
    return verb is not None and (
        verb.place == "opening"
        or (verb.place == "adjacent" and is_opening(context.text, context.holder.segment_start, verb))
    )


#: 推进5个中心高效运行: they are there already
_RUNNING = compiled(r"(?:高效|稳定|规范|良好|正常|平稳)运行$")
#: 为800个小区引入物业服务, 在3000个小区设置回收机
_FOR = compiled(r"(?:[为在对向给与]|[为对向给][^，。；、]{1,12}的)约?$")

_YEARS = compiled(r"(?<![比较与于以])(20[0-9]{2})年(?![^，。；]{0,4}相比|为基|[^《》，。；]{0,40}》)")


def _by_tense(context: Context, tense: Tense, year: int | None, is_prose: bool) -> Decision:
    text, sentence, candidate = context.text, context.sentence, context.candidate
    years = [int(match[1]) for match in _YEARS.finditer(text, sentence.start, sentence.end)]
    ahead = year is not None and any(stated >= year for stated in years)
    is_dated = ahead or (year is None and _BY_YEAR.search(text, sentence.start, candidate.left) is not None)
    if tense == "past":
        if year is not None and any(stated > year for stated in years):
            return "target", "target/year-ahead"
        return "achievement", "achievement/part"
    if not ahead:
        if years and year is not None:
            return "achievement", "achievement/year"
        past = _past().search(text, context.clause.start, context.clause.end)
        # 改造提升5000个已建成的设施: said of the things, not of the work
        if past is not None and (past.start() != candidate.right or context.verb is None):
            return "achievement", "achievement/clause"
        if _is_told(context):
            return "achievement", "achievement/since"
    if candidate.unit_class == "measure_words" and _RUNNING.search(context.after):
        return "background", "background/running"
    verb = context.governor
    if (
        candidate.kind == "rank"
        and tense != "future"
        and not is_dated
        and not _intent().search(text, sentence.start, candidate.left)
    ):
        return "background", "background/rank"
    if is_prose and tense == "open" and not _is_directive(context):
        return "background", "background/prose"
    if verb is not None:
        return "target", f"target/{verb.verb_class}"
    is_ahead = tense == "future" or is_dated or _future().search(text, sentence.start, context.clause.end) is not None
    if candidate.form in ("word", "rank", "share"):
        return ("target", "target/word") if is_ahead else ("background", "background/share")
    if candidate.unit_class in ("measure_words", "physical", None) and _FOR.search(
        text, max(sentence.start, candidate.left - 16), candidate.left
    ):
        if later_verb(text, candidate.right, context.clause.end) and not context.own_after.startswith(
            ("已", "现有", "原有")
        ):
            return "target", "target/for"
    if context.is_list_member and context.previous is not None and context.previous.decision is not None:
        return context.previous.decision
    after = context.after
    if (
        candidate.unit_class == "percentages"
        and tense == "future"
        and later_verb(text, candidate.right, context.clause.end)
    ):
        return "target", "target/share-of"
    if _is_han(context.own_after) and (
        context.next_start < context.clause.end
        or "实现" in after
        or (
            tense == "open"
            and candidate.unit_class == "measure_words"
            and later_verb(text, candidate.right, context.clause.end)
        )
    ):
        return "background", "background/subject"
    if candidate.comparator != "=" or ((tense == "future" or is_dated) and not _is_han(after)):
        return "target", "target/stated"
    return "background", "background/no-verb"
