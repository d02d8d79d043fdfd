"""What rules of one's own look for: terms, domains, bodies, references and targets, and where a document has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, Protocol

from policykit.check.findings import Hit
from policykit.check.subject import Subject

About = Literal["term", "domain", "body", "reference", "target"]
#: where a term must stand, and what a body must be
WITHIN = ("text", "headings", "tasks")
AS = ("lead", "support", "issuer")
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
        data, wanted = subject.data, normal(self.body)
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
        wanted = _bare(normal(self.reference.strip("《》")))
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
        wanted = _bare(normal(self.indicator))
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
    from policykit.comparison.quantities import measure

    one, other = measure(1, unit), measure(1, wanted)
    return one.value / other.value if one.dimension == other.dimension else None


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
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

    plain = normal(term)
    forms = {plain, *equivalent_words().get(plain, ())}
    return re.compile("|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form)))))
