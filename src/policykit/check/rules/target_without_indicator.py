"""PK102: a target without an indicator."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject


def _find(subject: Subject) -> Iterator[Hit]:
    for target in subject.data["targets"]:
        if not (target["indicator"] or "").strip():
            message = f"the text does not say what is measured by {' '.join(target['quote'].split())}"
            yield subject.at_row(target, message, target["quote"], target["sentence"])


RULE = Rule(
    code="PK102",
    name="target-without-indicator",
    severity="warning",
    summary="A target without an indicator: a number, but not of what.",
    why="A number that nothing is named for cannot be measured, compared or reported. Often words were lost in copying.",
    bad="某市发展规划\n一、主要目标\n到2027年，达到85%以上。\n",
    good="某市发展规划\n一、主要目标\n到2027年，森林覆盖率达到85%以上。\n",
    find=_find,
)
