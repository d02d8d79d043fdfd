"""What a quantity is for: a commitment, an achievement, the state of things, the condition or rate of a rule, a name, a time.

The rules are asked in order; the first that knows decides. Each gives the status with its own name, so that people can see why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.context import Context, cues
from policykit.extractors.quantities.tense import Tense
from policykit.findings import QuantityStatus
from policykit.quantities.units import alternatives

Decision = tuple[QuantityStatus, str]


def decide(context: Context, tense: Tense, year: int | None) -> Decision:
    """The status of a quantity and the rule that decided. `tense` is that of its paragraph, `year` the document's own."""
    for rule in _SHAPE_RULES:
        decision = rule(context)
        if decision is not None:
            return decision
    if tense == "rule":
        return _in_article(context)
    for clause_rule in _CLAUSE_RULES:
        decision = clause_rule(context)
        if decision is not None:
            return decision
    return _by_tense(context, tense, year)


# --- what the shape of the quantity and its closest neighbours tell


def _quoted(context: Context) -> Decision | None:
    """Inside 《》 it belongs to a title, inside “” to a name."""
    text, start = context.text, context.candidate.start
    line = context.paragraph.start
    opened = max(text.rfind("《", line, start), text.rfind("〔", line, start))
    if opened >= 0 and not (set(text[opened:start]) & {"》", "〕"}):
        return "reference", "reference/title"
    opened = text.rfind("“", line, start)
    if opened >= 0 and "”" not in text[opened:start]:
        closed = text.find("”", context.candidate.end, context.paragraph.end)
        if 0 <= closed - opened <= 24:
            return "name", "name/quoted"
    return None


def _time(context: Context) -> Decision | None:
    """Durations and dates, unless the length itself is to be reached (缩短至4年, 预期寿命达到80岁)."""
    candidate = context.candidate
    if candidate.unit_class != "time":
        return None
    verb = context.adjacent
    if verb is None or verb.verb_class == "produce":
        return "time", "time/duration"
    if candidate.unit in ("年", "月", "日", "时") and (candidate.value > 1000 or verb.end == candidate.start and verb.word in ("超过", "为", "完成", "实现")):
        return "time", "time/date"
    if not _LENGTH.search(context.before):
        return "time", "time/duration"
    return None


#: what a length of time is named by when it is itself the measure
_LENGTH = re.compile(r"寿命|年限|平均|时间|时长|周期|时限|年龄")


def _indefinite(context: Context) -> Decision | None:
    """一个, 一项: an article rather than a number, unless 至少 or 不少于 stands before it."""
    candidate = context.candidate
    if candidate.form == "chinese" and candidate.value == 1 and not candidate.before and context.text[candidate.start] == "一":
        return "name", "name/article"
    return None


def _denominator(context: Context) -> Decision | None:
    """每千人, 每万人口: what something is counted for."""
    candidate = context.candidate
    head = context.text[max(0, candidate.start - 2) : candidate.start]
    if head.endswith("每") or head in ("平均",) and candidate.form == "chinese":
        return "name", "name/denominator"
    return None


def _attribute(context: Context) -> Decision | None:
    """30亿元以上项目, 50米内换乘, 厚度低于0.01毫米的地膜: the measure of a thing that something is said about."""
    candidate = context.candidate
    after = context.after
    if not after or candidate.unit_class in ("measure_words",) or candidate.form in ("word", "rank"):
        return None
    if candidate.unit_class == "percentages" or candidate.form == "share":
        return None
    if after.startswith("级"):
        return "name", "name/grade"
    if after[0] in "、和与及至到，。；等左或·/+（(":
        return None
    if candidate.unit_class == "money":
        noun = after.removeprefix("的")
        if _MONEY_NOUN().match(noun) or _money_noun_near(noun):
            return None
        if context.adjacent is not None and after[0] != "的":
            return None
        return "name", "name/attribute"
    if candidate.behind or after[0] == "的":
        return "name", "name/attribute"
    return None


def _money_noun_near(noun: str) -> bool:
    return bool(_MONEY_NOUN().search(noun[:14]))


@lru_cache(maxsize=1)
def _MONEY_NOUN() -> re.Pattern[str]:
    return re.compile(alternatives(cues()["money_nouns"]))


def _small_numeral(context: Context) -> Decision | None:
    """三大工程, 四个体系, 两项制度: small Chinese numerals mostly name a set; figures, 至少 and 以上 count."""
    candidate = context.candidate
    if candidate.form != "chinese" or candidate.value >= 20 or candidate.before or candidate.behind or candidate.unit_class != "measure_words":
        return None
    if candidate.comparator != "=":
        return None
    if context.text[candidate.start] in "百千万":
        return None
    if context.opening is not None and context.opening.end >= candidate.left - 1 and context.opening.verb_class in ("produce", "increase"):
        return None
    return "name", "name/small-numeral"


_SHAPE_RULES: tuple[Callable[[Context], Decision | None], ...] = (_quoted, _time, _indefinite, _denominator, _small_numeral, _attribute)


# --- laws


def _in_article(context: Context) -> Decision:
    """Articles set rules, not goals."""
    return "condition", "condition/article"


# --- what the clause tells


@lru_cache(maxsize=1)
def _grant() -> re.Pattern[str]:
    return re.compile(alternatives(cues()["grant"]))


@lru_cache(maxsize=1)
def _fund() -> re.Pattern[str]:
    return re.compile(alternatives(cues()["fund"]))


def _rate(context: Context) -> Decision | None:
    """Sums and shares given or taken case by case: 给予最高500万元补助, 按税额的50%减征."""
    candidate = context.candidate
    if candidate.unit_class not in ("money", "percentages") or candidate.form in ("word", "rank"):
        return None
    clause = context.text[context.clause.start : context.clause.end]
    if _grant().search(clause) and not _TOTAL.search(clause):
        return "rate", "rate/grant"
    sentence = context.text[context.sentence.start : context.sentence.end]
    if candidate.unit_class == "money" and _CASE.search(sentence) and _grant().search(sentence) and not _TOTAL.search(clause):
        return "rate", "rate/case"
    return None


_TOTAL = re.compile(r"总规模|总额|总投入|统筹|设立|筹措|专项资金安排|安排专项|财政安排|资金.{0,3}亿|亿元.{0,8}(?:资金|基金)|贷款规模|总规模")
_CASE = re.compile(r"对[^，。；]{2,60}(?:的|者)|符合条件|单个|每人|每户|最高|不超过")


def _condition(context: Context) -> Decision | None:
    """对年营业收入首次突破10亿元的企业: the case that a rule is for."""
    candidate = context.candidate
    after = context.after
    if candidate.unit_class == "measure_words" and not (context.adjacent and context.adjacent.verb_class == "reach"):
        head = context.text[context.clause.start : candidate.left]
        if not (head[:1] in "对凡" and "的" in after):
            return None
    elif "的" not in after:
        return None
    head = context.text[context.clause.start : candidate.left]
    if re.match(r"[对凡若如经当]|每当|其中对", head):
        return "condition", "condition/case"
    return None


_CLAUSE_RULES: tuple[Callable[[Context], Decision | None], ...] = (_condition, _rate)


# --- tense and modality


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    return re.compile(alternatives(packaged_dictionary("tense_cues")["sentences"]["past"]))


@lru_cache(maxsize=1)
def _future() -> re.Pattern[str]:
    return re.compile(alternatives(packaged_dictionary("tense_cues")["sentences"]["future"]))


_YEARS = re.compile(r"(20[0-9]{2})年")


def _by_tense(context: Context, tense: Tense, year: int | None) -> Decision:
    text, sentence = context.text, context.sentence
    words = text[sentence.start : sentence.end]
    years = [int(match[1]) for match in _YEARS.finditer(words)]
    ahead = any(year is None or stated >= year for stated in years)
    behind = bool(years) and not ahead
    if tense == "past":
        if ahead and year is not None and any(stated > year for stated in years):
            return "target", "target/year-ahead"
        return "achievement", "achievement/part"
    if _past().search(words) and not ahead:
        return "achievement", "achievement/sentence"
    if behind:
        return "achievement", "achievement/year"
    if context.adjacent is not None:
        return "target", f"target/{context.adjacent.verb_class}"
    if context.opening is not None:
        return "target", f"target/{context.opening.verb_class}"
    if context.candidate.form in ("word", "rank"):
        return "target", "target/word"
    if context.is_list_member:
        return "target", "target/list"
    if tense == "future" or context.candidate.before or context.candidate.behind:
        return "target", "target/stated"
    return "background", "background/no-verb"
