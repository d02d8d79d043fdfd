"""Running the rules over a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.analysis import Analysis
from policykit.check.against import Against
from policykit.check.findings import Finding, Hit, Severity, fingerprints, in_order
from policykit.check.own_rules import OwnRule
from policykit.check.rules import built_in_rules
from policykit.check.selection import OWN_CODES, Selection
from policykit.check.subject import Subject
from policykit.text.source import SourceText


@dataclass(frozen=True)
class Checked:
    """What was found in one document. `skipped` are the codes of rules that need the document itself and did not have it."""

    subject: Subject
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()


def check(
    document: str | SourceText | Analysis | Mapping[str, Any] | LoadedAnalysis,
    *,
    selection: Selection | None = None,
    own: Sequence[OwnRule] = (),
    against: Against | None = None,
) -> Checked:
    """Check a document, given as text, as an analysis or as an analysis's plain data.

    Raises `InputError` for data that is no analysis.

    >>> found = check("某市行动方案\\n一、主要任务\\n（一）建设平台。建设平台。\\n（三）培育企业。培育企业。\\n")
    >>> [(finding.code, finding.place.line, finding.message) for finding in found.findings]
    [('PK301', 4, '（三） follows （一） (line 3): 2 is missing')]
    """
    chosen = selection or Selection()
    subject = Subject(as_loaded(document))
    findings: list[Finding] = []
    skipped: list[str] = []
    for rule in built_in_rules():
        if not chosen.runs(rule.code, rule.name, is_default=rule.is_default):
            continue
        if rule.needs_text and not subject.has_text:
            skipped.append(rule.code)
            continue
        findings += _findings(chosen, rule.code, rule.name, rule.severity, rule.find(subject))
    for stated in own:
        code = OWN_CODES[stated.kind]
        if chosen.runs(code, stated.name, is_built_in=False):
            findings += _findings(chosen, code, stated.name, stated.severity, _own_hits(stated, subject))
    if against is not None:
        for code, name, severity, hits in against.changes(subject):
            if chosen.runs(code, name, is_built_in=False):
                findings += _findings(chosen, code, name, severity, hits)
    return Checked(subject, in_order(findings), tuple(skipped))


def _findings(selection: Selection, code: str, name: str, usual: Severity, found: Iterable[Hit]) -> Iterator[Finding]:
    hits = list(found)
    severity = selection.severity(code, name, usual)
    for hit, fingerprint in zip(hits, fingerprints(code, name, hits), strict=True):
        yield Finding(code, name, severity, hit.message, hit.place, hit.quote, hit.section, fingerprint)


def _own_hits(rule: OwnRule, subject: Subject) -> Iterator[Hit]:
    """What a rule of one's own has to say: where the thing is, or that it is not there."""
    hits = list(rule.condition.hits(subject))
    if rule.kind != "require":
        prefix = rule.message or ("watched" if rule.kind == "watch" else "forbidden")
        for hit in hits:
            yield Hit(f"{prefix}: {hit.message}", hit.key, hit.place, hit.quote, hit.section)
        return
    if hits:
        return
    wanted = rule.message or f"required and not there: {rule.condition.words}"
    nearest = list(rule.condition.nearest(subject))
    if not nearest:
        yield Hit(wanted, ("required",))
    for hit in nearest:
        yield Hit(f"{wanted}; here {hit.message}", ("required", *hit.key), hit.place, hit.quote, hit.section)
