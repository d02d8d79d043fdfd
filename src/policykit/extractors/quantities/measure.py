"""How a target measures (its kind) and what it measures (its indicator)."""

from __future__ import annotations

import re
from functools import lru_cache

from policykit.extractors.quantities.context import TIME, Context, cues
from policykit.findings import TargetKind
from policykit.quantities.units import alternatives


def kind_of(context: Context) -> TargetKind:
    """Level, increase, decrease, count, rank, multiple or coverage."""
    candidate = context.candidate
    if candidate.kind is not None:
        return candidate.kind
    if candidate.unit == "倍":
        return "multiple"
    if _CAPACITY.search(context.before):
        return "level"
    if candidate.unit == "%" and candidate.value == 100 and ("覆盖" in context.after[:4] or "覆盖" in context.before):
        return "coverage"
    verb = context.governor
    if context.adjacent is not None and verb is not None and verb.verb_class == "reach":
        return "increase" if _NEW.search(context.before) and candidate.unit_class in ("measure_words", None) else "level"
    if _NEW.search(context.before):
        return "increase"
    if verb is not None and verb.verb_class == "increase":
        is_counted = candidate.unit_class in ("measure_words", "physical") and _is_han(context.after)
        return "count" if is_counted and verb.place == "adjacent" and verb.word in ("提升", "提高", "扩大") else "increase"
    if verb is not None and verb.verb_class == "decrease":
        return "decrease"
    if candidate.unit == "个百分点":
        return "decrease" if "低于" in context.before else "increase"
    if candidate.unit_class in ("money", "percentages", "time"):
        return "level"
    if verb is not None and verb.verb_class == "produce":
        return "count"
    return "count" if _is_han(context.after) else "level"


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


_NEW = re.compile(r"新增|净增|新入库|增设|增速|增幅|涨幅|增量")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年产能|总计)$")


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives([*cues()['adverbs'], *cues()['light_verbs']])}|{TIME})+")


@lru_cache(maxsize=1)
def _following_verbs() -> re.Pattern[str]:
    return re.compile(alternatives(cues()["cut_after"]))


def indicator_of(context: Context) -> str:
    """The shortest phrase of the text that names what is measured."""
    candidate = context.candidate
    after = context.after
    if after and "\u4e00" <= after[0] <= "\u9fff" or after.startswith("“"):
        if candidate.unit_class in ("measure_words", "physical", "latin", None):
            noun = _noun_after(after)
            if noun:
                return noun
        elif candidate.unit_class == "percentages" and context.adjacent is None:
            return _clean(after.removeprefix("的"))
        elif candidate.unit_class == "money":
            noun = _noun_after(after)
            if noun:
                return noun
    return _subject(context)


def _noun_after(after: str) -> str:
    """The noun behind a number: 300个|具有辐射引领作用的|实训基地."""
    phrase = after.strip().removeprefix("的")
    relative = phrase.rfind("的")
    if relative >= 0:
        phrase = phrase[relative + 1 :] or phrase
    phrase = re.split(r"[、]|和(?=[0-9])|及(?=[0-9])", phrase, maxsplit=1)[0]
    match = _following_verbs().search(phrase, 1)
    if match:
        phrase = phrase[: match.start()]
    return _clean(phrase)


def _subject(context: Context) -> str:
    """What stands before the number: 森林覆盖率|达到, 建设|高标准农田|12万亩."""
    text, verb = context.text, context.verb
    start, end = context.segment_start, context.candidate.left
    if verb is not None:
        if verb.place == "adjacent":
            end = verb.start
        elif verb.verb_class in ("produce", "increase", "decrease"):
            start = verb.end
    words = text[start:end]
    match = _leading().match(words)
    if match and match.end() < len(words):
        words = words[match.end() :]
    words = _TRAILING.sub("", words)
    after_etc = words.rfind("等")
    if 0 < after_etc < len(words) - 1 and words[after_etc - 1] not in "平均高中初同":
        words = words[after_etc + 1 :]
    words = _clean(words)
    if len(words) < 2 and context.previous is not None:
        return indicator_of(context.previous)
    if not words:
        return _clean(_before_clause(context))
    return words


def _before_clause(context: Context) -> str:
    """The clause before, where the quantity's own has no subject."""
    head = context.text[context.sentence.start : max(context.sentence.start, context.clause.start - 1)]
    return re.split(r"[，,：:；]", head)[-1][-30:]


_TRAILING = re.compile(r"(?:年均|分别|均|总体|每年|平均|将|力争|全部|累计|各|约|要|应|须|可|原则上|一般|增速|增幅|涨幅|降幅|年均增速|同比)+$")


def _clean(words: str) -> str:
    return words.strip(" 、，和与及的为以上下左右（）()：:")
