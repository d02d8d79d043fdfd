"""The fields of the query language: what each is a field of, and which values it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

#: a field is one of the whole document, of a passage, of a target, or of a deadline (which a target may have too)
Scope = Literal["document", "passage", "target", "deadline"]
Comparison = Literal["<", "<=", ">", ">=", "="]
#: a word, a number, or the first and last day of a time
Value = str | Decimal | tuple[date, date]
Domains = Callable[[], Mapping[str, str]]

_COMPARATORS = (">=", ">", "<=", "<", "~", "=", "range")
_TARGET_KINDS = ("level", "increase", "decrease", "count", "rank", "multiple", "coverage")
_ROLES = ("chapter", "principle", "objective", "task", "safeguard", "article", "other")
_LEVELS = ("national", "provincial", "municipal", "county", "hong-kong", "macau", "taiwan", "unknown")
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?|年([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: of what it is, how a value is read (ValueError where it is none), whether values have an order, and an example."""

    scope: Scope
    reader: Callable[[str, Domains | None], tuple[Scope, Value] | Value]
    example: str
    is_ordered: bool = False

    def read(self, text: str, domains: Domains | None) -> tuple[Scope, Value]:
        """The value that a text stands for, and of what it is a value. Raises ValueError ("problem; advice")."""
        found = self.reader(text, domains)
        if isinstance(found, tuple) and isinstance(found[0], str):
            return found
        return self.scope, found


def _word(text: str, _: Domains | None) -> Value:
    return text


def _one_of(names: tuple[str, ...]) -> Callable[[str, Domains | None], Value]:
    def read(text: str, _: Domains | None) -> Value:
        wanted = text.lower().translate(str.maketrans("≥≤＞＜＝～＿", "≥≤><=~_")).replace("≥", ">=").replace("≤", "<=")
        if wanted not in names:
            raise ValueError(f"there is no {text}; there are {' '.join(names)}")
        return wanted

    return read


def _kind(text: str, _: Domains | None) -> tuple[Scope, Value]:
    if text.lower() in _TARGET_KINDS:
        return "target", text.lower()
    if text.isascii():
        raise ValueError(
            f"there is no {text}; of targets there are {' '.join(_TARGET_KINDS)}, of documents 意见, 条例 and so on"
        )
    return "document", text


def _domain(text: str, domains: Domains | None) -> Value:
    from policykit.search.wording import folded

    known = (domains or packaged_domains)()
    found = known.get(text) or known.get(folded(text))
    if found is None:
        from policykit.corpus import nearest

        near = nearest(folded(text), list(known))
        raise ValueError(
            f"no domain is called {text}; "
            + (f"did you mean {known[near[0]]}?" if near else "`policykit domains list` prints them")
        )
    return found


def packaged_domains() -> Mapping[str, str]:
    """The ids of the packaged domains by id and by name."""
    from policykit.domains import load_domains

    return domain_names(load_domains())


def domain_names(domains: object) -> Mapping[str, str]:
    """The ids of domains by id, by Chinese and by English name."""
    from policykit.search.wording import folded

    names: dict[str, str] = {}
    for domain in domains:  # type: ignore[attr-defined]
        for name in (folded(domain.name), folded(domain.english), domain.id):
            if name:
                names[name] = domain.id
    return names


def _number(text: str, _: Domains | None) -> Value:
    from policykit.quantities.numerals import parse_number
    from policykit.search.wording import folded

    found = parse_number(folded(text).removesuffix("%"))
    if found is None:
        raise ValueError(f"{text} is no number; say 150, 3.5万 or 12亿")
    return found


def _time(text: str, _: Domains | None) -> Value:
    """The first and last day of a year, month or day.

    >>> [day.isoformat() for day in _time("2028-02", None)]
    ['2028-02-01', '2028-02-29']
    """
    found = _DATE.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month, day = found[2] or found[4], found[3] or found[5]
        if day:
            only = date(year, int(month), int(day))
            return only, only
        if month:
            first = date(year, int(month), 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        raise ValueError(f"{text} is no time; say 2028, 2028-06 or 2028-06-30") from None


FIELDS: Mapping[str, Field] = {
    "domain": Field("passage", _domain, "smart-city"),
    "role": Field("passage", _one_of(_ROLES), "task"),
    "lead": Field("passage", _word, "民政部"),
    "support": Field("passage", _word, "民政部"),
    "body": Field("passage", _word, "民政部"),
    "heading": Field("passage", _word, "数据"),
    "section": Field("passage", _word, "2.1"),
    "indicator": Field("target", _word, "森林覆盖率"),
    "comparator": Field("target", _one_of(_COMPARATORS), ">="),
    "value": Field("target", _number, "100", is_ordered=True),
    "unit": Field("target", _word, "%"),
    "kind": Field("target", _kind, "increase"),
    "binding": Field("target", _one_of(("约束性", "预期性")), "约束性"),
    "deadline": Field("deadline", _time, "2028", is_ordered=True),
    "issuer": Field("document", _word, "国务院"),
    "level": Field("document", _one_of(_LEVELS), "national"),
    "region": Field("document", _word, "北京"),
    "title": Field("document", _word, "规划"),
    "document": Field("document", _word, "2023-national"),
    "issued": Field("document", _time, "2023", is_ordered=True),
}
