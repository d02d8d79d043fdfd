"""What rules are, in words: for `--explain`, `--list` and the reports that carry descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill, indent

from policykit.check.findings import Severity
from policykit.check.own_rules import KINDS, USUAL, Kind, OwnRule
from policykit.check.rule import Rule
from policykit.check.rules import built_in_rules
from policykit.check.selection import CHANGE_CODES, OWN_CODES
from policykit.errors import PolicykitError

_OWN: Mapping[Kind, tuple[str, str]] = {
    "watch": (
        "Something that a settings file watches for is there.",
        "watch:\n  terms: [数据要素]\n  bodies: [{body: 国家数据局, as: lead}]\n",
    ),
    "require": (
        "Something that a settings file requires is not there, or not as it is required.",
        "require:\n  targets:\n  - {indicator: 国家标准, at least: 150, by: 2027}\n  domains: [standardisation]\n",
    ),
    "forbid": ("Something that a settings file forbids is there.", "forbid:\n  terms: [一刀切]\n"),
}
_CHANGES = {
    "task": "A task or article that changed against another document (--against).",
    "target": "A target that changed against another document (--against).",
    "deadline": "A deadline that changed against another document (--against).",
    "domain": "A domain whose share changed against another document (--against).",
    "responsibility": "Bodies that changed against another document (--against).",
    "reference": "A cited document that came or went against another document (--against).",
}
_WHY_OWN = "Rules of your own stand in .policykit.yaml or [tool.policykit] of pyproject.toml."
_WHY_CHANGE = "The names of findings say what changed; --fail-on and --ignore take them."


def description(code: str) -> tuple[str, str]:
    """What a code stands for, and why it matters."""
    for rule in built_in_rules():
        if rule.code == code:
            return rule.summary, rule.why
    for kind in KINDS:
        if OWN_CODES[kind] == code:
            return _OWN[kind][0], _WHY_OWN
    for one, known in CHANGE_CODES.items():
        if known == code:
            return _CHANGES[one], _WHY_CHANGE
    raise KeyError(code)


def explain(word: str, width: int = 100) -> str:
    """The explanation of a rule, by code or name. Raises `PolicykitError` where there is none.

    >>> print(explain("PK102").splitlines()[0])
    PK102 target-without-indicator (warning)
    """
    wanted = word.lower()
    for rule in built_in_rules():
        if wanted in (rule.code.lower(), rule.name):
            return _explained(rule, width)
    for kind in KINDS:
        code = OWN_CODES[kind]
        if wanted in (code.lower(), kind):
            text = _OWN[kind]
            return f"{code} {kind} ({USUAL[kind]})\n\n{fill(text[0], width)}\n{fill(_WHY_OWN, width)}\n\nFor example:\n{indent(text[1], '    ')}"
    from policykit.check.against import known_changes

    names = known_changes()
    for one, code in CHANGE_CODES.items():
        own = [name for name in names if name.startswith(f"{one}-")]
        if wanted in (code.lower(), one) or wanted in own:
            return f"{code} {one} changed\n\n{fill(_CHANGES[one], width)}\n{fill(_WHY_CHANGE, width)}\n\n{fill('There are ' + ', '.join(own) + '.', width)}\n"
    from policykit.corpus import nearest

    near = nearest(word, [*(rule.name for rule in built_in_rules()), *(rule.code for rule in built_in_rules()), *names])
    advice = f"did you mean {' or '.join(near)}?" if near else "`policykit check --list` prints the rules"
    raise PolicykitError(f"{word}: no such rule", advice=advice)


def _explained(rule: Rule, width: int) -> str:
    usual = rule.severity if rule.is_default else f"{rule.severity}, off unless selected"
    parts = [f"{rule.code} {rule.name} ({usual})", "", fill(rule.summary, width), fill(rule.why, width)]
    if rule.needs_text:
        parts.append(
            fill(
                "It reads the document itself: a saved analysis whose document is not at hand is not checked for it.",
                width,
            )
        )
    parts += ["", "Found in:", indent(rule.bad, "    "), "Not found in:", indent(rule.good, "    ").rstrip("\n")]
    return "\n".join(parts) + "\n"


def rows(own: Sequence[OwnRule] = ()) -> Iterator[tuple[str, str, Severity | str, bool, str]]:
    """All rules: code, name, severity, whether it runs by default, what it finds."""
    for rule in built_in_rules():
        yield rule.code, rule.name, rule.severity, rule.is_default, rule.summary
    for kind in KINDS:
        code = OWN_CODES[kind]
        mine = [stated for stated in own if stated.kind == kind]
        if not mine:
            yield code, kind, USUAL[kind], True, _OWN[kind][0]
        for stated in mine:
            yield code, stated.name, stated.severity, True, f"{stated.condition.words} ({stated.where})"
    for one, code in CHANGE_CODES.items():
        yield code, f"{one}-…", "warning" if one in ("task", "target", "deadline") else "note", True, _CHANGES[one]
