"""Rules of one's own: what to watch for, to require and to forbid, as settings files state it.

    require:
      targets:
      - {indicator: 国家标准, at least: 150, by: 2027}

Each entry is one rule. `read_own_rules` reads them; `policykit.check.own_conditions` says what fulfils them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from policykit.check.findings import SEVERITIES, Severity
from policykit.check.own_conditions import About, Condition
from policykit.check.own_reading import condition_of
from policykit.errors import PolicykitError

if TYPE_CHECKING:
    from policykit.settings.files import SettingsFile

Kind = Literal["watch", "require", "forbid"]
KINDS: tuple[Kind, ...] = ("watch", "require", "forbid")
USUAL: Mapping[Kind, Severity] = {"watch": "note", "require": "error", "forbid": "error"}
_ABOUT: Mapping[str, About] = {
    "terms": "term",
    "domains": "domain",
    "bodies": "body",
    "references": "reference",
    "targets": "target",
}
#: keys of an entry that every kind of entry has
_COMMON = frozenset({"name", "severity", "message"})


@dataclass(frozen=True)
class OwnRule:
    """A rule of one's own; `where` is the file and line that states it."""

    kind: Kind
    name: str
    severity: Severity
    message: str | None
    condition: Condition
    where: str


def read_own_rules(files: Sequence[SettingsFile], domains: Collection[str] | None = None) -> tuple[OwnRule, ...]:
    """The rules that settings files state, in their order. `domains` are the ids that domains may have (None: any).

    Raises `PolicykitError` with file and line for an entry that says nothing that can be checked.
    """
    found: dict[str, OwnRule] = {}
    for file in files:
        for kind in KINDS:
            for keys, about, entry in _entries(file, kind):
                rule = _rule(file, keys, kind, about, entry, domains, found)
                if rule.name in found:
                    raise file.problem(
                        keys,
                        f"two rules are called {rule.name}",
                        f"give one another name; the other is in {found[rule.name].where}",
                    )
                found[rule.name] = rule
    return tuple(found.values())


def _entries(file: SettingsFile, kind: Kind) -> Iterator[tuple[tuple[str | int, ...], About, Any]]:
    section = file.data.get(kind)
    if section is None:
        return
    if not isinstance(section, Mapping):
        raise file.problem(
            (kind,), f"{kind}: lists of {', '.join(_ABOUT)} are wanted", f"write {kind}: {{terms: [...]}}"
        )
    for key, entries in section.items():
        about = _ABOUT.get(str(key), _ABOUT.get(f"{key}s", "body" if key == "body" else None))
        if about is None:
            raise file.problem((kind, key), f"{key}: nothing that can be checked", f"there are {', '.join(_ABOUT)}")
        rows = entries if isinstance(entries, list) else [entries]
        for number, entry in enumerate(rows):
            keys = (kind, key, number) if isinstance(entries, list) else (kind, key)
            if isinstance(entry, bool) or not isinstance(entry, str | int | float | Mapping) or entry in ("", {}):
                raise file.problem(
                    keys, f"{key}: an entry is a word, or keys with values", "see docs/check.md for examples"
                )
            yield keys, about, entry


def _rule(
    file: SettingsFile,
    keys: tuple[str | int, ...],
    kind: Kind,
    about: About,
    entry: Any,
    domains: Collection[str] | None,
    others: Mapping[str, OwnRule],
) -> OwnRule:
    stated = {_plain(key): value for key, value in entry.items()} if isinstance(entry, Mapping) else {}
    try:
        rest = {key: value for key, value in stated.items() if key not in _COMMON}
        condition = condition_of(about, rest if isinstance(entry, Mapping) else str(entry), domains)
        severity = _severity(stated.get("severity", USUAL[kind]))
        for key in ("name", "message"):
            if stated.get(key) is not None and not isinstance(stated[key], str):
                raise PolicykitError(f"{key} must be text", advice="put it in quotes")
    except PolicykitError as error:
        raise file.problem(keys, error.problem, error.advice) from None
    name = stated.get("name") or f"{kind}-{condition.short}"
    if name in others and not stated.get("name"):
        name = f"{kind}-{about}-{condition.short}"
    name = "-".join(name.replace(",", " ").split())
    line = file.line_of(keys)
    return OwnRule(kind, name, severity, stated.get("message"), condition, f"{file.path}:{line}" if line else file.path)


def _severity(value: Any) -> Severity:
    found = next((severity for severity in SEVERITIES if severity == value), None)
    if found is None:
        raise PolicykitError(f"{value} is no severity", advice=f"there are {', '.join(SEVERITIES)}")
    return found


def _plain(key: object) -> str:
    """A key as it is compared: at least, at-least and at_least are one."""
    return " ".join(str(key).replace("_", " ").replace("-", " ").split())
