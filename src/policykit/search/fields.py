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


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as findings carry them: 1000亿元 is 100000000000 元."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class ScaledUnit:
    """A unit with scale words: `unit` as findings carry it (元), and as it is `written` (亿元)."""

    unit: str
    written: str


#: a word, a number, a number with its unit, a unit with scale words, or the first and last day of a time
Value = str | Decimal | Amount | ScaledUnit | tuple[date, date]
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
    """A number, or a number with its unit.

    >>> _number("3.5万", None), _number("1000億元", None)
    (Decimal('35000'), Amount(number=Decimal('100000000000'), unit='元'))
    """
    from policykit.quantities.numerals import parse_number

    written = _written(text)
    number = parse_number(written)
    found = _amount(written) if number is None else number
    if found is None:
        raise ValueError(f"{text} is no number; say 150, 3.5万, 50% or 12亿元")
    return found


def _written(text: str) -> str:
    """A text in the signs and characters of findings; large letters stay, MW is no mw."""
    from policykit.text.characters import convert_characters
    from policykit.text.punctuation import convert_punctuation

    return "".join(convert_punctuation(convert_characters(text)[0]).split())


#: a number with its unit that is longer is none
_LONGEST_AMOUNT = 50


def _amount(text: str) -> Amount | None:
    """A number with a unit behind it; scale words go to the unit where it begins with one (千瓦), else they multiply."""
    from policykit.quantities.numerals import SCALE_CHARACTERS, parse_number
    from policykit.quantities.units import split_unit, unit_class

    for end in range(1, min(len(text), _LONGEST_AMOUNT)):
        factor, unit = split_unit(text[end:])
        if (
            unit is None
            or unit_class(unit) is None
            or (factor > 1 and not set(text[:end]).isdisjoint(SCALE_CHARACTERS))
        ):
            continue
        number = parse_number(text[:end])
        if number is not None:
            return Amount(number * factor, unit)
    return None


def _unit(text: str, _: Domains | None) -> Value:
    """A unit as findings carry it.

    >>> _unit("亿元", None), _unit("百分点", None), _unit("千瓦", None)
    (ScaledUnit(unit='元', written='亿元'), '个百分点', '千瓦')
    """
    from policykit.quantities.units import split_unit

    written = _written(text)
    factor, unit = split_unit(written)
    if unit is None:
        raise ValueError(f"{text} is no unit by itself; say unit:{text}元, or value>=1{text}")
    return unit if factor == 1 else ScaledUnit(unit, written)


def _level(text: str, _: Domains | None) -> Value:
    """A level by its id or by its Chinese name.

    >>> _level("臺灣", None), _level("省级", None), _level("国家级", None)
    ('taiwan', 'provincial', 'national')
    """
    from policykit.dictionaries import packaged_dictionary
    from policykit.search.wording import folded

    if text.isascii():
        return _one_of(_LEVELS)(text, None)
    labels: Mapping[str, str] = packaged_dictionary("labels")["zh"]["level"]
    wanted = folded(text).removesuffix("级")
    for level, label in labels.items():
        if label.removesuffix("级") == wanted:
            return level
    raise ValueError(f"there is no {text}; there are {' '.join(_LEVELS)}, in Chinese {' '.join(labels.values())}")


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
    "unit": Field("target", _unit, "%"),
    "kind": Field("target", _kind, "increase"),
    "binding": Field("target", _one_of(("约束性", "预期性")), "约束性"),
    "deadline": Field("deadline", _time, "2028", is_ordered=True),
    "issuer": Field("document", _word, "国务院"),
    "level": Field("document", _level, "national"),
    "region": Field("document", _word, "北京"),
    "title": Field("document", _word, "规划"),
    "document": Field("document", _word, "2023-national"),
    "issued": Field("document", _time, "2023", is_ordered=True),
}
