"""Making the edits, comparing, counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.edits.document import SINGULAR, Base, Change, Edited, found_changes
from benchmarks.edits.kinds import KINDS
from policykit.comparison import compare


@dataclass(frozen=True)
class Outcome:
    """What a comparison said of one edit."""

    document: str
    edit: Edited
    missed: frozenset[Change]
    wrong: frozenset[Change]
    right: int


def run(documents: Iterable[tuple[str, str]], kinds: Iterable[str] = KINDS) -> list[Outcome]:
    """Make every edit that applies to each document (id, text) and compare."""
    outcomes = []
    for id, text in documents:
        base = Base(id, text)
        if not base.units:
            continue
        for kind in kinds:
            for edit in KINDS[kind](base):
                found = found_changes(compare(base.loaded, edit.text, only=SINGULAR))
                outcomes.append(
                    Outcome(
                        id,
                        edit,
                        missed=edit.expected - found,
                        wrong=found - edit.expected - edit.allowed,
                        right=len(found & edit.expected),
                    )
                )
    return outcomes
