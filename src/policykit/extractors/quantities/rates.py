"""Sums and shares that are given or taken case by case: 给予最高500万元补助, 按税额的50%减征."""

from __future__ import annotations

from policykit.extractors.quantities.context import Context
from policykit.extractors.quantities.cues import CuePattern
from policykit.extractors.quantities.shape import Decision


def is_rate(context: Context) -> Decision | None:
    """`rate` for a sum of money or a share of a grant, a fee, a tax, a discount; None where nothing says so.

    A total that is spread over cases (总规模, 统筹安排) is none, nor is an average or what is striven for.
    """
    unit_class = context.candidate.unit_class
    if context.candidate.form in ("word", "rank"):
        return None
    if unit_class == "money":
        return _sum(context)
    return _share(context) if unit_class == "percentages" else None


def _sum(context: Context) -> Decision | None:
    text = context.text
    clause, sentence = context.clause, context.sentence
    if _TOTAL.search(text, *clause) and not _FOR_EACH.search(text, *clause):
        return None
    if (
        _TO_EACH.match(text, *clause)
        or _GRANT.search(text, *clause)
        or _STANDARD_BEHIND.match(context.own_after)
        or _STANDARD_BEFORE.search(context.before)
    ):
        return "rate", "rate/grant"
    if _GRANT.search(text, *sentence) and _CASE.search(text, *sentence):
        return "rate", "rate/case"
    return None


def _share(context: Context) -> Decision | None:
    text, clause = context.text, context.clause
    if _AVERAGE.search(text, *clause) or _STRIVING.search(text, *clause):
        return None
    if _BY_SHARE.search(context.before):
        return "rate", "rate/share"
    if _GRANT.search(text, *clause) or _STANDARD_BEHIND.match(context.own_after):
        return "rate", "rate/grant"
    if _CAP.search(text, *clause):
        return "rate", "rate/cap"
    has_no_subject = context.candidate.before.startswith("最高") or _is_only_verb(context)
    if has_no_subject and _GRANT.search(text, *context.sentence):
        return "rate", "rate/case"
    return None


def _is_only_verb(context: Context) -> bool:
    """Whether the clause has no subject of its own: 降低1个百分点."""
    verb = context.adjacent
    return verb is not None and verb.start == context.clause.start


_GRANT = CuePattern("<grant>")
_TOTAL = CuePattern(r"<totals>|设立[^，。；]{0,24}(?:基金|资金)|资金.{0,3}亿|亿元.{0,8}(?:资金|基金)")
_CASE = CuePattern(r"对[^，。；]{2,60}(?:的|者)|<each_case>")
_FOR_EACH = CuePattern("<for_each>")
_TO_EACH = CuePattern(r"(?:[一二三四五六七八九十]{1,3}是|（[^（）]{1,4}）|[0-9]{1,2}[.、] ?)?对")
#: 按每人500元的标准, 低保标准提高到1000元
_STANDARD_BEHIND = CuePattern(r"(?:/[^，。]{1,3})?的?(?:标准|计算|核定|计征|计收)")
_STANDARD_BEFORE = CuePattern(r"(?<!高)标准(?!化)")
_STRIVING = CuePattern("<striving>")
#: 按现行标准的80%收取
_BY_SHARE = CuePattern(r"按照?[^，。；]{1,24}<share_of>$")
_AVERAGE = CuePattern(r"平均[^，。；]{0,12}(?:率|成本)")
_CAP = CuePattern(r"最高[^，。；0-9]{0,10}(?:率|比例)|比例上限|上限为")
