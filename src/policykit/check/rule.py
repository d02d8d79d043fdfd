"""What a built-in rule is. Each stands in a file of its own under `policykit.check.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from policykit.check.findings import Hit, Severity
from policykit.check.subject import Subject


@dataclass(frozen=True)
class Rule:
    """A rule: its stable `code` and `name`, what it looks for, why that matters, and texts that it finds and does not find.

    `bad` and `good` are policy text; the tests check that the rule finds something in `bad` and nothing in `good`. `is_default` says
    whether it runs unless it is asked for. `needs_text` says that it reads the document itself, so that it cannot run on a saved analysis
    whose document is not at hand.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    find: Callable[[Subject], Iterator[Hit]] = field(repr=False)
    is_default: bool = True
    needs_text: bool = False
    #: the kinds of one's own rules, which are given no text but settings
    example: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)
