"""What the rules for time expressions look at: the expression in its sentence, the document's own date, the word lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
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

    @property
    def text(self) -> str:
        """The document's working text."""
        return self.document.normalised.text

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
    """An expression with its surroundings: the rest of its sentence before and behind it, and the clause behind it.

    `interval` is that of its calendar time, if it has one.
    """

    expression: TimeExpression
    setting: Setting
    text: str
    before: str
    after: str
    clause_after: str
    interval: Interval | None

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
        start, reviews = self.expression.start, self.setting.reviews
        return bool(reviews) and any(span.start <= start < span.end for span in reviews)

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
        first, last = e.start if start is None else start, e.end if end is None else end
        # as Verdict(…) gives it, in half the time
        return tuple.__new__(Verdict, (rule, first, last, relation, from_date, to_date, duration))


#: what a rule decides: None passes the expression on
Rule = Callable[[Situation], Verdict | None]
#: whether an expression has a preposition (到, 自) and whether something belongs to it that stands behind it (前, 内)
Shape = tuple[bool, bool]
WITH_LEAD, WITH_TAIL = frozenset({(True, False), (True, True)}), frozenset({(False, True), (True, True)})
BARE: frozenset[Shape] = frozenset({(False, False)})
ANY_SHAPE = WITH_LEAD | WITH_TAIL | BARE


_OPENINGS = frozenset(("", "，", ",", "、", "：", ":", "（", "(", "在", "于", "—", "）", ")", " ", "取", "力", "”"))
_CLAUSE = compiled(r"[，,：:]")
#: how much of a sentence is looked at on either side
_REACH = 200


def situation_of(expression: TimeExpression, setting: Setting) -> Situation:
    """An expression in its sentence."""
    document = setting.document
    text, marks = document.normalised.text, document.sentence_ends
    start, end = expression.start, expression.end
    index, count = bisect_left(marks, start), len(marks)
    first = marks[index - 1] + 1 if index else 0
    if first < start - _REACH:
        first = start - _REACH
    while index < count and marks[index] < end:
        index += 1
    last = marks[index] if index < count else len(text)
    if last > end + _REACH:
        last = end + _REACH
    after = text[end:last]
    head = end + 1 if after[:1] in ("，", ",") else end
    comma = _CLAUSE.search(text, head, last)
    clause = text[head : comma.start() if comma else last]
    calendar = expression.calendar
    fields = expression, setting, text, text[first:start], after, clause, calendar.interval if calendar else None
    return tuple.__new__(Situation, fields)  # as Situation(*fields) gives it, in half the time


@lru_cache(maxsize=64)
def _words(name: str) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """A list of words, and the letters that these begin and end with."""
    words: tuple[str, ...] = tuple(packaged_dictionary("time_words")[name]["words"])
    return words, frozenset([word[0] for word in words]), frozenset([word[-1] for word in words])


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("|".join(sorted(map(re.escape, _words(name)[0]), key=len, reverse=True)))


def endings(name: str) -> frozenset[str]:
    """The letters that the words of a list end in."""
    return _words(name)[2]


def follows(name: str, text: str) -> bool:
    """Whether a text begins with a word of a list."""
    words, beginnings, _ = _words(name)
    return text[:1] in beginnings and text.startswith(words)


def occurs(name: str, text: str) -> bool:
    """Whether a text holds a word of a list."""
    return _pattern(name).search(text) is not None


def precedes(name: str, text: str) -> bool:
    """Whether a text ends in a word of a list."""
    words, _, endings = _words(name)
    return text[-1:] in endings and text.endswith(words)


def without_comma(text: str) -> str:
    """A text without the comma that it begins with."""
    return text[1:] if text[:1] in ("，", ",") else text
