"""Writes the reference of rules in docs/check.md from the rules themselves.

python tools/make_check_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policykit.check.explain import rows
from policykit.check.rule import Rule
from policykit.check.rules import built_in_rules

PAGE = Path(__file__).parent.parent / "docs" / "check.md"
BEGIN, END = "<!-- rules: written by tools/make_check_page.py -->\n", "<!-- end of rules -->\n"


def page(text: str) -> str:
    """The page with its reference of rules."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + "".join(_reference()) + END + after


def _reference() -> Iterator[str]:
    yield "| code | name | severity | |\n|---|---|---|---|\n"
    for code, name, severity, is_default, summary in rows():
        off = "" if is_default else ", off unless selected"
        yield f"| {code} | {name} | {severity}{off} | {summary} |\n"
    for rule in built_in_rules():
        yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    yield f"\n### {rule.code} {rule.name}\n\n{rule.summary} {rule.why}"
    if rule.needs_text:
        yield " It needs the document itself, not only its analysis."
    yield f"\n\nFound in:\n\n```text\n{rule.bad}```\n\nNot found in:\n\n```text\n{rule.good}```\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
