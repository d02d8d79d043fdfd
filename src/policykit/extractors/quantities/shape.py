"""Numbers that are no commitments by their own shape and closest neighbours: names, titles, times, articles, denominators, attributes.

The rules are asked in order; the first that knows decides. They look only at a few characters around the number. Every number of a document is
asked for, so each rule looks first whether a character stands there that it cannot do without, and only then searches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policykit.extractors.quantities.candidate import Candidate
from policykit.extractors.quantities.context import adjacent_verb
from policykit.extractors.quantities.cues import CuePattern, cue_ends, cue_set
from policykit.findings import QuantityStatus
from policykit.quantities.units import unit_list
from policykit.text.spans import Span

Decision = tuple[QuantityStatus, str]


@dataclass(slots=True)
class Place:
    """A quantity and what stands around it in its paragraph (from `first` to `last`)."""

    text: str
    candidate: Candidate
    first: int
    last: int
    head: str  # what stands before it and its comparator
    at: str  # the last character of that, if there is one


#: how far back the longest-reaching rules look
_HEAD = 30


def by_shape(text: str, candidate: Candidate, paragraph: Span) -> Decision | None:
    """Status and rule of a quantity that needs no further reading; None for the others."""
    first, last = paragraph
    left = candidate.left
    head = text[left - _HEAD if left - _HEAD > first else first : left]
    place = Place(text, candidate, first, last, head, head[-1:])
    form = candidate.form
    rules = _RULES if form == "chinese" else _WORD_RULES if form == "word" or form == "rank" else _FIGURE_RULES
    for rule in rules[candidate.unit_class]:
        decision = rule(place)
        if decision is not None:
            return decision
    return None


def _time(place: Place) -> Decision | None:
    """Durations and dates, unless the length itself is to be reached (缩短至4年, 预期寿命达到80岁)."""
    candidate = place.candidate
    if candidate.value > 1000 or not REACHED.search(place.head[-6:]):
        return "time", "time/duration"
    before = place.text[max(place.first, candidate.left - 60) : candidate.left]
    if not _LENGTH.search(before.replace("工作时间", "")):
        return "time", "time/duration"
    if candidate.unit and candidate.unit.endswith(("工作日", "工作天")) and "平均" not in before:
        return "time", "time/procedure"
    return None


#: what a length of time is named by when it is itself the measure
_LENGTH = CuePattern("<lengths>")
#: how a length is said to be reached
REACHED = CuePattern(r"(?:[到至达在]|缩短|延长|提高|增加|减少|一般为|[到至]约)[^，。]{0,2}(?<!未来)(?<!今后)(?<!过去)$")


def _quoted(place: Place) -> Decision | None:
    """Inside 《》 it belongs to a title, inside “” to a name."""
    text, start = place.text, place.candidate.start
    near = text[start - 120 if start - 120 > place.first else place.first : start]
    if "《" in near and near.find("》", near.rfind("《")) < 0:
        return "reference", "reference/title"
    if "“" in near:
        opened = text.rfind("“", 0, start)
        if (
            opened >= start - 24
            and text.find("”", opened, start) < 0
            and text.find("”", place.candidate.end, min(place.last, opened + 31)) >= 0
        ):
            return "name", "name/quoted"
    return None


def _indefinite(place: Place) -> Decision | None:
    """一个, 一项: an article rather than a number, unless 至少 or 不少于 stands before it."""
    text, candidate = place.text, place.candidate
    if (
        candidate.form == "chinese"
        and text[candidate.start] == "一"
        and candidate.value == 1
        and candidate.unit != "倍"
        and not candidate.before
    ):
        distant = text[max(place.first, candidate.start - 16) : candidate.start]
        if not AT_LEAST.search(distant):
            return "name", "name/article"
    return None


AT_LEAST = CuePattern(r"(?:至少|不少于|最多|至多)[^，。；、]*$")


def _term(place: Place) -> Decision | None:
    """一次性, 二次污染, 三次产业: terms with a number in them."""
    candidate = place.candidate
    if candidate.unit == "次" and _AFTER_TIMES.match(place.text, candidate.end):
        return "name", "name/term"
    if candidate.unit == "人" and _AFTER_PEOPLE.match(place.text, candidate.end):
        return "name", "name/term"
    return None


_AFTER_PEOPLE = CuePattern("<after_people>")
_AFTER_TIMES = CuePattern("<after_times>")


def _formula(place: Place) -> Decision | None:
    """人数/总人数×100%: a factor."""
    if place.at in ("×", "*", "÷", "＝"):
        return "name", "name/formula"
    return None


def _named_set(place: Place) -> Decision | None:
    """首批10个, 上述3项, 这5类: a set that exists already."""
    if place.at in _SET_ENDS and _SET.search(place.head[-4:]):
        return "name", "name/set"
    return None


_SET_ENDS = frozenset("批述下列这该有余前")
_SET = CuePattern(r"(?:<set_words>|第[一二三四五六七八九]批|(?<![提之底年以目日月此当])前)$")


def _denominator(place: Place) -> Decision | None:
    """每千人, 每万人口, 万元地区生产总值能耗: what something is counted for."""
    text, candidate = place.text, place.candidate
    if text[candidate.start - 1] == "每" and not candidate.before and candidate.start > place.first:
        return "name", "name/denominator"
    if (
        candidate.form == "chinese"
        and text[candidate.start] in "千万亿百"
        and candidate.number_end - candidate.start == 1
        and candidate.unit_class in ("money", None)
        and not candidate.behind
    ):
        return "name", "name/denominator"
    return None


def _grade(place: Place) -> Decision | None:
    """三级医院, 千亿级产业集群: a grade, unless it is kept or reached itself (保持千亿级投资规模)."""
    text, candidate = place.text, place.candidate
    if candidate.behind and candidate.form == "chinese" and candidate.unit in ("类", "星", "等"):
        return "name", "name/grade"
    end = candidate.end
    following = text[end : end + 2]
    if "级" not in following and "制" not in following and text[end - 1] != "级":
        return None
    if following[:1] == "制":
        return "name", "name/grade"
    if text[end - 1] != "级" and following[:1] != "级" and following != "亿级":
        return None
    return (
        None
        if place.head[-2:] in ("保持", "达到", "形成", "实现", "迈上") and "规模" in text[end : end + 8]
        else ("name", "name/grade")
    )


def _attribute(place: Place) -> Decision | None:
    """30亿元以上项目, 50米内换乘, 0.01毫米的地膜: the measure of a thing that something is said about."""
    text, candidate = place.text, place.candidate
    if candidate.form == "bare":
        return None
    after = text[candidate.right : min(place.last, candidate.right + 16)]
    if not after or not "\u4e00" <= after[0] <= "\u9fff" or after[0] in "和与及至等或并、起为占":
        return None
    if candidate.unit_class == "money":
        if _MONEY_NOUNS.search(after):
            return None
        if candidate.behind or after[0] == "的" or _is_bare_scale(text, candidate):
            return "name", "name/attribute"
        return ("name", "name/attribute") if candidate.before and _COUNTED_OWNER.match(after) else None
    # 60公里长“海滨长廊”: how long it is, not how much of it is made
    if candidate.behind or after[0] in "的级内外" or _LONG.match(after) or candidate.unit in unit_list("dimensions"):
        return "name", "name/attribute"
    if candidate.unit in unit_list("capacities") and _PLANT.match(after):
        return "name", "name/attribute"
    return None


#: 超10亿元|企业5家, 超十亿元|园区3个
_COUNTED_OWNER = CuePattern(
    r"<sized_things>(?:数量?)?(?:分别)?(?:达到?|不少于|超过|增至)?约?[0-9一二三四五六七八九十百千]"
)
_LONG = CuePattern(r"[长宽高深](?:的|“)")
#: 4000吨水泥生产线, 30万千瓦机组: how much one thing can do
_PLANT = CuePattern(r"[^，。；、]{0,12}<plants>")


def _grant(place: Place) -> Decision | None:
    """给予最高500万元的补助: a sum given case by case."""
    text, candidate = place.text, place.candidate
    after = text[candidate.right : min(place.last, candidate.right + 12)]
    if _GIVEN.search(place.head[-8:]) or _GRANTS.match(after):
        return "rate", "rate/grant"
    return None


_GIVEN = CuePattern(r"(?:<given>[^，。；、0-9亿]{0,6}|<grants>(?:最高|不超过|每.{0,3})?)$")
_GRANTS = CuePattern(
    r"(?:（含）)?(?:以下|以上)?(?:的[^，。；、]{0,6}支持|的?(?:一次性|经费|财政|现金|开办|购房)?<grants>(?!资金))"
)


def _is_bare_scale(text: str, candidate: Candidate) -> bool:
    return candidate.form == "chinese" and text[candidate.start] in "百千万亿"


_MONEY_NOUNS = CuePattern("<money_nouns>")


def _state(place: Place) -> Decision | None:
    """现有10家, 已建成20个, 达到了5%, 不足25%: right before the number it says that this is so already."""
    head, at = place.head, place.at
    if place.candidate.before in ("不足", "不到"):
        return "background", "background/short-of"
    if (at == "了" or at == "约") and _DONE.search(head[-3:]):
        return "achievement", "achievement/aspect"
    if ("已" in head or "目前" in head or "现时" in head or at in cue_ends("existing")) and _IS_SO.search(head[-10:]):
        return "achievement", "achievement/aspect"
    return None


def _existing_set(place: Place) -> Decision | None:
    """十条政策措施, 29项主要指标: how many points a paper has."""
    text, candidate = place.text, place.candidate
    right = candidate.right
    if (
        candidate.unit in ("条", "项", "个", "件")
        and (candidate.form == "chinese" or candidate.unit == "条" or _COUNTED_POINTS.match(text, right))
        and _POINTS.match(text, right, min(place.last, right + 10))
    ):
        return "name", "name/points"
    return None


_POINTS = CuePattern(r"[^，。；、和与]{0,6}?<points>")
_COUNTED_POINTS = CuePattern(
    r"(?:主要|重点|具体|约束性|预期性)?<points_themselves>|(?:具体)?<measures>(?=[，。：:；]|$)"
)


def _beside_another(place: Place) -> Decision | None:
    """70个30亿元以上项目, 6个百万羽蛋鸡养殖项目: a number right behind a measure word describes what is counted."""
    text, candidate, head, at = place.text, place.candidate, place.head, place.at
    if at in _MEASURES:
        if candidate.start > place.first + 1 and _COUNTED_BEFORE.search(head[-4:]):
            return "name", "name/attribute"
        if _MANY.search(head[-3:]):
            return "name", "name/attribute"
    if candidate.unit_class in ("money", "physical") and _COUNTED_WITH.search(head[-16:]):
        return "name", "name/attribute"
    if candidate.unit == "人" and text[candidate.right : candidate.right + 1] == "的":
        return "name", "name/attribute"
    return None


#: 培育一批50万人口的中等城市
_MANY = CuePattern(r"(?:(?<!新)一批|若干|多个|一个)$")
#: 培育100个以上年产值超十亿元的企业
_COUNTED_WITH = CuePattern(
    r"[0-9百千万亿十余多](?:个|家|条|座|所|处|项|批|户)(?:以上|左右)?[^，。；、0-9]{1,6}?(?:达到|达|超)?$"
)


_MEASURES = frozenset("个家条座所处项批干")
_COUNTED_BEFORE = CuePattern(r"[0-9百千万亿十余多](?:个|家|条|座|所|处|项|批)$")


def _bare_scale(place: Place) -> Decision | None:
    """千户苗寨, 百亿元项目: an order of magnitude in a name; 培育百家企业, 超千亿元 and 百名以上 count."""
    text, candidate = place.text, place.candidate
    if candidate.form != "chinese" or candidate.comparator != "=" or text[candidate.start] not in "百千万亿":
        return None
    if adjacent_verb(text, place.first, candidate.left) is None or _CAMPAIGN.match(text, candidate.end, place.last):
        return "name", "name/order-of-magnitude"
    return None


#: 开展万家企业节能低碳行动
_CAMPAIGN = CuePattern(r"[^，。；、]{0,14}<campaigns>(?=[，。；、“”]|$)")


def _baseline(place: Place) -> Decision | None:
    """由500万次增至1000万次, 不低于60%（2020年为45.4%）: what a goal starts from."""
    head = place.head
    if "（" in head and _STATED_BEHIND.search(head[-16:]):
        return "background", "background/baseline"
    if ("由" in head or "从" in head or "自" in head) and _FROM.search(head):
        right = place.candidate.right
        if _TO.match(place.text, right, min(place.last, right + 32)):
            return "background", "background/baseline"
    return None


_STATED_BEHIND = CuePattern(r"（(?:20[0-9]{2})年(?:底|末)?(?:实际|已|约)?(?:为|已|实际)(?:达到?|完成)?约?$")
_FROM = CuePattern(r"[由从自](?:(?![至到为])[^，。；、])*$")
_TO = CuePattern(r"[^。；]{0,24}?<change_verbs>(?:至|到|为)|(?:至|到)")

#: 探访了4700个家庭
_DONE = CuePattern(r"[^为除]了约?$")
_IS_SO = CuePattern(r"(?:<existing>|已[^，。；、]{0,6}|由现时[^，。；、]{0,4}|目前[^，。；、]{0,6})$")


def _word_use(place: Place) -> Decision | None:
    """全覆盖的网络, 加快清零, 趋零增长: attributes and processes rather than results."""
    text, candidate, first = place.text, place.candidate, place.first
    word = text[candidate.start : candidate.end]
    after = text[candidate.end : min(place.last, candidate.end + 4)]
    head = text[max(first, candidate.start - 6) : candidate.start]
    if word == "全覆盖" and head[-1:] in ("健", "齐", "保", "安"):
        return "name", "name/part-of-word"
    if word in ("清零", "全覆盖") and _SPEEDING.search(text, max(first, candidate.start - 30), candidate.start):
        return "name", "name/process"
    if word == "全覆盖":
        if after and "\u4e00" <= after[0] <= "\u9fff" and after[0] not in "和与及并":
            return "name", "name/attribute"
        if head.endswith(("、", "多层次", "多层级", "，")) or (after[:1] == "、" and not _RESULT.search(head)):
            return "name", "name/attribute"
    if word in ("清零", "零增长", "零排放", "零发生", "零事故", "零伤亡", "零死亡"):
        if head.endswith(("趋", "趋于", "近", "接近", "加快", "推动", "推进", "整改", "净")) or after.startswith(
            tuple(cue_set("campaign_words"))
        ):
            return "name", "name/process"
        if word == "清零" and _PROCESS.search(text, max(first, candidate.start - 40), candidate.start):
            return "name", "name/process"
    if word in ("零排放", "零增长") and not _RESULT.search(head):
        return "name", "name/process"
    if word in ("倍增", "翻番", "翻倍", "减半") and after[:2] in cue_set("campaign_words"):
        return "name", "name/process"
    return None


#: 推进隐患动态清零: a process, where nothing says that it is to be reached
_PROCESS = CuePattern(r"<process_verbs>(?:(?!<result_verbs>)[^，。；])*$")
_SPEEDING = CuePattern(r"加快[^，。；]*$")
_RESULT = CuePattern(r"(?:实现|做到|达到|基本|推动|推进|确保)$")

_Rule = Callable[[Place], Decision | None]
#: the rules that may decide, by the class of the unit and the form of the number; the rest is not asked
_NAMES: tuple[_Rule, ...] = (_quoted, _named_set)
_COUNTED: tuple[_Rule, ...] = (_grade, _beside_another, _bare_scale, _existing_set, _baseline, _state)
_RULES: dict[str | None, tuple[_Rule, ...]] = {
    "time": (_time, _quoted),
    "percentages": (*_NAMES, _indefinite, _formula, _grade, _baseline, _state),
    "measure_words": (*_NAMES, _indefinite, _term, _denominator, *_COUNTED),
    "physical": (*_NAMES, _indefinite, _denominator, *_COUNTED, _attribute),
    "latin": (*_NAMES, *_COUNTED, _attribute),
    "money": (*_NAMES, _denominator, *_COUNTED, _grant, _attribute),
    None: (*_NAMES, _denominator, *_COUNTED),
}
#: what is left of them where the number is not in Chinese numerals
_FIGURE_RULES = {
    unit_class: tuple(rule for rule in rules if rule not in (_indefinite, _bare_scale))
    for unit_class, rules in _RULES.items()
}
_WORD_RULES: dict[str | None, tuple[_Rule, ...]] = dict.fromkeys(_RULES, (_quoted, _word_use, _baseline, _state))
