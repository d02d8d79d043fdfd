"""How a target measures (its kind) and what it measures (its indicator)."""

from __future__ import annotations

import re
from functools import lru_cache

from policykit.extractors.quantities.context import Context, cues
from policykit.findings import TargetKind
from policykit.quantities.units import alternatives


def kind_of(context: Context) -> TargetKind:
    """Level, increase, decrease, count, rank, multiple or coverage."""
    candidate = context.candidate
    if candidate.kind is not None:
        return candidate.kind
    if candidate.unit == "倍":
        return "multiple"
    if candidate.unit == "%" and candidate.value == 100 and "全覆盖" in context.after[:4]:
        return "coverage"
    governing = context.adjacent or context.opening
    verb = governing
    step: Context | None = context
    while verb is None and step is not None and step.is_list_member:
        step = step.previous
        verb = step.adjacent or step.opening if step is not None else None
    if verb is not None:
        if context.adjacent is not None and verb.verb_class == "reach":
            return "level"
        if verb.verb_class == "increase":
            return "increase"
        if verb.verb_class == "decrease":
            return "decrease"
    if candidate.unit == "个百分点":
        return "increase"
    if candidate.unit_class in ("money", "percentages", "time"):
        return "level"
    if verb is not None and verb.verb_class == "produce":
        return "count"
    if context.after and candidate.unit_class == "measure_words" and "\u4e00" <= context.after[0] <= "\u9fff":
        return "count"
    return "level"


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    words = cues()
    return re.compile(f"(?:{alternatives([*words['adverbs'], *words['produce'], *words['increase'], *words['reach']])})+")


@lru_cache(maxsize=1)
def _following_verbs() -> re.Pattern[str]:
    return re.compile(alternatives(cues()["cut_after"]))


def indicator_of(context: Context) -> str:
    """The shortest phrase of the text that names what is measured."""
    candidate = context.candidate
    if candidate.unit_class in ("measure_words", "physical", None) or candidate.form == "word" and candidate.unit is None:
        noun = _noun_after(context)
        if noun:
            return noun
    return _subject(context)


def _noun_after(context: Context) -> str:
    after = context.after.lstrip(" ")
    after = after.removeprefix("的")
    cut = re.split(r"[、]|和(?=[0-9])|及(?=[0-9])", after, maxsplit=1)[0]
    match = _following_verbs().search(cut, 1)
    if match:
        cut = cut[: match.start()]
    if "的" in cut:
        cut = cut.rsplit("的", 1)[1] or cut
    return cut.strip()


def _subject(context: Context) -> str:
    text = context.text
    end = context.adjacent.start if context.adjacent is not None else context.candidate.left
    words = text[context.segment_start : end]
    words = words.lstrip("、和与及，,以上下内左右 ")
    match = _leading().match(words)
    if match and match.end() < len(words):
        words = words[match.end() :]
    words = re.sub(r"(?:年均|均|分别|总体|每年|平均|将|力争|全部|累计|各)+$", "", words)
    words = words.strip(" 的为")
    if not words and context.previous is not None:
        return indicator_of(context.previous)
    return words
