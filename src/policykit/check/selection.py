"""Which rules run, how bad their findings are, and which of them fail a build."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from policykit.check.findings import SEVERITIES, Finding, Severity
from policykit.check.rules import built_in_rules
from policykit.errors import PolicykitError

#: words that stand for sets of rules, and for no finding at all
DEFAULT, ALL, NONE, NEVER = "default", "all", "none", "never"
_CODE = re.compile(r"PK[0-9]{0,3}")
#: rules of one's own and changes: their codes are those of their kind
OWN_CODES = {"watch": "PK601", "require": "PK602", "forbid": "PK603"}
CHANGE_CODES = {
    "task": "PK701",
    "target": "PK702",
    "deadline": "PK703",
    "domain": "PK704",
    "responsibility": "PK705",
    "reference": "PK706",
}
_KINDS = {**OWN_CODES, **CHANGE_CODES}


@dataclass(frozen=True)
class Selection:
    """What was asked for. Words are codes (PK101), beginnings of codes (PK1) or names (target-without-deadline, target-lowered).

    `select` chooses among the built-in rules (empty: the default ones); rules of one's own and changes always run. `ignore` takes away
    from all of them. `severities` change how bad findings are. `fail_on` says which findings fail: severities (that one and worse),
    codes and names.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: tuple[str, ...] = ("warning",)

    def runs(self, code: str, name: str, *, is_default: bool = True, is_built_in: bool = True) -> bool:
        """Whether a rule runs."""
        if _is_meant(code, name, self.ignore):
            return False
        if not is_built_in:
            return True
        words = self.select or (DEFAULT,)
        return ALL in words or (DEFAULT in words and is_default) or _is_meant(code, name, words)

    def severity(self, code: str, name: str, usual: Severity) -> Severity:
        """How bad the findings of a rule are: the most exact word decides."""
        best, found = -1, usual
        for word, severity in self.severities.items():
            if _is_meant(code, name, (word,)):
                exactness = 9 if word == name else len(word)
                if exactness >= best:
                    best, found = exactness, severity
        return found

    def fails(self, finding: Finding) -> bool:
        """Whether a finding fails a build."""
        rank = SEVERITIES.index(finding.severity)
        return any(
            rank <= SEVERITIES.index(word) if word in SEVERITIES else _is_meant(finding.code, finding.name, (word,))
            for word in self.fail_on
        )


def _is_meant(code: str, name: str, words: Iterable[str]) -> bool:
    """Whether a word names a rule: by its name, by the beginning of its code, by its kind (forbid, target)."""
    return any(
        word == name or code == _KINDS.get(word) or (_CODE.fullmatch(word) is not None and code.startswith(word))
        for word in words
    )


def split_words(values: Iterable[str]) -> tuple[str, ...]:
    """The words of options that may be given several times, each with several words between commas or spaces.

    >>> split_words(["PK1, PK301", "target-lowered"])
    ('PK1', 'PK301', 'target-lowered')
    """
    return tuple(
        word.upper() if word[:2].lower() == "pk" and word[2:].isdigit() else word
        for value in values
        for word in re.split(r"[,\s]+", value)
        if word
    )


def read_severities(values: Iterable[str]) -> dict[str, Severity]:
    """Severities written as CODE=LEVEL. Raises `PolicykitError` for what is none.

    >>> read_severities(["PK303=error,PK1=note"])
    {'PK303': 'error', 'PK1': 'note'}
    """
    found: dict[str, Severity] = {}
    for text in (text for value in values for text in re.split(r"[,\s]+", value) if text):
        word, _, level = text.partition("=")
        severity = next((known for known in SEVERITIES if known == level), None)
        if not word or severity is None:
            raise PolicykitError(f"{text} gives no severity", advice="write CODE=error, CODE=warning or CODE=note")
        found[split_words([word])[0]] = severity
    return found


def check_words(selection: Selection, own: Collection[str], changes: Collection[str]) -> None:
    """Raises `PolicykitError` for a word that means nothing: a rule that is misspelt would never be missed."""
    kinds = tuple(_KINDS)
    codes = [*(rule.code for rule in built_in_rules()), *_KINDS.values()]
    names = {rule.name for rule in built_in_rules()} | set(own) | set(changes)
    for words, more in (
        (selection.select, (DEFAULT, ALL, NONE)),
        (selection.ignore, kinds),
        (tuple(selection.severities), kinds),
        (selection.fail_on, (*SEVERITIES, NEVER, *kinds)),
    ):
        for word in words:
            if (
                word in more
                or word in names
                or (_CODE.fullmatch(word) and any(code.startswith(word) for code in codes))
            ):
                continue
            raise PolicykitError(f"{word}: no such rule", advice=_advice(word, sorted(names), more))


def _advice(word: str, names: Sequence[str], more: Sequence[str]) -> str:
    from policykit.corpus import nearest

    near = nearest(word, [*names, *more, *(rule.code for rule in built_in_rules())])
    return f"did you mean {' or '.join(near)}?" if near else "`policykit check --list` prints the rules"
