"""From an entry of a settings file to the condition that it states."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from policykit.check.own_conditions import AS, WITHIN, About, Body, Condition, Domain, Reference, Target, Term, normal
from policykit.errors import PolicykitError


def condition_of(about: About, entry: Mapping[str, Any] | str, domains: Collection[str] | None = None) -> Condition:
    """The condition that an entry of a settings file states. Raises `PolicykitError`, without a place, for one that states none.

    >>> condition_of("target", {"indicator": "国家标准", "at least": 150, "by": 2027}).words
    'a target for 国家标准: at least 150, by 2027-12-31'
    """
    key = {"target": "indicator"}.get(about, about)
    stated = {key: entry} if isinstance(entry, str) else dict(entry)
    if key not in stated and about == "reference" and "number" in stated:
        key = "number"
    value = stated.pop(key, None)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        raise PolicykitError(f"an entry without {key}", advice=f"write {{{key}: …}}")
    text = str(value).strip()
    known: dict[str, Any] = {}
    allowed = _KEYS[about]
    for name, item in stated.items():
        if name not in allowed:
            advice = f"there are {', '.join([key, *allowed, 'name', 'severity', 'message'])}"
            raise PolicykitError(f"{name}: no such key for a {about}", advice=advice)
        known[allowed[name]] = _READERS[about, name](item, name)
    match about:
        case "term":
            return Term(text, **known)
        case "domain":
            if domains is not None and text not in domains:
                raise PolicykitError(
                    f"{text}: no domain with this id or name", advice="`policykit domains list` prints them"
                )
            return Domain(text, **known)
        case "body":
            return Body(text, **known)
        case "reference":
            return Reference(text)
    if sum(name in known for name in ("at_least", "at_most", "exactly")) > 1 and "exactly" in known:
        raise PolicykitError("exactly stands beside another bound", advice="take one of them out")
    units = {unit for _, unit in (known[name] for name in ("at_least", "at_most", "exactly") if name in known) if unit}
    if "unit" in known:
        units.add(known["unit"])
    if len(units) > 1:
        raise PolicykitError(f"two units: {', '.join(sorted(units))}", advice="take one of them out")
    bounds = {name: value[0] if name != "by" else value for name, value in known.items() if name != "unit"}
    return Target(text, unit=next(iter(units), None), **bounds)


def _times(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise PolicykitError(
            f"{name}: a number from 1 is wanted, not {value}", advice="write how often the term must stand there"
        )
    return value


def _share(value: Any, name: str) -> float:
    text = str(value).strip()
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if isinstance(value, bool) or not 0 <= share <= 1:
        raise PolicykitError(f"{name}: a share is wanted, not {value}", advice="write 0.1 or 10%")
    return share


def _one_of(*words: str) -> Any:
    def read(value: Any, name: str) -> str:
        if value not in words:
            raise PolicykitError(f"{name}: {value} is none of {', '.join(words)}", advice="write one of them")
        return str(value)

    return read


def _amount(value: Any, name: str) -> tuple[Fraction, str | None]:
    """A number as YAML or TOML has it, or as policy text has it: 1.2万亿元 is 1200000000000 of the unit 元."""
    from policykit.quantities.numerals import parse_number
    from policykit.quantities.units import split_unit

    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value):
        return Fraction(Decimal(str(value))), None
    found = re.fullmatch(
        r"([0-9][0-9,.]*|[零〇一二三四五六七八九两十百千万亿]+)\s*(.{0,20})", normal(str(value).strip())
    )
    number = parse_number(found[1]) if found else None
    if found is None or number is None:
        raise PolicykitError(f"{name}: a number is wanted, not {value}", advice="write 150 or 1.2万亿元")
    factor, unit = split_unit(found[2]) if found[2] else (1, None)
    return Fraction(number) * factor, unit


def _unit(value: Any, name: str) -> str:
    from policykit.quantities.units import plain_unit

    if not isinstance(value, str) or not value.strip():
        raise PolicykitError(f"{name}: a unit is wanted, not {value}", advice="write 项, 亿元 or %")
    return plain_unit(normal(value.strip()))


def last_day(value: Any, name: str = "by") -> date:
    """The last day of a year, month or day as a settings file writes it.

    >>> str(last_day(2027)), str(last_day("2027-06")), str(last_day("2027年6月"))
    ('2027-12-31', '2027-06-30', '2027-06-30')
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = re.fullmatch(
        r"([12][0-9]{3})(?:年|(?:[-/.年])([0-9]{1,2})月?(?:[-/.]?([0-9]{1,2})日?)?)?", str(value).strip()
    )
    try:
        if found is None:
            raise ValueError
        year, month = int(found[1]), int(found[2] or 12)
        return date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise PolicykitError(
            f"{name}: a date is wanted, not {value}", advice="write 2027, 2027-06 or 2027-06-30"
        ) from None


#: for each kind of entry its further keys, and what they are called in the conditions
_KEYS: Mapping[About, Mapping[str, str]] = {
    "term": {"in": "within", "at least": "at_least"},
    "domain": {"at least": "at_least"},
    "body": {"as": "role"},
    "reference": {},
    "target": {"at least": "at_least", "at most": "at_most", "exactly": "exactly", "unit": "unit", "by": "by"},
}
_READERS: Mapping[tuple[str, str], Any] = {
    ("term", "in"): _one_of(*WITHIN),
    ("term", "at least"): _times,
    ("domain", "at least"): _share,
    ("body", "as"): _one_of(*AS),
    ("target", "at least"): _amount,
    ("target", "at most"): _amount,
    ("target", "exactly"): _amount,
    ("target", "unit"): _unit,
    ("target", "by"): last_day,
}
