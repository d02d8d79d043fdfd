"""The built-in rules, one in each file. They are loaded together when a check begins."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from policykit.check.rule import Rule

#: the modules, in the order of their codes
MODULES = (
    "target_without_deadline",
    "target_without_indicator",
    "target_contradiction",
    "deadline_in_the_past",
    "task_without_responsible",
    "task_left_unassigned",
    "numbering_gap",
    "numbering_repeat",
    "annex_missing",
    "text_truncated",
    "text_abridged",
    "reference_never_in_full",
    "reference_without_title",
    "mixed_scripts",
    "gateway_wording",
    "conversion_damage",
    "garbled_characters",
)


@lru_cache(maxsize=1)
def built_in_rules() -> tuple[Rule, ...]:
    """The built-in rules in the order of their codes.

    >>> [rule.code for rule in built_in_rules()][:2]
    ['PK101', 'PK102']
    """
    return tuple(import_module(f"{__name__}.{module}").RULE for module in MODULES)
