"""What a quantity is for: a commitment, an achievement, the state of things, the condition or rate of a rule.

First its shape may decide (shape.py), then its clause (clauses.py), last the tense and the modality of its sentence. Each decision carries
the name of its rule, so that people can see why.
"""

from __future__ import annotations

from policykit.extractors.quantities.clauses import by_clause, may_compare
from policykit.extractors.quantities.context import Context, is_opening, later_verb, opening_class
from policykit.extractors.quantities.cues import CuePattern
from policykit.extractors.quantities.shape import Decision
from policykit.extractors.quantities.tense import Tense
from policykit.text.spans import Span


def decide(
    context: Context, tense: Tense, year: int | None, is_prose: bool = False, *, only_targets: bool = False
) -> Decision:
    """The status of a quantity that its shape leaves open, and the rule that decided.

    `tense` is that of its paragraph, `year` the document's own. `is_prose`: the document speaks in full sentences with a subject, as those
    of Hong Kong and Taiwan do, so that a statement without a word of intent is a fact. The contexts of a paragraph are to be decided in
    order: what is listed without a verb of its own shares the decision before it. With `only_targets` what cannot be one is not asked what
    else it is, unless a comparison: that tells what the next quantity is measured against.
    """
    if tense == "rule":
        context.decision = _in_article(context)
    elif only_targets and is_prose and tense == "open" and not may_compare(context) and not _is_directive(context):
        context.decision = _PROSE
    else:
        context.decision = by_clause(context) or _by_tense(context, tense, year, is_prose)
    return context.decision


_PROSE: Decision = ("background", "background/prose")


def decides_at_once(text: str, paragraph: Span, tense: Tense, year: int | None) -> Decision | None:
    """What all quantities of a paragraph are that nothing in it can make goals of: a review without a year to come, an article without
    a total or a time. None where they have to be read one by one."""
    if tense == "past":
        if not any(year is None or stated > year for stated in _years(text, *paragraph)):
            return "achievement", "achievement/part"
    elif tense == "rule" and not _GOAL_IN_RULE.search(text, *paragraph):
        return "condition", "condition/article"
    return None


_GOAL_IN_RULE = CuePattern(r"总额|20[0-9]{2}年")


def _in_article(context: Context) -> Decision:
    """Articles set rules; only a total of money, or what is to be reached by a year, is a goal."""
    candidate, verb = context.candidate, context.adjacent
    if candidate.unit_class == "money" and candidate.comparator != "=" and "总额" in context.before:
        return "target", "target/total"
    is_reached = verb is not None and verb.verb_class == "reach"
    if is_reached and _BY_YEAR.search(context.text, context.sentence.start, candidate.left):
        return "target", "target/by-year"
    return "condition", "condition/article"


_BY_YEAR = CuePattern(r"到20[0-9]{2}年|20[0-9]{2}年底?前")
_PAST = CuePattern("<past>|(?<!以)上年")
_SINCE = CuePattern("(?<![比较与])<since>|(?<!以)上年")
#: 已 of what was done, not of things (已建成的设施)
_SINCE_OR_ALREADY = CuePattern("(?<![比较与])<since>|(?<!以)上年|(?<![而早])已(?![^，。；、]{0,6}的)")
#: what is expected and nobody promises
_FORECAST = CuePattern("(?:预计|估计|预测)(?!于)(?![^。；]{0,40}<intent>)")
#: not 在共同努力下 and 重夺, which tell what has come of it
_INTENT = CuePattern(r"<intent>(?!(?<=努力)下)")
#: 会, 将, 拟 and 2026年起; not the 会 of 社会 and 会议, the 将 of 即将 and 将军
_FUTURE = CuePattern(
    r"<future>|(?<![社机议协委学工商展集聚法国理董监])会(?![议计员展社场所费籍客考])|(?<![即名健])将(?![军来])"
    r"|(?<![模虚])拟|(?<=[年月日度])起"
    # the verb: not 入境计划 and 五年计划
    r"|(?:(?<![\u4e00-\u9fff”」])|(?<=[们府局署会院将亦也还并现正都内底])|(?<=[今明全]年))计划(?![书表期的和与])"
)
#: 推进5个中心高效运行: they are there already
_RUNNING = CuePattern(r"(?:高效|稳定|规范|良好|正常|平稳)运行$")
#: 为800个小区引入物业服务, 在3000个小区设置回收机
_FOR = CuePattern(r"(?:[为在对向给与]|[为对向给][^，。；、]{1,12}的)约?$")
#: a year, but none that something is compared with, nor one in a title
_STATED_YEAR = CuePattern(
    r"(?<![比较与于以])(20[0-9]{2}|二[零〇○][零〇○一二三四五六七八九]{2})(?:[-–/][0-9零〇○一二三四五六七八九]{2})?年(?![^，。；]{0,4}相比|为基|[^《》，。；]{0,40}》)"
)
_ANY_YEAR = CuePattern(r"20[0-9]{2}")


def _years(text: str, start: int, end: int) -> list[int]:
    """The years that a stretch names."""
    found: list[int] = []
    for sign in ("20", "二"):
        place = text.find(sign, start, end)
        while place >= 0:
            match = _STATED_YEAR.match(text, place, end)
            if match is not None:
                found.append(int(match[1].translate(_DIGITS)))
            place = text.find(sign, place + 1, end)
    return found


_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def _stated_years(context: Context) -> list[int]:
    """The years that the sentence names; quantities of one sentence share them."""
    previous = context.previous
    if previous is not None and previous.years is not None:
        context.years = previous.years
        return previous.years
    context.years = _years(context.text, *context.sentence)
    return context.years


def _by_tense(context: Context, tense: Tense, year: int | None, is_prose: bool) -> Decision:
    text, sentence, candidate = context.text, context.sentence, context.candidate
    years = _stated_years(context)
    if tense == "past":
        if year is not None and any(stated > year for stated in years):
            return "target", "target/year-ahead"
        return "achievement", "achievement/part"
    is_ahead = year is not None and any(stated >= year for stated in years)
    if not is_ahead:
        if years and year is not None:
            return "achievement", "achievement/year"
        decision = _told(context, is_prose)
        if decision is not None:
            return decision
    is_dated = is_ahead or (year is None and _BY_YEAR.search(text, sentence.start, candidate.left) is not None)
    if candidate.unit_class == "measure_words" and _RUNNING.search(context.after):
        return "background", "background/running"
    if candidate.kind == "rank" and not (
        tense == "future" or is_dated or _INTENT.search(text, sentence.start, candidate.left)
    ):
        return "background", "background/rank"
    if is_prose and tense == "open":
        if not _is_bullet(context) and _FORECAST.search(text, sentence.start, candidate.left):
            return "background", "background/forecast"
        if not _is_directive(context):
            return _PROSE
    verb = context.governor
    if verb is not None:
        is_bound = candidate.comparator != "=" or is_dated or tense == "future"
        if verb.word == "占" and not is_bound and not _INTENT.search(text, sentence.start, candidate.left):
            return "background", "background/share"
        return "target", f"target/{verb.verb_class}"
    return _without_verb(context, tense, is_dated, is_prose)


def _without_verb(context: Context, tense: Tense, is_dated: bool, is_prose: bool) -> Decision:
    """A quantity that no verb governs: 城镇调查失业率5%以内, 为800个小区引入物业服务, 全省320家食堂实现监测全覆盖."""
    text, candidate, clause = context.text, context.candidate, context.clause
    if candidate.form in ("word", "rank", "share"):
        is_ahead = tense == "future" or is_dated or _FUTURE.search(text, context.sentence.start, clause.end)
        return ("target", "target/word") if is_ahead else ("background", "background/share")
    is_counted = candidate.unit_class in ("measure_words", "physical", None)
    something_is_done = later_verb(text, candidate.right, clause.end)
    if (
        is_counted
        and something_is_done
        and _FOR.search(text, max(context.sentence.start, candidate.left - 16), candidate.left)
        and not context.own_after.startswith(("已", "现有", "原有"))
    ):
        return "target", "target/for"
    if context.is_list_member and context.previous is not None and context.previous.decision is not None:
        return context.previous.decision
    if candidate.unit_class == "percentages" and tense == "future" and something_is_done:
        return "target", "target/share-of"
    is_subject = (
        context.next_start < clause.end
        or "实现" in context.after
        or (tense == "open" and candidate.unit_class == "measure_words" and something_is_done)
    )
    if _is_han(context.own_after) and is_subject:
        return "background", "background/subject"
    if candidate.comparator != "=":
        return "target", "target/stated"
    if not _is_han(context.after):
        if tense == "future" or is_dated or _INTENT.search(text, clause.start, candidate.left):
            return "target", "target/stated"
        if (
            not is_prose
            and context.previous is not None
            and context.previous.decision is not None
            and context.previous.decision[0] == "target"
        ):
            # 进出口总额突破5000亿元，实际利用外资20亿美元: one goal after the other
            return "target", "target/sequence"
    return "background", "background/no-verb"


def _told(context: Context, is_prose: bool) -> Decision | None:
    """已建成20个, 去年, 过去两年先后: the sentence tells what is so or was done."""
    past = _PAST.search(context.text, context.clause.start, context.clause.end)
    # 改造提升5000个已建成的设施: said of the things, not of the work
    if past is not None and (past.start() != context.candidate.right or context.verb is None):
        return "achievement", "achievement/clause"
    return ("achievement", "achievement/since") if _is_told(context, is_prose) else None


def _is_han(words: str) -> bool:
    return "\u4e00" <= words[:1] <= "\u9fff"


def _is_told(context: Context, is_prose: bool) -> bool:
    """Whether the sentence tells what happened in a time before now (过去两年, 先后), with no turn to the future behind that.

    In full prose 已 tells it too, for all clauses that follow.
    """
    last = None
    told = _SINCE_OR_ALREADY if is_prose else _SINCE
    for last in told.finditer(context.text, context.sentence.start, context.candidate.left):  # noqa: B007
        pass
    return last is not None and not _FUTURE.search(context.text, last.end(), context.candidate.left)


def _is_directive(context: Context) -> bool:
    """Whether a sentence of full prose sets a goal: a word of the future, a bullet or a clause that begins with its verb, a year, a bound."""
    text, sentence = context.text, context.sentence
    return (
        _is_imperative(context)
        or _is_bullet(context)
        or context.candidate.before in ("不少于", "至少", "不低于", "最少")
        or _FUTURE.search(text, sentence.start, context.clause.end) is not None
        or _ANY_YEAR.search(text, sentence.start, context.candidate.left) is not None
    )


def _is_bullet(context: Context) -> bool:
    return context.text.startswith("•", context.paragraph.start)


def _is_imperative(context: Context) -> bool:
    """Whether the clause of the quantity (or of its list) begins with its verb: 于2025年内增设四间中心.

    A change that a later clause tells (，上升近七倍) is said of what the sentence is about, unless that begins with a verb itself.
    """
    verb, text, sentence = context.governor, context.text, context.sentence
    if verb is None:
        return False
    if (
        verb.verb_class != "produce"
        and context.candidate.unit_class != "measure_words"
        and context.holder.clause.start > sentence.start
        and opening_class(text, sentence.start, sentence.end) is None
    ):
        return False
    return verb.place == "opening" or (
        verb.place == "adjacent" and is_opening(text, context.holder.segment_start, verb)
    )
