"""What the rules for time expressions look at: the expression in its sentence, the document's own date, the word lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.extractors.time_expressions import TimeExpression
from policykit.findings import Relation
from policykit.patterns import compiled
from policykit.quantities.dates import Interval
from policykit.text.spans import Span


class Setting(NamedTuple):
    """The document that an expression stands in and when it speaks (None where it does not say).

    `reviews` are the stretches of its text that look back, `period` the years that its title gives it (2023—2027年, “十四五”);
    `exact` is false where only the year of issue is known; `appended` are the parts behind its own text that bind as it does.
    """

    document: Document
    issued: date | None
    year: int | None
    reviews: tuple[Span, ...] = ()
    period: Interval | None = None
    exact: bool = True
    appended: tuple[Span, ...] = ()

    def binds(self, offset: int) -> bool:
        """Whether an offset stands in the policy's own text (or before it), or in what is appended to it."""
        if offset < self.document.body.end:
            return True
        index = bisect_right(self.appended, offset, key=lambda part: part.start) - 1
        return index >= 0 and offset < self.appended[index].end


class Verdict(NamedTuple):
    """What an expression was taken for. `relation` is None where it is no deadline; `rule` says why."""

    rule: str
    start: int = 0
    end: int = 0
    relation: Relation | None = None
    from_date: date | None = None
    to_date: date | None = None
    duration: str | None = None


class Situation(NamedTuple):
    """An expression with its surroundings: the rest of its sentence before and behind it, and the clause behind it."""

    expression: TimeExpression
    setting: Setting
    text: str
    before: str
    after: str
    clause_after: str

    @property
    def interval(self) -> Interval | None:
        return self.expression.calendar.interval if self.expression.calendar else None

    @property
    def first_day(self) -> date | None:
        interval = self.interval
        return interval.start if interval else None

    @property
    def last_day(self) -> date | None:
        return self.expression.calendar.last_day if self.expression.calendar else None

    @property
    def opens_clause(self) -> bool:
        """Whether nothing stands before the expression in its clause, or only a preposition."""
        return self.before[-1:] in _OPENINGS

    @property
    def is_condition(self) -> bool:
        """Whether the clause behind the expression is the condition of a rule: it ends in 的 or 者."""
        return self.clause_after.endswith(("的", "者")) and self.after[:1] not in ("，", ",")

    @property
    def in_review(self) -> bool:
        """Whether the expression stands where the document looks back."""
        start = self.expression.start
        return any(span.start <= start < span.end for span in self.setting.reviews)

    def verdict(
        self,
        rule: str,
        relation: Relation,
        *,
        start: int | None = None,
        end: int | None = None,
        from_date: date | None = None,
        to_date: date | None = None,
        duration: str | None = None,
    ) -> Verdict:
        """A deadline; its bounds are those of the expression where none are named."""
        e = self.expression
        return Verdict(
            rule,
            e.start if start is None else start,
            e.end if end is None else end,
            relation,
            from_date,
            to_date,
            duration,
        )


_OPENINGS = ("", "，", ",", "、", "：", ":", "（", "(", "在", "于", "—", "）", ")", " ", "取", "力", "”")
_CLAUSE = compiled(r"[，,：:]")
#: how much of a sentence is looked at on either side
_REACH = 200


def situation_of(expression: TimeExpression, setting: Setting) -> Situation:
    """An expression in its sentence."""
    text, marks = setting.document.text, setting.document.sentence_ends
    start, end = expression.start, expression.end
    index = bisect_left(marks, start)
    first = max(marks[index - 1] + 1 if index else 0, start - _REACH)
    index = bisect_left(marks, end, index)
    last = min(marks[index] if index < len(marks) else len(text), end + _REACH)
    after = text[end:last]
    head = end + 1 if after[:1] in ("，", ",") else end
    comma = _CLAUSE.search(text, head, last)
    return Situation(expression, setting, text, text[first:start], after, text[head : comma.start() if comma else last])


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("|".join(sorted(map(re.escape, _words(name)), key=len, reverse=True)))


@lru_cache(maxsize=64)
def _words(name: str) -> tuple[str, ...]:
    return tuple(packaged_dictionary("time_words")[name]["words"])


def follows(name: str, text: str) -> bool:
    """Whether a text begins with a word of a list."""
    return _pattern(name).match(text) is not None


def occurs(name: str, text: str) -> bool:
    """Whether a text holds a word of a list."""
    return _pattern(name).search(text) is not None


def precedes(name: str, text: str) -> bool:
    """Whether a text ends in a word of a list."""
    return text.endswith(_words(name))


def without_comma(text: str) -> str:
    """A text without the comma that it begins with."""
    return text[1:] if text[:1] in ("，", ",") else text
