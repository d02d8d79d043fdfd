"""What rules of one's own look for: terms, domains, bodies, references and targets, and where a document has them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Any, Literal, Protocol

from policykit.check.findings import Hit
from policykit.check.subject import Subject
from policykit.errors import PolicykitError

About = Literal["term", "domain", "body", "reference", "target"]
#: where a term must stand
_WITHIN = ("text", "headings", "tasks")
_AS = ("lead", "support", "issuer")
#: a term that stands in every line is one finding, and a number
_MOST = 50


class Condition(Protocol):
    """What a rule looks for."""

    @property
    def short(self) -> str:
        """What names it in a few characters."""

    @property
    def words(self) -> str:
        """What it says, for messages."""

    def hits(self, subject: Subject) -> Iterator[Hit]:
        """Where a document has it."""

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        """Where a document has something like it that is not enough; the messages say why not."""


@dataclass(frozen=True)
class Term:
    """A word or phrase, in either script, `at_least` times."""

    term: str
    within: str = "text"
    at_least: int = 1

    @property
    def short(self) -> str:
        return self.term

    @property
    def words(self) -> str:
        times = "" if self.at_least == 1 else f" {self.at_least} times"
        return f"the term {self.term}{times}" + ("" if self.within == "text" else f" in {self.within}")

    def hits(self, subject: Subject) -> Iterator[Hit]:
        places = list(self._places(subject))
        if len(places) < self.at_least:
            return
        for start, end in places[:_MOST]:
            sentence = subject.placed.document.sentence_at(start)
            words = subject.placed.text[sentence.start : sentence.end].strip()
            yield subject.at_text(start, end, f"the term {self.term}", self.term, words)
        if len(places) > _MOST:
            yield subject.whole(f"the term {self.term} stands in {len(places) - _MOST} more places", self.term, "more")

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        places = list(self._places(subject))
        if places:
            start, end = places[0]
            yield subject.at_text(start, end, f"the term {self.term} stands here only {len(places)} times", self.term)

    def _places(self, subject: Subject) -> Iterator[tuple[int, int]]:
        document = subject.placed.document
        spans = [(0, len(document.text))]
        if self.within == "headings":
            spans = [(section.heading_start, section.heading_end) for section in document.sections if section.heading]
        elif self.within == "tasks":
            tasks = subject.placed.tasks
            spans = [(section.start, section.end) for section in document.sections if section.id in tasks]
        pattern = _pattern(self.term)
        seen: set[int] = set()
        for start, end in spans:
            for found in pattern.finditer(document.text, start, end):
                if found.start() not in seen:
                    seen.add(found.start())
                    yield found.start(), found.end()


@dataclass(frozen=True)
class Domain:
    """A policy domain, with a share of the tasks' text that is `at_least` so much (0: any)."""

    domain: str
    at_least: float = 0.0

    @property
    def short(self) -> str:
        return self.domain

    @property
    def words(self) -> str:
        return f"the domain {self.domain}" + (f" with a share of {self.at_least:.0%}" if self.at_least else "")

    def _row(self, subject: Subject) -> Mapping[str, Any] | None:
        return next((row for row in subject.data["domains"] if self.domain in (row["id"], row["name"])), None)

    def hits(self, subject: Subject) -> Iterator[Hit]:
        row = self._row(subject)
        if row is not None and row["share"] >= self.at_least:
            yield self._hit(
                subject, row, f"the domain {row['name']} has a share of {row['share']:.0%} in {len(row['tasks'])} tasks"
            )

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        row = self._row(subject)
        if row is not None:
            yield self._hit(subject, row, f"the domain {row['name']} has a share of only {row['share']:.0%}")

    def _hit(self, subject: Subject, row: Mapping[str, Any], message: str) -> Hit:
        tasks = {task["id"]: task for task in subject.data["tasks"]}
        first = next((tasks[id] for id in row["tasks"] if id in tasks), None)
        return subject.whole(message, self.domain) if first is None else subject.at_heading(first, message, self.domain)


@dataclass(frozen=True)
class Body:
    """A body that leads or supports work, or issues the document."""

    body: str
    role: str | None = None

    @property
    def short(self) -> str:
        return self.body

    @property
    def words(self) -> str:
        return f"the body {self.body}" + (f" as {self.role}" if self.role else "")

    def hits(self, subject: Subject) -> Iterator[Hit]:
        data, wanted = subject.data, _normal(self.body)
        if self.role in (None, "issuer") and any(wanted in issuer for issuer in data["document"]["issuers"]):
            yield subject.whole(f"the document is issued by {self.body}", self.body, "issuer")
        for row in data["responsibilities"]:
            for role in ("lead", "support"):
                if self.role in (None, role) and any(wanted in name for name in row[role]):
                    message = f"{self.body} is named as {role}"
                    yield subject.at_row(
                        {**row, "section": row["task"]}, message, self.body, role, row["quote"], row["task"] or ""
                    )

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        if self.role is not None:
            for hit in Body(self.body).hits(subject):
                yield Hit(f"{hit.message}, not as {self.role}", hit.key, hit.place, hit.quote, hit.section)
                return


@dataclass(frozen=True)
class Reference:
    """A cited document, by its title (or a part of it) or number."""

    reference: str

    @property
    def short(self) -> str:
        return self.reference

    @property
    def words(self) -> str:
        return f"a reference to {self.reference}"

    def hits(self, subject: Subject) -> Iterator[Hit]:
        wanted = _bare(_normal(self.reference.strip("《》")))
        for row in subject.data["references"]:
            if wanted in _bare(row["title"]) or (row["number"] and wanted == _bare(row["number"])):
                quote = subject.source_text[row["span"]["start"] : row["span"]["end"]] or row["title"]
                yield subject.at_row(
                    {**row, "quote": quote}, f"《{row['title']}》 is cited", self.reference, row["title"]
                )

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        return iter(())


@dataclass(frozen=True)
class Target:
    """A quantified target: its indicator (or a part of it), bounds on its value, its unit, the day by which it is due."""

    indicator: str
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    exactly: Fraction | None = None
    unit: str | None = None
    by: date | None = None

    @property
    def short(self) -> str:
        return self.indicator

    @property
    def words(self) -> str:
        unit = self.unit or ""
        bounds = [("at least", self.at_least), ("at most", self.at_most), ("exactly", self.exactly)]
        parts = [f"{name} {_shown(value)}{unit}" for name, value in bounds if value is not None]
        if self.by is not None:
            parts.append(f"by {self.by}")
        return f"a target for {self.indicator}" + (f": {', '.join(parts)}" if parts else "")

    def hits(self, subject: Subject) -> Iterator[Hit]:
        for row in self._rows(subject):
            if self._lacks(row) is None:
                yield self._hit(subject, row, "")

    def nearest(self, subject: Subject) -> Iterator[Hit]:
        for row in self._rows(subject):
            lacking = self._lacks(row)
            if lacking is not None:
                yield self._hit(subject, row, f"; {lacking}")

    def _rows(self, subject: Subject) -> Iterator[Mapping[str, Any]]:
        wanted = _bare(_normal(self.indicator))
        return (row for row in subject.data["targets"] if wanted in _bare(row["indicator"] or ""))

    def _hit(self, subject: Subject, row: Mapping[str, Any], lacking: str) -> Hit:
        by = f" by {row['deadline']}" if row["deadline"] else ""
        quote = " ".join(row["quote"].split())
        return subject.at_row(
            row,
            f"{row['indicator']}: {row['comparator']} {quote}{by}{lacking}",
            self.indicator,
            row["quote"],
            row["sentence"],
        )

    def _lacks(self, row: Mapping[str, Any]) -> str | None:
        """Why a target is not enough; None where it is."""
        low, high = _bounds(row)
        factor = _conversion(row["unit"], self.unit)
        if factor is None:
            return f"{self.unit} is wanted"
        if self.at_least is not None and (low is None or low * factor < self.at_least):
            return f"at least {_shown(self.at_least)} is wanted"
        if self.at_most is not None and (high is None or high * factor > self.at_most):
            return f"at most {_shown(self.at_most)} is wanted"
        if self.exactly is not None and Fraction(Decimal(str(row["value"]))) * factor != self.exactly:
            return f"exactly {_shown(self.exactly)} is wanted"
        if self.by is not None and row["deadline"] is None:
            return f"a date is wanted, {self.by} or before"
        if self.by is not None and row["deadline"] > self.by:
            return f"{self.by} or before is wanted"
        return None


def _bounds(row: Mapping[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that a target allows; None where it sets no bound."""
    value = Fraction(Decimal(str(row["value"])))
    match row["comparator"]:
        case ">=" | ">":
            return value, None
        case "<=" | "<":
            return None, value
        case "range":
            return value, value if row["value_max"] is None else Fraction(Decimal(str(row["value_max"])))
    return value, value


def _conversion(unit: str | None, wanted: str | None) -> Fraction | None:
    """What a value in one unit is multiplied by to be in another; None where that cannot be."""
    if wanted is None or unit == wanted:
        return Fraction(1)
    from policykit.compare.quantities import measure

    one, other = measure(1, unit), measure(1, wanted)
    return one.value / other.value if one.dimension == other.dimension else None


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"


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
        r"([0-9][0-9,.]*|[零〇一二三四五六七八九两十百千万亿]+)\s*(.{0,20})", _normal(str(value).strip())
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
    return plain_unit(_normal(value.strip()))


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
    ("term", "in"): _one_of(*_WITHIN),
    ("term", "at least"): _times,
    ("domain", "at least"): _share,
    ("body", "as"): _one_of(*_AS),
    ("target", "at least"): _amount,
    ("target", "at most"): _amount,
    ("target", "exactly"): _amount,
    ("target", "unit"): _unit,
    ("target", "by"): last_day,
}


@lru_cache(maxsize=1024)
def _normal(text: str) -> str:
    """Words of a settings file as the working text has them, whichever script they are written in."""
    from policykit.text.normalise import normalise
    from policykit.text.source import source_from_text

    return normalise(source_from_text(text), keep=("furniture", "lines")).text


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    """A term with the words that say the same in Taiwan and Hong Kong."""
    from policykit.text.wording import equivalent_words

    normal = _normal(term)
    forms = {normal, *equivalent_words().get(normal, ())}
    return re.compile("|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form)))))
