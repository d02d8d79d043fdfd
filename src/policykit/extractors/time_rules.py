"""What a time expression is for: a deadline with its relation, or a name, a baseline, a past event, a condition.

Each rule looks at one expression in its sentence and either decides or passes it on; the first that decides counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.extractors.time_expressions import TimeExpression
from policykit.findings import Relation
from policykit.quantities.dates import Interval


@dataclass(frozen=True, slots=True)
class Setting:
    """The document that an expression stands in, and when it speaks (None where it does not say)."""

    document: Document
    issued: date | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an expression was taken for. `relation` is None where it is no deadline; `rule` says why."""

    rule: str
    start: int = 0
    end: int = 0
    relation: Relation | None = None
    from_date: date | None = None
    to_date: date | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """An expression with its surroundings: the rest of its sentence before and behind it."""

    expression: TimeExpression
    setting: Setting
    text: str
    sentence_start: int
    before: str  # from the sentence's beginning to the expression
    after: str  # from the expression to the sentence's end

    @property
    def interval(self) -> Interval | None:
        return self.expression.calendar.interval if self.expression.calendar else None


_MARKS = "。！？；\n"


def judge(expression: TimeExpression, setting: Setting) -> Verdict:
    """The verdict on one expression."""
    situation = _situation(expression, setting)
    for rule in _RULES[expression.kind]:
        verdict = rule(situation)
        if verdict is not None:
            return verdict
    return Verdict("time/unclear")


def _situation(expression: TimeExpression, setting: Setting) -> Situation:
    text = setting.document.text
    start = max(text.rfind(mark, max(0, expression.start - 300), expression.start) for mark in _MARKS) + 1
    if start == 0 and expression.start > 300:
        start = expression.start - 300
    limit = min(len(text), expression.end + 120)
    ends = [found for mark in _MARKS if (found := text.find(mark, expression.end, limit)) >= 0]
    end = min(ends, default=limit)
    return Situation(expression, setting, text, start, text[start : expression.start], text[expression.end : end])


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    dictionary = packaged_dictionary("time_words")
    return {name: re.compile("|".join(sorted(map(re.escape, entry["words"]), key=len, reverse=True))) for name, entry in dictionary.items()}


@lru_cache(maxsize=1)
def _before_words() -> dict[str, re.Pattern[str]]:
    dictionary = packaged_dictionary("time_words")
    return {
        name: re.compile("(?:" + "|".join(sorted(map(re.escape, dictionary[name]["words"]), key=len, reverse=True)) + ")$")
        for name in ("baseline_before", "length_past_before")
    }


# --- rules for every kind ---------------------------------------------------------------------------------------------------


def _in_title(s: Situation) -> Verdict | None:
    opened = s.before.rfind("《")
    if opened >= 0 and s.before.rfind("》") < opened:
        return Verdict("time/title")
    return None


def _outside_body(s: Situation) -> Verdict | None:
    body = s.setting.document.body
    if not body.start <= s.expression.start < body.end:
        return Verdict("time/outside")
    return None


# --- calendar times ---------------------------------------------------------------------------------------------------------


def _date_line(s: Situation) -> Verdict | None:
    """A date of signature, adoption or publication."""
    interval = s.interval
    if interval is None or interval.granularity != "day" or s.expression.lead or s.expression.tail:
        return None
    around = (s.before + s.after).strip("（）() 　—-")
    if not around or re.search(r"(?:通过|公布|发布|印发|修正|修订|批准|成文)", s.after[:60]) or re.search(r"(?:发布|成文|印发)(?:日期|时间)?[:：]?$", s.before):
        return Verdict("time/signature")
    return None


def _named(s: Situation) -> Verdict | None:
    if not s.expression.tail and not s.expression.lead and _words()["named_after"].match(s.after):
        return Verdict("time/name")
    return None


def _past(s: Situation) -> Verdict | None:
    interval, issued = s.interval, s.setting.issued
    if interval is None or issued is None:
        return None
    if "起" in s.expression.tail or "施行" in s.expression.tail or s.expression.lead in ("自", "从", "由"):
        if interval.end.year < issued.year and not re.search("施行|实施|执行|生效", s.expression.tail):
            return Verdict("time/past")
        return None
    if interval.end < issued:
        return Verdict("time/past")
    return None


def _baseline(s: Situation) -> Verdict | None:
    if not s.expression.lead and _before_words()["baseline_before"].search(s.before):
        return Verdict("time/baseline")
    if _words()["baseline_after"].match(s.after):
        return Verdict("time/baseline")
    return None


def _effective(s: Situation) -> Verdict | None:
    e = s.expression
    interval = s.interval
    if interval is None or not re.search(r"起|开始|施行", e.tail):
        return None
    if not e.lead and not re.search("施行|实施|执行|生效", e.tail) and s.before[-1:] not in ("", "，", ",", "、", "（", "(", "：", ":", "将", "于", "—", "可"):
        return Verdict("time/attribute")
    if re.match(r"(?:已|连续|累计|陆续|先后|至今|就)", s.after):
        return Verdict("time/past")
    return Verdict("effective/from", e.start, e.end, "effective", interval.start)


def _since_or_after(s: Situation) -> Verdict | None:
    if s.expression.tail in ("以来", "以后", "之后", "后"):
        return Verdict("time/since")
    return None


_UNTIL_LEAD = re.compile(r"期限?|延")
_RANGE = re.compile(r"[-—–－―~～至到]")


def _until(s: Situation) -> Verdict | None:
    e, interval = s.expression, s.interval
    assert e.calendar is not None
    last = e.calendar.last_day
    if _UNTIL_LEAD.search(e.lead):
        first = interval.start if interval and "自" in e.lead and interval.granularity != "year" else None
        return Verdict("until/term", e.start, e.end, "until", first, last)
    if e.lead in ("自", "从") and interval and interval.start != interval.end:
        if _RANGE.search(s.text, e.core_start, e.core_end):
            return Verdict("until/range", e.start, e.end, "until", interval.start, last)
        return Verdict("time/baseline")
    if e.lead in ("自", "从", "由"):
        return Verdict("time/baseline")
    if e.lead in ("截至", "截止", "截止到", "截止至"):
        return Verdict("time/past")
    if e.lead == "至":
        if re.search(r"(?:增|升|降|减|高|低|大|长|加|达|扩)$", s.before):
            return Verdict("during/level", e.start + 1, e.end, "during", interval.start if interval else None, last)
        if s.before[-1:] in ("", "，", ",", "：", "（", "("):
            return Verdict("by/until", e.start, e.end, "by", None, last)
        return Verdict("until/to", e.start, e.end, "until", None, last)
    return None


def _by(s: Situation) -> Verdict | None:
    e = s.expression
    assert e.calendar is not None
    before = e.tail.endswith("前")
    if e.lead in ("到", "展望") or before or e.calendar.edge in ("end", "middle"):
        relief = before and not e.lead and _words()["relief"].match(s.after.lstrip("，, "))
        relation: Relation = "until" if relief else "by"
        return Verdict(f"{relation}/date", e.start, e.end, relation, None, e.calendar.last_day)
    return None


def _background(s: Situation) -> Verdict | None:
    if _words()["background_after"].match(s.after.lstrip("，, ")):
        return Verdict("time/background")
    return None


def _during(s: Situation) -> Verdict | None:
    e, interval = s.expression, s.interval
    return Verdict("during/period", e.start, e.end, "during", interval.start if interval else None, interval.end if interval else None)


# --- lengths ----------------------------------------------------------------------------------------------------------------


def _length_past(s: Situation) -> Verdict | None:
    if not s.expression.lead and _before_words()["length_past_before"].search(s.before):
        return Verdict("time/past-length")
    return None


def _within(s: Situation) -> Verdict | None:
    e = s.expression
    if e.tail in ("内", "以内", "之内") or e.tail.endswith("时间") or e.tail == "周期内" or e.lead in ("今后", "未来", "再奋斗", "不超过", "不得超过", "不得逾", "不逾"):
        return Verdict("within/length", e.start, e.end, "within", duration=e.iso)
    if _UNTIL_LEAD.search(e.lead):
        return Verdict("until/length", e.start, e.end, "until", duration=e.iso)
    return None


# --- recurrences and starts -------------------------------------------------------------------------------------------------


def _every(s: Situation) -> Verdict | None:
    e = s.expression
    return Verdict("every/unit", e.start, e.end, "every", duration=e.iso)


def _takes_effect(s: Situation) -> Verdict | None:
    e = s.expression
    if re.search("施行|实施|执行|生效|适用", e.tail) or s.text.startswith("即日", e.start):
        return Verdict("effective/act", e.start, e.end, "effective")
    return None


_Rule = Callable[[Situation], Verdict | None]
_RULES: dict[str, tuple[_Rule, ...]] = {
    "calendar": (
        _outside_body, _in_title, _date_line, _named, _since_or_after, _baseline, _past, _effective, _until, _by, _background, _during,
    ),
    "length": (_outside_body, _in_title, _length_past, _within),
    "recurrence": (_outside_body, _in_title, _every),
    "start": (_outside_body, _in_title, _takes_effect),
    "event": (_outside_body, _in_title),
}  # fmt: skip
