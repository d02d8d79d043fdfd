"""What the extractors give back: frozen values with offsets in the working text. Spans and quotes of the source are cut later."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Comparator = Literal[">=", ">", "<=", "<", "~", "=", "range"]
TargetKind = Literal["level", "increase", "decrease", "count", "rank", "multiple", "coverage"]
Relation = Literal["by", "during", "within", "every", "effective", "until"]
#: what a number in the text is: only `target` is a commitment
QuantityStatus = Literal["target", "achievement", "background", "condition", "rate", "name", "time", "reference"]


class Baseline(NamedTuple):
    """The value that a target is measured against, where the text names one."""

    value: Decimal | None
    unit: str | None
    date: date | None


class Deadline(NamedTuple):
    """A time expression that says when something is to be reached or done. `end` is exclusive."""

    start: int
    end: int
    relation: Relation
    from_date: date | None
    to_date: date | None
    duration: str | None  # ISO 8601
    rule: str


class Quantity(NamedTuple):
    """A number with its unit, and what it was taken for. `start`/`end` bound the number with unit."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: Comparator
    kind: TargetKind
    indicator: str
    status: QuantityStatus
    rule: str
    baseline: Baseline | None = None
    binding: Literal["约束性", "预期性"] | None = None
    #: set by the extractor only where the quantity's own cell or clause decides its time (a table's column); else linking does
    deadline: date | None = None


class Responsibility(NamedTuple):
    """A bracket or sentence that assigns work. Names are as in the working text."""

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]
    rule: str


class Reference(NamedTuple):
    """A cited document: `start`/`end` of the first mention with its 《》."""

    start: int
    end: int
    title: str
    number: str | None
    mentions: int


class DomainResult(NamedTuple):
    """A domain of the whole document."""

    id: str
    name: str
    share: float
    mentions: int
    tasks: tuple[str, ...]
    terms: tuple[tuple[str, int], ...]


class GoverningDeadline(NamedTuple):
    """Which deadline applies at a place, and whether it was inherited from a heading or lead-in."""

    deadline: Deadline
    inherited: bool
